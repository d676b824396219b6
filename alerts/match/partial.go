package match

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Newspapers leave out middle names and second surnames: Joseph Biden is Joseph Robinette Biden, and Nicolás Maduro is Nicolás Maduro Moros. Of a name
// without a comma nobody can tell which of its words those are, and what is left may be another's: Marco Antonio is not Marco Antonio Rubio. So
// where a text has a part of a watch's name that is a near miss, and who writes such a name is asked to say what newspapers print.

// maxPartials is how many parts of a name are looked for.
const maxPartials = 5

// asPartials tells whether a name is long, and gives its parts: two words of a name, in their order, of which the second is not its surname: Nicolás Maduro of Nicolás Maduro Moros, Daniel
// Ortega of José Daniel Ortega Saavedra. What has its surname is told by that: see partBeside.
func asPartials(n *name) []*name {
	groups := n.givenGroups()
	n.long = len(groups) > 1 && !n.isEastAsian() || slices.ContainsFunc(n.particles, isKinship)
	if len(groups) < 2 || !n.long {
		return nil
	}
	var all []*name
	for first := range groups[:min(2, len(groups)-1)] {
		for _, last := range groups[first+1:] {
			if len(all) == maxPartials || !isCased(groups[first]) {
				break
			}
			if !isCased(last) || isEnglishFirst(strings.ToLower(last)) { // John Paul of John Paul Jones
				continue
			}
			if part, named := namePrinted(groups[first]+" "+last, n.written, n.rule); named {
				part.partOf, part.second = n, true
				all = append(all, part)
			}
		}
	}
	return all
}

// givenGroups are the words of a name before its surname that a text must have, abbreviations left out, each with the particles before it, and Abdul with the word
// behind it.
func (n *name) givenGroups() []string {
	var groups []string
	open := "" // what goes on with the next word
	for i := range n.given {
		w := &n.given[i]
		fold := w.joined.fold
		if i > 0 && open == "" && (w.optional() || strings.Contains(n.written, w.written+".")) {
			continue
		}
		if open += w.written; isServant(fold) || fold == "عبد" || isParticle(fold) || isKinship(fold) {
			open += " "
			continue
		}
		groups, open = append(groups, open), ""
	}
	return groups
}

// isCased tells a word of more than two letters in a script that has capitals.
func isCased(word string) bool {
	r := firstLetter(word)
	return (unicode.IsUpper(r) || unicode.IsLower(r)) && utf8.RuneCountInString(word) > 2
}

// isEastAsian tells a name that begins with a family name of Chinese, Korean or Vietnamese, and has nothing but their syllables.
func (n *name) isEastAsian() bool {
	family := n.given[0].joined.fold
	if !isChineseFamily(family) && !listsWord(koreanFamilies, family) && !listsWord(vietnameseFamilies, family) {
		return false
	}
	return !slices.ContainsFunc(append(n.given[1:len(n.given):len(n.given)], n.surname), func(w word) bool {
		return slices.ContainsFunc(w.parts, func(p part) bool { return syllablesOfHangul(p.fold) != 1 })
	})
}

const vietnameseFamilies = " nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh truong trinh mai to luong phung "

// isWhollyOf tells that the words of a hit are all of the name whose part this is, and none an initial or written small: José Antonio Rodríguez is not
// José Luis Rodríguez.
func (n *name) isWhollyOf(f *field, h hit) bool {
	if h.rule == InitialAndSurname || !f.atom(h.first).shape.capitalised() {
		return false
	}
	for i := h.first + 1; i < h.next-1; i++ {
		fold := f.atom(i).fold
		if isParticle(fold) || isKinship(fold) {
			continue
		}
		if !slices.ContainsFunc(n.partOf.given, func(w word) bool {
			return w.joined.fold == fold || slices.ContainsFunc(w.parts, func(p part) bool { return p.fold == fold })
		}) {
			return false
		}
	}
	return true
}

// partly is the near miss that a part of a name makes.
func (n *name) partly(h hit, not cover) miss {
	if not.meets(h.span) {
		return miss{h, sayMuted}
	}
	return miss{h, sayPart}
}

// goesOn tells that a capitalised word stands behind a part of a name that ends at an atom: it is another's, José Luis Martínez, or all of the
// name.
func (f *field) goesOn(end int) bool {
	for end < len(f.atoms) && f.linked(end) && isParticle(f.atom(end).fold) {
		end++
	}
	return f.linked(end) && f.atom(end).shape.capitalised()
}

// partBeside tells that a first name of a long name, or of one with a bin, stands right before a surname at an atom, as it would if others, or the bin,
// were left out.
func (n *name) partBeside(t *text, f *field, first int) bool {
	if !n.long || first == 0 || !f.linked(first) || f.atom(first-1).shape == lower || f.isInitial(first-1) {
		return false
	}
	fold := f.atom(first - 1).fold
	return !isParticle(fold) && !isKinship(fold) && n.owns(t, f, first-1, anyCase)
}

// isShortOfFirst tells that the short or the full form of a long name's first name stands at an atom: Joe in front of Biden, of Joseph Robinette
// Biden. A name with one first name alone is found by it.
func (n *name) isShortOfFirst(f *field, i int) bool {
	return n.long && i >= 0 && slices.Contains(n.shorts, f.atom(i).fold)
}

// ownsEnd tells that a first name of several parts ends at an atom: the Jomart of Kassym-Jomart.
func (n *name) ownsEnd(t *text, f *field, i int) bool {
	if len(n.given) < 2 {
		return false
	}
	for k := range n.given {
		w := &n.given[k]
		for start := i - 1; len(w.parts) > 1 && start >= 0 && start > i-len(w.parts) && f.linked(start+1); start-- {
			if w.fitsAt(t, f, start, func(next int, _ cases) bool { return next == i+1 }) {
				return true
			}
		}
	}
	return false
}

// IsLong tells a person whose name has more words before the surname than newspapers may print, and neither an alias, which may say what they do,
// nor surname: or exact:. An article in which one of them is missing is a near miss.
func IsLong(s Spec) bool {
	if s.Kind != Person || s.Surname || s.Exact || len(s.Aliases) > 0 || len(printedName(s.Name).others) > 0 {
		return false
	}
	n, named := newName(s.Name)
	return named && len(n.givenGroups()) > 1 && !n.isEastAsian()
}
