package store

import (
	"fmt"
	"html"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/seed-6c43f0f2/attache/feeds"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A press is a site with feeds whose items come again and again, each time in another guise.
type press struct {
	items  []printed
	rounds [][]guise // what each round does to its feeds, in order
}

// printed is an item as it was first published.
type printed struct {
	title, text string
	page        bool // it has an address
	feed, round int  // where and when it comes first
}

// guise is how a feed shows its items in one round.
type guise struct{ ids, dates, titles, tracking, http, oneID bool }

var flaws = []string{"ids", "dates", "titles", "tracking", "http", "oneID", "elsewhere"}

func drawPress(t *rapid.T) press {
	words := rapid.SampledFrom(strings.Fields("harbour budget grain ships ceasefire prisoners border winter gas summit treaty vote court river rail wheat"))
	p := press{}
	rounds := rapid.IntRange(2, 6).Draw(t, "rounds")
	for n := range rapid.IntRange(1, 7).Draw(t, "items") {
		text := ""
		for _, w := range rapid.SliceOfN(words, 20, 40).Draw(t, "text") {
			text += fmt.Sprintf(" %s%c", w, 'a'+n) // no two items tell one story
		}
		p.items = append(p.items, printed{
			title: fmt.Sprintf("Witkoff %s%c %s%c on day %d", words.Draw(t, "title"), 'a'+n, words.Draw(t, "title"), 'a'+n, 100+n),
			text:  "Steve Witkoff said:" + text,
			page:  rapid.IntRange(0, 3).Draw(t, "page") > 0,
			feed:  rapid.IntRange(0, 1).Draw(t, "feed"), round: rapid.IntRange(0, rounds-1).Draw(t, "round"),
		})
	}
	flip := rapid.Bool()
	for range rounds {
		var both []guise
		for range 2 {
			both = append(both, guise{
				ids: flip.Draw(t, "ids"), dates: flip.Draw(t, "dates"), titles: flip.Draw(t, "titles"), tracking: flip.Draw(t, "tracking"),
				http: flip.Draw(t, "http"), oneID: flip.Draw(t, "one id"),
			})
		}
		p.rounds = append(p.rounds, both)
	}
	return p
}

// rss is the feed in one round. An item without an address keeps its title and date, by which alone it is known.
func (p press) rss(feed, round int, now time.Time, seen map[string]bool) []byte {
	g := p.rounds[round][feed]
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel><title>Press</title>`)
	pin := "pin"
	if g.oneID {
		pin = "the-site"
	}
	fmt.Fprintf(&b, `<item><guid>%s</guid><title>About us %d</title></item>`, pin, feed) // there is always something
	for n, it := range p.items {
		if it.round > round || it.feed != feed && (it.round == round || !it.page) {
			continue // the other feed has it a round later
		}
		id, title, date, link := fmt.Sprintf("id-%d-%d", feed, n), it.title, noon.Add(time.Duration(it.round)*time.Hour), ""
		if g.ids {
			id += fmt.Sprintf("-%d", round)
			seen["ids"] = true
		}
		if g.oneID {
			id = "the-site"
			seen["oneID"] = true
		}
		if it.page {
			link = fmt.Sprintf("https://press.example/story/%d", n)
			if g.http {
				link = strings.Replace(link, "https:", "http:", 1)
				seen["http"] = true
			}
			if g.tracking {
				link += fmt.Sprintf("?utm_source=r%d&fbclid=%d", round, round)
				seen["tracking"] = true
			}
			if g.titles {
				title += fmt.Sprintf(" (update %d)", round)
				seen["titles"] = true
			}
			if g.dates {
				date = now.Add(-time.Minute)
				seen["dates"] = true
			}
		}
		if it.feed != feed {
			seen["elsewhere"] = true
		}
		fmt.Fprintf(&b, `<item><guid isPermaLink="false">%s</guid><title>%s</title><link>%s</link><pubDate>%s</pubDate><description>%s</description></item>`,
			id, html.EscapeString(title), html.EscapeString(link), date.Format(time.RFC1123Z), html.EscapeString(it.text))
	}
	b.WriteString(`</channel></rss>`)
	return []byte(b.String())
}

// run reads all rounds through the reader, the engine and the store; if far, weeks apart, with what is old pruned between.
func (p press) run(t *testing.T, far bool, seen map[string]bool) *Store {
	s, _ := open(t)
	content := subscribed(desk)
	content.Feeds = []alerts.Feed{fileFeed("one"), fileFeed("two")}
	content.Watchlists[0].Watches = []alerts.Watch{{Spec: match.Spec{Kind: match.Person, Name: "Steve Witkoff"}}}
	require.NoError(t, s.SyncFile(t.Context(), content))
	now := noon
	engine := alerts.NewEngine(s, alerts.Terms{MaxAge: 300 * 24 * time.Hour}, func() time.Time { return now }, slog.New(slog.DiscardHandler))
	for round := -1; round < len(p.rounds); round++ {
		claimed := dueFeeds(t, s, now)
		slices.SortFunc(claimed, func(a, b alerts.Feed) int { return strings.Compare(a.URL, b.URL) })
		require.Len(t, claimed, 2)
		var visits []alerts.Visit
		for i, f := range claimed {
			body := []byte(`<rss version="2.0"><channel><title>Press</title></channel></rss>`)
			if round >= 0 {
				body = p.rss(i, round, now, seen)
			}
			doc, err := feeds.Read(body, "", "")
			require.NoError(t, err)
			visits = append(visits, alerts.Visit{
				Feed: f, At: now, Articles: doc.Articles(f, now), NextPoll: now, Cursor: alerts.Cursor{Visited: now, Succeeded: now},
			})
		}
		_, err := engine.Ingest(t.Context(), visits)
		require.NoError(t, err)
		now = now.Add(time.Hour)
		if far && round >= 0 {
			now = now.Add(20 * 24 * time.Hour)
			_, err := s.Prune(t.Context(), now.Add(-10*24*time.Hour))
			require.NoError(t, err)
		}
	}
	return s
}

// holds checks that each item was told once, whatever it came back as, and that every article in which the watch was found
// left a decision.
func (p press) holds(t *testing.T, far bool, seen map[string]bool) {
	s := p.run(t, far, seen)
	defer s.Close()
	all, _ := decided(t, s)
	told := map[string]int{}
	for _, d := range all {
		if d.Verb == alerts.Posted || d.Verb == alerts.Gathered {
			var title string
			require.NoError(t, s.read.QueryRowContext(t.Context(), `SELECT title FROM articles WHERE feed = $1 AND item = $2`, d.Feed, d.ArticleKey).Scan(&title))
			title, _, _ = strings.Cut(title, " (update")
			told[title]++
		}
		seen[string(d.Reason)] = true
	}
	want := map[string]int{}
	for _, it := range p.items {
		want[it.title] = 1
	}
	require.Equal(t, want, told)
	require.Len(t, all, count(t, s, `SELECT COUNT(*) FROM articles WHERE title LIKE 'Witkoff%'`), "one decision for each article that matches")
	if !far { // else the texts are gone
		roster, _, err := s.Roster(t.Context(), -1)
		require.NoError(t, err)
		predictions, _, _ := predicted(t, s, roster, "World")
		require.ElementsMatch(t, predictions, all, "a backtest says the same")
	}
}

func TestWhatComesAgainIsNotToldAgain(t *testing.T) {
	draw := rapid.Custom(drawPress)
	seen := map[string]bool{}
	for seed := range unlessShort(30, 10) {
		draw.Example(seed).holds(t, seed%3 == 2, seen)
	}
	for _, need := range append(flaws, string(alerts.Duplicate), string(alerts.SamePage), string(alerts.NewStory)) {
		require.Contains(t, slices.Collect(maps.Keys(seen)), need, "the property says something about it")
	}
}

func FuzzWhatComesAgainIsNotToldAgain(f *testing.F) {
	f.Fuzz(func(t *testing.T, seed int, far bool) {
		rapid.Custom(drawPress).Example(seed).holds(t, far, map[string]bool{})
	})
}
