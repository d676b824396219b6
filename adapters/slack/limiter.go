package slack

import (
	"context"
	"sync"
	"time"
)

// Pace are the gaps that Slack asks for between calls. Tests run them faster than life.
// https://docs.slack.dev/apis/web-api/rate-limits
type Pace struct {
	Channel   time.Duration // between two messages of a channel; 0 is a second, which Slack names
	Workspace time.Duration // between two messages of the workspace, in the long run; 0 is 200 ms: "several hundred a minute"
	Dial      time.Duration // between two Socket Mode connections, in the long run; 0 is 6 s
}

const (
	workspaceBurst = 20
	dialBurst      = 10
	// longestHold is how long a post is held back; a longer wait is the caller's.
	longestHold = 5 * time.Second
	// leastCall is what a wait leaves of the context's life for the call: one that is cut off is in doubt.
	leastCall = 3 * time.Second
	// defaultPause is for a refusal that does not say how long.
	defaultPause = time.Minute
	// suspicion is for how long a channel that was refused finds nothing out, unless a message of its own is accepted.
	suspicion = time.Hour
	// manyChannels is from when on the memory of channels is swept.
	manyChannels = 1024
)

func (p Pace) orLife() Pace {
	if p.Channel == 0 {
		p.Channel = time.Second
	}
	if p.Workspace == 0 {
		p.Workspace = 200 * time.Millisecond
	}
	if p.Dial == 0 {
		p.Dial = 6 * time.Second
	}
	return p
}

// A limiter keeps posts within Slack's limits, and obeys Retry-After.
//
// A refusal does not say whether the channel or the workspace was too fast. It stops its channel, and one call for another
// finds out, for whose end others wait: if that is accepted the refusal was the channel's own, and if another channel is refused
// before, all wait. Nothing else tells, but to hold up every channel for each that is refused. A channel that was refused the
// last time tells nothing when it is refused again, nor does it find out for others, so that many that are too fast hold up
// no other.
type limiter struct {
	pace     Pace
	now      func() time.Time
	replicas func() int // that share the workspace's pace

	mu     sync.Mutex
	next   map[string]time.Time // by channel: not before
	pauses map[string]time.Time // by channel: until when Slack forbids calls
	fast   map[string]time.Time // by channel that was refused and has had nothing accepted since: until when that counts
	all    time.Time            // until when Slack forbids every call
	doubt  time.Time            // until when a refusal of one channel may be meant for all
	probe  chan struct{}        // closed when the call that finds out is over; nil while there is none
	prober string               // its channel
	team   bucket
	dials  bucket
}

func newLimiter(p Pace, now func() time.Time, replicas func() int) *limiter {
	p = p.orLife()
	return &limiter{
		pace: p, now: now, replicas: replicas, next: map[string]time.Time{}, pauses: map[string]time.Time{}, fast: map[string]time.Time{},
		team: bucket{every: p.Workspace, burst: workspaceBurst}, dials: bucket{every: p.Dial, burst: dialBurst},
	}
}

// A bucket lets calls through at a rate, with a burst at first (the generic cell rate algorithm).
type bucket struct {
	every time.Duration
	burst int
	tat   time.Time // when the bucket will be full again
}

// at returns when the next call may go.
func (b *bucket) at(now time.Time) time.Time {
	t := b.tat.Add(-time.Duration(b.burst-1) * b.every)
	if t.Before(now) {
		return now
	}
	return t
}

// take uses up one call that goes at t.
func (b *bucket) take(t time.Time) {
	if b.tat.Before(t) {
		b.tat = t
	}
	b.tat = b.tat.Add(b.every)
}

// wait returns nil when it is the message's turn in the channel, an *alerts.SendError if it can't have one in time.
func (l *limiter) wait(ctx context.Context, channel string) error {
	if ctx.Err() != nil {
		return gaveUp(ctx)
	}
	l.mu.Lock()
	now := l.now()
	l.sweep(now)
	l.share()
	at := latest(l.team.at(now), l.next[channel], l.pauses[channel], l.all)
	delay := at.Sub(now)
	if deadline, ok := ctx.Deadline(); delay > longestHold || ok && delay > 0 && time.Until(deadline) < delay+leastCall {
		l.mu.Unlock()
		return noTime(delay)
	}
	giveBack := l.take(channel, at)
	l.mu.Unlock()
	if !sleep(ctx, delay) {
		giveBack()
		return gaveUp(ctx)
	}
	err := l.findOut(ctx, channel)
	if err != nil {
		giveBack()
	}
	return err
}

