package match

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pairWays are the orders in which two units may be a name: one more than that with the first as first name, or 0, and as many
// times backWays of that with the second.
type pairWays uint8

const backWays = 8

func (w pairWays) forth() (order, bool) { return order(w%backWays) - 1, w%backWays != 0 }
func (w pairWays) back() (order, bool)  { return order(w/backWays) - 1, w/backWays != 0 }

// An order is that of first name and surname.
type order uint8

const (
	inOrder order = iota
	reversed
	behindComma
	hyphened // in order, and no space follows the first name
)

// lookUpPair takes the patterns of two units, the one behind the other, as far as the two alone tell: with the first as first
// name, with the second, or both.
func (s *sifter) lookUpPair(n nearPair) {
	a, b := &s.pairing.units[n.a], &s.pairing.units[n.b]
	at, count := s.pairing.recall(n.tag, func() { s.tryPairs(a, b, n.ways) })
	if count == 0 {
		return
	}
	plain := s.pairStandsPlain(a, b)
	for k := at; k < at+count; k++ {
		r := s.pairing.refs[k]
		given, surname := a, b
		if r.ear&earReversed != 0 {
			given, surname = b, a
		}
		if r.ear&earOfTwo != 0 && s.parted(given, surname) {
			continue
		}
		h := heardRef{ref: r.ref, ear: r.ear & earNumber, at: k, first: min(a.first, b.first), plain: plain && r.ear&earOfTwo != 0, outcome: r.outcome()}
		s.stands.list = append(s.stands.list, stand{r.ref, surname.first})
		s.stands.heard = append(s.stands.heard, h)
		s.take(r.ref)
	}
}

// A triedRef is a pattern that two units sound like, and its surname among the index's ears, with some bits above that.
type triedRef struct{ ref, ear uint32 }

// The highest bits of a triedRef's ear.
const (
	earOfTwo    = 1 << 31 // the pattern is a name of two words alone
	earReversed = 1 << 30 // the surname is the first of the two units
	earOutcome  = 28      // the bit at which an outcome begins
	earNumber   = 1<<earOutcome - 1
)

// onceEachTried leaves one of those that are the same: two words may share several skeletons.
func onceEachTried(list []triedRef) []triedRef {
	slices.SortFunc(list, func(a, b triedRef) int { return cmp.Or(cmp.Compare(a.ref, b.ref), cmp.Compare(a.ear, b.ear)) })
	return slices.Compact(list)
}

func (r triedRef) outcome() pairOutcome { return pairOutcome(r.ear >> earOutcome & 3) }

// recall gives the place in refs of the patterns that are remembered under a tag that is not idle, or else of those that try adds.
func (p *pairing) recall(tag uint64, try func()) (at, n uint32) {
	if at := p.tried(tag); at.tag == tag {
		return at.at, at.n
	}
	if len(p.refs) > maxRefs {
		clear(p.pairs)
		p.refs, p.moved = p.refs[:0], true
	}
	from := len(p.refs)
	try()
	p.refs = p.refs[:from+len(onceEachTried(p.refs[from:]))]
	if len(p.refs) == from {
		p.idles(tag)
		return 0, 0
	}
	if p.woken++; p.woken > len(p.pairs)/4 && len(p.pairs) < maxPairs {
		p.grow()
	}
	t := triedPair{tag: tag, at: uint32(from), n: uint32(len(p.refs) - from)} //nolint:gosec // see maxRefs
	*p.tried(tag) = t
	return t.at, t.n
}

// isIdle tells a pair of which nothing comes, as far as remembered.
func (p *pairing) isIdle(tag uint64) bool {
	at := int(tag>>9) & (len(p.idle) - idleWays)
	few := (*[idleWays]uint64)(p.idle[at:])
	found := zeroBit(few[0]^tag) | zeroBit(few[1]^tag) | zeroBit(few[2]^tag) | zeroBit(few[3]^tag) |
		zeroBit(few[4]^tag) | zeroBit(few[5]^tag) | zeroBit(few[6]^tag) | zeroBit(few[7]^tag)
	return found>>63 != 0
}

// zeroBit has its highest bit where x is 0.
func zeroBit(x uint64) uint64 { return (x - 1) &^ x }

// idles remembers a pair of which nothing comes, in place of another where there is no room. The memory grows up to a bound.
func (p *pairing) idles(tag uint64) {
	if p.idled++; p.idled > len(p.idle)/2 && len(p.idle) < maxIdlePairs {
		old := p.idle
		p.idle, p.idled = make([]uint64, min(maxIdlePairs, 8*len(old))), 0
		for _, t := range old {
			if t != 0 {
				p.putIdle(t)
			}
		}
	}
	p.putIdle(tag)
}

func (p *pairing) putIdle(tag uint64) {
	at := int(tag>>9) & (len(p.idle) - idleWays)
	few := p.idle[at : at+idleWays]
	free := slices.Index(few, 0)
	if free < 0 {
		free = int(tag >> 40 & (idleWays - 1))
	}
	few[free] = tag
}

// parted tells that between two units stands what no name of two words has there: neither particle nor initial nor what
// could be a middle name; and behind a surname anything.
func (s *sifter) parted(given, surname *soundingUnit) bool {
	from, to := given.last, surname.first
	if surname.first < given.first {
		return given.first > surname.last+1
	}
	for i := from + 1; i < to; i++ {
		t := s.sweep.tokens[i]
		if s.gapBetween(s.sweep.tokens[i-1], t) == gapHyphen {
			continue // it goes where the word before it goes
		}
		if t.wide() && t.shape() == uncased {
			if fold := s.fold(t); !isParticle(fold) && !s.isLetter(t, fold) {
				return true
			}
			continue
		}
		if first := s.sweep.swept[t.from]; !t.wide() && (first < 'a' || first > 'z') || t.wide() && t.shape() != lower {
			continue
		}
		if fold := s.fold(t); !isParticle(fold) && (len(fold) > 2*utf8.UTFMax || utf8.RuneCountInString(fold) > 2) {
			return true
		}
	}
	return false
}

