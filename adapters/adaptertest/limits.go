package adaptertest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// limits: however large or empty a part of the alert is, the vendor takes the message, and what a reader can't do
// without stays: how the title begins, the way to the article and the short id.
func limits(t testing.TB, s Subject) {
	p := s.New(t)
	poster := p.Poster()
	for i, l := range extremes() {
		a := sample(p.Channel(i%3), i)
		l.stretch(&a)
		m := shown(t, p, a.Channel, post(t, poster, root(a)))
		harmless(t, m, l.name, a)
		if !a.Notice {
			sees(t, m, l.name+": short id", a.ID)
		}
		sees(t, m, l.name+": title", firstRunes(a.Title, 60))
		if len(a.URL) <= 1000 {
			leadsTo(t, m, l.name, a.URL)
		}
	}
}

// An extreme is an alert that no one would write and some feed will have.
type extreme struct {
	name    string
	stretch func(a *alerts.Alert)
}

func extremes() []extreme {
	const word = "negotiations "
	return []extreme{
		{"title of 20,000 runes", func(a *alerts.Alert) { a.Title = "Begins so: " + strings.Repeat(word, 1600) }},
		{"title of one word", func(a *alerts.Alert) { a.Title = strings.Repeat("x", 9000) }},
		{"title of mark-up", func(a *alerts.Alert) { a.Title = strings.Repeat("*_~`&<>|", 800) }},
		{"summary of 200,000 runes", func(a *alerts.Alert) { a.Summary = strings.Repeat(word, 16000) }},
		{"summary of mark-up", func(a *alerts.Alert) { a.Summary = strings.Repeat("*_~`&<>|[]()", 2000) }},
		{"summary of lines", func(a *alerts.Alert) { a.Summary = strings.Repeat("line\n\n", 3000) }},
		{"summary of CJK", func(a *alerts.Alert) { a.Summary = strings.Repeat("谈判代表在首都会面。", 2000) }},
		{"one grapheme of 10,000 marks", func(a *alerts.Alert) { a.Summary = "e" + strings.Repeat("\u0301", 10000) }},
		{"long names", func(a *alerts.Alert) {
			a.Sources[0].Name, a.Matches[0].Watch = strings.Repeat("Post ", 600), strings.Repeat("Anna ", 600)
			a.Matches[0].Watchlist, a.Matches[0].Evidence[0].Text = strings.Repeat("list ", 600), strings.Repeat("Anna ", 600)
			a.Sources[1].Country, a.Language = strings.Repeat("GB", 600), strings.Repeat("en-", 600)
		}},
		{"500 outlets", manyOutlets},
		{"500 watches", manyWatches},
		{"everything", func(a *alerts.Alert) {
			a.Title, a.Summary = strings.Repeat(word, 1600), strings.Repeat("*谈判 ", 9000)
			manyOutlets(a)
			manyWatches(a)
		}},
		{"address of 5,000 bytes", func(a *alerts.Alert) {
			a.URL = "https://news.example.org/?q=" + strings.Repeat("a", 5000)
			a.Sources[0].URL = a.URL
		}},
		{"without an address", func(a *alerts.Alert) { a.URL, a.Sources[0].URL = "", "" }},
		{"without a title", func(a *alerts.Alert) { a.Title = "" }},
		{"title of blanks", func(a *alerts.Alert) { a.Title = " \n\t " }},
		{"without a summary", func(a *alerts.Alert) { a.Summary = "" }},
		{"names unknown", func(a *alerts.Alert) {
			a.Title, a.Summary, a.Language = "Short", "", ""
			a.Sources = []alerts.AlertSource{{}}
			a.Matches = a.Matches[:1]
			a.Matches[0].Watchlist = ""
		}},
		{"notice", func(a *alerts.Alert) {
			a.Title, a.URL, a.Notice, a.Sources, a.Matches = "A channel has stopped", "", true, nil, nil
		}},
	}
}

func manyOutlets(a *alerts.Alert) {
	for i := range 500 {
		a.Sources = append(a.Sources, alerts.AlertSource{
			Name: fmt.Sprintf("Outlet number %d of the world", i), Country: "FR", Ownership: alerts.State,
			URL: fmt.Sprintf("https://outlet%d.example.org/%s", i, strings.Repeat("p", 100)),
		})
	}
}

func manyWatches(a *alerts.Alert) {
	for i := range 500 {
		hit := alerts.Hit{Watchlist: fmt.Sprint("list ", i%9), Watch: fmt.Sprintf("Watch number %d", i), Kind: match.Topic, Mention: match.Body}
		for range 20 {
			hit.Evidence = append(hit.Evidence, match.Evidence{Field: match.Text, Start: 0, End: 3, Text: "The", Term: "the", Rule: match.Word})
		}
		a.Matches = append(a.Matches, hit)
	}
}

func firstRunes(s string, n int) string {
	r := []rune(s)
	return string(r[:min(n, len(r))])
}

// graphemes: wherever a text is cut, no character that a reader sees as one is cut in two. Each unit is repeated far
// beyond every limit, behind 0, 1, 2, … letters, so that every place inside it comes to lie at the limit.
func graphemes(t testing.TB, s Subject) {
	p := s.New(t)
	poster := p.Poster()
	units := []string{
		"👨\u200d👩\u200d👧\u200d👦", // one emoji of seven runes
		"ш\u0323\u0301",          // a letter with two marks, which no composed letter replaces
		"🇺🇳",                     // a flag of two letters
	}
	n := 0
	for _, unit := range units {
		for shift := range len(utf16.Encode([]rune(unit))) {
			n++
			text := strings.Repeat("a", shift) + strings.Repeat(unit, 3000)
			a := sample(p.Channel(n%3), n)
			a.Title, a.Summary = text, text
			a.Sources = []alerts.AlertSource{{Name: text, URL: a.URL}}
			a.Matches = a.Matches[:1]
			a.Matches[0].Watch, a.Matches[0].Evidence[0].Text = text, text
			m := shown(t, p, a.Channel, post(t, poster, root(a)))
			harmless(t, m, "graphemes", a)
			if !strings.Contains(m.Text, unit) {
				t.Errorf("%q behind %d letters: nothing of it is shown", unit, shift)
			}
			rest := strings.ReplaceAll(m.Text, unit, "")
			if i := strings.IndexFunc(rest, func(r rune) bool { return slices.Contains([]rune(unit), r) }); i >= 0 {
				t.Errorf("%q behind %d letters: cut in two, %q is left", unit, shift, firstRunes(rest[i:], len([]rune(unit))))
			}
		}
	}
}
