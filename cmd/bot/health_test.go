package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/seed-6c43f0f2/attache/commands"
	"github.com/seed-6c43f0f2/attache/store"
)

const admins = alerts.Channel("discord:1/99")

// A ward is an app that has an admins' channel, a feed of the file's and one of another workspace's, and a clock.
type ward struct {
	*app
	t      *testing.T
	clock  time.Time
	engine *alerts.Engine
	read   int // alerts of the admins' channel seen so far
}

func newWard(t *testing.T) *ward {
	w := &ward{app: parts(t), t: t, clock: time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)} // a Wednesday
	w.now = func() time.Time { return w.clock }
	w.file.Admins.Channel = string(admins)
	w.engine = alerts.NewEngine(w.store, alerts.Terms{}, w.now, w.log)
	w.desk = commands.NewDesk(commands.Options{
		Watchlists: w.store, Subscriptions: w.store, Feeds: w.store, Archive: w.store, Samples: w.store, Coverage: w.store, Now: w.now,
	})
	feed := func(name string, space alerts.Workspace) alerts.Feed {
		return alerts.Feed{URL: "https://example.org/" + name + "?key=CANARY", Listings: []alerts.Listing{{Workspace: space, Name: name, Schedule: "@every 1h"}}}
	}
	require.NoError(t, w.store.SyncFile(t.Context(), store.FileContent{Now: w.clock, Feeds: []alerts.Feed{feed("herald", alerts.File)}}))
	change := alerts.Change{Workspace: "slack:T1", At: w.clock, Command: "feeds add"}
	require.NoError(t, w.store.AddFeed(t.Context(), change, feed("theirs", "slack:T1")))
	return w
}

// visit polls what is due; say is what is wrong with the feeds, "" if they are read. It returns how many were due.
func (w *ward) visit(say string, items ...string) int {
	w.t.Helper()
	due, err := w.store.ClaimFeeds(w.t.Context(), w.clock, time.Second, 10)
	require.NoError(w.t, err)
	var visits []alerts.Visit
	for _, f := range due {
		v := alerts.Visit{Feed: f, At: w.clock, NextPoll: w.clock.Add(time.Hour), Cursor: f.Cursor}
		v.Cursor.Visited, v.Cursor.Failure = w.clock, say
		if say == "" {
			v.Cursor.Failures, v.Cursor.Succeeded = 0, w.clock
		} else {
			v.Cursor.Failures++
		}
		for _, it := range items {
			v.Articles = append(v.Articles, alerts.Article{Feed: f.ID, Key: it, Title: it, Seen: w.clock})
		}
		visits = append(visits, v)
	}
	_, err = w.engine.Ingest(w.t.Context(), visits)
	require.NoError(w.t, err)
	return len(due)
}

// told runs what tells the admins, and returns what came of it.
func (w *ward) told() (out []string) {
	w.t.Helper()
	require.NoError(w.t, w.tellHealth(w.t.Context()))
	require.NoError(w.t, w.tellWeekly(w.t.Context()))
	recent, err := w.store.Recent(w.t.Context(), admins, 1000)
	require.NoError(w.t, err)
	for _, a := range recent[:len(recent)-w.read] {
		require.True(w.t, a.Alert.Notice)
		require.NotContains(w.t, a.Alert.Summary, "CANARY")
		require.NotContains(w.t, a.Alert.Summary, "theirs", "another workspace's feed")
		out = append(out, a.Alert.Title+"\n"+a.Alert.Summary)
	}
	w.read = len(recent)
	return out
}

// hours lets hours pass with a visit and a look in each, and returns what was told.
func (w *ward) hours(n int, say string, items ...string) (out []string) {
	w.t.Helper()
	for range n {
		w.clock = w.clock.Add(time.Hour)
		w.visit(say, items...)
		out = append(out, w.told()...)
	}
	return out
}

func TestAFeedThatDiesOrRevivesIsToldOnce(t *testing.T) {
	const gone = "There is nothing at that address (404). Look on the site for the feed's new address."
	w := newWard(t)
	w.visit("", "a")
	require.Empty(t, w.told())
	w.tellNoWeek()
	require.Empty(t, w.hours(20, gone), "less than a day is a blip")
	require.Empty(t, w.hours(1, "", "a"))
	require.Empty(t, w.hours(24, gone))
	require.Equal(t, []string{"A feed fails\n• herald was last read 19 Nov 09:00 UTC; 25 visits failed since 19 Nov 10:00 UTC: " + gone +
		"\nThey go on being tried. See feeds status."}, w.hours(1, gone))
	require.Empty(t, w.hours(40, gone), "once")
	require.Equal(t, []string{fmt.Sprintf("A feed is read again\n• herald is read again since %s.\nWhat they had published meanwhile comes in one message, as far as they still hold it.",
		clock(w.clock.Add(time.Hour)))}, w.hours(1, "", "a"))
	require.Empty(t, w.hours(10, "", "a"), "once")
}

// tellNoWeek puts the weekly note off, for tests of other things.
func (w *ward) tellNoWeek() {
	w.t.Helper()
	require.NoError(w.t, w.store.SetMeta(w.t.Context(), weeklyDue, w.clock.AddDate(1, 0, 0).Format(time.RFC3339)))
}

