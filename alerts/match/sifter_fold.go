package match

import "strings"

// maxFolds bounds the words whose folds are remembered.
const maxFolds = 1 << 14

// fold is wordFold of a token.
func (s *sifter) fold(t token) string {
	raw := s.raw(t)
	if t.folded() || isSmallASCII(raw) {
		return raw
	}
	if s.folds == nil {
		s.folds = make([]foldedToken, maxFolds)
	}
	for k := range uint64(ways) {
		if at := &s.folds[t.hash>>11&(maxFolds-1)^k]; at.hash == t.hash {
			return at.fold
		}
	}
	var ok bool
	var fold string
	if s.buf, ok = letterFolds.word(raw, s.buf[:0]); ok {
		fold = s.kept(s.buf)
	} else {
		fold = strings.Clone(wordFold(raw))
	}
	place := t.hash >> 11 & (maxFolds - 1)
	free := uint64(0)
	for free < ways-1 && s.folds[place^free].hash != 0 {
		free++
	}
	s.folds[place^free] = foldedToken{t.hash, fold}
	return fold
}

// kept is a fold as a string: the one there is already, where another word had its place.
func (s *sifter) kept(fold []byte) string {
	if f, ok := s.spellings[string(fold)]; ok {
		return f
	}
	if s.spellings == nil || len(s.spellings) >= maxFolds {
		s.spellings = map[string]string{}
	}
	f := string(fold)
	s.spellings[f] = f
	return f
}

type foldedToken struct {
	hash uint64
	fold string
}

// isParticle tells a token that is a particle. It does not ask for the fold of a short word that is ASCII.
func (s *sifter) isParticle(t token) bool {
	var small [8]byte
	raw := ""
	if !t.wide() {
		raw = s.raw(t)
	}
	if raw == "" || len(raw) > len(small) || strings.IndexByte(raw, '_') >= 0 { // which no fold has
		return isParticle(s.fold(t))
	}
	for i := range len(raw) {
		small[i] = raw[i] | 0x20
	}
	return isParticle(string(small[:len(raw)]))
}

// isSmallASCII tells a word that is its own fold.
func isSmallASCII(word string) bool {
	for i := range len(word) {
		if c := word[i]; c < '0' || c > 'z' || c > '9' && c < 'a' {
			return false
		}
	}
	return true
}
