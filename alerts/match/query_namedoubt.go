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

// doubtOfName tells what is no person's name; "" if nothing tells.
func doubtOfName(name string) string {
	letters, titles := 0, 0
	for _, r := range name {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	words := strings.Fields(foldedWords(name))
	for _, w := range words {
		if isTitleOnly(w) || isSuffix(w) {
			titles++
		}
	}
	switch {
	case strings.Contains(name, "://") || strings.HasPrefix(strings.ToLower(name), "www."):
		return fmt.Sprintf("%q is an address; write a person's name, like Steve Witkoff.", name)
	case strings.ContainsAny(name, ";；؛"):
		return "This has a semicolon in it, so it is read as one name; write each name by itself."
	case letters == 1:
		return fmt.Sprintf("%q is one letter, which stands in many texts; write a full name, like Steve Witkoff.", name)
	case titles == len(words) && titles > 0:
		return fmt.Sprintf("%q is a title alone, so it is found for everybody who has it; write a full name, like Steve Witkoff.", name)
	}
	return ""
}
