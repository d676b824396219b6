package store

import (
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/stretchr/testify/require"
)

// A workspace's coverage is the same whatever others list and read.
func TestCoverageIsAWorkspacesOwn(t *testing.T) {
	read := func(with bool) alerts.Coverage {
		d := newDesktop(t, "un")
		add := func(w alerts.Workspace, name string) {
			c := change(w)
			c.At = d.now
			require.NoError(t, d.store.AddFeed(t.Context(), c, chatFeed(name)))
		}
		add(guild, "ours")
		if with {
			add(team, "theirs")
			add(team, "both") // listed before, and read with a gap in it
		}
		d.reads(d.span(0, 3, 2*time.Hour)...)
		d.now = d.now.Add(time.Hour)
		d.reads(d.span(10, 3, time.Hour/2)...)
		d.now = d.now.Add(24 * time.Hour)
		add(guild, "both")
		d.fails()
		d.now = d.now.Add(time.Hour)
		d.reads(d.span(20, 4, time.Minute)...)
		c, err := d.store.Coverage(t.Context(), guild, noon)
		require.NoError(t, err)
		for i := range c.Feeds { // what the store numbers
			c.Feeds[i].Feed.ID, c.Feeds[i].Feed.Cursor, c.Feeds[i].Articles = 0, alerts.Cursor{}, 0
		}
		for i := range c.Gaps {
			c.Gaps[i].Feed = 0
		}
		return c
	}
	alone, among := read(false), read(true)
	require.Equal(t, 10, alone.Polls, "four of two feeds and two of the third")
	require.Equal(t, 3, alone.Failed)
	require.Equal(t, 24, alone.Articles)
	require.Len(t, alone.Gaps, 4)
	require.Equal(t, alone.Polls, among.Polls)
	require.Equal(t, alone.Failed, among.Failed)
	require.Equal(t, alone.Articles, among.Articles)
	require.Equal(t, alone.NearMisses, among.NearMisses)
	for _, g := range among.Gaps {
		require.NotEqual(t, "theirs", g.Name)
	}
	require.Len(t, among.Feeds, 3)
}

// The longest gap is named however many newer ones there are, and each feed's are counted whole.
func TestTheLongestGapsAreNamed(t *testing.T) {
	s, _ := open(t)
	feed := func(name string) alerts.FeedID {
		require.NoError(t, s.AddFeed(t.Context(), change(guild), chatFeed(name)))
		return alerts.FeedID(count(t, s, `SELECT MAX(id) FROM feeds`))
	}
	quiet, busy := feed("quiet"), feed("busy")
	gap := func(feed alerts.FeedID, minutes, long int) {
		found := noon.Add(time.Duration(minutes) * time.Minute)
		_, err := s.write.Exec(insertGap, int64(feed), at(found.Add(-time.Duration(long)*time.Second)), at(found), at(found))
		require.NoError(t, err)
	}
	gap(quiet, 1, 7200)
	for n := range mostGaps + 20 {
		gap(busy, 10+n, 60+n)
	}
	c, err := s.Coverage(t.Context(), guild, noon)
	require.NoError(t, err)
	require.Equal(t, mostGaps+21, c.AllGaps)
	require.Len(t, c.Gaps, mostGaps)
	require.Equal(t, "quiet", c.Gaps[0].Name)
	require.Equal(t, 2*time.Hour, c.Gaps[0].To.Sub(c.Gaps[0].From))
	require.Equal(t, time.Duration(60+mostGaps+19)*time.Second, c.Gaps[1].To.Sub(c.Gaps[1].From))
	require.Len(t, c.FeedGaps, 2)
	require.Equal(t, "busy", c.FeedGaps[0].Last.Name)
	require.Equal(t, mostGaps+20, c.FeedGaps[0].Gaps)
	require.Equal(t, noon.Add((10+mostGaps+19)*time.Minute), c.FeedGaps[0].Last.Found)
	require.Equal(t, 1, c.FeedGaps[1].Gaps)
}

