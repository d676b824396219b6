package match

import "unicode/utf8"

// byteTraits are what a byte tells that stands before, behind or first in a token.
type byteTraits uint8

const (
	byteCloses    byteTraits = 1 << iota // behind it: the next token may be read with it as one word
	byteTouches                          // behind it: or if it is a character
	byteJoins                            // behind it: it may be a part of what has a capital
	byteJoined                           // before it, the same
	byteUncertain                        // first: neither a number nor a character nor an ASCII letter that is small
	byteSmall                            // first: such a letter
)

// traitsOfBytes are those of each byte.
func traitsOfBytes() (list [256]byteTraits) {
	for i := range list {
		c := byte(i)
		var t byteTraits
		switch {
		case c == '-', c == '\'', c == '`', c == '.', c >= utf8.RuneSelf: // see sifter.joins
			t |= byteCloses
		case c != ' ':
			t |= byteTouches
		}
		if !partsBehind(c) {
			t |= byteJoins
		}
		if !partsBefore(c) {
			t |= byteJoined
		}
		switch {
		case c >= 'a' && c <= 'z':
			t |= byteSmall
		case c >= 0xE4 && c <= 0xE9: // characters, which have no sound
		case c > '9':
			t |= byteUncertain
		}
		list[i] = t
	}
	return list
}

// partsBehind tells what a word ends before for certain.
func partsBehind(c byte) bool {
	switch c {
	case ' ', '\n', ',', '.', ':', ';', '?', '!', ')', 0:
		return true
	}
	return false
}

// partsBefore tells what a word begins behind for certain.
func partsBefore(c byte) bool {
	switch c {
	case ' ', '\n', '(', 0:
		return true
	}
	return false
}
