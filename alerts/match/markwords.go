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
	maybe   [markPlaces / 64]uint64 // a bit for each place that is taken, as that is soon at hand
	places  [markPlaces]uint16      // of a hash's bits: one of words that has them; 0 for none
	words   []markWord              // the first is none
	wide    map[string]uint32
	begins  [16]uint64 // a bit for each first letter and length in wide
}

// A markWord is a function word that is ASCII.
type markWord struct {
	hash  uint64
	lanes lanes // of marks
	marks uint32
	next  uint16 // one that has the same place; 0 for none
}

// markPlaces is some twenty times as many as there are such words: the more, the fewer other words have the place of one.
const markPlaces = 1 << 13

// begin is the bit of a first letter and a length in runes.
func begin(first rune, length int) (word, bit uint32) {
	h := uint32(first)*31 + uint32(length)*271 //nolint:gosec // any number will do
	return h >> 6 & 15, h & 63
}

func newMarkWords(markers []marker) *markWords {
	w := &markWords{markers: markers, words: make([]markWord, 1), wide: map[string]uint32{}}
	for _, m := range markers {
		for word := range strings.FieldsSeq(m.words) {
			marks := traitsOf(word, markers).marks
			if !isSmallASCII(word) {
				w.wide[word] = marks
				at, bit := begin(firstRune(word), utf8.RuneCountInString(word))
				w.begins[at] |= 1 << bit
				continue
			}
			w.put(hashWord(word), marks)
		}
	}
	return w
}

func (w *markWords) put(hash uint64, marks uint32) {
	if w.ofASCII(hash) != 0 {
		return
	}
	at := markPlace(hash)
	place := &w.places[at]
	w.maybe[at>>6] |= 1 << (at & 63)
	w.words = append(w.words, markWord{hash: hash, lanes: lanesOf(marks), marks: marks, next: *place})
	*place = uint16(len(w.words) - 1) //nolint:gosec // a few hundred
}

func markPlace(hash uint64) uint64 { return hash >> 12 & (markPlaces - 1) }

// ofASCII are the marks of the word that a token of ASCII is.
func (w *markWords) ofASCII(hash uint64) uint32 {
	for i := w.places[markPlace(hash)]; i != 0; i = w.words[i].next {
		if w.words[i].hash == hash {
			return w.words[i].marks
		}
	}
	return 0
}

// tally adds to lanes the words that tokens of ASCII are. Which of them may be function words is found out first. Nothing foretells
// what is one, so no branch depends on it.
func (w *markWords) tally(l *lanes, tokens []token, maybe *[maxLanes]uint64) {
	n := 0
	for i := range tokens {
		hash := tokens[i].hash
		at := markPlace(hash)
		maybe[n] = hash
		n += int(w.maybe[at>>6] >> (at & 63) & 1)
	}
	sum := *l
	for _, hash := range maybe[:n] {
		for i := w.places[markPlace(hash)]; i != 0; i = w.words[i].next {
			word := &w.words[i]
			sum.add(&word.lanes, -(zeroBit(word.hash^hash) >> 63))
		}
	}
	*l = sum
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

// add is written out, as it is called for every second word of a text. It adds what the mask leaves.
func (l *lanes) add(o *lanes, mask uint64) {
	l[0] += o[0] & mask
	l[1] += o[1] & mask
	l[2] += o[2] & mask
	l[3] += o[3] & mask
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
	var room [2 * utf8.UTFMax * maxFunctionWord]byte
	small := room[:0]
	for _, r := range word {
		small = utf8.AppendRune(small, unicode.ToLower(r))
	}
	if isSmallASCII(string(small)) {
		t.marks |= w.ofASCII(hashWord(string(small)))
	} else {
		t.marks |= w.wide[string(small)]
	}
	return t
}
