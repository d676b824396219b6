package config

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
)

// document returns the body of the file's one YAML document, nil after a mistake.
func (r *reader) document(src []byte) ast.Node {
	if at := invalidUTF8(src); at >= 0 {
		before := src[:at]
		line := bytes.Count(before, []byte("\n")) + 1
		column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
		r.mistakes = append(r.mistakes, r.file.origin.mistake("", line, column, "this is not UTF-8. Save the file as UTF-8."))
		return nil
	}
	tokens := lexer.Tokenize(string(src))
	if t := tooDeep(tokens); t != nil {
		say := "this is nested too deeply. Close the brackets, or take out needless ones."
		r.mistakes = append(r.mistakes, r.file.origin.mistake("", t.Position.Line, t.Position.Column, say))
		return nil
	}
	tree, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		r.mistakes = append(r.mistakes, r.syntax(err))
		return nil
	}
	var bodies []ast.Node
	for _, doc := range tree.Docs {
		if doc.Body != nil && doc.Body.Type() != ast.CommentType {
			bodies = append(bodies, doc.Body)
		}
	}
	switch len(bodies) {
	case 0:
		r.wrong("", "the configuration is empty. `bot init` writes one to begin with.")
		return nil
	case 1:
		r.keepAnchors(bodies[0])
		return bodies[0]
	}
	r.place("", begin(bodies[1]), "")
	r.wrong("", "a second document begins after ---. Put everything into one document.")
	return nil
}

// quotation is a piece of the source in the parser's message; it may hold a secret.
var quotation = regexp.MustCompile(`:?\s*"(?:[^"\\]|\\.){4,}"`)

// unquoted is a schedule that YAML takes for an *alias or that begins with a sign it reserves.
var unquoted = regexp.MustCompile(`(?:^|[\s{,])schedule["']?\s*:\s*()[*@]`)

// nameless is a store that ends where its file's name should be, or that names a database in memory.
var nameless = regexp.MustCompile(`(?:^|[\s{,])store["']?\s*:\s*()sqlite:(?::|\s*(?:$|[,}#]))`)

const (
	quoteSchedule = "a schedule that begins with * or @ needs quotes. Write it as schedule: \"*/10 * * * *\" or \"@every 10m\"."
	nameStore     = "store: lacks the name of a file. Write sqlite:PATH, such as sqlite:attache.db."
)

// slip returns where in the line of a syntax error one of the best known slips begins (in runes from 1), and what to do;
// say is "" if there is none.
func slip(line string) (column int, say string) {
	for _, known := range []struct {
		form *regexp.Regexp
		say  string
	}{{unquoted, quoteSchedule}, {nameless, nameStore}} {
		if at := known.form.FindStringSubmatchIndex(line); at != nil {
			return utf8.RuneCountInString(line[:at[2]]) + 1, known.say
		}
	}
	return 0, ""
}

// syntax turns the parser's error into a mistake. Its message is taken, its excerpt of the source is not.
func (r *reader) syntax(err error) Mistake {
	line, column, say := 1, 1, "unreadable YAML"
	var known yaml.Error
	if errors.As(err, &known) {
		say = strings.TrimRight(quotation.ReplaceAllString(known.GetMessage(), ""), ".")
		if t := known.GetToken(); t != nil && t.Position != nil {
			line, column = max(t.Position.Line, 1), max(t.Position.Column, 1)
		}
	}
	if line <= len(r.file.origin.lines) {
		if column, say := slip(r.file.origin.lines[line-1]); say != "" {
			return r.file.origin.mistake("", line, column, say)
		}
	}
	if strings.Contains(say, "pre-defined") {
		say = "a value cannot stand here" // the parser's own words are for its makers
	}
	return r.file.origin.mistake("", line, column, "not YAML: "+say+". "+cure(r.file.origin.lines, line))
}

// cure guesses from the line what would mend a syntax error.
func cure(lines []string, line int) string {
	var text string
	if line <= len(lines) {
		text = lines[line-1]
	}
	flow := strings.ContainsAny(text, "{[")
	switch {
	case strings.Contains(text, "\t"):
		return "Indent with spaces, not with tabs."
	case flow && strings.Contains(text, "${"):
		return "Inside {...} and [...] put ${NAME} in quotes: \"${NAME}\"."
	case strings.Count(text, ": ") > 1 && !flow:
		return "Put a value that holds a colon and a space in quotes."
	case strings.Count(text, `"`)%2 == 1:
		return "Close the quotes; inside them write a quote as \\\"."
	}
	return "Look for a missing quote, bracket or colon here or just above, and for lines that are not indented alike."
}

func invalidUTF8(src []byte) int {
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRune(src[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}
