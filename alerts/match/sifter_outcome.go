package match

import "slices"

// In a script without capitals nothing tells a name from other words, so that texts are full of words that sound like
// somebody's. What comes of two words next to each other hangs on these alone, where plain words stand around them: so it is
// remembered, and no name has to be made to find it out again.

// A pairOutcome is what two words are to a name of two words that they sound like.
type pairOutcome uint8

const (
	outcomeUnknown pairOutcome = iota
	outcomeNearly              // nearly: see sayAlmost
	outcomeFull                // the name
)

// pairStandsPlain tells two words of scripts without capitals, next to each other, around which plain words stand.
func (s *sifter) pairStandsPlain(a, b *soundingUnit) bool {
	return a.uncased && b.uncased && a.first == a.last && b.first == b.last && b.first == a.last+1 &&
		s.seamAt(b.first) == seamSpace && s.standsPlain(a.first, b.last)
}

// A seam is what stands between two tokens.
type seam uint8

const (
	seamOther seam = iota // what may join them to a word, or make an initial of the first
	seamSpace
	seamBreak // what parts names
)

// seamAt is the seam in front of a token, or behind the last.
func (s *sifter) seamAt(i uint32) seam {
	tokens := s.sweep.tokens
	if i == 0 || int(i) == len(tokens) {
		return seamBreak
	}
	a, b := tokens[i-1], tokens[i]
	if s.sweep.swept[a.to()] == ' ' && int(b.from) == a.to()+1 {
		return seamSpace
	}
	switch s.link(a, b) {
	case gapBreak, gapComma:
		return seamBreak
	}
	if s.gapBetween(a, b) == gapSpace {
		return seamSpace
	}
	return seamOther
}

// standsPlain tells that in front of tokens i to j and behind them stand words of scripts without capitals that say nothing of a name
// beside them, or nothing near.
func (s *sifter) standsPlain(i, j uint32) bool {
	switch s.seamAt(i) {
	case seamOther:
		return false
	case seamSpace:
		if t := s.sweep.tokens[i-1]; !t.wide() || t.shape() != uncased || s.isParticle(t) {
			return false
		}
	}
	switch s.seamAt(j + 1) {
	case seamOther:
		return false
	case seamSpace:
		if t := s.sweep.tokens[j+1]; !t.wide() || t.shape() != uncased || s.isLetter(t, s.fold(t)) {
			return false
		}
	}
	return !s.isParticle(s.sweep.tokens[i])
}

// heardAlone is the place at which a candidate was heard, where that is the only one and the outcome hangs on its two words
// alone; else nil.
func (s *sifter) heardAlone(t *text, c candidate) *heardRef {
	if t != &s.page || s.x.changes.Load() != s.seen {
		return nil
	}
	heard := s.stands.heard
	i, ok := slices.BinarySearchFunc(heard, c.ref, heardRef.compareRef)
	if !ok || !heard[i].plain || i+1 < len(heard) && heard[i+1].ref == c.ref {
		return nil
	}
	list := s.stands.list
	k, _ := slices.BinarySearchFunc(list, stand{c.ref, 0}, stand.compare)
	if k+1 < len(list) && list[k+1].ref == c.ref {
		return nil
	}
	return &heard[i]
}

// judgeHeard is judge of a candidate that was heard alone; false where the outcome is not known yet, or hangs on more.
func (s *sifter) judgeHeard(t *text, c candidate, h *heardRef, r *Result) bool {
	name := hit{s.spanOf(t, h.first, 2), c.record.written.name(), SoundsLike}
	switch h.outcome {
	case outcomeNearly:
		nearMiss(t, c, miss{name, sayAlmost}, r)
		return true
	case outcomeFull:
		hits, ok := s.addBareHeard(t, h, append(t.named[:0], name))
		if t.named = hits[:0]; !ok {
			return false
		}
		m, _ := t.match(c.id, hits)
		r.Matches = append(r.Matches, m)
		return true
	}
	return false
}

// addBareHeard adds where the surname alone sounds like that of the name, which is the first of hits; false where it hangs on more
// than the words there.
func (s *sifter) addBareHeard(t *text, h *heardRef, hits []hit) (all []hit, ok bool) {
	heard := s.hearerOf(h.ear)
	if heard == nil {
		return hits, false
	}
	ok = true
	s.eachSounding(h.ear, heard, func(u *soundingUnit, f fitting) bool {
		switch alike := f&fitByEar != 0 && f&(fitOwn|fitLoose) == 0 && u.uncased; {
		case alike && f.steps() > stepsOfBareName:
		case !alike || u.first != u.last || !s.standsPlain(u.first, u.last):
			ok = false
		case u.first != h.first && u.first != h.first+1:
			hits = append(hits, hit{s.spanOf(t, u.first, 1), hits[0].term, SoundsLike})
		}
		return ok
	})
	return hits, ok
}

// hearerOf is what a surname of ears sounds like; nil where it was removed, or is loose.
func (s *sifter) hearerOf(ear uint32) *hearer {
	kept, ok := s.x.ears.words.get(ear)
	if !ok {
		return nil
	}
	w := s.readyWord(kept)
	if w == nil {
		return nil
	}
	return w.joined.ear
}

// spanOf is that of so many tokens from one on.
func (s *sifter) spanOf(t *text, first uint32, n int) span {
	_, k, i := s.placeOf(t, int(first))
	return span{k, i, i + n}
}

// keepOutcome remembers what came of the two words of a pattern that was heard alone.
func (s *sifter) keepOutcome(h *heardRef, p *Pattern, hits []hit, misses []miss) {
	name := s.spanOf(&s.page, h.first, 2)
	if s.pairing.moved || len(p.named().names) > 1 || h.outcome != outcomeUnknown {
		return
	}
	o := outcomeUnknown
	switch {
	case len(hits) == 0 && len(misses) == 1 && misses[0].span == name && misses[0].reason == sayAlmost:
		o = outcomeNearly
	case len(hits) == 1 && len(misses) == 0 && hits[0].span == name && hits[0].rule == SoundsLike:
		o = outcomeFull
	}
	s.pairing.refs[h.at].ear |= uint32(o) << earOutcome
}
