package match

import (
	"strings"
	"unicode/utf8"
)

// The keys of patterns and tokens are hashes of the words of Pattern.Lookup and Words; of beginnings, for prefix*.
const (
	saltKey    = 1
	saltPrefix = 2  // the first minPrefix letters
	saltWord   = 3  // for the words of topics: apart, for what is left of a name without its endings is soon another word
	saltWhole  = 4  // and syllables, for whole names of Hangul
	saltSound  = 15 // for the classes of a soundKey
	saltPair   = 16 // for two words by their sound
	saltEar    = 17 // and seven more, for one
	saltID     = 24 // for patterns
	saltPlain  = 25 // for first names of plain ones, and one more
	saltGroup  = 27 // for the names that share a surname
	saltJoined = 28 // for words of several atoms
)

func keyOf(word string) uint64   { return salted(hashWord(word), saltKey) }
func wordKey(word string) uint64 { return salted(hashWord(word), saltWord) }

// prefixKey is that of a word's beginning; 0 for a shorter word.
func prefixKey(word string) uint64 {
	end := 0
	for range minPrefix {
		if end == len(word) {
			return 0
		}
		_, size := utf8.DecodeRuneInString(word[end:])
		end += size
	}
	return salted(hashWord(word[:end]), saltPrefix)
}

// salted is never 0, which a table takes for no key.
func salted(h, salt uint64) uint64 { return max(1, mix(h, salt)) }

// A reading is what a token is looked up by.
type reading struct {
	tag    uint64 // the token's hash; 0 for none
	tongue uint8  // the number of the tongue in which keys are; 0 for none yet
	flags  uint8
	n      uint8      // of keys
	keys   [21]uint64 // the first of them beside all that, as they are fetched
	prefix uint64
}

const (
	readEmpty  = 1 << iota // folds to nothing: no word at all
	readMore               // has more keys than there is room for
	readPrefix             // has one
)

// setKeys takes down the keys of a word.
func (r *reading) setKeys(keys []uint64) {
	r.flags &^= readMore
	if len(keys) > len(r.keys) {
		r.flags |= readMore
	}
	r.n = uint8(copy(r.keys[:], keys)) //nolint:gosec // a few
}

func (r *reading) setPrefix(fold string) {
	if r.prefix = prefixKey(fold); r.prefix != 0 {
		r.flags |= readPrefix
	}
}

// A memo remembers the readings of the words that a goroutine has seen last. Real text repeats its words.
type memo struct {
	entries []reading
	missed  int
}

const (
	minMemo = 1 << 8
	maxMemo = 1 << 14 // 3 MiB
)

// of is where a hash is remembered, nil for nowhere.
func (m *memo) of(hash uint64) *reading {
	at := m.place(hash)
	for k := range uint64(2) {
		if r := &m.entries[at^k]; r.tag == hash {
			return r
		}
	}
	return nil
}

// room makes room for a hash, which is in its place from then on, in place of the one before the last there.
func (m *memo) room(hash uint64) *reading {
	m.miss()
	at := m.place(hash)
	m.entries[at^1] = m.entries[at]
	m.entries[at] = reading{tag: hash}
	return &m.entries[at]
}

func (m *memo) place(hash uint64) uint64 { return hash >> 7 & uint64(len(m.entries)-1) } //nolint:gosec // a length

// miss makes room when much was missed, and forgets everything then.
func (m *memo) miss() {
	m.missed++
	if m.missed > 2*len(m.entries) && len(m.entries) < maxMemo {
		m.entries = make([]reading, min(maxMemo, 8*len(m.entries)))
		m.missed = 0
	}
}

// isCommonWord tells words that nearly every text of their language has, folded: the last to choose a text by.
func isCommonWord(fold string) bool {
	return utf8.RuneCountInString(fold) < 2 || opensSentence(fold) || strings.Contains(commonWords, " "+fold+" ")
}

// commonWords are frequent in the news.
const commonWords = " the of and to in for on with at by from as is are was were be been has have had he she it they we you his her its their our this that " +
	"said say says new year years people government president minister country state world day week month time first last two three one more most other " +
	"man men woman women police party group leader leaders official officials news report reports million billion percent city house court law war " +
	"национальный год года году лет время сказал сказала заявил заявила президент президента министр страны страна россии россия люди человек " +
	"ano anos jahr jahre leute gobierno gouvernement regierung premier ministre presidente politique "
