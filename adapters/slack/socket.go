package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	// ackTime bounds the writing of an acknowledgement; Slack waits three seconds for it.
	ackTime = 2 * time.Second
	// maxFrame bounds a frame from Slack.
	maxFrame = 1 << 20
	// longestBackoff is the most that the pause between two sessions grows to.
	longestBackoff = 5 * time.Minute
	// goodSession is how long a session lasts that makes the back-off begin anew.
	goodSession = time.Minute
)

const sayAppToken = "Slack refuses the app-level token. Make one with the scope connections:write on the app's page (Basic Information), put it into " +
	"platforms.slack.app_token and restart."

// supervise keeps a Socket Mode session until ctx ends. The library reconnects by itself after most failures; what ends
// its session begins a new one after a back-off, but for a refused token.
func (a *Adapter) supervise(ctx context.Context) error {
	backoff := time.Second
	for {
		began := time.Now()
		err := a.session(ctx)
		if over(ctx) {
			return nil
		}
		if a.gate.closed() != nil {
			return a.Healthy()
		}
		if err != nil {
			if e := classify(err, false); e.Class == alerts.Credential || e.Class == alerts.WorkspaceDead {
				a.hears(fmt.Errorf("open slack socket: %w: %w", &alerts.Invalid{Say: sayAppToken}, e.Err))
				return a.Healthy()
			}
		}
		if time.Since(began) > goodSession {
			backoff = time.Second
		}
		pause := backoff/2 + rand.N(backoff/2) //nolint:gosec // spreads reconnects, guards nothing
		a.hears(fmt.Errorf("slack: socket not connected: %w", bare(err)))
		a.log.Warn("slack: socket session ended", "error", bare(err), "again_in", pause)
		if !sleep(ctx, pause) {
			return nil
		}
		backoff = min(2*backoff, longestBackoff)
	}
}

// session runs one Client of the library until it gives up, a token is refused, or ctx ends.
func (a *Adapter) session(ctx context.Context) error {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	client := socketmode.New(a.api, socketmode.OptionReadLimit(maxFrame))
	ran := make(chan error, 1)
	go func() { ran <- client.RunContext(ctx) }()
	for {
		select {
		case err := <-ran:
			if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
				return cause
			}
			return err
		case e := <-client.Events:
			if err := a.onSocket(ctx, client, e); err != nil {
				end(err)
			}
		}
	}
}

// onSocket handles what the library reports; an error ends the session.
func (a *Adapter) onSocket(ctx context.Context, client *socketmode.Client, e socketmode.Event) error {
	switch e.Type {
	case socketmode.EventTypeSlashCommand, socketmode.EventTypeInteractive, socketmode.EventTypeEventsAPI:
		if e.Request != nil {
			a.onEnvelope(ctx, client, e.Request.Type, e.Request.EnvelopeID, e.Request.Payload)
		}
	case socketmode.EventTypeErrorBadMessage:
		// The library knows less than Slack sends. What it can't read is acknowledged, or Slack would send it again.
		bad, ok := e.Data.(*socketmode.ErrorBadMessage)
		var r socketmode.Request
		if ok && json.Unmarshal(bad.Message, &r) == nil && r.EnvelopeID != "" {
			a.onEnvelope(ctx, client, r.Type, r.EnvelopeID, r.Payload)
		}
	case socketmode.EventTypeConnected:
		a.hears(nil)
		a.log.Info("slack: socket connected")
	case socketmode.EventTypeConnectionError:
		failed, ok := e.Data.(*slack.ConnectionErrorEvent)
		if !ok {
			return nil
		}
		why := classify(failed.ErrorObj, false)
		if why.Class == alerts.Credential || why.Class == alerts.WorkspaceDead {
			return why
		}
		a.hears(fmt.Errorf("slack: socket not connected: %w", why.Err))
		a.log.Warn("slack: socket not connected", "error", why.Err, "again_in", failed.Backoff)
	}
	return nil
}

// onEnvelope takes the payload and acknowledges it. What there is no room for is not acknowledged: Slack tells the
// person, and sends events again.
func (a *Adapter) onEnvelope(ctx context.Context, client *socketmode.Client, kind, id string, payload []byte) {
	if err := a.take(ctx, kind, id, payload); err != nil {
		a.log.Warn("slack: envelope not taken", "kind", line(kind), "error", err)
		if errors.Is(err, errBusy) {
			return
		}
	}
	ctx, cancel := context.WithTimeout(ctx, ackTime)
	defer cancel()
	if err := client.AckCtx(ctx, id, nil); err != nil {
		a.log.Warn("slack: envelope not acknowledged", "kind", line(kind), "error", err)
	}
}
