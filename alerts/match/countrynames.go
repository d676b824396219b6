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
	if r, ok := regionNamed(want, all, language.English, display.Regions(language.English)); ok {
		return r, true
	}
	if code := calledEveryday(want); code != "" {
		return language.MustParseRegion(code), true
	}
	for _, tag := range display.Supported.Tags() {
		if namer := display.Regions(tag); namer != nil {
			if r, ok := regionNamed(want, all, tag, namer); ok {
				return r, true
			}
		}
	}
	return language.Region{}, false
}

func regionNamed(want string, all []language.Region, tag language.Tag, namer display.Namer) (language.Region, bool) {
	base, _ := tag.Base()
	for _, r := range all {
		for _, n := range spellings(r.String(), base.String(), namer.Name(r)) {
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

// regionNames are a country's names in the languages that CLDR knows and its everyday names, each once.
func regionNames(r language.Region) []countryName {
	c := nameList{code: r.String(), seen: map[string]int{}, keys: map[string]string{}}
	for _, tag := range append([]language.Tag{language.English}, display.Supported.Tags()...) {
		base, _ := tag.Base()
		if namer := display.Regions(tag); namer != nil {
			for _, n := range spellings(c.code, base.String(), namer.Name(r)) {
				c.add(n, base.String(), base.String() == "en")
			}
		}
	}
	for _, n := range everyday(c.code) {
		c.add(n.written, n.language, n.language == "")
	}
	for i := range c.names {
		n := &c.names[i]
		if n.everywhere && n.foreign || slices.Contains(n.languages, "") {
			n.languages = nil
		}
		slices.Sort(n.languages)
		n.languages = slices.Compact(n.languages)
	}
	return c.names
}

// A nameList gathers the names of a country.
type nameList struct {
	code  string
	names []countryName
	seen  map[string]int    // by countryKey
	keys  map[string]string // by what is written
}

// add takes a name in a language, "" for all.
func (c *nameList) add(written, lang string, everywhere bool) {
	key, ok := c.keys[written]
	if !ok {
		key = countryKey(written)
		if shapeOf(written) == upper {
			key += " in capitals" // Italian has Usa, too
		}
		c.keys[written] = key
	}
	if key == "" || strings.EqualFold(written, c.code) {
		return
	}
	i, ok := c.seen[key]
	if !ok {
		n := countryName{bridged: newBridged(written, asName)}
		if n.isCharacter() {
			return
		}
		n.foreign = utf8.RuneCountInString(written) >= shortName || !unicode.Is(unicode.Latin, firstRune(written))
		i = len(c.names)
		c.seen[key] = i
		c.names = append(c.names, n)
	}
	c.names[i].everywhere = c.names[i].everywhere || everywhere
	c.names[i].languages = append(c.names[i].languages, lang)
}

// regionWords are a country's names in languages that inflect them as words too: Niemcy, w Niemczech; Stany Zjednoczone,
// Stanów Zjednoczonych; den Vereinigten Staaten.
func regionWords(r language.Region) []countryName {
	var names []countryName
	for _, lang := range []string{"pl", "cs", "sk", "hr", "sl", "uk", "el", "de"} {
		written := spellings(r.String(), lang, display.Regions(language.MustParse(lang)).Name(r))
		for _, n := range everyday(r.String()) {
			if n.language == lang {
				written = append(written, n.written)
			}
		}
		for _, w := range written {
			if utf8.RuneCountInString(w) < shortName || lang == "de" && !strings.Contains(w, " ") && !strings.HasSuffix(w, "lande") {
				continue
			}
			if lang == "sl" && len(inCases(lang, w)) > 0 {
				continue // the stem of Nemčija is that of Nemec, a surname
			}
			names = append(names, countryName{bridged: newBridged(w, asWord), languages: []string{lang}})
		}
	}
	return append(names, regionForms(r)...)
}

// regionForms are a country's names in the cases of languages whose names take other endings than decline knows.
func regionForms(r language.Region) []countryName {
	var names []countryName
	for _, lang := range []string{"sl", "ro", "lt", "lv", "et", "sq"} {
		written := spellings(r.String(), lang, display.Regions(language.MustParse(lang)).Name(r))
		for _, n := range everyday(r.String()) {
			if n.language == lang {
				written = append(written, n.written)
			}
		}
		for _, w := range written {
			for _, form := range inCases(lang, w) {
				names = append(names, countryName{bridged: newBridged(form, exactly), languages: []string{lang}})
			}
		}
	}
	return names
}

// inCases are a name's forms in other cases than the nominative: Rusia, Rusiei; Venemaa, Venemaaga.
func inCases(lang, name string) []string {
	rules := ""
	switch lang {
	case "sl":
		if !strings.Contains(name, " ") {
			rules = "ija:ije,iji,ijo"
		}
	case "ro":
		rules = "a:ei ă:ei ele:elor"
	case "lt":
		rules = "a:os,ai,ą,oje as:o,ui,ą,e,u is:io,iui,į,yje,iu ė:ės,ei,ę,ėje"
	case "lv":
		rules = "a:as,ai,u,ā e:es,ei,i,ē"
	case "et":
		rules = "a:as,asse,ast,al,ale,alt,aga i:is,isse,ist,il,ile,ilt,iga n:ni,nis,nist,nile,nilt,niga"
	case "sq":
		rules = "ia:isë,inë a:ës,ën i:ia,isë,inë,it,in"
	}
	var forms []string
	for rule := range strings.FieldsSeq(rules) {
		from, to, _ := strings.Cut(rule, ":")
		base, ok := strings.CutSuffix(name, from)
		if !ok || utf8.RuneCountInString(base) < 3 {
			continue
		}
		for form := range strings.SplitSeq(to, ",") {
			forms = append(forms, base+form)
		}
		break
	}
	return forms
}
