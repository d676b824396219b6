package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// extra is how many values more than it has bytes a file may have through *aliases, so that aliases of aliases cannot
// grow without end.
const extra = 100_000

// A reader walks the YAML tree into a File and collects every mistake on its way.
type reader struct {
	file     *File
	env      func(string) (string, bool)
	readFile func(string) ([]byte, error)
	anchors  map[string]ast.Node
	values   int // read so far, those of *aliases each time anew
	most     int // values that are followed through *aliases
	mistakes Mistakes

	// What one part of the file says about another, checked at the end.
	needs   []need
	follows []follow
}

// A need is a platform that is named at the path.
type need struct{ path, platform string }

// A follow is a watchlist that the channel hears, as the path says.
type follow struct{ path, channel, list, shown string }

// A field is one key that a mapping may have.
type field struct {
	name     string
	read     func(path string, n ast.Node)
	required bool
	later    string // what comes in a later version, and what to do now; "" is here already
}

// wrong notes a mistake about the value at the path.
func (r *reader) wrong(path, format string, args ...any) {
	r.mistakes = append(r.mistakes, r.file.Mistake(path, fmt.Sprintf(format, args...)))
}

// warn notes what is unwise about the value at the path, though it works.
func (r *reader) warn(path, format string, args ...any) {
	r.file.warnings = append(r.file.warnings, r.file.Mistake(path, fmt.Sprintf(format, args...)))
}

// keepAnchors notes every &anchor, so that it is known wherever it stands.
func (r *reader) keepAnchors(n ast.Node) {
	for _, found := range ast.Filter(ast.AnchorType, n) {
		a := found.(*ast.AnchorNode)
		if _, twice := r.anchors[a.Name.String()]; twice {
			r.aside("", a, "two values have the same &anchor. Give each a name of its own.")
		}
		r.anchors[a.Name.String()] = a.Value
	}
}

// place notes where the value at the path stands.
func (r *reader) place(path string, t *token.Token, text string) {
	r.values++
	if t != nil && t.Position != nil {
		r.file.origin.places[path] = place{line: max(t.Position.Line, 1), column: max(t.Position.Column, 1), text: text}
	}
}

// resolve follows anchors and aliases to the value itself. It returns nil where there is none, having said so.
func (r *reader) resolve(path string, n ast.Node) ast.Node {
	switch n := n.(type) {
	case *ast.AnchorNode:
		return r.resolve(path, n.Value)
	case *ast.AliasNode:
		r.place(path, n.GetToken(), "")
		value, ok := r.anchors[n.Value.String()]
		if !ok && strings.HasSuffix(path, ".schedule") {
			r.wrong(path, quoteSchedule)
			return nil
		}
		if !ok {
			r.wrong(path, "there is no value for this *alias. Write an &anchor of that name before it.")
			return nil
		}
		if r.values > r.most {
			r.wrong(path, "the *aliases of this file hold too much. Write the values out.")
			return nil
		}
		delete(r.anchors, n.Value.String()) // so that no anchor holds itself
		resolved := r.resolve(path, value)
		r.anchors[n.Value.String()] = value
		return resolved
	case *ast.TagNode:
		r.place(path, n.GetToken(), "")
		r.wrong(path, "tags like !!str have no meaning here. Take the tag out; quotes make any value a text.")
		return nil
	}
	return n
}

// begin is where a node's value starts: of a mapping, its first key.
func begin(n ast.Node) *token.Token {
	if m, ok := n.(ast.MapNode); ok {
		if flow, ok := n.(*ast.MappingNode); ok && flow.IsFlowStyle {
			return flow.Start
		}
		if pairs := m.MapRange(); pairs.Next() {
			return pairs.Key().GetToken()
		}
	}
	return n.GetToken()
}

// object reads a mapping by its fields, and says which keys are unknown, given twice, missing or not there yet. It tells
// whether it was a mapping at all.
func (r *reader) object(path string, n ast.Node, fields []field) bool {
	n = r.resolve(path, n)
	if n == nil {
		return false
	}
	r.place(path, begin(n), "")
	m, ok := n.(ast.MapNode)
	if !ok {
		r.wrong(path, "%s must be keys with values. Write each as `key: value` on a line of its own.", called(path))
		return false
	}
	given := map[string]bool{}
	for pairs := m.MapRange(); pairs.Next(); {
		r.pair(path, pairs, fields, given)
	}
	for _, f := range fields {
		if f.required && !given[f.name] {
			r.wrong(path, "%s lacks %s:. Add it.", called(path), f.name)
		}
	}
	return true
}

// given tells whether the key at the path has a value in the file.
func (r *reader) given(path string) bool {
	p, ok := r.file.origin.places[path]
	return ok && !p.empty
}

// pair reads one key and its value.
func (r *reader) pair(path string, pairs *ast.MapNodeIter, fields []field, given map[string]bool) {
	key, value := pairs.Key(), pairs.Value()
	name := key.GetToken().Value
	at := strings.TrimPrefix(path+"."+name, ".")
	if _, twice := given[name]; twice {
		r.aside(path, key, "%s is given twice. Keep one of the two.", show(name))
		return
	}
	given[name] = true
	i := slices.IndexFunc(fields, func(f field) bool { return f.name == name })
	switch {
	case key.IsMergeKey():
		r.aside(path, key, "merging with << is not supported. Write the keys out, or give a whole value an &anchor and use it as *alias.")
	case i < 0:
		what := "key " + show(name)
		if show(name) == anonymous {
			what = "such key"
		}
		r.aside(path, key, "%s has no %s. %s", called(path), what, suggestKey(name, fields))
	case fields[i].later != "":
		r.aside(path, key, "%s", fields[i].later)
	default:
		r.place(at, begin(value), "")
		if value.Type() == ast.NullType { // a key with nothing after it is as good as none
			p := key.GetToken().Position
			r.file.origin.places[at] = place{line: p.Line, column: p.Column, empty: true}
			given[name] = !fields[i].required
			return
		}
		fields[i].read(at, value)
	}
}

// aside notes a mistake about a key.
func (r *reader) aside(path string, key ast.Node, format string, args ...any) {
	p := key.GetToken().Position
	if name := key.GetToken().Value; show(name) != anonymous {
		path = strings.TrimPrefix(path+"."+name, ".")
	}
	r.mistakes = append(r.mistakes, r.file.origin.mistake(path, p.Line, p.Column, fmt.Sprintf(format, args...)))
}

// list reads a sequence, item by item.
func (r *reader) list(path string, n ast.Node, item func(path string, n ast.Node)) {
	n = r.resolve(path, n)
	if n == nil {
		return
	}
	s, ok := n.(*ast.SequenceNode)
	if !ok {
		r.place(path, begin(n), "")
		r.wrong(path, "%s must be a list. Write each item on a line of its own after `- `, or all in [brackets].", called(path))
		return
	}
	r.place(path, s.GetToken(), "")
	for i, value := range s.Values {
		at := fmt.Sprintf("%s[%d]", path, i)
		if value == nil || value.Type() == ast.NullType {
			if value != nil {
				r.place(at, value.GetToken(), "")
			}
			r.wrong(at, "%s is empty. Fill it or take out its line.", called(at))
			item(at, nil) // so that what is read has as many items as the file
			continue
		}
		r.place(at, begin(value), "")
		item(at, value)
	}
}
