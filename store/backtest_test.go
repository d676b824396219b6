package store

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A past is what feeds said and who watched: drawn anew for each run of the property.
type past struct {
	rounds  [][]spoken // visits of one batch each
	already []alerts.Watch
	trial   alerts.Watch
	subs    []alerts.Subscription
}

// spoken is what one feed says on one visit.
type spoken struct {
	feed     int
	articles []alerts.Article
}

const pastFeeds = 4 // three of the file's, one that two workspaces have, each under a label of its own

func drawWatch(t *rapid.T, label string) alerts.Watch {
	kind := rapid.SampledFrom([]match.Kind{match.Person, match.Person, match.Topic}).Draw(t, label+" kind")
	w := alerts.Watch{Least: rapid.SampledFrom([]match.Mention{"", match.Headline, match.Lead}).Draw(t, label+" least")}
	if kind == match.Topic {
		w.Spec = match.Spec{Kind: kind, Name: label + " topic", Query: rapid.SampledFrom([]string{"grain OR talks", `"peace talks"`, "source:courier AND talks", "grain NOT Witkoff"}).Draw(t, label)}
		return w
	}
	w.Spec = match.Spec{Kind: kind, Name: rapid.SampledFrom([]string{"Steve Witkoff", "Vladimir Putin", "Kaja Kallas", "Lula"}).Draw(t, label), Surname: rapid.Bool().Draw(t, label+" surname")}
	return w
}

func drawPast(t *rapid.T) past {
	p := past{already: []alerts.Watch{drawWatch(t, "first"), drawWatch(t, "second")}, trial: drawWatch(t, "trial")}
	p.trial.Name = strings.TrimSpace(p.trial.Name)
	for i, w := range p.already { // names are unique in a list
		if w.Name == p.trial.Name || i > 0 && w.Name == p.already[0].Name {
			p.already[i].Spec = match.Spec{Kind: match.Topic, Name: fmt.Sprintf("other %d", i), Query: "harbour OR budget"}
		}
	}
	for _, ch := range []alerts.Channel{desk, night, office} {
		for _, list := range []string{"Old", "New"} {
			if rapid.Bool().Draw(t, "subscribed") {
				p.subs = append(p.subs, alerts.Subscription{
					Channel: ch, List: alerts.ListRef{Name: list}, FromFile: true,
					Least: rapid.SampledFrom([]match.Mention{"", match.Headline, match.Lead}).Draw(t, "least"),
				})
			}
		}
	}
	words := rapid.SampledFrom([]string{
		"Steve Witkoff", "Witkoff", "Vladimir Putin", "Путин", "Putin", "Kaja Kallas", "Kallas", "Lula", "grain", "peace talks", "talks",
		"harbour", "budget", "Geneva", "arrives", "says", "on Monday", "12", "40", "ships", "envoy", "Mr Putin", ".",
	})
	text := func(n int) string { return strings.Join(rapid.SliceOfN(words, 1, n).Draw(t, "words"), " ") }
	var said []alerts.Article
	for round := range rapid.IntRange(1, 6).Draw(t, "rounds") {
		var batch []spoken
		for feed := range pastFeeds {
			v := spoken{feed: feed}
			for n := range rapid.IntRange(0, 4).Draw(t, "articles") {
				a := alerts.Article{
					Title: text(6), Text: text(60), Language: "en",
					Published: noon.Add(time.Duration(round)*7*time.Hour - time.Duration(rapid.IntRange(0, 300).Draw(t, "age"))*time.Hour),
				}
				if len(said) > 0 && rapid.IntRange(0, 2).Draw(t, "copy") == 0 { // a wire copy of what another said
					original := rapid.SampledFrom(said).Draw(t, "original")
					a.Title, a.Text = original.Title, original.Text
				}
				a.Key = fmt.Sprintf("%d-%d-%d", round, feed, n)
				a.URL = "https://example.org/" + a.Key
				a.Canonical = a.URL
				v.articles, said = append(v.articles, a), append(said, a)
			}
			batch = append(batch, v)
		}
		p.rounds = append(p.rounds, batch)
	}
	return p
}

// content is the file with, or without, the watch on trial.
func (p past) content(trial bool) FileContent {
	c := FileContent{Now: noon, Subscriptions: p.subs}
	for i := range pastFeeds - 1 {
		f := fileFeed([]string{"herald", "courier", ""}[i])
		f.Listings[0].Name = fmt.Sprintf("feed-%d", i)
		f.New = []int{0, 1, alerts.NewAll}[i]
		c.Feeds = append(c.Feeds, f)
	}
	c.Watchlists = []alerts.Watchlist{{ListRef: alerts.ListRef{Name: "Old"}, Watches: p.already}, {ListRef: alerts.ListRef{Name: "New"}}}
	if trial {
		c.Watchlists[1].Watches = []alerts.Watch{p.trial}
	}
	return c
}

// live ingests all articles into a new store, as the program does.
func (p past) live(t *testing.T, trial bool) *Store {
	s, _ := open(t)
	require.NoError(t, s.SyncFile(t.Context(), p.content(trial)))
	for i, w := range []alerts.Workspace{guild, team} {
		f := fileFeed("shared")
		f.Source.Name = []string{"courier", "gazette"}[i]
		f.Listings[0].Name = "zz-shared"
		require.NoError(t, s.AddFeed(t.Context(), change(w), f))
	}
	now := noon
	engine := alerts.NewEngine(s, alerts.Terms{MaxAge: 5 * 24 * time.Hour}, func() time.Time { return now }, slog.New(slog.DiscardHandler))
	for _, batch := range p.rounds {
		now = now.Add(7 * time.Hour)
		claimed := dueFeeds(t, s, now)
		slices.SortFunc(claimed, func(a, b alerts.Feed) int { return strings.Compare(a.Name(), b.Name()) })
		var visits []alerts.Visit
		for _, v := range batch {
			f := claimed[v.feed]
			visit := alerts.Visit{Feed: f, At: now, Title: "Own Title", NextPoll: now.Add(time.Hour), Cursor: alerts.Cursor{Visited: now, Succeeded: now}}
			for _, a := range v.articles {
				a.Feed, a.Seen = f.ID, now
				visit.Articles = append(visit.Articles, a)
			}
			visits = append(visits, visit)
		}
		_, err := engine.Ingest(t.Context(), visits)
		require.NoError(t, err)
	}
	return s
}