// isLetter tells a word of one letter behind which a full stop stands: see field.isInitial.
func (s *sifter) isLetter(t token, fold string) bool {
	return s.sweep.swept[t.to()] == '.' && (utf8.RuneCountInString(fold) == 1 || isPersianLetter(fold))
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

// tryPairs adds the patterns of two units to pairing.refs, in all ways.
func (s *sifter) tryPairs(a, b *soundingUnit, w pairWays) {
	refs := &s.pairing.refs
	s.hear(a)
	s.hear(b)
	if o, ok := w.forth(); ok && len(a.given) > 0 && b.bears() {
		s.tryPair(a, b, o)
	}
	from := len(*refs)
	if o, ok := w.back(); ok && len(b.given) > 0 && a.bears() {
		s.tryPair(b, a, o)
	}
	for i := from; i < len(*refs); i++ {
		(*refs)[i].ear |= earReversed
	}
}

// tryPair adds the patterns of two units to pairing.refs.
func (s *sifter) tryPair(given, surname *soundingUnit, o order) {
	p := &s.pairing
	p.mark(given)
	defer p.unmark(given)
	heft := given.heft + surname.heft
	if o == hyphened {
		heft = fullHeft // what the hyphen puts to the first name counts, too: see nameWalk.heft
	}
	for _, bones := range surname.bones {
		for _, b := range s.borne(bones) {
			if at := int(b.given >> 6); at >= len(p.given) || p.given[at]>>(b.given&63)&1 == 0 {
				continue
			}
			if i, ok := slices.BinarySearchFunc(given.given, b.given, heardWord.compareEar); ok {
				s.takePair(&given.given[i], surname, b.surname, o, heft)
			}
		}
	}
}

func (w heardWord) compareEar(ear uint32) int { return cmp.Compare(w.ear, ear) }

// takePair adds the patterns of a first name that a unit sounds like and a surname that another may sound like. What fits a
// surname by its letters is found by them. heft is that of the two units.
func (s *sifter) takePair(given *heardWord, u *soundingUnit, listed uint32, o order, heft int) {
	g, ear := fitting(given.fit), listed>>1
	most := nearlyBar(heft)
	if given.unsure && listed&earUnsure != 0 || g.steps() > most && g&fitLoose == 0 && !s.isLoose(ear) {
		return
	}
	f := s.fitSurname(u, ear)
	if f&(fitByEar|fitLoose) == 0 || !o.near(g, f, most) {
		return
	}
	heft = min(heft, s.heftOfEar(given.ear)+s.heftOfEar(ear))
	if !o.near(g, f, nearlyBar(heft)) {
		return
	}
	tells := o.mayTell(g, f, barOfHeft(heft))
	s.x.pairs.each(pairOf(given.ear, ear), func(ref uint32) {
		if r := s.x.records.get(ref); r != nil && r.isOfTwoWords() {
			if tells {
				s.pairing.refs = append(s.pairing.refs, triedRef{ref, ear | earOfTwo})
			}
			return
		}
		s.pairing.refs = append(s.pairing.refs, triedRef{ref, ear})
	})
}

// isLoose tells a word of ears whose skeletons alone are compared.
func (s *sifter) isLoose(ear uint32) bool {
	kept, ok := s.x.ears.words.get(ear)
	return ok && kept.loose
}

// heftOfEar is the heft of a word of ears; enough where it is loose, for then the name has more words than the two, or was removed.
func (s *sifter) heftOfEar(ear uint32) int {
	if h := s.hearerOf(ear); h != nil {
		return h.heft
	}
	return fullHeft
}

// near tells whether two words may be a name in an order, as far as the two alone tell.
// They may be as far away as their hefts let them.
func (o order) near(given, surname fitting, most int) bool {
	sum := given.steps() + surname.steps()
	switch {
	case (given|surname)&fitLoose == 0 && sum > most:
		return false
	case o == inOrder, o == hyphened:
		return sum*100 <= nearlyFactor*maxBoth
	case o == behindComma:
		return sum <= maxBoth
	case (given|surname)&fitOwn != 0:
		return sum <= maxOdd
	}
	return sum <= maxOddOther
}

// mayTell is whether two words that are near are a name of two words, or nearly one: what nameWalk.tells and nearly hold it to,
// as they hold for all places of such a pair. Nearly one is a name in the order of speech alone.
func (o order) mayTell(given, surname fitting, bar int) bool {
	g, f := given.steps(), surname.steps()
	return (given|surname)&fitLoose != 0 || g+f <= bar && max(g, f) <= maxEach || o == inOrder || o == hyphened
}

// isOfTwoWords tells a name of two words of letters.
func isOfTwoWords(name string) bool {
	given, surname, ok := strings.Cut(name, " ")
	return ok && isOfLetters(given) && isOfLetters(surname) && !isDescription(given, surname) && isPairPrinted(given, surname) && !isOfServant(given)
}

func isOfLetters(s string) bool {
	other := func(r rune) bool { return !unicode.IsLetter(r) }
	return asciiLetters(s) || s != "" && !strings.ContainsFunc(s, other)
}
