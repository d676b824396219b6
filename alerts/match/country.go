package match

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// A country is what finds a country's names.
type country struct {
	names []countryName
	not   []phrase // in which a name does not count
}

type countryName struct {
	phrase
	term      string
	rule      Rule
	languages []string // the only languages in which it counts; nil is all
	alone     bool     // often a person's name: not beside another capitalised word
}

// shortName is the length in letters below which a Latin name counts only in texts of its own language.
const shortName = 5

func newCountry(s Spec) (*country, bool) {
	region, ok := regionOf(s.Name)
	if !ok {
		return nil, false
	}
	c := &country{not: misreadings(region)}
	for _, alias := range s.Aliases {
		p := newPhrase(alias, asName)
		p.initial = true
		c.names = append(c.names, countryName{phrase: p, term: alias, rule: Alias})
	}
	for _, n := range append(regionNames(region), regionWords(region)...) {
		n.term, n.rule, n.initial = s.Name, CountryName, true
		c.names = append(c.names, n)
	}
	for _, in := range standIns(region.String()) {
		n := in.name()
		n.term, n.rule = s.Name, CountryName
		c.names = append(c.names, n)
	}
	return c, true
}

// regionOf looks a country up by its ISO 3166-1 code or its name in one of the languages of Unicode's CLDR.
func regionOf(name string) (language.Region, bool) {
	code := strings.ToUpper(strings.TrimSpace(name))
	if len(code) == 2 || len(code) == 3 {
		if r, err := language.ParseRegion(code); err == nil && r.Canonicalize().IsCountry() {
			return r.Canonicalize(), true
		}
	}
	want := countryKey(name)
	all := regions()
	if r, ok := regionNamed(want, all, display.Regions(language.English).Name); ok {
		return r, true
	}
	for _, r := range all {
		for _, n := range otherNames(r.String()) {
			if countryKey(n) == want {
				return r, true
			}
		}
	}
	for _, tag := range display.Supported.Tags() {
		if namer := display.Regions(tag); namer != nil {
			if r, ok := regionNamed(want, all, namer.Name); ok {
				return r, true
			}
		}
	}
	return language.Region{}, false
}

func regionNamed(want string, all []language.Region, name func(any) string) (language.Region, bool) {
	for _, r := range all {
		for _, n := range spellings(name(r)) {
			if countryKey(n) == want {
				return r, true
			}
		}
	}
	return language.Region{}, false
}

// countryKey makes "The Gambia" and "gambia" the same.
func countryKey(name string) string {
	var words []string
	for _, a := range atomise(name) {
		words = append(words, a.fold)
	}
	return strings.TrimPrefix(strings.Join(words, " "), "the ")
}

// regions are all that ISO 3166-1 gives two letters.
func regions() []language.Region {
	var list []language.Region
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			r, err := language.ParseRegion(string([]rune{a, b}))
			if err == nil && r.IsCountry() && r == r.Canonicalize() {
				list = append(list, r)
			}
		}
	}
	return list
}

// regionNames are a country's names in the languages that CLDR knows, each once.
func regionNames(r language.Region) []countryName {
	var names []countryName
	seen := map[string]int{}
	add := func(written, lang string) {
		key := countryKey(written)
		if key == "" || strings.EqualFold(written, r.String()) {
			return
		}
		if i, ok := seen[key]; ok {
			if names[i].languages != nil && lang != "" {
				names[i].languages = append(names[i].languages, lang)
			}
			return
		}
		n := countryName{phrase: newPhrase(written, asName)}
		first := firstRune(written)
		if lang != "" && unicode.Is(unicode.Latin, first) && utf8.RuneCountInString(written) < shortName {
			n.languages = []string{lang}
		}
		seen[key] = len(names)
		names = append(names, n)
	}
	for _, tag := range append([]language.Tag{language.English}, display.Supported.Tags()...) {
		base, _ := tag.Base()
		if namer := display.Regions(tag); namer != nil {
			for _, n := range spellings(namer.Name(r)) {
				add(n, base.String())
			}
		}
	}
	for _, n := range otherNames(r.String()) {
		add(n, "")
	}
	return names
}

