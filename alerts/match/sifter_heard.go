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

// A bearing is a first name and a surname that one name has, whose surname has a skeleton.
type bearing struct {
	given   uint32 // its number among the index's ears
	surname uint32 // as ears.surnames lists it
}

// A heardMemo remembers what units sound like, while the index is as seen.
type heardMemo struct {
	tags     []heardTag // of units
	units    []heardUnit
	words    []heardWord // first names, of units
	bones    []skeleton  // of units
	bearings map[skeleton][]bearing
	borne    int // in bearings, and how many skeletons that have none
	bench    rowBench
	fits     fitTable    // see fitSurname
	keys     []uint32    // scratch
	found    []heardWord // scratch
	heard    int         // units since units grew
}

// A heardTag is what most units of a text are asked for: that they do not sound like a name.
type heardTag struct {
	tag   uint64 // 0 for none
	trace trace  // and what part it may have in a name: see sifter.partOf
}

// A heardUnit says where in a heardMemo what is remembered of a unit begins.
type heardUnit struct {
	word  uint32
	bone  uint32
	words uint16
	bones uint16
	heft  int8 // see heftOf
	whole bool // a whole name may sound like it
}

const (
	minHeardUnits = 1 << 10
	maxHeardUnits = 1 << 17 // 4 MiB
	maxHeardWords = 3 << 19 // 12 MiB
	maxBearings   = 1 << 18 // 2 MiB
	heardFits     = 1 << 17 // 1 MiB

	heardWays = 8 // tags of units that have one place, of which half are fetched together
)

// forget forgets all.
func (m *heardMemo) forget() {
	m.forgetUnits()
	m.forgetBearings()
	if m.fits == nil {
		m.fits = make(fitTable, heardFits)
	}
	clear(m.fits)
}

// forgetBearings forgets the bearings. Whoever holds a list of them keeps it.
func (m *heardMemo) forgetBearings() { m.bearings, m.borne = map[skeleton][]bearing{}, 0 }

// forgetUnits forgets what units sound like. What units of a Doc were given stays theirs.
func (m *heardMemo) forgetUnits() {
	if m.units == nil {
		m.tags, m.units = make([]heardTag, minHeardUnits), make([]heardUnit, minHeardUnits)
	}
	clear(m.tags)
	m.words, m.bones = nil, nil
}

// full tells that a new unit is to begin an empty memory. The memory grows up to a bound.
func (m *heardMemo) full() bool {
	m.heard++
	if m.heard > len(m.units)/4 && len(m.units) < maxHeardUnits {
		tags, units := m.tags, m.units
		size := min(maxHeardUnits, 8*len(units))
		m.tags, m.units, m.heard = make([]heardTag, size), make([]heardUnit, size), 0
		for i, t := range tags {
			if t.tag != 0 {
				at, _ := m.of(t.tag)
				m.tags[at], m.units[at] = t, units[i]
			}
		}
	}
	return max(len(m.words), len(m.bones)) > maxHeardWords
}

// of is where a unit is remembered, or may be in place of another.
func (m *heardMemo) of(tag uint64) (at int, known bool) {
	first, half := heardPlace(tag, len(m.tags))
	eight := (*[heardWays]heardTag)(m.tags[first:])
	for k := range eight {
		switch t := eight[k^half].tag; t {
		case tag:
			return first + (k ^ half), true
		case 0:
			return first + (k ^ half), false
		}
	}
	return first + int(tag>>41&(heardWays-1)), false
}

// heardNameless tells that a unit which was listened to sounds like no first name, where that is remembered of an index as seen.
func (p *pairing) heardNameless(tag uint64, seen int64) bool {
	m := &p.heard
	if p.seen != seen || len(m.tags) == 0 {
		return false
	}
	at, known := m.of(tag)
	return known && m.tags[at].trace&partGiven == 0
}

// heardTag is that of a unit.
func (s *sifter) heardTag(u *soundingUnit) uint64 { return max(1, u.hash^s.tongue.salt) }

// heardPlace is where the places of a unit begin, among so many, and which half of them is looked at first.
func heardPlace(tag uint64, n int) (first, half int) {
	return int(tag>>9) & (n - heardWays), int(tag >> 40 & (heardWays / 2))
}

