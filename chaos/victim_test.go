package chaos

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/seed-6c43f0f2/attache/adapters/discord"
	"github.com/seed-6c43f0f2/attache/adapters/slack"
	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/seed-6c43f0f2/attache/feeds"
	"github.com/seed-6c43f0f2/attache/store"
)

// A mission is what a victim is told.
type mission struct {
	Platform string
	API      string // of the fake
	Store    string // as the configuration writes it
	Channels []alerts.Channel
	Manner   alerts.Manner // how the platform treats doubt, faster than life
	Pace     alerts.Pace
	Fault    string   // the part of the protocol that a control leaves out; "" is none
	Quiet    bool     // no articles: only send
	Produce  int      // make so many articles, the first wave of them before any is sent; 0 makes a few while others are sent
	Steady   bool     // a turn of sending that fails is followed by the next, as in life
	Replica  string   // its id among several; "" is alone
	Feeds    []string // addresses of feeds that are polled; nil makes articles
	Point    point    // where it ends itself; "" nowhere
	After    int      // how often the point is reached until then
	Finish   bool     // no more articles: send what waits, say how many there were, and end
}

const (
	victimKey   = "ATTACHE_CHAOS_VICTIM" // the environment variable that makes a process a victim, whose mission comes by standard input
	producedKey = "chaos produced"       // in the store: how many articles there were
	backlogMost = 100                    // deliveries that wait; more articles come when there are fewer
	batchMost   = 3                      // articles of one visit
	waveMost    = 100                    // articles of a wave; the next is made once a fifth of its deliveries wait
	breath      = 3 * time.Millisecond   // between looks at the outbox
	turn        = 20 * time.Millisecond  // between turns of a job
	feedLeases  = 6                      // a feed is leased for so many leases of a channel, as in life
)

// fastPace is alerts.LifePace, faster.
func fastPace() alerts.Pace {
	return alerts.Pace{
		Lease: 8 * time.Second, Send: 4 * time.Second, Margin: 100 * time.Millisecond, Wait: 50 * time.Millisecond,
		Backoff: 20 * time.Millisecond, Longest: 200 * time.Millisecond, GiveUp: time.Hour, Parallel: 16,
	}
}

// sharedPace is that of replicas which take over from each other while they live.
func sharedPace() alerts.Pace {
	p := fastPace()
	p.Lease, p.Send, p.Margin = 700*time.Millisecond, 400*time.Millisecond, 50*time.Millisecond
	return p
}

// A victim is the bot without feeds: articles are made, not fetched.
type victim struct {
	mission
	store      *store.Store
	engine     *alerts.Engine
	dispatcher *alerts.Dispatcher
	poller     *feeds.Poller
	clock      *store.Clock
	trap       *trap // nil without a point
	feeds      []alerts.Feed
	produced   int
	out        io.Writer // to who started it
}

// live is a victim's whole life. It says "ready" when it has begun, and in the end how many articles there were.
func live(ctx context.Context, in io.Reader, out io.Writer) (err error) {
	v := &victim{out: out}
	if err := json.NewDecoder(in).Decode(&v.mission); err != nil {
		return err
	}
	log := slog.New(slog.DiscardHandler)
	if path := os.Getenv("CHAOS_LOG"); path != "" { // to look into a run that went wrong
		file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		log = slog.New(slog.NewTextHandler(file, nil)).With("victim", os.Getpid())
	}
	if v.Point != "" {
		v.trap = newTrap(v.Point, v.After, out)
		if v.Store, err = v.trap.watch(v.Store); err != nil {
			return err
		}
	}
	if err := v.trap.during(duringMigration, "", func() error {
		v.store, err = store.Open(ctx, v.Store, store.Options{Log: log, Replica: v.Replica})
		return err
	}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, v.store.Close()) }()
	if err := v.assemble(ctx, log); err != nil {
		return err
	}
	if _, err := fmt.Fprintln(out, "ready"); err != nil {
		return err
	}
	if v.Feeds != nil {
		return v.attend(ctx, log)
	}
	return v.work(ctx, out)
}

// assemble puts the parts together as cmd/bot does.
func (v *victim) assemble(ctx context.Context, log *slog.Logger) error {
	v.clock = v.store.Clock(time.Now)
	clock := v.clock
	if err := clock.Read(ctx); err != nil {
		return err
	}
	if err := v.prepare(ctx); err != nil {
		return err
	}
	poster, err := v.poster(log)
	if err != nil {
		return err
	}
	v.engine = alerts.NewEngine(trappedLedger{v.store, v.trap}, alerts.Terms{Burst: -1}, clock.Now, log)
	v.dispatcher = alerts.NewDispatcher(trappedOutbox{v.outbox(), v.trap}, map[string]alerts.Poster{v.Platform: poster}, v.Pace, clock.Now, nil, log)
	fetcher := feeds.NewFetcher(feeds.Options{Version: "chaos", AllowPrivate: true, Timeout: 5 * time.Second})
	v.poller = &feeds.Poller{
		Queue: v.store, Workers: 4, Lease: v.Pace.Lease * feedLeases, Now: clock.Now, Log: log,
		Fetch: func(ctx context.Context, f alerts.Feed) feeds.Fetched {
			got := fetcher.Fetch(ctx, f)
			v.trap.reach(afterFetch)
			return got
		},
		Ingest: func(ctx context.Context, visits []alerts.Visit) error {
			_, err := v.engine.Ingest(ctx, visits)
			return err
		},
	}
	return nil
}

