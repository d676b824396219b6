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
	if n.all {
		s.takeMet(run.posts, s.allHeld())
		return
	}
	key := ^groupKey(run.posts[0])
	if !slices.ContainsFunc(n.tokens, func(t token) bool { return !s.strangers.has(s.besideTag(t.hash, key)) }) {
		return
	}
	if !n.filled {
		n.filled = true
		s.held = s.held[:0]
		for _, t := range n.tokens {
			s.held, _ = s.keysOf(t, s.held)
		}
		n.fill(s.held)
	}
	if s.takeMet(run.posts, &n.holdings) {
		return
	}
	for _, t := range n.tokens {
		s.strangers.keep(s.besideTag(t.hash, key))
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
	tokens []token
	all    bool // any of the text may be
	filled bool // and what follows are their keys
	holdings
}

// nextTo leaves in sifter.nigh what may be the one first name of a surname at a token: what follows, and what stands before it,
// perhaps with initials, particles or a middle name between. Names that are written as several tokens are looked for in the
// whole text.
func (s *sifter) nextTo(at uint32) {
	tokens, swept := s.sweep.tokens, s.sweep.swept
	n := &s.nigh
	n.tokens, n.all, n.filled = n.tokens[:0], false, false
	if behind := swept[tokens[at].to()]; int(at)+1 < len(tokens) && (isBlank(behind) || behind == ',') {
		n.tokens = append(n.tokens, tokens[at+1])
		if n.all = int(at)+2 < len(tokens) && s.joins(tokens[at+1], tokens[at+2]); n.all {
			return
		}
	}
	for k := at; k > at-min(at, maxBefore); k-- {
		if n.all = s.joins(tokens[k-1], tokens[k]); n.all {
			return
		}
		small := s.surelySmall(tokens[k-1])
		if behind := swept[tokens[k-1].to()]; small && !isBlank(behind) && behind < utf8.RuneSelf {
			return // a comma or the like parts the two
		}
		n.tokens = append(n.tokens, tokens[k-1])
		if small && !s.isParticle(tokens[k-1]) {
			return // nor may it stand between
		}
	}
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
	s.held = s.held[:0]
	for k := from; k < to; k++ {
		if int(k)+1 < len(tokens) && (tokens[k].char() || s.joins(tokens[k], tokens[k+1])) {
			return s.allHeld()
		}
		if k != at {
			s.held, _ = s.keysOf(tokens[k], s.held)
		}
	}
	s.beside.fill(s.held)
	return &s.beside
}