// take uses up the channel's and the workspace's place for a call that goes at that time. What it returns gives them back,
// for a call that is not made.
func (l *limiter) take(channel string, at time.Time) (giveBack func()) {
	before, after, every := l.next[channel], at.Add(l.pace.Channel), l.team.every
	l.next[channel] = after
	l.team.take(at)
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.team.tat = l.team.tat.Add(-every)
		if l.next[channel].Equal(after) { // else another waits behind it
			l.next[channel] = before
		}
	}
}

// findOut lets one call go while it is not known whether a refusal holds for all channels. Others wait for what it finds out.
func (l *limiter) findOut(ctx context.Context, channel string) error {
	patience := time.NewTimer(longestHold)
	defer patience.Stop()
	for {
		l.mu.Lock()
		now, probe, left := l.now(), l.probe, l.all.Sub(l.now())
		doubtful, fast := now.Before(l.doubt), now.Before(l.fast[channel])
		if left <= 0 && doubtful && probe == nil && !fast {
			l.probe, l.prober = make(chan struct{}), channel
		}
		l.mu.Unlock()
		switch {
		case left > 0:
			return noTime(left)
		case doubtful && fast:
			return noTime(time.Second)
		case !doubtful || probe == nil:
			return nil
		}
		select {
		case <-probe:
			if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < leastCall {
				return noTime(time.Second)
			}
		case <-patience.C:
			return noTime(time.Second)
		case <-ctx.Done():
			return gaveUp(ctx)
		}
	}
}

// share takes this process's part of the workspace's pace: together they stay within Slack's.
func (l *limiter) share() {
	n := max(l.replicas(), 1)
	l.team.every, l.team.burst = l.pace.Workspace*time.Duration(n), max(workspaceBurst/n, 1)
}

// done notes that a message's call is over, and whether the message was accepted. The gap to the next one begins here, since
// nobody knows how long the message was on its way: counted from the start, two messages could reach Slack closer together
// than they left.
func (l *limiter) done(channel string, accepted bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.probe != nil && l.prober == channel {
		close(l.probe)
		l.probe, l.prober = nil, ""
		if accepted {
			l.doubt = time.Time{}
		}
	}
	if accepted {
		delete(l.fast, channel)
	}
	l.next[channel] = latest(l.next[channel], l.now().Add(l.pace.Channel))
}

// dial waits until another connection may be opened.
func (l *limiter) dial(ctx context.Context) error {
	l.mu.Lock()
	now := l.now()
	at := l.dials.at(now)
	l.dials.take(at)
	l.mu.Unlock()
	if !sleep(ctx, at.Sub(now)) {
		return context.Cause(ctx)
	}
	return nil
}

// forbidden takes over until when the channel may not be called, as others were told, and returns how long that is.
func (l *limiter) forbidden(channel string, until time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if until.After(l.now()) {
		l.pauses[channel] = latest(l.pauses[channel], until)
	}
	return l.pauses[channel].Sub(l.now())
}

// refused notes that Slack asks for a pause after a call for the channel; all tells whether it holds for every channel.
func (l *limiter) refused(channel string, after time.Duration) (all bool) {
	if after <= 0 {
		after = defaultPause
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	until := now.Add(after)
	l.pauses[channel] = latest(l.pauses[channel], until)
	again := now.Before(l.fast[channel])
	l.fast[channel] = now.Add(suspicion)
	switch {
	case again:
	case now.Before(l.doubt):
		l.all, l.doubt = latest(l.all, until), time.Time{}
		return true
	default:
		l.doubt = until
	}
	return false
}

// sweep forgets what is over, so that the memory is bounded by what goes on.
func (l *limiter) sweep(now time.Time) {
	if len(l.next) < manyChannels && len(l.pauses) < manyChannels && len(l.fast) < manyChannels {
		return
	}
	for _, m := range []map[string]time.Time{l.next, l.pauses, l.fast} {
		for c, t := range m {
			if !t.After(now) {
				delete(m, c)
			}
		}
	}
}

func latest(times ...time.Time) time.Time {
	var last time.Time
	for _, t := range times {
		if t.After(last) {
			last = t
		}
	}
	return last
}

// sleep waits; it tells whether ctx was still alive at the end.
func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
