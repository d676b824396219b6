package match

import (
	"fmt"
	"slices"
	"strings"
)

// contradictions are the parts of a query of which no article can be true: what must and must not be there, or two languages at once.
func (n *node) contradictions() []*SpecError {
	switch n.op {
	case opOr, opTitle:
		var all []*SpecError
		for _, kid := range n.kids {
			all = append(all, kid.contradictions()...)
		}
		return all
	case opAnd:
		var w wants
		w.add(n)
		return w.wrong()
	}
	return nil
}

// wants are what must be there for a query to be true, what must not, and the alternatives within.
type wants struct {
	must, never []*node
	within      []*node
}

func (w *wants) add(n *node) {
	switch n.op {
	case opAnd, opTitle:
		for _, kid := range n.kids {
			w.add(kid)
		}
	case opNot:
		w.exclude(n.kids[0])
	case opOr:
		w.within = append(w.within, n)
	default:
		w.must = append(w.must, n)
	}
}

func (w *wants) exclude(n *node) {
	switch n.op {
	case opNot:
		w.add(n.kids[0])
	case opOr:
		for _, kid := range n.kids {
			w.exclude(kid)
		}
	case opTerm, opPerson, opSource:
		w.never = append(w.never, n)
	}
}

func (w *wants) wrong() (all []*SpecError) {
	for _, not := range w.never {
		for _, must := range w.must {
			if not.covers(must) {
				all = append(all, mistake(not.column, fmt.Sprintf("What is to be left out, %s, is also asked for, so nothing is found; remove it at one of the two places.", not.shown())))
				break
			}
		}
	}
	for i, must := range w.must {
		for _, before := range w.must[:i] {
			if must.op == opSource && must.field != "source" && before.op == opSource && before.field == must.field && !must.covers(before) && !before.covers(must) {
				all = append(all, mistake(must.column, fmt.Sprintf("No article has both %s and %s; write OR between them, in parentheses.", before.shown(), must.shown())))
				break
			}
		}
	}
	for _, n := range w.within {
		all = append(all, n.contradictions()...)
	}
	return all
}

// covers tells that what makes other true makes n true: the same word or phrase, or of a word one that has it.
func (n *node) covers(other *node) bool {
	if n.op != other.op {
		return false
	}
	switch n.op {
	case opSource:
		return n.field == other.field && (n.value == other.value || n.field == "lang" && strings.HasPrefix(other.value, n.value+" "))
	case opPerson:
		return foldedWords(n.shown()) == foldedWords(other.shown())
	case opTerm:
		return n.term.covers(other.term)
	}
	return false
}

func (t *term) covers(other *term) bool {
	switch {
	case t.prefix != "":
		return other.prefix != "" && strings.HasPrefix(other.prefix, t.prefix) || other.isExact() && strings.HasPrefix(foldedWords(other.written), t.prefix)
	case other.prefix != "" || t.isExact() && !other.isExact():
		return false
	case t.inCapitals() != other.inCapitals():
		return false
	}
	return foldedWords(t.written) == foldedWords(other.written)
}

// isExact tells a word or phrase that is asked for in this form alone.
func (t *term) isExact() bool {
	return t.prefix == "" && !slices.ContainsFunc(t.words, func(w word) bool {
		return slices.ContainsFunc(w.parts, func(p part) bool { return p.raw != "" })
	})
}

// inCapitals tells what is found in capitals alone.
func (t *term) inCapitals() bool {
	return slices.ContainsFunc(t.words, func(w word) bool { return w.caps })
}

// shown is a part of a query as people write it.
func (n *node) shown() string {
	switch n.op {
	case opSource:
		return n.field + ":" + n.value
	case opPerson:
		if len(n.person.names) > 0 {
			return n.person.names[0].written
		}
		return n.person.singles[0].written
	}
	if n.term.rule == Phrase {
		return `"` + n.term.written + `"`
	}
	return n.term.written
}
