package store

import (
	"fmt"
	"log/slog"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/stretchr/testify/require"
)

// A desktop is a store with one feed of the file's, whose articles two channels hear, and an engine with a clock.
type desktop struct {
	t      *testing.T
	store  *Store
	engine *alerts.Engine
	now    time.Time
}

func newDesktop(t *testing.T, feeds ...string) *desktop {
	s, _ := open(t)
	return desktopOn(t, s, feeds...)
}

func desktopOn(t *testing.T, s *Store, feeds ...string) *desktop {
	content := subscribed(desk, office)
	content.Feeds = nil
	for _, name := range feeds {
		content.Feeds = append(content.Feeds, fileFeed(name))
	}
	content.Subscriptions[0].Ping = "@desk"
	content.Watchlists[0].Watches = []alerts.Watch{{Spec: match.Spec{Kind: match.Person, Name: "Steve Witkoff"}}}
	require.NoError(t, s.SyncFile(t.Context(), content))
	d := &desktop{t: t, store: s, now: noon}
	d.engine = alerts.NewEngine(s, alerts.Terms{MaxAge: 7 * 24 * time.Hour}, func() time.Time { return d.now }, slog.New(slog.DiscardHandler))
	return d
}

// item is an article as a feed has it: the n-th in the world, so many hours old.
func (d *desktop) item(n int, age time.Duration) alerts.Article {
	return alerts.Article{
		Key: fmt.Sprint(n), URL: fmt.Sprintf("https://example.org/%d", n), Canonical: fmt.Sprintf("https://example.org/%d", n),
		Title: fmt.Sprintf("Steve Witkoff in place%d about thing%d", n, n), Text: strings.Repeat(fmt.Sprintf("word%d and other%d. ", n, n), 8),
		Published: d.now.Add(-age),
	}
}

// reads visits the due feeds, each of which has the articles, and comes again in ten minutes.
func (d *desktop) reads(articles ...alerts.Article) alerts.Ingested {
	d.t.Helper()
	var visits []alerts.Visit
	for _, f := range dueFeeds(d.t, d.store, d.now) {
		v := alerts.Visit{Feed: f, At: d.now, NextPoll: d.now.Add(10 * time.Minute), Cursor: alerts.Cursor{Visited: d.now, Succeeded: d.now}}
		for _, a := range articles {
			a.Feed, a.Seen = f.ID, d.now
			v.Articles = append(v.Articles, a)
		}
		visits = append(visits, v)
	}
	require.NotEmpty(d.t, visits)
	in, err := d.engine.Ingest(d.t.Context(), visits)
	require.NoError(d.t, err)
	return in
}

// fails visits the due feeds in vain.
func (d *desktop) fails() {
	d.t.Helper()
	var visits []alerts.Visit
	for _, f := range dueFeeds(d.t, d.store, d.now) {
		c := f.Cursor
		c.Visited, c.Failure, c.Failures = d.now, "There is nothing at that address (404).", c.Failures+1
		visits = append(visits, alerts.Visit{Feed: f, At: d.now, NextPoll: d.now.Add(10 * time.Minute), Cursor: c})
	}
	require.NotEmpty(d.t, visits)
	_, err := d.engine.Ingest(d.t.Context(), visits)
	require.NoError(d.t, err)
}

// posts are the messages that wait for a channel.
func (d *desktop) posts(c alerts.Channel) (out []alerts.Alert) {
	d.t.Helper()
	require.NoError(d.t, d.store.look(d.t.Context(), "read", func(tx txn) error {
		return tx.each(d.t.Context(), `SELECT alert FROM deliveries WHERE channel = $1 AND kind = 'post' ORDER BY position`, []any{string(c)}, func(columns func(...any) error) error {
			var a alerts.Alert
			err := columns(document{&a})
			out = append(out, a)
			return err
		})
	}))
	return out
}

func (d *desktop) tells(after time.Duration) int {
	d.t.Helper()
	d.now = d.now.Add(after)
	made, err := d.store.TellGathered(d.t.Context(), d.now, false)
	require.NoError(d.t, err)
	return made
}

// span is n items with ages from the first, an hour apart.
func (d *desktop) span(first, n int, age time.Duration) (out []alerts.Article) {
	for i := range n {
		out = append(out, d.item(first+i, age+time.Duration(i)*time.Hour))
	}
	return out
}

