package commands_test

import (
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
	"github.com/seed-6c43f0f2/attache/store"
)

// From the first command to the answer of why, over the real store and engine.
func TestFromWatchToWhy(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	s, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "a.db"), store.Options{Log: log})
	require.NoError(t, err)
	t.Cleanup(func() { s.Close() })
	now := noon
	clock := func() time.Time { return now }
	engine := alerts.NewEngine(s, alerts.Terms{MaxAge: 7 * 24 * time.Hour}, clock, log)
	d := commands.NewDesk(commands.Options{Watchlists: s, Subscriptions: s, Feeds: s, Archive: s, Samples: s, Deliveries: s, History: s, Coverage: s, Now: clock})
	typed := func(line string) string {
		t.Helper()
		r := asks("")
		r.ID = "r" + line
		reply := d.DoLine(t.Context(), r, line)
		wellFormed(t, r, reply)
		require.False(t, reply.Failed, "%s: %s", line, reply.Text())
		return reply.Text()
	}
	typed("feeds add https://news.example/rss name:news source:News country:US ownership:independent")
	typed("watch add “Steve Witkoff” aliases:Стив Уиткофф")
	require.Contains(t, typed("subscribe main"), "This channel hears main: 1 watch")

	visit := func(articles ...alerts.Article) {
		t.Helper()
		now = now.Add(time.Hour)
		claimed, err := s.ClaimFeeds(t.Context(), now, time.Minute, 10)
		require.NoError(t, err)
		require.Len(t, claimed, 1)
		for i := range articles {
			articles[i].Feed, articles[i].Seen, articles[i].Published, articles[i].Key = claimed[0].ID, now, now, articles[i].URL
			articles[i].Canonical = articles[i].URL
		}
		_, err = engine.Ingest(t.Context(), []alerts.Visit{{
			Feed: claimed[0], At: now, Articles: articles, NextPoll: now.Add(10 * time.Minute), Cursor: alerts.Cursor{Visited: now, Succeeded: now},
		}})
		require.NoError(t, err)
	}
	visit(alerts.Article{URL: "https://news.example/old", Title: "Steve Witkoff arrives", Text: "He came by plane."})
	visit(
		alerts.Article{URL: "https://news.example/new", Title: "Putin defends Steve Witkoff", Text: "Charges of bias are wrong, he said."},
		alerts.Article{URL: "https://news.example/rain", Title: "Rain", Text: "Mr Witkoff did not mind."},
	)
	require.Contains(t, typed("why https://news.example/old"), string(alerts.FirstVisit))
	rain := typed("why https://news.example/rain")
	require.Contains(t, rain, "Almost:\n• Steve Witkoff of main: *Witkoff*; ")
	require.Equal(t, 1, strings.Count(rain, "Steve Witkoff of main"), "what was kept and what is found again is one")
	require.Contains(t, typed("why https://news.example/none"), "never read")
	require.Contains(t, typed("why https://news.example/new"), "posted, a new story for this channel")

	recent, err := s.Recent(t.Context(), desk, 10)
	require.NoError(t, err)
	require.Len(t, recent, 1)
	require.Contains(t, typed("recent"), recent[0].Alert.ID)
	why := typed("why " + recent[0].Alert.ID)
	require.Contains(t, why, "“Putin defends *Steve Witkoff*” in the title · full name")
	require.Contains(t, why, "this channel: posted")
	require.Contains(t, why, "waiting to be sent")

	found := typed("lookup Steve Witkoff")
	require.Contains(t, found, "Putin defends Steve Witkoff (https://news.example/new)")
	require.Contains(t, found, "Steve Witkoff arrives")
	require.NotContains(t, found, "Rain")
	require.Contains(t, typed(`lookup bias AND charges`), "*Charges* (word)")

	require.Contains(t, typed("feeds status news"), "3 articles recorded")
	require.Contains(t, typed("test"), "on its way")
	require.Contains(t, typed("recent"), "sample")
	tried := typed("watch test Steve Witkoff since:1d")
	require.Contains(t, tried, "Of 3 articles")
	require.Contains(t, tried, "it fires on 2: 1 alert, 1.0 a day")
	require.Contains(t, tried, "1 article not announced: first visit")
	require.Contains(t, tried, "• news: 2 of 3 articles")
	require.Contains(t, tried, "Putin defends Steve Witkoff (https://news.example/new) · News (US, independent) · in the headline: *Steve Witkoff* (full name)")
	require.Contains(t, tried, "1 near miss, not announced:")
	tried = typed("watch test rain kind:topic")
	require.Contains(t, tried, "it fires on 1: 1 alert")
	require.Contains(t, tried, "watch add name:rain list:main")
	require.NotContains(t, typed("watch list main"), "rain", "nothing is saved")
	typed("unsubscribe main")
	typed("watch remove Steve Witkoff")
	typed("feeds remove news")
	require.Contains(t, typed("feeds list"), "Nothing is read")
	require.NoError(t, d.Leave(t.Context(), guild))
}
