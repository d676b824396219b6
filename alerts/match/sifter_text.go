package match

import "unicode/utf8"

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
	t.doc, t.stemmed, t.shaped, t.shapes, t.guided, t.placed, t.alone = d, false, false, 0, false, s.placed, t.alone[:0]
	t.base, t.language, t.stems, t.ears = s.tongue.text.base, s.tongue.text.language, s.tongue.text.stems, s.tongue.text.ears
	if len(t.lowered)+len(t.capitals) > 0 {
		clear(t.lowered)
		clear(t.capitals)
	}
	if t.known == nil {
		t.known, t.cued, t.stood = s.knownOf, s.startsOfCue, s.stoodIn
	}
	tokens := s.sweep.tokens
	split := s.titleTokens()
	s.split = split
	s.readField(t.fields[titleField], d.Title, tokens[:split], 0)
	s.readField(t.fields[textField], d.Text, tokens[split:], s.sweep.body)
	return t
}

// readField fills a field from its tokens; its first byte is number base of what was swept.
func (s *sifter) readField(f *field, src string, tokens []token, base int) {
	f.src, f.atoms, f.units = src, f.atoms[:0], f.units[:0]
	clear(f.joined)
	f.places.clear()
	byteAt, runeAt := 0, 0
	for i, t := range tokens {
		from, to := int(t.from)-base, t.to()-base
		raw := src[from:to]
		a := atom{from: from, to: to, char: t.char()}
		a.start = runeAt + runesIn(src[byteAt:from])
		if i > 0 {
			a.gap = gapOf(src[byteAt:from])
		}
		switch {
		case t.wide():
			a.end, a.fold, a.shape = a.start+utf8.RuneCountInString(raw), s.fold(t), t.shape()
		case raw[0] >= 'a' && isSmallASCII(raw):
			a.end, a.fold, a.shape = a.start+len(raw), raw, lower
		default:
			a.end, a.fold, a.shape = a.start+len(raw), s.fold(t), shapeOf(raw)
		}
		byteAt, runeAt = to, a.end
		f.atoms = append(f.atoms, a)
	}
	s.page.readField(f)
}

// knownOf are the keys of an atom, where it has no more than the sifter remembers, and stems where the text needs them.
func (s *sifter) knownOf(f *field, i int) []uint64 {
	if f.name == Text {
		i += s.split
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

// runesIn counts runes; most strings between words are one byte.
func runesIn(s string) int {
	if len(s) == 1 {
		return 1
	}
	return utf8.RuneCountInString(s)
}
