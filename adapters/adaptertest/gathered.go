package adaptertest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// gatheredSample is a message that names n stories and tells of more.
func gatheredSample(c alerts.Channel, n, more int) alerts.Alert {
	a := sample(c, 1)
	a.Title, a.URL, a.Summary, a.More = fmt.Sprintf("Late: %d stories from 3 sources", n+more), "", "They are told together.", more
	for i := range a.Sources {
		a.Sources[i].URL = ""
	}
	for i := range a.Matches {
		a.Matches[i].Evidence = nil
	}
	for i := range n {
		s := sample(c, 100+i)
		a.Stories = append(a.Stories, alerts.Piece{
			Story: s.Story, Title: fmt.Sprintf("Round %d of the talks ends", 100+i), URL: s.URL, Published: published().Add(-time.Duration(i) * time.Hour),
			Source: s.Sources[i%3], Matches: s.Matches[:1],
		})
	}
	return a
}

// gathered: a message that tells several stories leads to each that it names, says how many more there are and where, and
// is as harmless as any other, whatever stands in the stories.
func gathered(t testing.TB, s Subject) {
	p := s.New(t)
	poster := p.Poster()
	for i, x := range []struct{ named, more int }{{1, 0}, {3, 0}, {25, 4900}} {
		a := gatheredSample(p.Channel(i%3), x.named, x.more)
		m := shown(t, p, a.Channel, post(t, poster, root(a)))
		namesStories(t, m, "gathered", a, min(x.named, 10))
		d := root(a)
		d.Part = d.Part.AsPlain()
		namesStories(t, shown(t, p, a.Channel, post(t, poster, d)), "gathered, plain", a, min(x.named, 3))
	}
	for i, text := range injections() {
		a := gatheredSample(p.Channel(i%3), 2, 1)
		a.ID, a.Story = alerts.NewAlertID(a.Channel, a.Story+alerts.StoryID(strconv.Itoa(i))), a.Story+alerts.StoryID(strconv.Itoa(i))
		for j := range a.Stories {
			q := &a.Stories[j]
			q.Title, q.Source = text+"Qtitle", alerts.AlertSource{Name: text + "Qsource", Country: text, Ownership: alerts.Ownership(text)}
			q.Matches = []alerts.Hit{{Watchlist: text + "Qlist", Watch: text + "Qwatch", Kind: match.Topic, Mention: match.Body}}
		}
		m := shown(t, p, a.Channel, post(t, poster, root(a)))
		harmless(t, m, fmt.Sprintf("gathered with %q", text), a)
		sees(t, m, "gathered title", text+"Qtitle")
		sees(t, m, "gathered watch", text+"Qwatch")
	}
	long := gatheredSample(p.Channel(0), 25, 0)
	for j := range long.Stories {
		q := &long.Stories[j]
		q.Title, q.URL = strings.Repeat("*_~谈判`&<>|", 800), "https://news.example.org/?q="+strings.Repeat("a", 900*(j%4))
		q.Source.Name, q.Matches[0].Watch = strings.Repeat("Post ", 600), strings.Repeat("Anna ", 600)
	}
	long.Story += "long"
	harmless(t, shown(t, p, long.Channel, post(t, poster, root(long))), "gathered, long", long)
	lying := gatheredSample(p.Channel(0), 2, 0)
	lying.Story += "lying"
	lying.Stories[0].URL, lying.Stories[1].URL = "javascript:alert(1)", "https://news.example.org/a)[x](https://evil.example/)"
	harmless(t, shown(t, p, lying.Channel, post(t, poster, root(lying))), "gathered, lying addresses", lying)
}

var moreStories = regexp.MustCompile(`and (\d+) more`)

// namesStories fails t unless the message names at least that many of the stories, leads to each, and says how many it
// does not name.
func namesStories(t testing.TB, m Message, what string, a alerts.Alert, atLeast int) {
	t.Helper()
	harmless(t, m, what, a)
	sees(t, m, what, a.Title)
	sees(t, m, what, a.ID)
	named := 0
	for _, q := range a.Stories {
		if strings.Contains(squash(m.Text), squash(q.Title)) {
			named++
			leadsTo(t, m, what, q.URL)
			sees(t, m, what, q.Source.Name)
		}
	}
	rest := 0
	if found := moreStories.FindStringSubmatch(m.Text); found != nil {
		rest, _ = strconv.Atoi(found[1]) // it is a number
	}
	if named < atLeast || named+rest != len(a.Stories)+a.More {
		t.Errorf("%s: names %d stories and %d more of %d:\n%s", what, named, rest, len(a.Stories)+a.More, m.Text)
	}
}