func TestAWindowThatRolledIsAGapAndItsItemsAreOneMessage(t *testing.T) {
	d := newDesktop(t, "un")
	d.reads(d.span(0, 5, time.Hour)...)
	d.now = d.now.Add(10 * time.Minute)
	require.Zero(t, d.reads(d.span(0, 5, time.Hour)...).Gaps, "nothing new is no gap")
	last := d.now
	d.now = d.now.Add(30 * time.Hour) // the bot is down
	in := d.reads(d.span(100, 5, 2*time.Hour)...)
	require.Equal(t, 1, in.Gaps)
	require.Equal(t, 10, in.Decisions[alerts.Gathered], "five for each channel")
	require.Zero(t, in.Deliveries)
	read := d.now

	require.Zero(t, d.tells(time.Minute), "others may follow")
	require.Equal(t, 2, d.tells(2*time.Minute), "one for each channel")
	require.Zero(t, d.tells(time.Hour), "once")
	require.Len(t, d.posts(desk), 1)
	a := d.posts(desk)[0]
	require.Equal(t, "Late: 5 stories from un", a.Title)
	require.Len(t, a.Stories, 5)
	for n, p := range a.Stories {
		require.Equal(t, d.item(100+n, 0).Title, p.Title, "the newest first")
		require.Equal(t, d.item(100+n, 0).URL, p.URL)
		for _, e := range p.Matches[0].Evidence {
			require.Equal(t, e.Text, string([]rune(p.Title)[e.Start:e.End]), "its evidence is of its own title")
		}
	}
	require.Equal(t, "Steve Witkoff", a.Matches[0].Watch)
	require.Empty(t, a.Matches[0].Evidence, "no place in a text is the message's own")

	c, err := d.store.Coverage(t.Context(), guild, noon)
	require.NoError(t, err)
	require.Len(t, c.Gaps, 1)
	require.Equal(t, alerts.Gap{Feed: c.Gaps[0].Feed, From: last, To: read.Add(-6 * time.Hour), Found: read}, c.Gaps[0].Gap)
	require.Equal(t, "un", c.Gaps[0].Name)

	d.now = d.now.Add(time.Hour)
	in = d.reads(d.item(300, time.Minute), d.item(100, 2*time.Hour))
	require.Equal(t, 2, in.Decisions[alerts.Posted], "a feed read after more than an hour brings news as well")
	d.predicts()
}

func TestAStoryToldWithOthersIsNotToldAlone(t *testing.T) {
	d := newDesktop(t, "un", "who")
	d.reads()
	d.now = d.now.Add(30 * time.Hour)
	in := d.reads(d.span(100, 3, 2*time.Hour)...)
	require.Equal(t, map[alerts.Verb]int{alerts.Gathered: 6, alerts.Joined: 6}, in.Decisions)
	require.Equal(t, 2, d.tells(3*time.Minute))
	again := d.item(100, 0)
	again.Key, again.Canonical, again.URL = "x", "https://other.example/x", "https://other.example/x"
	d.now = d.now.Add(10 * time.Minute)
	in = d.reads(again)
	require.Equal(t, map[alerts.Verb]int{alerts.Joined: 4}, in.Decisions)
	require.Len(t, d.posts(desk), 1)

	// A message that failed for good has told nobody.
	require.NoError(t, d.store.change(t.Context(), "fail", func(tx txn) error {
		_, err := tx.exec(t.Context(), `UPDATE deliveries SET state = 'failed'`)
		return err
	}))
	again.Key, again.Canonical, again.URL, again.Published = "y", "https://other.example/y", "https://other.example/y", d.now
	d.now = d.now.Add(10 * time.Minute)
	in = d.reads(again)
	require.Equal(t, 2, in.Decisions[alerts.Posted])
}

func TestAFeedThatFailedBringsItsLateItemsInOneMessage(t *testing.T) {
	d := newDesktop(t, "un")
	d.reads(d.span(0, 3, time.Hour)...)
	for range 20 {
		d.now = d.now.Add(10 * time.Minute)
		d.fails()
	}
	d.now = d.now.Add(10 * time.Minute)
	in := d.reads(append(d.span(100, 2, 90*time.Minute), d.item(0, 5*time.Hour), d.item(200, 10*time.Minute))...)
	require.Zero(t, in.Gaps, "the windows meet")
	require.Equal(t, 4, in.Decisions[alerts.Gathered])
	require.Equal(t, 2, in.Decisions[alerts.Posted], "what is new now is news")
	d.predicts()
}

// A feed that a person had polled again brings what it published meanwhile late, not as a flood, whether it was in back-off
// or given up.
func TestARetriedFeedBringsItsBacklogLate(t *testing.T) {
	for name, givenUp := range map[string]bool{"in back-off": false, "given up": true} {
		t.Run(name, func(t *testing.T) {
			d := newDesktop(t, "un")
			d.reads(d.span(0, 3, time.Hour)...)
			for range 20 {
				d.now = d.now.Add(10 * time.Minute)
				d.fails()
			}
			ask := change(guild)
			if givenUp {
				require.NoError(t, d.store.Tell(t.Context(), Telling{Dead: []alerts.FeedID{1}, Why: "dead", Now: d.now}))
			}
			d.now = d.now.Add(9 * time.Minute)
			require.Empty(t, dueFeeds(t, d.store, d.now))
			ask.At = d.now
			due, err := d.store.RetryFeed(t.Context(), ask, "un")
			require.NoError(t, err)
			require.Equal(t, d.now, due)
			items := []alerts.Article{d.item(0, 5*time.Hour)} // the windows meet
			for n := range 30 {
				items = append(items, d.item(100+n, 90*time.Minute))
			}
			in := d.reads(items...)
			require.Equal(t, map[alerts.Verb]int{alerts.Gathered: 60}, in.Decisions)
			all, _ := decided(t, d.store)
			require.Equal(t, alerts.LateRead, all[len(all)-1].Reason)
			_, err = d.store.RetryFeed(t.Context(), ask, "un")
			require.Contains(t, alerts.Say(err), "read without trouble")
		})
	}
}

