package match

// Glances are what was seen in words that are not ASCII alone, whatever the language they are read in. Real text repeats its
// words.
type glances struct {
	entries []glance
	missed  int // words since it grew
}

// A glance is what a word says by itself, as it is written.
type glance struct {
	tag   uint64 // the token's hash
	marks uint32 // of traits
	shape shape
	flags uint8
	fold  uint16 // the lowest bits of the hash of its fold
}

const (
	glanced          = 1 << iota
	glancedCyrillic  // of traits
	glancedUkrainian // of traits
	glancedFolded    // the word is its own fold
)

const (
	minGlances = 1 << 10
	maxGlances = 1 << 17 // 2 MiB
	glanceWays = 8       // words of one place, of which half are fetched together
)

// of is where a word is remembered, or may be in place of another.
func (l *glances) of(tag uint64) *glance {
	at := tag >> 11 & uint64(len(l.entries)-1) //nolint:gosec // a length
	for k := range uint64(glanceWays) {
		if e := &l.entries[at^k]; e.tag == tag || e.flags == 0 {
			return e
		}
	}
	return &l.entries[at^tag>>40&(glanceWays-1)]
}

// foldOf are the bits of a word's fold, where they are remembered.
func (l *glances) foldOf(tag uint64) (fold uint16, ok bool) {
	e := l.of(tag)
	return e.fold, e.tag == tag && e.flags != 0
}

// grow makes room when much was missed.
func (l *glances) grow() {
	l.missed++
	if l.missed > len(l.entries)/2 && len(l.entries) < maxGlances {
		old := l.entries
		l.entries, l.missed = make([]glance, min(maxGlances, 8*max(len(old), minGlances/8))), 0
		for _, e := range old {
			if e.flags != 0 {
				*l.of(e.tag) = e
			}
		}
	}
}

// look finds out the shapes of the tokens that are not ASCII alone, and adds up the traits of the first of each field.
func (s *sifter) look(sum *tally) {
	if !s.sweep.wide {
		return
	}
	l, marks, tokens := &s.glances, s.x.marks(), s.sweep.tokens
	body := s.titleTokens()
	for i := range tokens {
		t := &tokens[i]
		switch {
		case !t.wide():
			continue
		case t.char() && s.isPlainHan(*t):
			t.info |= uint32(uncased)<<tokenShape | 1<<tokenFold
			continue
		}
		e := l.of(t.hash)
		if e.tag != t.hash || e.flags == 0 {
			l.grow()
			e = l.of(t.hash)
			*e = glanceOf(t.hash, s.raw(*t), marks)
			s.lookAtFold(e, s.raw(*t))
		}
		t.info |= uint32(e.shape)<<tokenShape | uint32(e.flags&glancedFolded)/glancedFolded<<tokenFold
		if counts := i < min(body, guessAtoms) || i >= body && i < body+guessAtoms; counts && (e.marks != 0 || e.flags&glancedCyrillic != 0) {
			sum.add(traits{e.marks, e.flags&glancedCyrillic != 0, e.flags&glancedUkrainian != 0})
		}
	}
}

// isPlainHan tells of a character of a script without spaces that it is one of U+5000 to U+9FFF, as its first byte tells: they are their
// own folds, and no language has one among its function words.
func (s *sifter) isPlainHan(t token) bool {
	first := s.sweep.swept[t.from]
	return first > 0xE4 && first <= 0xE9 && t.to() == int(t.from)+3
}

// lookASCII adds up the traits of the tokens that are ASCII alone, of the first of each field.
func (s *sifter) lookASCII(sum *tally) {
	marks, body := s.x.marks(), s.titleTokens()
	var l lanes
	room := maxLanes
	for _, tokens := range [...][]token{s.sweep.tokens[:body], s.sweep.tokens[body:]} {
		tokens = tokens[:min(len(tokens), guessAtoms)]
		for len(tokens) > 0 {
			if room == 0 {
				sum.addLanes(&l)
				l, room = lanes{}, maxLanes
			}
			some := tokens[:min(len(tokens), room)]
			tokens, room = tokens[len(some):], room-len(some)
			marks.tally(&l, some, &s.maybe)
		}
	}
	sum.addLanes(&l)
}

// lookAtFold fills in what a word's fold says.
func (s *sifter) lookAtFold(e *glance, raw string) {
	var ok bool
	if s.buf, ok = s.x.folds.word(raw, s.buf[:0]); !ok {
		s.buf = append(s.buf[:0], wordFold(raw)...)
	} else if string(s.buf) == raw {
		e.flags |= glancedFolded
	}
	e.fold = foldBits(hashWritten(s.buf))
}

// foldBits are those of a fold's hash by which words are told apart at first sight.
func foldBits(hash uint64) uint16 { return uint16(hash >> 8) } //nolint:gosec // some bits of it

// glanceOf is what a word says.
func glanceOf(tag uint64, raw string, marks *markWords) glance {
	t := marks.traits(raw)
	e := glance{tag: tag, marks: t.marks, shape: shapeOf(raw), flags: glanced}
	if t.cyrillic {
		e.flags |= glancedCyrillic
	}
	if t.ukrainian {
		e.flags |= glancedUkrainian
	}
	return e
}

// titleTokens counts the tokens of the title.
func (s *sifter) titleTokens() int {
	n := 0
	for n < len(s.sweep.tokens) && int(s.sweep.tokens[n].from) < s.sweep.body {
		n++
	}
	return n
}
