package match

import "slices"

// A casesMemo remembers what came of laying words of texts beside parts of names, whichever patterns those belong to: an
// agreement in the lowest bits, above them a part of the key, in one of four places that the rest of the key chooses.
type casesMemo struct {
	entries []uint64
	missed  int // since entries grew
}

const (
	casesBits = 24 // of an entry: those that an agreement has, and one above them for that there is one
	casesOK   = 1 << (casesBits - 1)

	leastCases = 1 << 10
	mostCases  = 1 << 18 // 2 MiB
)

// four are the places of a key.
func (m *casesMemo) four(key uint64) []uint64 {
	at := key & uint64(len(m.entries)-ways) //nolint:gosec // a length
	return m.entries[at : at+ways]
}

// of gives what is remembered under a key.
func (m *casesMemo) of(key uint64) (set cases, fits, known bool) {
	if len(m.entries) == 0 {
		return 0, false, false
	}
	for _, e := range m.four(key) {
		if (e^key)>>casesBits == 0 && e != 0 {
			return cases(e & (casesOK - 1)), e&casesOK != 0, true
		}
	}
	return 0, false, false
}

// keep remembers an agreement, in place of another where there is no room. The memory grows up to a bound, and begins anew then.
func (m *casesMemo) keep(key uint64, set cases, fits bool) {
	if m.missed++; m.missed > len(m.entries)/2 && len(m.entries) < mostCases {
		m.entries, m.missed = make([]uint64, min(mostCases, max(leastCases, 8*len(m.entries)))), 0
	}
	e := key>>casesBits<<casesBits | uint64(set)
	if fits {
		e |= casesOK
	}
	four := m.four(key)
	free := slices.Index(four, 0)
	if free < 0 {
		free = int(key >> 60 & (ways - 1))
	}
	four[free] = e
}

// fitsAtom is part.fits of an atom, from memory where it is there.
func (p *part) fitsAtom(t *text, f *field, i int) (cases, bool) {
	s := f.sifted
	if s == nil || p.number == 0 {
		return p.fits(t, f.unit(i))
	}
	key := mix(f.tokens[i].hash^s.tongue.salt, p.number)
	if f.atom(i).shape == lower {
		key ^= hashA // which is not listened to
	}
	set, fits, known := s.agreements.of(key)
	if !known {
		set, fits = p.fits(t, f.unit(i))
		s.agreements.keep(key, set, fits)
	}
	return set, fits
}

// enumerate gives the parts of a name's words their numbers.
func (n *name) enumerate() {
	for i := range n.given {
		n.given[i].enumerate()
	}
	n.surname.enumerate()
	if n.whole != nil {
		n.whole.enumerate()
	}
}

func (w *word) enumerate() {
	all := uint64(len(w.parts))
	for i := range w.parts {
		w.parts[i].number = w.parts[i].sum(1)
		all = mix(all, w.parts[i].number)
	}
	w.joined.number = w.joined.sum(all) // which sounds like its parts
}

// sum is a hash of all that says what a part fits; 0 for one that is inflected as a word, which hangs on how a text's is written.
func (p *part) sum(salt uint64) uint64 {
	if p.raw != "" {
		return 0
	}
	h := mix(hashWritten(p.fold), salt)
	for _, d := range p.forms {
		h = mix(h, hashWritten(d.base))
		for _, e := range d.endings {
			h = mix(h, mix(hashWritten(e.suffix), uint64(e.cases)))
		}
	}
	for _, form := range p.latin {
		h = mix(h, hashWritten(form)^hashA)
	}
	if p.ear != nil {
		h = mix(h, saltEar)
	}
	if p.marked != "" {
		h = mix(h, hashWritten(p.marked))
	}
	if p.soft {
		h = mix(h, saltEar)
	}
	return max(1, h)
}
