package feeds

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// runSlow polls a thousand feeds with 64 workers, of which every second never answers if slow is set, and notes when each
// of the others was recorded.
func runSlow(t *testing.T, slow bool, waits *[]time.Duration) {
	synctest.Test(t, func(t *testing.T) {
		m := hold(many(1000, func(i int) string { return fmt.Sprintf("https://h%d.example/", i) })...)
		begin := time.Now()
		p := &Poller{Queue: m, Workers: 64, Fetch: func(_ context.Context, f alerts.Feed) Fetched {
			if slow && f.ID%2 == 0 {
				<-time.After(30 * time.Second)
				return Fetched{Err: context.DeadlineExceeded}
			}
			<-time.After(20*time.Millisecond + time.Duration(f.ID*7919%181)*time.Millisecond)
			return Fetched{Status: 304}
		}, Ingest: func(ctx context.Context, visits []alerts.Visit) error {
			for _, v := range visits {
				if v.Feed.ID%2 == 1 {
					*waits = append(*waits, time.Since(begin))
				}
			}
			return m.ingest(ctx, visits)
		}}
		r, err := p.PollDue(t.Context())
		require.NoError(t, err)
		require.Equal(t, 1000, r.Polled)
	})
	slices.Sort(*waits)
}

// TestWhoWasSlowHasRoomOfTheirOwn: feeds that are known to be slow take no worker, however many there are.
func TestWhoWasSlowHasRoomOfTheirOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feeds := many(2000, func(i int) string { return fmt.Sprintf("https://h%d.example/", i) })
		for i := range feeds[:1900] {
			feeds[i].Cursor.Manners.Slow = true
		}
		m := hold(feeds...)
		begin, last, most, now := time.Now(), time.Duration(0), 0, 0
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Second)
		defer cancel()
		p := &Poller{Queue: m, Workers: 8, Fetch: func(ctx context.Context, f alerts.Feed) Fetched {
			m.mu.Lock()
			now++
			most = max(most, now)
			m.mu.Unlock()
			defer func() { m.mu.Lock(); now--; m.mu.Unlock() }()
			if f.ID <= 1900 {
				<-time.After(30 * time.Second)
				return Fetched{Status: 304, Took: 30 * time.Second}
			}
			<-time.After(100 * time.Millisecond)
			return Fetched{Status: 304}
		}, Ingest: func(ctx context.Context, visits []alerts.Visit) error {
			for _, v := range visits {
				require.Equal(t, v.Feed.ID <= 1900, v.Cursor.Manners.Slow)
				if v.Feed.ID > 1900 {
					last = time.Since(begin)
				}
			}
			return m.ingest(ctx, visits)
		}}
		_, err := p.PollDue(ctx)
		require.NoError(t, err)
		require.Less(t, last, 3*time.Second, "100 feeds of 100 ms with 8 workers")
		require.LessOrEqual(t, most, maxParked+8)
	})
}
