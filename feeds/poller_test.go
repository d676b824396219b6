package feeds

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A memory is a Queue and what records visits, as a store would.
type memory struct {
	mu       sync.Mutex
	feeds    []alerts.Feed
	next     map[alerts.FeedID]time.Time
	lease    map[alerts.FeedID]time.Time
	batches  [][]alerts.Visit
	refuse   error // what recording answers
	claimErr error
}

func hold(feeds ...alerts.Feed) *memory {
	m := &memory{next: map[alerts.FeedID]time.Time{}, lease: map[alerts.FeedID]time.Time{}}
	for i, f := range feeds {
		f.ID = alerts.FeedID(i + 1)
		m.feeds = append(m.feeds, f)
	}
	return m
}

func (m *memory) ClaimFeeds(_ context.Context, now time.Time, lease time.Duration, limit int) ([]alerts.Feed, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []alerts.Feed
	for _, f := range m.feeds {
		if len(out) < limit && !m.next[f.ID].After(now) && !m.lease[f.ID].After(now) {
			m.lease[f.ID] = now.Add(lease)
			out = append(out, f)
		}
	}
	return out, m.claimErr
}

func (m *memory) PutOff(_ context.Context, claimed []alerts.Feed) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, f := range claimed {
		m.next[f.ID] = f.Due
		delete(m.lease, f.ID)
	}
	return nil
}

func (m *memory) ingest(_ context.Context, visits []alerts.Visit) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.refuse != nil {
		return m.refuse
	}
	m.batches = append(m.batches, visits)
	for _, v := range visits {
		m.next[v.Feed.ID] = v.NextPoll
		delete(m.lease, v.Feed.ID)
	}
	return nil
}

func (m *memory) visited() map[alerts.FeedID]int {
	seen := map[alerts.FeedID]int{}
	for _, b := range m.batches {
		for _, v := range b {
			seen[v.Feed.ID]++
		}
	}
	return seen
}

func many(n int, address func(i int) string) []alerts.Feed {
	feeds := make([]alerts.Feed, n)
	for i := range feeds {
		feeds[i] = alerts.Feed{URL: address(i)}
	}
	return feeds
}

func TestPollDuePollsEachOnceWithinBounds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := hold(many(200, func(i int) string { return fmt.Sprintf("https://host%d.example/%d", i%40, i) })...)
		var mu sync.Mutex
		running, most, hosts := 0, 0, map[string]int{}
		steps := 0
		p := &Poller{
			Queue: m, Ingest: m.ingest, Progress: func(s Progress) { steps++; require.LessOrEqual(t, s.Done, s.Total) },
			Fetch: func(_ context.Context, f alerts.Feed) Fetched {
				mu.Lock()
				running++
				most = max(most, running)
				hosts[host(f.URL)]++
				require.Equal(t, 1, hosts[host(f.URL)], "one at a time per host")
				mu.Unlock()
				<-time.After(50 * time.Millisecond)
				mu.Lock()
				running--
				hosts[host(f.URL)]--
				mu.Unlock()
				switch f.ID % 4 {
				case 0:
					return Fetched{Status: 304}
				case 1:
					return Fetched{Status: 500}
				}
				return Fetched{Status: 200, Body: []byte(sample)}
			},
		}
		report, err := p.PollDue(t.Context())
		require.NoError(t, err)
		require.Equal(t, Report{Polled: 200, Unchanged: 50, Failed: 50, Articles: 100}, report)
		require.Equal(t, 200, steps)
		require.Equal(t, defaultWorkers, most)
		require.Len(t, m.visited(), 200)
		for id, n := range m.visited() {
			require.Equal(t, 1, n, "feed %d", id)
		}
		for _, b := range m.batches {
			require.LessOrEqual(t, len(b), batchVisits)
		}
		report, err = p.PollDue(t.Context())
		require.NoError(t, err)
		require.Zero(t, report, "nothing is due")
	})
}

// TestASlowHostHoldsUpNobody: a hundred feeds of one slow host come first in the queue.
func TestASlowHostHoldsUpNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := hold(many(150, func(i int) string {
			if i < 100 {
				return fmt.Sprintf("https://slow.example/%d", i)
			}
			return fmt.Sprintf("https://fast%d.example/", i)
		})...)
		start, fast := time.Now(), 0
		p := &Poller{Queue: m, Fetch: func(_ context.Context, f alerts.Feed) Fetched {
			if host(f.URL) == "slow.example" {
				<-time.After(25 * time.Second)
			}
			return Fetched{Status: 304}
		}, Ingest: func(ctx context.Context, visits []alerts.Visit) error {
			for _, v := range visits {
				if host(v.Feed.URL) != "slow.example" {
					fast++
					require.Less(t, time.Since(start), 5*time.Second)
				}
			}
			return m.ingest(ctx, visits)
		}}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
		defer cancel()
		_, err := p.PollDue(ctx)
		require.NoError(t, err)
		require.Equal(t, 50, fast)
	})
}

