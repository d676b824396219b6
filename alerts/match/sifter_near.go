package match

import (
	"math"
	"slices"
	"unicode/utf8"
)

// In a script without capitals every word may be a name, so that a text has three times as many pairs of words near each other as
// words. Most are told by what is known of each word alone: which parts of a name it may be.

// traceBits are the bits of a trace that tell of skeletons.
const traceBits = 59

// Above them stands which parts a unit may have in a name.
const (
	partWhole   trace = 1 << traceBits << iota // it sounds like a whole name
	partGiven                                  // it sounds like a first name
	partSurname                                // it may sound like a surname
	partLong                                   // one of those first names has a pattern that is more than a name of two words
	notParticle                                // 1 << 63
)

// partOf tells which parts a unit may have that was listened to.
func (s *sifter) partOf(u *unit, at *heardUnit) (parts trace) {
	m := &s.pairing.heard
	if at.whole {
		parts |= partWhole
	}
	if at.heft != none && slices.ContainsFunc(m.bones[at.bone:], func(b skeleton) bool { return s.x.ears.surnames.mayHold(surnameKey(b)) }) {
		parts |= partSurname
	}
	for _, w := range m.words[at.word:] {
		parts |= partGiven
		if s.x.ears.longs.mayHold(longKey(w.ear)) {
			parts |= partLong
		}
	}
	if !isParticle(u.reads[0]) {
		parts |= notParticle
	}
	return parts
}

// may tells that a unit may have a part, as far as known.
func (u *soundingUnit) may(part trace) bool {
	return u.lacks&part == 0 && (!u.traced || u.trace&part != 0)
}

// stopsNames tells a word of a script without capitals, in front of which another stands, that parts the words of a name of two for
// certain: sifter.parted then holds of any two around it.
func (s *sifter) stopsNames(u *soundingUnit) bool {
	if !u.uncased || !u.traced || u.trace&notParticle == 0 || u.first != u.last {
		return false
	}
	swept, t := s.sweep.swept, s.sweep.tokens[u.first]
	before := s.sweep.tokens[u.first-1]
	return swept[t.to()] != '.' && swept[before.to()] == ' ' && int(t.from) == before.to()+1
}

// recallParts fills in what is remembered of all units of the Doc, once. Nothing else is done meanwhile: see pairing.fetch.
func (s *sifter) recallParts() {
	p := &s.pairing
	if p.traced {
		return
	}
	p.traced, p.long = true, false
	stamp := s.stampOf(p.epoch)
	for k := range p.units {
		u := &p.units[k]
		if e := s.glancedUnit(u); e != nil && e.heard == stamp {
			u.traced, u.trace = true, e.trace
		} else if i, known := p.heard.of(s.heardTag(u)); known {
			u.traced, u.trace = true, p.heard.tags[i].trace
			s.keepTrace(u)
		}
		p.long = p.long || u.may(partLong)
	}
}

// glancedUnit is glanced of a unit that is a token alone.
func (s *sifter) glancedUnit(u *soundingUnit) *glance {
	if u.first != u.last {
		return nil
	}
	return s.glanced(u.first)
}

// keepTrace remembers the trace of a unit that is a token alone and not ASCII.
func (s *sifter) keepTrace(u *soundingUnit) {
	if e := s.glancedUnit(u); e != nil {
		e.trace, e.heard = u.trace, s.stampOf(s.pairing.epoch)
	}
}

// gatherNear lists the names that a unit may make with those behind it, as far as their places tell. What the two sound like
// is asked only of pairs that nothing is remembered of, but for the parts that each may have.
func (s *sifter) gatherNear(i int, most uint32) {
	p := &s.pairing
	a := &p.units[i]
	salted := a.hash ^ s.tongue.salt
	forth, back := s.waysFrom(a)
	at, wall, given := a.last, uint32(math.MaxUint32), a.may(partGiven)
	for k := i + 1; k < len(p.units) && p.units[k].first <= most; k++ {
		b := &p.units[k]
		if b.first <= a.last || !given && !b.may(partGiven) {
			continue
		}
		switch s.linkTo(at, b.first, forth == 0) {
		case gapBreak:
			return
		case gapComma:
			forth, back = 0, backWays*(pairWays(behindComma)+1)
		}
		at = b.first
		apart := b.first > a.last+1
		ahead := forth != 0 && (b.first <= wall || a.may(partLong))
		behind := b.first <= a.first+maxReversed && (!apart || p.long)
		if apart && !ahead && !behind {
			return // nor do those that follow
		}
		if s.stopsNames(b) {
			wall = min(wall, b.first)
		}
		if w := forth.where(ahead, a.mayOpen(b)) + back.where(behind, a.mayClose(b, apart)); w > 0 {
			p.near = append(p.near, nearPair{max(1, mix(salted, b.hash)+uint64(w)), uint32(i), uint32(k), w}) //nolint:gosec // fewer than bytes
		}
	}
}

// waysFrom are those in which a unit may be the first name of what follows it, and the surname.
func (s *sifter) waysFrom(a *soundingUnit) (forth, back pairWays) {
	forth, back = pairWays(inOrder)+1, backWays*(pairWays(reversed)+1)
	if s.sweep.swept[s.sweep.tokens[a.last].to()] != ' ' {
		forth = pairWays(hyphened) + 1
	}
	return forth, back
}

// where is w where both are so, else none.
func (w pairWays) where(one, other bool) pairWays {
	if one && other {
		return w
	}
	return 0
}

// mayOpen tells that a unit may be the first name and one behind it the surname.
func (u *soundingUnit) mayOpen(surname *soundingUnit) bool {
	return u.may(partGiven) && surname.may(partSurname)
}

// mayClose tells that it may be the surname, in front of the first name or apart from it.
func (u *soundingUnit) mayClose(given *soundingUnit, apart bool) bool {
	return u.may(partSurname) && given.may(partGiven) && (!apart || given.may(partLong))
}

// linkTo is link from a token to one further on: gapComma where a comma stands between, gapBreak where it is the second.
func (s *sifter) linkTo(at, to uint32, comma bool) gap {
	all := gapSpace
	swept, tokens := s.sweep.swept, s.sweep.tokens
	for ; at < to; at++ {
		a, b := tokens[at], tokens[at+1]
		if swept[a.to()] == ' ' && int(b.from) == a.to()+1 {
			continue // as nearly always
		}
		switch link := s.link(a, b); {
		case link == gapBreak, link == gapComma && comma:
			return gapBreak
		case link == gapComma:
			all, comma = gapComma, true
		}
	}
	return all
}

// link is gapSpace where one name may go on from a token to the next, as far as a look tells: see field.linked.
func (s *sifter) link(a, b token) gap {
	if s.sweep.swept[a.to()] == ' ' && int(b.from) == a.to()+1 {
		return gapSpace
	}
	if int(a.from) < s.sweep.body && int(b.from) >= s.sweep.body {
		return gapBreak
	}
	switch g := s.gapBetween(a, b); g {
	case gapBreak:
		if between := s.between(a, b); between != "=" || !linksKana(between, s.fold(b)) {
			return g
		}
	case gapComma:
		return g
	case gapDot, gapDotSpace:
		if a.wide() && a.shape() == uncased {
			if fold := s.fold(a); utf8.RuneCountInString(fold) > 1 && !isPersianLetter(fold) {
				return gapBreak // no initial
			}
		} else if g == gapDotSpace && utf8.RuneCountInString(s.raw(a)) > 3 {
			return gapBreak // no initial, no title
		}
	}
	return gapSpace
}
