package config

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"golang.org/x/text/cases"
)

// Load reads the configuration at the path with readFile; ${NAME} is looked up with env (os.LookupEnv) and ${file:PATH} with
// readFile (os.ReadFile). An error is of type Mistakes, and the File comes with it, unless the file cannot be read at all.
func Load(path string, env func(string) (string, bool), readFile func(string) ([]byte, error)) (*File, error) {
	src, err := readFile(path)
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	return Parse(path, src, env, readFile)
}

// Parse is Load for what was read already; mistakes call the file by the name.
func Parse(name string, src []byte, env func(string) (string, bool), readFile func(string) ([]byte, error)) (*File, error) {
	return parse(name, src, env, readFile, (*reader).everything)
}

// LoadWatchlists reads only the top-level watchlists: of any YAML file, and heeds no other key. Errors are as Load's.
func LoadWatchlists(path string, env func(string) (string, bool), readFile func(string) ([]byte, error)) (*File, error) {
	src, err := readFile(path)
	if err != nil {
		return nil, fmt.Errorf("read watchlists: %w", err)
	}
	return ParseWatchlists(path, src, env, readFile)
}

// ParseWatchlists is LoadWatchlists for what was read already.
func ParseWatchlists(name string, src []byte, env func(string) (string, bool), readFile func(string) ([]byte, error)) (*File, error) {
	return parse(name, src, env, readFile, (*reader).onlyWatchlists)
}

// parse reads the source's one document with the section's reader.
func parse(name string, src []byte, env func(string) (string, bool), readFile func(string) ([]byte, error),
	section func(*reader, ast.Node)) (*File, error) {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	r := &reader{file: Defaults(), env: env, readFile: readFile, anchors: map[string]ast.Node{}}
	r.file.origin = &origin{name: name, lines: strings.Split(string(src), "\n"), places: map[string]place{}}
	if body := r.document(src); body != nil {
		section(r, body)
	}
	if len(r.mistakes) == 0 {
		return r.file, nil
	}
	for i := range r.mistakes { // what was expanded later may stand in earlier sentences
		r.mistakes[i].Say = r.file.origin.scrub(r.mistakes[i].Say)
	}
	r.mistakes.Sort()
	return r.file, r.mistakes
}

// document returns the body of the file's one YAML document, nil after a mistake.
func (r *reader) document(src []byte) ast.Node {
	if at := invalidUTF8(src); at >= 0 {
		before := src[:at]
		line := bytes.Count(before, []byte("\n")) + 1
		column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
		r.mistakes = append(r.mistakes, r.file.origin.mistake("", line, column, "this is not UTF-8. Save the file as UTF-8."))
		return nil
	}
	tree, err := parser.ParseBytes(src, 0, parser.AllowDuplicateMapKey())
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
	r.aside("", bodies[1], "a second document begins after ---. Put everything into one document.")
	return nil
}

// syntax turns the parser's error into a mistake. Its message is taken, its excerpt of the source is not.
func (r *reader) syntax(err error) Mistake {
	line, column, say := 1, 1, "unreadable YAML"
	var known yaml.Error
	if errors.As(err, &known) {
		say = strings.TrimRight(known.GetMessage(), ".")
		if t := known.GetToken(); t != nil && t.Position != nil {
			line, column = max(t.Position.Line, 1), max(t.Position.Column, 1)
		}
	}
	return r.file.origin.mistake("", line, column, "not YAML: "+say+". "+cure(r.file.origin.lines, line, column))
}

// cure guesses from the line what would mend a syntax error.
func cure(lines []string, line, column int) string {
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

// fold makes names equal that differ only in case.
func fold(s string) string { return cases.Fold().String(strings.TrimSpace(s)) }
