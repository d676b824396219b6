package store

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/stretchr/testify/require"
)

// benchVisits is a store with 64 feeds of 25 items that were read, the engine, and the next visit to each: unchanged, or
// with one new item.
func benchVisits(b *testing.B) (ingest func(round int, changed bool)) {
	s, err := Open(b.Context(), "sqlite:"+filepath.Join(b.TempDir(), "a.db"), Options{Log: slog.New(slog.DiscardHandler)})
	require.NoError(b, err)
	b.Cleanup(func() { s.Close() })
	content := FileContent{Now: noon}
	for n := range 64 {
		content.Feeds = append(content.Feeds, fileFeed(fmt.Sprint(n)))
	}
	require.NoError(b, s.SyncFile(b.Context(), content))
	feeds, err := s.ClaimFeeds(b.Context(), noon, lease, 64)
	require.NoError(b, err)
	now := noon
	engine := alerts.NewEngine(s, alerts.Terms{}, func() time.Time { return now }, slog.New(slog.DiscardHandler))
	text := strings.Repeat("The envoy spoke at length about the harbour and the grain. ", 30)
	return func(round int, changed bool) {
		now = noon.Add(time.Duration(round) * time.Second)
		var visits []alerts.Visit
		for i, f := range feeds {
			f.Cursor.Visited, f.Cursor.Succeeded = noon, noon
			v := alerts.Visit{Feed: f, At: now, NextPoll: now, Cursor: alerts.Cursor{Visited: now, Succeeded: now}}
			for n := range 25 {
				if !changed {
					break
				}
				key := fmt.Sprintf("https://example.org/%d/%d", i, round-n)
				v.Articles = append(v.Articles, alerts.Article{
					Feed: f.ID, Key: key, URL: key, Canonical: key, Seen: now, Published: now,
					Title: "Title " + key, Text: key + text + strings.Repeat(fmt.Sprintf("a%dx%d ", i, round-n), 20),
				})
			}
			visits = append(visits, v)
		}
		_, err := engine.Ingest(b.Context(), visits)
		require.NoError(b, err)
	}
}

func BenchmarkUnchangedFeeds(b *testing.B) {
	ingest := benchVisits(b)
	ingest(0, true)
	for n := 0; b.Loop(); n++ {
		ingest(n, false)
	}
}

func BenchmarkFeedsWithOneNewItem(b *testing.B) {
	ingest := benchVisits(b)
	ingest(0, true)
	for n := 1; b.Loop(); n++ {
		ingest(n, true)
	}
}
