package match

import (
	"slices"
	"unicode/utf8"
)

// A surname that is written small counts only with its first name beside it, written small as well, and many words are
// somebody's surname. So a look is taken at what stands there before more is asked.

// A smallRun is postings of one mode and word, which a word fits that is written small.
type smallRun struct {
	posts []fertilePost
	first uint32 // the word's token
}

// takeSmall takes the patterns of surnames that are written small, where a first name stands beside them.
func (s *sifter) takeSmall() {
	last, lastAround := ^uint32(0), ^uint32(0)
	var around *holdings
	for _, run := range s.smalls {
		if run.posts[0].ref&modeMask == fileName {
			if run.first != lastAround {
				lastAround, around = run.first, s.holdAround(run.first)
			}
			s.takeMet(run.posts, around)
			continue
		}
		if run.first != last {
			last = run.first
			s.nextTo(last)
		}
		s.takeBesideSmall(run)
	}
}

// takeBesideSmall takes the patterns of a run whose first name stands beside their surname, among the words in sifter.nigh.
func (s *sifter) takeBesideSmall(run smallRun) {
	n := &s.nigh
	key := ^groupKey(run.posts[0])
	if !slices.ContainsFunc(n.units, func(u nighUnit) bool { return !s.strangers.has(s.besideTag(u.hash, key)) }) {
		return
	}
	if !n.filled {
		n.filled = true
		s.held = s.held[:0]
		for _, u := range n.units {
			s.held = s.keysOfUnit(u, s.held)
		}
		n.fill(s.held)
	}
	if s.takeMet(run.posts, &n.holdings) {
		return
	}
	for _, u := range n.units {
		s.strangers.keep(s.besideTag(u.hash, key))
	}
}

// takeMet takes the patterns of some postings whose need is met; false where that is none.
func (s *sifter) takeMet(list []fertilePost, near *holdings) (any bool) {
	for _, p := range list {
		if s.metBy(p.need, near) {
			s.take(p.ref & refMask)
			any = true
		}
	}
	return any
}

// standSmall notes where the surnames of the patterns that were taken stand written small.
func (s *sifter) standSmall() {
	if s.refs.n == 0 {
		return
	}
	for _, run := range s.smalls {
		s.standTaken(run.posts, run.first)
	}
}

// standTaken notes of the patterns of some postings that were taken that their word stands at a token.
func (s *sifter) standTaken(list []fertilePost, first uint32) {
	for _, p := range list {
		if ref := p.ref & refMask; s.refs.has(ref) {
			s.stands.list = append(s.stands.list, stand{ref, first})
		}
	}
}

// isBlank tells white space of ASCII.
func isBlank(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// nigh are the words that may be the one first name of a surname which is written small.
type nigh struct {
	units  []nighUnit
	filled bool // and what follows are their keys
	holdings
}

// A nighUnit is a token, or several as one word.
type nighUnit struct {
	sweptUnit
	hash uint64
}

// nextTo leaves in sifter.nigh what may be the one first name of a surname at a token: what follows, and what stands before it,
// perhaps with initials, particles or a middle name between.
func (s *sifter) nextTo(at uint32) {
	tokens, swept := s.sweep.tokens, s.sweep.swept
	n := &s.nigh
	n.units, n.filled = n.units[:0], false
	last := at
	s.eachJoined(int(at), func(u sweptUnit, _ uint64) { // may-anna
		last = u.last
		s.addNigh(last)
	})
	if behind := swept[tokens[last].to()]; int(last)+1 < len(tokens) && (isBlank(behind) || behind == ',' || behind >= utf8.RuneSelf) {
		s.addNigh(last + 1)
	}
	most := uint32(maxBefore)
	for k := at; k > at-min(at, most); k-- {
		before := tokens[k-1]
		s.addNigh(k - 1)
		if s.joins(before, tokens[k]) {
			most = min(most+1, maxBefore+maxJoined) // the two are one word
			continue
		}
		if !s.surelySmall(before) {
			continue
		}
		if behind := swept[before.to()]; !isBlank(behind) && behind < utf8.RuneSelf {
			n.units = n.units[:len(n.units)-1]
			return // a comma or the like parts the two
		}
		if !s.isParticle(before) {
			return // nor may it stand between
		}
	}
}

// addNigh adds the units that begin at a token.
func (s *sifter) addNigh(at uint32) {
	n := &s.nigh
	n.units = append(n.units, nighUnit{sweptUnit{at, at}, s.sweep.tokens[at].hash})
	if int(at)+1 < len(s.sweep.tokens) {
		s.eachJoined(int(at), func(u sweptUnit, hash uint64) { n.units = append(n.units, nighUnit{u, hash}) })
	}
}

// keysOfUnit adds the keys of a unit.
func (s *sifter) keysOfUnit(u nighUnit, keys []uint64) []uint64 {
	if u.first != u.last {
		return s.keysOfJoined(u.sweptUnit, u.hash, keys)
	}
	keys, _ = s.keysOf(s.sweep.tokens[u.first], keys)
	return keys
}

// surelySmall tells a word of its own that is written small.
func (s *sifter) surelySmall(t token) bool {
	first := s.sweep.swept[t.from]
	return first >= 'a' && first <= 'z' && t.from > 0 && s.sweep.swept[t.from-1] == ' '
}

// holdAround are the keys of what may be a first name, or one of several, of a surname at a token.
func (s *sifter) holdAround(at uint32) *holdings {
	tokens := s.sweep.tokens
	from, to := at-min(at, maxBefore), min(at+maxJoined+1, uint32(len(tokens))) //nolint:gosec // fewer than bytes
	s.keys = s.keys[:0]
	for k := from; k < to; k++ {
		if k != at {
			s.keys, _ = s.keysOf(tokens[k], s.keys)
		}
	}
	s.addClose(s.closeIn(from, to))
	s.beside.fill(s.keys)
	return &s.beside
}
