package match

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// inOrder puts a name into the order of speech, without what stands before and behind it.
func (p *printed) inOrder(s string) []string {
	pieces := slices.DeleteFunc(strings.Split(s, ","), func(piece string) bool { return strings.TrimSpace(piece) == "" })
	if len(pieces) == 0 {
		return strings.Fields(s)
	}
	words := strings.Fields(pieces[0])
	if len(pieces) > 1 && isSuffix(wordFold(pieces[1])) {
		words, pieces = append(words, strings.Fields(pieces[1])...), slices.Delete(pieces, 1, 2) // Donald Trump, Jr.
	}
	if len(pieces) > 1 && saysOffice(words) && isTitleWritten(words[0], titleFold(words[0])) {
		if rest := strings.Fields(pieces[1]); len(rest) > 1 && !saysOffice(rest) {
			words, pieces = rest, pieces[:1] // President of France, Emmanuel Macron
		}
	}
	if len(pieces) > 1 && !tellsOf(words, strings.Join(pieces[1:], " "), strings.Fields(pieces[1])) {
		return p.firstNamesFirst(words, pieces[1:])
	}
	bare := withoutTitles(words, 2)
	if n := len(bare); isHonorificName(titleFold(bare[0])) && (n > 3 || n == 3 && n < len(words)) {
		p.others = append(p.others, strings.Join(withoutEnds(bare[1:]), " ")) // Syed Yousaf Raza Gillani
	}
	return withoutTitles(surnameLast(initialsFirst(withoutEnds(bare))), 2) // SMITH Dr John
}

// initialsFirst turns a surname round that has nothing but initials behind it: Smith J. K., Иванов И. И.
func initialsFirst(words []string) []string {
	rest := words[1:]
	if len(rest) == 0 || lettersIn(strings.Join(rest, "")) < 2 || slices.ContainsFunc(rest, func(w string) bool { return !isInitials(w) || !strings.HasSuffix(w, ".") }) {
		return words
	}
	return append(slices.Clone(rest), words[0])
}

// firstNamesFirst puts first names, which a comma parts from the surname, before it, and Jr. behind: Witkoff, Steve, Ph.D.; Trump, Donald J., Jr.
func (p *printed) firstNamesFirst(surname, behind []string) []string {
	given, family, suffix := withoutTitles(strings.Fields(behind[0]), 1), withoutTitles(surname, 1), ""
	if isRankOrName(titleFold(given[0])) && len(given) > 1 && slices.ContainsFunc(family, isArabicWritten) {
		given = given[1:] // Al-Thani, Sheikh Tamim
	}
	if len(behind) > 1 {
		suffix, _ = suffixOf(strings.Fields(behind[1]), 0)
	}
	for _, part := range []*[]string{&given, &family} {
		if found, rest := suffixOf(*part, 1); found != "" {
			suffix, *part = found, rest
		}
	}
	p.shorten(given, family, suffix)
	return append(withoutEnds(slices.Concat(given, family)), strings.Fields(suffix)...)
}

// suffixOf is the Jr. or the numeral among words from one on, and the words without it.
func suffixOf(words []string, from int) (suffix string, rest []string) {
	for i := from; i < len(words); i++ {
		if isSuffix(wordFold(words[i])) {
			return words[i], slices.Delete(slices.Clone(words), i, i+1)
		}
	}
	return "", words
}

// shorten adds what newspapers print of a name that a comma parts: the first of several first names, the first of two Spanish surnames.
func (p *printed) shorten(given, family []string, suffix string) {
	one := given[0]
	if lettersIn(one) < 2 || strings.HasSuffix(one, ".") || isTitle(titleFold(one)) || isParticle(wordFold(family[0])) || isEastAsian(family[0]) {
		return
	}
	add := func(surname ...string) {
		p.others = append(p.others, strings.TrimSpace(one+" "+strings.Join(surname, " ")+" "+suffix))
	}
	if len(given) > 1 {
		add(family...)
	}
	if areSpanish(family) {
		add(family[0])
	}
}

// areSpanish tells a father's and a mother's surname as Spanish has them, as far as their endings tell: Maduro Moros, not Duncan Smith.
func areSpanish(family []string) bool {
	if len(family) != 2 {
		return false
	}
	first, second := wordFold(family[0]), wordFold(family[1])
	switch first {
	case "abu", "bou", "ould", "abdul", "abdel", "san", "santa", "santo":
		return false
	}
	return utf8.RuneCountInString(first) > 2 && !isSmallInNames(first) && (endsSpanish(first) || endsSpanish(second))
}

// endsSpanish tells an ending that many Spanish surnames have, folded.
func endsSpanish(fold string) bool {
	return strings.HasSuffix(fold, "o") || strings.HasSuffix(fold, "a") || strings.HasSuffix(fold, "z") || strings.HasSuffix(fold, "os") || strings.HasSuffix(fold, "es")
}

// lettersIn counts the letters of a word.
func lettersIn(word string) int {
	n := 0
	for _, r := range word {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// surnameLast turns a name round that has its surname in front, in capitals as nothing else of it: MACRON Emmanuel, von der LEYEN Ursula.
// Chinese, Korean and Vietnamese names stay.
func surnameLast(words []string) []string {
	n := 0
	for n < len(words) && (inCapitals(words[n]) || isParticle(words[n])) {
		n++
	}
	for n > 0 && isParticle(words[n-1]) {
		n--
	}
	if n == 0 || n == len(words) || isSmallWritten(words[n]) || !isSurnameInCapitals(words[n-1]) || slices.ContainsFunc(words[n:], func(w string) bool { return inCapitals(w) && lettersIn(w) > 1 }) {
		return words
	}
	if isEastAsian(words[n-1]) && !isParticle(words[0]) || isTitle(titleFold(words[0])) {
		return words
	}
	return append(slices.Clone(words[n:]), words[:n]...)
}

// isEastAsian tells a word that may be a family name of Chinese, Korean or Vietnamese.
func isEastAsian(word string) bool { return syllablesOfHangul(wordFold(word)) == 1 }

// opensInCapitals tells two words that surnameLast turns round.
func opensInCapitals(first, last string) bool {
	return isSurnameInCapitals(first) && !inCapitals(last) && !endsInInitial(last) && !isEastAsian(first) && !isTitle(titleFold(last))
}

// isSurnameInCapitals tells three capitals or more: JD is two initials.
func isSurnameInCapitals(word string) bool { return inCapitals(word) && lettersIn(word) > 2 }

// inCapitals tells a word of two capitals or more, and nothing small.
func inCapitals(word string) bool { return shapeOf(word) == upper }
