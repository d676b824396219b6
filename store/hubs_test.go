package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

func TestAHubIsKept(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	n := 0
	random := func() string { n++; return fmt.Sprintf("r%d", n) }
	due := func(at time.Time) []alerts.HubSubscription {
		t.Helper()
		hubs, err := s.DueHubs(t.Context(), at, 10, random)
		require.NoError(t, err)
		return hubs
	}
	named := func(hub string, at time.Time) {
		t.Helper()
		v := visit(f)
		v.At, v.Cursor.Manners.Hub, v.Cursor.Manners.Topic = at, hub, "t"
		require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{Visit: v}}))
		f.Cursor = v.Cursor
	}
	require.Empty(t, due(noon))
	named("https://hub.example", noon)
	hubs := due(noon)
	require.Len(t, hubs, 1)
	require.Equal(t, []string{"https://hub.example", "t", "r1", "r2"}, []string{hubs[0].Hub, hubs[0].Topic, hubs[0].Path, hubs[0].Secret})
	require.Equal(t, hubs, due(noon), "its path is drawn once")

	sub := hubs[0]
	sub.Due, sub.Expires, sub.Tries = noon.Add(time.Hour), noon.Add(48*time.Hour), 1
	require.NoError(t, s.KeepHub(t.Context(), sub))
	require.Empty(t, due(noon))
	got, ok, err := s.Subscribed(t.Context(), "r1")
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, sub, got)
	for _, path := range []string{"", "r2", "R1"} {
		_, ok, err = s.Subscribed(t.Context(), path)
		require.NoError(t, err)
		require.False(t, ok, path)
	}
	claimed := dueFeeds(t, s, noon.Add(10*time.Minute))
	require.True(t, claimed[0].Pushed)
	named("https://hub.example", noon.Add(time.Minute))
	require.Empty(t, due(noon), "the same hub: nothing changes")
	claimed = dueFeeds(t, s, noon.Add(100*time.Hour))
	require.False(t, claimed[0].Pushed, "the lease is over")

	named("https://other.example", noon)
	require.Len(t, due(noon), 1, "another hub is asked")
	require.NoError(t, s.KeepHub(t.Context(), sub), "an answer to the old path")
	got, _, err = s.Subscribed(t.Context(), "r3")
	require.NoError(t, err)
	require.NotEqual(t, sub.Expires, got.Expires)
	named("", noon)
	require.Empty(t, due(noon.Add(time.Hour)))
}

func TestHubNewsHurriesAFeedPolitely(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*alerts.Visit)
		due    time.Time
	}{
		"well":        {func(*alerts.Visit) {}, noon.Add(5 * time.Minute)},
		"just asked":  {func(v *alerts.Visit) { v.Cursor.Visited = noon.Add(5 * time.Minute) }, noon.Add(6 * time.Minute)},
		"Retry-After": {func(v *alerts.Visit) { v.Cursor.Manners.NotBefore = noon.Add(8 * time.Minute) }, noon.Add(8 * time.Minute)},
		"fails":       {func(v *alerts.Visit) { v.Cursor.Failures, v.Cursor.Failure = 2, "x" }, noon.Add(10 * time.Minute)},
	} {
		s, _ := open(t)
		f := withFeed(t, s)
		v := visit(f)
		c.change(&v)
		require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{Visit: v}}))
		require.NoError(t, s.HurryFeed(t.Context(), f.ID, noon.Add(5*time.Minute)))
		require.Empty(t, dueFeeds(t, s, c.due.Add(-time.Second)), name)
		require.Len(t, dueFeeds(t, s, c.due), 1, name)
	}
}
