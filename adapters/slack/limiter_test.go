package slack

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// TestPace: a channel gets a message a second, the workspace a burst and then five a second.
func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(Pace{}, time.Now, alone)
		began := time.Now()
		for range 4 {
			require.NoError(t, l.wait(t.Context(), "C1"))
			l.done("C1", true)
		}
		require.Equal(t, 3*time.Second, time.Since(began))

		l = newLimiter(Pace{}, time.Now, alone)
		began = time.Now()
		for i := range workspaceBurst + 10 {
			require.NoError(t, l.wait(t.Context(), string(rune('A'+i))))
		}
		require.Equal(t, 10*200*time.Millisecond, time.Since(began))
	})
}

// TestGapBeginsAtTheEnd: a slow call does not shorten the gap to the next.
func TestGapBeginsAtTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(Pace{}, time.Now, alone)
		require.NoError(t, l.wait(t.Context(), "C1"))
		sleep(t.Context(), 3*time.Second)
		l.done("C1", true)
		began := time.Now()
		require.NoError(t, l.wait(t.Context(), "C1"))
		require.Equal(t, time.Second, time.Since(began))
	})
}

// alone is one process.
func alone() int { return 1 }

// TestReplicasShareThePace: together they post no faster than one.
func TestReplicasShareThePace(t *testing.T) {
	made := func(replicas int) (n int) {
		synctest.Test(t, func(t *testing.T) {
			l := newLimiter(Pace{}, time.Now, func() int { return replicas })
			for end := time.Now().Add(time.Minute); time.Now().Before(end); n++ {
				require.NoError(t, l.wait(t.Context(), fmt.Sprint("C", n)))
			}
		})
		return n
	}
	one := made(1)
	require.InDelta(t, 300+workspaceBurst, one, 2)
	for replicas := 2; replicas <= 4; replicas++ {
		require.LessOrEqual(t, replicas*made(replicas), one+replicas)
		require.GreaterOrEqual(t, replicas*made(replicas), one*9/10)
	}
}

// TestRetryAfter: a pause holds for its channel; a second channel's refusal meanwhile holds for all.
func TestRetryAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(Pace{}, time.Now, alone)
		require.False(t, l.refused("C1", 30*time.Second))
		var e *alerts.SendError
		require.ErrorAs(t, l.wait(t.Context(), "C1"), &e)
		require.Equal(t, alerts.Wait, e.Class)
		require.Equal(t, 30*time.Second, e.After)
		require.NoError(t, l.wait(t.Context(), "C2"), "another channel goes on")

		require.True(t, l.refused("C2", 10*time.Second))
		require.ErrorAs(t, l.wait(t.Context(), "C3"), &e)
		require.Equal(t, 10*time.Second, e.After)
		sleep(t.Context(), 10*time.Second)
		require.NoError(t, l.wait(t.Context(), "C3"))
		require.ErrorAs(t, l.wait(t.Context(), "C1"), &e)
		require.Equal(t, 20*time.Second, e.After)
		sleep(t.Context(), 20*time.Second)
		require.NoError(t, l.wait(t.Context(), "C1"))
		require.False(t, l.refused("C1", time.Second), "what is over does not count")
	})
}

// TestWhoIsTooFastFindsNothingOut: a channel that was refused the last time tells nothing of others; once a message of its own
// is accepted it does.
func TestWhoIsTooFastFindsNothingOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(Pace{}, time.Now, alone)
		for _, c := range []string{"C1", "C2"} {
			require.NoError(t, l.wait(t.Context(), c))
		}
		require.False(t, l.refused("C1", 30*time.Second))
		require.True(t, l.refused("C2", 2*time.Second), "two that were well until now")
		sleep(t.Context(), 2*time.Second)
		require.NoError(t, l.wait(t.Context(), "C2"))
		require.False(t, l.refused("C2", time.Second), "it is too fast itself")
		require.False(t, l.refused("C3", 5*time.Second))
		sleep(t.Context(), 2*time.Second)
		var e *alerts.SendError
		require.ErrorAs(t, l.wait(t.Context(), "C2"), &e, "another finds out")
		require.NoError(t, l.wait(t.Context(), "C4"))
		l.done("C4", true)
		require.NoError(t, l.wait(t.Context(), "C2"), "the refusals were the channels' own")
		l.done("C2", true)

		require.False(t, l.refused("C5", 30*time.Second))
		sleep(t.Context(), 2*time.Second)
		require.NoError(t, l.wait(t.Context(), "C2"))
		require.True(t, l.refused("C2", 20*time.Second), "it finds out again")
	})
}

