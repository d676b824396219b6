package main

import (
	"context"
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const mib = 1 << 20

// Garbage is as much as what is in use up to 6 MiB, and never less than a seventh of it.
func TestThePercentOfWhatIsInUse(t *testing.T) {
	for live, percent := range map[uint64]int{0: 100, 4 * mib: 100, 6 * mib: 100, 12 * mib: 50, 24 * mib: 25, 30 * mib: 20, 400 * mib: 15, 1 << 62: 15} {
		require.Equal(t, percent, percentOf(live), "%d MiB", live/mib)
	}
}

// What lives for ten seconds has twice its size; what comes and goes has the least ceiling.
func TestTheCeilingIsOverWhatLives(t *testing.T) {
	var c ceiling
	after := func(live uint64) uint64 {
		c.see(live)
		return c.bytes(0)
	}
	for range seconds - 1 {
		require.EqualValues(t, leastHeap, after(400*mib), "it may be passing")
	}
	require.EqualValues(t, 800*mib, after(400*mib))
	require.EqualValues(t, 800*mib, after(500*mib))
	require.EqualValues(t, leastHeap, after(30*mib), "most of it is gone")
	for range seconds - 1 {
		require.EqualValues(t, leastHeap, after(400*mib))
	}
	require.EqualValues(t, 800*mib, after(400*mib))
	require.Len(t, c.lives, seconds)
	require.EqualValues(t, 900*mib, c.bytes(100*mib), "what is lost between its pieces")
}

// The limit leaves room for what is in use, its garbage and a little more.
func TestTheLimitIsCloseAboveWhatIsInUse(t *testing.T) {
	require.EqualValues(t, (40+6+8+2)*mib, limitOf(40*mib+mib/2, 8*mib), "whole MiB")
	require.EqualValues(t, (400+60+8+2)*mib, limitOf(400*mib, 8*mib))
	require.Positive(t, limitOf(1<<62, 8*mib))
}

// settings are what Go's collector goes by now. They are only read: to set the percentage and set it back could undo what is
// set in between.
func settings() (percent int, limit int64) {
	sample := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	metrics.Read(sample)
	return int(sample[0].Value.Uint64()), debug.SetMemoryLimit(-1)
}

// After a collection, and by nothing else, the settings are those of what is in use, as often as that changes and however many
// processors there are meanwhile; in the end they are as they were.
func TestTheKeeperFollowsWhatIsInUse(t *testing.T) {
	unset(t)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	eventually := func(what string, holds func(percent int, limit int64) bool) {
		t.Helper()
		require.Eventually(t, func() bool { runtime.GC(); return holds(settings()) }, 20*time.Second, time.Millisecond, what)
	}
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan struct{})
	k := newKeeper()
	clock := time.NewTicker(time.Second) // as in life; without one, of some hundred runs, one stood still in GOMAXPROCS behind a collection that nothing woke
	defer clock.Stop()
	go func() { k.keep(ctx, clock.C); close(ended) }()
	for range 20 {
		names := make([]byte, 150*mib)
		eventually("much in use", func(percent int, limit int64) bool {
			return percent == leastPercent && limit > 150*mib && limit <= leastHeap
		})
		runtime.KeepAlive(names)
		runtime.GOMAXPROCS(1)
		eventually("little in use", func(percent int, limit int64) bool { return percent > leastPercent && limit < 100*mib })
		runtime.GOMAXPROCS(4)
	}
	end()
	<-ended
	percent, limit := settings()
	require.Equal(t, mostPercent, percent)
	require.EqualValues(t, math.MaxInt64, limit)
}

// unset takes both settings away until the test ends.
func unset(t *testing.T) {
	t.Helper()
	percent, limit := debug.SetGCPercent(mostPercent), debug.SetMemoryLimit(math.MaxInt64)
	t.Cleanup(func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	})
}

// What whoever started the process has set stays, and is not undone by the other setting.
func TestTheKeeperLeavesWhatWasSet(t *testing.T) {
	for name, c := range map[string]struct {
		percent      int
		limit        int64
		kept, topped bool // the percentage stays; the limit is the ceiling alone
	}{
		"GOGC":       {400, math.MaxInt64, true, true},
		"GOGC=off":   {-1, math.MaxInt64, true, true},
		"GOMEMLIMIT": {mostPercent, 900 * mib, false, false},
		"both":       {70, 900 * mib, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			unset(t)
			names := make([]byte, 40*mib)
			debug.SetGCPercent(c.percent)
			debug.SetMemoryLimit(c.limit)
			before, _ := settings()
			runtime.GC()
			k := newKeeper()
			k.look()
			percent, limit := settings()
			require.Equal(t, c.kept, percent == before)
			if c.topped {
				require.EqualValues(t, leastHeap, limit)
			} else {
				require.EqualValues(t, c.limit, limit)
			}
			k.leave()
			percent, limit = settings()
			require.Equal(t, before, percent)
			require.Equal(t, c.limit, limit)
			runtime.KeepAlive(names)
		})
	}
}
