package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/stretchr/testify/require"
)

// two returns two replicas on one PostgreSQL database.
func two(t *testing.T) (a, b *Store) {
	t.Helper()
	newPostgres(t, "") // skips where there is none
	dsn := newDatabase(t)
	return reopen(t, dsn), reopen(t, dsn)
}

// Four workers of two replicas claim at the same moment, again and again: never is a channel two's, and each delivery is
// claimed once and in order.
func TestReplicasClaimEachDeliveryOnce(t *testing.T) {
	a, b := two(t)
	var channels []alerts.Channel
	for i := range 20 {
		channels = append(channels, alerts.NewChannel("console", fmt.Sprint("c", i)))
	}
	posted(t, a, withFeed(t, a), 6, channels...)
	workers := []*Store{a, b, a, b}
	served, part := map[int64]bool{}, [2]int{}
	last := map[alerts.Channel]int64{}
	for len(served) < 6*len(channels) {
		claims := make([][]alerts.Delivery, len(workers))
		each(t, workers, func(i int, s *Store) (err error) {
			claims[i], err = s.Claim(t.Context(), everywhere, noon, lease, 4)
			return err
		})
		busy := map[alerts.Channel]bool{}
		for i, claimed := range claims {
			for _, d := range claimed {
				require.False(t, busy[d.Channel], "%s is sent to twice at once", d.Channel)
				require.False(t, served[d.ID], "delivery %d is claimed twice", d.ID)
				require.Greater(t, d.ID, last[d.Channel], "%s is in order", d.Channel)
				busy[d.Channel], served[d.ID], last[d.Channel] = true, true, d.ID
				part[i%2]++
			}
		}
		each(t, workers, func(i int, s *Store) error {
			for _, d := range claims[i] {
				if err := s.Settle(t.Context(), d, sent("m"), noon); err != nil {
					return err
				}
			}
			return nil
		})
	}
	require.Equal(t, 6*len(channels), count(t, a, `SELECT COUNT(*) FROM deliveries WHERE state = 'sent'`))
	require.Positive(t, part[0]*part[1], "both had a part: %v", part)
	t.Logf("deliveries by replica: %v", part)
}

