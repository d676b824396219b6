package match

// Glances are what was seen in words that are not ASCII alone, whatever the language they are read in. Real text repeats its
// words.
type glances struct {
	entries []glance
	missed  int // words since it grew
}

// A glance is what a word says by itself, as it is written, and what else most words of a text are asked for, so that all of it comes
// with one look.
type glance struct {
	tag   uint64 // the token's hash
	trace trace  // of the unit that the word is alone, as it was when heard was what sifter.stampOf gives
	marks uint32 // of traits
	idle  uint32 // nothing comes of the word while sifter.stampOf gives this
	heard uint32
	fold  uint16 // the lowest bits of the hash of its fold
	info  uint8  // of the token, below its length
	flags uint8
}

const (
	glanced          = 1 << iota
	glancedCyrillic  // of traits
	glancedUkrainian // of traits
)

const (
	minGlances = 1 << 10
	maxGlances = 1 << 17 // 4 MiB
	glanceWays = 8       // words of one place, of which two are fetched together
)

// of is where a word is remembered, or may be in place of another.
func (l *glances) of(tag uint64) (place uint32, known bool) {
	at := tag >> 11 & uint64(len(l.entries)-1) //nolint:gosec // a length
	other := l.entries[at].tag ^ tag
	if two := at ^ (other|-other)>>63; l.entries[two].tag == tag { // the first, or else the second: nothing foretells which
		return uint32(two), true //nolint:gosec // at most maxGlances
	}
	for k := range uint64(glanceWays) {
		if e := &l.entries[at^k]; e.tag == tag || e.flags == 0 {
			return uint32(at ^ k), e.flags != 0 //nolint:gosec // at most maxGlances
		}
	}
	return uint32(at ^ tag>>40&(glanceWays-1)), false //nolint:gosec // at most maxGlances
}

// at is what was seen in a word for which place was found a while ago: nil where it was forgotten since, or place is none at all.
func (l *glances) at(place uint32, tag uint64) *glance {
	if int(place) >= len(l.entries) {
		return nil
	}
	if e := &l.entries[place]; e.tag == tag && e.flags != 0 {
		return e
	}
	return nil
}

// grow makes room when much was missed.
func (l *glances) grow() {
	l.missed++
	if l.missed > len(l.entries)/2 && len(l.entries) < maxGlances {
		old := l.entries
		l.entries, l.missed = make([]glance, min(maxGlances, 8*max(len(old), minGlances/8))), 0
		for _, e := range old {
			if e.flags != 0 {
				place, _ := l.of(e.tag)
				l.entries[place] = e
			}
		}
	}
}

// addSeen adds what was seen in a word.
func (t *tally) addSeen(e *glance) {
	if e.marks != 0 || e.flags&glancedCyrillic != 0 {
		t.add(traits{e.marks, e.flags&glancedCyrillic != 0, e.flags&glancedUkrainian != 0})
	}
}

// look looks at the tokens that are not ASCII alone and were not known by sight, and adds up the traits of the first of each field.
func (s *sifter) look(sum *tally) {
	tokens, body, marks := s.sweep.tokens, s.sweep.titled, s.x.marks()
	for _, i := range s.sweep.unseen {
		t := &tokens[i]
		if t.isPlainHan(s.sweep.swept) {
			t.info = infoOfHan
			continue
		}
		e := s.glance(i, marks)
		t.info |= uint32(e.info)
		if int(i) < min(body, guessAtoms) || int(i) >= body && int(i) < body+guessAtoms {
			sum.addSeen(e)
		}
	}
}

// glance looks at a token that is not ASCII alone, where it was not seen before.
func (s *sifter) glance(i uint32, marks *markWords) *glance {
	t := s.sweep.tokens[i]
	place, known := s.glances.of(t.hash)
	if !known {
		s.glances.grow()
		place, _ = s.glances.of(t.hash)
		raw := s.raw(t)
		e := glanceOf(t, raw, marks)
		s.lookAtFold(&e, raw)
		s.glances.entries[place] = e
	}
	s.sweep.places[i] = place
	return &s.glances.entries[place]
}

// glanced is what was seen in a token of the Doc, nil where that is ASCII alone or a character, or was forgotten since.
func (s *sifter) glanced(i uint32) *glance {
	t := s.sweep.tokens[i]
	if !t.wide() || t.char() {
		return nil
	}
	return s.glances.at(s.sweep.places[i], t.hash)
}

// stampOf is that of what is remembered in the Doc's tongue, in one of up to maxEpochs epochs of the index.
func (s *sifter) stampOf(epoch uint32) uint32 { return epoch<<epochBit | uint32(s.tongue.number) }

const (
	epochBit  = 7 // maxTongues is below 1 << 7
	maxEpochs = 1 << (32 - epochBit)
)

// nextEpoch begins one, from 1.
func (s *sifter) nextEpoch(epoch *uint32) {
	if *epoch++; *epoch == maxEpochs { // what was remembered so long ago is forgotten at last
		for i := range s.glances.entries {
			e := &s.glances.entries[i]
			e.idle, e.heard = 0, 0
		}
		*epoch = 1
	}
}

// lookASCII adds up the traits of the tokens that are ASCII alone, of the first of each field.
func (s *sifter) lookASCII(sum *tally) {
	marks, body := s.x.marks(), s.sweep.titled
	if 4*s.sweep.wides > 3*len(s.sweep.tokens) {
		s.lookAtFew(sum, marks, body)
		return
	}
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

// lookAtFew is lookASCII of a text of which most tokens are not ASCII.
func (s *sifter) lookAtFew(sum *tally, marks *markWords, body int) {
	for _, tokens := range [...][]token{s.sweep.tokens[:body], s.sweep.tokens[body:]} {
		for _, t := range tokens[:min(len(tokens), guessAtoms)] {
			if !t.wide() {
				sum.add(traits{marks: marks.ofASCII(t.hash)})
			}
		}
	}
}

// lookAtFold fills in what a word's fold says.
func (s *sifter) lookAtFold(e *glance, raw string) {
	var ok bool
	if s.buf, ok = letterFolds.word(raw, s.buf[:0]); !ok {
		s.buf = append(s.buf[:0], wordFold(raw)...)
	} else if string(s.buf) == raw {
		e.info |= 1 << tokenFold
	}
	e.fold = foldBits(hashWritten(s.buf))
}

// foldBits are those of a fold's hash by which words are told apart at first sight.
func foldBits(hash uint64) uint16 { return uint16(hash >> 8) } //nolint:gosec // some bits of it

// glanceOf is what a word says.
func glanceOf(word token, raw string, marks *markWords) glance {
	t := marks.traits(raw)
	e := glance{tag: word.hash, marks: t.marks, info: uint8(word.info&(tokenChar|tokenWide)) | uint8(shapeOf(raw))<<tokenShape, flags: glanced}
	if t.cyrillic {
		e.flags |= glancedCyrillic
	}
	if t.ukrainian {
		e.flags |= glancedUkrainian
	}
	return e
}
