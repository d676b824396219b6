package commands_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
)

func TestImport(t *testing.T) {
	m := furnished()
	before := len(m.feeds)
	var last []int
	work := commands.Import{
		Feeds: m, Schedule: "@every 15m", Progress: func(done, total int) { last = []int{done, total} },
		Taken: []commands.FeedStatus{{Feed: alerts.Feed{URL: "https://file.example/rss"}, Name: "gazette"}},
		Refuse: func(address string) string {
			if address == "https://intern.example/" {
				return "It is private."
			}
			return ""
		},
	}
	list := []commands.ListedFeed{
		{"https://gazette.example/rss", "Gazette", 1},
		{"http://GAZETTE.example/rss/", "Twice", 2},
		{"feed:https://b.example/", "Gazette", 3},
		{"https://file.example/rss", "", 4},
		{"https://news.example/rss", "Known", 5},
		{"https://intern.example/", "", 6},
		{"javascript:alert(1)", "", 7},
		{"https://c.example/feed", "", 8},
		{"", "x", 9},
	}
	c := commands.Change{Workspace: guild, Command: "feeds import", At: noon}
	done, err := work.Run(t.Context(), c, list)
	require.NoError(t, err)
	require.Equal(t, []int{3, 2, 1}, []int{done.Added, done.Known, done.Twice})
	require.Equal(t, []int{6, 7, 9}, []int{done.Left[0].Line, done.Left[1].Line, done.Left[2].Line})
	require.Equal(t, "It is private.", done.Left[0].Say)
	require.Equal(t, []int{9, 9}, last)
	var names []string
	for _, f := range m.feeds[before:] {
		names = append(names, f.Listings[0].Name)
		require.Equal(t, guild, f.Listings[0].Workspace)
		require.Equal(t, "@every 15m", f.Listings[0].Schedule)
	}
	require.Equal(t, []string{"gazette-2", "gazette-3", "c-example"}, names)
	require.Equal(t, "feed gazette-2 added: https://gazette.example/rss, @every 15m", m.audit[len(m.audit)-3].Detail)

	again, err := work.Run(t.Context(), c, list)
	require.NoError(t, err)
	require.Zero(t, again.Added)
	require.Equal(t, 5, again.Known)

	m.broken = errors.New("disk full")
	_, err = work.Run(t.Context(), c, list)
	require.ErrorContains(t, err, "disk full")
}

// A long list of feeds with one title is named without trying every number anew for each.
func TestALongListIsNamedQuickly(t *testing.T) {
	var list []commands.ListedFeed
	for i := range 10_000 {
		list = append(list, commands.ListedFeed{URL: fmt.Sprintf("https://h%d.example/rss", i), Title: "News", Line: i + 1})
	}
	m := &memory{}
	begun := time.Now()
	done, err := commands.Import{Feeds: m, Schedule: "auto"}.Run(t.Context(), commands.Change{Workspace: guild}, list)
	require.NoError(t, err)
	require.Equal(t, 10_000, done.Added)
	require.Equal(t, "news-10000", m.feeds[9_999].Listings[0].Name)
	require.Less(t, time.Since(begun), 30*time.Second)
}

// The port that goes without saying makes no other feed of one; another port does.
func TestSpellingsOfOneFeedAreImportedOnce(t *testing.T) {
	work := commands.Import{Feeds: &memory{}, Schedule: "@every 15m"}
	done, err := work.Run(t.Context(), commands.Change{Workspace: guild, At: noon}, []commands.ListedFeed{
		{"https://feeds.example/russian/rss.xml", "", 1},
		{"HTTPS://FEEDS.example:443/russian/rss.xml", "", 2},
		{"http://feeds.example:80/russian/rss.xml/", "", 3},
		{"https://feeds.example:8443/russian/rss.xml", "", 4},
		{"http://feeds.example:443/russian/rss.xml", "", 5},
	})
	require.NoError(t, err)
	require.Equal(t, commands.Imported{Added: 3, Twice: 2}, done)
}
