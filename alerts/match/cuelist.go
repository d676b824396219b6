package match

import "slices"

// A cuePosting is an alternative of a query, in the list of a sign that it needs.
type cuePosting struct {
	ref     uint32
	sign    uint32 // one more than another sign that it needs; 0 for none
	or      uint32 // as good as sign, and the same where nothing else is
	program uint32 // what else it needs, by its place among programs; 0 for none
}

// A cueList is the postings of a sign: most have a few, which are read with the list at once.
type cueList struct {
	n    int // of few
	few  [fewPostings]cuePosting
	more []cuePosting
}

const fewPostings = 6

// with is the list with a posting more. Who reads the list meanwhile does not see it.
func (l *cueList) with(p cuePosting) *cueList {
	if l == nil {
		l = &cueList{}
	}
	grown := *l
	if grown.n < fewPostings {
		grown.few[grown.n] = p
		grown.n++
	} else {
		grown.more = append(grown.more, p) // behind what readers see
	}
	return &grown
}

// without is the list without a pattern's postings, nil where none is left.
func (l *cueList) without(ref uint32) *cueList {
	of := func(p cuePosting) bool { return p.ref == ref }
	if !slices.ContainsFunc(l.few[:l.n], of) && !slices.ContainsFunc(l.more, of) {
		return l
	}
	kept := &cueList{more: slices.DeleteFunc(slices.Clone(l.more), of)}
	for _, p := range l.few[:l.n] {
		if !of(p) {
			kept.few[kept.n] = p
			kept.n++
		}
	}
	if kept.n+len(kept.more) == 0 {
		return nil
	}
	return kept
}
