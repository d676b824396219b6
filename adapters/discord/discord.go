// Package discord posts alerts to Discord and answers commands there. It is the only package that knows discordgo.
//
// # Invariants
//
//   - Every post carries the delivery's Ref as an enforced nonce and is sent once; what became of it is one of
//     alerts.Class, decided in errors.go and nowhere else.
//   - Nobody is pinged but the role that the alert names, by the root, once: allowed_mentions are on every create and edit.
//   - Every untrusted string passes clean and escape; every limit of the vendor's is kept by cutting between graphemes.
//   - No call is made before its time, none after the token was refused, and no more than 100 sign-ins a day.
//   - The gateway is asked for guilds alone: no privileged intent, no message of anybody's.
//   - The token and the tokens of interactions are in no log and no error.
//
// The library's gateway client hangs and deadlocks on what the vendor may well send (wire.go lists it), and its REST
// client repeats posts and sleeps without listening: so each session is watched and replaced, and REST goes through a
// transport of our own.
package discord

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
)

// A Desk answers what people ask. *commands.Desk is one.
type Desk interface {
	// Do carries out a request. It always answers.
	Do(ctx context.Context, r commands.Request) commands.Reply
	// Complete suggests values for an option while it is typed.
	Complete(ctx context.Context, r commands.Request, option, typed string) []commands.Choice
	// Welcome greets a workspace that the bot has joined; name is what the platform calls it.
	Welcome(ctx context.Context, w alerts.Workspace, name string) commands.Reply
	// Leave is told that the bot is no longer in a workspace.
	Leave(ctx context.Context, w alerts.Workspace) error
}

// A Memory keeps small facts over restarts, for all processes. Meta returns "" for a key that was never set.
type Memory interface {
	Meta(ctx context.Context, key string) (string, error)
	SetMeta(ctx context.Context, key, value string) error
	// KeepUntil is SetMeta for what is of no use after the time.
	KeepUntil(ctx context.Context, key, value string, until time.Time) error
	// Swap is KeepUntil where what is kept is still old, or nothing is; it tells whether that was so.
	Swap(ctx context.Context, key, old, value string, until time.Time) (bool, error)
}

// Options say how an Adapter is made. Only Token is needed to post; Desk and Memory to Run; without Memory a restart forgets a wait.
type Options struct {
	Token  string
	Desk   Desk
	Memory Memory
	Log    *slog.Logger // nil logs nothing

	API       string            // another place of the REST API, such as http://127.0.0.1:4700, for tests; "" is the vendor's
	Transport http.RoundTripper // below our own; nil is one with the system's proxy
	Now       func() time.Time  // nil is time.Now
	Rand      func() float64    // in [0,1), for the spread of back-offs; nil is math/rand
	Agent     string            // the version in the User-Agent; "" is "dev"
	// Lost is told that a channel can't be posted to any more, and what people can do about it; nil is nobody.
	Lost func(ctx context.Context, c alerts.Channel, say string) error
	// Unheard is told of a time whose events are lost, again and again until it returns nil, and of several times at once;
	// nil is nobody.
	Unheard  func(ctx context.Context, u alerts.Unheard) error
	Replicas func() int    // how many processes share what the vendor allows, at least 1; nil is one
	Manner   alerts.Manner // the zero value is that of the real vendor: two minutes, half a minute
}

// maxWork is how many interactions are worked on at once; the vendor tells people that others were not answered.
const maxWork = 64

// An Adapter is Attaché on Discord. Its methods may be called from several goroutines.
type Adapter struct {
	opt    Options
	log    *slog.Logger
	client *http.Client
	rest   *discordgo.Session // for calls alone: it never opens a gateway
	pace   pace
	logins *logins
	looks  alerts.Looks

	mu      sync.Mutex
	me      *self
	guilds  map[string]bool // where the bot is, as far as known; true once its GUILD_CREATE came
	up      bool            // the gateway is connected
	said    string          // why it is not, for Healthy
	refused *alerts.SendError

	deafSince time.Time // when the last connection ended; zero while there is one, or before the first

	learned bool // the commands are registered
	work    sync.WaitGroup
	slots   chan struct{} // of interactions that are worked on
}

