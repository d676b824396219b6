package commands_test

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
)

func TestWatchTestTellsWhatAWatchWouldFind(t *testing.T) {
	m := furnished()
	before := len(m.audit)
	try := func(pairs ...string) string {
		t.Helper()
		r := asks("watch test", pairs...)
		reply := newDesk(t, m).Do(t.Context(), r)
		wellFormed(t, r, reply)
		require.True(t, reply.Private)
		return reply.Text()
	}
	saved := try("name", "steve witkoff")
	require.Contains(t, saved, "Trying Steve Witkoff\nOf 3 articles read since 2 Mar 2026 09:00 UTC, it fires on 2: 1 alert, 1.0 a day.")
	require.Contains(t, saved, "• news: 1 of 2 articles\n• other: 1 of 1 article")
	require.NotContains(t, saved, "To save it")

	require.NotContains(t, saved, "with others")
	m.late = true
	require.Contains(t, try("name", "steve witkoff"), "1 alert of these would be told in a message with others: read late")
	m.late = false

	fresh := try("name", "Witkoff or bias", "match", "Witkoff OR bias", "list", "us-russia")
	require.Contains(t, fresh, "0 alerts of these no other watch would have brought.")
	require.Contains(t, fresh, "• Steve Witkoff of us-russia: 2 of 2, all that this one finds")
	require.Contains(t, fresh, "Nothing is saved yet. To save it: /watch add name:Witkoff or bias list:us-russia match:Witkoff OR bias")

	require.Contains(t, try("name", "Rain", "kind", "topic"), "it fires on 1: 1 alert", "of several lists none is needed")
	require.Contains(t, try("name", "Alexei Witkoff", "since", "2h"), "fires on 0", "another bearer")
	require.Contains(t, try("name", "Ada Lovelace", "since", "1h"), "Of 2 articles")
	require.Contains(t, try("name", "Nobody", "since", "soon"), "since: takes hours, days or weeks, at most ten years;")
	require.Contains(t, try("name", "x", "match", "a AND"), "^")
	require.Contains(t, try("name", "Georgia", "kind", "country", "exact", "yes"), "exact: is for a person, and this is a country.")
	require.Contains(t, try("name", "Ada Lovelace", "near", "engine", "list", "us-rusia"), "There is no watchlist us-rusia. Did you mean us-russia?")
	require.Contains(t, try("name", "Steve Witkoff", "list", "nope"), "There is no watchlist nope.", "whoever names a watch that is there, too")
	require.Contains(t, try("name", "Vladimir Putin"), "near miss", "the file's watches may be tried too")
	require.Contains(t, try("name", "Hidden Person"), "Nothing is saved yet", "another workspace's watch is not known here")

	m.persons = []alerts.Person{{Key: "1", Names: []string{"Someone Else", "Steve Witkoff"}}}
	require.Contains(t, try("name", "Someone Else"), "*Steve Witkoff* (alias)", "what a catalogue knows counts")
	require.Len(t, m.audit, before, "a trial changes nothing")
	require.Empty(t, m.sent)
}

func TestWatchTestSaysHowMuchItDoesNotList(t *testing.T) {
	m := furnished()
	for n := range 6 {
		id := alerts.FeedID(10 + n)
		name := "feed" + strconv.Itoa(n)
		m.feeds = append(m.feeds, alerts.Feed{
			ID: id, URL: "https://" + name + ".example/rss", Listings: []alerts.Listing{{Workspace: guild, Name: name, Schedule: "@every 10m"}},
		})
		for _, text := range []string{"Kaja Kallas spoke to the press.", "Mr Kallas spoke to the press.", "Kallas spoke to the press."} {
			at := noon.Add(-time.Hour)
			m.found = append(m.found, commands.Found{Story: alerts.StoryID(name), Article: alerts.Article{
				Feed: id, Key: text, URL: "https://" + name + ".example/" + strconv.Itoa(len(text)), Title: "News", Text: text, Language: "en", Published: at, Seen: at,
			}})
		}
	}
	try := func(name string) string {
		return newDesk(t, m).Do(t.Context(), asks("watch test", "name", name)).Text()
	}
	text := try("Kaja Kallas")
	require.Contains(t, text, "it fires on 6:")
	require.Contains(t, text, "• feed3: 1 of 3 articles\n• and 2 more articles in other feeds\n")
	require.Contains(t, text, "12 near misses, not announced:")
	require.Contains(t, text, "• and 9 more near misses\n")
	require.NotContains(t, try("Rain"), "more")
}

func TestWatchTestIsForEditorsAndOneAtATime(t *testing.T) {
	m := furnished()
	r := asks("watch test", "name", "Rain")
	r.Actor.Admin = false
	require.True(t, newDesk(t, m).Do(t.Context(), r).Failed)

	slow := slowHistory{m, make(chan struct{}), make(chan struct{})}
	d := newDesk(t, m, func(o *commands.Options) { o.History = slow })
	first := make(chan commands.Reply)
	go func() { first <- d.Do(context.WithoutCancel(t.Context()), asks("watch test", "name", "Ada Lovelace")) }()
	<-slow.begun
	require.Contains(t, d.Do(t.Context(), asks("watch test", "name", "Ada Lovelace")).Text(), "Another watch is being tried")
	require.False(t, d.Do(t.Context(), asks("watch list")).Failed, "all else goes on")
	close(slow.goOn)
	require.False(t, (<-first).Failed)

	none := newDesk(t, m, func(o *commands.Options) { o.History = nil }).Do(t.Context(), asks("watch test", "name", "Rain"))
	require.Contains(t, none.Text(), "No articles are kept")
	m.found = nil
	require.Contains(t, newDesk(t, m).Do(t.Context(), asks("watch test", "name", "Ada Lovelace")).Text(), "No article of the last 7d is kept")
}

// slowHistory waits until it may go on.
type slowHistory struct {
	*memory
	begun, goOn chan struct{}
}

func (h slowHistory) Replay(ctx context.Context, since time.Time, most int, do func(alerts.Past) error) error {
	close(h.begun)
	<-h.goOn
	return h.memory.Replay(ctx, since, most, do)
}
