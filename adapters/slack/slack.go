package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/sync/singleflight"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
)

// A Desk answers what people ask. *commands.Desk is one.
type Desk interface {
	// Do carries a request out. It always answers.
	Do(ctx context.Context, r commands.Request) commands.Reply
	// DoLine is Do with the command and its arguments as typed.
	DoLine(ctx context.Context, r commands.Request, line string) commands.Reply
	// Welcome greets a workspace; name is what the platform calls it.
	Welcome(ctx context.Context, w alerts.Workspace, name string) commands.Reply
	// Leave is told that the bot is no longer in a workspace.
	Leave(ctx context.Context, w alerts.Workspace) error
}

// Options are what an Adapter is made of. BotToken is needed, and one of AppToken and SigningSecret to hear commands.
type Options struct {
	BotToken      string // xoxb-…
	AppToken      string // xapp-…: Socket Mode
	SigningSecret string // HTTP: Handler answers
	// Groups are the user groups to which the configuration gives a role, as slack:TEAM/GROUP; other ids are ignored.
	Groups []string
	Desk   Desk // nil: nothing is received

	APIURL    string            // "" is https://slack.com/api/
	Transport http.RoundTripper // nil is a transport of its own
	Now       func() time.Time  // nil is time.Now
	Pace      Pace
	Log       *slog.Logger // nil discards
	Memory    Memory       // nil forgets with the process until when Slack forbids calls
	Replicas  func() int   // how many processes share what Slack allows, at least 1; nil is one

	// First tells whether no other process took this name of a request before; nil is for one process.
	First func(ctx context.Context, name string) (bool, error)
	// Lost is told that a channel can't be posted to any more, and what people can do about it; nil is nobody.
	Lost func(ctx context.Context, c alerts.Channel, say string) error
}

const (
	defaultAPI = "https://slack.com/api/"
	// callTime bounds one call of the Web API.
	callTime = 10 * time.Second
	// workTime bounds the work on one request, its answer included; a response URL lives half an hour.
	workTime = time.Minute
	// graceTime is what work under way has left when Run ends.
	graceTime = 5 * time.Second
	// maxWork is how many requests are worked on at once; more are refused unacknowledged, and Slack says so or repeats.
	maxWork = 64
	// maxSeen is how many names of requests are remembered, two for each: Slack sends at most 30,000 events an hour and
	// repeats within six minutes. https://docs.slack.dev/apis/events-api/#rate-limits
	maxSeen = 16384
)

// An Adapter is Attaché's side of one Slack workspace. It is an alerts.Poster. Its methods may be called from any goroutine.
type Adapter struct {
	desk   Desk
	secret string
	app    bool // there is an app token
	api    *slack.Client
	apiURL *url.URL
	gate   *gate
	limit  *limiter
	answer *http.Client // for response URLs
	people *people
	now    func() time.Time
	log    *slog.Logger

	looks alerts.Looks                                                  // into the history, that Slack made wait
	seen  *memory                                                       // envelopes, events, triggers and signatures
	first func(ctx context.Context, name string) (bool, error)          // of all processes; nil for one
	lost  func(ctx context.Context, c alerts.Channel, say string) error // nil for nobody
	slots chan struct{}
	work  sync.WaitGroup
	hurry context.Context    //nolint:containedctx // ends when work under way must
	rush  context.CancelFunc // ends hurry

	state sync.Mutex
	ended bool  // Run is over: no new work
	deaf  error // why no command is heard through Socket Mode

	me     atomic.Pointer[identity] // nil until Slack has said
	asking singleflight.Group       // who the bot is
}

