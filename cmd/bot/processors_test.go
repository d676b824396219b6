package main

import (
	"context"
	"math"
	"runtime/metrics"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// A wait is long from 4 ms on, in whatever steps Go counts.
func TestLongWaitsAreCounted(t *testing.T) {
	h := &metrics.Float64Histogram{Counts: []uint64{1, 10, 100, 1000}, Buckets: []float64{math.Inf(-1), 0, 1e-3, 4e-3, math.Inf(1)}}
	require.Equal(t, waits{all: 1111, long: 1000, seconds: 4.1}, waitsOf(h))
}

// Three looks in a row that find a queue, or more of such than of others, spread the work; 20 without gather it again.
func TestWorkIsSpreadWhileItQueues(t *testing.T) {
	var b breadth
	var now waits
	look := func(all, long uint64) bool {
		now.all, now.long = now.all+all, now.long+long
		return b.after(now)
	}
	for range 50 {
		require.False(t, look(80, 10), "a batch is recorded")
		require.False(t, look(80, 9), "too few wait")
		require.False(t, look(0, 0), "nobody does")
	}
	require.False(t, look(80, 80))
	require.False(t, look(80, 80))
	require.True(t, look(80, 80))
	for range calmLooks - 1 {
		require.True(t, look(1000, 1))
	}
	require.True(t, look(8, 1), "a queue again")
	require.True(t, look(1000, 1))
	require.False(t, look(1000, 1))
}

// Two looks with a crowd spread the work, or one with twice as large a one; a batch that keeps many waiting in one look does not.
func TestACrowdIsGivenProcessorsAtOnce(t *testing.T) {
	var b breadth
	var now waits
	look := func(waiting float64) bool {
		now.all, now.seconds = now.all+1000, now.seconds+waiting*lookEvery.Seconds()/oneIn
		return b.after(now)
	}
	for range 10 {
		require.False(t, look(crowd), "a batch is recorded")
		require.False(t, look(crowd-1))
		require.False(t, look(0))
	}
	require.False(t, look(crowd+1))
	require.True(t, look(crowd+1))
	for range calmLooks - 1 {
		require.True(t, look(0))
	}
	require.False(t, look(0))
	require.True(t, look(3*crowd))
}

// One processor does from the first look on, more are had while there is a queue, and all in the end.
func TestProcessorsFollowTheWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, end := context.WithCancel(t.Context())
		var now waits
		var long atomic.Uint64 // of the eight that wait at each look
		said := make(chan bool, 5)
		go follow(ctx, func() waits {
			now.all, now.long = now.all+8, now.long+long.Load()
			return now
		}, func(wide bool) { said <- wide })
		pass := func(looks int) {
			<-time.After(time.Duration(looks)*lookEvery + lookEvery/2) // by the bubble's clock
			synctest.Wait()
			require.Len(t, said, 1)
		}
		pass(10)
		require.False(t, <-said)
		long.Store(8)
		pass(busyLooks)
		require.True(t, <-said)
		long.Store(0)
		pass(calmLooks)
		require.False(t, <-said)
		end()
		require.True(t, <-said)
		synctest.Wait()
		require.Empty(t, said)
	})
}

// Whoever started the process has the last word.
func TestASetNumberOfProcessorsStays(t *testing.T) {
	followWork(t.Context(), func(key string) (string, bool) { return "2", key == "GOMAXPROCS" }) // it would not return
}