// decided are the decisions and near misses that a store holds.
func decided(t *testing.T, s *Store) (d []alerts.Decision, n []alerts.NearMiss) {
	t.Helper()
	err := s.look(t.Context(), "read", func(tx txn) (err error) {
		if d, err = decisions(t.Context(), tx, `SELECT `+decisionColumns+` FROM decisions ORDER BY id`); err != nil {
			return err
		}
		var keys []alerts.Article
		err = tx.each(t.Context(), `SELECT DISTINCT feed, item FROM near_misses`, nil, func(columns func(...any) error) error {
			var a alerts.Article
			err := columns(&a.Feed, &a.Key)
			keys = append(keys, a)
			return err
		})
		for _, a := range keys {
			for _, w := range []alerts.Workspace{guild, team} {
				some, err := nearMisses(t.Context(), tx, a, w)
				if err != nil {
					return err
				}
				n = append(n, some...)
			}
		}
		return err
	})
	require.NoError(t, err)
	return d, n
}

// predicted is what a backtest of a store's articles says for a roster.
func predicted(t *testing.T, s *Store, r alerts.Roster, list string) (d []alerts.Decision, n []alerts.NearMiss, report alerts.Report) {
	t.Helper()
	lens, err := alerts.NewLens(r)
	require.NoError(t, err)
	b := alerts.NewBacktest(lens, func(l alerts.ListRef, _ string) bool { return l.Name == list })
	require.NoError(t, s.Replay(t.Context(), time.Time{}, 1e6, func(a alerts.Past) error {
		some, nearly := b.Add(a)
		d, n = append(d, some...), append(n, nearly...)
		return nil
	}))
	return d, n, b.Report(noon.AddDate(0, 0, 3))
}

// A seenSoFar counts what the runs of the property were about, so that it is known to say something.
type seenSoFar struct{ fired, joined, barred, missed int }

// holds checks the property on one past: what a backtest predicts over articles that were read without a watch is what
// live matching decides with it.
func (seen *seenSoFar) holds(t *testing.T, p past) {
	without, with := p.live(t, false), p.live(t, true)
	defer without.Close()
	defer with.Close()
	roster, _, err := with.Roster(t.Context(), -1)
	require.NoError(t, err)
	wantDecisions, wantMisses := decided(t, with)
	gotDecisions, gotMisses, report := predicted(t, without, roster, "New")
	require.ElementsMatch(t, wantDecisions, gotDecisions)
	require.ElementsMatch(t, wantMisses, gotMisses)

	stories := map[alerts.StoryID]bool{}
	for _, d := range wantDecisions {
		if d.List.Name != "New" {
			continue
		}
		switch {
		case d.Verb == alerts.Joined:
			seen.joined++
		case d.Verb == alerts.Skipped && d.Reason != alerts.BelowBar:
			seen.barred++
		}
		seen.fired++
		if d.Verb != alerts.Skipped {
			stories[d.Story] = true
		}
	}
	seen.missed += len(wantMisses)
	if report.Articles > 0 {
		require.Len(t, stories, report.Trials[0].Stories)
		require.LessOrEqual(t, report.Trials[0].Alone, report.Trials[0].Stories)
	}
}

func TestABacktestPredictsWhatLiveMatchingDecides(t *testing.T) {
	pasts := rapid.Custom(drawPast)
	var seen seenSoFar
	for seed := range unlessShort(40, 12) {
		seen.holds(t, pasts.Example(seed))
	}
	require.Positive(t, seen.fired)
	require.Positive(t, seen.joined)
	require.Positive(t, seen.barred)
	require.Positive(t, seen.missed)
}

func FuzzABacktestPredictsWhatLiveMatchingDecides(f *testing.F) {
	f.Fuzz(func(t *testing.T, seed int) {
		var seen seenSoFar
		seen.holds(t, rapid.Custom(drawPast).Example(seed))
	})
}

// The comparison must be able to fail: another watch is decided about otherwise.
func TestAPredictionForAnotherWatchDiffers(t *testing.T) {
	p := past{
		rounds: [][]spoken{{{feed: 2, articles: []alerts.Article{{Key: "a", URL: "https://example.org/a", Title: "Steve Witkoff arrives", Published: noon}}}}},
		trial:  person("Steve Witkoff"),
		subs:   []alerts.Subscription{{Channel: desk, List: alerts.ListRef{Name: "New"}, FromFile: true}},
	}
	with := p.live(t, true)
	roster, _, err := with.Roster(t.Context(), -1)
	require.NoError(t, err)
	want, _ := decided(t, with)
	require.Len(t, want, 1)
	got, _, _ := predicted(t, p.live(t, false), roster, "New")
	require.Equal(t, want, got)
	roster.Watchlists[0].Watches = []alerts.Watch{person("Kaja Kallas")}
	got, _, _ = predicted(t, p.live(t, false), roster, "New")
	require.NotEqual(t, want, got)
}