// TestACallThatIsNotMadeTakesNoPlace: neither the channel's nor the workspace's.
func TestACallThatIsNotMadeTakesNoPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(Pace{}, time.Now, alone)
		var e *alerts.SendError
		for i := range workspaceBurst {
			l.refused(fmt.Sprint("C", i), time.Second)
		}
		sleep(t.Context(), time.Minute)
		require.False(t, l.refused("C", time.Minute))
		began := time.Now()
		for i := range workspaceBurst {
			require.ErrorAs(t, l.wait(t.Context(), fmt.Sprint("C", i)), &e, "too fast to find out for others")
		}
		require.NoError(t, l.wait(t.Context(), "D"))
		require.Zero(t, time.Since(began), "the workspace's burst is whole")
		l.done("D", true)
		require.NoError(t, l.wait(t.Context(), "C0"))
		require.Zero(t, time.Since(began), "nor had its channel a message")

		require.NoError(t, l.wait(t.Context(), "E"))
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second/2, cancel)
		require.ErrorAs(t, l.wait(ctx, "E"), &e)
		sleep(t.Context(), time.Second/2)
		require.NoError(t, l.wait(t.Context(), "E"))
		require.Equal(t, time.Second, time.Since(began))
	})
}

// TestWaitEnds: with its context, and at once if its turn comes too late.
func TestWaitEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(Pace{Channel: 4 * time.Second}, time.Now, alone)
		require.NoError(t, l.wait(t.Context(), "C1"))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began := time.Now()
		var e *alerts.SendError
		require.ErrorAs(t, l.wait(ctx, "C1"), &e)
		require.Equal(t, alerts.Wait, e.Class)
		require.Equal(t, 4*time.Second, e.After)
		require.Zero(t, time.Since(began))

		ctx, cancel = context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		require.ErrorAs(t, l.wait(ctx, "C1"), &e)
		require.Equal(t, alerts.Unsent, e.Class)
		require.True(t, errors.Is(e, context.Canceled))
		require.Equal(t, time.Second, time.Since(began))
	})
}

// TestMemoryIsBounded: of channels, and of names.
func TestMemoryIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(Pace{Workspace: time.Nanosecond, Channel: time.Nanosecond}, time.Now, alone)
		for i := range 3 * manyChannels {
			require.NoError(t, l.wait(t.Context(), string(rune(0x4e00+i))))
			sleep(t.Context(), time.Microsecond)
		}
		require.LessOrEqual(t, len(l.next), manyChannels+1)
	})
	m := newMemory(3)
	require.True(t, m.first("a", "", "b"))
	require.False(t, m.first("x", "b"), "one that is known is enough")
	require.True(t, m.first("c"))
	require.True(t, m.first("a"), "the oldest is forgotten")
	require.Len(t, m.names, 3)
}

// TestDialPace: connections are not opened in a hot loop.
func TestDialPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(Pace{}, time.Now, alone)
		began := time.Now()
		for range dialBurst + 5 {
			require.NoError(t, l.dial(t.Context()))
		}
		require.Equal(t, 30*time.Second, time.Since(began))
	})
}

// A call that waited for what another finds out either has time left to be answered or is surely not sent.
func TestAProbeLeavesTimeForTheCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(Pace{}, time.Now, alone)
		doubt := func() {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.doubt = time.Now().Add(time.Minute)
		}
		doubt()
		require.NoError(t, l.wait(t.Context(), "C1"), "it finds out")
		ctx, cancel := context.WithTimeout(t.Context(), leastCall+2*time.Second)
		defer cancel()
		time.AfterFunc(3*time.Second, func() { l.done("C1", true) })
		require.Error(t, l.wait(ctx, "C2"), "less than a call's time is left")

		ctx, cancel = context.WithTimeout(t.Context(), leastCall+2*time.Second)
		defer cancel()
		doubt()
		require.NoError(t, l.wait(t.Context(), "C3"))
		time.AfterFunc(time.Second, func() { l.done("C3", true) })
		require.NoError(t, l.wait(ctx, "C4"))
	})
}
