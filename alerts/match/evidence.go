package match

import (
	"cmp"
	"slices"
	"unicode"
)

// match writes out what a pattern found; false where that is nothing.
func (t *text) match(id string, hits []hit) (Match, bool) {
	hits = tidy(hits)
	if len(hits) == 0 {
		return Match{}, false
	}
	m := Match{ID: id, Mention: Body, Evidence: make([]Evidence, 0, len(hits))}
	for _, h := range hits {
		e := t.evidence(h)
		m.Evidence = append(m.Evidence, e)
		if at := t.mention(h); at.rank() < m.Mention.rank() {
			m.Mention = at
		}
	}
	return m, true
}

func (t *text) evidence(h hit) Evidence {
	f := t.fields[h.field]
	form := ""
	if h.rule == SoundsLike {
		form = t.takenFor(f, h.first, h.next, h.term)
	}
	return Evidence{
		Form: form, Field: f.name, Start: f.startOf(h.first), End: f.endOf(h.next - 1),
		Text: f.written(h.first, h.next), Term: h.term, Rule: h.rule,
	}
}

// tidy orders evidence by field, position, length, term and rule, and leaves out what stands inside another of the same
// rule and term.
func tidy(hits []hit) []hit {
	slices.SortFunc(hits, hit.compare)
	type series struct {
		field int
		term  string
		rule  Rule
	}
	var reach map[series]int
	if len(hits) > fewHits {
		reach = map[series]int{}
	}
	kept := hits[:0]
	for _, h := range hits {
		if reach == nil {
			if !h.within(kept) {
				kept = append(kept, h)
			}
			continue
		}
		s := series{h.field, h.term, h.rule}
		if end, ok := reach[s]; ok && h.next <= end {
			continue
		}
		reach[s] = h.next
		kept = append(kept, h)
	}
	return kept
}

// fewHits are compared with each other, which takes no memory.
const fewHits = 32

// within tells that h stands inside one of some hits, of the same rule and term, none of which begins behind it.
func (h hit) within(hits []hit) bool {
	return slices.ContainsFunc(hits, func(o hit) bool {
		return o.field == h.field && o.term == h.term && o.rule == h.rule && h.next <= o.next
	})
}

func (h hit) compare(o hit) int {
	return cmp.Or(cmp.Compare(h.field, o.field), cmp.Compare(h.first, o.first), cmp.Compare(o.next, h.next),
		cmp.Compare(h.term, o.term), cmp.Compare(h.rule, o.rule))
}

// The lead is the text's first two sentences, but no fewer than minLead and no more than maxLead runes.
const (
	minLead = 150
	maxLead = 300
)

func (t *text) mention(h hit) Mention {
	f := t.fields[h.field]
	if f.name == Title {
		return Headline
	}
	if f.startOf(h.first) < f.leadEnd() {
		return Lead
	}
	return Body
}

// leadEnd is the rune at which the lead is over.
func (f *field) leadEnd() int {
	if f.lead == 0 {
		f.lead = f.findLead()
	}
	return f.lead
}

func (f *field) findLead() int {
	sentences := 0
	for i := 1; i < len(f.atoms); i++ {
		if sentences < 2 && f.sifted != nil && f.spaced(i) {
			continue // where no sentence ends
		}
		start := f.startOf(i)
		if start >= maxLead {
			break
		}
		if f.endsSentence(i) {
			sentences++
		}
		if sentences >= 2 && start >= minLead {
			return start
		}
	}
	return maxLead
}

// endsSentence tells that atom i begins another sentence than the one before it.
func (f *field) endsSentence(i int) bool {
	a := f.atom(i)
	if a.shape == lower {
		return false
	}
	spaced := false
	stop := false
	for _, r := range f.src[f.atom(i-1).to:a.from] {
		switch r {
		case '.':
			stop = stop || !f.abbreviated(i-1)
		case '!', '?', '…', '؟', '۔', '।':
			stop = true
		case '。', '！', '？':
			return true
		}
		spaced = spaced || unicode.IsSpace(r)
	}
	return stop && spaced
}
