package main

import (
	"context"
	"math"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"time"
)

// leastHeap is what Go's memory may come to before garbage is collected more often, in bytes. With the program itself and
// what SQLite keeps, a bot that reads bodies made to break it stays below 256 MiB (make bench-bombs).
const leastHeap = 192 << 20

// A ceiling says how far the heap may grow before collecting garbage has precedence over computing: far enough that what
// lives for long, such as a hundred thousand watches, has its usual room, and no further for what is only passing.
type ceiling struct {
	lives []uint64 // bytes that were in use at the last collection, newest last, as seen once a second
}

// seconds is how long something lives at least that has room of its own.
const seconds = 10

// after returns the ceiling once so many bytes were seen in use.
func (c *ceiling) after(live uint64) int64 {
	c.lives = append(c.lives[max(0, len(c.lives)+1-seconds):], live)
	if len(c.lives) < seconds {
		return leastHeap
	}
	return max(leastHeap, 2*int64(min(slices.Min(c.lives), math.MaxInt64/4)))
}

// holdDown keeps the process small until ctx ends, unless whoever started it set Go's limit (GOMEMLIMIT).
// https://go.dev/doc/gc-guide#Memory_limit
func holdDown(ctx context.Context) {
	if debug.SetMemoryLimit(-1) != math.MaxInt64 {
		return
	}
	var c ceiling
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	clock := time.NewTicker(time.Second)
	defer clock.Stop()
	for {
		metrics.Read(sample)
		debug.SetMemoryLimit(c.after(sample[0].Value.Uint64()))
		select {
		case <-clock.C:
		case <-ctx.Done():
			debug.SetMemoryLimit(math.MaxInt64)
			return
		}
	}
}
