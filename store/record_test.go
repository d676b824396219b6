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
	s, dsn := open(t)
	f := withFeed(t, s)
	r := posted(t, s, f, 2, desk)

	require.NoError(t, s.Close())
	s = reopen(t, dsn)
	w, err := s.World(t.Context(), alerts.Question{
		Keys: []alerts.ArticleKey{{Feed: f.ID, Key: "k0"}, {Feed: f.ID, Key: "k9"}, {Feed: f.ID + 1, Key: "k0"}}, StoryKeys: []story.Key{"h1", "nothing"},
	})
	require.NoError(t, err)
	require.Equal(t, map[alerts.ArticleKey]bool{{Feed: f.ID, Key: "k0"}: true}, w.Known)
	require.Equal(t, []story.Candidate{{ID: string(r[1].Story), Newest: r[1].Article.Published, Members: []story.Fingerprint{members(r[1])}}}, w.Stories)
	require.Equal(t, map[alerts.ChannelStory]alerts.Standing{{Channel: desk, Story: r[1].Story}: {Alert: root(desk, r[1]).Alert, Roots: 1, State: alerts.StatePending}}, w.Alerts)

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

func TestRepeatingARecordChangesNothing(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	posted(t, s, f, 3, desk, office)
	dump := func() (n [6]int) {
		for i, table := range []string{"articles", "stories", "story_keys", "decisions", "deliveries", "article_words"} {
			n[i] = count(t, s, `SELECT COUNT(*) FROM `+table)
		}
		return n
	}
	before := dump()
	require.Equal(t, [6]int{3, 3, 6, 6, 6, 3}, before)
	posted(t, s, f, 3, desk, office)
	require.Equal(t, before, dump())
	require.Equal(t, 3, count(t, s, `SELECT articles FROM feeds`))
	posted(t, s, f, 4, desk, office)
	require.NotEqual(t, before, dump(), "what is new is recorded")
}

func TestAFailedVisitRecordsNothingButItsCursor(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	v := visit(f)
	v.Cursor.Failure, v.Cursor.Failures, v.Cursor.Succeeded = "The server does not answer.", 2, time.Time{}
	r := article(f, 1)
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{Visit: v, Recorded: []alerts.Recorded{r}, Deliveries: []alerts.Delivery{root(desk, r)}}}))
	require.Zero(t, count(t, s, `SELECT (SELECT COUNT(*) FROM articles) + (SELECT COUNT(*) FROM deliveries)`))
	feeds, err := s.Feeds(t.Context(), guild)
	require.NoError(t, err)
	require.Equal(t, v.Cursor, feeds[0].Feed.Cursor)
}

func TestAWarningIsKept(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	v := visit(f)
	v.Cursor.Warning = "The feed has more than 2,000 items; only the first 2,000 were read."
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{Visit: v}}))
	feeds, err := s.Feeds(t.Context(), guild)
	require.NoError(t, err)
	require.Equal(t, v.Cursor, feeds[0].Feed.Cursor)
	require.Equal(t, v.Cursor, dueFeeds(t, s, v.NextPoll.Add(lease))[0].Cursor, "so that it is logged once")
}

func TestARecordIsWholeOrNot(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	r := article(f, 1)
	good, bad := root(desk, r), root(night, r)
	bad.Alert.Published = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) // JSON has no such year
	err := s.Record(t.Context(), []alerts.Outcome{{Visit: visit(f), Recorded: []alerts.Recorded{r}, Deliveries: []alerts.Delivery{good, bad}}})
	require.ErrorContains(t, err, "record visits")
	require.Zero(t, count(t, s, `SELECT (SELECT COUNT(*) FROM articles) + (SELECT COUNT(*) FROM deliveries) + (SELECT COUNT(*) FROM stories)`))
	require.Empty(t, dueFeeds(t, s, noon), "and the feed is leased still")
	require.Len(t, dueFeeds(t, s, noon.Add(lease)), 1)
}

func TestOldStoriesAreNotAskedFor(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	r := posted(t, s, f, 1, desk)[0]
	later := article(f, 5)
	later.Story, later.Opens, later.Fingerprint.Keys = r.Story, false, []story.Key{"other"}
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{Visit: visit(f), Recorded: []alerts.Recorded{later}}}))
	ask := func(since time.Time) alerts.World {
		w, err := s.World(t.Context(), alerts.Question{StoryKeys: []story.Key{"h0", "other", "url"}, Since: since})
		require.NoError(t, err)
		return w
	}
	w := ask(later.Article.Published)
	require.Len(t, w.Stories, 1, "once, by whichever key")
	require.Equal(t, []story.Fingerprint{members(r), members(later)}, w.Stories[0].Members)
	require.Equal(t, later.Article.Published, w.Stories[0].Newest)
	w = ask(later.Article.Published.Add(time.Second))
	require.Empty(t, w.Stories)
	require.Empty(t, w.Alerts)
}