// self is who the bot is.
type self struct{ bot, app string }

// New returns an Adapter. It makes no call.
func New(o Options) (*Adapter, error) {
	if strings.TrimSpace(o.Token) == "" || strings.ContainsAny(o.Token, " \t\r\n") {
		return nil, &alerts.Invalid{Say: "The Discord token is empty or has blanks in it. Copy it from the Developer Portal (Bot, Reset Token) into platforms.discord.token."}
	}
	o.Token = strings.TrimPrefix(o.Token, "Bot ")
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Rand == nil {
		o.Rand = rand.Float64
	}
	if o.Manner == (alerts.Manner{}) {
		o.Manner = alerts.Manner{Repeatable: 2 * time.Minute, Settle: 30 * time.Second}
	}
	if o.Transport == nil {
		o.Transport = http.DefaultTransport
	}
	t := &transport{base: o.Transport, limiter: newLimiter(o.Now)}
	if o.Replicas != nil {
		t.limiter.replicas = o.Replicas
	}
	t.limiter.memory = o.Memory
	if o.API != "" {
		api, err := url.Parse(o.API)
		if err != nil || api.Host == "" {
			return nil, fmt.Errorf("read the address of discord's API: %q is not one", o.API)
		}
		t.api = api
	}
	client := &http.Client{Transport: t, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	rest, err := newSession(o.Token, agent(o), client)
	if err != nil {
		return nil, err
	}
	return &Adapter{
		opt: o, log: o.Log, client: client, rest: rest, pace: lifePace(), guilds: map[string]bool{},
		logins: &logins{memory: o.Memory, now: o.Now}, said: "not connected yet", slots: make(chan struct{}, maxWork),
	}, nil
}

// agent is how the vendor wants to be called on: a name, an address and a version.
// https://discord.com/developers/docs/reference#user-agent
func agent(o Options) string {
	return "DiscordBot (https://github.com/seed-6c43f0f2/attache, " + cmp.Or(o.Agent, "dev") + ")"
}

// Open asks who the bot is. It fails with an *alerts.Invalid if the token is refused.
func (a *Adapter) Open(ctx context.Context) error {
	if _, err := a.identity(ctx); err != nil {
		e := a.failed("ask who the bot is", err)
		if e.Class == alerts.Credential {
			return fmt.Errorf("open discord: %w", &alerts.Invalid{Say: e.Say})
		}
		return fmt.Errorf("open discord: %w", e)
	}
	return nil
}

// identity returns who the bot is; the vendor is asked once.
func (a *Adapter) identity(ctx context.Context) (self, error) {
	a.mu.Lock()
	known := a.me
	a.mu.Unlock()
	if known != nil {
		return *known, nil
	}
	var user, app struct {
		ID string `json:"id"`
	}
	if err := a.call(ctx, http.MethodGet, "users/@me", nil, &user); err != nil {
		return self{}, err
	}
	if err := a.call(ctx, http.MethodGet, "applications/@me", nil, &app); err != nil {
		if e := classify(err); e.Class != alerts.Unknown {
			return self{}, err
		}
		app.ID = user.ID // of most applications they are the same
	}
	me := self{bot: user.ID, app: app.ID}
	a.mu.Lock()
	a.me = &me
	a.mu.Unlock()
	return me, nil
}

// Healthy returns nil while the gateway is connected and the token is accepted; else an error in plain words.
func (a *Adapter) Healthy() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case a.refused != nil:
		return errors.New("discord: " + a.refused.Say)
	case !a.up:
		return errors.New("discord: " + a.said)
	}
	return nil
}

// state keeps what Healthy says.
func (a *Adapter) state(up bool, said string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.up, a.said = up, said
}

// shut returns why no call is made any more, nil if calls are made.
func (a *Adapter) shut() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.refused == nil {
		return nil
	}
	return a.refused
}

// refuse remembers that the vendor takes no call of ours any more.
func (a *Adapter) refuse(e *alerts.SendError) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.refused == nil {
		a.refused = e
		a.log.Error("discord refuses the bot: nothing more is sent there", "cure", e.Say)
	}
}
