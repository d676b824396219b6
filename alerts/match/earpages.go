package match

// earPages are the words of ears by their numbers, some of them in one string: as things of their own they would take four
// times as much. One goroutine at a time puts, any number get: a page does not change, another takes its place.
type earPages struct {
	pages numbered[earPage]
	used  uint32 // pages; for who puts alone
}

// earsOnPage is how many words there are on a page: to put one costs copying the others.
const earsOnPage = 32

// An earPage is words, each behind a byte of what kind of word it is; one that was taken out has neither.
type earPage struct {
	text string
	ends [earsOnPage]uint32
}

// The bits of a word's first byte, above one that is always there.
const (
	earThere   = 1
	earSurname = 2
	earLoose   = 4
)

// word is what stands in a place, "" for nothing.
func (p *earPage) word(place uint32) string {
	from := uint32(0)
	if place > 0 {
		from = p.ends[place-1]
	}
	return p.text[from:p.ends[place]]
}

// get gives the word of a number that was put; false where it was taken out.
func (e *earPages) get(n uint32) (w earWord, ok bool) {
	s := e.pages.get(n / earsOnPage).word(n % earsOnPage)
	if s == "" {
		return earWord{}, false
	}
	return earWord{s[1:], s[0]&earSurname != 0, s[0]&earLoose != 0}, true
}

// put puts a word in the place of a number, at most one more than the highest before.
func (e *earPages) put(n uint32, w earWord) {
	kind := byte(earThere)
	if w.surname {
		kind |= earSurname
	}
	if w.loose {
		kind |= earLoose
	}
	e.set(n, string(rune(kind))+w.written)
}

// drop takes a word out.
func (e *earPages) drop(n uint32) { e.set(n, "") }

func (e *earPages) set(n uint32, s string) {
	if n/earsOnPage == e.used {
		e.pages.put(e.used, &earPage{})
		e.used++
	}
	old, place := e.pages.get(n/earsOnPage), n%earsOnPage
	p := *old
	from := uint32(0)
	if place > 0 {
		from = old.ends[place-1]
	}
	p.text = old.text[:from] + s + old.text[old.ends[place]:]
	change := uint32(len(s)) - uint32(len(old.word(place))) //nolint:gosec // a page is short
	for i := place; i < earsOnPage; i++ {
		p.ends[i] += change
	}
	e.pages.put(n/earsOnPage, &p)
}