// hear finds out what a unit sounds like.
func (s *sifter) hear(u *soundingUnit) {
	if u.heard {
		return
	}
	m := &s.pairing.heard
	tag := s.heardTag(u)
	i, known := m.of(tag)
	if !known {
		if m.full() {
			m.forgetUnits()
		}
		i, _ = m.of(tag)
		m.tags[i].tag, m.units[i] = tag, heardUnit{word: uint32(len(m.words)), bone: uint32(len(m.bones))} //nolint:gosec // see maxHeardWords
		unit := s.unitOf(u.sweptUnit)
		s.listen(&unit, &m.units[i])
		m.tags[i].trace = traceOf(m.bones[m.units[i].bone:]) | s.partOf(&unit, &m.units[i])
		if m.tags[i].trace&partGiven == 0 {
			s.keepNameless(u.hash)
		}
	}
	at := m.units[i]
	u.heard, u.heft, u.whole, u.traced, u.trace = true, int(at.heft), at.whole, true, m.tags[i].trace
	s.keepTrace(u)
	u.bones = m.bones[at.bone : at.bone+uint32(at.bones)]
	u.given = nil
	if u.heft != none {
		u.given = m.words[at.word : at.word+uint32(at.words)]
	}
}

// sounding is what is known of the sound of an atom, nil where a sifter has not listened to it.
func (f *field) sounding(i int) *soundingUnit {
	s := f.sifted
	if s == nil {
		return nil
	}
	from, _ := s.tokensOf(f)
	at := uint32(from + i) //nolint:gosec // fewer than bytes
	units := s.pairing.units
	k, ok := slices.BinarySearchFunc(units, at, func(u soundingUnit, at uint32) int { return cmp.Compare(u.first, at) })
	if !ok || units[k].last != at {
		return nil
	}
	s.hear(&units[k])
	return &units[k]
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
	bones := t.bones(u)
	m.bones, at.bones = append(m.bones, bones...), uint16(len(bones)) //nolint:gosec // a few hundred at most
	if at.heft == none {
		return
	}
	m.found = s.hearWords(u, bones, &e.given, givenKey, fitOK)
	m.words, at.words = append(m.words, m.found...), uint16(len(m.found)) //nolint:gosec // at most maxHeard
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
	m.bench.lend(s.tongue.text, u)
	defer m.bench.takeBack(u)
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

// borne are the names, by their two words, whose surname has a skeleton.
func (s *sifter) borne(b skeleton) []bearing {
	m, e := &s.pairing.heard, &s.x.ears
	list, ok := m.bearings[b]
	if !ok {
		if key := surnameKey(b); e.surnames.mayHold(key) {
			e.surnames.each(key, func(ref uint32) {
				e.bearers.each(bearerKey(ref>>1), func(given uint32) { list = append(list, bearing{given, ref}) })
			})
		}
		if m.borne += len(list) + 1; m.borne > maxBearings {
			m.forgetBearings()
			m.borne = len(list) + 1
		}
		m.bearings[b] = list
	}
	return list
}

// fitSurname is fitEar of a surname, from memory where it is there.
func (s *sifter) fitSurname(u *soundingUnit, ear uint32) fitting {
	return s.pairing.heard.fits.of(mix(u.hash^s.tongue.salt^hashB, uint64(ear)), func() (fitting, bool) {
		unit := s.unitOf(u.sweptUnit)
		return s.fitEar(&unit, ear), true
	})
}

// fitEar tells how a unit fits a word of ears.
func (s *sifter) fitEar(u *unit, ear uint32) fitting {
	kept, ok := s.x.ears.words.get(ear)
	switch {
	case !ok:
		return 0 // removed meanwhile
	case kept.loose:
		return fitOK | fitLoose
	}
	w := s.x.ears.kept.of(kept)
	switch {
	case w == nil:
		return 0
	case w.joined.ear != nil && s.pairing.heard.bench.foreign(u, w.joined.ear.script):
		return fittingOf(w.joined.ear.hears(s.tongue.text, u)) // no letter of the one is one of the other's
	}
	return s.compare(u, &w.word)
}

// maxHeard bounds the words that a unit sounds like.
const maxHeard = 1<<16 - 1
