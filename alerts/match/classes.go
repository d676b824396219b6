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

// An openPage is the page of classes that a reader has open: most runes stand on that of the one before.
type openPage struct {
	classes *classes
	page    *[256]class
	number  rune // -1 for none
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

// The syllables of Hangul, which fill many pages, and are letters all of them.
const (
	firstHangul = 0xAC00
	lastHangul  = 0xD7A3
)

// decode is utf8.DecodeRune, and the rune's classOf, quick where it has three bytes. At least so many stand there.
func (c *classes) decode(p []byte) (r rune, width int, in class) {
	if p[0] > 0xE0 && p[0] < 0xED && p[1]&0xC0 == 0x80 && p[2]&0xC0 == 0x80 {
		r, width = rune(p[0]&0x0F)<<12|rune(p[1]&0x3F)<<6|rune(p[2]&0x3F), 3
	} else {
		r, width = utf8.DecodeRune(p)
	}
	if r >= firstHangul && r <= lastHangul {
		return r, width, classWord
	}
	return r, width, c.of(r)
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
