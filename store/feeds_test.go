package store

import (
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/stretchr/testify/require"
)

func dueFeeds(t *testing.T, s *Store, now time.Time) []alerts.Feed {
	t.Helper()
	f, err := s.ClaimFeeds(t.Context(), now, lease, 100)
	require.NoError(t, err)
	return f
}

func chatFeed(name string) alerts.Feed {
	f := fileFeed(name)
	f.Source.Name = "as " + name
	f.Listings[0].Workspace = guild
	return f
}

func TestAFeedIsClaimedOnceUntilItIsRecorded(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	require.Equal(t, fileFeed("un").Listings, f.Listings)
	require.Equal(t, fileFeed("un").Source, f.Source)
	require.Empty(t, dueFeeds(t, s, noon))
	taken := dueFeeds(t, s, noon.Add(lease))
	require.Len(t, taken, 1, "a lease that ran out")
	f = taken[0]

	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{Visit: visit(f)}}))
	require.Empty(t, dueFeeds(t, s, noon.Add(10*time.Minute-time.Second)))
	again := dueFeeds(t, s, noon.Add(10*time.Minute))
	require.Len(t, again, 1)
	require.Equal(t, visit(f).Cursor, again[0].Cursor)
}

func TestTheLongestOverdueFeedsComeFirst(t *testing.T) {
	s, _ := open(t)
	for i, name := range []string{"c", "a", "b"} {
		c := change(guild)
		c.At = noon.Add(time.Duration(i) * time.Minute)
		require.NoError(t, s.AddFeed(t.Context(), c, chatFeed(name)))
	}
	f, err := s.ClaimFeeds(t.Context(), noon.Add(time.Hour), lease, 2)
	require.NoError(t, err)
	require.Equal(t, []string{"c", "a"}, []string{f[0].Name(), f[1].Name()})
	f, err = s.ClaimFeeds(t.Context(), noon.Add(time.Hour), lease, 2)
	require.NoError(t, err)
	require.Len(t, f, 1, "the others are leased")
	require.Equal(t, "b", f[0].Name())
}

func TestNoFeedIsNeverDue(t *testing.T) {
	s, _ := open(t)
	require.Empty(t, dueFeeds(t, s, noon))
}

func TestAReopenedStoreHasNoFeedLeased(t *testing.T) {
	s, path := openFile(t)
	withFeed(t, s)
	require.NoError(t, s.Close())
	require.Len(t, dueFeeds(t, reopen(t, "sqlite:"+path), noon), 1)
}

func TestAFeedNobodyListsIsNotPolledAndKeepsItsArticles(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	r := posted(t, s, f, 1)[0]
	require.NoError(t, s.SyncFile(t.Context(), FileContent{Now: noon}))
	require.Empty(t, dueFeeds(t, s, noon.Add(24*time.Hour)))
	_, _, ok, err := s.Decided(t.Context(), guild, r.Article.URL)
	require.NoError(t, err)
	require.False(t, ok, "nobody hears it")

	c := change(guild)
	c.At = noon.Add(25 * time.Hour)
	require.NoError(t, s.AddFeed(t.Context(), c, chatFeed("un")))
	again := dueFeeds(t, s, c.At)
	require.Len(t, again, 1)
	require.Equal(t, f.ID, again[0].ID)
	require.Equal(t, "as un", again[0].Source.Name)
	found, _, ok, err := s.Decided(t.Context(), guild, r.Article.URL)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, "as un", found.Source.Name)
}

// What was decided about an article is told when its feed is no longer listed, and to nobody else.
func TestWhatWasToldOfAFeedThatWentIsStillKnown(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	r := posted(t, s, f, 1, desk)[0]
	require.NoError(t, s.SyncFile(t.Context(), FileContent{Now: noon}))
	found, decided, ok, err := s.Decided(t.Context(), guild, r.Article.URL)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, r.Article.Title, found.Article.Title)
	require.Empty(t, found.Source, "nobody's label")
	require.Len(t, decided, 1)
	_, _, ok, err = s.Decided(t.Context(), team, r.Article.URL)
	require.NoError(t, err)
	require.False(t, ok)
}