func TestAFeedDeadForTwoWeeksIsGivenUp(t *testing.T) {
	w := newWard(t)
	w.visit("", "a")
	w.tellNoWeek()
	told := w.hours(14*24, "There is no server of that name.")
	require.Len(t, told, 1, "that it fails")
	told = w.hours(1, "There is no server of that name.")
	require.Len(t, told, 1)
	require.Contains(t, told[0], "A feed is given up\n• herald was last read 18 Nov 12:00 UTC and has failed for 14 days: There is no server of that name.")
	require.Contains(t, told[0], "feeds retry NAME")
	w.clock = w.clock.Add(24 * time.Hour)
	require.Zero(t, w.visit(""), "it is not polled any more")
	require.Empty(t, w.told())

	line := func(s string) string {
		r := commands.Request{ID: s, Workspace: "discord:1", Channel: admins, Actor: commands.Actor{ID: "1", Admin: true}}
		return w.desk.DoLine(t.Context(), r, s).Text()
	}
	require.Contains(t, line("feeds status herald"), "It is not polled any more: it could not be read for 14 days.")
	require.Contains(t, line("coverage"), "feeds retry name:herald")
	require.Contains(t, line("feeds retry herald"), "polled at once")
	require.Contains(t, line("feeds retry herald"), "polled at once", "it still fails")
	require.Equal(t, 1, w.visit("There is no server of that name."), "it is due")
	require.Empty(t, w.told(), "it has another two weeks")
	require.Contains(t, line("feeds retry herald"), "polled at once")
	require.Equal(t, 1, w.visit("", "a"))
	require.Contains(t, line("feeds retry herald"), "read without trouble")
	told = w.told()
	require.Len(t, told, 1)
	require.Contains(t, told[0], "A feed is read again")
}

func TestGapsAreToldOnceADay(t *testing.T) {
	w := newWard(t)
	w.tellNoWeek()
	w.visit("", "a", "b", "c")
	require.Empty(t, w.hours(1, "", "b", "c", "d"), "the windows meet")
	told := w.hours(1, "", "x", "y", "z")
	require.Len(t, told, 1)
	require.Contains(t, told[0], "Articles may be missing from a feed\n• herald: 18 Nov 13:00 UTC to 18 Nov 14:00 UTC (1 h)\n")
	for n := range 20 {
		require.Empty(t, w.hours(1, "", fmt.Sprint(n)))
	}
	told = w.hours(5, "", "19")
	require.Len(t, told, 1)
	require.Contains(t, told[0], "and 19 times before")
}

func TestAShortGapIsToldToTheSecond(t *testing.T) {
	at := time.Date(2026, 11, 18, 12, 0, 5, 0, time.UTC)
	require.Equal(t, "18 Nov 12:00:05 UTC to 18 Nov 12:00:40 UTC (35 s)", gapLine(alerts.Gap{From: at, To: at.Add(35 * time.Second)}))
	require.Equal(t, "18 Nov 12:00 UTC to 18 Nov 22:00 UTC (10 h)", gapLine(alerts.Gap{From: at, To: at.Add(10 * time.Hour)}))
}

func TestTheWeeksCoverageIsSentOnMonday(t *testing.T) {
	w := newWard(t)
	w.visit("", "a")
	require.Empty(t, w.told(), "never at the first start")
	told := w.hours(4*24+19, "", "a")
	require.Empty(t, told, w.clock)
	told = w.hours(1, "", "a") // Monday 08:00
	require.Len(t, told, 1, w.clock)
	require.True(t, strings.HasPrefix(told[0], "The week's coverage\n1 feed, 117 polls, 1 article read, 0 near misses.\nAll feeds are read."), told[0])
	require.NotContains(t, told[0], "not heard")
	require.Empty(t, w.hours(3, "", "a"))
	require.NoError(t, w.store.KeepUnheard(t.Context(), alerts.Unheard{Platform: "discord", From: w.clock.Add(-time.Minute), To: w.clock}))
	w.clock = w.clock.AddDate(0, 0, 9) // the bot was down on the next Monday
	told = w.told()
	require.Len(t, told, 1)
	require.Contains(t, told[0], "1 time in which commands and buttons were not heard:\n• Discord: 23 Nov 2026 10:59 UTC to 23 Nov 2026 11:00 UTC (1 min)\n")
	require.Empty(t, w.told())

	w.file.Admins.Channel = ""
	w.clock = w.clock.AddDate(0, 0, 7)
	require.Empty(t, w.told(), "nobody to tell")
}

// A feed that floods is named to the admins, once a day.
func TestAFloodIsToldOnce(t *testing.T) {
	w := newWard(t)
	w.tellNoWeek()
	content := store.FileContent{
		Now: w.clock, Feeds: []alerts.Feed{{URL: "https://example.org/herald?key=CANARY", Listings: []alerts.Listing{{Name: "herald", Schedule: "@every 1h"}}}},
		Watchlists:    []alerts.Watchlist{{ListRef: alerts.ListRef{Name: "all"}, Watches: []alerts.Watch{{Spec: match.Spec{Kind: match.Topic, Name: "x", Query: "zebra"}}}}},
		Subscriptions: []alerts.Subscription{{Channel: "discord:1/10", List: alerts.ListRef{Name: "all"}}},
	}
	require.NoError(t, w.store.SyncFile(t.Context(), content))
	w.visit("")
	var items []string
	for n := range 40 {
		items = append(items, fmt.Sprintf("zebra thing%d place%d person%d", n, n, n))
	}
	require.Empty(t, w.hours(1, "", items...))
	w.clock = w.clock.Add(5 * time.Minute)
	require.NoError(t, w.gather(t.Context()))
	told := w.told()
	require.Len(t, told, 1)
	require.Contains(t, told[0], "A feed brings unusually much\nherald brought 30 new stories within an hour")
	require.Empty(t, w.told())
	recent, err := w.store.Recent(t.Context(), "discord:1/10", 100)
	require.NoError(t, err)
	require.Len(t, recent, 11)
	require.Equal(t, "All at once: 30 more stories from herald", recent[0].Alert.Title)
}
