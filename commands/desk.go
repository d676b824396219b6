package commands

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// Options are what a Desk works with. The seven stores are needed, the rest may be left out.
type Options struct {
	Watchlists    Watchlists
	Subscriptions Subscriptions
	Feeds         Feeds
	Archive       Archive
	Samples       Samples
	Deliveries    Deliveries
	Coverage      Coverage
	History       History // nil: watch test says that it has nothing to try on
	Roles         Roles

	Now   func() time.Time // nil is time.Now
	Log   *slog.Logger     // nil logs nothing
	NewID func() string    // short references for faults and samples; nil makes random ones

	// FindFeeds reads an address before a feed is added: the feed that is there, or the feeds of the web page that is, best
	// first. The Say of an *alerts.Invalid in its error is shown. nil adds feeds unread.
	FindFeeds func(ctx context.Context, url string) ([]FeedSample, error)
	// CheckSchedule tells whether a schedule can be obeyed; the Say of an *alerts.Invalid is shown. nil takes all.
	CheckSchedule func(schedule string) error
	// DoubtSchedule says what hardly anybody means by a schedule that can be obeyed, "" if nothing. nil doubts none.
	DoubtSchedule func(schedule string) string
	// Canonical gives an article's address as the archive keeps it. nil leaves addresses as they are.
	Canonical func(url string) string
	// Nudge wakes polling and delivering, so that a change is seen at once. nil waits for their timers.
	Nudge func()
	// Schedule is how often a feed is polled of which nobody says it; "" is every ten minutes.
	Schedule string
}

// A Desk answers what people ask and does what they tell it, if they may. It is safe for concurrent use.
type Desk struct {
	with   Options
	roles  atomic.Pointer[Roles]
	adds   adds
	finds  finds      // that wait for an answer
	trying sync.Mutex // one trial at a time, which is work for a processor
}

// NewDesk returns a Desk.
func NewDesk(o Options) *Desk {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.NewID == nil {
		o.NewID = func() string { return strings.ToLower(rand.Text()[:8]) }
	}
	if o.CheckSchedule == nil {
		o.CheckSchedule = func(string) error { return nil }
	}
	if o.DoubtSchedule == nil {
		o.DoubtSchedule = func(string) string { return "" }
	}
	if o.Canonical == nil {
		o.Canonical = func(url string) string { return url }
	}
	if o.Nudge == nil {
		o.Nudge = func() {}
	}
	if o.Schedule == "" {
		o.Schedule = "@every 10m"
	}
	d := &Desk{with: o}
	d.roles.Store(&o.Roles)
	return d
}

// SetRoles changes who may do what, from the next request on.
func (d *Desk) SetRoles(r Roles) { d.roles.Store(&r) }

// An ask is a request that may be carried out.
type ask struct {
	Request
	path
	role Role
	how  manner
	now  time.Time
}

// write is a command as the person would type it.
func (a ask) write(command string, pairs ...string) Span { return code(a.how.write(command, pairs...)) }

// change is the audit row of what a does.
func (a ask) change(format string, args ...any) Change {
	return Change{
		Workspace: a.Workspace, Channel: a.Channel, ActorID: a.Actor.ID, ActorName: clean(a.Actor.Name), Command: a.Name,
		RequestID: a.ID, Detail: fmt.Sprintf(format, args...), At: a.now,
	}
}

// DoLine is Do with a typed line for command and arguments; the mistakes of ParseLine are answered too.
func (d *Desk) DoLine(ctx context.Context, r Request, line string) Reply {
	command, args, err := parse(line, mannerOf(r.Workspace))
	if err != nil {
		return d.fail(ctx, r, err)
	}
	r.Command, r.Args = command, args
	return d.Do(ctx, r)
}

// Do carries a request out and answers it. The answer is never empty.
func (d *Desk) Do(ctx context.Context, r Request) (reply Reply) {
	defer func() {
		if p := recover(); p != nil {
			reply = d.fail(ctx, r, fmt.Errorf("run command: panic: %v\n%s", p, debug.Stack()))
		}
	}()
	a, err := d.admit(r)
	if err != nil {
		return d.fail(ctx, r, err)
	}
	if reply, err = d.run(ctx, a); err != nil {
		return d.fail(ctx, r, err)
	}
	reply.Private = reply.Private || !a.Public
	return reply
}