// Of an article that came again under another id, the one that was told is told of.
func TestTheArticleThatWasToldComesFirst(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	r := posted(t, s, f, 1, desk)[0]
	again := article(f, 2)
	again.Article.URL, again.Article.Canonical, again.Article.Seen = r.Article.URL, r.Article.Canonical, noon.Add(time.Hour)
	skipped := decision(desk, again)
	skipped.Verb = alerts.Skipped
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{Visit: visit(f), Recorded: []alerts.Recorded{again}, Decisions: []alerts.Decision{skipped}}}))
	found, decided, ok, err := s.Decided(t.Context(), guild, r.Article.URL)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, r.Article.Key, found.Article.Key)
	require.NotEqual(t, alerts.Skipped, decided[0].Verb)
}

// A feed of the file that gets another name was listed all along: what it may have missed stays told.
func TestARenamedFeedKeepsItsGaps(t *testing.T) {
	s, _ := open(t)
	list := func(name string, now time.Time) alerts.FeedID {
		f := chatFeed(name)
		f.URL = "https://example.org/renamed"
		f.Listings[0].Workspace = alerts.File
		require.NoError(t, s.SyncFile(t.Context(), FileContent{Feeds: []alerts.Feed{f}, Now: now}))
		return alerts.FeedID(count(t, s, `SELECT MAX(id) FROM feeds`))
	}
	id := list("before", noon)
	found := noon.Add(time.Hour)
	_, err := s.write.Exec(insertGap, int64(id), at(noon), at(found), at(found))
	require.NoError(t, err)
	require.Equal(t, id, list("after", noon.Add(2*time.Hour)))
	c, err := s.Coverage(t.Context(), guild, noon)
	require.NoError(t, err)
	require.Len(t, c.Gaps, 1)
	require.Equal(t, "after", c.Gaps[0].Name)
}

