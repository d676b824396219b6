package discord

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A pace holds the times of the gateway and of interactions. Tests run them faster than life.
type pace struct {
	open    time.Duration // to connect until READY or RESUMED; then the session is dropped
	close   time.Duration // to close; then the session is left to itself
	silence time.Duration // of the gateway: more than two heartbeats, which are answered
	least   time.Duration // before connecting again; doubles
	most    time.Duration
	steady  time.Duration // connected so long, the back-off begins anew
	answer  time.Duration // an answer that takes longer is deferred; the vendor's limit is three seconds
	work    time.Duration // of one request
}

func lifePace() pace {
	return pace{
		open: 30 * time.Second, close: 3 * time.Second, silence: 100 * time.Second,
		least: time.Second, most: 5 * time.Minute, steady: time.Minute, answer: 2 * time.Second, work: 2 * time.Minute,
	}
}

// A fatal close code ends the bot for good: the cure is in a person's hands.
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
func fatal(code int) (cure string, is bool) {
	switch code {
	case 4004:
		return sayToken, true
	case 4010:
		return "Discord refuses the shard. Run one bot per token, without shards, and restart.", true
	case 4011:
		return "The bot is in too many Discord servers for one connection. Take it out of some, or use a bot of your own.", true
	case 4012:
		return "Discord no longer speaks the gateway version that this Attaché uses. Install a newer Attaché.", true
	case 4013:
		return "Discord refuses the intents. Install a newer Attaché.", true
	case 4014:
		return "Discord refuses an intent that is not switched on for this bot. Attaché needs none that is privileged: install a newer Attaché, or one that was not changed.", true
	}
	return "", false
}

// A connection is one session with the gateway, connected or to be resumed.
type connection struct {
	session *discordgo.Session
	down    chan struct{} // told when the library has closed the session

	mu   sync.Mutex
	wire *wire
}

func (a *Adapter) newConnection(ctx context.Context) (*connection, error) {
	s, err := newSession(a.opt.Token, agent(a.opt), a.client)
	if err != nil {
		return nil, err
	}
	c := &connection{session: s, down: make(chan struct{}, 1)}
	s.Dialer = dialer(a.pace.silence, a.logins.take, func(w *wire) {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.wire = w
	})
	s.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) {
		select {
		case c.down <- struct{}{}:
		default:
		}
	})
	a.listen(ctx, s)
	return c, nil
}

// last returns the wire of the newest connection, nil before there was one.
func (c *connection) last() *wire {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.wire
}

// cutOff ends the connection below the library, which frees what hangs in it.
func (c *connection) cutOff() {
	if w := c.last(); w != nil {
		_ = w.Close()
	}
}

// within runs the library's f and waits for it; a time-out cuts the connection off, and if f hangs even then, as the
// library can, it is left to itself.
func (c *connection) within(ctx context.Context, limit time.Duration, f func() error) (err error, hung bool) {
	done := make(chan error, 1)
	go func() { done <- f() }()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case err := <-done:
		return err, false
	case <-timer.C:
		err = fmt.Errorf("no answer within %s", limit)
	case <-ctx.Done():
		err = ctx.Err()
	}
	c.cutOff()
	return err, true
}

// Run listens until ctx ends, and then returns nil. It connects again whenever the connection is lost, and returns an
// error only where trying again can't help: an *alerts.Invalid that names the cure.
func (a *Adapter) Run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer a.finish(stop)
	a.listensAnew()
	var c *connection
	for failures := 0; ; failures++ {
		if c == nil {
			var err error
			if c, err = a.newConnection(ctx); err != nil {
				return err
			}
		}
		began := a.opt.Now()
		err := a.connected(ctx, c)
		if ctx.Err() != nil {
			return nil
		}
		if e := a.hopeless(c, err); e != nil {
			a.refuse(e)
			return fmt.Errorf("listen to discord: %w: %w", e, &alerts.Invalid{Say: e.Say})
		}
		if a.opt.Now().Sub(began) > a.pace.steady {
			failures = 0
		}
		wait := a.backoff(failures)
		var budget *loginsError
		if errors.As(err, &budget) {
			wait = max(wait, budget.until.Sub(a.opt.Now()))
		}
		a.state(false, "not connected: "+err.Error())
		a.log.Warn("the connection to discord is lost", "error", err, "again in", wait)
		if lost(c, err) {
			c = nil
		}
		if !pause(ctx, wait) {
			return nil
		}
	}
}

// begin runs f beside the gateway, unless Run is over.
func (a *Adapter) begin(ctx context.Context, f func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if ctx.Err() != nil {
		return
	}
	a.work.Go(func() {
		defer func() {
			if p := recover(); p != nil { // one bad event does not end the program
				a.log.Error("work on an event of discord's panicked", "panic", p, "stack", string(debug.Stack()))
			}
		}()
		f()
	})
}

// finish ends what begin began.
func (a *Adapter) finish(stop func()) {
	a.mu.Lock()
	stop()
	a.up, a.said = false, "stopped"
	a.mu.Unlock()
	a.work.Wait()
}

// errDown is the end of a connection that had been made; its session can be resumed.
var errDown = errors.New("the connection ended")

// A hungError is a session that the library will not give back.
type hungError struct{ error }

// connected opens it and returns when its connection is over.
func (a *Adapter) connected(ctx context.Context, c *connection) error {
	select {
	case <-c.down: // told of an earlier connection
	default:
	}
	if err, hung := c.within(ctx, a.pace.open, c.session.Open); hung {
		return hungError{err}
	} else if err != nil {
		return err
	}
	a.state(true, "")
	defer a.deaf()
	w := c.last()
	select {
	case <-c.down:
		return errDown
	case <-ctx.Done():
		_, _ = c.within(context.WithoutCancel(ctx), a.pace.close, c.session.Close)
		c.cutOff()
		return ctx.Err()
	case <-w.ended:
	}
	select { // the library notices too, or it hangs
	case <-c.down:
		return errDown
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(a.pace.close):
		c.cutOff()
		return hungError{errDown}
	}
}

// lost tells whether a new session is needed.
func lost(c *connection, err error) bool {
	var hung hungError
	if errors.As(err, &hung) {
		return true
	}
	w := c.last()
	if w == nil {
		return false
	}
	switch w.code.Load() { // the vendor ended the session, not only the connection
	case 1000, 1001, 4003, 4007, 4009:
		return true
	}
	return w.stale.Load()
}

// hopeless returns what to tell people if trying again can't help.
func (a *Adapter) hopeless(c *connection, err error) *alerts.SendError {
	code := 0
	if w := c.last(); w != nil {
		code = int(w.code.Load())
	}
	var closed *websocket.CloseError
	if errors.As(err, &closed) {
		code = closed.Code
	}
	if cure, is := fatal(code); is {
		return &alerts.SendError{Class: alerts.Credential, Say: cure, Err: fmt.Errorf("the gateway closed with code %d", code)}
	}
	if e := classify(err); e.Class == alerts.Credential {
		return e
	}
	return nil
}

// backoff doubles from the least to the most and is spread over its upper half.
func (a *Adapter) backoff(failures int) time.Duration {
	wait := a.pace.least << min(failures, 20)
	wait = min(wait, a.pace.most)
	return wait/2 + time.Duration(a.opt.Rand()*float64(wait/2))
}
