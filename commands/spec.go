package commands

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// newWatch makes the watch that the arguments of watch add describe, or says what is wrong with them.
func newWatch(a ask) (alerts.Watch, error) {
	w := alerts.Watch{
		Spec: match.Spec{
			Kind: match.Kind(a.Args["kind"]), Name: a.Args["name"], Query: a.Args["match"],
			Aliases: parts(a.Args["aliases"]), Near: parts(a.Args["near"]), Not: parts(a.Args["not"]),
			Exact: a.Args["exact"] == yes,
		},
		Least: match.Mention(a.Args["least"]),
	}
	if err := checkTerms(a); err != nil {
		return w, err
	}
	if w.Kind == "" {
		w.Kind = kindOf(w.Spec)
	}
	if err := misfit(w.Kind, a); err != nil {
		return w, err
	}
	if _, err := match.Compile(w.Spec); err != nil {
		return w, badSpec(w.Spec, err, a)
	}
	return w, nil
}

// misfit refuses options that are not for a watch of the kind. They are those that the configuration refuses as keys.
func misfit(kind match.Kind, a ask) error {
	const both = "person or country"
	for _, m := range []struct {
		option string
		kind   match.Kind
		of, do string
	}{
		{"match", match.Person, "topic", "Leave out kind: to make it one, or use aliases:, near: and not:."},
		{"match", match.Country, "topic", "Leave out kind: to make it one, or use aliases: and not:."},
		{"aliases", match.Topic, both, "Write them in match: with OR, such as match:\"peace talks\" OR ceasefire."},
		{"near", match.Topic, "person", "Write NEAR/n in match:, such as match:sanctions NEAR/5 Iran."},
		{"near", match.Country, "person", "Leave it out, or make it a topic: kind:topic and a match:."},
		{"not", match.Topic, both, "Write NOT in match:, such as match:ceasefire NOT football."},
		{"exact", match.Topic, "person", "Leave it out; in match: write =word for exactly this form."},
		{"exact", match.Country, "person", "Leave it out."},
	} {
		if value := a.Args[m.option]; value == "" || m.kind != kind || m.option == "exact" && value != yes {
			continue
		}
		say := fmt.Sprintf("%s: is for a %s, and this is a %s. %s", m.option, m.of, kind, m.do)
		if a.Args["kind"] == "" {
			say += " If it is a person, say kind:person."
		}
		return invalid("%s", say)
	}
	return nil
}

// badSpec tells a mistake in a watch or in what is looked up; in a query it shows the place.
func badSpec(s match.Spec, err error, a ask) error {
	var bad *match.SpecError
	if !errors.As(err, &bad) {
		return err
	}
	var lines []Line
	if bad.Field == "match" && bad.Column > 0 && s.Query != "" {
		lines = append(lines, say(code(caret(s.Query, bad.Column))))
	}
	return &refusalError{append(lines, say(unescape(bad.Say)), say("See ", a.write("help", "command", a.Name), "."))}
}

// doubts says what of a watch hardly anybody can mean, as it finds nothing or too much.
func doubts(w alerts.Watch) (lines []Line) {
	for _, d := range append(match.Doubts(w.Spec), match.DoubtsOfFinding([]match.Spec{w.Spec})...) {
		if d != nil {
			lines = append(lines, say("Careful: ", unescape(d.Say)))
		}
	}
	if match.IsLong(w.Spec) {
		lines = append(lines, say("Careful: Newspapers may leave out a part of this name, and where a word of it is missing an article is a near miss, of which nobody is told. "+
			"Add what they print as an alias, like Joe Biden for Joseph Robinette Biden."))
	}
	return lines
}

// quoted is a text as Go quotes it.
var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// unescape writes what Go quoted as people write it: without escapes for what can't be seen.
func unescape(s string) string {
	return quoted.ReplaceAllStringFunc(s, func(q string) string {
		if plain, err := strconv.Unquote(q); err == nil {
			return `"` + clean(plain) + `"`
		}
		return q
	})
}

// caret is the query with a mark below the column, counted in runes from 1. Of a long query it shows the part around it.
func caret(query string, column int) string {
	const around = 30
	runes := []rune(query)
	at := min(max(column-1, 0), len(runes))
	from, to := max(0, at-around), min(len(runes), at+around)
	shown, before := string(runes[from:to]), string(runes[from:at])
	if from > 0 {
		shown, before = "…"+shown, "…"+before
	}
	if to < len(runes) {
		shown += "…"
	}
	pad := strings.Map(func(r rune) rune {
		switch kind := width.LookupRune(r).Kind(); {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
			return -1
		case kind == width.EastAsianWide || kind == width.EastAsianFullwidth:
			return '\u3000' // as wide as what is above it
		}
		return ' '
	}, before)
	return shown + "\n" + pad + "^"
}

// describe names a watch in a reply.
func describe(w alerts.Watch) []Span {
	spans := []Span{bold(w.Name)}
	if w.Kind != match.Person {
		spans = append(spans, Span{Text: " (" + string(w.Kind) + ")"})
	}
	return append(spans, queryOf(w)...)
}

// named names a watch whose kind is said already.
func named(w alerts.Watch) []Span { return append([]Span{bold(w.Name)}, queryOf(w)...) }

// queryOf is a watch's query behind its name, if it has one.
func queryOf(w alerts.Watch) []Span {
	if w.Query == "" {
		return nil
	}
	return []Span{{Text: ", "}, code(w.Query)}
}

// slug makes a short name of a text: letters and digits of any script in lower case, hyphens between words, at most 40 runes.
func slug(s string) string {
	var b strings.Builder
	n, gap := 0, false
	for _, r := range s {
		switch {
		case r == '\'' || r == '’':
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if gap && n > 0 {
				b.WriteByte('-')
				n++
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
			n++
		default:
			if n >= 24 {
				return b.String()
			}
			gap = true
		}
		if n >= 40 {
			break
		}
	}
	return b.String()
}
