package store

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/seed-6c43f0f2/attache/alerts/story"
	"github.com/stretchr/testify/require"
)

// noon is when the tests' day begins.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

const (
	guild  alerts.Workspace = "discord:1"
	team   alerts.Workspace = "slack:T1"
	desk   alerts.Channel   = "discord:1/10"
	night  alerts.Channel   = "discord:1/11"
	office alerts.Channel   = "slack:T1/C1"
	lease                   = 30 * time.Second
)

var everywhere = []string{"discord", "slack", "console"}

// open returns a store of its own, on the server of TEST_POSTGRES_URL (make test-postgres) or else in a SQLite file: most
// tests hold for both. Its address is for those who open it again.
func open(t *testing.T) (*Store, string) {
	t.Helper()
	dsn := newDatabase(t)
	return reopen(t, dsn), dsn
}

// unlessShort is the one number, or the other with -short, as make race has it: there all takes ten times as long, and what the
// whole number shows is held without it.
func unlessShort(whole, short int) int {
	if testing.Short() {
		return short
	}
	return whole
}

// openFile returns a store in a SQLite file, for what only that has, and its path.
func openFile(t *testing.T) (*Store, string) {
	t.Helper()
	path := newFile(t)
	return reopen(t, "sqlite:"+path), path
}

func reopen(t *testing.T, dsn string) *Store {
	t.Helper()
	s, err := Open(t.Context(), dsn, Options{Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	t.Cleanup(func() { s.Close() })
	return s
}

func change(w alerts.Workspace) alerts.Change {
	return alerts.Change{Workspace: w, ActorID: "7", ActorName: "Ada", Command: "test", RequestID: "r1", Detail: "a test", At: noon}
}

// fileFeed is a feed of the configuration file's.
func fileFeed(name string) alerts.Feed {
	return alerts.Feed{
		URL: "https://example.org/" + name, Source: alerts.Source{Name: name, Country: "BE", Language: "en", Ownership: alerts.Public},
		Listings: []alerts.Listing{{Workspace: alerts.File, Name: name, Schedule: "@every 10m"}},
	}
}

// withFeed is a store that polls one feed of the file, and the feed as it was claimed.
func withFeed(t *testing.T, s *Store) alerts.Feed {
	t.Helper()
	require.NoError(t, s.SyncFile(t.Context(), FileContent{Feeds: []alerts.Feed{fileFeed("un")}, Now: noon}))
	claimed, err := s.ClaimFeeds(t.Context(), noon, lease, 10)
	require.NoError(t, err)
	require.Len(t, claimed, 1)
	return claimed[0]
}

// article is the n-th article of the feed, opening a story of its own.
func article(f alerts.Feed, n int) alerts.Recorded {
	a := alerts.Article{
		Feed: f.ID, Key: fmt.Sprintf("k%d", n), URL: fmt.Sprintf("https://example.org/a/%d?utm_source=x", n),
		Canonical: fmt.Sprintf("https://example.org/a/%d", n), Title: fmt.Sprintf("Title %d", n), Text: fmt.Sprintf("Witkoff spoke. Number%d.", n),
		Author: "Bo", Categories: []string{"World"}, Language: "en", Published: noon.Add(time.Duration(n) * time.Minute), Seen: noon.Add(time.Hour),
	}
	return alerts.Recorded{
		Article: a, Story: alerts.NewStoryID(f.URL, a.Key), Opens: true,
		Fingerprint: story.Fingerprint{Canonical: a.Canonical, Headline: []uint32{1, 1<<31 + uint32(n)}, Keys: []story.Key{"url", story.Key(fmt.Sprintf("h%d", n))}},
	}
}

// root is the delivery that opens the article's story in a channel.
func root(c alerts.Channel, r alerts.Recorded) alerts.Delivery { return delivery(c, r, alerts.Root) }

func delivery(c alerts.Channel, r alerts.Recorded, p alerts.Part) alerts.Delivery {
	return alerts.Delivery{Channel: c, Story: r.Story, Part: p, Drawing: alerts.DrawingVersion, OnUncertain: alerts.Repeat, Alert: alerts.Alert{
		ID: alerts.NewAlertID(c, r.Story), Channel: c, Story: r.Story, Title: r.Article.Title + " " + string(p), URL: r.Article.URL, Summary: "Witkoff spoke.",
	}}
}

func decision(c alerts.Channel, r alerts.Recorded) alerts.Decision {
	return alerts.Decision{
		Channel: c, List: alerts.ListRef{Name: "us-russia"}, Watch: "Steve Witkoff", Feed: r.Article.Feed, ArticleKey: r.Article.Key, Story: r.Story,
		Verb: alerts.Posted, Reason: alerts.NewStory, Mention: match.Headline, At: noon,
		Evidence: []match.Evidence{{Field: match.Title, End: 7, Text: "Witkoff", Term: "Steve Witkoff", Rule: match.Surname}},
	}
}

// visit is a visit to the feed that read it.
func visit(f alerts.Feed) alerts.Visit {
	return alerts.Visit{
		Feed: f, At: noon, Title: "UN News", NextPoll: noon.Add(10 * time.Minute),
		Cursor: alerts.Cursor{ETag: `W/"1"`, LastModified: "Sun, 22 Nov 2026 11:00:00 GMT", BodyHash: "h", Visited: noon, Succeeded: noon},
	}
}

// posted records n articles that open a story each, in each of the channels.
func posted(t *testing.T, s *Store, f alerts.Feed, n int, channels ...alerts.Channel) []alerts.Recorded {
	t.Helper()
	o := alerts.Outcome{Visit: visit(f)}
	for i := range n {
		r := article(f, i)
		o.Recorded = append(o.Recorded, r)
		for _, c := range channels {
			o.Decisions = append(o.Decisions, decision(c, r))
			o.Deliveries = append(o.Deliveries, root(c, r))
		}
	}
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{o}))
	return o.Recorded
}

// count asks a number of the database.
func count(t *testing.T, s *Store, query string, args ...any) (n int) {
	t.Helper()
	require.NoError(t, s.read.QueryRowContext(t.Context(), query, args...).Scan(&n))
	return n
}
