package match

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Some surnames are words that any text has, and the capital is no sign of the name: UN, Un accord, in May, Dan Brown.

// isEverydayWord tells that the surname at an atom is rather such a word, by what stands beside it.
func (n *name) isEverydayWord(t *text, f *field, i int) bool {
	a := f.atom(i)
	switch {
	case a.shape == upper:
		return f.isAcronym(i) && !n.surname.caps
	case a.shape != capital:
		return false
	case !f.linked(i) && isFunctionWord(t.base, a.fold):
		return true
	}
	return f.isMonth(i) || f.isFirstNameOf(t, i)
}

// lettersOfAcronym is how many letters a word in capitals has at most that is taken for an acronym.
const lettersOfAcronym = 3

// isAcronym tells a short word in capitals among words that are not: UN condemns.
func (f *field) isAcronym(i int) bool {
	if a := f.atom(i); a.end-a.start > lettersOfAcronym {
		return false
	}
	others := false
	for _, k := range []int{i - 1, i + 1} {
		if k < 0 || k >= len(f.atoms) {
			continue
		}
		switch f.atom(k).shape {
		case upper:
			return false
		case lower, capital:
			others = true
		}
	}
	return others
}

// isMonth tells an English month by the word before it or the number beside it: in May, 5 May.
func (f *field) isMonth(i int) bool {
	switch f.atom(i).fold {
	case "march", "april", "may", "june", "august":
	default:
		return false
	}
	if i+1 < len(f.atoms) && f.atom(i+1).gap == gapSpace && f.isNumber(i+1) {
		return true
	}
	if !f.linked(i) {
		return false
	}
	switch before := f.atom(i - 1); before.fold {
	case "in", "since", "until", "till", "this", "last", "next", "early", "late", "mid", "during", "throughout":
		return true
	}
	return f.isNumber(i - 1)
}

// saysSmall tells a name of two words that is written small in a field with capitals, where one of the two is an everyday word of the
// language: the mark rose, theresa may not come.
func (f *field) saysSmall(t *text, at span) bool {
	if at.next != at.first+2 || f.atom(at.first).shape != lower || f.atom(at.first+1).shape != lower {
		return false
	}
	if !isEveryday(t.base, f.atom(at.first).fold) && !isEveryday(t.base, f.atom(at.first+1).fold) {
		return false
	}
	return f.hasCapitals()
}

// isEveryday tells small words of a language, folded, and in English others that people are called.
func isEveryday(language, fold string) bool {
	if language != "en" {
		return isFunctionWord(language, fold)
	}
	return opensSentence(fold) || listsWord(englishNames, fold)
}

// englishNames are everyday words that are first names or surnames.
const englishNames = " art banks bill black brown bush case chase chip cook dawn dean drew early faith field fox frank gates gene grace grant gray green guy " +
	"hill hope hunt jack joy just king law long major mark marks may miles paul page park pat pearl pope power price prince rand rice rich rob rose sharp " +
	"stone sue swift ward west white will wise wood woods young "

// isNumber tells an atom that begins with a digit: 5, 5th.
func (f *field) isNumber(i int) bool { return unicode.IsDigit(firstRune(f.atom(i).fold)) }

// isFirstNameOf tells a word that English calls people by, in front of what may be their surname: Dan Brown.
func (f *field) isFirstNameOf(t *text, i int) bool {
	if f.headline() || !f.linked(i+1) || !f.couldBeName(i+1) || f.atom(i+1).gap != gapSpace || f.atom(i+1).shape != capital {
		return false
	}
	fold := f.atom(i + 1).fold
	return isShortForm(f.atom(i).fold) && utf8.RuneCountInString(fold) > 2 && !t.isLowered(fold) && !isTitle(fold)
}

// isShortForm tells a folded word of ASCII that is a short form of a first name.
func isShortForm(fold string) bool {
	return strings.Contains(shortForms, "|"+fold+" ")
}

// isFunctionWord tells the small words of a language, folded, but for what is as often a name in English.
func isFunctionWord(language, fold string) bool {
	if language == "en" || utf8.RuneCountInString(fold) > maxFunctionWord {
		return false
	}
	return foldedFunctionWords()[language+" "+fold]
}

//nolint:gochecknoglobals // made once
var foldedFunctionWords = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, m := range functionWords() {
		for word := range strings.FieldsSeq(m.words) {
			all[m.language+" "+wordFold(word)] = true
		}
	}
	return all
})
