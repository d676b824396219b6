package match

import (
	"cmp"
	"slices"
	"sort"
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
type crowd struct {
	firsts, nexts map[int][]int
	same          map[span]int
}

func newCrowd(hits []hit) crowd {
	c := crowd{map[int][]int{}, map[int][]int{}, map[span]int{}}
	for _, h := range hits {
		c.firsts[h.field] = append(c.firsts[h.field], h.first)
		c.nexts[h.field] = append(c.nexts[h.field], h.next)
		c.same[h.span]++
	}
	for field := range c.firsts {
		slices.Sort(c.firsts[field])
		slices.Sort(c.nexts[field])
	}
	return c
}

// near tells that fewer than n words stand between s and one of the crowd other than s itself.
func (c crowd) near(s span, n int) bool {
	begun := sort.SearchInts(c.firsts[s.field], s.next+n)  // begin before s ends and n more
	over := sort.SearchInts(c.nexts[s.field], s.first-n+1) // end n or more before s begins
	return begun-over-c.same[s] > 0
}