func TestTheFileIsTakenOverExactly(t *testing.T) {
	s, _ := open(t)
	list := func(watches ...string) alerts.Watchlist {
		l := alerts.Watchlist{ListRef: alerts.ListRef{Name: "us-russia"}}
		for _, w := range watches {
			l.Watches = append(l.Watches, person(w))
		}
		return l
	}
	sub := alerts.Subscription{Channel: desk, List: alerts.ListRef{Name: "us-russia"}, Least: "lead", FromFile: true}
	content := FileContent{Feeds: []alerts.Feed{fileFeed("a"), fileFeed("b")}, Watchlists: []alerts.Watchlist{list("Zoe", "Adam")}, Subscriptions: []alerts.Subscription{sub}, Now: noon}
	sync := func() alerts.Roster {
		require.NoError(t, s.SyncFile(t.Context(), content))
		r, ok, err := s.Roster(t.Context(), 0)
		require.NoError(t, err)
		require.True(t, ok)
		return r
	}
	first := sync()
	require.Equal(t, []alerts.Subscription{sub}, first.Subscriptions)
	require.Equal(t, content.Watchlists[0].Watches, first.Watchlists[0].Watches, "in the file's order")
	_, ok, err := s.Roster(t.Context(), first.Version)
	require.NoError(t, err)
	require.False(t, ok)
	require.Equal(t, first, sync(), "the same file changes nothing")

	for _, step := range []struct {
		name string
		edit func()
	}{
		{"order", func() { content.Watchlists[0] = list("Adam", "Zoe") }},
		{"a watch's bar", func() { content.Watchlists[0].Watches[0].Least = "headline" }},
		{"a subscription's ping", func() { content.Subscriptions[0].Ping = "@x" }},
		{"another list", func() {
			content.Watchlists = append(content.Watchlists, alerts.Watchlist{ListRef: alerts.ListRef{Name: "empty"}})
		}},
		{"no subscription", func() { content.Subscriptions = nil }},
		{"no list", func() { content.Watchlists = nil }},
	} {
		t.Run(step.name, func(t *testing.T) {
			before := sync()
			step.edit()
			after := sync()
			require.Greater(t, after.Version, before.Version)
			require.Len(t, after.Watchlists, len(content.Watchlists))
			require.Len(t, after.Subscriptions, len(content.Subscriptions))
			require.Equal(t, after, sync())
		})
	}

	fresh := dueFeeds(t, s, noon)
	require.Len(t, fresh, 2)
	for _, f := range fresh {
		v := visit(f)
		v.NextPoll = noon.Add(24 * time.Hour)
		require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{Visit: v}}))
	}
	next := func(name string) time.Time {
		feeds, err := s.Feeds(t.Context(), guild)
		require.NoError(t, err)
		for _, f := range feeds {
			if f.Name == name {
				return f.NextPoll
			}
		}
		return time.Time{}
	}
	roster := sync().Version
	content.Now = noon.Add(time.Hour)
	content.Due = func(schedule string, now time.Time) time.Time {
		require.Equal(t, "@every 5m", schedule)
		return now.Add(5 * time.Minute)
	}
	content.Feeds = []alerts.Feed{fileFeed("a"), fileFeed("b"), fileFeed("c")}
	content.Feeds[1].Listings[0].Schedule = "@every 5m"
	content.Feeds[1].Source.Country = "FR"
	require.Equal(t, roster, sync().Version, "feeds are not in the roster")
	require.Equal(t, noon.Add(24*time.Hour), next("a"), "an unchanged feed keeps its next poll")
	require.Equal(t, noon.Add(65*time.Minute), next("b"), "a new schedule counts at once")
	require.Equal(t, noon.Add(time.Hour), next("c"), "a new feed is due")

	content.Feeds[0].Listings[0].Name, content.Feeds[1].Listings[0].Name = "b", "a" // names change places
	content.Feeds[2].URL += "/moved"
	sync()
	require.Equal(t, noon.Add(24*time.Hour), next("b"))
	require.Equal(t, noon.Add(65*time.Minute), next("a"))
	require.Equal(t, 4, count(t, s, `SELECT COUNT(*) FROM feeds`), "a changed address is a new feed")

	content.Feeds = append(content.Feeds, content.Feeds[0])
	require.NotEmpty(t, alerts.Say(s.SyncFile(t.Context(), content)))
}

func TestAFailingFeedIsNotHurriedByANewSchedule(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	v := visit(f)
	v.Cursor.Failures, v.Cursor.Failure, v.NextPoll = 1, "Too many requests.", noon.Add(4*time.Hour)
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{Visit: v}}))
	changed := fileFeed("un")
	changed.Listings[0].Schedule = "@every 1m"
	require.NoError(t, s.SyncFile(t.Context(), FileContent{Feeds: []alerts.Feed{changed}, Now: noon}))
	require.Empty(t, dueFeeds(t, s, noon.Add(4*time.Hour-time.Second)))
	require.Equal(t, "@every 1m", dueFeeds(t, s, noon.Add(4*time.Hour))[0].Listings[0].Schedule)
}

