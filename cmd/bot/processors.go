package main

import (
	"context"
	"runtime"
	"runtime/metrics"
	"time"
)

// A bot mostly waits: for sites, for chats, for its clock. With several processors Go wakes another thread for nearly every
// answer that comes in, to look for work that is not there: a fifth of what a quiet round computes (make bench-refresh).
// So the bot has one processor while nothing queues for it, and all of them where something does.
const (
	lookEvery = 100 * time.Millisecond
	longWait  = 4e-3 // seconds that a goroutine could have run and did not: more than others' short turns
	someWait  = 8    // one in so many of those that wait for long is a queue
	busyLooks = 3    // a queue at so many looks is more than a batch being recorded
	calmLooks = 20   // looks without a queue, after which one processor will do again

	// So many that wait, on average over two looks, are more than a batch keeps waiting, and are given more processors at
	// once: where hundreds of sites are asked together, each look on one processor is lost.
	crowd = 96
	oneIn = 8 // Go counts one wait in so many: gTrackingPeriod in its runtime
)

// waits is how many goroutines were seen to wait for a processor since the process began, how many of them for long, and for
// how many seconds at least they all waited together.
type waits struct {
	all, long uint64
	seconds   float64
}

func waitsOf(h *metrics.Float64Histogram) (w waits) {
	for i, n := range h.Counts {
		w.all += n
		w.seconds += float64(n) * max(h.Buckets[i], 0)
		if h.Buckets[i] >= longWait {
			w.long += n
		}
	}
	return w
}

// A breadth decides whether the work is spread over all processors.
type breadth struct {
	seen    waits
	waiting float64 // on average, since the look before
	queue   int     // looks with a queue less those without, 0 to calmLooks
	wide    bool
}

// after tells whether the work is to be spread, once so many have waited.
func (b *breadth) after(now waits) bool {
	all, long := now.all-b.seen.all, now.long-b.seen.long
	waiting := oneIn * (now.seconds - b.seen.seconds) / lookEvery.Seconds()
	crowded := waiting+b.waiting >= 2*crowd
	b.seen, b.waiting = now, waiting
	if long > 0 && long*someWait >= all {
		b.queue = min(b.queue+1, calmLooks)
	} else {
		b.queue = max(b.queue-1, 0)
	}
	switch {
	case crowded || !b.wide && b.queue >= busyLooks:
		b.wide, b.queue = true, calmLooks
	case b.queue == 0:
		b.wide = false
	}
	return b.wide
}

// followWork spreads the process's work as it needs it until ctx ends, unless whoever started the process set Go's number
// of processors (GOMAXPROCS).
func followWork(ctx context.Context, env func(string) (string, bool)) {
	if _, set := env("GOMAXPROCS"); set {
		return
	}
	sample := []metrics.Sample{{Name: "/sched/latencies:seconds"}}
	look := func() waits {
		metrics.Read(sample)
		return waitsOf(sample[0].Value.Float64Histogram())
	}
	follow(ctx, look, func(wide bool) {
		if wide {
			runtime.SetDefaultGOMAXPROCS()
		} else {
			runtime.GOMAXPROCS(1)
		}
	})
}

// follow calls spread whenever what it decides by looking changes. Spread it is before and after.
func follow(ctx context.Context, look func() waits, spread func(wide bool)) {
	clock := time.NewTicker(lookEvery)
	defer clock.Stop()
	var b breadth
	before := true
	for {
		if wide := b.after(look()); wide != before {
			spread(wide)
			before = wide
		}
		select {
		case <-clock.C:
		case <-ctx.Done():
			if !before {
				spread(true)
			}
			return
		}
	}
}
