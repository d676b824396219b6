package main

import (
	"context"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// Collecting waits until garbage is as much as what is in use, as Go does (GOGC=100), but no longer than for so many bytes:
// with a hundred thousand names in memory a bot would otherwise be twice as large as what it needs. A fourth of what is
// in use is always waited for, so that computing does not go into collecting alone.
const (
	mostGarbage  = 16 << 20
	leastPercent = 25
	mostPercent  = 100
)

// percentOf is the garbage that is waited for, in percent of what is in use, where that is so many bytes.
// https://go.dev/doc/gc-guide#GOGC
func percentOf(live uint64) int {
	return int(min(mostPercent, max(leastPercent, 100*mostGarbage/max(live, 1))))
}

// A collector sets Go's percentage after each collection, when it is known what is in use.
type collector struct {
	ctx    context.Context
	sample []metrics.Sample
	set    int
}

// collectOften keeps the garbage small until ctx ends, unless whoever started the process set Go's percentage (GOGC).
func collectOften(ctx context.Context) {
	before := debug.SetGCPercent(mostPercent)
	if before != mostPercent {
		debug.SetGCPercent(before)
		return
	}
	c := &collector{ctx: ctx, sample: []metrics.Sample{{Name: "/gc/heap/live:bytes"}}, set: mostPercent}
	c.wait()
}

// A cycle is garbage at once: what is to be done after a collection is done when it is freed.
type cycle struct{ _ [4]*byte }

func (c *collector) wait() { runtime.AddCleanup(&cycle{}, (*collector).collected, c) }

// collected is called once after each collection.
func (c *collector) collected() {
	percent := mostPercent
	if c.ctx.Err() == nil {
		metrics.Read(c.sample)
		percent = percentOf(c.sample[0].Value.Uint64())
		defer c.wait()
	}
	if percent != c.set {
		debug.SetGCPercent(percent)
		c.set = percent
	}
}
