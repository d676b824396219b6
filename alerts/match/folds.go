package match

import (
	"sync/atomic"
	"unicode"
	"unicode/utf8"
)

// folds are what wordFold makes of single letters, by pages of 256 runes. A word of such letters alone folds letter by
// letter: none of them combines with another.
type folds struct {
	pages [256]atomic.Pointer[[256]letterFold]
}

// letterFolds are those that all indexes share.
var letterFolds folds //nolint:gochecknoglobals // what a letter folds to does not change

// foldInto adds wordFold of a word to buf: most words take no other memory for it.
func foldInto(raw string, buf []byte) []byte {
	n := len(buf)
	if buf, ok := letterFolds.word(raw, buf); ok {
		return buf
	}
	return append(buf[:n], wordFold(raw)...)
}

// A letterFold is up to 7 bytes; none is for what does not stand alone.
type letterFold struct {
	n     uint8
	bytes [7]byte
}

// word adds the fold of a word to buf; false where it is not of single letters.
func (f *folds) word(raw string, buf []byte) ([]byte, bool) {
	latin, cyrillic := false, false
	for i := 0; i < len(raw); {
		r, size := rune(raw[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(raw[i:])
		}
		if !standsAlone(r) {
			return buf, false
		}
		page := f.pages[r>>8].Load()
		if page == nil {
			page = newFoldPage(r &^ 0xFF)
			f.pages[r>>8].Store(page)
		}
		l := &page[r&0xFF]
		if l.n == 0 {
			return buf, false
		}
		latin = latin || 'a' <= l.bytes[0] && l.bytes[0] <= 'z'
		cyrillic = cyrillic || r >= 0x400 && r < 0x530
		if latin && cyrillic {
			return buf, false // see oneAlphabet
		}
		buf = append(buf, l.bytes[:l.n]...)
		i += size
	}
	return buf, true
}

// standsAlone tells the letters that Unicode never composes with a letter behind them: of Latin, Greek, Cyrillic,
// Armenian, Hebrew and Arabic, Hangul syllables, Chinese characters.
func standsAlone(r rune) bool {
	return r < 0x700 || r >= 0x4E00 && r < 0xA000 || r >= 0xAC00 && r < 0xD7A4
}

func newFoldPage(first rune) *[256]letterFold {
	page := new([256]letterFold)
	for k := range page {
		r := first + rune(k)
		if !standsAlone(r) || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		fold := wordFold(string(r))
		plain := len(fold) > 0 && len(fold) <= 7
		for _, c := range fold {
			plain = plain && standsAlone(c) && !unicode.IsMark(c)
		}
		if plain {
			page[k].n = uint8(copy(page[k].bytes[:], fold)) //nolint:gosec // below 8
		}
	}
	return page
}
