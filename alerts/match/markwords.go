package match

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"
)

// markWords knows the function words that are ASCII by the hashes of their tokens, and the others as written.
type markWords struct {
	markers []marker
	maybe   [64]uint64 // a bit for each hash in slots
	hashes  [markSlots]uint64
	marks   [markSlots]uint32 // of hashes
	lanes   [markSlots]lanes  // the same
	wide    map[string]uint32
	begins  [16]uint64 // a bit for each first letter and length in wide
}

// markSlots is some twice as many as there are such words: the fewer, the more of them are at hand.
const markSlots = 1 << 10

// begin is the bit of a first letter and a length in runes.
func begin(first rune, length int) (word, bit uint32) {
	h := uint32(first)*31 + uint32(length)*271 //nolint:gosec // any number will do
	return h >> 6 & 15, h & 63
}

func newMarkWords(markers []marker) *markWords {
	w := &markWords{markers: markers, wide: map[string]uint32{}}
	for _, m := range markers {
		for word := range strings.FieldsSeq(m.words) {
			marks := traitsOf(word, markers).marks
			if !isSmallASCII(word) {
				w.wide[word] = marks
				at, bit := begin(firstRune(word), utf8.RuneCountInString(word))
				w.begins[at] |= 1 << bit
				continue
			}
			h := hashWord(word)
			w.maybe[h>>6&63] |= 1 << (h & 63)
			i := h >> 12 & (markSlots - 1)
			for w.hashes[i] != 0 && w.hashes[i] != h {
				i = (i + 1) & (markSlots - 1)
			}
			w.hashes[i], w.marks[i], w.lanes[i] = h, marks, lanesOf(marks)
		}
	}
	return w
}

// ofASCII are the marks of the word that a token of ASCII is.
func (w *markWords) ofASCII(hash uint64) uint32 {
	if i, ok := w.slotOf(hash); ok {
		return w.marks[i]
	}
	return 0
}

// slotOf is where a word is among hashes.
func (w *markWords) slotOf(hash uint64) (i uint64, ok bool) {
	for i = hash >> 12 & (markSlots - 1); w.hashes[i] != 0; i = (i + 1) & (markSlots - 1) {
		if w.hashes[i] == hash {
			return i, true
		}
	}
	return 0, false
}

// lanes count words of each of functionWords, in a byte for each, so that a word is added to all its languages at once.
type lanes [4]uint64

const maxLanes = 1<<8 - 1 // words that lanes have room for

func lanesOf(marks uint32) (l lanes) {
	for m := marks; m != 0; m &= m - 1 {
		i := bits.TrailingZeros32(m)
		l[i>>3] |= 1 << (i & 7 * 8)
	}
	return l
}

// add is written out, as it is called for every second word of a text.
func (l *lanes) add(o *lanes) {
	l[0] += o[0]
	l[1] += o[1]
	l[2] += o[2]
	l[3] += o[3]
}

// addLanes adds the words that lanes have counted.
func (t *tally) addLanes(l *lanes) {
	for i := range t.score {
		t.score[i] += int(l[i>>3] >> (i & 7 * 8) & 0xff)
	}
}

// traits are traitsOf a word.
func (w *markWords) traits(word string) traits {
	t := traitsOf(word, nil)
	t.marks = letterMarks(word, w.markers)
	if len(word) > utf8.UTFMax*maxFunctionWord {
		return t
	}
	length := utf8.RuneCountInString(word)
	if length > maxFunctionWord {
		return t
	}
	first := unicode.ToLower(firstRune(word))
	if at, bit := begin(first, length); first >= utf8.RuneSelf && w.begins[at]>>bit&1 == 0 {
		return t
	}
	if word = strings.ToLower(word); isSmallASCII(word) {
		t.marks |= w.ofASCII(hashWord(word))
	} else {
		t.marks |= w.wide[word]
	}
	return t
}
