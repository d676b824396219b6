package discord

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
	"golang.org/x/time/rate"
)

// The vendor's limits, and how far below them we stay.
// https://discord.com/developers/docs/topics/rate-limits
const (
	globalPerSecond = 45                     // of 50; the burst makes up the rest
	globalBurst     = 5                      // so that no second ever holds more than 50
	invalidMost     = 1000                   // of the 10,000 refused calls in invalidWindow that make Cloudflare ban the address
	invalidWindow   = 10 * time.Minute       //
	retryDefault    = 60 * time.Second       // where a 429 does not say, or says nonsense
	retryMost       = 24 * time.Hour         // of what a 429 says
	blockedFor      = 10 * time.Minute       // where Cloudflare turns the address away and does not say for how long
	patience        = 10 * time.Second       // a longer wait is handed to the caller
	leastCall       = 3 * time.Second        // what a wait leaves of the context's life: a call that is cut off is in doubt
	bucketsKept     = 1024                   // then those that are over are forgotten
	slack           = 5 * time.Millisecond   // added to each reset: the vendor's clock starts before the answer arrives
	breakerLeast    = 100 * time.Millisecond // between looks at an open breaker
)

// errTokenRefused is what every call gets once the vendor refused the token: nothing more is sent.
var errTokenRefused = errors.New("the bot token was refused; nothing more is sent")

// A limitError says that a call was not accepted, or not even made, because it is not its time.
type limitError struct {
	after  time.Duration
	global bool
	why    string
}

func (e *limitError) Error() string {
	return fmt.Sprintf("%s: try again in %s", e.why, e.after.Round(time.Millisecond))
}

// A limiter knows when the next call may be made. It learns from the headers of each answer.
type limiter struct {
	now      func() time.Time
	replicas func() int // that share the global limit and, behind one address, the limit of refused calls
	memory   Memory     // keeps the wait of all calls over restarts; nil does not
	reading  singleflight.Group

	mu       sync.Mutex
	global   *rate.Limiter
	paused   time.Time           // the whole platform, until then
	recalled time.Time           // when the memory was last read
	asked    map[route]time.Time // when the memory was last read for the route
	waits    map[route]time.Time // until when a route is forbidden, as far as that was recalled
	hashes   map[string]string   // route without ids -> X-RateLimit-Bucket
	buckets  map[string]*bucket  // hash (or route) and top-level id
	invalid  []time.Time         // refused calls within invalidWindow, oldest first
	refused  bool                // the token
}

// A bucket is what is left of one of the vendor's windows.
type bucket struct {
	remaining int
	reset     time.Time // remaining holds until then
	blocked   time.Time // no call until then, whatever remains
}

func newLimiter(now func() time.Time) *limiter {
	return &limiter{
		now: now, replicas: func() int { return 1 }, global: rate.NewLimiter(globalPerSecond, globalBurst),
		hashes: map[string]string{}, buckets: map[string]*bucket{}, asked: map[route]time.Time{}, waits: map[route]time.Time{},
	}
}

// admit waits until a call on r may be made. It returns ctx's error as soon as ctx ends, and a *limitError at once if the
// wait is longer than patience or leaves too little of ctx's life for the call.
func (l *limiter) admit(ctx context.Context, r route) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		wait, err := l.reserve(r)
		if err != nil || wait == nil {
			return err
		}
		if deadline, ok := ctx.Deadline(); wait.after > patience || ok && time.Until(deadline) < wait.after+leastCall {
			return wait
		}
		if !pause(ctx, wait.after) {
			return ctx.Err()
		}
	}
}

// reserve takes a place for one call on r, or says how long to wait for one; an error is for good.
func (l *limiter) reserve(r route) (*limitError, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if l.refused {
		return nil, errTokenRefused
	}
	if wait := l.breaker(now); wait > 0 {
		return nil, &limitError{wait, true, "too many refused calls, the breaker is open"}
	}
	const why = "the platform's rate limit"
	if wait := l.paused.Sub(now); wait > 0 && !r.free() {
		return &limitError{wait, true, why}, nil
	}
	if wait := l.waits[r].Sub(now); wait > 0 {
		return &limitError{wait, false, why}, nil
	}
	b := l.buckets[l.key(r)]
	if b != nil {
		if wait := b.blocked.Sub(now); wait > 0 {
			return &limitError{wait, false, why}, nil
		}
		if wait := b.reset.Sub(now); wait > 0 && b.remaining <= 0 {
			return &limitError{wait, false, why}, nil
		}
	}
	if !r.free() {
		l.share(now)
		place := l.global.ReserveN(now, 1)
		if wait := place.DelayFrom(now); wait > 0 {
			place.CancelAt(now)
			return &limitError{wait, false, "our own pace"}, nil
		}
	}
	if b != nil && b.reset.After(now) {
		b.remaining--
	}
	return nil, nil
}

