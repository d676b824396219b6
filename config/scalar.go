package config

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
)

// A scalar is one value as text.
type scalar struct {
	text   string // after ${...}, without spaces around
	shown  string // fit for a mistake: ${...} is not replaced
	quoted bool   // it is a text by its own: in quotes, a block, or no number, true, false or null
	inFile bool   // nothing of it came through ${...}
}

// scalar reads any single value. ok is false if it is none, or what it names is not there; then a mistake was noted.
func (r *reader) scalar(path string, n ast.Node) (s scalar, ok bool) {
	n = r.resolve(path, n)
	if n == nil {
		return s, false
	}
	var text string
	at := n.GetToken()
	switch n := n.(type) {
	case *ast.StringNode:
		text, s.quoted = n.Value, true
	case *ast.LiteralNode:
		text, s.quoted = n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode, *ast.NullNode:
		text = at.Value
	default:
		r.place(path, begin(n), "")
		r.wrong(path, "%s must be a single value, not a list or keys with values. Write it after the colon.", called(path))
		return s, false
	}
	r.place(path, at, strings.TrimSpace(text))
	value, expanded, wrong := r.expand(text)
	for _, say := range wrong {
		r.wrong(path, "%s", say)
	}
	s.text, s.shown, s.inFile = strings.TrimSpace(value), show(strings.TrimSpace(text)), !expanded
	if expanded || value != text {
		r.place(path, at, "")
	}
	return s, len(wrong) == 0
}

// text reads a string of one line with at most limit runes.
func (r *reader) text(path string, n ast.Node, limit int) (s scalar, ok bool) {
	return r.prose(path, n, limit, func(c rune) bool { return unicode.IsControl(c) })
}

// prose reads a string in which no character is bad.
func (r *reader) prose(path string, n ast.Node, limit int, bad func(rune) bool) (s scalar, ok bool) {
	if s, ok = r.scalar(path, n); !ok {
		return s, false
	}
	switch {
	case !s.quoted:
		r.wrong(path, "%s must be a text. Put it in quotes: \"%s\".", called(path), strings.Trim(s.shown, `"`))
	case s.text == "":
		r.wrong(path, "%s is empty. Fill it or take it out.", called(path))
	case strings.ContainsFunc(s.text, bad):
		r.wrong(path, "%s holds a line break or a control character. Write it as one line of plain text.", called(path))
	case utf8.RuneCountInString(s.text) > limit:
		r.wrong(path, "%s is too long. Keep it to %d characters.", called(path), limit)
	default:
		return s, true
	}
	return s, false
}

// into returns a field's reader that sets target to a string of one line with at most limit runes.
func (r *reader) into(target *string, limit int) func(string, ast.Node) {
	return func(path string, n ast.Node) {
		if s, ok := r.text(path, n, limit); ok {
			*target = s.text
		}
	}
}

// oneOf sets target to one of the words.
func (r *reader) oneOf(target *string, words ...string) func(string, ast.Node) {
	return func(path string, n ast.Node) {
		s, ok := r.text(path, n, 1000)
		if !ok {
			return
		}
		for _, w := range words {
			if s.text == w {
				*target = w
				return
			}
		}
		r.wrong(path, "%s cannot be %s. Write %s.", called(path), s.shown, choice(words))
	}
}

// choice returns "a, b or c".
func choice(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// texts sets target to a list of strings, none given twice.
func (r *reader) texts(target *[]string, limit int) func(string, ast.Node) {
	return func(path string, n ast.Node) {
		seen := map[string]bool{}
		r.list(path, n, func(path string, n ast.Node) {
			s, ok := r.text(path, n, limit)
			switch {
			case !ok:
			case seen[fold(s.text)]:
				r.wrong(path, "%s stands in this list twice. Take one of the two out.", s.shown)
			default:
				seen[fold(s.text)] = true
				*target = append(*target, s.text)
			}
		})
	}
}

// flag sets target to true or false.
func (r *reader) flag(target *bool) func(string, ast.Node) {
	return func(path string, n ast.Node) {
		s, ok := r.scalar(path, n)
		switch {
		case !ok:
		case s.text == "true" || s.text == "false":
			*target = s.text == "true"
		default:
			r.wrong(path, "%s must be true or false. Write one of the two, without quotes.", called(path))
		}
	}
}

// duration sets target to a time from least to most.
func (r *reader) duration(target *time.Duration, least, most time.Duration, between string) func(string, ast.Node) {
	return func(path string, n ast.Node) {
		s, ok := r.scalar(path, n)
		if !ok {
			return
		}
		d, ok := parseDuration(s.text)
		switch {
		case !ok:
			r.wrong(path, "%s is not a length of time: %s. Write a number and a unit, such as 30s, 10m, 12h, 7d or 2w.", called(path), s.shown)
		case d < least || d > most:
			r.wrong(path, "%s is out of range: %s. Write something from %s.", called(path), s.shown, between)
		default:
			*target = d
		}
	}
}

// size sets target to a number of bytes from least to most.
func (r *reader) size(target *Size, least, most Size) func(string, ast.Node) {
	return func(path string, n ast.Node) {
		s, ok := r.scalar(path, n)
		if !ok {
			return
		}
		size, ok := parseSize(s.text)
		switch {
		case !ok:
			r.wrong(path, "%s is not a size: %s. Write a number and a unit, such as 500KiB or 5MiB.", called(path), s.shown)
		case size < least || size > most:
			r.wrong(path, "%s is out of range: %s. Write something from %s to %s.", called(path), s.shown, least, most)
		default:
			*target = size
		}
	}
}

// secret sets target to a credential without spaces, and returns a check of its form: "" is fine.
func (r *reader) secret(target *Secret, check func(value string) string) func(string, ast.Node) {
	return func(path string, n ast.Node) {
		s, ok := r.scalar(path, n)
		if !ok {
			return
		}
		*target = NewSecret(s.text)
		switch {
		case s.text == "":
			r.wrong(path, "%s is empty. Set the variable or file it is taken from, or take the key out.", called(path))
		case s.inFile && reached.MatchString(s.text):
			r.wrong(path, "%s names where its value is, in a form that is not looked up. Write %s or ${file:PATH}.", called(path), reach(s.text))
		case strings.ContainsFunc(s.text, unicode.IsSpace) && check(s.text) == "":
			r.wrong(path, "%s holds a space or a line break. Copy the value again, without anything around it.", called(path))
		default:
			if say := check(s.text); say != "" {
				r.wrong(path, "%s", say)
			} else if s.inFile {
				r.warn(path, "%s stands in the file itself, where whoever sees the file sees it. Take it from the environment with ${NAME}, or from a file with ${file:PATH}.", called(path))
			}
		}
	}
}

// reached is how other programs write a value from elsewhere: $NAME, $(command), %NAME%, {{ name }}. No platform's
// credential looks so.
var reached = regexp.MustCompile(`^(?:\$.*|%\w+%|\{\{.*)$`)

// reach is how the value from elsewhere is written here.
func reach(text string) string {
	name := strings.TrimPrefix(strings.TrimPrefix(strings.Trim(text, "%"), "$"), "env:")
	if !variableName.MatchString(name) || show(name) == anonymous {
		name = "NAME"
	}
	return "${" + name + "}"
}
