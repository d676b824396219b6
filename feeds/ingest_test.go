package feeds

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// TestWhatIsNewHasNoNeedToWait: two hundred feeds are polled, one every ten milliseconds, and one of them has an article. It is
// recorded at once, and the others with as few transactions as half a second allows.
func TestWhatIsNewHasNoNeedToWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const news = 73
		m := hold(many(200, func(i int) string { return fmt.Sprintf("https://h%d.example/", i) })...)
		fetched, waited := map[alerts.FeedID]time.Time{}, map[alerts.FeedID]time.Duration{}
		p := &Poller{Queue: m, Workers: 1, Fetch: func(_ context.Context, f alerts.Feed) Fetched {
			<-time.After(10 * time.Millisecond)
			m.mu.Lock()
			defer m.mu.Unlock()
			fetched[f.ID] = time.Now()
			if f.ID == news {
				return Fetched{Status: 200, Body: []byte(sample)}
			}
			return Fetched{Status: 304}
		}, Ingest: func(ctx context.Context, visits []alerts.Visit) error {
			m.mu.Lock()
			for _, v := range visits {
				waited[v.Feed.ID] = time.Since(fetched[v.Feed.ID])
				require.LessOrEqual(t, waited[v.Feed.ID], stillTime)
			}
			m.mu.Unlock()
			return m.ingest(ctx, visits)
		}}
		r, err := p.PollDue(t.Context())
		require.NoError(t, err)
		require.Equal(t, 200, r.Polled)
		require.Equal(t, batchTime, waited[news])
		require.LessOrEqual(t, len(m.batches), 6, "2 s of polling")
	})
}

// TestBatchesAreBounded: what comes at once is recorded in parts, the smaller where it is new.
func TestBatchesAreBounded(t *testing.T) {
	for status, most := range map[int]int{304: batchVisits, 500: batchNews} {
		synctest.Test(t, func(t *testing.T) {
			m := hold(many(2*batchVisits, func(i int) string { return fmt.Sprintf("https://h%d.example/", i) })...)
			p := &Poller{Queue: m, Workers: 2 * batchVisits, Ingest: m.ingest, Fetch: func(context.Context, alerts.Feed) Fetched {
				return Fetched{Status: status}
			}}
			_, err := p.PollDue(t.Context())
			require.NoError(t, err)
			require.Len(t, m.batches, 2*batchVisits/most)
			for _, b := range m.batches {
				require.Len(t, b, most)
			}
		})
	}
}
