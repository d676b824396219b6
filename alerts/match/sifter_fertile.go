package match

// A fertileMemo remembers what came of words that fit something, while the index is as seen: of the
// patterns filed under a word's keys, which are many where the keys leave endings out, those whose word it fits.
type fertileMemo struct {
	entries []fertileWord
	posts   []fertilePost // of entries
	missed  int           // words since entries grew
	now     []fertilePost // of the word that is tried
}

// A fertileWord says where in fertileMemo.posts those of a word are.
type fertileWord struct {
	tag   uint64
	at, n uint32
}

// A fertilePost is a posting that a word fits.
type fertilePost struct{ ref, need uint32 } // ref has the mode in it, as a posting's

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

// keep remembers what was found of a word just now.
func (m *fertileMemo) keep(tag uint64) {
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
		m.forget()
		if len(m.now) > maxFertilePosts {
			return
		}
	}
	*m.of(tag) = fertileWord{tag, uint32(len(m.posts)), uint32(len(m.now))} //nolint:gosec // see maxFertilePosts
	m.posts = append(m.posts, m.now...)
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

// takeFitting takes the patterns of postings whose word a unit fits, where what else they need is met.
func (s *sifter) takeFitting(list []fertilePost, u sweptUnit) {
	if len(list) == 0 {
		return
	}
	small := s.small(u)
	for _, p := range list {
		ref, mode := p.ref&refMask, p.ref&modeMask
		if mode == fileAny {
			if s.meets(p.need, u.first) {
				s.stands.list = append(s.stands.list, stand{ref, u.first})
				s.take(ref)
			}
			continue
		}
		s.stands.list = append(s.stands.list, stand{ref, u.first})
		switch {
		case !small:
			s.take(ref)
		case mode != fileCapital:
			s.smalls = append(s.smalls, smallPost{p, u.first})
		}
	}
}
