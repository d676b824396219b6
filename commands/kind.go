package commands

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// smallWord is a word that does not begin with a capital.
var smallWord = regexp.MustCompile(`(?:^| )\p{Ll}`)

// kindOf says what a watch is of which nobody says it. What has a query is a topic; what has other names or a surname is
// a person. Else it is a person if the name is written as names are and a person of that name would be found in a text
// that has it: not ceasefire, peace talks or the Kremlin.
func kindOf(s match.Spec) match.Kind {
	switch {
	case s.Query != "":
		return match.Topic
	case len(s.Aliases)+len(s.Near) > 0 || s.Exact:
		return match.Person
	case !slices.ContainsFunc([]rune(s.Name), func(r rune) bool { return unicode.IsLetter(r) && !unicode.IsLower(r) }):
		return match.Topic
	}
	l, err := newLens(match.Spec{Kind: match.Person, Name: s.Name})
	if err != nil {
		return match.Person // the mistake is told as one in a person's name
	}
	text := "It was " + s.Name + " who said so."
	if printed := match.PrintedName(s.Name); !smallWord.MatchString(printed) {
		text += " It was " + printed + " who said so." // of a list's name: Rafael Edward (Ted) Cruz
	}
	if fired, _ := l.look(Found{Article: alerts.Article{Text: text}}); len(fired) == 0 {
		return match.Topic
	}
	return match.Person
}

// otherKind is what a watch was most likely meant to be if it was not meant to be what it is.
func otherKind(w alerts.Watch) match.Kind {
	if w.Kind == match.Topic {
		return match.Person
	}
	if _, err := match.Compile(match.Spec{Kind: match.Country, Name: w.Name}); err == nil {
		return match.Country
	}
	return match.Topic
}

// otherwise says how a watch whose kind was guessed becomes one of another kind; nothing where it was said.
func otherwise(a ask, w alerts.Watch, list string) []Line {
	if a.Args["kind"] != "" || w.Query != "" {
		return nil
	}
	pairs := []string{"name", w.Name}
	if a.Args["list"] != "" {
		pairs = append(pairs, "list", list)
	}
	other := otherKind(w)
	changed := append(slices.Clone(pairs), "kind", string(other))
	return []Line{say("If you mean a ", string(other), ": ", a.write("watch remove", pairs...), ", then ", a.write("watch add", changed...))}
}

// watchFor is the command that watches what the spec finds.
func watchFor(a ask, s match.Spec) Span {
	pairs := []string{"name", s.Name}
	switch {
	case s.Query != "" && operator.MatchString(s.Query) && s.Query != phraseOf(s.Name):
		name := strings.Map(func(r rune) rune {
			if strings.ContainsRune(`"()*=:`, r) {
				return ' '
			}
			return r
		}, s.Query)
		pairs = []string{"name", strings.TrimSuffix(cut(clean(name), 60), "…"), "match", s.Query}
	case s.Kind == match.Topic, s.Kind != kindOf(match.Spec{Name: s.Name}):
		pairs = append(pairs, "kind", string(s.Kind))
	}
	return a.write("watch add", pairs...)
}

// phraseOf is the query for the words as they stand.
func phraseOf(words string) string { return `"` + words + `"` }
