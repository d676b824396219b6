package match

import (
	"cmp"
	"slices"
	"sort"
)

// A cover tells which atoms of each field stand within some spans: spans in order, that do not meet.
type cover []span

// newCover covers spans, each widened by so many atoms to the left and right. It makes the cover of them.
func newCover(spans []span, left, right int) cover {
	for i := range spans {
		spans[i].first -= left
		spans[i].next += right
	}
	slices.SortFunc(spans, span.compare)
	kept := spans[:0]
	for _, s := range spans {
		if n := len(kept); n > 0 && kept[n-1].field == s.field && s.first <= kept[n-1].next {
			kept[n-1].next = max(kept[n-1].next, s.next)
			continue
		}
		kept = append(kept, s)
	}
	return kept
}

// meets tells that an atom of the span is covered.
func (c cover) meets(s span) bool {
	i := sort.Search(len(c), func(i int) bool { return c[i].field > s.field || c[i].field == s.field && c[i].next > s.first })
	return i < len(c) && c[i].field == s.field && c[i].first < s.next
}

// outside leaves out the hits that meet a cover.
func outside(hits []hit, c cover) []hit {
	if len(c) == 0 {
		return hits
	}
	return slices.DeleteFunc(hits, func(h hit) bool { return c.meets(h.span) })
}

// addSpans adds the hits' places.
func addSpans(spans []span, hits []hit) []span {
	for _, h := range hits {
		spans = append(spans, h.span)
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