func TestManyKeysAreAskedAtOnce(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	posted(t, s, f, 3*chunk)
	var q alerts.Question
	for i := range 5 * chunk {
		r := article(f, i)
		q.Keys = append(q.Keys, alerts.ArticleKey{Feed: f.ID, Key: r.Article.Key})
		q.StoryKeys = append(q.StoryKeys, r.Fingerprint.Keys...)
	}
	w, err := s.World(t.Context(), q)
	require.NoError(t, err)
	require.Len(t, w.Known, 3*chunk)
	require.Len(t, w.Stories, 3*chunk)
}

func TestTimesSurvive(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	var outcome alerts.Outcome
	outcome.Visit = visit(f)
	times := []time.Time{{}, time.Unix(0, 0).UTC(), time.Date(9999, 12, 31, 23, 59, 59, 999999000, time.UTC), time.Date(1, 1, 1, 0, 0, 0, 1000, time.UTC), noon}
	for i, at := range times {
		r := article(f, i)
		r.Article.Published = at
		outcome.Recorded = append(outcome.Recorded, r)
	}
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{outcome}))
	for i, at := range times {
		found, _, ok, err := s.Decided(t.Context(), guild, outcome.Recorded[i].Article.URL)
		require.NoError(t, err)
		require.True(t, ok)
		require.Equal(t, at, found.Article.Published)
		require.Equal(t, at.IsZero(), found.Article.Published.IsZero())
	}
}

func TestPruningDropsTextsAndKeepsKeys(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	r := posted(t, s, f, pruneBatch+3, desk)
	fresh := article(f, 9999)
	fresh.Article.Seen, fresh.Article.Published = noon.AddDate(0, 1, 0), noon.AddDate(0, 1, 0)
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{Visit: visit(f), Recorded: []alerts.Recorded{fresh}}}))
	settled(t, s, claimed(t, s, noon, 1)[0], sent("m"), noon)

	none, err := s.Prune(t.Context(), noon)
	require.NoError(t, err)
	require.Zero(t, none, "nothing is old yet")
	p, err := s.Prune(t.Context(), noon.AddDate(0, 0, 20))
	require.NoError(t, err)
	require.Equal(t, Pruned{Articles: len(r), Alerts: 1, Stories: len(r)}, p)
	again, err := s.Prune(t.Context(), noon.AddDate(0, 0, 20))
	require.NoError(t, err)
	require.Zero(t, again)

	found, err := s.Lookup(t.Context(), guild, [][]string{{"witkoff"}}, 10)
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.Equal(t, fresh.Article.Key, found[0].Article.Key)
	old, decided, ok, err := s.Decided(t.Context(), guild, r[0].Article.URL)
	require.NoError(t, err)
	require.True(t, ok)
	require.Empty(t, old.Article.Text)
	require.Equal(t, r[0].Article.Title, old.Article.Title)
	require.Len(t, decided, 1)
	told, _, err := s.Told(t.Context(), guild, root(desk, r[0]).Alert.ID, 0)
	require.NoError(t, err)
	require.Empty(t, told.Alert.Summary)
	require.Equal(t, r[0].Article.Title+" root", told.Alert.Title)

	posted(t, s, f, 1, desk, office) // the feed shows the old article again
	require.Equal(t, len(r)+1, count(t, s, `SELECT COUNT(*) FROM articles`))
	require.Len(t, claimed(t, s, noon, 10), 2, "the desk's next and the office's first")
}

func TestAStoryIsDroppedByWhenItWasLastRead(t *testing.T) {
	const retention = 30 * 24 * time.Hour
	s, _ := open(t)
	f := withFeed(t, s)
	old, fresh := article(f, 1), article(f, 2)
	for _, r := range []*alerts.Recorded{&old, &fresh} { // dated long ago, and read now
		r.Article.Published, r.Article.Seen = noon.AddDate(0, 0, -90), noon
	}
	joined := article(f, 3)
	joined.Story, joined.Opens = fresh.Story, false
	joined.Article.Published, joined.Article.Seen = noon.AddDate(0, 0, -90), noon.AddDate(0, 0, 10)
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{Visit: visit(f), Recorded: []alerts.Recorded{old, fresh, joined}}}))
	for _, c := range []struct {
		after   time.Duration
		dropped int
	}{
		{0, 0},
		{retention + 2*story.Window, 0}, // it may still be asked for
		{retention + joinable + time.Second, 1},
		{retention + 2*story.Window + 10*24*time.Hour, 0}, // another article was read later
		{retention + joinable + 10*24*time.Hour + time.Second, 1},
	} {
		p, err := s.Prune(t.Context(), noon.Add(c.after-retention))
		require.NoError(t, err)
		require.Equal(t, c.dropped, p.Stories, "%s after it was first read", c.after)
	}
}

