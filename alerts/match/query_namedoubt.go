package match

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
)

// Doubts are what Compile takes of a Spec and hardly anybody can mean, as nothing or too much is found by it: to be told, not refused.
func Doubts(s Spec) []*SpecError {
	var all []*SpecError
	add := func(field string, index int, say string) {
		if say != "" {
			all = append(all, &SpecError{Field: field, Index: index, Say: say})
		}
	}
	switch s.Kind {
	case Topic:
		if s.Query != "" {
			return doubtsOfQuery(s.Query)
		}
		for _, word := range strings.Fields(s.Name) {
			if word == "AND" || word == "OR" || word == "NOT" {
				add("name", 0, fmt.Sprintf("Without match: this is looked for as one phrase, with the word %s in it; write the query under match:.", word))
				break
			}
		}
		return all
	case Person:
		add("name", 0, doubtOfName(s.Name))
		for i, alias := range s.Aliases {
			add("alias", i, cmp.Or(doubtOfName(alias), doubtOfSurname(s.Name, alias)))
		}
	}
	for i, not := range s.Not {
		if hides(s.Name, not) {
			add("not", i, fmt.Sprintf("With %q left out, %s is never found; write the longer name that is meant, like \"%s Street\".", not, s.Name, lastWord(s.Name)))
		}
	}
	return all
}

func lastWord(name string) string {
	words := strings.Fields(name)
	if len(words) == 0 {
		return name
	}
	return words[len(words)-1]
}

// hides tells that a not: phrase stands in the watch's own name, so that it never counts.
func hides(name, not string) bool {
	words := foldedWords(not)
	return words != "" && strings.Contains(" "+foldedWords(name)+" ", " "+words+" ")
}

// doubtOfSurname tells an alias that is the surname alone, the last word of a name of several: as an alias it is found whoever bears it.
func doubtOfSurname(name, alias string) string {
	words := foldedWords(alias)
	if words == "" || len(strings.Fields(name)) < 2 || words != foldedWords(lastWord(name)) {
		return ""
	}
	return fmt.Sprintf("The alias %q is the surname alone, so it is found for everybody who bears it. Take it out, and write near: words or, "+
		"in a configuration, surname: true, which keep other bearers out.", alias)
}

// doubtOfName tells what is no person's name, or finds everybody; "" if nothing tells.
func doubtOfName(name string) string {
	letters := 0
	for _, r := range name {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	bare := name
	if strings.ContainsAny(name, `([（“"«„`) {
		bare = strings.TrimSpace(outsideNotes(name))
	}
	_, behind, semicolon := cutAny(bare, ";；؛")
	switch {
	case strings.Contains(name, "://") || strings.HasPrefix(strings.ToLower(name), "www."):
		return fmt.Sprintf("%q is an address; write a person's name, like Steve Witkoff.", name)
	case strings.Contains(name, "@"):
		return fmt.Sprintf("%q has an e-mail address or an account in it, which is no name; write the person's name, like Steve Witkoff.", name)
	case semicolon && behind != "":
		return "This has a semicolon in it, so it is read as one name; write each name by itself."
	case isUnclosed(numbering.ReplaceAllString(name, "")):
		return fmt.Sprintf("%q has a bracket that is not closed, or not opened; write the name without notes, like Steve Witkoff.", name)
	case bare == "" && len(strings.Fields(foldedWords(name))) == 1:
		return fmt.Sprintf("%q is in brackets or quotation marks altogether, where notes stand; write the name without them.", name)
	case IsNobody(name):
		return fmt.Sprintf("%q is what lists write where there is nobody; leave it out.", name)
	case isItem(name):
		return fmt.Sprintf("%q is the number of an item; write the person's name, like Steve Witkoff.", name)
	case letters == 1:
		return fmt.Sprintf("%q is one letter, which stands in many texts; write a full name, like Steve Witkoff.", name)
	case IsOffice(name):
		return fmt.Sprintf("%q is a title alone, so it is found for everybody who has it; write a full name, like Steve Witkoff.", name)
	}
	return doubtOfRest(name)
}

// doubtOfRest tells that of a name of several words one is left to look for, which others bear too.
func doubtOfRest(name string) string {
	if !strings.ContainsAny(name, `,([（“"«„`) && isInOneScript(name) {
		return "" // else two words are left at least
	}
	printed := strings.Fields(PrintedName(name))
	if len(printed) != 1 || len(strings.Fields(foldedWords(name))) < 2 || strings.EqualFold(foldedWords(printed[0]), foldedWords(name)) || isUnspaced(printed[0]) {
		return ""
	}
	return fmt.Sprintf("Of %q only %s is looked for, so everybody of that name is found; write first name and surname, like Steve Witkoff.", name, printed[0])
}

// isInOneScript tells that all letters are of one script.
func isInOneScript(s string) bool {
	first := firstLetter(s)
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) && !sameScript(r, first) })
}

// isUnclosed tells brackets of which there are more on one side than on the other.
func isUnclosed(s string) bool {
	count := func(signs string) (n int) {
		for _, r := range s {
			if strings.ContainsRune(signs, r) {
				n++
			}
		}
		return n
	}
	return count("([（{") != count(")]）}")
}

// isUnspaced tells a word of a script that writes first name and surname as one.
func isUnspaced(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai)
	})
}

// outsideNotes leaves out what stands in brackets or quotation marks, were it all.
func outsideNotes(name string) string {
	const opening, closing = `([（“«„`, `)]）”»“`
	depth, quoted := 0, false
	return strings.Map(func(r rune) rune {
		opens, closes := strings.ContainsRune(opening, r), strings.ContainsRune(closing, r)
		switch {
		case r == '"':
			quoted = !quoted
			return ' '
		case closes && depth > 0:
			depth--
			return ' '
		case opens:
			depth++
			return ' '
		case depth > 0 || quoted:
			return ' '
		}
		return r
	}, name)
}

// cutAny is strings.Cut at any of the signs.
func cutAny(s, signs string) (before, after string, found bool) {
	i := strings.IndexAny(s, signs)
	if i < 0 {
		return s, "", false
	}
	return s[:i], strings.TrimLeft(s[i:], signs), true
}

// isItem tells the number of a Wikidata item.
func isItem(s string) bool {
	digits, q := strings.CutPrefix(s, "Q")
	return q && digits != "" && strings.Trim(digits, "0123456789") == ""
}
