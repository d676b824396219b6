package match

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An aside is what stands in brackets or quotation marks.
type aside struct {
	text          string
	before, quote bool // it stands before a word of the name; in quotation marks
}

// The marks that open asides, and those that close them, in the same order.
const (
	opensAside  = "([（{<“\"«„‘'`"
	closesAside = ")]）}>”\"»“’'`"
	bracketed   = 5 // of which so many are brackets
)

// withoutAsides takes out what stands in brackets or quotation marks, unless nothing is left. An apostrophe opens nothing within a word.
func withoutAsides(s string) (outside string, asides []aside) {
	var b strings.Builder
	rest, before := s, ' '
	for i, r := range s {
		if len(s)-i > len(rest) {
			continue // in an aside
		}
		kind := slices.Index([]rune(opensAside), r)
		if kind >= 0 && (!unicode.IsLetter(before) || kind < bracketed) {
			if text, next, ok := asideAt(s[i:], kind); ok {
				b.WriteByte(' ')
				asides = append(asides, aside{text: text, before: strings.ContainsFunc(s[i+next:], unicode.IsLetter), quote: kind >= bracketed})
				rest, before = s[i+next:], ' '
				continue
			}
			if kind < bracketed && strings.ContainsFunc(b.String(), unicode.IsLetter) {
				break // which is never closed
			}
		}
		b.WriteRune(r)
		rest, before = s[i+utf8.RuneLen(r):], r
	}
	if outside = foldedSpaces(b.String()); !strings.ContainsFunc(outside, unicode.IsLetter) {
		return s, nil
	}
	return outside, asides
}

// asideAt is the text of an aside that opens a string, with the mark of that place among opensAside, and how long it is with its marks.
func asideAt(s string, kind int) (text string, next int, ok bool) {
	opening, from := utf8.DecodeRuneInString(s)
	closing := []rune(closesAside)[kind]
	for i, r := range s[from:] {
		if r != closing && (opening != '„' || r != '”') {
			continue
		}
		end := from + i + utf8.RuneLen(r)
		follows, _ := utf8.DecodeRuneInString(s[end:])
		if kind >= bracketed && end < len(s) && unicode.IsLetter(follows) {
			continue // an apostrophe
		}
		return strings.TrimSpace(s[from : from+i]), end, true
	}
	return "", 0, false
}

// given is the first name that an aside is beside a single word; "" where it is none.
func (a aside) given() string {
	words := strings.Fields(a.text)
	if len(words) == 0 || a.quote {
		return ""
	}
	words = withoutTitles(words, 1)
	if text := strings.Join(words, " "); isNickname(text) && !saysOffice(words) && !isTitle(wordFold(text)) && !strings.HasPrefix(wordFold(text), "politi") {
		return text
	}
	return ""
}

// names are what an aside says the person is called besides: in another script, behind a.k.a., or a nickname before the surname.
func (a aside) names(words []string) []string {
	r := firstLetter(a.text)
	switch {
	case r == 0 || len(words) == 0:
		return nil
	case calledAs.MatchString(" " + a.text):
		if isFormerName(calledAs.FindStringSubmatch(" " + a.text)[1]) {
			return nil
		}
		return calledNames(" " + a.text)
	case !sameScript(r, firstLetter(words[0])):
		return ownName(a.text)
	case !isNickname(a.text):
		return nil
	case a.quote && !a.before && strings.Contains(a.text, " "):
		return ownName(a.text) // "Abu Mazen"
	case a.quote, a.before, !slices.ContainsFunc(words[:len(words)-1], func(w string) bool { return lettersIn(w) > 1 && !isInitials(w) }):
		return []string{a.text + " " + surnameOf(words)}
	}
	return nil
}

// surnameOf is the last word of a name that is none of Jr. and the like, with the particles before it.
func surnameOf(words []string) string {
	n := len(words)
	for n > 1 && isSuffix(wordFold(words[n-1])) {
		n--
	}
	first := n - 1
	for first > 0 && isParticle(wordFold(words[first-1])) {
		first--
	}
	return strings.Join(words[max(0, first):n], " ")
}

// isNickname tells one word or two, each with a capital and without a full stop or a figure.
func isNickname(s string) bool {
	words := strings.Fields(s)
	for _, w := range words {
		if first := firstRune(w); !isCapital(first) || lettersIn(w) < 2 || strings.ContainsFunc(w, unicode.IsDigit) || strings.HasSuffix(w, ".") || inCapitals(w) {
			return false
		}
	}
	return len(words) == 1 || len(words) == 2
}
