package match

// A cueSet is the cues that a sifter has met in a text, and what it remembers of words.
type cueSet struct {
	bits  []uint64 // by sign
	signs []uint32 // those of bits, in the order in which they were met
	heads []uint32 // by cue: the last of its places, counted from 1, where it is among bits
	at    []cuePlace
	memo  []cueMemo
	tried int        // words since the memo grew
	lists []*cueList // scratch of takeByCues, as are sizes
	sizes []int
}

// A cuePlace is where a cue was met.
type cuePlace struct {
	sweptUnit
	cue  uint32
	next uint32 // another of the cue's places, counted from 1; 0 is none
}

// A cueMemo is the cues of a word, of which nothing else comes.
type cueMemo struct {
	tag  uint64
	cues [6]uint32 // one more than each; 0 is none
}

const (
	minCueMemo = 1 << 9
	maxCueMemo = 1 << 16 // 2 MiB
)

// clear forgets a text.
func (c *cueSet) clear() {
	for _, sign := range c.signs {
		c.bits[sign>>6] = 0
	}
	c.signs, c.at = c.signs[:0], c.at[:0]
}

// forget forgets what was remembered of words.
func (c *cueSet) forget() { clear(c.memo) }

// has tells whether a text has a sign.
func (c *cueSet) has(sign uint32) bool {
	return int(sign>>6) < len(c.bits) && c.bits[sign>>6]>>(sign&63)&1 != 0
}

// meet takes down that a unit shows a cue, in the title or not.
func (c *cueSet) meet(cue uint32, u sweptUnit, title bool) {
	sign := 2 * cue
	if int(sign>>6) >= len(c.bits) {
		c.bits = append(c.bits, make([]uint64, int(sign>>6)+1-len(c.bits)+64)...)
		c.heads = append(c.heads, make([]uint32, 32*len(c.bits)-len(c.heads))...)
	}
	bits := &c.bits[sign>>6]
	if *bits>>(sign&63)&1 == 0 {
		*bits |= 1 << (sign & 63)
		c.signs = append(c.signs, sign)
		c.heads[cue] = 0
	}
	if sign++; title && *bits>>(sign&63)&1 == 0 {
		*bits |= 1 << (sign & 63)
		c.signs = append(c.signs, sign)
	}
	c.at = append(c.at, cuePlace{u, cue, c.heads[cue]})
	c.heads[cue] = uint32(len(c.at)) //nolint:gosec // fewer than bytes
}

// known is where the cues of a word are remembered, nil for nowhere.
func (c *cueSet) known(tag uint64) *cueMemo {
	at := tag >> 9 & uint64(len(c.memo)-1) //nolint:gosec // a length
	for k := range uint64(ways) {
		if m := &c.memo[at^k]; m.tag == tag {
			return m
		}
	}
	return nil
}

// ways is how many words of one place are remembered.
const ways = 4

// room makes room for a word, in place of another where there is none.
func (c *cueSet) room(tag uint64) *cueMemo {
	c.tried++
	if c.tried > len(c.memo) && len(c.memo) < maxCueMemo {
		c.memo, c.tried = make([]cueMemo, min(maxCueMemo, 8*len(c.memo))), 0
	}
	at := tag >> 9 & uint64(len(c.memo)-1) //nolint:gosec // a length
	free := uint64(0)
	for free < ways-1 && c.memo[at^free].tag != 0 {
		free++
	}
	for k := free; k > 0; k-- {
		c.memo[at^k] = c.memo[at^(k-1)]
	}
	return &c.memo[at]
}

// recall meets the cues of a token from memory, where it is there.
func (s *sifter) recall(i uint32, t token) bool {
	c := &s.cues
	m := c.known(t.hash ^ s.tongue.salt)
	if m == nil {
		return false
	}
	title := int(t.from) < s.sweep.body
	for _, cue := range m.cues {
		if cue == 0 {
			break
		}
		c.meet(cue-1, sweptUnit{i, i}, title)
	}
	return true
}

// remember keeps the cues that a token has met since.
func (s *sifter) remember(t token, met []cuePlace) {
	tag := t.hash ^ s.tongue.salt
	m := cueMemo{tag: tag}
	if len(met) > len(m.cues) {
		return
	}
	for i, place := range met {
		m.cues[i] = place.cue + 1
	}
	*s.cues.room(tag) = m
}

// meetCues meets the cues of a unit's keys, and gives their places.
func (s *sifter) meetCues(u sweptUnit, keys []uint64) []cuePlace {
	before := len(s.cues.at)
	table, tongue := &s.x.cues.table, s.tongue.bit
	for _, key := range keys {
		if !table.mayHold(key) {
			continue
		}
		list, n := table.first(key)
		for n != 0 {
			p := &list.posts[n-1]
			n = p.next.Load()
			if p.word&tongue != 0 {
				s.cues.meet(p.ref, u, int(s.sweep.tokens[u.first].from) < s.sweep.body)
			}
		}
	}
	return s.cues.at[before:]
}

// takeByCues takes the queries whose cues the text has. Lists lie all over memory: they are fetched side by side first,
// for each alone takes longer than to read it.
func (s *sifter) takeByCues() {
	c := &s.cues
	c.lists, c.sizes = c.lists[:0], c.sizes[:0]
	for _, sign := range c.signs {
		if list := s.x.cues.lists.get(sign); list != nil {
			c.lists = append(c.lists, list)
		}
	}
	for _, list := range c.lists {
		c.sizes = append(c.sizes, list.n)
	}
	for i, list := range c.lists {
		s.takePostings(list.few[:c.sizes[i]])
		s.takePostings(list.more)
	}
	clear(c.lists)
}

func (s *sifter) takePostings(list []cuePosting) {
	c := &s.cues
	for i := range list {
		p := &list[i]
		if p.sign != 0 && !c.has(p.sign-1) && !c.has(p.or-1) {
			continue
		}
		if p.program == 0 || s.x.cues.programs.run(p.program, c) {
			s.take(p.ref)
		}
	}
}

// startsOfCue adds the atoms at which a word that has a cue may stand in a field; false where the index does not know.
func (s *sifter) startsOfCue(w *word, f *field, list []int) ([]int, bool) {
	if !w.cued() {
		return list, false
	}
	from, to := s.tokensOf(f)
	c := &s.cues
	posts, n := s.x.cues.table.first(wordKey(w.joined.fold))
	for n != 0 {
		p := &posts.posts[n-1]
		n = p.next.Load()
		if !c.has(2 * p.ref) {
			continue
		}
		for i := c.heads[p.ref]; i != 0; i = c.at[i-1].next {
			if at := int(c.at[i-1].first); at >= from && at < to {
				list = append(list, at-from)
			}
		}
	}
	return list, true
}
