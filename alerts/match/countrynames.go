package match

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

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
		i, ok := seen[key]
		if !ok {
			i = len(names)
			seen[key] = i
			n := countryName{phrase: newPhrase(written, asName), everywhere: lang == "" || lang == "en"}
			n.foreign = utf8.RuneCountInString(written) >= shortName || !unicode.Is(unicode.Latin, firstRune(written))
			names = append(names, n)
		}
		names[i].everywhere = names[i].everywhere || lang == ""
		names[i].languages = append(names[i].languages, lang)
	}
	for _, tag := range append([]language.Tag{language.English}, display.Supported.Tags()...) {
		base, _ := tag.Base()
		if namer := display.Regions(tag); namer != nil {
			for _, n := range spellings(namer.Name(r)) {
				if code := r.String(); code != "HK" && code != "MO" || n != namer.Name(language.MustParseRegion("CN")) {
					add(n, base.String()) // Hong Kong (China) is not China
				}
			}
		}
	}
	for _, n := range otherNames(r.String()) {
		add(n, "")
	}
	for i := range names {
		n := &names[i]
		if n.everywhere && n.foreign || slices.Contains(n.languages, "") {
			n.languages = nil
		}
		slices.Sort(n.languages)
		n.languages = slices.Compact(n.languages)
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
