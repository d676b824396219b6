package match

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// A standIn is what people say in place of a country's name: its people's adjective, its capital, its government.
type standIn struct {
	written   string
	language  string // the texts in which it counts
	people    bool   // an adjective or the name of the people, no place
	ambiguous bool   // as often a person's or another place's name
}

// standIns reads a country's lines of the tables.
func standIns(code string) []standIn {
	list := standInsOf(code, "en", englishPeoples)
	for _, tables := range []map[string]string{romancePeoples(), germanicPeoples(), slavicPeoples(), otherPeoples()} {
		for _, lang := range slices.Sorted(maps.Keys(tables)) {
			list = append(list, standInsOf(code, lang, tables[lang])...)
		}
	}
	return list
}

func standInsOf(code, lang, table string) []standIn {
	line := lineOf(code, table)
	people, capital, _ := strings.Cut(line, "|")
	var list []standIn
	for _, w := range terms(people) {
		for _, form := range peopleForms(lang, w) {
			list = append(list, standIn{written: form, language: lang, people: true})
		}
	}
	for _, w := range terms(capital) {
		name, ambiguous := strings.CutPrefix(w, "~")
		list = append(list, standIn{written: name, language: lang, ambiguous: ambiguous})
	}
	return list
}

// lineOf is what stands behind a country's code in a table.
func lineOf(code, table string) string {
	_, after, ok := strings.Cut(table, "\n"+code+"|")
	if !ok {
		return ""
	}
	line, _, _ := strings.Cut(after, "\n")
	return line
}

func terms(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' })
}

// peopleForms are an adjective's forms that no stemmer puts together.
func peopleForms(lang, w string) []string {
	forms := []string{w}
	add := func(ending string, suffixes ...string) {
		if base, ok := strings.CutSuffix(w, ending); ok {
			for _, s := range suffixes {
				forms = append(forms, base+s)
			}
		}
	}
	switch lang {
	case "ar":
		add("ي", "ية", "يون", "يين", "يات")
		for _, f := range slices.Clone(forms) {
			forms = append(forms, "ال"+f)
		}
	case "he":
		add("י", "ית", "ים", "יים", "יות", "יה")
	case "de":
		if !unicode.IsLower(firstRune(w)) {
			add("e", "en", "in", "innen")
			add("er", "ern", "ers", "erin", "erinnen")
		}
	case "fi":
		add("inen", "isen", "iset", "isten", "isia")
	}
	return forms
}

// name makes the stand-in ready to be found.
func (s *standIn) name() countryName {
	m := asName
	if s.people && s.language != "ar" && s.language != "he" && s.language != "fa" {
		m = asWord
	}
	if s.people && s.language == "de" && !unicode.IsLower(firstRune(s.written)) {
		m = exactly // the stem of Russe is soot
	}
	n := countryName{phrase: newPhrase(s.written, m), languages: []string{s.language}, alone: s.ambiguous}
	n.initial = !unicode.IsLower(firstRune(s.written))
	switch {
	case s.language == "en" && !s.people:
		n.languages = latinReaders(s.written)
	case s.language == "hr":
		n.languages = []string{"hr", "sr", "bs", "sh", "cnr"}
	case s.language == "bg" && s.people:
		n.languages = []string{"bg", "mk"}
	}
	return n
}

// latinReaders are the languages in whose texts an English capital counts: all, but of a short one English alone, for
// elsewhere it is a word (Lima, Roma).
func latinReaders(written string) []string {
	if utf8.RuneCountInString(written) < shortName {
		return []string{"en"}
	}
	return nil
}

// confused are countries whose names hold another's: those of South Sudan hold Sudan's in many languages.
func confused(code string) []string {
	switch code {
	case "SD":
		return []string{"SS"}
	case "GN":
		return []string{"GQ", "GW", "PG"}
	case "CG":
		return []string{"CD"}
	case "CD":
		return []string{"CG"}
	case "DM":
		return []string{"DO"}
	case "WS":
		return []string{"AS"}
	case "US":
		return []string{"UM", "VI"}
	case "GB":
		return []string{"IO", "VG"}
	case "CN":
		return []string{"HK", "MO"}
	case "FR":
		return []string{"GF", "PF", "TF"}
	case "TL":
		return []string{"ID"}
	}
	return nil
}

// misreadings are the phrases in which a country's name does not count.
func misreadings(r language.Region) []phrase {
	var list []phrase
	for _, w := range terms(lineOf(r.String(), misleading)) {
		list = append(list, newPhrase(w, asName))
	}
	for _, code := range confused(r.String()) {
		other, err := language.ParseRegion(code)
		if err != nil {
			continue
		}
		for _, tag := range display.Supported.Tags() {
			namer := display.Regions(tag)
			if namer == nil {
				continue
			}
			own, name := namer.Name(r), namer.Name(other)
			if own != "" && name != own && strings.Contains(Fold(name), Fold(own)) {
				list = append(list, newPhrase(name, asName))
			}
		}
	}
	return list
}
