package match

import (
	"cmp"
	"slices"
)

// A stand is where a word of a pattern may stand: a surname, or a name of one word.
type stand struct {
	ref   uint32
	first uint32 // the token at which a unit begins
}

func (a stand) compare(b stand) int {
	return cmp.Or(cmp.Compare(a.ref, b.ref), cmp.Compare(a.first, b.first))
}

// A heardRef is a pattern that two units of the Doc sound like, and its surname among the index's ears.
type heardRef struct {
	ref, ear uint32
	at       uint32 // in pairing.refs
	first    uint32 // the token at which the first of the two begins
	plain    bool   // the pattern and what stands around the two are such that the outcome hangs on the two alone
	outcome  pairOutcome
}

func (h heardRef) compare(o heardRef) int    { return cmp.Compare(h.ref, o.ref) }
func (h heardRef) compareRef(ref uint32) int { return cmp.Compare(h.ref, ref) }

// stands are where the words of patterns stand, as a sifter has seen them.
type stands struct {
	list  []stand    // in order, once sorted
	heard []heardRef // as well
	at    []int      // tokens, of one pattern, in order
}

func (s *stands) clear() { s.list, s.heard = s.list[:0], s.heard[:0] }

// order puts the stands of the patterns that were taken in order, and drops the others.
func (s *stands) order(taken *refSet) {
	s.list = slices.DeleteFunc(s.list, func(a stand) bool { return !taken.has(a.ref) })
	slices.SortFunc(s.list, stand.compare)
}

// standsOf leaves in stands.at where the words of a pattern stand by their letters, and its names by their sound.
func (s *sifter) standsOf(ref uint32) {
	all := &s.stands
	all.at = all.at[:0]
	i, _ := slices.BinarySearchFunc(all.list, stand{ref, 0}, stand.compare)
	for ; i < len(all.list) && all.list[i].ref == ref; i++ {
		all.at = append(all.at, int(all.list[i].first))
	}
	all.at = slices.Compact(all.at)
}

// soundsOf adds to stands.at where a surname of a pattern stands by its sound alone; false where that can't be told from
// what is remembered.
func (s *sifter) soundsOf(ref uint32, p *person) bool {
	all := &s.stands
	if !p.oneEar() {
		return false
	}
	ear, ok := s.surnameEar(ref, p)
	if !ok {
		return false
	}
	heard := p.names[0].surname.joined.ear
	if kept, ok := s.x.ears.words.get(ear); !ok || kept.loose || heard == nil {
		return false
	}
	s.eachSounding(ear, heard, func(u *soundingUnit, _ fitting) bool {
		all.at = append(all.at, int(u.first))
		return true
	})
	slices.Sort(all.at)
	all.at = slices.Compact(all.at)
	return true
}

// eachSounding calls yield with the units that sound like a surname of ears, or are written like it, until it returns false. Not all of
// them were listened to in this Doc.
func (s *sifter) eachSounding(ear uint32, heard *hearer, yield func(u *soundingUnit, f fitting) bool) {
	var room [maxSkeletons]trace
	all, each := trace(0), room[:0]
	for _, b := range heard.bones {
		each = append(each, b.trace())
		all |= b.trace()
	}
	s.recallParts()
	for k := range s.pairing.units {
		u := &s.pairing.units[k]
		if t := s.traceOf(u); t&all == 0 || !t.hasOne(each) {
			continue
		}
		if f := s.fitSounding(u, ear, heard); f&fitOK != 0 && !yield(u, f) {
			return
		}
	}
}

// fitSounding is how a unit fits a surname of ears with which it shares a skeleton, from memory where it is there; else 0. What the
// surname sounds like hangs on its number alone, whichever name it is asked for.
func (s *sifter) fitSounding(u *soundingUnit, ear uint32, heard *hearer) fitting {
	return s.pairing.heard.fits.of(mix(u.hash^s.tongue.salt^hashA, uint64(ear)), func() (fitting, bool) {
		s.hear(u)
		if _, ok := heard.shares(u.bones); !ok {
			return 0, true
		}
		return s.fitSurname(u, ear), true
	})
}

// surnameEar is the surname of a pattern among the index's ears: as it was heard, or where the name was known as one word.
func (s *sifter) surnameEar(ref uint32, p *person) (ear uint32, ok bool) {
	if i, ok := slices.BinarySearchFunc(s.stands.heard, ref, heardRef.compareRef); ok {
		return s.stands.heard[i].ear, true
	}
	if n := p.names[0]; len(n.surname.parts) == 1 && len(n.particles) == 0 {
		return s.x.ears.number(earWord{written: n.surname.written, surname: true})
	}
	return 0, false
}

// A trace has two bits for each of some skeletons, of which several may have the same. Above them stands what else is known of a unit:
// see partOf.
type trace uint64

// traceOf is that of a unit.
func (s *sifter) traceOf(u *soundingUnit) trace {
	if u.traced {
		return u.trace
	}
	m := &s.pairing.heard
	if i, known := m.of(s.heardTag(u)); known {
		u.traced, u.trace = true, m.tags[i].trace
	} else {
		s.hear(u)
	}
	return u.trace
}

// traceOf is that of skeletons.
func traceOf(list []skeleton) (t trace) {
	for _, b := range list {
		t |= b.trace()
	}
	return t
}

func (k skeleton) trace() trace {
	h := uint64(uint32(k) * 0x9E3779B1)
	return 1<<(h>>22*traceBits>>10) | 1<<(h>>12&(1<<10-1)*traceBits>>10)
}

// hasOne tells that a trace may be of a skeleton of which one of others is.
func (t trace) hasOne(others []trace) bool {
	for _, o := range others {
		if t&o == o {
			return true
		}
	}
	return false
}

// stands tells that the index sees where a surname stands: one word, the part of several that tells most, or the first two of some
// characters.
func (w *word) stands() bool {
	return len(w.parts) == 1 || !w.characters() || w.joined.ear == nil
}

// oneEar tells that all names of a person have one surname, of one part.
func (p *person) oneEar() bool {
	for _, n := range p.names {
		if n.partOf != nil {
			continue // it has no sound
		}
		if len(n.surname.parts) > 1 || n.surname.written != p.names[0].surname.written || !slices.Equal(n.particles, p.names[0].particles) {
			return false
		}
	}
	return true
}

// guides tells that a candidate's words stand nowhere but where the sifter has seen them.
func (s *sifter) guides(p *Pattern) bool {
	return p.spec.Kind == Person && s.x.changes.Load() == s.seen
}

// stoodIn adds the atoms of a field at which the words of the pattern stand that is looked for.
func (s *sifter) stoodIn(f *field, list []int) []int {
	from, to := s.tokensOf(f)
	for _, at := range s.stands.at {
		if at >= from && at < to {
			list = append(list, at-from)
		}
	}
	return list
}

// tokensOf are the tokens of a field.
func (s *sifter) tokensOf(f *field) (from, to int) {
	if f.name == Title {
		return 0, s.sweep.titled
	}
	return s.sweep.titled, len(s.sweep.tokens)
}