// attend polls and sends as the jobs of cmd/bot do: a turn that fails is followed by the next.
func (v *victim) attend(ctx context.Context, log *slog.Logger) error {
	jobs := map[string]func() error{
		"poll":  func() error { _, err := v.poller.PollDue(ctx); return err },
		"drain": func() error { _, err := v.dispatcher.Drain(ctx); return err },
	}
	if v.Replica != "" {
		jobs["beat"] = func() error {
			_, err := v.store.Beat(ctx, v.Replica, v.clock.Now())
			return errors.Join(err, v.clock.Read(ctx))
		}
	}
	var all sync.WaitGroup
	for name, job := range jobs {
		all.Go(func() {
			for {
				if err := job(); err != nil {
					log.Error("job failed", "job", name, "err", err)
				}
				<-time.After(turn)
			}
		})
	}
	all.Wait()
	return nil
}

// work makes articles and sends what comes of them, or sends only what waits and says how many articles there were.
func (v *victim) work(ctx context.Context, out io.Writer) error {
	if v.Finish { // the articles that the one before may have died over
		if err := v.produce(ctx); err != nil {
			return err
		}
	}
	if v.Produce > 0 {
		if err := v.wave(ctx); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(out, "made", v.produced); err != nil {
			return err
		}
	}
	for {
		waiting, err := v.waiting(ctx)
		if err != nil {
			return err
		}
		if v.Finish && waiting == 0 {
			return v.report(ctx, out)
		}
		if v.Produce > 0 && waiting < len(v.Channels)*waveMost/5 {
			if err := v.wave(ctx); err != nil {
				return err
			}
		}
		if !v.Finish && !v.Quiet && v.Produce == 0 {
			if err := v.produceUpTo(ctx, backlogMost-waiting); err != nil {
				return err
			}
		}
		if err := v.trap.checkpoint(ctx, v.Store); err != nil {
			return err
		}
		if _, err := v.dispatcher.Drain(ctx); err != nil {
			if !v.Steady {
				return err
			}
			fmt.Fprintln(os.Stderr, "a turn of sending failed, and the next follows:", err)
		}
		if v.store.Shared() {
			<-time.After(turn) // a server has more to do for a look
			continue
		}
		<-time.After(breath)
	}
}

// report says how many articles there were, and how many deliveries were given up.
func (v *victim) report(ctx context.Context, out io.Writer) error {
	b, err := v.store.Backlog(ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, "produced", v.produced, b.States[alerts.StateFailed], b.States[alerts.StateUncertain])
	return err
}

// prepare makes the store hold a watch, its subscriptions and two feeds, and reads how far the victim before came.
func (v *victim) prepare(ctx context.Context) error {
	now := time.Now()
	list := alerts.Watchlist{ListRef: alerts.ListRef{Name: "chaos"}}
	list.Watches = []alerts.Watch{{Spec: match.Spec{Kind: match.Topic, Name: "bulletins", Query: "bulletin"}}}
	content := store.FileContent{Watchlists: []alerts.Watchlist{list}, Now: now}
	urls, schedule := v.Feeds, "@every "+feedInterval.String()
	if urls == nil {
		urls, schedule = []string{"https://feed-0.example/rss", "https://feed-1.example/rss"}, "@every 1h"
	}
	for i, address := range urls {
		name := "feed-" + strconv.Itoa(i)
		content.Feeds = append(content.Feeds, alerts.Feed{
			URL: address, Source: alerts.Source{Name: name, Language: "en"},
			Listings: []alerts.Listing{{Name: name, Schedule: schedule}},
		})
	}
	for _, c := range v.Channels {
		content.Subscriptions = append(content.Subscriptions, alerts.Subscription{Channel: c, List: list.ListRef})
	}
	if err := v.store.SyncFile(ctx, content); err != nil {
		return err
	}
	known, err := v.store.Feeds(ctx, alerts.File)
	if err != nil {
		return err
	}
	for _, f := range known {
		f.Feed.Cursor.Succeeded = now // its first visit is over: what it has is news
		v.feeds = append(v.feeds, f.Feed)
	}
	said, err := v.store.Meta(ctx, producedKey)
	if err != nil || said == "" {
		return err
	}
	v.produced, err = strconv.Atoi(said)
	return err
}

// produceUpTo ingests articles that make about so many deliveries.
func (v *victim) waiting(ctx context.Context) (n int, err error) {
	channels, err := v.store.Waiting(ctx)
	for _, c := range channels {
		n += c.Deliveries
	}
	return n, err
}

// poster is the platform's adapter, at the fake.
func (v *victim) poster(log *slog.Logger) (p alerts.Poster, err error) {
	switch v.Platform {
	case "discord":
		p, err = discord.New(discord.Options{Token: discordToken, API: v.API, Log: log, Memory: v.store, Replicas: v.replicas, Manner: v.Manner, Transport: v.transport()})
	case "slack":
		p, err = slack.New(slack.Options{BotToken: slackToken, APIURL: v.API, Log: log, Memory: v.store, Replicas: v.replicas, Transport: v.transport(), Pace: slack.Pace{Channel: time.Millisecond, Workspace: time.Millisecond}})
	default:
		err = fmt.Errorf("no such platform: %q", v.Platform)
	}
	if err != nil {
		return nil, err
	}
	return v.mistaken(hurried{trappedPoster{p, v.trap}, v.Manner}), nil
}

// replicas makes an adapter of one among several ask what the others were told; how many there are is not known here.
func (v *victim) replicas() int {
	if v.Replica == "" {
		return 1
	}
	return 2
}

// hurried is a poster that settles faster than life.
type hurried struct {
	alerts.Poster
	manner alerts.Manner
}

// Manner implements alerts.Poster.
func (h hurried) Manner() alerts.Manner { return h.manner }

// beVictim is the main function of a victim.
func beVictim() int {
	if err := live(context.Background(), os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}
