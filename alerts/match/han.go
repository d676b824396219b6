package match

import (
	"encoding/binary"
	"slices"
)

// A text in Han characters has a token for each, and nearly all of its keys are those of two characters. So both are made without a
// look at what else a word may be.

// isPlainHan tells of what stands at the beginning of p, of which there are four bytes, that it is a character of U+4E00 to U+9FFF. All
// of them are of one class and their own folds. No language has one among its function words.
func isPlainHan(p []byte) bool {
	x := binary.LittleEndian.Uint32(p)
	r := x&0x0F<<12 | x>>8&0x3F<<6 | x>>16&0x3F
	return x&0xC0C0F0 == 0x8080E0 && r-firstHan <= lastHan-firstHan
}

const bytesOfHan = 3

func areTwoPlainHan(p []byte) bool { return isPlainHan(p) && isPlainHan(p[bytesOfHan:]) }

// infoOfHan is that of the token of such a character.
const infoOfHan = bytesOfHan<<tokenSize | tokenChar | tokenWide | uint32(uncased)<<tokenShape | 1<<tokenFold

// isPlainHan tells the token of such a character, and nothing else: a mark may stand on it.
func (t token) isPlainHan(swept []byte) bool {
	return t.info>>tokenSize == bytesOfHan && isPlainHan(swept[t.from:])
}

// takeHan keeps the tokens of such characters from a byte on, but for the last before something else, and gives the byte of that.
func (z *sweep) takeHan(i int) int {
	p, tokens := z.swept, z.tokens
	for ; isPlainHan(p[i+bytesOfHan:]); i += bytesOfHan {
		tokens = append(tokens, token{^hashBytes(p, i, i+bytesOfHan, 0), uint32(i), infoOfHan}) //nolint:gosec // below maxSwept
	}
	z.wides += len(tokens) - len(z.tokens)
	z.tokens = tokens
	return i
}

// keysOfHan is keysOf of a character that is its own fold: in no language it has a stem, nor is it read otherwise.
func (s *sifter) keysOfHan(t token, keys []uint64) []uint64 {
	hash := hashBytes(s.sweep.swept, int(t.from), t.to(), smallLetters)
	keys = append(keys, salted(hash, saltKey))
	if s.topics {
		keys = append(keys, salted(hash, saltWord))
	}
	return keys
}

// keyOfTwo is that of the character at a token and the next, made anew for each Doc: there are so many pairs of them that to look for it
// takes longer.
func (s *sifter) keyOfTwo(i uint32) uint64 {
	if len(s.twos) == 0 {
		s.makeKeysOfTwo()
	}
	return s.twos[i]
}

// makeKeysOfTwo makes them all: side by side, as each is a chain of products.
func (s *sifter) makeKeysOfTwo() {
	tokens := s.sweep.tokens
	s.twos = slices.Grow(s.twos, len(tokens))[:len(tokens)]
	for _, i := range s.close {
		if a, b := tokens[i], tokens[i+1]; a.char() && b.char() {
			s.twos[i] = s.newKeyOfTwo(a, b)
		}
	}
}

func (s *sifter) newKeyOfTwo(a, b token) uint64 {
	if a.folded() && b.folded() && a.to() == int(b.from) && b.to()-int(a.from) <= maxHashed {
		return salted(hashBytes(s.sweep.swept, int(a.from), b.to(), smallLetters), saltKey)
	}
	first, second := s.fold(a), s.fold(b)
	s.buf = append(append(s.buf[:0], first...), second...)
	return salted(hashWord(s.buf), saltKey)
}
