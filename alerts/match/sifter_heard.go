package match

import "slices"

// A heardWord is a word of watches that a unit sounds like.
type heardWord struct {
	ear    uint32 // its number among the index's ears
	fit    uint16 // a fitting
	unsure bool   // the two share no skeleton that is sure
}

// A heardSurname is a surname of watches that a unit sounds like.
type heardSurname struct {
	heardWord
	from, n uint32 // where in heardMemo.bearers the first names of those who bear it begin
}

// A heardMemo remembers what units sound like, while the index is as seen.
type heardMemo struct {
	units    []heardUnit
	words    []heardWord    // first names, of units
	surnames []heardSurname // of units
	bearers  []uint32       // first names, of surnames
	borne    map[uint32]heardSurname
	keys     []uint32    // scratch
	found    []heardWord // scratch
	heard    int         // units since units grew
}

// A heardUnit says where in a heardMemo the words of a unit begin.
type heardUnit struct {
	tag      uint64
	word     uint32
	surname  uint32
	words    uint16
	surnames uint16
	heft     int8 // see heftOf
	whole    bool // a whole name may sound like it
}

const (
	minHeardUnits = 1 << 10
	maxHeardUnits = 1 << 16 // 1.5 MiB
	maxHeardWords = 1 << 20 // 8 MiB
	maxHeardNames = 1 << 18 // surnames: 5 MiB
)

// forget forgets all.
func (m *heardMemo) forget() {
	m.forgetUnits()
	m.bearers, m.borne = m.bearers[:0], map[uint32]heardSurname{}
}

// forgetUnits forgets all but who bears which surname. What units of a Doc were given stays theirs.
func (m *heardMemo) forgetUnits() {
	if m.units == nil {
		m.units = make([]heardUnit, minHeardUnits)
	}
	clear(m.units)
	m.words, m.surnames = nil, nil
}

// full tells that a new unit is to begin an empty memory. The memory grows up to a bound.
func (m *heardMemo) full() bool {
	m.heard++
	if m.heard > len(m.units)/2 && len(m.units) < maxHeardUnits {
		old := m.units
		m.units, m.heard = make([]heardUnit, min(maxHeardUnits, 8*len(old))), 0
		for _, u := range old {
			if u.tag != 0 {
				*m.of(u.tag) = u
			}
		}
	}
	return len(m.words) > maxHeardWords || len(m.surnames) > maxHeardNames
}

// of is where a unit is remembered, or may be in place of another.
func (m *heardMemo) of(tag uint64) *heardUnit {
	at := tag >> 9 & uint64(len(m.units)-1) //nolint:gosec // a length
	for k := range uint64(ways) {
		if u := &m.units[at^k]; u.tag == tag || u.tag == 0 {
			return u
		}
	}
	return &m.units[at^tag>>40&(ways-1)]
}

// hear finds out what a unit sounds like.
func (s *sifter) hear(u *soundingUnit) {
	if u.heard {
		return
	}
	m := &s.pairing.heard
	tag := max(1, u.hash^s.tongue.salt)
	at := m.of(tag)
	if at.tag != tag {
		if m.full() {
			m.forgetUnits()
		}
		at = m.of(tag)
		*at = heardUnit{tag: tag, word: uint32(len(m.words)), surname: uint32(len(m.surnames))} //nolint:gosec // see maxHeardWords
		unit := s.unitOf(u.sweptUnit)
		s.listen(&unit, at)
	}
	u.heard, u.heft, u.whole = true, int(at.heft), at.whole
	u.given, u.surnames = m.words[at.word:at.word+uint32(at.words)], m.surnames[at.surname:at.surname+uint32(at.surnames)]
}

// listen fills in what a unit sounds like.
func (s *sifter) listen(u *unit, at *heardUnit) {
	e, t, m := &s.x.ears, s.tongue.text, &s.pairing.heard
	at.heft = int8(t.heftOf(u)) //nolint:gosec // at most maxPhones
	for _, key := range t.wholeBones(u, nil) {
		if s.x.pairs.mayHold(key) {
			s.x.pairs.each(key, func(uint32) { at.whole = true })
		}
	}
	if at.heft == none {
		return
	}
	bones := t.bones(u)
	m.found = s.hearWords(u, bones, &e.given, givenKey, fitOK)
	m.words, at.words = append(m.words, m.found...), uint16(len(m.found))       //nolint:gosec // at most maxHeard
	m.found = s.hearWords(u, bones, &e.surnames, surnameKey, fitByEar|fitLoose) // what fits by its letters is found by them
	for _, w := range m.found {
		borne := s.bearersOf(w.ear)
		borne.heardWord = w
		m.surnames = append(m.surnames, borne)
	}
	at.surnames = uint16(len(m.found)) //nolint:gosec // at most maxHeard
}

// hearWords gives the words of a table that a unit fits in one of some ways, in order.
func (s *sifter) hearWords(u *unit, bones []skeleton, table *pairTable, keyOf func(skeleton) uint64, ways fitting) []heardWord {
	m := &s.pairing.heard
	m.keys = m.keys[:0]
	for _, b := range bones {
		if key := keyOf(b); table.mayHold(key) {
			table.each(key, func(ref uint32) { m.keys = append(m.keys, ref) })
		}
	}
	slices.Sort(m.keys)
	found, last := m.found[:0], ^uint32(0)
	for _, key := range m.keys {
		if key>>1 == last {
			continue // sure before unsure
		}
		last = key >> 1
		if f := s.fitEar(u, last); f&ways != 0 && len(found) < maxHeard {
			found = append(found, heardWord{last, uint16(f & fitBits), key&earUnsure != 0})
		}
	}
	return found
}

// bearersOf is a surname with the first names that names have beside it.
func (s *sifter) bearersOf(ear uint32) heardSurname {
	m := &s.pairing.heard
	borne, ok := m.borne[ear]
	if !ok {
		borne.from = uint32(len(m.bearers)) //nolint:gosec // fewer than names
		s.x.ears.bearers.each(bearerKey(ear), func(given uint32) { m.bearers = append(m.bearers, given) })
		borne.n = uint32(len(m.bearers)) - borne.from //nolint:gosec // fewer than names
		m.borne[ear] = borne
	}
	return borne
}

// fitEar tells how a unit fits a word of ears.
func (s *sifter) fitEar(u *unit, ear uint32) fitting {
	r := s.x.ears.words.get(ear)
	switch {
	case r == nil:
		return 0 // removed meanwhile
	case r.loose:
		return fitOK | fitLoose
	}
	w := s.x.ears.ready(r)
	if w == nil {
		return 0
	}
	return s.compare(u, w)
}

// maxHeard bounds the words that a unit sounds like.
const maxHeard = 1<<16 - 1
