package config

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// An origin remembers where each value of a File stands.
type origin struct {
	name       string   // the file's
	lines      []string // of the source
	places     map[string]place
	expansions []expansion
}

// A place is where a value stands; line and column count from 1, the column in runes.
type place struct {
	line, column int
	text         string // a string's value as it is read, to find columns inside it
	empty        bool   // a key without a value
}

// An expansion is a value that took the place of ${...}. It must not appear in a mistake.
type expansion struct{ value, source string }

// At returns where the value at the path stands, as line and column (in runes) from 1. The path names keys and list items from 0:
// watchlists[0].watches[2].match. A value that was left out stands where what encloses it does; the whole file at 1, 1.
func (f *File) At(path string) (line, column int) {
	for {
		if p, ok := f.origin.places[path]; ok {
			return p.line, p.column
		}
		if path == "" {
			return 1, 1
		}
		path = parent(path)
	}
}

// parent returns the path of what encloses the path; "" of a top-level key.
func parent(path string) string {
	return path[:max(strings.LastIndexAny(path, ".["), 0)]
}

// Inside returns where the column (in runes from 1) of the string at the path stands. Where the text in the file is not the
// string itself, as with escapes, block scalars and ${...}, it is where the value begins.
func (f *File) Inside(path string, column int) (line, col int) {
	line, col = f.At(path)
	p, ok := f.origin.places[path]
	if !ok || p.text == "" || line > len(f.origin.lines) || column < 1 || column > utf8.RuneCountInString(p.text)+1 {
		return line, col
	}
	rest := []rune(f.origin.lines[line-1])
	if col > len(rest) {
		return line, col
	}
	rest = rest[col-1:]
	start := 0
	for start < len(rest) && (start == 0 && (rest[0] == '"' || rest[0] == '\'') || rest[start] == ' ') {
		start++
	}
	if !strings.HasPrefix(string(rest[start:]), p.text) {
		return line, col
	}
	return line, col + start + column - 1
}

// Mistake returns a mistake about the value at the path; say is what is wrong and what to do.
func (f *File) Mistake(path, say string) Mistake {
	line, column := f.At(path)
	return f.origin.mistake(path, line, column, say)
}

// MistakeInside is Mistake about a column (in runes from 1) of the string at the path.
func (f *File) MistakeInside(path string, column int, say string) Mistake {
	line, col := f.Inside(path, column)
	return f.origin.mistake(path, line, col, say)
}

func (o *origin) mistake(path string, line, column int, say string) Mistake {
	m := Mistake{File: o.name, Path: path, Line: line, Column: column, Say: o.scrub(say)}
	if line >= 1 && line <= len(o.lines) {
		m.Excerpt = excerpt(o.lines[line-1], line, column)
	}
	return m
}

// expanded notes that the value took the place of the source, the longest first, so that none is taken for part of another.
func (o *origin) expanded(value, source string) {
	e := expansion{value, source}
	if slices.Contains(o.expansions, e) {
		return
	}
	at := slices.IndexFunc(o.expansions, func(other expansion) bool { return len(other.value) < len(value) })
	if at < 0 {
		at = len(o.expansions)
	}
	o.expansions = slices.Insert(o.expansions, at, e)
}

// Reveals tells whether a text holds a value that the file took from elsewhere, which may be a secret.
func (f *File) Reveals(text string) bool { return f.origin.scrub(text) != text }

// scrub puts ${...} back where its value slipped into a sentence. Values of one or two characters are left: they would
// be found everywhere, and hide nothing.
func (o *origin) scrub(say string) string {
	for _, e := range o.expansions {
		if utf8.RuneCountInString(e.value) >= 3 {
			say = strings.ReplaceAll(say, e.value, e.source)
		}
	}
	return say
}