func TestAPanicIsThatFeedsFailure(t *testing.T) {
	m := hold(many(3, func(i int) string { return fmt.Sprintf("https://h%d.example/", i) })...)
	p := &Poller{Queue: m, Ingest: m.ingest, Fetch: func(_ context.Context, f alerts.Feed) Fetched {
		if f.ID == 2 {
			panic("parser")
		}
		return Fetched{Status: 304}
	}}
	report, err := p.PollDue(t.Context())
	require.NoError(t, err)
	require.Equal(t, Report{Polled: 3, Unchanged: 2, Failed: 1}, report)
	for _, b := range m.batches {
		for _, v := range b {
			if v.Feed.ID == 2 {
				require.Contains(t, v.Cursor.Failure, "a fault of ours")
				require.NotContains(t, v.Cursor.Failure, "parser")
			}
		}
	}
}

func TestWhatIsFetchedIsHandedOnWhenStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := hold(many(40, func(i int) string { return fmt.Sprintf("https://h%d.example/", i) })...)
		ctx, cancel := context.WithCancel(t.Context())
		p := &Poller{Queue: m, Ingest: m.ingest, Workers: 4, Fetch: func(ctx context.Context, f alerts.Feed) Fetched {
			if f.ID <= 3 {
				return Fetched{Status: 304}
			}
			<-ctx.Done()
			return Fetched{Err: ctx.Err()}
		}}
		time.AfterFunc(time.Second, cancel)
		report, err := p.PollDue(ctx)
		require.NoError(t, err)
		require.Equal(t, Report{Polled: 3, Unchanged: 3}, report, "what was cut off is no failure of the feed")
		require.Len(t, m.visited(), 3)
	})
}

func TestNothingIsLostIfRecordingFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := hold(alerts.Feed{URL: public})
		m.refuse = errors.New("disk full")
		p := &Poller{Queue: m, Ingest: m.ingest, Fetch: func(context.Context, alerts.Feed) Fetched {
			return Fetched{Status: 200, Body: []byte(sample)}
		}}
		report, err := p.PollDue(t.Context())
		require.ErrorContains(t, err, "disk full")
		require.Zero(t, report)
		m.refuse = nil
		report, err = p.PollDue(t.Context())
		require.NoError(t, err)
		require.Zero(t, report, "leased still")
		<-time.After(leaseTime)
		report, err = p.PollDue(t.Context())
		require.NoError(t, err)
		require.Equal(t, 1, report.Articles)
	})
}

func TestAQueueThatFailsIsAnError(t *testing.T) {
	m := hold()
	m.claimErr = errors.New("locked")
	_, err := (&Poller{Queue: m, Ingest: m.ingest}).PollDue(t.Context())
	require.EqualError(t, err, "poll feeds: locked", "what the queue did is the queue's to say")
}

func TestARefusedVisitHoldsUpNoOther(t *testing.T) {
	for _, panics := range []bool{false, true} {
		m := hold(many(3, func(i int) string { return fmt.Sprintf("https://h%d.example/", i) })...)
		p := &Poller{Queue: m, Fetch: func(context.Context, alerts.Feed) Fetched { return Fetched{Status: 304} }}
		p.Ingest = func(ctx context.Context, visits []alerts.Visit) error {
			for _, v := range visits {
				if v.Feed.ID == 2 && !v.Failed() {
					if panics {
						panic("matcher")
					}
					return errors.New("refused")
				}
			}
			return m.ingest(ctx, visits)
		}
		report, err := p.PollDue(t.Context())
		if panics {
			require.NoError(t, err)
			require.Equal(t, Report{Polled: 3, Unchanged: 2, Failed: 1}, report, "a panic is that feed's failure, so that it backs off")
			continue
		}
		require.ErrorContains(t, err, "refused")
		require.Equal(t, map[alerts.FeedID]int{1: 1, 3: 1}, m.visited())
	}
}

// What is read behind the articles is handed on with the visit, and a fault in that costs the feed nothing.
func TestVisitsAreEnriched(t *testing.T) {
	for name, enrich := range map[string]func(context.Context, alerts.Visit) alerts.Visit{
		"enriched": func(_ context.Context, v alerts.Visit) alerts.Visit {
			v.Articles = append([]alerts.Article{}, v.Articles...)
			v.Articles[0].Text = "the whole page"
			return v
		},
		"panicked": func(context.Context, alerts.Visit) alerts.Visit { panic("a page") },
	} {
		m := hold(alerts.Feed{URL: "https://a.example/rss", Listings: []alerts.Listing{{Schedule: "@every 10m"}}})
		p := Poller{Queue: m, Ingest: m.ingest, Enrich: enrich, Now: func() time.Time { return noon }, Fetch: func(context.Context, alerts.Feed) Fetched {
			return Fetched{Status: 200, Body: []byte(sample), URL: "https://a.example/rss"}
		}}
		r, err := p.PollDue(t.Context())
		require.NoError(t, err, name)
		require.Equal(t, Report{Polled: 1, Articles: 1}, r, name)
		require.Equal(t, name == "enriched", m.batches[0][0].Articles[0].Text == "the whole page", name)
	}
}
