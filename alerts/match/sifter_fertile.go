package match

import "cmp"

// A fertileMemo remembers what came of words that fit something, while the index is as seen: of the
// patterns filed under a word's keys, which are many where the keys leave endings out, those whose word it fits.
type fertileMemo struct {
	entries []fertileWord
	posts   []fertilePost // of entries
	missed  int           // words since entries grew
	now     []fertilePost // of the unit that is tried
	drawn   []fertilePost // of units of the Doc that are not remembered
}

// A fertileWord says where in fertileMemo.posts those of a word are.
type fertileWord struct {
	tag   uint64
	at, n uint32
}

// A fertilePost is a posting that a word fits.
type fertilePost struct{ ref, word, need uint32 } // ref has the mode in it, as a posting's

// compare puts those of one mode and word together.
func (p fertilePost) compare(o fertilePost) int {
	return cmp.Or(cmp.Compare(p.ref&modeMask, o.ref&modeMask), cmp.Compare(p.word, o.word), cmp.Compare(p.ref, o.ref), cmp.Compare(p.need, o.need))
}

// firstRun are the first of some in order that have one mode and word.
func firstRun(list []fertilePost) []fertilePost {
	n := 1
	for n < len(list) && list[n].ref&modeMask == list[0].ref&modeMask && list[n].word == list[0].word {
		n++
	}
	return list[:n]
}

const (
	minFertile      = 1 << 8
	maxFertile      = 1 << 15 // 512 KiB
	maxFertilePosts = 1 << 17 // 1 MiB
)

// forget forgets all words.
func (m *fertileMemo) forget() {
	clear(m.entries)
	m.posts = m.posts[:0]
}

// of is where a word is remembered, or may be in place of another.
func (m *fertileMemo) of(tag uint64) *fertileWord {
	at := tag >> 9 & uint64(len(m.entries)-1) //nolint:gosec // a length
	for k := range uint64(ways) {
		if e := &m.entries[at^k]; e.tag == tag || e.tag == 0 {
			return e
		}
	}
	return &m.entries[at^tag>>40&(ways-1)]
}

// keep remembers what was found of a word just now, and gives it, till the memory forgets.
func (m *fertileMemo) keep(tag uint64) []fertilePost {
	if m.missed++; m.entries == nil || m.missed > len(m.entries) && len(m.entries) < maxFertile {
		old := m.entries
		m.entries, m.missed = make([]fertileWord, min(maxFertile, max(minFertile, 8*len(old)))), 0
		for _, e := range old {
			if e.tag != 0 {
				*m.of(e.tag) = e
			}
		}
	}
	if len(m.posts)+len(m.now) > maxFertilePosts {
		clear(m.entries)
		m.posts = nil // the Doc's lists stay what they are
		if len(m.now) > maxFertilePosts {
			return m.draw()
		}
	}
	from := len(m.posts)
	*m.of(tag) = fertileWord{tag, uint32(from), uint32(len(m.now))} //nolint:gosec // see maxFertilePosts
	m.posts = append(m.posts, m.now...)
	return m.posts[from:]
}

// draw gives what was found of a unit just now, till the next Doc.
func (m *fertileMemo) draw() []fertilePost {
	from := len(m.drawn)
	m.drawn = append(m.drawn, m.now...)
	return m.drawn[from:]
}

// takeFertile takes the patterns of a token from memory, where it is there.
func (s *sifter) takeFertile(i uint32, t token) bool {
	m := &s.fertile
	if m.entries == nil {
		return false
	}
	tag := t.hash ^ s.tongue.salt
	e := m.of(tag)
	if e.tag != tag {
		return false
	}
	s.takeFitting(m.posts[e.at:e.at+e.n], sweptUnit{i, i})
	return true
}

// takeFitting takes the patterns of postings whose word a unit fits, where what else they need is met. Of surnames that are
// judged for all who bear them, or that are written small, it is noted where they stand.
func (s *sifter) takeFitting(list []fertilePost, u sweptUnit) {
	if len(list) == 0 {
		return
	}
	small := s.small(u)
	for len(list) > 0 {
		run := firstRun(list)
		list = list[len(run):]
		switch mode := run[0].ref & modeMask; {
		case mode == fileAny:
			s.takeMeeting(run, u.first, s.meets)
		case mode == filePart:
			s.takeMeeting(run, u.first, s.meetsParts)
		case small:
			if mode != fileCapital {
				s.smalls = append(s.smalls, smallRun{run, u.first})
			}
		case mode == fileBorne, mode == fileEased:
			s.bear(run, u.first)
		default:
			for _, p := range run {
				s.takeAt(p.ref&refMask, u.first)
			}
		}
	}
}

// takeMeeting takes the patterns of postings at a token around which there is what else they need.
func (s *sifter) takeMeeting(list []fertilePost, first uint32, meets func(need, at uint32) bool) {
	for _, p := range list {
		if meets(p.need, first) {
			s.takeAt(p.ref&refMask, first)
		}
	}
}

// takeAt takes a pattern, one of whose words stands at a token.
func (s *sifter) takeAt(ref, first uint32) {
	s.stands.list = append(s.stands.list, stand{ref, first})
	s.take(ref)
}
