package match

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Newspapers leave out middle names and second surnames: Joseph Biden is Joseph Robinette Biden, and Nicolás Maduro is Nicolás Maduro Moros. Of a name
// without a comma nobody can tell which of its words those are, and what is left may be another's: Juan Carlos is not Juan Carlos Varela. So
// where a text has a part of a watch's name that is a near miss, and who writes such a name is asked to say what newspapers print.

// asPartial is a name with the word before its surname for a surname, as Spanish and Portuguese names are cut: Nicolás Maduro. It is nil
// where that is no name that newspapers print.
func asPartial(n *name) *name {
	last := len(n.given) - 1
	if last == 0 || !n.mayBeCut() || last == 1 && isServant(n.given[0].joined.fold) {
		return nil
	}
	part, named := namePrinted(strings.Join(writtenAs(n.given), " "), n.written, n.rule)
	if !named {
		return nil
	}
	part.partial, part.second = true, true
	return part
}

// mayBeCut tells a name in Latin letters of which newspapers may leave out a word: its surname is not in front, and its middle name is neither
// an initial nor a father's, which may be missing anyway, nor an abbreviation.
func (n *name) mayBeCut() bool {
	middle := &n.given[len(n.given)-1]
	return unicode.Is(unicode.Latin, firstRune(middle.joined.fold)) && !middle.optional() && utf8.RuneCountInString(middle.joined.fold) > 2 &&
		!strings.Contains(n.written, middle.written+".") && !isEastAsian(n.given[0].written) && !isChineseFamily(n.given[0].joined.fold)
}

// goesOn tells that a capitalised word stands behind a part of a name that ends at an atom: it is another's, José Luis Martínez, or all of the
// name.
func (f *field) goesOn(end int) bool {
	for end < len(f.atoms) && f.linked(end) && isParticle(f.atom(end).fold) {
		end++
	}
	return f.linked(end) && f.atom(end).shape.capitalised()
}

// partBeside tells that a first name of the watch, or a short form of it, stands right beside a surname at atoms first to end, as it would if all
// others were left out.
func (n *name) partBeside(t *text, f *field, first, end int) bool {
	if len(n.given) < 2 {
		return false
	}
	for _, i := range []int{first - 1, end} {
		if i < 0 || i >= len(f.atoms) || !f.linked(max(i, first)) || f.atom(i).shape == lower || f.isInitial(i) {
			continue
		}
		if n.owns(t, f, i, anyCase) {
			return true
		}
	}
	return false
}

// isShortOfFirst tells the short or the full form of a watch's first name: Joe in front of Biden, of Joseph Robinette Biden. A name with one
// first name alone is found by it.
func (n *name) isShortOfFirst(fold string) bool {
	return len(n.given) > 1 && slices.Contains(otherForms(n.given[0].joined.fold), fold)
}

// ShortName is what newspapers may print of a person's name that is longer than first name and surname: Joseph Biden of Joseph Robinette Biden. An
// article that has no more is a near miss, unless that is an alias. It is "" where nothing may be left out that must stand there, and
// where an alias is a part of the name already.
func ShortName(s Spec) string {
	if s.Kind != Person {
		return ""
	}
	n, named := newName(s.Name)
	if !named || len(n.given) < 2 || !n.mayBeCut() || n.hasPart(slices.Concat(s.Aliases, printedName(s.Name).others)) {
		return ""
	}
	first := 1
	if isServant(n.given[0].joined.fold) {
		first = 2
	}
	if len(n.given) == first {
		return ""
	}
	if endsSpanish(n.given[len(n.given)-1].joined.fold) && endsSpanish(n.surname.joined.fold) { // a father's and a mother's surname, perhaps
		return strings.Join(writtenAs(n.given), " ")
	}
	return strings.Join(slices.Concat(writtenAs(n.given[:first]), n.particlesWritten(), []string{n.surname.written}), " ")
}

func writtenAs(words []word) []string {
	list := make([]string, len(words))
	for i := range words {
		list[i] = words[i].written
	}
	return list
}

// particlesWritten are the particles as they stand in the watch.
func (n *name) particlesWritten() []string {
	if len(n.particles) == 0 {
		return nil
	}
	words := strings.Fields(PrintedName(n.written))
	at := slices.IndexFunc(words, func(w string) bool { return wordFold(w) == n.particles[0] })
	if at < 0 {
		return nil
	}
	return words[at:min(len(words), at+len(n.particles))]
}

// hasPart tells that one of some aliases has two words or more of the name and no others.
func (n *name) hasPart(aliases []string) bool {
	own := strings.Fields(foldedWords(PrintedName(n.written)))
	return slices.ContainsFunc(aliases, func(alias string) bool {
		words := strings.Fields(foldedWords(alias))
		return len(words) > 1 && len(words) < len(own) && !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(own, w) })
	})
}
