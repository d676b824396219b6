package store

import (
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/stretchr/testify/require"
)

// The answer to a claim was lost: the next claim gives the feeds that it may have leased, and leaves another's alone.
func TestFeedsOfAClaimWithoutAnAnswerAreClaimedAgain(t *testing.T) {
	dsn := newDatabase(t)
	s, err := Open(t.Context(), dsn, Options{Replica: "r1"})
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	require.NoError(t, s.SyncFile(t.Context(), FileContent{Feeds: []alerts.Feed{fileFeed("un"), fileFeed("dw")}, Now: noon}))
	claim := func() int {
		feeds, err := s.ClaimFeeds(t.Context(), noon, lease, 1)
		require.NoError(t, err)
		return len(feeds)
	}
	require.Equal(t, 1, claim())
	s.id = "r2"
	require.Equal(t, 1, claim())
	require.Zero(t, claim(), "all are leased")
	s.unvisited.keep([]term{{noon, noon.Add(lease)}})
	require.Equal(t, 1, claim(), "its own, but not the other's")
	require.Zero(t, claim())
}

// The same with deliveries, which come back as uncertain.
func TestDeliveriesOfAClaimWithoutAnAnswerAreClaimedAgain(t *testing.T) {
	s, _ := open(t)
	posted(t, s, withFeed(t, s), 1, desk, office)
	require.Len(t, claimed(t, s, noon, 1), 1)
	later := noon.Add(time.Second)
	other := claimed(t, s, later, 1)
	require.Len(t, other, 1)
	require.Empty(t, claimed(t, s, later, 2), "all are leased")
	s.unanswered.keep([]term{{noon, noon.Add(lease)}})
	again := claimed(t, s, later, 2)
	require.Len(t, again, 1, "but not the other's")
	require.NotEqual(t, other[0].ID, again[0].ID)
	require.True(t, again[0].Uncertain)
	require.Equal(t, 2, again[0].Attempts)
}
