package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/config"
	"github.com/seed-6c43f0f2/attache/feeds"
	"github.com/seed-6c43f0f2/attache/store"
	"github.com/seed-6c43f0f2/attache/web"
)

// parts is an app with a store and little else.
func parts(t *testing.T) *app {
	t.Helper()
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "attache.db"), store.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return &app{file: &config.File{}, log: slog.New(slog.DiscardHandler), now: time.Now, store: db}
}

func TestAChannelThatIsWellAgainIsSentToAgain(t *testing.T) {
	a := parts(t)
	well, ill := alerts.Channel("discord:1/10"), alerts.Channel("discord:1/11")
	content := store.FileContent{Now: time.Now(), Watchlists: []alerts.Watchlist{{ListRef: alerts.ListRef{Name: "envoys"}}}}
	for _, c := range []alerts.Channel{well, ill} {
		content.Subscriptions = append(content.Subscriptions, alerts.Subscription{Channel: c, List: alerts.ListRef{Name: "envoys"}})
	}
	require.NoError(t, a.store.SyncFile(t.Context(), content))
	require.NoError(t, a.store.StopWorkspace(t.Context(), "discord:1", "no access", time.Now()))
	a.platforms = []platform{{name: "discord", check: func(_ context.Context, c alerts.Channel) error {
		if c == ill {
			return &alerts.Invalid{Say: "Give the bot its rights."}
		}
		return nil
	}}}
	a.checkChannels(t.Context())
	stopped, err := a.store.Stopped(t.Context())
	require.NoError(t, err)
	require.Len(t, stopped, 1)
	require.Equal(t, ill, stopped[0].Channel)
}

// Polling ends before sending does, so that what the last poll found is still sent.
func TestWorkStopsInOrder(t *testing.T) {
	a := &app{log: slog.New(slog.DiscardHandler)}
	ctx, stop := context.WithCancel(t.Context())
	var mu sync.Mutex
	var order []string
	note := func(s string) {
		mu.Lock()
		defer mu.Unlock()
		order = append(order, s)
	}
	polling, drained := make(chan struct{}), make(chan struct{})
	a.jobs = []*job{
		newJob("poll", "@every 1h", func(ctx context.Context) error {
			close(polling)
			<-ctx.Done()
			note("polled")
			a.jobs[1].nudge()
			<-drained // a poll under way is waited for, and sending still goes on
			return nil
		}),
		newJob("drain", "@every 1h", func(ctx context.Context) error {
			mu.Lock()
			polled := len(order) > 0
			mu.Unlock()
			if polled {
				if ctx.Err() == nil {
					note("sent")
				}
				close(drained)
				return nil
			}
			<-polling
			stop()
			return errors.New("nothing yet")
		}),
	}
	require.NoError(t, a.work(ctx))
	require.Equal(t, []string{"polled", "sent"}, order)
}

// settler is an outbox that takes everything, or nothing.
type settler struct {
	alerts.Outbox
	err error
}

func (s settler) Settle(context.Context, alerts.Delivery, alerts.Settlement, time.Time) error {
	return s.err
}

func TestDeliveriesAreCountedWhenTheyAreSettled(t *testing.T) {
	registry := prometheus.NewRegistry()
	m := web.NewMetrics(registry, "test", func(context.Context) (web.Backlog, error) { return web.Backlog{}, nil })
	for _, state := range []alerts.DeliveryState{alerts.StateSent, alerts.StateSent, alerts.StatePending} {
		require.NoError(t, counted{settler{}, m}.Settle(t.Context(), alerts.Delivery{}, alerts.Settlement{State: state}, time.Now()))
	}
	require.Error(t, counted{settler{err: errors.New("disk full")}, m}.Settle(t.Context(), alerts.Delivery{}, alerts.Settlement{State: alerts.StateSent}, time.Now()))
	require.NoError(t, counted{settler{}, m}.Settle(t.Context(), alerts.Delivery{}, alerts.Settlement{State: alerts.StateUncertain, Repeated: true}, time.Now()))
	families, err := registry.Gather()
	require.NoError(t, err)
	got := map[string]float64{}
	for _, f := range families {
		if f.GetName() == "attache_deliveries_repeated_total" {
			got["repeated"] = f.GetMetric()[0].GetCounter().GetValue()
		}
		if f.GetName() == "attache_deliveries_total" {
			for _, v := range f.GetMetric() {
				got[v.GetLabel()[0].GetValue()] = v.GetCounter().GetValue()
			}
		}
	}
	require.Equal(t, map[string]float64{"sent": 2, "again": 1, "uncertain": 1, "repeated": 1}, got)
}

