package aliases

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// names are somebody's, as a catalogue has them.
type names struct {
	key  string // "" is the main name
	all  []string
	weak []string // what the catalogue itself holds for too common to find anybody by
	flip bool     // "Putin, Vladimir" is Vladimir Putin here, not a title behind a comma
}

// person makes a person of the names, each once: those that a watch learns, and those that only tell who is meant.
// c counts those that a watch does not learn. Without a fit name the person has none.
func (n names) person(c *Counts) alerts.Person {
	p := alerts.Person{Key: n.key}
	seen := map[string]bool{}
	words := map[string]int{} // the words of longer names
	take := func(raw string) (string, bool) {
		s := tidy(raw, n.flip)
		key := alerts.NameKey(s)
		switch {
		case !c.takes(s), seen[key]:
			return "", false
		case len(seen) >= alerts.MaxAliases:
			c.Cut++
			return "", false
		}
		seen[key] = true
		return s, true
	}
	var fit []string
	for _, raw := range n.all {
		if s, ok := take(raw); ok {
			fit = append(fit, s)
			if parts := split(s); len(parts) > 1 {
				for _, w := range parts {
					words[w]++
				}
			}
		}
	}
	for i, s := range fit {
		if parts := split(s); i > 0 && len(parts) == 1 && words[parts[0]] > 0 && !han(s) {
			p.Bare = append(p.Bare, s)
			continue
		}
		p.Names = append(p.Names, s)
	}
	for _, raw := range n.weak {
		if s, ok := take(raw); ok && len(split(s)) > 1 {
			p.Names = append(p.Names, s)
		} else if ok {
			p.Bare = append(p.Bare, s)
		}
	}
	if p.Key == "" && len(p.Names) > 0 {
		p.Key = alerts.NameKey(p.Names[0])
	}
	c.Bare += len(p.Bare)
	return p
}

func isName(s string) bool {
	return match.IsName(s) && !isReference(s) && !suffix(s) && !match.IsNobody(s)
}

// takes tells a name that may find somebody, and counts others.
func (c *Counts) takes(s string) bool {
	const shown = 5
	switch {
	case !isName(s):
		c.Unfit++
		return false
	case !match.IsOffice(s):
		return true
	}
	c.Offices++
	if len(c.SomeOffices) < shown && !slices.Contains(c.SomeOffices, s) {
		c.SomeOffices = append(c.SomeOffices, s)
	}
	return false
}

// isReference tells an address or the number of a Wikidata item, which catalogues have where a name is missing.
func isReference(s string) bool {
	if digits, ok := strings.CutPrefix(s, "Q"); ok && digits != "" && strings.Trim(digits, "0123456789") == "" {
		return true
	}
	return strings.Contains(s, "://") || strings.HasPrefix(strings.ToLower(s), "www.")
}

// tidy writes a name as newspapers do: "PUTIN, Vladimir" becomes "Vladimir Putin" where that is what a comma means.
func tidy(s string, flip bool) string {
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " "))), " ")
	if last, first, ok := strings.Cut(s, ", "); ok && flip && !strings.Contains(first, ",") && !suffix(first) && opensName(first, s) {
		first, note, noted := strings.Cut(first, " (")
		s = first + " " + last
		if noted {
			s += " (" + note
		}
	}
	parts := strings.Fields(s)
	if len(parts) < 2 {
		return s
	}
	shouted := strings.ToUpper(s) == s
	for i, w := range parts {
		if n := len([]rune(w)); (shouted && n > 1 || n > 3) && strings.ToUpper(w) == w && strings.ToLower(w) != w && !strings.Contains(w, ".") {
			parts[i] = cases.Title(language.Und).String(w)
		}
	}
	return strings.Join(parts, " ")
}

// opensName tells that what stands behind a comma is a first name, and no office, degree or seat.
func opensName(behind, name string) bool {
	printed := match.PrintedName(name)
	return !strings.HasPrefix(name, printed) && strings.Contains(behind, strings.Fields(printed + " ,")[0])
}

// suffix tells what follows a comma without being a first name.
func suffix(s string) bool {
	switch strings.ToLower(strings.TrimRight(s, ".")) {
	case "jr", "sr", "ii", "iii", "iv":
		return true
	}
	return false
}

// split gives a name's words as they are compared. A middle dot parts Chinese and Japanese renderings of foreign names.
func split(s string) []string {
	return strings.FieldsFunc(alerts.NameKey(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r) && r != '\'' && r != '-'
	})
}

// han tells a name in Chinese characters alone, whose short form is how papers name a foreigner.
func han(s string) bool {
	n := 0
	for _, r := range s {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
		n++
	}
	return n > 1
}
