package feeds

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A reader is a feed that is read again and again, and what a store would know of it.
type reader struct {
	feed    alerts.Feed
	known   map[alerts.ArticleKey]bool
	words   map[string]string // by key
	window  alerts.Window
	forgets bool // reads each body whole
	parsed  int  // articles that were read, new and old
}

// told is what one body led to.
type told struct {
	Fresh  []string // keys, in the order they are recorded
	Edited []string // keys of known articles that say something else
	Window []string
	Gap    *alerts.Gap
	Failed string
}

func (r *reader) read(t require.TestingT, body string, at time.Time) (out told) {
	if r.forgets {
		r.feed.Cursor.Manners.Known = ""
	}
	v := Fetched{Status: 200, Body: []byte(body), URL: "https://a.example/feed"}.Visit(r.feed, at)
	w := alerts.World{Known: r.known, Windows: map[alerts.FeedID]alerts.Window{1: r.window}}
	lens, err := alerts.NewLens(alerts.Roster{})
	require.NoError(t, err)
	o := alerts.Plan([]alerts.Visit{v}, w, lens, alerts.Terms{}, at)[0]
	for _, a := range v.Articles {
		if k := (alerts.ArticleKey{Feed: 1, Key: a.Key}); r.known[k] && r.words[a.Key] != a.Words() {
			out.Edited = append(out.Edited, a.Key)
		}
		r.words[a.Key] = a.Words()
	}
	for _, a := range o.Recorded {
		out.Fresh = append(out.Fresh, a.Article.Key)
		r.known[alerts.ArticleKey{Feed: 1, Key: a.Article.Key}] = true
	}
	if o.Window != nil {
		r.window = o.Window
	}
	for _, h := range r.window {
		out.Window = append(out.Window, h.Item+" "+h.Text)
	}
	r.parsed += len(v.Articles)
	r.feed.Cursor, out.Gap, out.Failed = v.Cursor, o.Gap, v.Cursor.Failure
	return out
}

func newReader() *reader {
	return &reader{feed: alerts.Feed{ID: 1, URL: "https://a.example/feed"}, known: map[alerts.ArticleKey]bool{}, words: map[string]string{}}
}

// TestPassingOverIsReading: a feed whose known items are passed over is understood as one that is read whole each time, whatever
// its publisher does: items that come, go, change, move, share ids and pages, lack dates, hide ends of items in their text.
func TestPassingOverIsReading(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		passes, whole := newReader(), newReader()
		whole.forgets = true
		now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
		kind := rapid.SampledFrom([]string{"rss", "atom", "rdf", "json"}).Draw(t, "kind")
		for range rapid.IntRange(2, 6).Draw(t, "visits") {
			now = now.Add(time.Hour)
			body := drawBody(t, kind, now)
			require.Equal(t, whole.read(t, body, now), passes.read(t, body, now), body)
		}
	})
}

// drawBody draws a feed of few possible items, so that they come again.
func drawBody(t *rapid.T, kind string, now time.Time) string {
	if kind == "json" {
		return drawJSON(t, now)
	}
	var b strings.Builder
	head, item, tail := "<rss><channel>", "item", "</channel></rss>"
	switch kind {
	case "atom":
		head, item, tail = `<feed xmlns="http://www.w3.org/2005/Atom">`, "entry", "</feed>"
	case "rdf":
		head, tail = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel></channel>`, "</rdf:RDF>"
	}
	b.WriteString(head + "<title>Feed at " + now.String() + "</title>")
	odd := rapid.Bool().Draw(t, "odd")
	for range rapid.IntRange(0, 8).Draw(t, "items") {
		n := rapid.IntRange(0, 9).Draw(t, "item")
		id, page, title := fmt.Sprint("id", n), fmt.Sprint("https://a.example/", n), fmt.Sprint("Title ", n, " ", rapid.IntRange(0, 1).Draw(t, "edit"))
		trick := 0
		if odd {
			trick = rapid.IntRange(0, 12).Draw(t, "trick")
		}
		switch trick {
		case 1:
			id = "same"
		case 2:
			page = "https://a.example/all"
		case 3:
			id = ""
		case 4:
			title = "<![CDATA[</" + item + ">]]>" + title
		case 5:
			title += "<b>never closed"
		case 6:
			title = ""
		}
		fmt.Fprintf(&b, "<%s><title>%s</title><link>%s</link>", item, title, page)
		if id != "" {
			fmt.Fprintf(&b, "<guid>%s</guid><id>%[1]s</id>", id)
		}
		if n%3 > 0 {
			fmt.Fprintf(&b, "<pubDate>Sun, %02d Nov 2026 11:00:00 GMT</pubDate><published>2026-11-%02[1]dT11:00:00Z</published>", 10+n)
		}
		if trick != 7 {
			fmt.Fprintf(&b, "</%s>", item)
		}
	}
	if !odd || rapid.IntRange(0, 5).Draw(t, "end") > 0 {
		b.WriteString(tail)
	}
	return b.String()
}

// TestKnownItemsAreNotReadAgain counts what is read of a feed of which a window of 25 items moves on by one each visit.
func TestKnownItemsAreNotReadAgain(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	body := func(newest int, more string) string {
		var b strings.Builder
		fmt.Fprintf(&b, "<rss><channel><title>Feed</title><lastBuildDate>%d</lastBuildDate>", newest)
		for i := newest; i > newest-25; i-- {
			fmt.Fprintf(&b, "<item><title>Title %d</title><guid>%[1]d</guid><link>https://a.example/%[1]d</link></item>", i)
		}
		return b.String() + more + "</channel></rss>"
	}
	r := newReader()
	for i := range 10 {
		out := r.read(t, body(100+i, ""), now.Add(time.Duration(i)*time.Hour))
		require.Nil(t, out.Gap)
		require.Len(t, out.Window, 25)
		if i > 0 {
			require.Equal(t, []string{fmt.Sprint(100 + i)}, out.Fresh)
		}
	}
	require.Equal(t, 25+9, r.parsed)

	v := Fetched{Status: 200, Body: []byte(body(109, "<!-- built anew -->")), URL: "https://a.example/feed"}.Visit(r.feed, now)
	require.Nil(t, v.Articles, "nothing came and nothing went")
	require.Nil(t, v.Still)

	shared := r.read(t, body(110, "<item><title>Other</title><guid>105</guid><link>https://a.example/105</link></item>"), now.Add(20*time.Hour))
	require.Equal(t, []string{"110"}, shared.Fresh)
	require.Equal(t, 25+9+26-1, r.parsed, "an id that is known from another item: the body is read whole")

	out := r.read(t, body(200, ""), now.Add(30*time.Hour))
	require.NotNil(t, out.Gap, "none of the items is known")
}

// TestAKnownItemThatRepeats: a body of one known item, three times, is one where all share an id that then names none of
// them, as it is for a reader that knows nothing.
func TestAKnownItemThatRepeats(t *testing.T) {
	const item = "<item><title>Title</title><guid>id</guid><link>https://a.example/0</link></item>"
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	passes, whole := newReader(), newReader()
	whole.forgets = true
	for i, items := range []string{item + strings.ReplaceAll(item, "Title", "Other") + "<item><title>More</title></item>", item + item + item} {
		body := "<rss><channel><title>Feed</title>" + items + "</channel></rss>"
		at := now.Add(time.Duration(i) * time.Hour)
		require.Equal(t, whole.read(t, body, at), passes.read(t, body, at), body)
	}
}
