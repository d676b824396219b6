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
)

// of is where a word is remembered, or may be in place of another.
func (l *glances) of(tag uint64) *glance {
	at := tag >> 11 & uint64(len(l.entries)-1) //nolint:gosec // a length
	for k := range uint64(ways) {
		if e := &l.entries[at^k]; e.tag == tag || e.flags == 0 {
			return e
		}
	}
	return &l.entries[at^tag>>40&(ways-1)]
}

// grow makes room when much was missed, and forgets everything then.
func (l *glances) grow() {
	l.missed++
	if l.missed > len(l.entries) && len(l.entries) < maxGlances {
		l.entries, l.missed = make([]glance, min(maxGlances, 8*max(len(l.entries), minGlances/8))), 0
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
		if !t.wide() {
			continue
		}
		e := l.of(t.hash)
		if e.tag != t.hash || e.flags == 0 {
			l.grow()
			e = l.of(t.hash)
			*e = glanceOf(t.hash, s.raw(*t), marks)
			if s.isFolded(s.raw(*t)) {
				e.flags |= glancedFolded
			}
		}
		t.info |= uint32(e.shape)<<tokenShape | uint32(e.flags&glancedFolded)/glancedFolded<<tokenFold
		if counts := i < min(body, guessAtoms) || i >= body && i < body+guessAtoms; counts && (e.marks != 0 || e.flags&glancedCyrillic != 0) {
			sum.add(traits{e.marks, e.flags&glancedCyrillic != 0, e.flags&glancedUkrainian != 0})
		}
	}
}

// lookASCII adds up the traits of the tokens that are ASCII alone, of the first of each field. Which may be function words is found
// out first, without a branch, for nothing foretells it.
func (s *sifter) lookASCII(sum *tally) {
	marks, body := s.x.marks(), s.titleTokens()
	for _, tokens := range [...][]token{s.sweep.tokens[:body], s.sweep.tokens[body:]} {
		tokens = tokens[:min(len(tokens), guessAtoms)]
		for len(tokens) > 0 {
			some := tokens[:min(len(tokens), maxLanes)]
			tokens = tokens[len(some):]
			maybe, n := &s.maybe, 0
			for i := range some {
				hash := some[i].hash
				maybe[n] = hash
				n += int(marks.maybe[hash>>6&63] >> (hash & 63) & 1)
			}
			var sums lanes
			for _, hash := range maybe[:n] {
				if i, ok := marks.slotOf(hash); ok {
					sums.add(&marks.lanes[i])
				}
			}
			sum.addLanes(&sums)
		}
	}
}

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
