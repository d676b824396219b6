package storm

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/adaptertest/memnet"
	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/store"
)

// full tells whether the tests run at the scale of docs/reliability.md.
func full() bool { return os.Getenv("SCALE") == "full" }

// sized is the one size in CI and the other at full scale.
func sized(ci, whole int) int {
	if full() {
		return whole
	}
	return ci
}

// unraced is the one size, or with the race detector the other: there all takes ten times as long, and what the test counts is
// held without it.
func unraced(size, small int) int {
	if racing {
		return small
	}
	return size
}

const (
	tick    = time.Second      // how often cmd/bot looks for what is due
	telling = 20 * time.Second // how often it looks for what the admins are to be told
)

// A rig is the bot from its outbox to a platform.
type rig struct {
	*vendor
	t    *testing.T
	dsn  string
	feed alerts.Feed
	pace alerts.Pace
	tick time.Duration // how often it looks for what is due

	now   func() time.Time                  // the bot's clock; what a platform asks to wait is measured by one that nobody sets
	meter *meter                            // of calls to post
	wrong func(alerts.Poster) alerts.Poster // leaves a part of the protocol out; nil does not
	watch func(alerts.Outbox) alerts.Outbox // sees what is claimed and settled; nil does not

	amnesia bool                 // the adapter is given no memory
	waits   map[string]time.Time // what the adapter keeps in its memory for a time

	store      *store.Store
	poster     alerts.Poster
	dispatcher *alerts.Dispatcher

	mu      sync.Mutex
	notices []alerts.Notice
	stops   int // messages about stopped channels
}

// in runs a test in a bubble, against each platform that make names.
func in(t *testing.T, platforms map[string]func(*testing.T, *memnet.Network) *vendor, test func(t *testing.T, r *rig)) {
	t.Helper()
	for name, make := range platforms {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				test(t, newRig(t, make))
			})
		})
	}
}

// newRig is a bot that has not begun, at a platform of its own.
func newRig(t *testing.T, make func(*testing.T, *memnet.Network) *vendor) *rig {
	net := memnet.New()
	r := &rig{
		t: t, vendor: make(t, net), dsn: newStore(t), pace: alerts.LifePace(), tick: tick, now: time.Now,
	}
	r.net = net
	t.Cleanup(func() { require.NoError(t, r.stop()) })
	return r
}

// start begins the bot, or begins it again as after a crash.
func (r *rig) start() *rig {
	r.t.Helper()
	require.NoError(r.t, r.stop())
	var err error
	r.store, err = store.Open(r.t.Context(), r.dsn, store.Options{})
	require.NoError(r.t, err)
	if r.feed.ID == 0 {
		r.feed = alerts.Feed{URL: "https://feed.example/rss", Listings: []alerts.Listing{{Name: "feed", Schedule: "@every 1h"}}}
		require.NoError(r.t, r.store.SyncFile(r.t.Context(), store.FileContent{Feeds: []alerts.Feed{r.feed}, Now: r.now()}))
		known, err := r.store.Feeds(r.t.Context(), alerts.File)
		require.NoError(r.t, err)
		r.feed = known[0].Feed
	}
	r.poster = r.connect(r)
	if r.meter != nil {
		r.meter.Poster = r.poster
		r.poster = r.meter
	}
	if r.wrong != nil {
		r.poster = r.wrong(r.poster)
	}
	var outbox alerts.Outbox = r.store
	if r.watch != nil {
		outbox = r.watch(outbox)
	}
	r.dispatcher = alerts.NewDispatcher(outbox, map[string]alerts.Poster{r.name: r.poster}, r.pace, r.now, r.notice, slog.New(slog.DiscardHandler))
	return r
}

// stop ends the bot.
func (r *rig) stop() error {
	if r.store == nil {
		return nil
	}
	s := r.store
	r.store = nil
	return s.Close()
}

func (r *rig) notice(_ context.Context, n alerts.Notice) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.notices = append(r.notices, n)
}

// told are the notices to the admins so far.
func (r *rig) told() []alerts.Notice {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]alerts.Notice(nil), r.notices...)
}

