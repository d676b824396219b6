package match

import (
	"slices"
	"unicode/utf8"
)

// textOf is the Doc that is sifted, read once.
func (s *sifter) textOf(d Doc) *text {
	if s.paged {
		return &s.page
	}
	t := s.text(d)
	s.paged = t == &s.page
	return t
}

// text is the Doc, read from the tokens that are there already: what read makes, but for stems. It serves until the
// sifter reads another.
func (s *sifter) text(d Doc) *text {
	if len(d.Title)+len(d.Text) > maxSwept {
		return read(d)
	}
	t := &s.page
	if t.fields == nil {
		t.fields = []*field{{name: Title}, {name: Text}}
	}
	t.doc, t.stemmed, t.shaped, t.shapes, t.guided, t.placed = d, false, false, 0, false, s.placed
	t.room.empty()
	t.base, t.language, t.stems, t.ears = s.tongue.text.base, s.tongue.text.language, s.tongue.text.stems, s.tongue.text.ears
	if len(t.lowered)+len(t.capitals) > 0 {
		clear(t.lowered)
		clear(t.capitals)
	}
	if t.known == nil {
		t.known, t.cued, t.stood = s.knownOf, s.startsOfCue, s.stoodIn
	}
	tokens := s.sweep.tokens
	split := s.sweep.titled
	s.readField(t.fields[titleField], d.Title, tokens[:split], 0)
	s.readField(t.fields[textField], d.Text, tokens[split:], s.sweep.body)
	return t
}

// A sieved field is one whose atoms are read from a sifter's tokens, those that somebody asks for alone.
type sieved struct {
	tokens  []token
	base    int   // the byte of what was swept at which the field begins
	touched []int // atoms that were read, and units
	counted []int // runes before every countedAtoms-th atom, as far as somebody asked
}

// readField makes a field ready; its first byte is number base of what was swept.
func (s *sifter) readField(f *field, src string, tokens []token, base int) {
	clear(f.units[min(len(f.atoms), len(f.units)):])
	for _, i := range f.touched {
		f.atoms[i], f.units[i] = atom{}, unit{}
	}
	f.src, f.tokens, f.base, f.touched, f.counted, f.lead, f.sifted = src, tokens, base, f.touched[:0], f.counted[:0], 0, s
	f.atoms = slices.Grow(f.atoms[:0], len(tokens))[:len(tokens)]
	f.places.clear()
	s.page.openField(f)
}

// joinAll is field.join of all atoms of a field that may be joined to the next.
func (s *sifter) joinAll(f *field) {
	from, to := s.tokensOf(f)
	first, _ := slices.BinarySearch(s.close, uint32(from)) //nolint:gosec // fewer than bytes
	for _, i := range s.close[first:] {
		k := int(i) - from
		if from+k+1 >= to {
			return
		}
		if f.joinsNext(k) {
			f.join(k)
		}
	}
}

// readAtom reads an atom. Its runes are counted from its own start.
func (s *sifter) readAtom(f *field, i int) {
	t := f.tokens[i]
	from, to := int(t.from)-f.base, t.to()-f.base
	raw := f.src[from:to]
	a := &f.atoms[i]
	a.from, a.to, a.char = from, to, t.char()
	if i > 0 {
		before := f.tokens[i-1]
		a.gap = gapAfter(f.src[int(before.from)-f.base:before.to()-f.base], f.src[before.to()-f.base:from])
	}
	switch {
	case t.wide():
		a.end, a.fold, a.shape = f.runesIn(from, to), s.fold(t), t.shape()
	case raw[0] >= 'a' && isSmallASCII(raw):
		a.end, a.fold, a.shape = len(raw), raw, lower
	default:
		a.end, a.fold, a.shape = len(raw), s.fold(t), shapeOf(raw)
	}
	f.touched = append(f.touched, i)
}

// countedAtoms is how many atoms are counted anew at most.
const countedAtoms = 8

// runesBefore counts the runes before an atom. Evidence stands here and there in a text, in no order.
func (f *field) runesBefore(i int) int {
	if f.sifted.sweep.high == 0 {
		return f.tokenAt(i)
	}
	for k := len(f.counted) * countedAtoms; k <= i; k += countedAtoms {
		runes, from := 0, 0
		if k > 0 {
			runes, from = f.counted[len(f.counted)-1], f.tokenAt(k-countedAtoms)
		}
		f.counted = append(f.counted, runes+f.runesIn(from, f.tokenAt(k)))
	}
	k := i / countedAtoms
	return f.counted[k] + f.runesIn(f.tokenAt(k*countedAtoms), f.tokenAt(i))
}

// runesIn counts the runes that begin in some bytes of the field.
func (f *field) runesIn(from, to int) int {
	z := &f.sifted.sweep
	if z.broken {
		return utf8.RuneCountInString(f.src[from:to])
	}
	return runesIn(z.swept, f.base+from, f.base+to)
}

// tokenAt is the byte at which an atom begins.
func (f *field) tokenAt(i int) int { return int(f.tokens[i].from) - f.base }

// hasHangul tells that a word of the field begins with a letter of Hangul, or of what stands beside it in Unicode.
func (f *field) hasHangul() bool {
	mayFold := func(t token) bool { // what is written in two bytes folds to no Hangul, nor do the scripts of India
		first := f.src[int(t.from)-f.base]
		return first > 0xE0 || first == '_' // which no fold has
	}
	if f.sifted != nil && !slices.ContainsFunc(f.tokens, mayFold) {
		return false
	}
	for i := range f.atoms {
		if first := f.atom(i).fold[0]; first >= 0xEA && first <= 0xED {
			return true
		}
	}
	return false
}

// knownOf are the keys of an atom, where it has no more than the sifter remembers, and stems where the text needs them.
func (s *sifter) knownOf(f *field, i int) []uint64 {
	if f.name == Text {
		i += s.sweep.titled
	}
	t := s.sweep.tokens[i]
	if t.char() || s.page.stemmed && !s.tongue.text.stemmed {
		return nil
	}
	if r := s.read(t); r.flags&readMore == 0 {
		return r.keys[:r.n]
	}
	return nil
}

// seemsCapital is capitalAt an atom, as far as a look tells.
func (f *field) seemsCapital(i int) (is, sure bool) {
	t := f.tokens[i]
	switch c, to := f.src[int(t.from)-f.base], t.to()-f.base; {
	case c >= 'A' && c <= 'Z':
		return true, true
	case c >= 'a' && c <= 'z':
		return false, to < len(f.src) && f.src[to] == ' '
	}
	return false, false
}

// spaced tells that a space and nothing else stands between an atom and the one before it.
func (f *field) spaced(i int) bool {
	to := f.tokens[i-1].to()
	return int(f.tokens[i].from) == to+1 && f.src[to-f.base] == ' '
}
