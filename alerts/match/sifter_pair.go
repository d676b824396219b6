package match

import "unicode/utf8"

// A pairing is what a sifter knows of the words that may be names by their sound.
type pairing struct {
	units []soundingUnit // of the Doc
	heard heardMemo
	fits  []uint64    // see fitSurname
	pairs []triedPair // what came of pairs, while the index is as seen
	refs  []uint32    // of pairs
	seen  int64
	woken int // pairs that were tried since pairs grew
}

// A triedPair says where in pairing.refs the patterns of two units begin.
type triedPair struct {
	tag   uint64
	at, n uint32
}

// A soundingUnit is a unit of the Doc that is not written small.
type soundingUnit struct {
	sweptUnit
	hash    uint64
	uncased bool
	heard   bool
	heft    int
	given   []heardWord // the watches' first names that it sounds like
	bones   []skeleton
}

const (
	minPairs = 1 << 10
	maxPairs = 1 << 18 // 4 MiB
	maxRefs  = 1 << 18 // 1 MiB
)

// lookUpPairs takes the patterns that are filed under the sounds of two words near each other.
func (s *sifter) lookUpPairs() {
	p := &s.pairing
	if now := s.x.changes.Load(); now != p.seen || p.pairs == nil {
		if p.pairs == nil {
			p.pairs, p.fits = make([]triedPair, minPairs), make([]uint64, fitMemo)
		}
		clear(p.pairs)
		clear(p.fits)
		p.refs = p.refs[:0]
		p.heard.forget()
		p.seen, p.woken = now, 0
	}
	s.gatherSounding()
	for i := range p.units {
		a := &p.units[i]
		if a.uncased {
			s.lookUpWhole(a)
		}
		if i+1 == len(p.units) {
			return
		}
		most := uint32(maxApart)
		if a.uncased {
			most = maxApartUncased
		}
		reach, behind, comma := s.reach(a, p.units[i+1].first, most)
		for k := i + 1; k < len(p.units); k++ {
			b := &p.units[k]
			if b.first > reach && b.first > behind {
				break
			}
			if b.first <= a.last {
				continue
			}
			if b.first <= reach {
				s.lookUpPair(a, b, inOrder)
			}
			switch {
			case b.first > behind:
			case comma:
				s.lookUpPair(b, a, behindComma)
			default:
				s.lookUpPair(b, a, reversed)
			}
		}
	}
}

// reach is up to which token a name goes on that begins with a unit, and up to which one whose surname the unit is, where
// the next unit begins at a token.
func (s *sifter) reach(a *soundingUnit, next, most uint32) (reach, behind uint32, comma bool) {
	reach, behind = a.last, a.last
	if next > a.first+most {
		return reach, behind, false
	}
	open := true
	for at := a.last; int(at)+1 < len(s.sweep.tokens) && at+1 <= a.first+most; at++ {
		link := s.link(s.sweep.tokens[at], s.sweep.tokens[at+1])
		if link == gapBreak || link == gapComma && at > a.last {
			break
		}
		if link == gapComma {
			open, comma = false, true
		}
		if open {
			reach = at + 1
		}
		if at+1 <= a.first+maxReversed {
			behind = at + 1
		}
	}
	return reach, behind, comma
}

// link is gapSpace where one name may go on from a token to the next, as far as a look tells: see field.linked.
func (s *sifter) link(a, b token) gap {
	if s.sweep.swept[a.to()] == ' ' && int(b.from) == a.to()+1 {
		return gapSpace
	}
	if int(a.from) < s.sweep.body && int(b.from) >= s.sweep.body {
		return gapBreak
	}
	switch g := gapOf(s.between(a, b)); g {
	case gapBreak, gapComma:
		return g
	case gapDotSpace:
		if utf8.RuneCountInString(s.raw(a)) > 3 {
			return gapBreak // no initial, no title
		}
	}
	return gapSpace
}

// gatherSounding lists the units that may be known by their sound.
func (s *sifter) gatherSounding() {
	p := &s.pairing
	p.units = p.units[:0]
	swept, close := s.sweep.swept, s.close
	for i, t := range s.sweep.tokens {
		for len(close) > 0 && int(close[0]) < i {
			close = close[1:]
		}
		first := swept[t.from]
		if t.char() || first <= '9' || first >= 'a' && first <= 'z' && swept[t.to()] == ' ' && t.from > 0 && swept[t.from-1] == ' ' {
			continue
		}
		u := sweptUnit{uint32(i), uint32(i)}
		if s.small(u) {
			continue
		}
		uncased := t.wide() && shapeOf(s.raw(t)) == uncased
		p.units = append(p.units, soundingUnit{sweptUnit: u, hash: t.hash, uncased: uncased})
		if len(close) > 0 && int(close[0]) == i {
			s.keysClose(i, &s.tried, func(u sweptUnit, hash uint64, _ []uint64) {
				if u.first != u.last {
					p.units = append(p.units, soundingUnit{sweptUnit: u, hash: hash, uncased: uncased})
				}
			})
		}
	}
}

