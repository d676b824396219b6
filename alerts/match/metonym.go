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
	exact     bool   // its other forms are people's names
}

// standIns reads a country's lines of the tables.
func standIns(code string) []standIn {
	list := standInsOf(code, "en", englishPeoples)
	for _, tables := range []map[string]string{romancePeoples(), germanicPeoples(), slavicPeoples(), otherPeoples(), asianPeoples()} {
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
		w, exact := strings.CutPrefix(w, "=")
		for _, form := range peopleForms(lang, w) {
			list = append(list, standIn{written: form, language: lang, people: true, exact: exact})
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
	if s.exact || s.people && s.language == "de" && !unicode.IsLower(firstRune(s.written)) {
		m = exactly // the stem of Russe is soot
	}
	n := countryName{bridged: bridged{phrase: newPhrase(s.written, m)}, languages: []string{s.language}, alone: s.ambiguous}
	n.initial = !unicode.IsLower(firstRune(s.written))
	n.noun = s.people && s.isNoun()
	n.foreign = isWide(firstRune(s.written))
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

// isNoun tells the name of a people that some bear as a surname: Поляков, Polak. Adjectives stand in names of a country's institutions.
func (s *standIn) isNoun() bool {
	switch s.language {
	case "cs", "sk", "sl":
		return s.exact
	case "ru", "uk", "be":
		return !strings.HasSuffix(s.written, "ий") && !strings.HasSuffix(s.written, "кі")
	case "pl":
		return unicode.IsUpper(firstRune(s.written))
	case "hu":
		return true
	}
	return false
}

// latinReaders are the languages in whose texts an English capital counts: all, but of a short one English alone, for
// elsewhere it may be a word. See elsewhere.
func latinReaders(written string) []string {
	if utf8.RuneCountInString(written) < shortName {
		return []string{"en"}
	}
	return nil
}

// elsewhere is a short English capital in the languages that call it so too, and do not inflect it; false for others.
func (s *standIn) elsewhere() (countryName, bool) {
	if s.language != "en" || s.people || utf8.RuneCountInString(s.written) >= shortName {
		return countryName{}, false
	}
	n := countryName{bridged: bridged{phrase: newPhrase(s.written, exactly)}, alone: s.ambiguous}
	n.initial = true
	switch s.written {
	case "Rome":
		n.languages = []string{"fr"}
	case "Lima": // a surname in Portuguese
		n.languages = []string{"es", "fr", "de", "it", "nl", "sv", "da", "no", "ro"}
	case "Oslo", "Doha", "Baku", "Kiev", "Kyiv", "Lomé", "Bern", "Riga":
		n.languages = []string{"es", "fr", "de", "pt", "nl", "sv", "da", "no", "ro"}
	default:
		return n, false
	}
	return n, true
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

// misreadings are the phrases in which a country's name does not count. own are its names.
func misreadings(r language.Region, own []countryName) []bridged {
	m := misreader{region: r, own: map[string]bool{}, has: map[string]bool{}, seen: map[string]bool{}}
	for i := range own {
		m.own[countryKey(own[i].written)] = true
	}
	for _, table := range []string{misleading, misleadingWide} {
		for _, w := range terms(lineOf(r.String(), table)) {
			m.add(w)
		}
	}
	m.addWideNames()
	for _, code := range confused(r.String()) {
		m.addNames(code)
	}
	return m.list
}

// A misreader gathers misreadings.
type misreader struct {
	region language.Region
	own    map[string]bool // the country's names, by countryKey
	has    map[string]bool // what is in the list
	seen   map[string]bool // names that were asked of
	list   []bridged
}

func (m *misreader) add(written string) {
	if !m.has[written] {
		m.has[written] = true
		m.list = append(m.list, newBridged(written, asName))
	}
}

// addNames adds those names of another country that hold the country's own.
func (m *misreader) addNames(code string) {
	other, err := language.ParseRegion(code)
	if err != nil {
		return
	}
	for _, n := range everyday(code) {
		if m.holdsOwn(n.written) {
			m.add(n.written)
		}
	}
	for _, tag := range display.Supported.Tags() {
		namer := display.Regions(tag)
		if namer == nil {
			continue
		}
		base, _ := tag.Base()
		for _, name := range spellings(code, base.String(), namer.Name(other)) {
			if m.holdsOwn(name) {
				m.add(name)
			}
		}
	}
}

// holdsOwn tells a name that holds one of the country's, and is none, when it is first asked of it.
func (m *misreader) holdsOwn(name string) bool {
	if m.seen[name] {
		return false
	}
	m.seen[name] = true
	key := countryKey(name)
	if m.own[key] {
		return false
	}
	for own := range m.own {
		if strings.Contains(key, own) {
			return true
		}
	}
	return false
}
