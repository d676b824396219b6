package match

import "unicode/utf8"

// joins tells that two tokens may be read as one word: see field.join.
func (s *sifter) joins(a, b token) bool {
	switch c := s.sweep.swept[a.to()]; {
	case c == '-', c == '\'', c == '`', c == '.':
	case c < utf8.RuneSelf:
		return false
	}
	if s.sweep.swept[a.to()+1] == ' ' {
		return false // as nearly all of those have it
	}
	if a.char() || b.char() || int(a.from) < s.sweep.body && int(b.from) >= s.sweep.body {
		return false
	}
	switch gapOf(s.between(a, b)) {
	case gapHyphen, gapApostrophe:
		return true
	case gapDot:
		return utf8.RuneCountInString(s.raw(a)) == 1 && utf8.RuneCountInString(s.raw(b)) == 1
	}
	return false
}

// between is what stands between two tokens of one field.
func (s *sifter) between(a, b token) string {
	if int(a.from) >= s.sweep.body {
		return s.doc.Text[a.to()-s.sweep.body : int(b.from)-s.sweep.body]
	}
	return s.doc.Title[a.to():b.from]
}

// joined is the fold of tokens i to j as one word.
func (s *sifter) joined(i, j int) string {
	s.joint = s.joint[:0]
	for _, t := range s.sweep.tokens[i : j+1] {
		s.joint = append(s.joint, s.fold(t)...)
	}
	return s.kept(s.joint)
}

// joinedUnit is tokens as one word, by its fold, read without what stands around it, till the next unit is.
func (s *sifter) joinedUnit(first, last int, fold string) unit {
	text := s.tongue.text
	text.alone = text.alone[:0]
	return text.joinedUnit(first, last, fold, uncased)
}
