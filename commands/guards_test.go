package commands_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
)

// A key that the configuration took from the environment is shown to nobody; what somebody typed in chat is no secret there.
func TestAddressesOfTheFileKeepTheirKeys(t *testing.T) {
	m := furnished()
	m.feeds = append(m.feeds,
		alerts.Feed{URL: "https://paid.example/rss?key=CANARY", Listings: []alerts.Listing{{Name: "paid", Schedule: "@every 10m"}}},
		alerts.Feed{URL: "https://open.example/rss?page=1", Listings: []alerts.Listing{{Workspace: guild, Name: "open", Schedule: "@every 10m"}}},
	)
	d := newDesk(t, m)
	for _, r := range []commands.Request{
		asks("feeds list"), asks("feeds status"), asks("feeds status", "name", "paid"), asks("feeds remove", "name", "paid"),
		asks("why", "alert", "https://paid.example/story"),
	} {
		reply := do(t, d, r)
		require.NotContains(t, reply.Text(), "CANARY", r.Command)
		require.NotContains(t, fmt.Sprint(reply), "CANARY", r.Command)
	}
	require.Contains(t, do(t, d, asks("feeds status", "name", "paid")).Text(), "https://paid.example/rss?…")
	require.Contains(t, do(t, d, asks("feeds status", "name", "open")).Text(), "https://open.example/rss?page=1")
}

// Each added feed is a request to an address from chat: a workspace has twenty an hour, another workspace its own.
func TestFeedsAreAddedSlowly(t *testing.T) {
	now, checked := noon, 0
	d := newDesk(t, &memory{}, func(o *commands.Options) {
		o.Now = func() time.Time { return now }
		o.FindFeeds = func(context.Context, string) ([]commands.FeedSample, error) {
			checked++
			return nil, invalid("That is no feed. Try another address.")
		}
	})
	add := func(r commands.Request, n int) string {
		r.Args = map[string]string{"url": fmt.Sprintf("https://h%d.example/rss", n)}
		return do(t, d, r).Text()
	}
	for n := range 20 {
		require.Equal(t, "That is no feed. Try another address.", add(asks("feeds add"), n), "those that fail count too")
		now = now.Add(time.Minute)
	}
	require.Contains(t, add(asks("feeds add"), 20), "Try again 2 Mar 2026 13:00 UTC")
	require.Equal(t, 20, checked)
	elsewhere := asks("feeds add")
	elsewhere.Workspace, elsewhere.Channel = other, "discord:200/1"
	require.Equal(t, "That is no feed. Try another address.", add(elsewhere, 20))
	now = noon.Add(time.Hour)
	require.Equal(t, "That is no feed. Try another address.", add(asks("feeds add"), 21))
	require.Contains(t, add(asks("feeds add"), 22), "Try again 2 Mar 2026 13:01 UTC")
}

// A fault of ours while somebody types is no suggestion, and no more.
func TestCompleteSurvivesAPanic(t *testing.T) {
	d := newDesk(t, furnished(), func(o *commands.Options) { o.Watchlists = nil })
	require.Empty(t, d.Complete(t.Context(), asks("watch show"), "name", "St"))
	require.NotEmpty(t, d.Complete(t.Context(), asks("feeds status"), "name", ""))
}

// What a person can do next is in the answer: quotes for a colon, and the help of the command they gave.
func TestMistakesSayWhatToDo(t *testing.T) {
	d := newDesk(t, furnished())
	say := func(line string) string {
		r := asks("")
		r.Workspace, r.Channel = team, "slack:T1/C1"
		return d.DoLine(t.Context(), r, line).Text()
	}
	require.Contains(t, say("watch add Mission: Impossible list:us"), "A value with a colon in it needs quotes.")
	require.Contains(t, say(`watch add "Mission: Impossible" list:us`), "Now watching the topic Mission: Impossible")
	require.Contains(t, say("lookup 10:30"), "See /attache help lookup.")
	require.Contains(t, say("feeds add https://u:p@x.example/rss"), "login:")
}