// A feed that is to be visited more often than the timer asks is visited in time.
func TestAFastFeedIsVisitedInTime(t *testing.T) {
	for schedule, want := range map[string]bool{"@every 2s": true, "@every 29s": true, "@every 1m": false, "*/5 * * * *": false, "auto": false} {
		require.Equal(t, want, fast(alerts.Feed{Listings: []alerts.Listing{{Schedule: schedule}}}), schedule)
	}
	a := parts(t)
	f := alerts.Feed{URL: "http://127.0.0.1/rss", Listings: []alerts.Listing{{Name: "fast", Schedule: "@every 1s"}}}
	require.NoError(t, a.store.SyncFile(t.Context(), store.FileContent{Now: time.Now(), Feeds: []alerts.Feed{f}}))
	var mu sync.Mutex
	var visits []time.Time
	a.poller = &feeds.Poller{
		Queue: a.store, Now: time.Now, Fetch: func(context.Context, alerts.Feed) feeds.Fetched { return feeds.Fetched{Status: 304} },
		Ingest: func(ctx context.Context, all []alerts.Visit) error {
			mu.Lock()
			defer mu.Unlock()
			visits = append(visits, all[0].At)
			return a.store.Record(ctx, []alerts.Outcome{{Visit: all[0]}})
		},
	}
	a.progress = newProgress(surroundings{stderr: io.Discard})
	woken := make(chan struct{}, 1)
	a.jobs = []*job{{name: "poll", wake: woken}}
	a.fast.Store(true)
	for range 3 {
		require.NoError(t, a.poll(t.Context()))
		select {
		case <-woken:
		case <-time.After(pollEvery):
			require.Fail(t, "nobody asks what is due")
		}
	}
	require.NoError(t, a.poll(t.Context()))
	require.Len(t, visits, 4)
	require.Less(t, visits[3].Sub(visits[0]), 4*time.Second, "3 s, and a tenth")
	<-woken
	a.fast.Store(false)
	require.NoError(t, a.poll(t.Context()))
	select {
	case <-woken:
		require.Fail(t, "other feeds wait for the timer")
	case <-time.After(1500 * time.Millisecond):
	}
}

// A schedule is judged alike in the file and in chat, by the same words.
func TestChatTakesTheSchedulesThatTheFileTakes(t *testing.T) {
	for expr, say := range map[string]string{
		"*/90 * * * *": "Write @every 1h30m", "0 0 31 2 *": "That day never comes", "@every 30s": "once a minute", "TZ= 0 7 * * *": "no name",
	} {
		require.Contains(t, alerts.Say(checkSchedule(expr)), say, expr)
		body := fmt.Sprintf("feeds: [{name: a, url: 'https://a.example/rss', schedule: %q}]\n", expr)
		none := func(string) (string, bool) { return "", false }
		_, _, err := load("attache.yaml", surroundings{env: none, readFile: func(string) ([]byte, error) { return []byte(body), nil }})
		var wrong config.Mistakes
		require.ErrorAs(t, err, &wrong, expr)
		require.Len(t, wrong, 1, expr)
		require.Equal(t, "schedule: "+lower(alerts.Say(checkSchedule(expr))), wrong[0].Say)
	}
	require.NoError(t, checkSchedule("*/45 * * * *"))
}
