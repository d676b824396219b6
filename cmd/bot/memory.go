package main

import (
	"context"
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"time"
)

// A bot is kept small by two settings of Go's collector, which are renewed after each collection, when it is known what is
// in use: how much garbage is waited for, and how much memory the process may take. https://go.dev/doc/gc-guide
const (
	// Go waits until garbage is as much as what is in use. With a hundred thousand names in memory a bot would be twice as
	// large as what it needs: so so many bytes are waited for at most. A fifth of what is in use is always waited for, so
	// that computing does not go into collecting alone.
	mostGarbage  = 6 << 20
	leastPercent = 20
	mostPercent  = 100

	// leastHeap is what Go's memory may come to before garbage is collected more often, in bytes. With the program itself and
	// what SQLite keeps, a bot that reads bodies made to break it stays below 256 MiB (make bench-bombs).
	leastHeap = 192 << 20

	// Beside what is in use, its garbage, stacks and what the runtime needs, Go keeps so many bytes that are free, and gives back
	// the others at once.
	mostFree = 8 << 20
)

// percentOf is the garbage that is waited for, in percent of what is in use, where that is so many bytes.
func percentOf(live uint64) int {
	return int(min(mostPercent, max(leastPercent, 100*mostGarbage/max(live, 1))))
}

// A ceiling says how far the heap may grow before collecting garbage has precedence over computing: far enough that what
// lives for long, such as a hundred thousand watches, has its usual room, and no further for what is only passing.
type ceiling struct {
	lives []uint64 // bytes that were in use at the last collection, newest last, as seen once a second
}

// seconds is how long something lives at least that has room of its own.
const seconds = 10

// see takes down that so many bytes were in use, a second after the time before.
func (c *ceiling) see(live uint64) {
	c.lives = append(c.lives[max(0, len(c.lives)+1-seconds):], live)
}

// bytes is where the ceiling is.
func (c *ceiling) bytes() uint64 {
	if len(c.lives) < seconds {
		return leastHeap
	}
	return max(leastHeap, 2*min(slices.Min(c.lives), math.MaxInt64/4))
}

// limitOf is what Go's memory may come to, where so many bytes are in use, and so many more are neither of the heap's objects
// nor free.
func limitOf(live, beside uint64, c *ceiling) int64 {
	garbage := live / 100 * uint64(percentOf(live))          //nolint:gosec // at least leastPercent
	most := (live + garbage + beside + mostFree) >> 20 << 20 // to set it stops the world for a moment: not for some bytes
	return int64(min(most, c.bytes()))                       //nolint:gosec // a ceiling is below MaxInt64
}

// A keeper renews the two settings.
type keeper struct {
	percents, limits bool // whether they are ours to set
	percent          int
	limit            int64
	ceiling          ceiling
	sample           []metrics.Sample
	collections      uint64
	collected        chan struct{}
}

// keepSmall keeps the process small until ctx ends, unless whoever started it set Go's percentage (GOGC) or limit (GOMEMLIMIT): that
// stays.
func keepSmall(ctx context.Context) {
	k := newKeeper()
	clock := time.NewTicker(time.Second)
	defer clock.Stop()
	k.wait()
	for {
		select {
		case <-k.collected:
			k.wait()
		case <-clock.C:
			k.tick()
		case <-ctx.Done():
			k.leave()
			return
		}
		k.look()
	}
}

func newKeeper() *keeper {
	k := &keeper{percent: debug.SetGCPercent(mostPercent), limit: debug.SetMemoryLimit(-1), collected: make(chan struct{}, 1)}
	if k.percents = k.percent == mostPercent; !k.percents {
		debug.SetGCPercent(k.percent)
	}
	k.limits = k.limit == math.MaxInt64
	for _, name := range []string{
		"/gc/heap/live:bytes", "/gc/cycles/total:gc-cycles", "/memory/classes/total:bytes", "/memory/classes/heap/released:bytes",
		"/memory/classes/heap/objects:bytes", "/memory/classes/heap/free:bytes",
	} {
		k.sample = append(k.sample, metrics.Sample{Name: name})
	}
	return k
}

// A cycle is garbage at once: what is to be done after a collection is done when it is freed.
type cycle struct{ _ [4]*byte }

// wait has the next collection told, some moments after it.
func (k *keeper) wait() {
	runtime.AddCleanup(&cycle{}, func(collected chan struct{}) {
		select {
		case collected <- struct{}{}:
		default:
		}
	}, k.collected)
}

// tick is for once a second. Where work was spread over fewer processors meanwhile, a collection can be one that Go tells
// only when there are more of them again: see followWork.
func (k *keeper) tick() {
	before := k.collections
	k.read()
	k.ceiling.see(k.sample[0].Value.Uint64())
	if k.collections > before+1 {
		k.wait()
	}
}

func (k *keeper) read() {
	metrics.Read(k.sample)
	k.collections = k.sample[1].Value.Uint64()
}

// look sets what is to be set.
func (k *keeper) look() {
	k.read()
	of := func(i int) uint64 { return k.sample[i].Value.Uint64() }
	live := of(0)
	if percent := percentOf(live); k.percents && percent != k.percent {
		debug.SetGCPercent(percent)
		k.percent = percent
	}
	if limit := limitOf(live, of(2)-of(3)-of(4)-of(5), &k.ceiling); k.limits && limit != k.limit {
		debug.SetMemoryLimit(limit)
		k.limit = limit
	}
}

// leave sets all as it was.
func (k *keeper) leave() {
	if k.percents {
		debug.SetGCPercent(mostPercent)
	}
	if k.limits {
		debug.SetMemoryLimit(math.MaxInt64)
	}
}