func TestLookupTakesAnyInput(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	posted(t, s, f, 3)
	extra := article(f, 7)
	extra.Again = true // it has none but these
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{Visit: visit(f), Recorded: []alerts.Recorded{extra}}}))
	require.NoError(t, s.change(t.Context(), "add words", func(tx txn) error {
		var id int64
		if _, err := tx.row(t.Context(), `SELECT id FROM articles WHERE item = $1`, []any{extra.Article.Key}, &id); err != nil {
			return err
		}
		_, err := tx.exec(t.Context(), insertWords, id, tx.engine.words([]string{"о'нил", "北京", "विदेश", "c++", "and", "near"}))
		return err
	}))
	for _, c := range []struct {
		name  string
		anyOf [][]string
		want  int
	}{
		{"one word", [][]string{{"witkoff"}}, 3},
		{"all words of a group", [][]string{{"witkoff", "number1"}}, 1},
		{"any of the groups", [][]string{{"number1"}, {"witkoff", "number2"}}, 2},
		{"words of different articles", [][]string{{"number1", "number2"}}, 0},
		{"part of a word", [][]string{{"witk"}}, 0},
		{"not a column", [][]string{{"words:witkoff"}}, 0},
		{"not a prefix", [][]string{{"witk*"}}, 0},
		{"no words", [][]string{{}, {"", "\"", "--", "*"}}, 0},
		{"nothing", nil, 0},
		{"only the words of a group that are any", [][]string{{"witkoff", "&"}}, 3},
		{"quotes and brackets", [][]string{{`"witkoff" OR ("`}}, 0},
		{"injection", [][]string{{`x"; DROP TABLE articles; --`}}, 0},
		{"operators are words", [][]string{{"AND", "NEAR"}}, 1},
		{"apostrophe", [][]string{{"о'нил"}}, 1},
		{"no spaces", [][]string{{"北京"}}, 1},
		{"vowel signs", [][]string{{"विदेश"}}, 1},
		{"signs", [][]string{{"c++"}}, 1},
		{"bytes that are no text", [][]string{{"\xff\x00witkoff"}}, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			found, err := s.Lookup(t.Context(), guild, c.anyOf, 10)
			require.NoError(t, err)
			require.Len(t, found, c.want)
		})
	}
	found, err := s.Lookup(t.Context(), guild, [][]string{{"witkoff"}}, 2)
	require.NoError(t, err)
	require.Equal(t, []string{"k2", "k1"}, []string{found[0].Article.Key, found[1].Article.Key}, "the newest first, as many as asked")
}

// TestWhatBecameOfPagesIsKept: with the article, and counted for the feed, once however often a visit is recorded.
func TestWhatBecameOfPagesIsKept(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	o := alerts.Outcome{Visit: visit(f)}
	for i, page := range []string{alerts.PageRead, "The page did not come in time.", "", alerts.PageRead} {
		r := article(f, i)
		r.Article.Page = page
		o.Recorded = append(o.Recorded, r)
	}
	status := func() alerts.FeedStatus {
		t.Helper()
		feeds, err := s.Feeds(t.Context(), guild)
		require.NoError(t, err)
		return feeds[0]
	}
	for range 2 {
		require.NoError(t, s.Record(t.Context(), []alerts.Outcome{o}))
		v := status()
		require.Equal(t, []any{2, 1, "The page did not come in time."}, []any{v.PagesRead, v.PagesFailed, v.PageFailure})
	}
	found, _, ok, err := s.Decided(t.Context(), guild, o.Recorded[1].Article.Canonical)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, "The page did not come in time.", found.Article.Page)

	next := article(f, 9)
	next.Article.Page = alerts.PageRead
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{Visit: visit(f), Recorded: []alerts.Recorded{next}}}))
	require.Empty(t, status().PageFailure, "all went well since")
	require.Equal(t, 3, status().PagesRead)
}
