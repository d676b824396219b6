package match

import "slices"

// A pairing is what a sifter knows of the words that may be names by their sound.
type pairing struct {
	memo  []bonesOfUnit
	units []soundingUnit // of the Doc
}

// bonesOfUnit are what is remembered of a token or unit.
type bonesOfUnit struct {
	tag    uint64
	bones  []skeleton
	wholes []uint64 // keys of whole names
}

// A soundingUnit is a unit of the Doc that is not written small.
type soundingUnit struct {
	sweptUnit
	hash    uint64
	uncased bool
	bonesOfUnit
}

const boneMemo = 1 << 14

// lookUpPairs takes the patterns that are filed under the sounds of two words near each other.
func (s *sifter) lookUpPairs() {
	p := &s.pairing
	if p.memo == nil {
		p.memo = make([]bonesOfUnit, boneMemo)
	}
	s.gatherSounding()
	for i := range p.units {
		a := &p.units[i]
		if len(a.bones) == 0 {
			continue
		}
		for _, key := range a.wholes {
			if s.x.pairs.mayHold(key) {
				s.x.pairs.each(key, s.take)
			}
		}
		most := uint32(maxApart)
		if a.uncased {
			most = maxApartUncased
		}
		for k := i + 1; k < len(p.units); k++ {
			b := &p.units[k]
			if b.first-a.first > most {
				break
			}
			if b.first <= a.last || len(b.bones) == 0 {
				continue
			}
			s.lookUpPair(a, b)
			if b.first-a.first <= maxReversed {
				s.lookUpPair(b, a)
			}
		}
	}
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
		p.units = append(p.units, soundingUnit{u, t.hash, uncased, s.bonesOf(u, t.hash)})
		if len(close) > 0 && int(close[0]) == i {
			s.keysClose(i, &s.tried, func(u sweptUnit, hash uint64, _ []uint64) {
				if u.first != u.last {
					p.units = append(p.units, soundingUnit{u, hash, uncased, s.bonesOf(u, hash)})
				}
			})
		}
	}
}

// bonesOf are the skeletons of a unit.
func (s *sifter) bonesOf(u sweptUnit, hash uint64) bonesOfUnit {
	tag := hash ^ s.tongue.salt
	at := &s.pairing.memo[hash>>11&(boneMemo-1)]
	if at.tag == tag {
		return *at
	}
	unit := s.unitOf(u)
	t := s.tongue.text
	*at = bonesOfUnit{tag, t.bones(&unit), t.wholeBones(&unit, nil)}
	return *at
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

// lookUpPair takes the patterns of a first name and a surname.
func (s *sifter) lookUpPair(given, surname *soundingUnit) {
	for _, a := range given.bones {
		for _, b := range surname.bones {
			key := pairKey(a, b)
			if !s.x.pairs.mayHold(key) {
				continue
			}
			s.x.pairs.each(key, func(ref uint32) {
				if r := s.x.records.get(ref); r != nil && s.sounds(r, given, surname) {
					s.take(ref)
				}
			})
		}
	}
}

// sounds tells whether two units sound like a name of a record, as far as the two alone tell.
func (s *sifter) sounds(r *record, given, surname *soundingUnit) bool {
	if r.more == nil || len(r.more.heard) == 0 {
		return s.soundsLike(r, r.heard, given, surname)
	}
	return slices.ContainsFunc(r.more.heard, func(h heardName) bool { return s.soundsLike(r, h, given, surname) })
}

func (s *sifter) soundsLike(r *record, h heardName, given, surname *soundingUnit) bool {
	sum := 0
	if h.given != 0 {
		ok, _, steps := s.fit(given.sweptUnit, given.hash, h.given, r)
		if !ok {
			return false
		}
		sum += steps
	}
	if h.surname != 0 {
		ok, _, steps := s.fit(surname.sweptUnit, surname.hash, h.surname, r)
		if !ok {
			return false
		}
		sum += steps
	}
	return sum*100 <= nearlyFactor*maxBoth
}
