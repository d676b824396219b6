package main

import (
	"context"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Garbage is as much as what is in use up to 16 MiB, and never less than a fourth of it.
func TestThePercentOfWhatIsInUse(t *testing.T) {
	const MiB = 1 << 20
	for live, percent := range map[uint64]int{0: 100, 4 * MiB: 100, 16 * MiB: 100, 32 * MiB: 50, 60 * MiB: 26, 64 * MiB: 25, 400 * MiB: 25, 1 << 62: 25} {
		require.Equal(t, percent, percentOf(live), "%d MiB", live/MiB)
	}
}

// After a collection the percentage is that of what is in use, as often as that changes; what was set stays.
func TestTheCollectorFollowsWhatIsInUse(t *testing.T) {
	original := debug.SetGCPercent(mostPercent)
	defer debug.SetGCPercent(original)
	now := func() int { // only read: to set it and set it back could undo what the collector sets in between
		sample := []metrics.Sample{{Name: "/gc/gogc:percent"}}
		metrics.Read(sample)
		return int(sample[0].Value.Uint64())
	}
	eventually := func(want int) {
		t.Helper()
		require.Eventually(t, func() bool { runtime.GC(); return now() == want }, 10*time.Second, time.Millisecond)
	}
	ctx, end := context.WithCancel(t.Context())
	defer end()
	collectOften(ctx)
	names := make([]byte, 256<<20)
	eventually(leastPercent)
	runtime.KeepAlive(names)
	end()
	eventually(mostPercent)

	debug.SetGCPercent(70)
	collectOften(t.Context())
	require.Equal(t, 70, now(), "whoever started the process set it")
}
