package match

import (
	"sync/atomic"
	"unicode"
	"unicode/utf8"
)

// classes are those of classOf, and isMark beside them, looked up once a page of 256 runes.
type classes struct {
	pages [256]atomic.Pointer[[256]class]
}

// of is classOf(r).
func (c *classes) of(r rune) class {
	if r > 0xFFFF {
		return classOf(r)
	}
	page := c.pages[r>>8].Load()
	if page == nil {
		page = new([256]class)
		for k := range page {
			page[k] = classOf(r&^0xFF | rune(k))
		}
		c.pages[r>>8].Store(page)
	}
	return page[r&0xFF]
}

// isMark tells a mark, of which a word's end takes note where what else cannot be seen is left outside.
func isMark(r rune) bool { return unicode.IsMark(r) }

// joinsWord tells an apostrophe inside a Cyrillic word or an abbreviation mark inside a Hebrew one. last is the letter
// before it, rest what follows.
func joinsWord(last, r rune, rest []byte) bool {
	quote := r == '"' || r == '״'
	if !quote && !isApostrophe(r) {
		return false
	}
	next, _ := utf8.DecodeRune(rest)
	return !quote && unicode.Is(unicode.Cyrillic, last) && unicode.Is(unicode.Cyrillic, next) ||
		unicode.Is(unicode.Hebrew, last) && unicode.Is(unicode.Hebrew, next)
}