// regionWords are a country's names in languages that inflect them as words too: Niemcy, w Niemczech; Stany Zjednoczone,
// Stanów Zjednoczonych; den Vereinigten Staaten.
func regionWords(r language.Region) []countryName {
	var names []countryName
	for _, lang := range []string{"pl", "cs", "sk", "hr", "sl", "uk", "el", "de"} {
		namer := display.Regions(language.MustParse(lang))
		for _, written := range spellings(namer.Name(r)) {
			if utf8.RuneCountInString(written) < shortName || lang == "de" && !strings.Contains(written, " ") && !strings.HasSuffix(written, "lande") {
				continue
			}
			names = append(names, countryName{phrase: newPhrase(written, asWord), languages: []string{lang}})
		}
	}
	return names
}

// spellings takes "Myanmar (Burma)" apart.
func spellings(name string) []string {
	before, after, ok := strings.Cut(name, "(")
	if !ok {
		before, after, ok = strings.Cut(name, "（")
	}
	if !ok || name == "" {
		return []string{name}
	}
	return []string{strings.TrimSpace(before), strings.Trim(after, ")） ")}
}

// otherNames are everyday names that CLDR does not list, by ISO code.
//
//nolint:gocyclo // a table of countries
func otherNames(code string) []string {
	switch code {
	case "US":
		return []string{"USA", "US", "U.S.", "United States of America", "США", "EE.UU.", "EEUU"}
	case "GB":
		return []string{"UK", "U.K.", "Britain", "Great Britain", "Британия", "Великобритания", "Британія", "Großbritannien", "Grande-Bretagne", "Gran Bretaña", "Gran Bretagna"}
	case "AE":
		return []string{"UAE", "U.A.E.", "ОАЭ", "ОАЕ"}
	case "RU":
		return []string{"Russian Federation", "Российская Федерация", "РФ"}
	case "CI":
		return []string{"Ivory Coast", "Côte d'Ivoire"}
	case "HK":
		return []string{"Hong Kong", "Гонконг", "香港"}
	case "CG":
		return []string{"Republic of the Congo", "Congo Republic", "Congo-Brazzaville"}
	case "CD":
		return []string{"DR Congo", "Democratic Republic of the Congo", "Democratic Republic of Congo", "DRC"}
	case "KR":
		return []string{"Republic of Korea"}
	case "KP":
		return []string{"DPRK", "КНДР"}
	case "CN":
		return []string{"PRC", "КНР", "People's Republic of China"}
	case "CZ":
		return []string{"Czech Republic", "Чешская Республика"}
	case "TR":
		return []string{"Turkey", "Türkiye"}
	case "SA":
		return []string{"KSA"}
	case "PS":
		return []string{"Palestine", "Палестина"}
	case "NL":
		return []string{"Holland", "Голландия"}
	case "MM":
		return []string{"Burma", "Myanmar"}
	case "MK":
		return []string{"Macedonia"}
	}
	return nil
}

func (c *country) find(t *text, not cover) []hit {
	var hits []hit
	for i := range c.names {
		n := &c.names[i]
		if n.languages != nil && !slices.Contains(n.languages, t.base) {
			continue
		}
		for _, at := range n.find(t) {
			if !n.ofSomeone(t, at) {
				hits = append(hits, hit{at, n.term, n.rule})
			}
		}
	}
	if len(hits) == 0 {
		return nil
	}
	var misread []span
	for i := range c.not {
		misread = append(misread, c.not[i].find(t)...)
	}
	return outside(outside(longest(hits), not), newCover(t, misread, 0, 0))
}

// ofSomeone tells a capital that is part of a person's or another name: Jack London, Paris Hilton, Washington Post.
func (n *countryName) ofSomeone(t *text, at span) bool {
	f := t.fields[at.field]
	if !n.alone || f.headline || t.base == "de" || f.atoms[at.first].shape != capital {
		return false
	}
	if at.next < len(f.atoms) && f.atoms[at.next].gap == gapSpace && f.nameAt(t, at.next) {
		return true
	}
	return f.atoms[at.first].gap == gapSpace && f.nameAt(t, at.first-1)
}

// nameAt tells a capitalised word that is no day, opens no sentence and stands nowhere small.
func (f *field) nameAt(t *text, i int) bool {
	if !f.couldBeName(i) || f.atoms[i].shape != capital {
		return false
	}
	fold := f.atoms[i].fold
	return !t.lowered[fold] && !opensSentence(fold) && !(t.base == "en" && strings.HasSuffix(fold, "day"))
}