// admit checks that the request is a command, that the person may give it here, and its arguments, in this order.
func (d *Desk) admit(r Request) (ask, error) {
	a := ask{Request: r, how: mannerOf(r.Workspace), now: d.with.Now(), role: d.roles.Load().Of(r.Workspace, r.Actor)}
	p, ok := find(Catalog(), r.Command)
	if !ok {
		_, _, err := parse(r.Command, a.how)
		if err == nil {
			err = invalid("There is no command %s. Write %shelp for all of them.", cut(clean(r.Command), 40), a.how.prefix())
		}
		return ask{}, err
	}
	a.path = p
	switch {
	case p.Name == "help":
	case r.Workspace == alerts.File:
		return ask{}, invalid("%s works only inside a server or workspace. Write it in one of its channels.", p.Name)
	case a.role < p.Role:
		return ask{}, refuse(p, a.role, r.Workspace)
	case needsChannel(p.Name) && r.Channel == "":
		return ask{}, invalid("%s is about a channel. Write it in the channel it is meant for, not in a direct message.", p.Name)
	case r.Channel != "" && r.Channel.Workspace() != r.Workspace:
		return ask{}, fmt.Errorf("request %s: channel %s is not of workspace %s", r.ID, r.Channel, r.Workspace)
	}
	args, err := check(p, r.Args, a.how)
	a.Args = args
	return a, err
}

func needsChannel(command string) bool {
	switch command {
	case "subscribe", "unsubscribe", "recent", "test":
		return true
	}
	return false
}

func (d *Desk) run(ctx context.Context, a ask) (Reply, error) {
	do, ok := map[string]func(context.Context, ask) (Reply, error){
		"watch add":            d.watchAdd,
		"watch test":           d.watchTest,
		"watch remove":         d.watchRemove,
		"watch list":           d.watchList,
		"watch show":           d.watchShow,
		"subscribe":            d.subscribe,
		"unsubscribe":          d.unsubscribe,
		"feeds list":           d.feedsList,
		"feeds add":            d.feedsAdd,
		"feeds remove":         d.feedsRemove,
		"feeds accept":         d.feedsAccept,
		"feeds retry":          d.feedsRetry,
		"feeds status":         d.feedsStatus,
		"coverage":             d.coverage,
		"lookup":               d.lookup,
		"recent":               d.recent,
		"why":                  d.why,
		"deliveries failed":    func(ctx context.Context, a ask) (Reply, error) { return d.deliveries(ctx, a, alerts.WantFailed) },
		"deliveries uncertain": func(ctx context.Context, a ask) (Reply, error) { return d.deliveries(ctx, a, alerts.WantUncertain) },
		"deliveries held":      func(ctx context.Context, a ask) (Reply, error) { return d.deliveries(ctx, a, alerts.WantHeld) },
		"deliveries waiting":   func(ctx context.Context, a ask) (Reply, error) { return d.deliveries(ctx, a, alerts.WantWaiting) },
		"deliveries retry":     d.deliveriesRetry,
		"deliveries discard":   d.deliveriesDiscard,
		"test":                 d.test,
		"help":                 func(_ context.Context, a ask) (Reply, error) { return d.help(a) },
	}[a.Name]
	if !ok {
		return Reply{}, fmt.Errorf("run command %q: it is in the catalog and has no code", a.Name)
	}
	return do(ctx, a)
}

// A refusalError is a mistake of the user that takes more than a sentence to tell.
type refusalError struct{ lines []Line }

func (r *refusalError) Error() string { return Reply{Lines: r.lines}.Text() }

// fail answers a request that was not carried out: a mistake with what to do, a fault of ours with a reference.
func (d *Desk) fail(ctx context.Context, r Request, err error) Reply {
	reply := Reply{Private: true, Failed: true}
	if refused := (*refusalError)(nil); errors.As(err, &refused) {
		reply.Lines = refused.lines
		return reply
	}
	if s := alerts.Say(err); s != "" {
		reply.Lines = []Line{say(s)}
		return reply
	}
	reference := d.with.NewID()
	d.with.Log.ErrorContext(ctx, "command failed", "reference", reference, "command", r.Command, "workspace", string(r.Workspace),
		"channel", string(r.Channel), "request", r.ID, "err", err)
	what := "Something went wrong here, not in what you wrote."
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		what = "That took too long and was given up."
	}
	reply.Lines = []Line{say(what, " Try again in a minute; if it stays, give whoever runs Attaché this reference: ", code(reference))}
	return reply
}
