package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
	"github.com/seed-6c43f0f2/attache/config"
	"github.com/seed-6c43f0f2/attache/feeds"
	"github.com/seed-6c43f0f2/attache/store"
	"github.com/seed-6c43f0f2/attache/web"
)

// app is the parts put together for one configuration.
type app struct {
	file       *config.File
	log        *slog.Logger
	now        func() time.Time
	store      *store.Store
	engine     *alerts.Engine
	fetcher    *feeds.Fetcher
	poller     *feeds.Poller
	subscriber *feeds.Subscriber // nil where hubs can't reach us
	dispatcher *alerts.Dispatcher
	desk       *commands.Desk
	platforms  []platform
	registry   *prometheus.Registry
	metrics    *web.Metrics
	progress   *progress
	replica    *replica
	fast       atomic.Bool // a feed is visited more often than the timer asks
	jobs       []*job
}

// assemble opens the store and puts the parts together. close undoes it.
func assemble(ctx context.Context, file *config.File, n nouns, s surroundings, log *slog.Logger) (*app, error) {
	id := strings.ToLower(rand.Text()[:12])
	db, err := store.Open(ctx, file.Store, store.Options{Log: log, Replica: id})
	if err != nil {
		return nil, err
	}
	clock := db.Clock(s.now)
	if err := clock.Read(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	local := s
	s.now = clock.Now
	a := &app{file: file, log: log, now: s.now, store: db, registry: prometheus.NewRegistry(), progress: newProgress(s)}
	a.replica = &replica{
		roll: db, id: id, shared: db.Shared(), now: clock.Now, read: clock.Read, log: log, holds: map[string]bool{},
	}
	a.metrics = web.NewMetrics(a.registry, version, a.backlog)
	options := fetchOptions(file)
	options.Resolver, options.Judge = s.resolver, s.judge
	fetcher := feeds.NewFetcher(options)
	a.fetcher = fetcher
	if err := a.adopt(ctx, n); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	a.engine = alerts.NewEngine(db, alerts.Terms{MaxAge: file.MaxAge}, s.now, log)
	a.poller = &feeds.Poller{
		Queue: db, Fetch: fetcher.FetchDue, Ingest: a.ingest, Enrich: feeds.NewPages(fetcher, db, file.MaxAge, s.now, log).Enrich,
		Progress: a.progress.show, Now: s.now, Log: log,
		Workers: file.Fetch.Workers,
	}
	if file.PublicURL != "" && file.Listen != "" {
		a.subscriber = &feeds.Subscriber{
			Hubs: db, Fetcher: fetcher, PublicURL: file.PublicURL, Now: s.now, Random: rand.Text, Nudge: a.nudge, Log: log,
		}
	}
	a.desk = commands.NewDesk(commands.Options{
		Watchlists: db, Subscriptions: db, Feeds: db, Archive: db, Samples: db, Deliveries: db, History: db, Coverage: db, Roles: n.roles, Now: s.now, Log: log,
		FindFeeds: a.findFeeds(fetcher), CheckSchedule: checkSchedule, DoubtSchedule: feeds.ScheduleDoubt,
		Canonical: feeds.Canonical, Nudge: a.nudge, Schedule: feeds.DefaultSchedule,
	})
	// What the platforms ask to wait is measured by the local clock, which goes on evenly when it is set.
	if a.platforms, err = connect(file, host{a.desk, db, s.now, log}, a.replica, db, local, log); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	posters := map[string]alerts.Poster{}
	for _, p := range a.platforms {
		posters[p.name] = p.poster
	}
	a.dispatcher = alerts.NewDispatcher(counted{db, a.metrics}, posters, alerts.LifePace(), s.now, a.notify, log)
	a.jobs = a.timers()
	return a, nil
}

// warm makes the index of all watches before anything is looked up in it, and gives back what making it took. Where the store
// fails, the first visits that are recorded say so.
func (a *app) warm(ctx context.Context) {
	if _, err := a.engine.Ingest(ctx, nil); err == nil {
		debug.FreeOSMemory()
	}
}

func (a *app) close(ctx context.Context) error {
	return errors.Join(a.replica.part(ctx), a.store.Close())
}

// adopt makes the store hold what the file says.
func (a *app) adopt(ctx context.Context, n nouns) error {
	n.content.Now = a.now()
	n.content.Due = func(schedule string, now time.Time) time.Time {
		return feeds.Next(alerts.Feed{Listings: []alerts.Listing{{Schedule: schedule}}}, now)
	}
	if err := a.store.SyncFile(ctx, n.content); err != nil {
		return fmt.Errorf("take over the configuration: %w", err)
	}
	a.fast.Store(slices.ContainsFunc(n.content.Feeds, fast))
	a.fetcher.Grant(n.access)
	return nil
}

func fetchOptions(file *config.File) feeds.Options {
	return feeds.Options{
		Timeout: file.Fetch.Timeout, MaxBody: int64(file.Fetch.MaxBody), AllowPrivate: file.Fetch.AllowPrivateNetworks,
		AllowPorts: file.Fetch.AllowPorts, Version: version, Contact: file.Fetch.Contact, Proxy: proxyOf(file.Fetch.Proxy),
	}
}

// findFeeds looks for the feed, or the feeds, that somebody wants to add.
func (a *app) findFeeds(f *feeds.Fetcher) func(context.Context, string) ([]commands.FeedSample, error) {
	return func(ctx context.Context, url string) ([]commands.FeedSample, error) {
		found, err := f.Find(ctx, url, a.now())
		samples := make([]commands.FeedSample, len(found))
		for i, v := range found {
			samples[i] = commands.FeedSample{
				URL: v.URL, Title: v.Title, Articles: v.Articles, Newest: v.Newest, Last: v.Last, PerDay: v.PerDay, Named: v.Named,
			}
		}
		return samples, err
	}
}

// checkSchedule tells whether a schedule typed in chat can be obeyed for a feed of somebody else's.
func checkSchedule(expr string) error {
	_, err := feeds.ScheduleFor("https://example.org", expr)
	return err
}

// poll visits the feeds that are due, and sees to it that what is due before its timer is visited in time.
func (a *app) poll(ctx context.Context) error {
	_, err := a.pollOnce(ctx)
	if err != nil || ctx.Err() != nil {
		return err
	}
	if !a.fast.Load() {
		return nil
	}
	now := a.now()
	due, ok, err := a.store.NextDue(ctx, now)
	if wait := due.Sub(now); ok && wait < pollEvery {
		time.AfterFunc(wait, a.nudge)
	}
	return err
}

// fast tells whether a feed is to be visited so often that the timer of polling alone would make it late: only the file
// can say so, of private hosts.
func fast(f alerts.Feed) bool {
	return slices.ContainsFunc(f.Listings, func(l alerts.Listing) bool {
		s, err := feeds.Schedule(l.Schedule)
		return err == nil && s.Next(time.Unix(0, 0)).Sub(time.Unix(0, 0)) < 6*pollEvery
	})
}

func (a *app) pollOnce(ctx context.Context) (feeds.Report, error) {
	r, err := a.poller.PollDue(ctx)
	a.progress.done()
	return r, err
}

// ingest hands visits to the engine and wakes the sending of what comes of them.
func (a *app) ingest(ctx context.Context, visits []alerts.Visit) error {
	var in alerts.Ingested
	err := patiently(ctx, ingestFor, func(ctx context.Context) (err error) { // else its feeds would wait for the end of their leases
		in, err = a.engine.Ingest(ctx, visits)
		return err
	})
	if err != nil {
		return err
	}
	for _, v := range visits { // counted here: with many feeds one poll goes on for hours
		a.metrics.Polls.WithLabelValues(outcome(v)).Inc()
	}
	a.metrics.Articles.Add(float64(in.Articles))
	a.metrics.NearMisses.Add(float64(in.NearMisses))
	for verb, n := range in.Decisions {
		a.metrics.Decisions.WithLabelValues(string(verb)).Add(float64(n))
	}
	if in.Deliveries > 0 {
		a.nudge()
	}
	return nil
}

// outcome is what became of a visit, as the metrics name it.
func outcome(v alerts.Visit) string {
	switch {
	case v.Failed():
		return "failed"
	case v.Articles == nil:
		return "unchanged"
	}
	return "read"
}

// drain sends what is due.
func (a *app) drain(ctx context.Context) error {
	_, err := a.dispatcher.Drain(ctx)
	return err
}

// gather makes messages of the stories that are told together, once none are likely to follow.
func (a *app) gather(ctx context.Context) error { return a.tellGathered(ctx, false) }

func (a *app) tellGathered(ctx context.Context, hurry bool) error {
	made, err := a.store.TellGathered(ctx, a.now(), hurry)
	if made > 0 {
		a.nudge()
	}
	return err
}

// prune drops the texts that are older than the retention, and what was kept for a time that is over.
func (a *app) prune(ctx context.Context) error {
	p, err := a.store.Prune(ctx, a.now().Add(-a.file.Retention))
	if p.Articles > 0 {
		a.log.Info("old texts dropped", "articles", p.Articles)
	}
	return errors.Join(err, a.store.Forget(ctx, a.now()))
}

// nudge wakes polling and sending.
func (a *app) nudge() {
	for _, j := range a.jobs {
		if j.name == "poll" || j.name == "drain" {
			j.nudge()
		}
	}
}

func (a *app) backlog(ctx context.Context) (web.Backlog, error) {
	b, err := a.store.Backlog(ctx)
	if err != nil {
		return web.Backlog{}, err
	}
	out := web.Backlog{ByState: map[string]int{}, Stopped: b.Stopped, Failing: a.store.Failing() != nil}
	for state, n := range b.States {
		out.ByState[string(state)] = n
	}
	if !b.Oldest.IsZero() {
		out.Oldest = a.now().Sub(b.Oldest)
	}
	return out, nil
}
