package match

import "unicode/utf8"

// A surname that is written small counts only with its first name beside it, written small as well, and many words are
// somebody's surname. So a look is taken at what stands there before more is asked.

// A smallRun is postings of one mode and word, which a word fits that is written small.
type smallRun struct {
	posts []fertilePost
	first uint32 // the word's token
}

// takeSmall takes the patterns of surnames that are written small, where a first name stands beside them.
func (s *sifter) takeSmall() {
	var next *holdings
	last := ^uint32(0)
	for _, run := range s.smalls {
		if run.first != last {
			last, next = run.first, nil
		}
		near := next
		switch {
		case run.posts[0].ref&modeMask == fileName:
			near = s.holdAround(run.first)
		case near == nil:
			next = s.holdNext(run.first)
			near = next
		}
		for _, p := range run.posts {
			if s.metBy(p.need, near) {
				s.take(p.ref & refMask)
			}
		}
	}
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

// holdNext are the keys of what may be the one first name of a surname at a token: what follows, and what stands before it,
// perhaps with initials, particles or a middle name between. Names that are written as several tokens are looked for in the
// whole text.
func (s *sifter) holdNext(at uint32) *holdings {
	tokens, swept := s.sweep.tokens, s.sweep.swept
	s.held = s.held[:0]
	if behind := swept[tokens[at].to()]; int(at)+1 < len(tokens) && (behind == ' ' || behind == '\n' || behind == ',') {
		s.held, _ = s.keysOf(tokens[at+1], s.held)
		if int(at)+2 < len(tokens) && s.joins(tokens[at+1], tokens[at+2]) {
			return s.allHeld()
		}
	}
	for k := at; k > at-min(at, maxBefore); k-- {
		if s.joins(tokens[k-1], tokens[k]) {
			return s.allHeld()
		}
		small := s.surelySmall(tokens[k-1])
		if behind := swept[tokens[k-1].to()]; small && behind != ' ' && behind != '\n' && behind < utf8.RuneSelf {
			break // a comma or the like parts the two
		}
		s.held, _ = s.keysOf(tokens[k-1], s.held)
		if small && !isParticle(s.fold(tokens[k-1])) {
			break // nor may it stand between
		}
	}
	s.next.fill(s.held)
	return &s.next
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