// each does something in all workers at once and waits for it.
func each(t *testing.T, workers []*Store, do func(i int, s *Store) error) {
	t.Helper()
	var group sync.WaitGroup
	for i, s := range workers {
		group.Go(func() {
			if err := do(i, s); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	require.False(t, t.Failed())
}

func TestReplicasPollEachFeedOnce(t *testing.T) {
	a, b := two(t)
	content := FileContent{Now: noon}
	for i := range 60 {
		content.Feeds = append(content.Feeds, fileFeed(fmt.Sprint("f", i)))
	}
	require.NoError(t, a.SyncFile(t.Context(), content))
	var mu sync.Mutex
	polled := map[alerts.FeedID]int{}
	var group sync.WaitGroup
	for _, s := range []*Store{a, b, a, b} {
		group.Go(func() {
			for empty := 0; empty < 3; {
				feeds, err := s.ClaimFeeds(t.Context(), noon, lease, 7)
				if err != nil {
					t.Error(err)
					return
				}
				if len(feeds) == 0 {
					empty++
				}
				mu.Lock()
				for _, f := range feeds {
					polled[f.ID]++
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	require.Len(t, polled, 60)
	for id, n := range polled {
		require.Equal(t, 1, n, "feed %d", id)
	}
}

// slowly is a ledger whose worlds are old before they are planned on: every replica reads before any writes.
type slowly struct {
	*Store
	read func()
}

func (s slowly) World(ctx context.Context, q alerts.Question) (alerts.World, error) {
	w, err := s.Store.World(ctx, q)
	s.read()
	return w, err
}

// Two outlets tell one event, each read by another replica at the same moment: it is one story, posted once.
func TestReplicasAgreeOnAStory(t *testing.T) {
	a, b := two(t)
	require.Equal(t, [2]int{1, 1}, storiesAndRoots(t, a, b, false))
}

// The control: without the comparison both open a story, and it is posted twice.
func TestReplicasThatDoNotCompareTellAStoryTwice(t *testing.T) {
	a, b := two(t)
	require.Equal(t, [2]int{2, 2}, storiesAndRoots(t, a, b, true))
}

// unasked is a ledger that forgets what was planned on.
type unasked struct{ alerts.Ledger }

func (u unasked) Record(ctx context.Context, outcomes []alerts.Outcome) error {
	for i := range outcomes {
		outcomes[i].AsOf = 0
	}
	return u.Ledger.Record(ctx, outcomes)
}

func storiesAndRoots(t *testing.T, a, b *Store, careless bool) (n [2]int) {
	t.Helper()
	content := subscribed("console:desk")
	content.Feeds, content.Now = []alerts.Feed{fileFeed("un"), fileFeed("other")}, noon
	for i := range content.Feeds {
		content.Feeds[i].New = alerts.NewAll
	}
	content.Watchlists[0].Watches = []alerts.Watch{{Spec: match.Spec{Kind: match.Person, Name: "Steve Witkoff"}}}
	require.NoError(t, a.SyncFile(t.Context(), content))
	feeds := dueFeeds(t, a, noon)
	var both sync.WaitGroup
	both.Add(2)
	var group sync.WaitGroup
	for i, s := range []*Store{a, b} {
		asked := 0
		var l alerts.Ledger = slowly{s, func() {
			if asked++; asked == 2 { // the second question is about stories
				both.Done()
				both.Wait()
			}
		}}
		if careless {
			l = unasked{l}
		}
		engine := alerts.NewEngine(l, alerts.Terms{}, func() time.Time { return noon }, slog.New(slog.DiscardHandler))
		v := visit(feeds[i])
		v.Articles = []alerts.Article{{
			Feed: v.Feed.ID, Key: "1", URL: v.Feed.URL + "/1", Canonical: v.Feed.URL + "/1", Seen: noon, Published: noon, Language: "en",
			Title: "Steve Witkoff meets Vladimir Putin in Moscow for peace talks",
			Text:  "The American envoy Steve Witkoff met president Vladimir Putin in Moscow on Sunday for talks about peace in Ukraine, the Kremlin said.",
		}}
		group.Go(func() {
			if _, err := engine.Ingest(t.Context(), []alerts.Visit{v}); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	require.Equal(t, 2, count(t, a, `SELECT COUNT(*) FROM articles`))
	return [2]int{count(t, a, `SELECT COUNT(DISTINCT story) FROM articles`), count(t, a, `SELECT COUNT(*) FROM deliveries WHERE kind = 'post'`)}
}

func TestWhatWasPlannedOnAnOlderStateIsNotRecorded(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	w, err := s.World(t.Context(), alerts.Question{})
	require.NoError(t, err)
	require.Positive(t, w.AsOf)
	o := func(n int) alerts.Outcome {
		return alerts.Outcome{AsOf: w.AsOf, Visit: visit(f), Recorded: []alerts.Recorded{article(f, n)}}
	}
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{AsOf: w.AsOf, Visit: visit(f)}}), "nothing new moves nothing")
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{o(1)}))
	require.ErrorIs(t, s.Record(t.Context(), []alerts.Outcome{o(2)}), alerts.ErrMoved)
	require.Equal(t, 1, count(t, s, `SELECT COUNT(*) FROM articles`))
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{AsOf: w.AsOf, Visit: visit(f)}}), "a visit that found nothing new is right on any state")
}

// An edit in one replica is in force in the other with its next batch.
func TestReplicasSeeAnEdit(t *testing.T) {
	a, b := two(t)
	require.NoError(t, a.SyncFile(t.Context(), subscribed(desk)))
	r, ok, err := b.Roster(t.Context(), -1)
	require.NoError(t, err)
	require.True(t, ok)
	require.NoError(t, a.PutWatch(t.Context(), change(guild), "l", person("Bo")))
	_, ok, err = b.Roster(t.Context(), r.Version)
	require.NoError(t, err)
	require.True(t, ok)
}

func TestADutyIsOneReplicasUntilItsLeaseEnds(t *testing.T) {
	s, dsn := open(t)
	hold := func(id string, now time.Time) bool {
		held, err := s.Hold(t.Context(), "listen", id, now, lease)
		require.NoError(t, err)
		return held
	}
	require.True(t, hold("a", noon))
	require.False(t, hold("b", noon.Add(lease-time.Second)))
	require.True(t, hold("a", noon.Add(lease-time.Second)), "who has it renews it")
	require.False(t, hold("b", noon.Add(lease)))
	require.True(t, hold("b", noon.Add(2*lease)))
	require.False(t, hold("a", noon.Add(2*lease)))
	require.NoError(t, s.Yield(t.Context(), "listen", "a"), "what another has stays")
	require.False(t, hold("a", noon.Add(2*lease)))
	require.NoError(t, s.Part(t.Context(), "b"))
	require.True(t, hold("a", noon.Add(2*lease)))
	if !s.Shared() {
		require.NoError(t, s.Close())
		s = reopen(t, dsn)
		require.True(t, hold("b", noon.Add(2*lease)), "a file's process has no other beside it")
	}
}

func TestReplicasCountThoseThatAreAlive(t *testing.T) {
	s, _ := open(t)
	alive := func(id string, now time.Time) int {
		n, err := s.Beat(t.Context(), id, now)
		require.NoError(t, err)
		return n
	}
	require.Equal(t, 1, alive("a", noon))
	require.Equal(t, 2, alive("b", noon.Add(time.Second)))
	require.Equal(t, 2, alive("a", noon.Add(9*time.Second)))
	require.Equal(t, 1, alive("a", noon.Add(11*time.Second)), "b was not heard of for 10 s")
	require.Equal(t, 2, alive("b", noon.Add(12*time.Second)))
	require.NoError(t, s.Part(t.Context(), "a"))
	require.Equal(t, 1, alive("b", noon.Add(12*time.Second)))
}

func TestACopyIsRefusedWhileABotRuns(t *testing.T) {
	file, path := openFile(t)
	_, err := file.Beat(t.Context(), "a", noon)
	require.NoError(t, err)
	require.NoError(t, file.Close())
	to := "sqlite:" + filepath.Join(t.TempDir(), "x.db")
	_, err = Copy(t.Context(), "sqlite:"+path, to, noon.Add(aliveFor-time.Second), Options{})
	require.Contains(t, alerts.Say(err), "A bot is running")
	_, err = Copy(t.Context(), "sqlite:"+path, to, noon.Add(aliveFor), Options{})
	require.NoError(t, err)
}

// Whatever this machine's clock says, and however it is set, the replicas go by the server's.
func TestTheClockIsTheServers(t *testing.T) {
	server := noon
	var failure error
	s := newStore(postgresEngine(), Options{})
	s.engine.now = func(context.Context, *sql.DB) (time.Time, error) { return server, failure }
	here := noon.Add(time.Hour)
	c := s.Clock(func() time.Time { return here })
	require.Equal(t, noon.Add(time.Hour), c.Now(), "not read yet")
	require.NoError(t, c.Read(t.Context()))
	require.Equal(t, noon, c.Now())
	here = here.Add(time.Minute)
	require.Equal(t, noon.Add(time.Minute), c.Now())
	failure = errors.New("away")
	require.ErrorIs(t, c.Read(t.Context()), failure)
	require.Equal(t, noon.Add(time.Minute), c.Now(), "it goes on while the server is away")
	failure, server, here = nil, noon.Add(time.Minute), here.Add(-2*time.Hour)
	require.NoError(t, c.Read(t.Context()))
	require.Equal(t, noon.Add(time.Minute), c.Now(), "this machine's clock was set")
	file, _ := openFile(t)
	c = file.Clock(func() time.Time { return noon })
	require.NoError(t, c.Read(t.Context()))
	require.Equal(t, noon, c.Now(), "a file has no clock")
}

// A replica dies while it sends: another posts what it was sending, and after it the rest, in order. Time is the test's.
func TestAnotherReplicaTakesOver(t *testing.T) {
	a, b := two(t)
	posted(t, a, withFeed(t, a), 3, "console:desk", "console:other")
	require.Len(t, claimed(t, a, noon, 1), 1)
	require.NoError(t, a.Close())
	now := noon
	press := &paper{}
	dispatcher := alerts.NewDispatcher(b, map[string]alerts.Poster{"console": press}, alerts.LifePace(), func() time.Time { return now }, nil, slog.New(slog.DiscardHandler))
	for ; len(press.posted) < 6; now = now.Add(time.Second) {
		_, err := dispatcher.Drain(t.Context())
		require.NoError(t, err)
		if now.Equal(noon) {
			require.Len(t, press.posted, 3, "the other channel waits for nothing")
		}
		require.LessOrEqual(t, now.Sub(noon), 45*time.Second)
	}
	t.Logf("what a dead replica was sending is posted %s after it was claimed", now.Sub(noon)-time.Second)
	last := map[alerts.Channel]int64{}
	for _, d := range press.posted {
		require.Greater(t, d.ID, last[d.Channel])
		last[d.Channel] = d.ID
	}
}

// An import that is disturbed is not run again: what it read is gone, and everybody would be taken for gone.
func TestADisturbedImportChangesNothing(t *testing.T) {
	a, b := two(t)
	_, err := a.ImportCatalogue(t.Context(), operator, "a", yields(alerts.Person{Key: "1", Names: []string{"Ada Bo"}}))
	require.NoError(t, err)
	left := []alerts.Person{{Key: "1", Names: []string{"Ada Bo"}}, {Key: "2", Names: []string{"Bo Ada"}}}
	_, err = a.ImportCatalogue(t.Context(), operator, "a", func(yield func(alerts.Person) error) error {
		for len(left) > 0 {
			p := left[0]
			left = left[1:]
			if err := yield(p); err != nil {
				return err
			}
			if len(left) == 1 {
				_, err := b.write.Exec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
					AND state = 'idle in transaction' AND pid <> pg_backend_pid()`)
				require.NoError(t, err)
			}
		}
		return nil
	})
	require.Contains(t, alerts.Say(err), "Import it again")
	require.Equal(t, 1, count(t, b, `SELECT COUNT(*) FROM persons`))
}

// The feeds that a replica had claimed when it died are due when nothing was heard of it for 10 s, not when their leases end;
// those of one that ends in order at once.
func TestTheFeedsOfADeadReplicaAreDue(t *testing.T) {
	a, b := two(t)
	a.id, b.id = "a", "b"
	require.NoError(t, a.SyncFile(t.Context(), FileContent{Feeds: []alerts.Feed{fileFeed("un"), fileFeed("other")}, Now: noon}))
	beat := func(s *Store, now time.Time) {
		_, err := s.Beat(t.Context(), s.id, now)
		require.NoError(t, err)
	}
	due := func(s *Store, now time.Time) int {
		got, err := s.ClaimFeeds(t.Context(), now, time.Hour, 10)
		require.NoError(t, err)
		return len(got)
	}
	beat(a, noon)
	require.Equal(t, 2, due(a, noon))
	beat(b, noon.Add(aliveFor-time.Second))
	require.Zero(t, due(b, noon.Add(aliveFor-time.Second)))
	beat(b, noon.Add(aliveFor))
	require.Equal(t, 2, due(b, noon.Add(aliveFor)))
	beat(a, noon.Add(aliveFor+time.Second)) // it had only slept
	require.Zero(t, due(a, noon.Add(aliveFor+time.Second)), "they are another's now")
	require.NoError(t, b.Part(t.Context(), "b"))
	require.Equal(t, 2, due(a, noon.Add(aliveFor+time.Second)))
}

// Who lost its lease of a feed records what it read, and leaves alone when the feed is due and whose it is.
func TestALateVisitLeavesTheFeedToWhoHasIt(t *testing.T) {
	s, _ := open(t)
	require.NoError(t, s.SyncFile(t.Context(), FileContent{Feeds: []alerts.Feed{fileFeed("un")}, Now: noon}))
	claim := func(now time.Time) []alerts.Feed {
		got, err := s.ClaimFeeds(t.Context(), now, lease, 1)
		require.NoError(t, err)
		return got
	}
	record := func(f alerts.Feed, n int, next time.Time) {
		o := alerts.Outcome{Visit: visit(f), Recorded: []alerts.Recorded{article(f, n)}}
		o.Visit.NextPoll = next
		require.NoError(t, s.Record(t.Context(), []alerts.Outcome{o}))
	}
	first := claim(noon)[0]
	second := claim(noon.Add(lease))[0]
	record(first, 1, noon)
	require.Equal(t, 1, count(t, s, `SELECT COUNT(*) FROM articles`), "what was read is kept")
	require.Empty(t, claim(noon.Add(lease)), "it is the second's")
	record(second, 2, noon.Add(time.Hour))
	require.Empty(t, claim(noon.Add(time.Hour-time.Second)))
	record(first, 3, noon)
	require.Empty(t, claim(noon.Add(time.Hour-time.Second)))
	require.Len(t, claim(noon.Add(time.Hour)), 1)
	require.Equal(t, 3, count(t, s, `SELECT COUNT(*) FROM articles`))
}
