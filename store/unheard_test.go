package store

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/stretchr/testify/require"
)

// unheardSince is what coverage says of it.
func unheardSince(t *testing.T, s *Store, since time.Time) []alerts.Unheard {
	t.Helper()
	c, err := s.Coverage(t.Context(), guild, since)
	require.NoError(t, err)
	return c.Unheard
}

// Times that are kept side by side are all kept, and one said twice, as by two replicas, is one.
func TestUnheardTimesAreKeptSideBySide(t *testing.T) {
	s, _ := open(t)
	const times = 40
	nth := func(n int) alerts.Unheard {
		from := noon.Add(time.Duration(n) * time.Minute)
		return alerts.Unheard{Platform: "discord", From: from, To: from.Add(time.Second)}
	}
	var all sync.WaitGroup
	errs := make(chan error, 2*times)
	for n := range 2 * times {
		all.Go(func() { errs <- s.KeepUnheard(t.Context(), nth(n/2)) })
	}
	all.Wait()
	close(errs)
	for err := range errs {
		require.NoError(t, err)
	}
	got := unheardSince(t, s, noon)
	require.Len(t, got, times)
	slices.Reverse(got)
	for n, u := range got {
		require.Equal(t, nth(n), u)
	}
	longer := nth(0)
	longer.To = noon.Add(time.Hour)
	for _, u := range []alerts.Unheard{longer, nth(0)} {
		require.NoError(t, s.KeepUnheard(t.Context(), u))
		require.Contains(t, unheardSince(t, s, noon), longer, "the later end counts")
	}
}

// Of each platform the newest hundred are kept, until they are older than what else is counted.
func TestUnheardTimesAreBounded(t *testing.T) {
	s, _ := open(t)
	require.NoError(t, s.SyncFile(t.Context(), subscribed(desk, office)))
	require.NoError(t, s.KeepUnheard(t.Context(), alerts.Unheard{Platform: "slack", From: noon.AddDate(0, 0, -30), To: noon.AddDate(0, 0, -30)}))
	for n := range mostUnheard + 3 {
		from := noon.Add(time.Duration(n) * time.Hour)
		require.NoError(t, s.KeepUnheard(t.Context(), alerts.Unheard{Platform: "discord", From: from, To: from.Add(time.Minute)}))
	}
	got := unheardSince(t, s, noon.AddDate(0, 0, -60))
	require.Len(t, got, mostUnheard+1)
	require.Equal(t, "slack", got[mostUnheard].Platform, "the bound is each platform's own")
	require.Equal(t, noon.Add(3*time.Hour), got[mostUnheard-1].From)
	require.Len(t, unheardSince(t, s, noon.AddDate(0, 0, 4)), 19, fmt.Sprint("from midnight: hours 84 to ", mostUnheard+2))

	_, err := s.Prune(t.Context(), noon.AddDate(0, 0, 4).Add(joinable))
	require.NoError(t, err)
	require.Equal(t, 7, count(t, s, `SELECT COUNT(*) FROM unheard`))
}
