package match

import (
	"cmp"
	"slices"
)

// A heardWord is a word of watches that a unit sounds like.
type heardWord struct {
	ear    uint32 // its number among the index's ears
	fit    uint16 // a fitting
	unsure bool   // the two share no skeleton that is sure
}

// A bearing is a first name that some name has beside a surname which a unit sounds like.
type bearing struct {
	given   uint32 // its number among the index's ears
	surname uint32 // the place among the unit's surnames
}

// A heardMemo remembers what units sound like, while the index is as seen.
type heardMemo struct {
	units    []heardUnit
	words    []heardWord // of units
	bearings []bearing   // of units
	keys     []uint32    // scratch
	heard    int         // units since units grew
}

// A heardUnit says where in a heardMemo the words of a unit begin: the first names, the surnames behind them.
type heardUnit struct {
	tag      uint64
	word     uint32
	bearing  uint32
	bearings uint32
	given    uint16
	surnames uint16
	heft     int8 // see heftOf
	whole    bool // a whole name may sound like it
}

const (
	minHeardUnits = 1 << 10
	maxHeardUnits = 1 << 16 // 2 MiB
	maxHeardWords = 1 << 20 // 8 MiB, and as much for bearings
)

// forget forgets all. What units of a Doc were given stays theirs.
func (m *heardMemo) forget() {
	if m.units == nil {
		m.units = make([]heardUnit, minHeardUnits)
	}
	clear(m.units)
	m.words, m.bearings = nil, nil
}

// full tells that a new unit is to begin an empty memory. The memory grows up to a bound.
func (m *heardMemo) full() bool {
	m.heard++
	if m.heard > len(m.units) && len(m.units) < maxHeardUnits {
		old := m.units
		m.units, m.heard = make([]heardUnit, min(maxHeardUnits, 8*len(old))), 0
		for _, u := range old {
			if u.tag != 0 {
				*m.of(u.tag) = u
			}
		}
	}
	return max(len(m.words), len(m.bearings)) > maxHeardWords
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
			m.forget()
		}
		at = m.of(tag)
		*at = heardUnit{tag: tag, word: uint32(len(m.words)), bearing: uint32(len(m.bearings))} //nolint:gosec // see maxHeardWords
		unit := s.unitOf(u.sweptUnit)
		s.listen(&unit, at)
	}
	u.heard, u.heft, u.whole = true, int(at.heft), at.whole
	surnames := at.word + uint32(at.given)
	u.given, u.surnames = m.words[at.word:surnames], m.words[surnames:surnames+uint32(at.surnames)]
	u.bearings = m.bearings[at.bearing : at.bearing+at.bearings]
}

// listen fills in what a unit sounds like.
func (s *sifter) listen(u *unit, at *heardUnit) {
	e, t, m := &s.x.ears, s.tongue.text, &s.pairing.heard
	at.heft = int8(t.heftOf(u)) //nolint:gosec // at most maxPhones
	for _, key := range t.wholeBones(u, nil) {
		at.whole = at.whole || s.x.pairs.mayHold(key)
	}
	if at.heft == none {
		return
	}
	bones := t.bones(u)
	at.given = s.hearWords(u, bones, &e.given, givenKey, fitOK)
	at.surnames = s.hearWords(u, bones, &e.surnames, surnameKey, fitByEar|fitLoose) // what fits by its letters is found by them
	at.bearings = s.hearBearings(m.words[at.word+uint32(at.given):])
}

// hearWords adds the words of a table that a unit fits in one of some ways, and counts them.
func (s *sifter) hearWords(u *unit, bones []skeleton, table *pairTable, keyOf func(skeleton) uint64, ways fitting) uint16 {
	m := &s.pairing.heard
	m.keys = m.keys[:0]
	for _, b := range bones {
		if key := keyOf(b); table.mayHold(key) {
			table.each(key, func(ref uint32) { m.keys = append(m.keys, ref) })
		}
	}
	slices.Sort(m.keys)
	from, last := len(m.words), ^uint32(0)
	for _, key := range m.keys {
		if key>>1 == last {
			continue // sure before unsure
		}
		last = key >> 1
		if f := s.fitEar(u, last); f&ways != 0 && len(m.words)-from < maxHeard {
			m.words = append(m.words, heardWord{last, uint16(f & fitBits), key&earUnsure != 0})
		}
	}
	return uint16(len(m.words) - from) //nolint:gosec // at most maxHeard
}

// hearBearings adds the first names that surnames have, in order, and counts them.
func (s *sifter) hearBearings(surnames []heardWord) uint32 {
	m := &s.pairing.heard
	from := len(m.bearings)
	for i := range surnames {
		s.x.ears.bearers.each(bearerKey(surnames[i].ear), func(given uint32) {
			if len(m.bearings)-from < maxHeardWords {
				m.bearings = append(m.bearings, bearing{given, uint32(i)}) //nolint:gosec // at most maxHeard
			}
		})
	}
	list := m.bearings[from:]
	slices.SortFunc(list, func(a, b bearing) int {
		return cmp.Or(cmp.Compare(a.given, b.given), cmp.Compare(a.surname, b.surname))
	})
	list = slices.Compact(list)
	m.bearings = m.bearings[:from+len(list)]
	return uint32(len(list)) //nolint:gosec // at most maxHeardWords
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
