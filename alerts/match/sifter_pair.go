package match

import "unicode/utf8"

// A pairing is what a sifter knows of the words that may be names by their sound.
type pairing struct {
	units []soundingUnit // of the Doc
	heard heardMemo
	seen  int64
}

// A soundingUnit is a unit of the Doc that is not written small.
type soundingUnit struct {
	sweptUnit
	hash     uint64
	uncased  bool
	heard    bool // and what follows is known
	whole    bool // a whole name may sound like it
	heft     int
	given    []heardWord // the watches' first names that it sounds like
	surnames []heardWord
	bearings []bearing // first names of surnames
}

// lookUpPairs takes the patterns that are filed under the sounds of two words near each other.
func (s *sifter) lookUpPairs() {
	p := &s.pairing
	if now := s.x.changes.Load(); now != p.seen || p.heard.units == nil {
		p.heard.forget()
		p.seen = now
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
	if s.hear(u); !u.whole {
		return
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

// lookUpPair takes the patterns of a first name and a surname, as far as the two alone tell. Both lists are in order: of
// the longer one what can't be the other's is passed over.
func (s *sifter) lookUpPair(given, surname *soundingUnit, o order) {
	s.hear(given)
	s.hear(surname)
	names, bearings := given.given, surname.bearings
	if len(names) == 0 || len(bearings) == 0 {
		return
	}
	most := barOfHeft(given.heft+surname.heft) * nearlyFactor / 100
	for i, k := 0, 0; i < len(names) && k < len(bearings); {
		switch a, b := names[i].ear, bearings[k].given; {
		case a < b:
			i++
		case a > b:
			k++
		default:
			s.takePair(&names[i], &surname.surnames[bearings[k].surname], o, most)
			k++
		}
	}
}

// takePair takes the patterns of two words of watches.
func (s *sifter) takePair(given, surname *heardWord, o order, most int) {
	a, b := fitting(given.fit), fitting(surname.fit)
	if given.unsure && surname.unsure || a.steps() > most && a&fitLoose == 0 || !o.near(a, b, most) {
		return
	}
	s.x.pairs.each(pairOf(given.ear, surname.ear), s.takeHeard)
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
