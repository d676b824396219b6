package match

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Not all that a watch calls a person is a name: the Iron Lady, President of Russia, глава Кремля. Such words count where they stand
// as they are written, inflected or not; none of them is a surname.

// describes tells words that say who somebody is and are no name.
func describes(words []word, rule Rule) bool {
	n := len(words)
	if n < 2 {
		return false
	}
	first, last := words[0].joined.fold, words[n-1].joined.fold
	if first == "the" && (n > 2 || rule == Alias && words[1].isSmall()) || isOfficeAlone(last) || rule == Alias && n == 2 && isTitleOnly(first) {
		return true
	}
	if slices.ContainsFunc(words, func(w word) bool { return w.joined.fold == "of" }) {
		return true
	}
	if !slices.ContainsFunc(words, func(w word) bool { return !w.isSmall() }) {
		return false // written small altogether
	}
	return words[0].isSmall() && opensNoName(first) ||
		slices.ContainsFunc(words, func(w word) bool { return w.isSmall() && isTitle(w.joined.fold) && !isParticle(w.joined.fold) })
}

// opensNoName tells a small word, folded, with which no name begins.
func opensNoName(fold string) bool {
	return utf8.RuneCountInString(fold) >= 4 && !isSmallInNames(fold)
}

// mayDescribe tells words that are a name, or say who somebody is: Orange man, Emmanuel macron.
func mayDescribe(words []word) bool {
	last := &words[len(words)-1]
	return last.isSmall() && slices.ContainsFunc(words, func(w word) bool { return !w.isSmall() })
}

// isSmall tells a word without capitals, of a script that has them.
func (w *word) isSmall() bool { return isSmallWritten(w.written) }

func isSmallWritten(s string) bool {
	return !strings.ContainsFunc(s, isCapital) && shapeOf(s) == lower
}

func isCapital(r rune) bool { return unicode.IsUpper(r) || unicode.IsTitle(r) }

// isSmallInNames tells small words with which a name may begin, beside particles.
func isSmallInNames(s string) bool {
	switch s {
	case "ould", "wuld", "degli", "dalla", "delle", "dello":
		return true
	}
	return isParticle(s)
}

// isOfficeAlone tells an office, folded, that is nobody's surname.
func isOfficeAlone(s string) bool {
	switch s {
	case "president", "minister", "premier", "secretary", "senator", "governor", "ambassador", "envoy", "lady", "ayatollah", "chairman",
		"bundeskanzler", "bundeskanzlerin", "kanzlerin", "prasident", "prasidentin", "presidente", "ministro", "ministre", "premierministre",
		"prezydent", "prezident", "президент", "премьер", "министр", "прем'єр", "міністр":
		return true
	}
	return false
}

// isDescription tells two words of letters of which describes holds, or mayDescribe.
func isDescription(first, last string) bool {
	switch small := isSmallWritten(last); {
	case strings.EqualFold(first, "of"), strings.EqualFold(last, "of"), isOfficeWritten(last), small && !isSmallWritten(first):
		return true
	case small:
		return false
	}
	return isSmallWritten(first) && opensNoName(wordFold(first))
}

// isOfficeWritten is isOfficeAlone of a word as written.
func isOfficeWritten(s string) bool {
	var room [2 * maxOffice]byte
	return len(s) <= len(room) && isOfficeAlone(string(foldInto(s, room[:0])))
}

// maxOffice is the length of the longest office that isOfficeAlone knows, in letters.
const maxOffice = 16
