package store

import (
	"context"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/stretchr/testify/require"
)

// Others can write while it is worked out what articles are found by, which takes longer than writing it.
func TestWhatArticlesAreFoundByIsWorkedOutBeforeTheTransaction(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	asked, words := 0, s.engine.words
	s.engine.words = func(w []string) any {
		asked++
		ctx, stop := context.WithTimeout(t.Context(), 2*time.Second)
		defer stop()
		require.NoError(t, s.SetMeta(ctx, "k", "v"), "another change waits for it")
		return words(w)
	}
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{Visit: visit(f), Recorded: []alerts.Recorded{article(f, 1), article(f, 2)}}}))
	require.Equal(t, 2, asked)
	require.Equal(t, 2, count(t, s, `SELECT COUNT(*) FROM article_words`))
}