// A server's Retry-After binds whoever asks, and one that took its feed down waits for another word.
func TestARetryObeysTheServer(t *testing.T) {
	d := newDesktop(t, "un")
	d.reads()
	manners := func(m alerts.Manners) {
		require.NoError(t, d.store.change(t.Context(), "set", func(tx txn) error {
			_, err := tx.exec(t.Context(), `UPDATE feeds SET failures = 3, manners = $1`, document{m})
			return err
		}))
	}
	ask := change(guild)
	manners(alerts.Manners{NotBefore: ask.At.Add(3 * time.Hour)})
	due, err := d.store.RetryFeed(t.Context(), ask, "un")
	require.NoError(t, err)
	require.Equal(t, ask.At.Add(3*time.Hour), due)
	require.Empty(t, dueFeeds(t, d.store, due.Add(-time.Second)))
	require.Len(t, dueFeeds(t, d.store, due), 1)
	manners(alerts.Manners{Trouble: alerts.TroubleGone})
	_, err = d.store.RetryFeed(t.Context(), ask, "un")
	require.Contains(t, alerts.Say(err), "feeds accept un")
}

// Thousands of items at once, all new to the archive: the first few are posted, the others told in one message an hour.
func TestAFeedThatBringsThousandsIsToldInOneMessage(t *testing.T) {
	d := newDesktop(t, "un")
	d.reads()
	posted := func() int { return len(d.posts(desk)) }
	pages := unlessShort(20, 8)
	for page := range pages {
		d.now = d.now.Add(10 * time.Minute)
		var items []alerts.Article
		for n := range 250 {
			items = append(items, d.item(1000+250*page+n, time.Duration(n)*time.Second))
		}
		before := posted()
		d.reads(items...)
		d.tells(0)
		require.LessOrEqual(t, posted()-before, 12)
	}
	one, batches := map[int]int{}, 0
	for _, a := range d.posts(desk) {
		if strings.HasPrefix(a.Title, "All at once:") {
			batches++
			continue
		}
		one[int(a.Published.Sub(noon)/time.Hour)]++
	}
	for hour, n := range one {
		require.LessOrEqual(t, n, 10, hour)
	}
	require.Positive(t, batches)
	require.LessOrEqual(t, batches, 4, "once an hour")
	all, _ := decided(t, d.store)
	require.Len(t, all, 2*250*pages)
	d.predicts()
}

// predicts checks that a backtest decides as was decided.
func (d *desktop) predicts() {
	d.t.Helper()
	roster, _, err := d.store.Roster(d.t.Context(), -1)
	require.NoError(d.t, err)
	want, _ := decided(d.t, d.store)
	got, _, report := predicted(d.t, d.store, roster, "World")
	own := map[alerts.StoryID]bool{} // stories with a message of their own
	together := map[alerts.StoryID]bool{}
	for _, x := range want {
		own[x.Story] = own[x.Story] || x.Verb == alerts.Posted
		together[x.Story] = together[x.Story] || x.Verb == alerts.Gathered
	}
	maps.DeleteFunc(together, func(id alerts.StoryID, is bool) bool { return !is || own[id] })
	require.NotEmpty(d.t, together)
	require.Len(d.t, together, report.Trials[0].Gathered, "as many as were told with others")
	require.Len(d.t, got, len(want))
	for i := range want {
		require.Equal(d.t, want[i], got[i])
	}
}

// A feed's habit is no flood.
func TestWhatIsAFeedsHabitIsPosted(t *testing.T) {
	d := newDesktop(t, "un")
	d.reads()
	n := 0
	hour := func() (in alerts.Ingested) {
		var items []alerts.Article
		for range 15 {
			n++
			items = append(items, d.item(n, time.Second))
		}
		d.now = d.now.Add(time.Hour)
		return d.reads(items...)
	}
	require.Equal(t, map[alerts.Verb]int{alerts.Posted: 20, alerts.Gathered: 10}, hour().Decisions)
	// Four days of fifteen an hour are its habit; one day of thousands is not.
	brought := func(channel alerts.Channel, days, perHour int) {
		require.NoError(t, d.store.change(t.Context(), "remember", func(tx txn) error {
			for h := range 24 * days {
				minute := d.now.Add(-time.Duration(h)*time.Hour).Unix() / 60
				if _, err := tx.exec(t.Context(), addFlow, 1, string(channel), minute, min(perHour, 10), perHour); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	d.now = d.now.Add(7 * 24 * time.Hour)
	d.reads()
	brought(desk, 4, 15)
	brought(office, 1, 5000)
	n += 100
	in := hour()
	require.Equal(t, 15+10, in.Decisions[alerts.Posted])
	require.Equal(t, 5, in.Decisions[alerts.Gathered])
}
