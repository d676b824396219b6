package match

import "slices"

// A heardWord is a word of watches that a unit sounds like.
type heardWord struct {
	ear    uint32 // its number among the index's ears
	fit    uint16 // a fitting
	unsure bool   // the two share no skeleton that is sure
}

// A heardMemo remembers what units sound like, while the index is as seen.
type heardMemo struct {
	units []heardUnit
	words []heardWord // of units
	bones []skeleton  // of units
	keys  []uint32    // scratch
	heard int         // units since units grew
}

// A heardUnit says where in a heardMemo the words and skeletons of a unit begin.
type heardUnit struct {
	tag        uint64
	word, bone uint32
	words      uint16
	bones      uint16
	heft       int8 // see heftOf
}

const (
	minHeardUnits = 1 << 10
	maxHeardUnits = 1 << 16 // 1.5 MiB
	maxHeardWords = 1 << 20 // 8 MiB, and half as much for skeletons
)

// forget forgets all.
func (m *heardMemo) forget() {
	if m.units == nil {
		m.units = make([]heardUnit, minHeardUnits)
	}
	clear(m.units)
	m.words, m.bones = m.words[:0], m.bones[:0]
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
	return max(len(m.words), len(m.bones)) > maxHeardWords
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

// hear finds out which first names a unit sounds like.
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
		unit := s.unitOf(u.sweptUnit)
		*at = heardUnit{tag: tag, word: uint32(len(m.words)), bone: uint32(len(m.bones))} //nolint:gosec // see maxHeardWords
		at.heft = int8(s.tongue.text.heftOf(&unit))                                       //nolint:gosec // at most maxPhones
		if at.heft != none {
			bones := s.tongue.text.bones(&unit)
			m.bones = append(m.bones, bones...)
			at.bones = uint16(len(bones)) //nolint:gosec // a few hundred at most
			at.words = s.hearGiven(&unit, bones)
		}
	}
	u.heard, u.heft = true, int(at.heft)
	u.given = m.words[at.word : at.word+uint32(at.words)]
	u.bones = m.bones[at.bone : at.bone+uint32(at.bones)]
}

// hearGiven adds the first names that a unit sounds like, and counts them.
func (s *sifter) hearGiven(u *unit, bones []skeleton) uint16 {
	m, e := &s.pairing.heard, &s.x.ears
	m.keys = m.keys[:0]
	for _, b := range bones {
		if key := givenKey(b); e.given.mayHold(key) {
			e.given.each(key, func(ref uint32) { m.keys = append(m.keys, ref) })
		}
	}
	slices.Sort(m.keys)
	from, last := len(m.words), ^uint32(0)
	for _, key := range m.keys {
		if key>>1 == last {
			continue // sure before unsure
		}
		last = key >> 1
		if f := s.fitEar(u, last); f&fitOK != 0 && len(m.words)-from < maxHeard {
			m.words = append(m.words, heardWord{last, uint16(f & fitBits), key&earUnsure != 0})
		}
	}
	return uint16(len(m.words) - from) //nolint:gosec // at most maxHeard
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

// fitSurname is fitEar of a surname, from memory where it is there.
func (s *sifter) fitSurname(u *soundingUnit, ear uint32) fitting {
	key := mix(u.hash^s.tongue.salt^hashB, uint64(ear)) &^ fitBits
	at := &s.pairing.fits[key>>16&(fitMemo-1)]
	if *at&^fitBits != key {
		unit := s.unitOf(u.sweptUnit)
		*at = key | uint64(s.fitEar(&unit, ear))
	}
	return fitting(*at & fitBits)
}

// maxHeard bounds the words that a unit sounds like.
const maxHeard = 1<<16 - 1
