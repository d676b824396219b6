package feeds

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// TestWhatWaitsToBeRecordedIsBounded: a disk that is slow, and feeds that each hold a hundredth of what may wait or more
// than all of it.
func TestWhatWaitsToBeRecordedIsBounded(t *testing.T) {
	const size = 5_000
	body := `<rss version="2.0"><channel><title>x</title><item><guid>1</guid><title>One</title><description>` +
		strings.Repeat("word ", size/5) + `</description></item></channel></rss>`
	for name, c := range map[string]struct{ bound, most int }{
		"many fit":     {10 * size, 10 * size},
		"none fits":    {size / 2, 2 * size}, // one at a time
		"without end":  {1 << 40, 1 << 40},
		"nearly three": {3*size - 1, 3 * size},
	} {
		for _, refused := range []bool{false, true} {
			t.Run(fmt.Sprint(name, refused), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					m := hold(many(60, func(i int) string { return fmt.Sprintf("https://h%d.example/", i) })...)
					var mu sync.Mutex
					waiting, most := 0, 0
					p := &Poller{Queue: m, Waiting: c.bound}
					p.Fetch = func(context.Context, alerts.Feed) Fetched { return Fetched{Status: 200, Body: []byte(body)} }
					p.Ingest = func(ctx context.Context, visits []alerts.Visit) error {
						<-time.After(300 * time.Millisecond) // so that no lease runs out
						if refused && len(visits) > 1 {
							return errors.New("refused")
						}
						return m.ingest(ctx, visits)
					}
					p.Progress = func(at Progress) { // what is read and not recorded, at its most
						mu.Lock()
						defer mu.Unlock()
						m.mu.Lock()
						defer m.mu.Unlock()
						waiting = at.Done
						for _, b := range m.batches {
							waiting -= len(b)
						}
						most = max(most, waiting*size)
					}
					report, err := p.PollDue(t.Context())
					require.NoError(t, err)
					require.Equal(t, 60, report.Polled, "each is handed on, whatever its size")
					if !refused {
						require.LessOrEqual(t, most, c.most)
					}
					if name == "without end" {
						require.Greater(t, most, 20*size, "without the bound more would wait")
					}
				})
			})
		}
	}
}

func TestABudgetServesInTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBudget(10)
		b.take(6)
		var mu sync.Mutex
		var order []int
		for _, n := range []int{10, 1, 4} { // the small ones would fit, and do not pass
			go func() {
				b.take(n)
				mu.Lock()
				defer mu.Unlock()
				order = append(order, n)
			}()
			synctest.Wait()
		}
		require.Empty(t, order)
		b.give(6)
		synctest.Wait()
		require.Equal(t, []int{10}, order)
		b.give(10)
		synctest.Wait()
		require.ElementsMatch(t, []int{10, 1, 4}, order)
	})
}
