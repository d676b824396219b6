package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What lives for ten seconds has twice its size; what comes and goes has the least ceiling.
func TestTheCeilingIsOverWhatLives(t *testing.T) {
	const MiB = 1 << 20
	var c ceiling
	for range seconds - 1 {
		require.EqualValues(t, leastHeap, c.after(400*MiB), "it may be passing")
	}
	require.EqualValues(t, 800*MiB, c.after(400*MiB))
	require.EqualValues(t, 800*MiB, c.after(500*MiB))
	require.EqualValues(t, leastHeap, c.after(30*MiB), "most of it is gone")
	for range seconds - 1 {
		require.EqualValues(t, leastHeap, c.after(400*MiB))
	}
	require.EqualValues(t, 800*MiB, c.after(400*MiB))
	require.Len(t, c.lives, seconds)
}
