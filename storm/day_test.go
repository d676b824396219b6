package storm

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/seed-6c43f0f2/attache/store"
)

// The team of P13: what it reads and hears in a day.
const (
	watchesAll = 500
	listsAll   = 20
	rssMost    = 512 << 20 // bytes of the process
	visitsMost = 64        // recorded at once, as the poller does
)

// easy is a platform that takes everything.
type easy struct{}

// Post implements alerts.Poster.
func (easy) Post(context.Context, alerts.Delivery) (string, error) { return "1", nil }

// Find implements alerts.Poster.
func (easy) Find(context.Context, alerts.Delivery) (string, error) { return "", nil }

// Manner implements alerts.Poster.
func (easy) Manner() alerts.Manner { return alerts.Manner{} }

// residentAnew has residentMost begin with what the process has in memory now.
// https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html
func residentAnew() {
	debug.FreeOSMemory()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // where it can't be, the figure is too large
}

// residentMost is the most that the process had in memory, in bytes; 0 where the system does not say.
func residentMost(t *testing.T) int {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kib, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(rest), " kB"))
			require.NoError(t, err)
			return kib << 10
		}
	}
	return 0
}

// words are made up, and the same for the same n; each watch looks for one of them.
func words(n uint64, count int) []string {
	r := rand.New(rand.NewPCG(n, 5))
	out := make([]string, count)
	for i := range out {
		var w strings.Builder
		for range 4 {
			w.WriteByte("bdfgklmnprstvz"[r.IntN(14)])
			w.WriteByte("aeiou"[r.IntN(5)])
		}
		out[i] = w.String()
	}
	return out
}

// aTeam is the file of P13's team.
func aTeam(feeds, channels int, watched []string, now time.Time) store.FileContent {
	content := store.FileContent{Now: now}
	for l := range listsAll {
		list := alerts.Watchlist{ListRef: alerts.ListRef{Name: fmt.Sprint("list-", l)}}
		for w := l; w < len(watched); w += listsAll {
			list.Watches = append(list.Watches, alerts.Watch{Spec: match.Spec{Kind: match.Topic, Name: "topic-" + watched[w], Query: watched[w]}})
		}
		content.Watchlists = append(content.Watchlists, list)
	}
	for f := range feeds {
		name := fmt.Sprint("feed-", f)
		content.Feeds = append(content.Feeds, alerts.Feed{
			URL: "https://" + name + ".example/rss", Source: alerts.Source{Name: name, Language: "en"},
			Listings: []alerts.Listing{{Name: name, Schedule: "@every 15m"}},
		})
	}
	for c := range channels {
		content.Subscriptions = append(content.Subscriptions, alerts.Subscription{
			Channel: alerts.Channel(fmt.Sprint("discord:1/", 1000+c)), List: content.Watchlists[c%listsAll].ListRef,
		})
	}
	return content
}

// TestADay is the load of P13 without the network (make bench-refresh has that): a day's articles of 5,000 feeds, 500
// watches and 1,000 channels on SQLite, as fast as they go. One article in fifty is heard, by fifty channels.
//
//	make load
func TestADay(t *testing.T) {
	feeds, channels, articles := sized(200, 5000), sized(100, 1000), sized(1000, 50_000)
	now := time.Now()
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "attache.db"), store.Options{})
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	watched := words(0, watchesAll)
	require.NoError(t, db.SyncFile(t.Context(), aTeam(feeds, channels, watched, now)))
	known, err := db.Feeds(t.Context(), alerts.File)
	require.NoError(t, err)
	log := slog.New(slog.DiscardHandler)
	engine := alerts.NewEngine(db, alerts.Terms{Burst: -1}, time.Now, log)
	dispatcher := alerts.NewDispatcher(db, map[string]alerts.Poster{"discord": easy{}}, alerts.LifePace(), time.Now, nil, log)
	deliveries := 0
	for first := 0; first < articles; first += visitsMost {
		var visits []alerts.Visit
		for n := first; n < min(first+visitsMost, articles); n++ {
			f := known[n%len(known)].Feed
			f.Cursor.Succeeded, f.Cursor.Visited = now.Add(-time.Hour), now
			text := words(uint64(n+1), 60)
			if n%50 == 0 {
				text[30] = watched[n/50%len(watched)]
			}
			url := fmt.Sprint(f.URL, "/", n)
			visits = append(visits, alerts.Visit{Feed: f, At: now, Cursor: f.Cursor, NextPoll: now.Add(time.Hour), Articles: []alerts.Article{{
				Feed: f.ID, Key: fmt.Sprint(n), URL: url, Canonical: url, Title: strings.Join(text[:8], " "), Text: strings.Join(text[8:], " ") + ".",
				Language: "en", Published: now, Seen: now,
			}}})
		}
		in, err := engine.Ingest(t.Context(), visits)
		require.NoError(t, err)
		deliveries += in.Deliveries
		_, err = dispatcher.Drain(t.Context())
		require.NoError(t, err)
	}
	took := time.Since(now)
	backlog, err := db.Backlog(t.Context())
	require.NoError(t, err)
	require.Empty(t, backlog.States)
	require.GreaterOrEqual(t, deliveries, articles/50*(channels/listsAll), "some are heard by two watches' channels")
	rss := residentMost(t)
	t.Logf("%d articles of %d feeds, %d watches, %d channels: %d deliveries, all in %s (%.0f articles a second); at most %d MiB resident",
		articles, feeds, watchesAll, channels, deliveries, took.Round(time.Second), float64(articles)/took.Seconds(), rss>>20)
	require.Less(t, rss, rssMost)
}
