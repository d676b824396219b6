package match

import (
	"slices"
)

// A pairing is what a sifter knows of the words that may be names by their sound.
type pairing struct {
	units   []soundingUnit // of the Doc
	heard   heardMemo
	near    []nearPair  // of the Doc
	fetched uint64      // see fetch
	given   []uint64    // a bit for each of ears that one unit sounds like
	idle    []uint64    // tags of pairs of which nothing comes, while the index is as seen
	pairs   []triedPair // what came of others
	refs    []triedRef  // of pairs
	moved   bool        // refs were forgotten while the Doc was read
	traced  bool        // recallParts was called for the Doc
	uncased bool        // a unit of the Doc is
	long    bool        // one may have partLong, as far as is known
	bare    bareMemo
	seen    int64
	epoch   uint32 // counts what seen was: see sifter.stampOf
	woken   int    // pairs of which something came since pairs grew
	idled   int    // others, since idle grew
}

// A triedPair says where in pairing.refs the patterns of two units begin.
type triedPair struct {
	tag   uint64
	at, n uint32
}

const (
	minPairs = 1 << 10
	maxPairs = 1 << 16 // 1 MiB
	maxRefs  = 1 << 18 // 2 MiB

	minIdlePairs = 1 << 12
	maxIdlePairs = 1 << 19 // 4 MiB
	idleWays     = 8       // tags of one place: as many as are fetched together
)

// A soundingUnit is a unit of the Doc that is not written small.
type soundingUnit struct {
	sweptUnit
	hash    uint64
	uncased bool
	heard   bool // and what follows is known
	whole   bool // a whole name may sound like it
	heft    int
	given   []heardWord // the watches' first names that it sounds like
	bones   []skeleton
	lacks   trace // parts that it is known not to have
	traced  bool  // and what follows is known
	trace   trace // of bones, and which parts it may have
}

// bears tells a unit that may be a surname by its sound.
func (u *soundingUnit) bears() bool { return u.heft != none && len(u.bones) > 0 }

// A nearPair is two units, by their numbers, near enough to be a name in some orders.
type nearPair struct {
	tag  uint64
	a, b uint32
	ways pairWays
}

// lookUpPairs takes the patterns that are filed under the sounds of two words near each other.
func (s *sifter) lookUpPairs() {
	p := &s.pairing
	if now := s.x.changes.Load(); now != p.seen || p.heard.units == nil {
		if p.pairs == nil {
			p.pairs, p.idle = make([]triedPair, minPairs), make([]uint64, minIdlePairs)
		}
		clear(p.pairs)
		clear(p.idle)
		p.refs = p.refs[:0]
		p.heard.forget()
		p.bare.forget()
		s.nextEpoch(&p.epoch)
		p.seen, p.woken, p.idled = now, 0, 0
	}
	p.moved, p.traced, p.long = false, false, true
	s.gatherSounding()
	if p.uncased {
		s.recallParts()
	}
	p.near = p.near[:0]
	for i := range p.units {
		a := &p.units[i]
		most := a.first + maxApart
		if a.uncased {
			s.lookUpWhole(a)
			most = a.first + maxApartUncased
		}
		if !a.may(partGiven) {
			most = a.first + maxReversed // it may be a surname with the first name behind it
		}
		if i+1 < len(p.units) && p.units[i+1].first <= most && (a.may(partGiven) || a.may(partSurname)) {
			s.gatherNear(i, most)
		}
		if len(p.near) >= manyNear {
			s.lookUpNear()
		}
	}
	s.lookUpNear()
	s.lookUpBare()
}

// manyNear pairs are looked up at once, so that a long text takes no memory for all it has.
const manyNear = 1 << 12

// lookUpNear takes the patterns of the pairs that were gathered.
func (s *sifter) lookUpNear() {
	p := &s.pairing
	p.fetch()
	for _, n := range p.near {
		if !p.isIdle(n.tag) {
			s.lookUpPair(n)
		}
	}
	p.near = p.near[:0]
}

// fetch looks into the places of all pairs in one go: the memory is large, and so they come from it side by side, not one
// after another.
func (p *pairing) fetch() {
	var sum uint64
	idle := p.idle
	for i := range p.near {
		sum ^= idle[int(p.near[i].tag>>9)&(len(idle)-idleWays)]
	}
	p.fetched = sum
}

// mark sets the bits of the first names that a unit sounds like.
func (p *pairing) mark(u *soundingUnit) {
	if most := int(u.given[len(u.given)-1].ear >> 6); most >= len(p.given) {
		p.given = make([]uint64, most+most/4+64)
	}
	for _, w := range u.given {
		p.given[w.ear>>6] |= 1 << (w.ear & 63)
	}
}