// news is the n-th story for a channel.
func news(c alerts.Channel, n int) alerts.Delivery {
	story := alerts.NewStoryID("https://feed.example/rss", fmt.Sprint(n))
	return alerts.Delivery{
		Channel: c, Story: story, Part: alerts.Root, Drawing: alerts.DrawingVersion, OnUncertain: alerts.Repeat,
		Alert: alerts.Alert{
			ID: alerts.NewAlertID(c, story), Channel: c, Story: story, Title: fmt.Sprint("Story ", n), URL: fmt.Sprint("https://news.example/", n),
			Summary: "What happened.", Published: time.Unix(1773480413, 0), Sources: []alerts.AlertSource{{Name: "Harbour Post"}},
		},
	}
}

// record puts deliveries into the outbox, in one transaction, as the engine does.
func (r *rig) record(all ...alerts.Delivery) {
	r.t.Helper()
	now := r.now()
	require.NoError(r.t, r.store.Record(r.t.Context(), []alerts.Outcome{{
		Visit: alerts.Visit{Feed: r.feed, At: now, Cursor: r.feed.Cursor, NextPoll: now.Add(time.Hour)}, Deliveries: all,
	}}))
}

// run lets the bot work for so long, by the world's clock.
func (r *rig) run(span time.Duration) {
	r.t.Helper()
	told := time.Now()
	for end := told.Add(span); time.Now().Before(end); <-time.After(r.tick) {
		r.drain()
		if time.Since(told) >= telling {
			told = time.Now()
			r.tell()
		}
	}
}

// messages tells how many messages the admins have had.
func (r *rig) messages() int { return len(r.told()) + r.stops }

// tell does what cmd/bot does about stopped channels.
func (r *rig) tell() {
	r.t.Helper()
	stopped, err := r.store.UntoldStops(r.t.Context(), r.now())
	require.NoError(r.t, err)
	if len(stopped) == 0 {
		return
	}
	r.stops++
	t := store.Telling{Now: r.now()}
	for _, s := range stopped {
		t.Stops = append(t.Stops, s.Channel)
	}
	require.NoError(r.t, r.store.Tell(r.t.Context(), t))
}

// drain sends what is due.
func (r *rig) drain() {
	r.t.Helper()
	_, err := r.dispatcher.Drain(r.t.Context())
	require.NoError(r.t, err)
}

// live lets the bot work beside the test until it ends or the returned function is called.
func (r *rig) live() (stop func()) {
	stop, _ = r.alive()
	return stop
}

// alive is live, and kill ends the bot at once: what it is sending it will know nothing of.
func (r *rig) alive() (stop, kill func()) {
	ctx, cancel := context.WithCancel(r.t.Context())
	done := make(chan struct{})
	kill = func() {
		cancel()
		require.NoError(r.t, r.stop())
		<-done
	}
	go func() {
		defer close(done)
		for ctx.Err() == nil {
			if _, err := r.dispatcher.Drain(ctx); err != nil && ctx.Err() == nil && !store.Passes(err) { // in life it runs again at its next turn
				r.t.Error(err)
				return
			}
			select {
			case <-ctx.Done():
			case <-time.After(r.tick):
			}
		}
	}()
	var once sync.Once
	stop = func() {
		once.Do(func() {
			cancel()
			<-done
		})
	}
	r.t.Cleanup(stop)
	return stop, kill
}

// backlog is what the outbox holds.
func (r *rig) backlog() store.Backlog {
	r.t.Helper()
	b, err := r.store.Backlog(r.t.Context())
	require.NoError(r.t, err)
	return b
}

// settled requires that nothing waits, and nothing failed or is held.
func (r *rig) settled() {
	r.t.Helper()
	require.Empty(r.t, r.backlog().States)
}

// once requires that each of the deliveries stands in its channel once, and in their order.
func (r *rig) once(all ...alerts.Delivery) {
	r.t.Helper()
	want := map[alerts.Channel][]string{}
	for _, d := range all {
		require.Equal(r.t, 1, r.count(d), "%s of %s", d.Alert.Title, d.Channel)
		want[d.Channel] = append(want[d.Channel], d.Ref())
	}
	for c, refs := range want {
		require.Equal(r.t, refs, r.shown(c), "the order in %s", c)
	}
}
