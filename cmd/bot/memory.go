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
	// large as what it needs: so so many bytes are waited for at most. A seventh of what is in use is always waited for, so
	// that computing does not go into collecting alone.
	mostGarbage  = 6 << 20
	leastPercent = 15
	mostPercent  = 100

	// leastHeap is what Go's memory may come to before garbage is collected more often, in bytes. With the program itself and
	// what SQLite keeps, a bot that reads bodies made to break it stays below 256 MiB (make bench-bombs).
	leastHeap = 192 << 20

	// Beside what is in use, its garbage, stacks and what the runtime needs, the limit leaves so many bytes free. Go gives back
	// what is over 95 % of it.
	mostFree = 2 << 20
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

// bytes is where the ceiling is, while so many bytes are neither of the heap's objects nor free.
func (c *ceiling) bytes(beside uint64) uint64 {
	if len(c.lives) < seconds {
		return leastHeap
	}
	return max(leastHeap, 2*min(slices.Min(c.lives), math.MaxInt64/4)+beside)
}

// A keeper renews the two settings.
type keeper struct {
	percents, limits bool // whether they are ours to set
	percent          int
	limit            int64
	ceiling          ceiling
	sample           []metrics.Sample
	collected        chan struct{}
}

// keepSmall keeps the process small until ctx ends or what it returns is called, which waits for the end. Where whoever started
// the process set Go's percentage (GOGC) or limit (GOMEMLIMIT), that stays. There is one at a time.
func keepSmall(ctx context.Context) (end func()) {
	k := newKeeper()
	clock := time.NewTicker(time.Second)
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer clock.Stop()
		k.keep(ctx, clock.C)
	}()
	return func() {
		cancel()
		<-ended
	}
}

func newKeeper() *keeper {
	k := &keeper{limit: debug.SetMemoryLimit(-1), collected: make(chan struct{}, 1)}
	for _, name := range []string{
		"/gc/heap/live:bytes", "/gc/gogc:percent", "/memory/classes/total:bytes", "/memory/classes/heap/released:bytes",
		"/memory/classes/heap/objects:bytes", "/memory/classes/heap/free:bytes",
	} {
		k.sample = append(k.sample, metrics.Sample{Name: name})
	}
	metrics.Read(k.sample)
	k.percent = int(min(k.sample[1].Value.Uint64(), math.MaxInt32)) // GOGC=off is the largest number
	k.percents, k.limits = k.percent == mostPercent, k.limit == math.MaxInt64
	return k
}

// keep renews the settings after each collection until ctx ends, and leaves them as they were. The ceiling goes by a clock that ticks
// once a second.
func (k *keeper) keep(ctx context.Context, clock <-chan time.Time) {
	k.wait()
	for {
		k.look()
		select {
		case <-k.collected:
			k.wait()
		case <-clock:
			k.ceiling.see(k.live())
		case <-ctx.Done():
			k.leave()
			return
		}
	}
}

// A cycle is garbage at once: what is to be done after a collection is done when it is freed.
type cycle struct{ collected chan struct{} }

// wait has the next collection told, some moments after it. A finalizer tells it, not a cleanup: those that wait at a processor
// are kept until there are as many of them again where followWork takes it away (runtime.cleanupQueue of Go 1.26).
func (k *keeper) wait() {
	runtime.SetFinalizer(&cycle{k.collected}, func(c *cycle) {
		select {
		case c.collected <- struct{}{}:
		default:
		}
	})
}

func (k *keeper) live() uint64 {
	metrics.Read(k.sample)
	return k.sample[0].Value.Uint64()
}

// look sets what is to be set.
func (k *keeper) look() {
	live := k.live()
	of := func(i int) uint64 { return k.sample[i].Value.Uint64() }
	beside := of(2) - of(3) - of(4) - of(5)
	limit := int64(k.ceiling.bytes(beside)) //nolint:gosec // below MaxInt64
	if k.percents {
		limit = min(limit, limitOf(live, beside))
		if percent := percentOf(live); percent != k.percent {
			debug.SetGCPercent(percent)
			k.percent = percent
		}
	}
	if k.limits && limit != k.limit {
		debug.SetMemoryLimit(limit)
		k.limit = limit
	}
}

// limitOf is what Go's memory may come to, where so many bytes are in use, and so many more are neither of the heap's objects
// nor free. It is in whole MiB: to set it stops the world for a moment.
func limitOf(live, beside uint64) int64 {
	garbage := live / 100 * uint64(percentOf(live)) //nolint:gosec // at least leastPercent
	return int64(min(live+garbage+beside+mostFree, math.MaxInt64) >> 20 << 20)
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
