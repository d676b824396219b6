package match

import (
	"cmp"
	"slices"
)

// An order is that of first name and surname.
type order uint8

const (
	inOrder order = iota
	reversed
	behindComma
)

// A besideUnit is a unit that may be the first name to another's surname.
type besideUnit struct {
	unit  int // its number among the Doc's
	order order
}

// earMarks tell which of the index's ears the units last marked sound like. One look at a mark stands for a look at each
// of the units near a surname.
type earMarks struct {
	last []uint32 // by ear: the number of the last unit that was marked with it, of all Docs
	base uint32   // the number of the Doc's first unit
	next uint32   // that of the next Doc's
}

// begin begins a Doc of so many units.
func (m *earMarks) begin(units int) {
	if uint64(m.next)+uint64(units) >= 1<<32 { //nolint:gosec // a length
		clear(m.last)
		m.next = 0
	}
	m.base = m.next + 1
	m.next += uint32(units) //nolint:gosec // see above
}

// mark marks what a unit sounds like.
func (m *earMarks) mark(unit int, heard []heardWord) {
	m.room(heard[len(heard)-1].ear)
	number := m.base + uint32(unit) //nolint:gosec // fewer than bytes
	for _, w := range heard {
		m.last[w.ear] = max(m.last[w.ear], number)
	}
}

// room makes room for an ear.
func (m *earMarks) room(ear uint32) {
	if most := int(ear); most >= len(m.last) {
		m.last = append(m.last, make([]uint32, most+most/4+64-len(m.last))...)
	}
}

// lookUpSurname takes the patterns of names in which a unit is the surname.
func (s *sifter) lookUpSurname(i int) {
	p := &s.pairing
	s.gatherBeside(i)
	if len(p.beside) == 0 {
		return
	}
	surname := &p.units[i]
	borne := s.borneBy(surname)
	if len(borne) == 0 {
		return
	}
	from, words := p.beside[0].unit, 0
	for _, b := range p.beside {
		from, words = min(from, b.unit), words+len(p.units[b.unit].given)
	}
	if len(borne) > fewBearers*words {
		s.lookUpFew(surname, borne)
		return
	}
	for _, b := range p.beside {
		if g := &p.units[b.unit]; !g.marked {
			g.marked = true
			p.marks.mark(b.unit, g.given)
		}
	}
	p.marks.room(borne[len(borne)-1].given)
	marks, least := p.marks.last, p.marks.base+uint32(from) //nolint:gosec // fewer than bytes
	for k := range borne {
		if marks[borne[k].given] >= least {
			s.tryBeside(surname, &borne[k])
		}
	}
}

// fewBearers is how many bearers a surname may have, for each first name beside it, that are all looked at.
const fewBearers = 16

// gatherBeside lists the units that may be the first name to a surname and sound like one.
func (s *sifter) gatherBeside(i int) {
	p := &s.pairing
	p.beside = p.beside[:0]
	surname := &p.units[i]
	for k := i - 1; k >= 0 && p.units[k].first+maxApart >= surname.first; k-- {
		if g := &p.units[k]; g.last < surname.first && g.reach >= surname.first {
			s.addBeside(k, inOrder)
		}
	}
	behind := reversed
	if surname.comma {
		behind = behindComma
	}
	for k := i + 1; k < len(p.units) && p.units[k].first <= min(surname.behind, surname.first+maxReversed); k++ {
		if p.units[k].first > surname.last {
			s.addBeside(k, behind)
		}
	}
}

func (s *sifter) addBeside(unit int, o order) {
	p := &s.pairing
	if s.hear(&p.units[unit]); len(p.units[unit].given) > 0 {
		p.beside = append(p.beside, besideUnit{unit, o})
	}
}

// tryBeside takes the patterns of a bearer of a surname whose first name one of the units beside it sounds like.
func (s *sifter) tryBeside(surname *soundingUnit, b *bearing) {
	p := &s.pairing
	for _, at := range p.beside {
		g := &p.units[at.unit]
		if k, ok := slices.BinarySearchFunc(g.given, b.given, heardWord.compareEar); ok {
			s.takePair(g, &g.given[k], surname, b, at.order)
		}
	}
}

// lookUpFew is for a surname of many bearers: it looks for each of the first names among them.
func (s *sifter) lookUpFew(surname *soundingUnit, borne []bearing) {
	p := &s.pairing
	for _, at := range p.beside {
		g := &p.units[at.unit]
		for i := range g.given {
			w := &g.given[i]
			k, _ := slices.BinarySearchFunc(borne, w.ear, bearing.compareGiven)
			for ; k < len(borne) && borne[k].given == w.ear; k++ {
				s.takePair(g, w, surname, &borne[k], at.order)
			}
		}
	}
}

func (w heardWord) compareEar(ear uint32) int { return cmp.Compare(w.ear, ear) }

func (b bearing) compareGiven(ear uint32) int { return cmp.Compare(b.given, ear) }

// takePair takes the patterns of a first name that a unit sounds like and a surname that another sounds like, as far as the
// two alone tell.
func (s *sifter) takePair(given *soundingUnit, w *heardWord, surname *soundingUnit, b *bearing, o order) {
	most := barOfHeft(given.heft+surname.heft) * nearlyFactor / 100
	g := fitting(w.fit)
	if w.unsure && b.unsure || g.steps() > most && g&fitLoose == 0 || !o.near(g, fitting(b.fit), most) {
		return
	}
	s.x.pairs.each(pairOf(b.given, b.surname), func(ref uint32) {
		s.stands.list = append(s.stands.list, stand{ref, surname.first})
		s.stands.heard = append(s.stands.heard, heardRef{ref, b.surname})
		s.take(ref)
	})
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