// Days before the one asked about do not count.
func TestCoverageCountsFromItsDay(t *testing.T) {
	d := newDesktop(t, "un")
	for range 4 * 24 {
		d.reads()
		d.now = d.now.Add(time.Hour)
	}
	polls := func(since time.Time) int {
		c, err := d.store.Coverage(t.Context(), guild, since)
		require.NoError(t, err)
		return c.Polls
	}
	require.Equal(t, 96, polls(noon.AddDate(0, 0, -9)))
	require.Equal(t, 96, polls(noon), "from midnight")
	require.Equal(t, 84, polls(noon.AddDate(0, 0, 1)))
	require.Equal(t, 12, polls(noon.AddDate(0, 0, 4)))
	require.Zero(t, polls(noon.AddDate(0, 0, 5)))
	require.Equal(t, 5, count(t, d.store, `SELECT COUNT(*) FROM feed_days`), "one row a day, however often it is visited")
	_, err := d.store.Prune(t.Context(), d.now.AddDate(0, 0, 4).Add(-12*time.Hour))
	require.NoError(t, err)
	require.Equal(t, 3, count(t, d.store, `SELECT COUNT(*) FROM feed_days`))
}

// What is explained of a message of several stories is all of them, by its own id and by that of each.
func TestAMessageOfSeveralStoriesIsExplained(t *testing.T) {
	d := newDesktop(t, "un")
	d.reads()
	d.now = d.now.Add(30 * time.Hour)
	d.reads(d.span(100, 3, 2*time.Hour)...)
	_, decided, ok, err := d.store.Decided(t.Context(), guild, "https://example.org/101")
	require.NoError(t, err)
	require.True(t, ok)
	require.Len(t, decided, 1)
	require.Equal(t, alerts.LateRead, decided[0].Reason)
	one := alerts.NewAlertID(desk, decided[0].Story)
	_, ok, err = d.store.Told(t.Context(), guild, one, 0)
	require.NoError(t, err)
	require.False(t, ok, "the message is still to be made")
	require.Equal(t, 2, d.tells(3*time.Minute))
	for _, id := range []string{d.posts(desk)[0].ID, one} {
		told, ok, err := d.store.Told(t.Context(), guild, id, 0)
		require.NoError(t, err)
		require.True(t, ok)
		require.Equal(t, 3, told.Batch)
		require.Equal(t, "Late: 3 stories from un", told.Alert.Title)
		require.Len(t, told.Decisions, 3)
		require.Len(t, told.Articles, 3)
		_, ok, err = d.store.Told(t.Context(), team, id, 0)
		require.NoError(t, err)
		require.False(t, ok, "another workspace's")
	}
}

// An article that changes after it was announced changes its message, through engine and store.
func TestAnEditedArticleChangesItsMessage(t *testing.T) {
	d := newDesktop(t, "un")
	d.reads()
	d.now = d.now.Add(10 * time.Minute)
	a := d.item(1, time.Minute)
	require.Equal(t, 2, d.reads(a).Deliveries)
	d.now = d.now.Add(10 * time.Minute)
	require.Zero(t, d.reads(a).Deliveries)
	a.Title += " (corrected)"
	d.now = d.now.Add(10 * time.Minute)
	in := d.reads(a)
	require.Equal(t, alerts.Ingested{Decisions: map[alerts.Verb]int{}, Deliveries: 2}, in)
	d.now = d.now.Add(10 * time.Minute)
	require.Zero(t, d.reads(a).Deliveries)
	require.Equal(t, 2, count(t, d.store, `SELECT COUNT(*) FROM deliveries WHERE part = 'edit:1' AND alert LIKE '%(corrected)%'`))
	require.Len(t, d.posts(desk), 1)
}

// An article whose link only led on is found by that link, and its edits are told although the feed still has the link.
func TestAFollowedArticleIsFoundAndEdited(t *testing.T) {
	d := newDesktop(t, "un")
	d.reads()
	d.now = d.now.Add(10 * time.Minute)
	a := d.item(1, time.Minute)
	a.Link = "https://bit.ly/x"
	require.Equal(t, 2, d.reads(a).Deliveries)
	f, decided, ok, err := d.store.Decided(t.Context(), guild, "https://bit.ly/x")
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, a.URL, f.Article.URL)
	require.Len(t, decided, 1)
	_, _, ok, err = d.store.Decided(t.Context(), guild, "")
	require.NoError(t, err)
	require.False(t, ok, "most articles have no such link")

	known := alerts.ArticleKey{Feed: 1, Key: a.Key}
	w, err := d.store.World(t.Context(), alerts.Question{Links: []alerts.ArticleKey{known, {Feed: 1, Key: "unknown"}}, Now: d.now})
	require.NoError(t, err)
	require.Equal(t, map[alerts.ArticleKey]string{known: a.URL}, w.Links)
}
