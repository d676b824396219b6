package match

import (
	"strings"
)

// eval tells whether a query is true of the text, and which of its terms made it so. scope is the only field that
// counts, or -1.
func (n *node) eval(t *text, not cover, scope int) ([]hit, bool) {
	switch n.op {
	case opTerm, opPerson, opNear:
		hits := n.spans(t, not, scope)
		return hits, len(hits) > 0
	case opSource:
		return nil, n.ofSource(t)
	case opTitle:
		return n.kids[0].eval(t, not, titleField)
	case opNot:
		_, found := n.kids[0].eval(t, not, scope)
		return nil, !found
	case opAnd:
		var all []hit
		for _, kid := range n.kids {
			hits, ok := kid.eval(t, not, scope)
			if !ok {
				return nil, false
			}
			all = append(all, hits...)
		}
		return all, true
	default:
		var all []hit
		found := false
		for _, kid := range n.kids {
			hits, ok := kid.eval(t, not, scope)
			found = found || ok
			all = append(all, hits...)
		}
		return all, found
	}
}

// The places of the fields in text.fields.
const (
	titleField = 0
	textField  = 1
)

// spans gives the places of what can stand beside NEAR/n.
func (n *node) spans(t *text, not cover, scope int) []hit {
	var hits []hit
	switch n.op {
	case opTerm:
		hits = outside(n.term.hits(t), not)
	case opPerson:
		hits, _ = n.person.find(t, not)
	case opOr:
		for _, kid := range n.kids {
			hits = append(hits, kid.spans(t, not, scope)...)
		}
	case opNear:
		hits = n.nearby(t, not, scope)
	}
	if scope < 0 {
		return hits
	}
	kept := hits[:0]
	for _, h := range hits {
		if h.field == scope {
			kept = append(kept, h)
		}
	}
	return kept
}

// nearby gives the hits of either side that have one of the other within n words between them.
func (n *node) nearby(t *text, not cover, scope int) []hit {
	left, right := n.kids[0].spans(t, not, scope), n.kids[1].spans(t, not, scope)
	var hits []hit
	add := func(some []hit, others crowd) {
		for _, h := range some {
			if others.near(h.span, n.within) {
				h.rule = Near
				hits = append(hits, h)
			}
		}
	}
	add(left, newCrowd(right))
	add(right, newCrowd(left))
	return hits
}

func (t *term) hits(x *text) []hit {
	if t.prefix != "" {
		return t.prefixHits(x)
	}
	var hits []hit
	for _, at := range t.find(x) {
		hits = append(hits, hit{at, t.written, t.rule})
	}
	return hits
}

func (t *term) prefixHits(x *text) []hit {
	var hits []hit
	for k, f := range x.fields {
		for i := range f.units {
			u := &f.units[i]
			if strings.HasPrefix(u.reads[0], t.prefix) && f.wholeFrom(u.first) && f.wholeTo(u.last+1) {
				hits = append(hits, hit{span{k, u.first, u.last + 1}, t.written, t.rule})
			}
		}
	}
	return hits
}

// ofSource compares a field of the Doc that is no text: a source's name by its words, the others whole.
func (n *node) ofSource(t *text) bool {
	switch s := t.doc.Source; n.field {
	case "source":
		return strings.Contains(" "+foldedWords(s.Name)+" ", " "+n.value+" ")
	case "source.country":
		return foldedWords(s.Country) == n.value
	case "source.ownership":
		return foldedWords(s.Ownership) == n.value
	}
	return t.base == n.value || foldedWords(t.doc.Language) == n.value
}