func TestFeedsOfAWorkspace(t *testing.T) {
	s, _ := open(t)
	require.NoError(t, s.SyncFile(t.Context(), FileContent{Feeds: []alerts.Feed{fileFeed("un")}, Now: noon}))
	require.NoError(t, s.AddFeed(t.Context(), change(guild), chatFeed("Ours")))
	for _, c := range []struct {
		name string
		w    alerts.Workspace
		do   func(alerts.Change) error
		say  string
	}{
		{"an address that the file lists", guild, func(c alerts.Change) error { return s.AddFeed(t.Context(), c, chatFeed("un")) }, "read already, as un"},
		{"an address that the workspace lists", guild, func(c alerts.Change) error {
			f := chatFeed("Ours")
			f.Listings[0].Name = "other"
			return s.AddFeed(t.Context(), c, f)
		}, "read already, as Ours"},
		{"a name that is taken", guild, func(c alerts.Change) error {
			f := chatFeed("new")
			f.Listings[0].Name = " OURS "
			return s.AddFeed(t.Context(), c, f)
		}, "named Ours already"},
		{"a name of the file's", guild, func(c alerts.Change) error {
			f := chatFeed("new")
			f.Listings[0].Name = "UN"
			return s.AddFeed(t.Context(), c, f)
		}, "named un already"},
		{"no name", guild, func(c alerts.Change) error { return s.AddFeed(t.Context(), c, alerts.Feed{URL: "https://example.org"}) }, "short name"},
		{"removing the file's", guild, func(c alerts.Change) error { return s.RemoveFeed(t.Context(), c, "un") }, "configuration file"},
		{"removing what is not there", guild, func(c alerts.Change) error { return s.RemoveFeed(t.Context(), c, "x'; DROP TABLE feeds; --") }, "no feed named"},
		{"removing another's", team, func(c alerts.Change) error { return s.RemoveFeed(t.Context(), c, "Ours") }, "no feed named"},
		{"changing the file", alerts.File, func(c alerts.Change) error { return s.AddFeed(t.Context(), c, chatFeed("z")) }, "configuration"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows := count(t, s, `SELECT COUNT(*) FROM audit`)
			require.Contains(t, alerts.Say(c.do(change(c.w))), c.say)
			require.Equal(t, rows, count(t, s, `SELECT COUNT(*) FROM audit`), "what was refused is not audited")
		})
	}
	require.NoError(t, s.AddFeed(t.Context(), change(team), chatFeed("Ours")), "the other workspace may list it too")
	require.NoError(t, s.RemoveFeed(t.Context(), change(guild), "ours"))
	feeds, err := s.Feeds(t.Context(), guild)
	require.NoError(t, err)
	require.Len(t, feeds, 1)
	require.Len(t, dueFeeds(t, s, noon), 2, "it is polled for the other")
}

func TestAFeedListedAnewIsAFirstVisit(t *testing.T) {
	s, _ := open(t)
	posted(t, s, withFeed(t, s), 1)
	renamed := fileFeed("un")
	renamed.Listings[0].Name, renamed.Listings[0].Schedule = "other", "@every 1m"
	require.NoError(t, s.SyncFile(t.Context(), FileContent{Feeds: []alerts.Feed{renamed}, Now: noon}))
	still := dueFeeds(t, s, noon)[0]
	require.False(t, alerts.Visit{Feed: still}.First(), "a listing that only changed")
	require.Equal(t, visit(still).Cursor, still.Cursor)

	require.NoError(t, s.SyncFile(t.Context(), FileContent{Now: noon}))
	c := change(guild)
	c.At = noon.Add(30 * 24 * time.Hour)
	require.NoError(t, s.AddFeed(t.Context(), c, chatFeed("un")))
	again := dueFeeds(t, s, c.At)
	require.Len(t, again, 1)
	require.Equal(t, still.ID, again[0].ID)
	require.Equal(t, alerts.Cursor{}, again[0].Cursor, "what a month has brought is no news")
}

func TestAFasterListingIsNotMadeToWait(t *testing.T) {
	for failures, want := range map[int]int{0: 1, 1: 0} {
		s, _ := open(t)
		require.NoError(t, s.AddFeed(t.Context(), change(guild), chatFeed("un")))
		v := visit(dueFeeds(t, s, noon)[0])
		v.NextPoll, v.Cursor.Failures = noon.Add(24*time.Hour), failures
		require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{Visit: v}}))
		c := change(team)
		c.At = noon.Add(time.Minute)
		require.NoError(t, s.AddFeed(t.Context(), c, chatFeed("un")))
		require.Len(t, dueFeeds(t, s, c.At), want, "after %d failures", failures)
	}
}

