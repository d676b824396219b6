package match

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An order is that of first name and surname.
type order uint8

const (
	inOrder order = iota
	reversed
	behindComma
)

// lookUpPair takes the patterns of a first name and a surname, as far as the two alone tell; parted tells that in a name of
// two words nothing such as stands between them can.
func (s *sifter) lookUpPair(given, surname *soundingUnit, o order, parted bool) {
	if s.hear(given); len(given.given) == 0 {
		return
	}
	tag := mix(given.hash^s.tongue.salt, surname.hash) + uint64(o)
	for _, r := range s.pairing.recall(tag, func() { s.tryPair(given, surname, o) }) {
		if r.ear&earOfTwo != 0 {
			if parted {
				continue
			}
			r.ear &^= earOfTwo
		}
		s.stands.list = append(s.stands.list, stand{r.ref, surname.first})
		s.stands.heard = append(s.stands.heard, r)
		s.take(r.ref)
	}
}

// earOfTwo is the highest bit of a heardRef's ear in pairing.refs: the pattern is a name of two words alone.
const earOfTwo = 1 << 31

// recall gives the patterns that are remembered under a tag, or else those that try adds to refs.
func (p *pairing) recall(tag uint64, try func()) []heardRef {
	tag = max(1, tag)
	at := p.tried(tag)
	if at.tag != tag {
		p.woken++
		if p.woken > len(p.pairs)/4 && len(p.pairs) < maxPairs {
			p.grow()
		}
		if len(p.refs) > maxRefs {
			clear(p.pairs)
			p.refs = p.refs[:0]
		}
		at = p.tried(tag)
		*at = triedPair{tag: tag, at: uint32(len(p.refs))} //nolint:gosec // see maxRefs
		try()
		at.n = uint32(len(p.refs)) - at.at //nolint:gosec // fewer than patterns
	}
	return p.refs[at.at : at.at+at.n]
}

// parted tells that between two tokens stands what no name of two words has there: neither particle nor initial nor what
// could be a middle name.
func (s *sifter) parted(from, to uint32) bool {
	for i := from + 1; i < to; i++ {
		t := s.sweep.tokens[i]
		if first := s.sweep.swept[t.from]; !t.wide() && (first < 'a' || first > 'z') || t.wide() && t.shape() != lower && t.shape() != uncased {
			continue
		}
		if fold := s.fold(t); !isParticle(fold) && (len(fold) > 2*utf8.UTFMax || utf8.RuneCountInString(fold) > 2) {
			return true
		}
	}
	return false
}

// tried is where a pair is remembered, or may be in place of another.
func (p *pairing) tried(tag uint64) *triedPair {
	at := tag >> 9 & uint64(len(p.pairs)-1) //nolint:gosec // a length
	for k := range uint64(ways) {
		if t := &p.pairs[at^k]; t.tag == tag || t.tag == 0 {
			return t
		}
	}
	return &p.pairs[at^tag>>40&(ways-1)]
}

func (p *pairing) grow() {
	old := p.pairs
	p.pairs, p.woken = make([]triedPair, 4*len(old)), 0
	for _, t := range old {
		if t.tag != 0 {
			*p.tried(t.tag) = t
		}
	}
}

// tryPair adds the patterns of two units to pairing.refs.
func (s *sifter) tryPair(given, surname *soundingUnit, o order) {
	s.hear(surname)
	p := &s.pairing
	if !given.marked {
		p.mark(given)
	}
	most := barOfHeft(given.heft+surname.heft) * nearlyFactor / 100
	for _, bones := range surname.bones {
		for _, b := range s.borne(bones) {
			if at := int(b.given >> 6); at >= len(p.given) || p.given[at]>>(b.given&63)&1 == 0 {
				continue
			}
			if i, ok := slices.BinarySearchFunc(given.given, b.given, heardWord.compareEar); ok {
				s.takePair(&given.given[i], surname, b.surname, o, most)
			}
		}
	}
}

func (w heardWord) compareEar(ear uint32) int { return cmp.Compare(w.ear, ear) }

// takePair adds the patterns of a first name that a unit sounds like and a surname that another may sound like. What fits a
// surname by its letters is found by them.
func (s *sifter) takePair(given *heardWord, u *soundingUnit, listed uint32, o order, most int) {
	g, ear := fitting(given.fit), listed>>1
	if given.unsure && listed&earUnsure != 0 || g.steps() > most && g&fitLoose == 0 {
		return
	}
	if f := s.fitSurname(u, ear); f&(fitByEar|fitLoose) == 0 || !o.near(g, f, most) {
		return
	}
	s.x.pairs.each(pairOf(given.ear, ear), func(ref uint32) {
		if r := s.x.records.get(ref); r != nil && r.more == nil && isOfTwoWords(r.name) {
			s.pairing.refs = append(s.pairing.refs, heardRef{ref, ear | earOfTwo})
			return
		}
		s.pairing.refs = append(s.pairing.refs, heardRef{ref, ear})
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

// isOfTwoWords tells a name of two words of letters.
func isOfTwoWords(name string) bool {
	given, surname, ok := strings.Cut(name, " ")
	other := func(r rune) bool { return !unicode.IsLetter(r) }
	return ok && given != "" && surname != "" && !strings.ContainsFunc(given, other) && !strings.ContainsFunc(surname, other)
}
