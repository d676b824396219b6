package feeds

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// What a feed's answer asked for is left by the steady clock; a person's word ends our own manners, and no Retry-After.
func TestWhatIsLeftOfAWait(t *testing.T) {
	told := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	failing := alerts.Feed{ID: 1, Cursor: alerts.Cursor{Failures: 3, Manners: alerts.Manners{Retried: told}}}
	asked, well := failing, failing
	asked.Cursor.Manners.Retried = told.Add(time.Hour)
	well.Cursor = alerts.Cursor{}
	for name, c := range map[string]struct {
		feed       alerts.Feed
		told, wise time.Duration
		want       time.Duration // after a minute
	}{
		"Retry-After":                          {failing, 10 * time.Minute, 0, 9 * time.Minute},
		"our own manners":                      {failing, 0, 4 * time.Hour, 239 * time.Minute},
		"the longer of both":                   {failing, 10 * time.Minute, 4 * time.Hour, 239 * time.Minute},
		"a person asks, manners":               {asked, 0, 4 * time.Hour, 0},
		"a person asks, Retry-After":           {asked, 10 * time.Minute, 4 * time.Hour, 9 * time.Minute},
		"accepted or listed anew":              {well, 0, 4 * time.Hour, 0},
		"accepted or listed anew, Retry-After": {well, 10 * time.Minute, 0, 9 * time.Minute},
		"nothing":                              {failing, 0, 0, 0},
		"over":                                 {failing, time.Second, time.Second, 0},
		"another feed":                         {alerts.Feed{ID: 2}, time.Hour, time.Hour, 0},
	} {
		now := told
		h := newHolds(func() time.Time { return now })
		h.keep(alerts.Visit{Feed: failing, Cursor: failing.Cursor}, c.told, c.wise)
		now = now.Add(time.Minute)
		require.Equal(t, c.want, h.left(c.feed), name)
		h.keep(alerts.Visit{Feed: failing}, 0, 0)
		require.Empty(t, h.waits, name)
	}
}

// TestAFeedThatComesTooEarlyIsPutOff: the queue's clock is set forward; the feed comes, is given back, and comes when it may.
func TestAFeedThatComesTooEarlyIsPutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var offset atomic.Int64
		m := hold(many(2, func(i int) string { return "https://" + string(rune('a'+i)) + ".example/" })...)
		visits := map[alerts.FeedID][]time.Duration{}
		began := time.Now()
		p := &Poller{
			Queue: m, Ingest: m.ingest, Workers: 1, Now: func() time.Time { return time.Now().Add(time.Duration(offset.Load())) },
			Fetch: func(_ context.Context, f alerts.Feed) Fetched {
				visits[f.ID] = append(visits[f.ID], time.Since(began).Round(time.Minute))
				if f.ID == 1 {
					return Fetched{Status: 503, RetryAfter: "3600"}
				}
				return Fetched{Status: 304}
			},
		}
		for minute := range 130 {
			if minute == 5 {
				offset.Store(int64(24 * time.Hour))
			}
			_, err := p.PollDue(t.Context())
			require.NoError(t, err)
			<-time.After(time.Until(began.Add(time.Duration(minute+1) * time.Minute)))
		}
		require.Equal(t, []time.Duration{0, time.Hour, 2 * time.Hour}, visits[1])
		require.Equal(t, 5*time.Minute, visits[2][1], "who asked for nothing comes by the clock")
		require.Empty(t, p.holds.open, "all is recorded")
	})
}
