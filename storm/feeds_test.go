package storm

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/adaptertest/memnet"
	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/feeds"
	"github.com/seed-6c43f0f2/attache/store"
)

// A site is a feed as its publisher sees it. Its visits are noted by the world's clock.
type site struct {
	schedule string
	answer   feeds.Fetched
	takes    time.Duration // to answer
	rest     time.Duration // that it is to be left alone after each answer
	during   func()        // what befalls while it is visited; nil is nothing

	visits []time.Time
	busy   bool
	twice  int // visits while it was being visited
}

// sites are publishers that ask for rest in all the ways there are, one that is slow, and one that asks nothing.
func sites() map[string]*site {
	return map[string]*site{
		"503":      {answer: feeds.Fetched{Status: 503, RetryAfter: "7200"}, rest: 2 * time.Hour},
		"429":      {answer: feeds.Fetched{Status: 429, RetryAfter: "5400"}, rest: 90 * time.Minute},
		"429 only": {answer: feeds.Fetched{Status: 429}, rest: 4 * time.Hour},
		"403":      {answer: feeds.Fetched{Status: 403}, rest: 4 * time.Hour},
		"304":      {answer: feeds.Fetched{Status: 304, RetryAfter: "3600"}, rest: time.Hour},
		"slow":     {answer: feeds.Fetched{Status: 304}, takes: 25 * time.Second, rest: 15 * time.Minute},
		"well":     {answer: feeds.Fetched{Status: 304}},
	}
}

// poller polls the sites through the store, by the rig's clock.
func (r *rig) poller(all map[string]*site) *feeds.Poller {
	r.t.Helper()
	var listed []alerts.Feed
	for name, s := range all {
		schedule := cmp.Or(s.schedule, "@every 15m")
		listed = append(listed, alerts.Feed{URL: "https://" + name + ".example/rss", Listings: []alerts.Listing{{Name: name, Schedule: schedule}}})
	}
	require.NoError(r.t, r.store.SyncFile(r.t.Context(), store.FileContent{Feeds: listed, Now: r.now()}))
	engine := alerts.NewEngine(r.store, alerts.Terms{}, r.now, slog.New(slog.DiscardHandler))
	return &feeds.Poller{
		Queue: r.store, Now: r.now,
		Fetch: func(_ context.Context, f alerts.Feed) feeds.Fetched {
			s := all[f.Listings[0].Name]
			if s.busy {
				s.twice++
			}
			s.visits, s.busy = append(s.visits, time.Now()), true
			<-time.After(s.takes / 2)
			if s.during != nil {
				s.during()
			}
			<-time.After(s.takes / 2)
			s.busy = false
			return s.answer
		},
		Ingest: func(ctx context.Context, visits []alerts.Visit) error {
			_, err := engine.Ingest(ctx, visits)
			return err
		},
	}
}

// poll lets the poller look each second for what is due, for so long.
func (r *rig) poll(p *feeds.Poller, span time.Duration) {
	r.t.Helper()
	for end := time.Now().Add(span); time.Now().Before(end); <-time.After(r.tick) {
		_, err := p.PollDue(r.t.Context())
		require.NoError(r.t, err)
	}
}

// hasty counts the visits that came before their time.
func (s *site) hasty() (n int) {
	for i, at := range s.visits {
		if i > 0 && at.Sub(s.visits[i-1]) < s.rest {
			n++
		}
	}
	return n
}

// TestFeedsWhenTheClockIsSet is D12 of the promises for feeds: the bot's clock is set by an hour or a day, either way, while
// some are fetched and others rest. None is visited before its Retry-After, by the world's clock, and none twice at a time.
func TestFeedsWhenTheClockIsSet(t *testing.T) {
	for _, step := range steps() {
		t.Run(fmtSteps(step), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { jumpBetweenVisits(t, step) })
		})
	}
}

// TestControlOfRests: whose waits go by the clock that is set asks too early.
func TestControlOfRests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, anywhere())
		var offset atomic.Int64
		r.now = func() time.Time { return time.Now().Add(time.Duration(offset.Load())) }
		r.start()
		r.tick = 10 * time.Second
		all := sites()
		p := r.poller(all)
		p.Steady = r.now
		r.poll(p, 10*time.Minute)
		offset.Store(int64(time.Hour))
		r.poll(p, 50*time.Minute+time.Minute)
		require.NotZero(t, all["304"].hasty(), "it must ask too early")
	})
}

func jumpBetweenVisits(t *testing.T, step time.Duration) {
	r := newRig(t, anywhere())
	var offset atomic.Int64
	r.now = func() time.Time { return time.Now().Add(time.Duration(offset.Load())) }
	r.start()
	r.tick = 10 * time.Second
	all := sites()
	p := r.poller(all)
	r.poll(p, time.Minute) // each was visited once
	all["slow"].during = func() { offset.Store(int64(step)) }
	r.poll(p, 4*time.Hour+30*time.Minute)
	r.tick = 5 * time.Minute
	r.poll(p, max(-step, 0)) // until the clock is where it was
	for name, s := range all {
		require.Zero(t, s.hasty(), "%s was visited before its time: %s", name, s.visits)
		require.Zero(t, s.twice, "%s was visited twice at a time", name)
		require.GreaterOrEqual(t, len(s.visits), 2, "%s is visited again", name)
	}
	require.LessOrEqual(t, len(all["well"].visits), int((4*time.Hour+31*time.Minute-min(step, 0))/(15*time.Minute))+2, "visits that the clock made")
	t.Logf("clock set by %s: %s", fmtSteps(step), visitsOf(all))
}

// visitsOf tells how often each site was visited.
func visitsOf(all map[string]*site) (out []string) {
	for name, s := range all {
		out = append(out, fmt.Sprintf("%s %d", name, len(s.visits)))
	}
	slices.Sort(out)
	return out
}

// anywhere is a platform for tests that post nothing.
func anywhere() func(*testing.T, *memnet.Network) *vendor { return both()["discord"] }
