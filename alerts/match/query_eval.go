package match

import (
	"strings"
)

// eval tells whether a query is true of the text, and adds which of its terms made it so. scope is the only field that
// counts, or -1.
func (n *node) eval(t *text, not cover, scope int, hits []hit) ([]hit, bool) {
	before := len(hits)
	switch n.op {
	case opTerm, opPerson, opNear:
		hits = n.spans(t, not, scope, hits)
		return hits, len(hits) > before
	case opSource:
		return hits, n.ofSource(t)
	case opTitle:
		return n.kids[0].eval(t, not, titleField, hits)
	case opNot:
		hits, found := n.kids[0].eval(t, not, scope, hits)
		return hits[:before], !found
	case opAnd:
		for _, kid := range n.kids {
			var ok bool
			if hits, ok = kid.eval(t, not, scope, hits); !ok {
				return hits[:before], false
			}
		}
		return hits, true
	default:
		found := false
		for _, kid := range n.kids {
			var ok bool
			hits, ok = kid.eval(t, not, scope, hits)
			found = found || ok
		}
		return hits, found
	}
}

// The places of the fields in text.fields.
const (
	titleField = 0
	textField  = 1
)

// spans adds the places of what can stand beside NEAR/n.
func (n *node) spans(t *text, not cover, scope int, hits []hit) []hit {
	before := len(hits)
	switch n.op {
	case opTerm:
		hits = n.term.hits(t, hits)
		hits = hits[:before+len(outside(hits[before:], not))]
	case opPerson:
		found, _ := n.person.find(t, not)
		hits = append(hits, found...)
	case opOr:
		for _, kid := range n.kids {
			hits = kid.spans(t, not, scope, hits)
		}
	case opNear:
		hits = n.nearby(t, not, scope, hits)
	}
	if scope < 0 {
		return hits
	}
	kept := hits[:before]
	for _, h := range hits[before:] {
		if h.field == scope {
			kept = append(kept, h)
		}
	}
	return kept
}

// nearby adds the hits of either side that have one of the other within n words between them.
func (n *node) nearby(t *text, not cover, scope int, hits []hit) []hit {
	left := len(hits)
	hits = n.kids[0].spans(t, not, scope, hits)
	right := len(hits)
	hits = n.kids[1].spans(t, not, scope, hits)
	end := len(hits)
	for _, side := range [][2][]hit{{hits[left:right], hits[right:end]}, {hits[right:end], hits[left:right]}} {
		t.crowd.gather(side[1])
		for _, h := range side[0] {
			if t.crowd.near(h.span, n.within) {
				h.rule = Near
				hits = append(hits, h)
			}
		}
	}
	return append(hits[:left], hits[end:]...)
}

func (t *term) hits(x *text, hits []hit) []hit {
	if t.prefix != "" {
		return t.prefixHits(x, hits)
	}
	x.found = t.findAll(x, x.found[:0])
	for _, at := range x.found {
		hits = append(hits, hit{at, t.written, t.rule})
	}
	return hits
}

func (t *term) prefixHits(x *text, hits []hit) []hit {
	for k, f := range x.fields {
		for i := range f.allUnits() {
			u := f.unit(i)
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
