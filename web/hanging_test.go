package web_test

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/web"
)

// The alarm is for a store that is away: it is served whatever the store does, in less time than a scrape may take.
func TestAStoreThatHangsIsFailing(t *testing.T) {
	for name, deaf := range map[string]bool{"until it is cut off": false, "and is deaf to that": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				mended := make(chan struct{})
				var asked atomic.Int64
				registry := prometheus.NewRegistry()
				web.NewMetrics(registry, "1.2.3", func(ctx context.Context) (web.Backlog, error) {
					asked.Add(1)
					select {
					case <-mended:
						return web.Backlog{ByState: map[string]int{"pending": 2}}, nil
					case <-map[bool]<-chan struct{}{false: ctx.Done()}[deaf]:
						return web.Backlog{}, ctx.Err()
					}
				})
				h := web.Handler(web.Options{Gatherer: registry})
				for range 6 {
					began := time.Now()
					code, body := get(t, h, "/metrics")
					require.Equal(t, 200, code)
					require.Contains(t, body, "attache_store_failing 1")
					require.Contains(t, body, "attache_articles_total 0", "what is counted here is served beside it")
					require.Less(t, time.Since(began), 10*time.Second)
				}
				require.Equal(t, map[bool]int64{false: 6, true: 4}[deaf], asked.Load(), "what hangs is not asked without end")
				close(mended)
				synctest.Wait()
				_, body := get(t, h, "/metrics")
				require.Contains(t, body, "attache_store_failing 0")
				require.Contains(t, body, `attache_outbox_deliveries{state="pending"} 2`)
			})
		})
	}
}
