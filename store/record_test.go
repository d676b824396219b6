package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/story"
	"github.com/stretchr/testify/require"
)

func TestARecordedVisitIsFoundAgain(t *testing.T) {
	s, path := open(t)
	f := withFeed(t, s)
	r := posted(t, s, f, 2, desk)

	require.NoError(t, s.Close())
	s = reopen(t, path)
	w, err := s.World(t.Context(), alerts.Question{
		Keys: []alerts.ArticleKey{{Feed: f.ID, Key: "k0"}, {Feed: f.ID, Key: "k9"}, {Feed: f.ID + 1, Key: "k0"}}, StoryKeys: []story.Key{"h1", "nothing"},
	})
	require.NoError(t, err)
	require.Equal(t, map[alerts.ArticleKey]bool{{Feed: f.ID, Key: "k0"}: true}, w.Known)
	require.Equal(t, []story.Candidate{{ID: string(r[1].Story), Newest: r[1].Article.Published, Members: []story.Fingerprint{members(r[1])}}}, w.Stories)
	require.Equal(t, map[alerts.ChannelStory]alerts.Standing{{Channel: desk, Story: r[1].Story}: {Alert: root(desk, r[1]).Alert}}, w.Alerts)

	found, decided, ok, err := s.Decided(t.Context(), guild, r[0].Article.Canonical)
	require.NoError(t, err)
	require.True(t, ok)
	require.Empty(t, cmp.Diff(r[0].Article, found.Article))
	require.Equal(t, f.Source, found.Source)
	require.Empty(t, cmp.Diff([]alerts.Decision{decision(desk, r[0])}, decided))

	feeds, err := s.Feeds(t.Context(), guild)
	require.NoError(t, err)
	require.Equal(t, visit(f).Cursor, feeds[0].Feed.Cursor)
	require.Equal(t, 2, feeds[0].Articles)
	require.Equal(t, noon.Add(10*time.Minute), feeds[0].NextPoll)
}

// members is an article's fingerprint as a candidate has it: without keys, which found it.
func members(r alerts.Recorded) story.Fingerprint {
	r.Fingerprint.Keys = nil
	return r.Fingerprint
}
