package alerts

import (
	"context"
	"errors"
	"time"
)

// tellAgain is how long a notice about a channel keeps others of its class from the admins.
const tellAgain = 24 * time.Hour

// leastTries is how often a delivery is tried before it is given up for its age: the clock may have been set forward.
const leastTries = 10

// told is what the admins were told about.
type told struct {
	channel Channel
	class   Class
}

// judge says what becomes of a delivery that was not, or not surely, sent. One class, one action; the table is that of
// the platforms' error classes (docs/architecture.md).
func (d *Dispatcher) judge(ctx context.Context, c Delivery, e *SendError) Settlement {
	now := d.now()
	reason := e.Say
	if reason == "" {
		reason = e.Error()
	}
	again := Settlement{State: StatePending, NotBefore: now.Add(d.backoff(c.Attempts)), Uncertain: c.Uncertain, Reason: reason}
	switch e.Class {
	case Wait:
		again.NotBefore, again.Refund = now.Add(d.wait(e)), true
		if e.Global {
			d.pause(c.Channel.Platform(), again.NotBefore)
		}
		return again
	case Unsent, Ambiguous:
		again.Uncertain = again.Uncertain || e.Class == Ambiguous
		if c.Attempts > leastTries && !c.FirstAttempt.IsZero() && now.Sub(c.FirstAttempt) > d.pace.GiveUp {
			return d.bury(ctx, c, e, reason)
		}
		return again
	case ChannelDead, WorkspaceDead:
		again.NotBefore, again.Refund, again.Stop, again.StopAll = now, true, reason, e.Class == WorkspaceDead
		return again
	case Credential:
		d.lose(ctx, c.Channel.Platform(), reason)
		again.NotBefore, again.Refund = now, true
		return again
	case Poison:
		return Settlement{State: StateFailed, Reason: reason, Plain: !c.Part.Plain()}
	}
	d.tell(ctx, c, Unknown, reason)
	return Settlement{State: StateFailed, Reason: reason, Plain: !c.Part.Plain()}
}

// tell gives notice of what befell a delivery; a notice that can't be delivered is not worth another. What befalls one
// delivery after the other in a channel is told once a day. That a channel is stopped stands in the outbox, for whoever
// tells it.
func (d *Dispatcher) tell(ctx context.Context, c Delivery, class Class, reason string) {
	if c.Alert.Notice {
		return
	}
	key := told{c.Channel, class}
	now := d.now()
	d.mu.Lock()
	last, before := d.told[key]
	quiet := before && now.Sub(last) < tellAgain
	if !quiet {
		d.told[key] = now
	}
	d.mu.Unlock()
	if !quiet {
		d.notify(ctx, Notice{c.Channel.Platform(), c.Channel, class, reason})
	}
}

// bury makes a dead letter of a delivery that could not be sent for too long; one that may have been posted is
// uncertain instead, since saying that it failed could be untrue.
func (d *Dispatcher) bury(ctx context.Context, c Delivery, e *SendError, reason string) Settlement {
	d.tell(ctx, c, e.Class, reason)
	if c.Uncertain || e.Class == Ambiguous {
		return Settlement{State: StateUncertain, Reason: reason}
	}
	return Settlement{State: StateFailed, Reason: reason}
}

func (d *Dispatcher) wait(e *SendError) time.Duration {
	if e.After > 0 {
		return e.After
	}
	return d.pace.Wait
}

// backoff doubles with each attempt, from Pace.Backoff to Pace.Longest.
func (d *Dispatcher) backoff(attempts int) time.Duration {
	wait := d.pace.Backoff
	for range attempts - 1 {
		if wait >= d.pace.Longest {
			break
		}
		wait *= 2
	}
	return min(wait, d.pace.Longest)
}

func (d *Dispatcher) pause(platform string, until time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if until.After(d.paused[platform]) {
		d.paused[platform] = until
	}
}

// lose stops a platform whose credential is refused, and tells once.
func (d *Dispatcher) lose(ctx context.Context, platform, reason string) {
	d.mu.Lock()
	_, known := d.dead[platform]
	d.dead[platform] = reason
	d.mu.Unlock()
	if !known {
		d.notify(ctx, Notice{Platform: platform, Class: Credential, Say: reason})
	}
}

// Dead returns the platforms whose credential was refused, and what they said: nothing is sent there until a restart.
func (d *Dispatcher) Dead() map[string]string {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := make(map[string]string, len(d.dead))
	for k, v := range d.dead {
		out[k] = v
	}
	return out
}

// asSendError takes an error that the adapter did not classify for ambiguous: the one class that neither loses nor
// doubles.
func asSendError(err error) *SendError {
	var e *SendError
	if errors.As(err, &e) {
		return e
	}
	return &SendError{Class: Ambiguous, Err: err}
}
