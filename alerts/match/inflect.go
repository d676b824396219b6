package match

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// cases is a set of grammatical cases, to hold the words of a name to one another: "Стива Уиткоффу" is nobody.
type cases uint32

const (
	nominative cases = 1 << iota
	genitive
	dative
	accusative
	instrumental
	locative
	asIs      // the dictionary form
	likeOther // an ending that could as well be another person's first name: Maria for Mario, Martina for Martin
	prefixed  // read without what is written onto its front, which only a name's first word has: ولبوتين
	suffixed  // read without an ending that only a name's last word has: Sauli Niinistölle
	anyCase   = nominative | genitive | dative | accusative | instrumental | locative
)

// agree tells that a first name and a surname can stand together: in one case, and where the first name could be another
// one, only beside a surname that is inflected too.
func agree(first, surname cases) bool {
	return first&surname&anyCase != 0 && (first&likeOther == 0 || surname&asIs == 0) && agreeInSound(first, surname)
}

// form adds to the cases of a form what it looks like beside its dictionary form.
func (c cases) form(form, dictionary string) cases {
	if form == dictionary {
		return c | asIs
	}
	switch form[len(form)-1] {
	case 'a', 'e', 'o':
		return c | likeOther
	}
	return c
}

// in adds what a language makes of a form's ending. dictionary is the word's own form.
func (c cases) in(language, form, dictionary string) cases {
	switch language {
	case "pl":
		if strings.HasSuffix(form, "u") || strings.HasSuffix(form, "e") && strings.HasSuffix(dictionary, "a") {
			return c // West Slavic languages leave surnames behind them as they are: Beatę Szydło
		}
	case "sl", "hr", "sr", "bs":
		switch {
		case language == "sl" && strings.HasSuffix(dictionary, "a") && strings.HasSuffix(form, "o"):
			return c // Tanjo Fajon
		case strings.HasSuffix(dictionary, "a") && strings.HasSuffix(form, "e"):
			return c | genitive // Nataše, which elsewhere could be another first name
		case strings.HasSuffix(dictionary, "а") && strings.HasSuffix(form, "е"):
			return c | genitive
		case strings.HasSuffix(dictionary, "а") && strings.HasSuffix(form, "и"):
			return c | dative | locative // Николи
		}
	case "be":
		if strings.HasSuffix(dictionary, "а") && strings.HasSuffix(form, "у") {
			return c | dative // Лукашэнку
		}
	}
	return c.form(form, dictionary)
}

// declines tells that names take the endings of decline in a language: Finnish, Hungarian and Turkish have their own,
// Bulgarian and Macedonian none.
func declines(language string) bool {
	switch language {
	case "fi", "hu", "tr", "az", "bg", "mk":
		return false
	}
	return true
}

// A declension is a name word's base and the endings it takes.
type declension struct {
	base    string
	endings []ending
}

type ending struct {
	suffix string
	cases  cases
}

// decline says how a folded name word is inflected, by its ending alone. The dictionary form comes first.
func decline(word string) []declension {
	n := utf8.RuneCountInString(word)
	last, _ := utf8.DecodeLastRuneInString(word)
	asWritten := declension{word, []ending{{"", anyCase}}}
	switch {
	case n < 2:
		return []declension{asWritten}
	case unicode.Is(unicode.Cyrillic, last):
		return declineBy(word, cyrillicClasses())
	case unicode.Is(unicode.Latin, last):
		return declineBy(word, latinClasses())
	case unicode.Is(unicode.Greek, last):
		return declineBy(word, greekClasses())
	}
	return []declension{asWritten}
}

// A nounClass is how words with one of the finals are inflected: the final is taken off, then an ending put on.
type nounClass struct {
	finals  string // space-separated; "" is any
	strip   int    // letters taken off the word
	endings string // "suffix:CASES", "-" for none
}

func declineBy(word string, classes []nounClass) []declension {
	base, c := baseOf(word, classes)
	if c == nil {
		return []declension{{word, []ending{{"", anyCase}}}}
	}
	all := []declension{{base, sharedEndings(c.endings)}}
	if other, endings, ok := fleetingBase(word); ok && c.strip < 2 {
		all = append(all, declension{other, sharedEndings(endings)})
	}
	return all
}

// classEndings are the endings of all classes of words, each made once: what a hundred names keep of them would be a hundred
// lists. Nobody changes them.
var classEndings = sync.OnceValue(func() map[string][]ending { //nolint:gochecknoglobals // does not change
	all := map[string][]ending{}
	for _, classes := range [][]nounClass{cyrillicClasses(), latinClasses(), greekClasses()} {
		for _, c := range classes {
			all[c.endings] = parseEndings(c.endings)
		}
	}
	all[fleetingEndings], all[latinFleetingEndings] = parseEndings(fleetingEndings), parseEndings(latinFleetingEndings)
	all[latinAdjective] = parseEndings(latinAdjective)
	return all
})

// sharedEndings is parseEndings of what a class of words has.
func sharedEndings(s string) []ending {
	if list, ok := classEndings()[s]; ok {
		return list
	}
	return parseEndings(s)
}

// baseOf is the first class of a word, and the word without what is taken off; nil where it has none.
func baseOf(word string, classes []nounClass) (string, *nounClass) {
	for i := range classes {
		c := &classes[i]
		for finals := c.finals; ; {
			final, rest, more := strings.Cut(finals, " ")
			if strings.HasSuffix(word, final) {
				if base := trimLast(word, c.strip); utf8.RuneCountInString(base) > 1 {
					return base, c
				}
			}
			if !more {
				break
			}
			finals = rest
		}
	}
	return word, nil
}

// bases are those of a word's declensions.
func bases(word string, yield func(base string)) {
	last, _ := utf8.DecodeLastRuneInString(word)
	if utf8.RuneCountInString(word) < 2 || !unicode.Is(unicode.Latin, last) {
		for _, d := range decline(word) {
			yield(d.base)
		}
		return
	}
	base, c := baseOf(word, latinClasses())
	yield(base)
	if c == nil || c.strip > 1 {
		return
	}
	if other, _, ok := fleetingBase(word); ok {
		yield(other)
	}
}

func trimLast(s string, n int) string {
	for range n {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return s
}

func parseEndings(s string) []ending {
	list := make([]ending, 0, strings.Count(s, " ")+1)
	for item := range strings.FieldsSeq(s) {
		suffix, letters, _ := strings.Cut(item, ":")
		if suffix == "-" {
			suffix = ""
		}
		var set cases
		for _, l := range letters {
			switch l {
			case 'N':
				set |= nominative
			case 'G':
				set |= genitive
			case 'D':
				set |= dative
			case 'A':
				set |= accusative
			case 'I':
				set |= instrumental
			case 'L':
				set |= locative
			case '*':
				set = anyCase
			}
		}
		list = append(list, ending{suffix, set})
	}
	return list
}

// trimKey is what all inflections of a name word share: the word without its last letters as far as endings are made
// of them, at least two letters. Weak for short names, never wrong.
func trimKey(word string) string {
	keep := len(word)
	for keep > 0 {
		last, size := utf8.DecodeLastRuneInString(word[:keep])
		if !strings.ContainsRune(trimmed, last) {
			break
		}
		keep -= size
	}
	first := 0
	for range 2 {
		_, size := utf8.DecodeRuneInString(word[first:])
		first += size
	}
	return word[:max(keep, min(first, len(word)))]
}

// trimmed are the letters of Cyrillic, Latin and Greek that end inflected names. A word may be of several: Πούτινом.
const trimmed = "аеиоуыэюяйьмхгвіїє" + "aeiouymwhvgjs" + "αεηιουωσν"
