package match

const (
	fitMemo  = 1 << 17 // 1 MiB
	maxWords = 1 << 12 // that are kept to be compared with
)

// wordOf is the word of a sum, which is the record's; nil where the record has none.
func (s *sifter) wordOf(sum uint32, r *record) *word {
	if w := s.compared[sum]; w != nil {
		return w
	}
	if s.compared == nil {
		s.compared = map[uint32]*word{}
	}
	if len(s.compared) >= maxWords {
		clear(s.compared)
	}
	w := r.wordOf(sum)
	s.compared[sum] = w
	return w
}

// wordOf is the record's word of a sum. It stands alone: a person with all names takes a hundred times as much, and is put on
// the shelf only to be judged.
func (r *record) wordOf(sum uint32) *word {
	spec := r.spec()
	if spec.Kind == Person {
		w := wordOfName(spec.Name, sum)
		for i := 0; i < len(spec.Aliases) && w == nil; i++ {
			w = wordOfName(spec.Aliases[i], sum)
		}
		if w != nil {
			return w.alone()
		}
	}
	return r.compile().fitting(sum).alone()
}

// alone is a copy of the word, which keeps nothing that it is a part of.
func (w *word) alone() *word {
	if w == nil {
		return nil
	}
	c := *w
	return &c
}

// A fitting is how a unit fits a word, as it is remembered in the lowest bits of a key.
type fitting uint64

const (
	fitOK    fitting = 1
	fitByEar fitting = 2 // by its sound alone
	fitOwn   fitting = 4 // in the word's own script
	fitLoose fitting = 8 // not told; see earWord
	fitSteps         = 4 // bits below the distance
	fitBits          = 1<<11 - 1
)

func (f fitting) steps() int { return int(f >> fitSteps) }

// fit tells whether a unit can be the word of a sum, which is the record's.
func (s *sifter) fit(u sweptUnit, hash uint64, sum uint32, r *record) fitting {
	return s.remembered(mix(hash^s.tongue.salt, uint64(sum)), func() (fitting, bool) {
		word := s.wordOf(sum, r)
		if word == nil {
			return fitOK, false // replaced meanwhile
		}
		unit := s.unitOf(u)
		return s.compare(&unit, word), true
	})
}

// remembered is fitTable.of in the sifter's own table.
func (s *sifter) remembered(key uint64, find func() (f fitting, keep bool)) fitting {
	if s.fits == nil {
		s.fits = make(fitTable, fitMemo)
	}
	return s.fits.of(key, find)
}

// A fitTable remembers fittings in the bits that their keys leave, each in one of four places, of which the last that was filled is
// the first. Its length is a power of two.
type fitTable []uint64

// of gives what is remembered under a key, or else finds it out; what may be otherwise next time is not remembered.
func (t fitTable) of(key uint64, find func() (f fitting, keep bool)) fitting {
	key &^= fitBits
	place := key >> 16 & uint64(len(t)-ways) //nolint:gosec // a length
	few := t[place : place+ways]
	for _, v := range few {
		if v&^fitBits == key {
			return fitting(v & fitBits)
		}
	}
	f, keep := find()
	if keep {
		copy(few[1:], few)
		few[0] = key | uint64(f)
	}
	return f
}

// compare tells how a unit, read without what stands around it, fits a word, or the longest of several parts.
func (s *sifter) compare(u *unit, w *word) fitting {
	set, ok := w.joined.fits(s.tongue.text, u)
	if !ok && len(w.parts) > 1 && !w.characters() {
		set, ok = w.parts[w.long].fits(s.tongue.text, u)
	}
	return fittingOf(set, ok)
}

func fittingOf(set cases, ok bool) fitting {
	switch {
	case !ok:
		return 0
	case set&byEar == 0:
		return fitOK
	}
	f := fitOK | fitByEar | fitting(set.ear())<<fitSteps //nolint:gosec // at most soundSteps
	if set&transcribed != 0 {
		return fitOK | fitByEar // in another text it may be closer
	}
	if set&ownScript != 0 {
		f |= fitOwn
	}
	return f
}