// unmark clears them again.
func (p *pairing) unmark(u *soundingUnit) {
	for _, w := range u.given {
		p.given[w.ear>>6] = 0
	}
}

// gatherSounding lists the units that may be known by their sound.
func (s *sifter) gatherSounding() {
	p := &s.pairing
	p.units, p.uncased = p.units[:0], false
	swept, tokens, close := s.sweep.swept, s.sweep.tokens, s.close
	for _, i := range s.odd {
		for len(close) > 0 && close[0] < i {
			close = close[1:]
		}
		t := tokens[i]
		first := swept[t.from]
		if t.char() {
			continue
		}
		u := sweptUnit{i, i}
		uncased := t.wide() && t.shape() == uncased
		if (first < 'A' || first > 'Z') && (s.small(u) || s.isOwning(t)) {
			continue
		}
		p.uncased = p.uncased || uncased
		p.addUnit(u, t.hash, uncased, s.isNameless(t.hash))
		if len(close) > 0 && close[0] == i {
			s.eachJoined(int(i), func(u sweptUnit, hash uint64) { p.addUnit(u, hash, uncased, s.isNameless(hash)) })
		}
	}
}

// isOwning tells the s behind an apostrophe, which is no name by itself.
func (s *sifter) isOwning(t token) bool {
	swept, at := s.sweep.swept, int(t.from)
	if swept[at] != 's' || t.to() != at+1 || !partsBehind(swept[at+1]) || at < len("’") {
		return false
	}
	return swept[at-1] == '\'' || string(swept[at-len("’"):at]) == "’"
}

// addUnit lists a unit. It is written where one of an earlier Doc was, of which what is not known yet is left as it is.
func (p *pairing) addUnit(u sweptUnit, hash uint64, uncased, nameless bool) {
	n := len(p.units)
	if n == cap(p.units) {
		p.units = slices.Grow(p.units, 1)
	}
	p.units = p.units[:n+1]
	at := &p.units[n]
	at.sweptUnit, at.hash, at.uncased, at.heard, at.traced, at.lacks = u, hash, uncased, false, false, 0
	if nameless {
		at.lacks = partGiven | partLong
	}
}

// lookUpWhole takes the patterns that a unit sounds like as a whole.
func (s *sifter) lookUpWhole(u *soundingUnit) {
	if !u.may(partWhole) {
		return
	}
	from := s.sweep.tokens[u.first].from
	if first := s.sweep.swept[from]; first != 0xE1 && (first < 0xEA || first > 0xED) {
		return // no Hangul, nor letters that are made of it
	}
	if s.sweep.tokens[u.last].to()-int(from) < minWhole*bytesOfSyllable {
		return
	}
	tag := max(1, mix(u.hash^s.tongue.salt, saltWhole))
	if s.pairing.isIdle(tag) {
		return
	}
	at, n := s.pairing.recall(tag, func() { s.tryWhole(u) })
	for _, r := range s.pairing.refs[at : at+n] {
		s.stands.list = append(s.stands.list, stand{r.ref, u.first})
		s.take(r.ref)
	}
}

// tryWhole adds the patterns that a unit sounds like as a whole to pairing.refs.
func (s *sifter) tryWhole(u *soundingUnit) {
	if s.hear(u); !u.whole {
		return
	}
	unit := s.unitOf(u.sweptUnit)
	for _, key := range s.tongue.text.wholeBones(&unit, nil) {
		if s.x.pairs.mayHold(key) {
			s.x.pairs.each(key, func(ref uint32) {
				if s.hearsWhole(ref, &unit) {
					s.pairing.refs = append(s.pairing.refs, triedRef{ref: ref})
				}
			})
		}
	}
}

// hearsWhole tells that a unit is one of a pattern's names, written as one word.
func (s *sifter) hearsWhole(ref uint32, u *unit) bool {
	r := s.x.records.get(ref)
	if r == nil {
		return false // removed meanwhile
	}
	p := s.made(r).named()
	return p == nil || slices.ContainsFunc(p.names, func(n *name) bool { return n.asOne != nil && n.hearsWhole(s.tongue.text, u) })
}

// unitOf is a unit, read without what stands around it.
func (s *sifter) unitOf(u sweptUnit) unit {
	if u.first != u.last {
		return s.joinedUnit(0, 0, s.joined(int(u.first), int(u.last)))
	}
	t := s.sweep.tokens[u.first]
	text := s.tongue.text
	text.room.empty()
	return text.newUnit(0, s.raw(t), s.fold(t), uncased)
}
