package match

import "unicode/utf8"

// joins tells that two tokens may be read as one word: see field.join.
func (s *sifter) joins(a, b token) bool {
	c := s.sweep.swept[a.to()]
	switch {
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
	if int(b.from) == a.to()+1 && c != '.' && c < utf8.RuneSelf {
		return true
	}
	switch s.gapBetween(a, b) {
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

// gapBetween is what stands between two tokens of a field, the one behind the other.
func (s *sifter) gapBetween(a, b token) gap { return gapAfter(s.raw(a), s.between(a, b)) }

// eachJoined calls yield with the units that token i and those behind it are as one word.
func (s *sifter) eachJoined(i int, yield func(u sweptUnit, hash uint64)) {
	tokens := s.sweep.tokens
	hash := tokens[i].hash
	for j := i + 1; j < len(tokens) && j < i+maxJoined && s.joins(tokens[j-1], tokens[j]); j++ {
		hash = ^mix(hash, tokens[j].hash)
		yield(sweptUnit{uint32(i), uint32(j)}, hash) //nolint:gosec // fewer than bytes
	}
}

// keysOfJoined adds the keys of a unit of several tokens with a hash.
func (s *sifter) keysOfJoined(u sweptUnit, hash uint64, keys []uint64) []uint64 {
	i, j := int(u.first), int(u.last)
	r := s.known(hash)
	if r.tongue != s.tongue.number {
		fold := s.joined(i, j)
		unit := s.joinedUnit(i, j, fold)
		r.tongue = s.tongue.number
		s.setKeys(r, &unit)
		r.setPrefix(fold)
	}
	if r.flags&readMore != 0 {
		unit := s.joinedUnit(i, j, s.joined(i, j))
		keys = s.unitKeys(&unit, keys)
	} else {
		keys = append(keys, r.keys[:r.n]...)
	}
	if r.flags&readPrefix != 0 {
		keys = append(keys, r.prefix)
	}
	return keys
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
	text.room.empty()
	return text.joinedUnit(first, last, fold, uncased)
}