// lookUpWhole takes the patterns that a unit sounds like as a whole.
func (s *sifter) lookUpWhole(u *soundingUnit) {
	if first := s.sweep.swept[s.sweep.tokens[u.first].from]; first < 0xEA || first > 0xED {
		return // no Hangul
	}
	unit := s.unitOf(u.sweptUnit)
	for _, key := range s.tongue.text.wholeBones(&unit, nil) {
		if s.x.pairs.mayHold(key) {
			s.x.pairs.each(key, s.takeHeard)
		}
	}
}

// unitOf is a unit, read without what stands around it.
func (s *sifter) unitOf(u sweptUnit) unit {
	if u.first != u.last {
		return joinedUnit(0, 0, s.joined(int(u.first), int(u.last)), uncased)
	}
	t := s.sweep.tokens[u.first]
	text := s.tongue.text
	text.alone = text.alone[:0]
	return text.newUnit(0, s.raw(t), s.fold(t), uncased)
}

// An order is that of first name and surname.
type order uint8

const (
	inOrder order = iota
	reversed
	behindComma
)

// lookUpPair takes the patterns of a first name and a surname.
func (s *sifter) lookUpPair(given, surname *soundingUnit, o order) {
	s.hear(given)
	if len(given.given) == 0 {
		return
	}
	p := &s.pairing
	tag := max(1, mix(given.hash^s.tongue.salt, surname.hash)+uint64(o))
	at := p.tried(tag)
	if at.tag != tag {
		p.woken++
		if p.woken > len(p.pairs) && len(p.pairs) < maxPairs {
			p.grow()
		}
		if len(p.refs) > maxRefs {
			clear(p.pairs)
			p.refs = p.refs[:0]
		}
		at = p.tried(tag)
		*at = triedPair{tag: tag, at: uint32(len(p.refs))} //nolint:gosec // see maxRefs
		s.tryPair(given, surname, o)
		at.n = uint32(len(p.refs)) - at.at //nolint:gosec // fewer than patterns
	}
	for _, ref := range p.refs[at.at : at.at+at.n] {
		s.takeHeard(ref)
	}
}

// tried is where a pair is remembered, or may be in place of another.
func (p *pairing) tried(tag uint64) *triedPair {
	at := tag >> 9 & uint64(len(p.pairs)-1) //nolint:gosec // a length
	for k := range uint64(ways) {
		if t := &p.pairs[at^k]; t.tag == tag || t.tag == 0 {
			return t
		}
	}
	return &p.pairs[at^tag>>40&(ways-1)]
}

func (p *pairing) grow() {
	old := p.pairs
	p.pairs, p.woken = make([]triedPair, 4*len(old)), 0
	for _, t := range old {
		if t.tag != 0 {
			*p.tried(t.tag) = t
		}
	}
}

// tryPair adds the patterns of two units to pairing.refs, as far as the two alone tell.
func (s *sifter) tryPair(given, surname *soundingUnit, o order) {
	s.hear(surname)
	x, p := s.x, &s.pairing
	most := barOfHeft(given.heft+surname.heft) * nearlyFactor / 100
	for _, g := range given.given {
		if fitting(g.fit).steps() > most && fitting(g.fit)&fitLoose == 0 {
			continue
		}
		for _, b := range surname.bones {
			key := surnameKey(g.ear, b)
			if !x.ears.surnames.mayHold(key) {
				continue
			}
			x.ears.surnames.each(key, func(ref uint32) {
				f := s.fitSurname(surname, ref>>1) // what fits by its letters is found by them
				if g.unsure && ref&earUnsure != 0 || f&(fitByEar|fitLoose) == 0 || !o.near(fitting(g.fit), f, most) {
					return
				}
				x.pairs.each(pairOf(g.ear, ref>>1), func(ref uint32) { p.refs = append(p.refs, ref) })
			})
		}
	}
}

// near tells whether two words may be a name in an order, as far as the two alone tell.
// They may be as far away as their hefts let them.
func (o order) near(given, surname fitting, most int) bool {
	sum := given.steps() + surname.steps()
	switch {
	case (given|surname)&fitLoose == 0 && sum > most:
		return false
	case o == inOrder:
		return sum*100 <= nearlyFactor*maxBoth
	case o == behindComma:
		return sum <= maxBoth
	case (given|surname)&fitOwn != 0:
		return sum <= maxOdd
	}
	return sum <= maxOddOther
}