// share takes this replica's part of the global limit: together they stay below the vendor's.
func (l *limiter) share(now time.Time) {
	n := max(l.replicas(), 1)
	if most := rate.Limit(globalPerSecond) / rate.Limit(n); l.global.Limit() != most {
		l.global.SetLimitAt(now, most)
		l.global.SetBurstAt(now, max(globalBurst/n, 1))
	}
}

// breaker says how long the breaker for refused calls stays open; 0 is closed.
func (l *limiter) breaker(now time.Time) time.Duration {
	for len(l.invalid) > 0 && now.Sub(l.invalid[0]) >= invalidWindow {
		l.invalid = l.invalid[1:]
	}
	if len(l.invalid) < invalidMost/max(l.replicas(), 1) {
		return 0
	}
	return max(invalidWindow-now.Sub(l.invalid[0]), breakerLeast)
}

// learn takes in what an answer says about limits. For one that asks to wait it returns the *limitError to give to the caller.
func (l *limiter) learn(r route, a answer) *limitError {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if a.bucket != "" {
		l.hashes[r.template] = a.bucket
	}
	if a.status == 401 && !r.free() {
		l.refused = true
	}
	if a.status == 401 || a.status == 403 || a.status == 429 && !a.shared {
		l.invalid = append(l.invalid, now)
	}
	if a.remaining >= 0 {
		b := l.bucket(r, now)
		if b.reset.After(now) {
			b.remaining = min(b.remaining, a.remaining) // the same window: answers may overtake one another
		} else {
			b.remaining, b.reset = a.remaining, now.Add(a.resetAfter+slack)
		}
	}
	if !a.limited {
		return nil
	}
	until := now.Add(a.retryAfter + slack)
	if a.global {
		l.paused = later(l.paused, until)
	} else {
		b := l.bucket(r, now)
		b.blocked = later(b.blocked, until)
	}
	return &limitError{a.retryAfter, a.global, "rate limited by the platform"}
}

func (l *limiter) bucket(r route, now time.Time) *bucket {
	key := l.key(r)
	b := l.buckets[key]
	if b == nil {
		if len(l.buckets) >= bucketsKept {
			for k, old := range l.buckets {
				if old.reset.Before(now) && old.blocked.Before(now) {
					delete(l.buckets, k)
				}
			}
		}
		b = &bucket{}
		l.buckets[key] = b
	}
	return b
}

func (l *limiter) key(r route) string {
	if hash := l.hashes[r.template]; hash != "" {
		return hash + " " + r.major
	}
	return r.template + " " + r.major
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// A route is a call as the vendor counts it: the path without ids, and the id of the channel, guild or webhook.
type route struct{ template, major string }

// routeOf reads a route from a method and a path such as /api/v10/channels/1/messages/2.
func routeOf(method, path string) route {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	if len(parts) >= 2 && parts[0] == "api" {
		parts = parts[2:]
	}
	r := route{}
	if len(parts) >= 2 {
		switch parts[0] {
		case "channels", "guilds":
			r.major = parts[1]
		case "webhooks", "interactions":
			r.major = strings.Join(parts[1:min(3, len(parts))], "/")
			parts = append([]string{parts[0], "{id}", "{token}"}, parts[min(3, len(parts)):]...)
		}
	}
	for i, p := range parts {
		if p != "" && strings.Trim(p, "0123456789") == "" {
			parts[i] = "{id}"
		}
	}
	r.template = method + " " + strings.Join(parts, "/")
	return r
}

// free tells whether the route is authorised by its own token: a 401 there is not about the bot's token, and answers to
// interactions do not count against the global limit.
// https://discord.com/developers/docs/interactions/receiving-and-responding#endpoints
func (r route) free() bool {
	return strings.Contains(r.template, " interactions/") || strings.Contains(r.template, " webhooks/")
}