// New returns an Adapter; it makes no call yet. The error is fit for users and holds no token.
func New(o Options) (*Adapter, error) {
	if err := check(o); err != nil {
		return nil, err
	}
	if o.APIURL == "" {
		o.APIURL = defaultAPI
	}
	base, err := url.Parse(strings.TrimSuffix(o.APIURL, "/") + "/")
	if err != nil || base.Host == "" {
		return nil, fmt.Errorf("read slack api url: %w", &alerts.Invalid{Say: "The address of Slack's API must begin with https://."})
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Transport == nil {
		o.Transport = http.DefaultTransport.(*http.Transport).Clone()
	}
	if o.Replicas == nil {
		o.Replicas = func() int { return 1 }
	}
	limit := newLimiter(o.Pace, o.Now, o.Replicas)
	g := &gate{next: o.Transport, pacer: limit, pauses: &pauses{now: o.Now, memory: o.Memory, replicas: o.Replicas}}
	a := &Adapter{
		desk: o.Desk, secret: o.SigningSecret, app: o.AppToken != "", apiURL: base, gate: g, limit: limit,
		answer: newClient(o.Transport), now: o.Now, log: o.Log,
		seen: newMemory(maxSeen), first: o.First, lost: o.Lost, slots: make(chan struct{}, maxWork),
	}
	a.api = slack.New(o.BotToken, slack.OptionAPIURL(base.String()), slack.OptionHTTPClient(newClient(g)), slack.OptionAppLevelToken(o.AppToken))
	a.people = newPeople(a, o.Groups)
	a.hurry, a.rush = context.WithCancel(context.Background())
	return a, nil
}

func check(o Options) error {
	var errs []error
	bad := func(what, say string) {
		errs = append(errs, fmt.Errorf("slack %s: %w", what, &alerts.Invalid{Say: say}))
	}
	if !strings.HasPrefix(o.BotToken, "xoxb-") {
		bad("bot_token", "platforms.slack.bot_token is the Bot User OAuth Token, which begins with xoxb-; the app's page has it under OAuth & Permissions.")
	}
	if o.AppToken != "" && !strings.HasPrefix(o.AppToken, "xapp-") {
		bad("app_token", "platforms.slack.app_token is the app-level token, which begins with xapp-; the app's page has it under Basic Information.")
	}
	if o.Desk != nil && o.AppToken == "" && o.SigningSecret == "" {
		bad("app_token", "Give platforms.slack.app_token for Socket Mode, or platforms.slack.signing_secret for requests over HTTP.")
	}
	return errors.Join(errs...)
}

// Run receives until ctx ends, then gives the work under way a few seconds to finish. It returns early, with an error
// whose sentence says what to do, if Slack refuses a token.
func (a *Adapter) Run(ctx context.Context) error {
	defer a.finish(ctx)
	me, err := a.settle(ctx)
	if over(ctx) {
		return nil
	}
	if err != nil {
		return err
	}
	a.log.Info("slack: signed in", "team", me.Team, "workspace", me.TeamName, "bot", me.Name)
	if a.app && a.desk != nil {
		return a.supervise(ctx)
	}
	<-ctx.Done()
	return nil
}

// settle finds out who the bot is, as often as it takes.
func (a *Adapter) settle(ctx context.Context) (identity, error) {
	for pause := time.Second; ; pause = min(2*pause, time.Minute) {
		me, err := a.whoami(ctx)
		if err == nil {
			return me, nil
		}
		e := a.fail(err, false)
		switch {
		case over(ctx):
			return identity{}, err
		case e.Class == alerts.Credential || e.Class == alerts.WorkspaceDead:
			return identity{}, fmt.Errorf("sign in to slack: %w: %w", &alerts.Invalid{Say: e.Say}, e.Err)
		}
		a.log.Warn("slack: can't sign in yet", "error", e.Err, "again_in", max(pause, e.After))
		if !sleep(ctx, max(pause, e.After)) {
			return identity{}, err
		}
	}
}

// over tells whether ctx has ended.
func over(ctx context.Context) bool { return ctx.Err() != nil }

// begin runs f beside the caller; it tells whether it does: after Run's end there is no new work.
func (a *Adapter) begin(f func()) bool {
	a.state.Lock()
	defer a.state.Unlock()
	if a.ended {
		return false
	}
	a.work.Go(func() {
		defer func() {
			if p := recover(); p != nil { // one bad request does not end the program
				a.log.Error("slack: work on a request panicked", "panic", p, "stack", string(debug.Stack()))
			}
		}()
		f()
	})
	return true
}

// finish waits for what begin began, graceTime at most before it is told to end.
func (a *Adapter) finish(ctx context.Context) {
	a.state.Lock()
	a.ended = over(ctx)
	a.state.Unlock()
	last := time.AfterFunc(graceTime, func() {
		if over(ctx) {
			a.rush()
		}
	})
	defer last.Stop()
	a.work.Wait()
}

// Close waits for the work under way and gives the connections back. Run must have been told to end.
func (a *Adapter) Close() error {
	a.work.Wait()
	a.answer.CloseIdleConnections()
	return nil
}

// Healthy returns nil, or why no call to Slack is made any more, nothing posted or no command heard; with the sentence for people where
// there is something to do.
func (a *Adapter) Healthy() error {
	if e := a.gate.mute(); e != nil {
		return fmt.Errorf("slack: %w: %w", &alerts.Invalid{Say: e.Say}, e.Err)
	}
	a.state.Lock()
	defer a.state.Unlock()
	return a.deaf
}

// hears notes whether commands are heard; why is nil if they are.
func (a *Adapter) hears(why error) {
	a.state.Lock()
	defer a.state.Unlock()
	a.deaf = why
}
