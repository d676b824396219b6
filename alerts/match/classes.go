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

// An openPage is the page of classes that a reader has open beside that of ASCII: most runes stand on that of the one before.
type openPage struct {
	classes *classes
	ascii   *[256]class
	page    *[256]class
	number  rune // 0 for that of ASCII
}

func (c *classes) open() openPage {
	c.of(0)
	ascii := c.pages[0].Load()
	return openPage{c, ascii, ascii, 0}
}

// class is classOf(r).
func (o *openPage) class(r rune) class {
	if r>>8 == o.number {
		return o.page[r&0xFF]
	}
	return o.turn(r)
}

// turn is class of a rune below 0x10000 that is on another page.
func (o *openPage) turn(r rune) class {
	c := o.classes.of(r)
	o.page, o.number = o.classes.pages[r>>8].Load(), r>>8
	return c
}

// The syllables of Hangul, which fill many pages and are letters all of them, and as many characters.
const (
	firstHangul = 0xAC00
	lastHangul  = 0xD7A3
	firstHan    = 0x4E00
	lastHan     = 0x9FFF
)

// ofThree is class of a rune of three bytes.
func (o *openPage) ofThree(r rune) class {
	switch {
	case r >= firstHangul && r <= lastHangul:
		return classWord
	case r >= firstHan && r <= lastHan:
		return classChar
	}
	return o.class(r)
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
