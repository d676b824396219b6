package match

import (
	"cmp"
	"slices"
)

// A cover tells which atoms of each field stand within some spans.
type cover [][]bool

// newCover marks the spans, each widened by so many atoms to the left and right.
func newCover(t *text, spans []span, left, right int) cover {
	if len(spans) == 0 {
		return nil
	}
	c := make(cover, len(t.fields))
	for k, f := range t.fields {
		c[k] = make([]bool, len(f.atoms))
	}
	for _, s := range spans {
		marks := c[s.field]
		for i := max(0, s.first-left); i < min(len(marks), s.next+right); i++ {
			marks[i] = true
		}
	}
	return c
}

// meets tells that an atom of the span is marked.
func (c cover) meets(s span) bool {
	return c != nil && slices.Contains(c[s.field][s.first:s.next], true)
}

// outside leaves out the hits that meet a cover.
func outside(hits []hit, c cover) []hit {
	if c == nil {
		return hits
	}
	return slices.DeleteFunc(hits, func(h hit) bool { return c.meets(h.span) })
}

// spansOf are the hits' places.
func spansOf(hits []hit) []span {
	spans := make([]span, len(hits))
	for i, h := range hits {
		spans[i] = h.span
	}
	return spans
}

// longest leaves out what stands within a longer hit; of equal ones the first stays.
func longest(hits []hit) []hit {
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.field, b.field), cmp.Compare(a.first, b.first), cmp.Compare(b.next, a.next), cmp.Compare(a.byEar(), b.byEar()))
	})
	kept := hits[:0]
	field, reach := -1, 0
	for _, h := range hits {
		if h.field == field && h.next <= reach {
			continue
		}
		field, reach = h.field, h.next
		kept = append(kept, h)
	}
	return kept
}

// A crowd counts spans near a place, in time that does not grow with their product.
type crowd struct{ byFirst, byNext []span }

// gather makes the crowd that of some hits.
func (c *crowd) gather(hits []hit) {
	c.byFirst = c.byFirst[:0]
	for _, h := range hits {
		c.byFirst = append(c.byFirst, h.span)
	}
	c.byNext = append(c.byNext[:0], c.byFirst...)
	slices.SortFunc(c.byFirst, span.compare)
	slices.SortFunc(c.byNext, span.compareNext)
}

// near tells that fewer than n words stand between s and one of the crowd other than s itself.
func (c *crowd) near(s span, n int) bool {
	begun := countBefore(c.byFirst, span{field: s.field, first: s.next + n}, span.compare)       // begin before s ends and n more
	over := countBefore(c.byNext, span{field: s.field, next: s.first - n + 1}, span.compareNext) // end n or more before s begins
	same := countBefore(c.byFirst, span{s.field, s.first, s.next + 1}, span.compare) - countBefore(c.byFirst, s, span.compare)
	return begun-over-same > 0
}

func countBefore(sorted []span, s span, compare func(a, b span) int) int {
	n, _ := slices.BinarySearchFunc(sorted, s, compare)
	return n
}

func (s span) compare(o span) int {
	return cmp.Or(cmp.Compare(s.field, o.field), cmp.Compare(s.first, o.first), cmp.Compare(s.next, o.next))
}

func (s span) compareNext(o span) int {
	return cmp.Or(cmp.Compare(s.field, o.field), cmp.Compare(s.next, o.next))
}
