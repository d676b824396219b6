package discord

import (
	"context"
	"maps"
	"strconv"
	"time"
)

const (
	// pausedKey holds until when the vendor forbids every call, in milliseconds of Unix: a restart does not end a wait.
	pausedKey = "discord.paused"
	// recallEvery is how often what other processes were told is read.
	recallEvery = time.Second
	memoryTime  = 5 * time.Second // bounds reading and writing the memory
)

// recall takes over the wait that this process before its restart, or another one, was told. A memory that fails holds
// nothing up, and one that stalls no more than it must: calls that come meanwhile wait for the same answer, each as long as
// it may.
func (l *limiter) recall(ctx context.Context, r route) {
	if l.memory == nil || r.free() || !l.old() {
		return
	}
	read := l.reading.DoChan(pausedKey, func() (any, error) {
		l.reread(context.WithoutCancel(ctx))
		return nil, nil
	})
	select {
	case <-read:
	case <-ctx.Done():
	}
}

// old tells whether the memory may hold what this process does not know.
func (l *limiter) old() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.recalled.IsZero() || l.replicas() > 1 && l.now().Sub(l.recalled) >= recallEvery
}

func (l *limiter) reread(ctx context.Context) {
	now := l.now()
	ctx, cancel := context.WithTimeout(ctx, memoryTime)
	defer cancel()
	kept, err := l.memory.Meta(ctx, pausedKey)
	if err != nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.recalled = now
	if ms, err := strconv.ParseInt(kept, 10, 64); err == nil {
		if until := time.UnixMilli(ms); until.Sub(now) <= retryMost { // else the clock was wrong
			l.paused = later(l.paused, until)
		}
	}
}

// routeKey is under which until when a route's calls for one channel are forbidden is kept. Who has the channel's lease
// writes it, and nobody else at that time.
func routeKey(r route) string { return pausedKey + " " + r.template + " " + r.major }

// recallRoute is recall for the wait of one route in one channel.
func (l *limiter) recallRoute(ctx context.Context, r route) {
	if l.memory == nil || r.major == "" || r.free() {
		return
	}
	l.mu.Lock()
	now := l.now()
	last, known := l.asked[r]
	if known && (l.replicas() <= 1 || now.Sub(last) < recallEvery) {
		l.mu.Unlock()
		return
	}
	if len(l.asked) >= bucketsKept {
		l.asked = map[route]time.Time{}
	}
	l.asked[r] = now
	l.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, memoryTime)
	defer cancel()
	kept, err := l.memory.Meta(ctx, routeKey(r))
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil {
		delete(l.asked, r) // the next call asks again
		return
	}
	if ms, err := strconv.ParseInt(kept, 10, 64); err == nil {
		if until := time.UnixMilli(ms); until.After(now) && until.Sub(now) <= retryMost {
			maps.DeleteFunc(l.waits, func(_ route, t time.Time) bool { return !t.After(now) })
			l.waits[r] = until
		}
	}
}

// keepRoute remembers a wait of one route in one channel.
func (l *limiter) keepRoute(ctx context.Context, r route, after time.Duration) {
	if r.major != "" && !r.free() {
		l.write(ctx, routeKey(r), l.now().Add(after+slack))
	}
}

// keep remembers a wait of all calls.
func (l *limiter) keep(ctx context.Context) {
	l.mu.Lock()
	until := l.paused
	l.mu.Unlock()
	l.write(ctx, pausedKey, until)
}

func (l *limiter) write(ctx context.Context, key string, until time.Time) {
	if l.memory == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), memoryTime)
	defer cancel()
	until = until.Add(time.Millisecond)
	_ = l.memory.KeepUntil(ctx, key, strconv.FormatInt(until.UnixMilli(), 10), until) // kept in this process all the same
}
