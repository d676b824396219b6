package match

import (
	"strings"
	"unicode/utf8"
)

// Of a surname that stands without its first name here, what stands beside it may say that it is another bearer's.

// ofAnother tells that the words before the surname name another bearer of it: Melania Trump, M. Trump. first is the
// surname's beginning with its particles, i without.
func (n *name) ofAnother(t *text, f *field, first, i int, set cases) bool {
	if first == 0 || !f.linked(first) || f.atom(first).gap == gapApostrophe {
		return false
	}
	before := f.atom(first - 1)
	if f.isInitial(first - 1) {
		return !set.foreign() || !n.initialHeard(t, f, first-1)
	}
	if !f.couldBeName(first-1) || n.owns(t, f, first-1, set) {
		return false
	}
	if f.atom(first).gap == gapHyphen {
		return false
	}
	if before.shape == upper && f.atom(i).shape != upper {
		return false // USA Trump
	}
	if t.isLowered(before.fold) || t.opensSentence(before.fold) {
		return false
	}
	if f.headline() && len(t.fields[textField].atoms) >= telling && !t.isCapital(before.fold) {
		return false // Kremlin Says Putin Ready
	}
	if set.foreign() && set&asIs != 0 {
		set = nominative // В Кремле Путин: what is heard has no other ending
	}
	return casesOf(before.fold)&set != 0
}

// ofAnotherInDots tells that one name of characters and a dot stand before the one at an atom: 布丽吉特·马克龙. Where there are two, the first may
// be the watch's: 弗拉基米尔·弗拉基米罗维奇·普京.
func (f *field) ofAnotherInDots(first int) bool {
	if first == 0 || f.atom(first).gap != gapHyphen || !f.atom(first).char || !f.atom(first-1).char {
		return false
	}
	for i := first - 1; i > max(0, first-maxBefore) && f.atom(i).char && f.linked(i); i-- {
		if f.atom(i).gap == gapHyphen {
			return false
		}
	}
	return true
}

// telling is how many words a text must have to show which of its headline's words are names.
const telling = 30

// ofAnotherBehind tells that another given name and patronymic, or other initials, follow the surname.
func (n *name) ofAnotherBehind(t *text, f *field, end int, set cases) bool {
	if !f.linked(end) || n.owns(t, f, end, anyCase) {
		return false
	}
	if f.isInitial(end) {
		if set.foreign() && n.initialHeard(t, f, end) {
			return false
		}
		return end+1 < len(f.atoms) && f.linked(end+1) && f.isInitial(end+1) && (len(n.given) == 0 || !n.given[0].initialAt(f, end))
	}
	if t.givenInHungarian(f, end) {
		return true
	}
	if f.atom(end).shape != capital || f.atom(end).gap != gapSpace {
		return false
	}
	return f.calls(end, callsPatronymic) || f.linked(end+1) && f.atom(end+1).shape == capital && f.calls(end+1, callsPatronymic)
}

// initialHeard tells that the initial at an atom begins as the watch's first name sounds: В. for Vladimir.
func (n *name) initialHeard(t *text, f *field, i int) bool {
	if len(n.given) == 0 {
		return false // see sifter.tell
	}
	h, heard := n.given[0].parts[0].ear, t.heard(f.atom(i).fold)
	return h != nil && heard != nil && h.script != heard.script && h.phones[0].is&heard.phones[0].is != 0
}

// owns tells that atom i is one of the watch's own words: Vladimir, López in López Obrador; but Martina before Schulz is
// no genitive of Martin.
func (n *name) owns(t *text, f *field, i int, set cases) bool {
	last, _ := utf8.DecodeLastRuneInString(f.atom(i).fold)
	for k := range n.given {
		if c, ok := n.given[k].joined.fitsAtom(t, f, i); ok && (agree(c, set) || !strings.ContainsRune("aeoая", last)) {
			return true
		}
		if n.given[k].initialAt(f, i) {
			return true
		}
	}
	return n.ownsEnd(t, f, i)
}