func TestEachWorkspaceHasItsOwnLabelOfAFeed(t *testing.T) {
	s, _ := open(t)
	require.NoError(t, s.AddFeed(t.Context(), change(guild), chatFeed("un")))
	theirs := chatFeed("un")
	theirs.Source, theirs.Listings[0].Name = alerts.Source{Name: "UN News", Ownership: alerts.Official}, "theirs"
	require.NoError(t, s.AddFeed(t.Context(), change(team), theirs))
	f := dueFeeds(t, s, noon)[0]
	require.Equal(t, chatFeed("un").Source, f.SourceIn(guild))
	require.Equal(t, theirs.Source, f.SourceIn(team))
	require.Equal(t, []string{"un", "theirs"}, []string{f.NameIn(guild), f.NameIn(team)})

	require.NoError(t, s.SyncFile(t.Context(), FileContent{Feeds: []alerts.Feed{fileFeed("un")}, Now: noon}))
	f = dueFeeds(t, s, noon.Add(lease))[0]
	require.Equal(t, []alerts.Source{fileFeed("un").Source, fileFeed("un").Source}, []alerts.Source{f.SourceIn(guild), f.SourceIn(team)}, "the file's is for all")
}

func TestAnAcceptedFeedIsAskedAgain(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	v := visit(f)
	v.NextPoll = noon.Add(1000 * time.Hour)
	v.Cursor.Failure, v.Cursor.Failures = "gone", 3
	v.Cursor.Manners = alerts.Manners{Trouble: alerts.TroubleGone, Items: "AAAA", Address: "https://example.org/moved", Pace: time.Hour}
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{Visit: v}}))
	require.Empty(t, dueFeeds(t, s, noon.Add(time.Hour)))
	require.Error(t, s.AcceptFeed(t.Context(), change(guild), "nothing"))
	require.NoError(t, s.AcceptFeed(t.Context(), change(guild), "UN"), "the file's, too")
	again := dueFeeds(t, s, noon.Add(time.Hour))
	require.Len(t, again, 1)
	require.Zero(t, again[0].Cursor.Failures)
	require.Empty(t, again[0].Cursor.ETag)
	require.Equal(t, alerts.Manners{Address: "https://example.org/moved", Pace: time.Hour, Retried: noon}, again[0].Cursor.Manners)
}

// TestFullTextIsEachListings: a feed has it if anyone who lists it wants it, and the file may change its mind.
func TestFullTextIsEachListings(t *testing.T) {
	s, _ := open(t)
	f := fileFeed("news")
	claimed := func() alerts.Feed {
		t.Helper()
		feeds, err := s.ClaimFeeds(t.Context(), noon.Add(24*time.Hour), 0, 10)
		require.NoError(t, err)
		require.Len(t, feeds, 1)
		return feeds[0]
	}
	for _, want := range []bool{false, true, false} {
		f.Listings[0].FullText = want
		require.NoError(t, s.SyncFile(t.Context(), FileContent{Feeds: []alerts.Feed{f}, Now: noon}))
		require.Equal(t, want, claimed().FullText())
	}
	require.NoError(t, s.SyncFile(t.Context(), FileContent{Now: noon}))
	own := f
	own.Listings = []alerts.Listing{{Name: "own", Schedule: "auto", FullText: true}}
	require.NoError(t, s.AddFeed(t.Context(), change(guild), own))
	require.True(t, claimed().FullText())
	feeds, err := s.Feeds(t.Context(), guild)
	require.NoError(t, err)
	require.True(t, feeds[0].Feed.FullText())
}

// A feed that is put off is due at its time and nobody's until then, unless another took it over.
func TestFeedsThatArePutOff(t *testing.T) {
	s, _ := open(t)
	withFeed(t, s)
	first := dueFeeds(t, s, noon.Add(time.Hour))
	require.Len(t, first, 1)
	first[0].Due = noon.Add(90 * time.Minute)
	require.NoError(t, s.PutOff(t.Context(), first))
	require.Empty(t, dueFeeds(t, s, first[0].Due.Add(-time.Second)))
	second := dueFeeds(t, s, first[0].Due)
	require.Len(t, second, 1)

	first[0].Due = second[0].Leased.Add(-time.Second)
	require.NoError(t, s.PutOff(t.Context(), first))
	require.Empty(t, dueFeeds(t, s, first[0].Due), "it is another's by now")
	require.Len(t, dueFeeds(t, s, second[0].Leased), 1)
}
