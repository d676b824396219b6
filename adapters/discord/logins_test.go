package discord

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// signIns are the counters of several processes with one memory and one clock.
func signIns(m Memory, now *time.Time, processes int) (all []*logins) {
	for range processes {
		all = append(all, &logins{memory: m, now: func() time.Time { return *now }})
	}
	return all
}

func TestLoginsForgetADay(t *testing.T) {
	for name, m := range map[string]Memory{"alone": nil, "with a memory": newMemory()} {
		t.Run(name, func(t *testing.T) {
			now := time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)
			l := signIns(m, &now, 1)[0]
			for range loginsMost {
				require.NoError(t, l.take())
			}
			var full *loginsError
			require.ErrorAs(t, l.take(), &full)
			require.True(t, full.until.Equal(now.Add(loginsWindow)), full.until)
			now = now.Add(loginsWindow)
			require.NoError(t, l.take())
		})
	}
}

// TestReplicasShareTheBudgetOfSignIns: however the gateway's lease goes round between them, a hundred sign-ins a day are all.
func TestReplicasShareTheBudgetOfSignIns(t *testing.T) {
	m, now := newMemory(), time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)
	replicas := signIns(m, &now, 3)
	n := 0
	for range 2 * loginsMost {
		for _, l := range replicas {
			if l.take() == nil {
				n++
			}
		}
		now = now.Add(time.Minute)
	}
	require.Equal(t, loginsMost, n)
	require.Len(t, strings.Fields(m.meta[loginsKey]), loginsMost)
}

// TestSignInsAtOnceAreAllCounted: two that stop and go on while a third listens may sign in at the same time.
func TestSignInsAtOnceAreAllCounted(t *testing.T) {
	m, now := newMemory(), time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)
	var granted atomic.Int64
	var work sync.WaitGroup
	for _, l := range signIns(m, &now, 4) {
		work.Go(func() {
			for range loginsMost {
				if l.take() == nil {
					granted.Add(1)
				}
			}
		})
	}
	work.Wait()
	require.EqualValues(t, loginsMost, granted.Load())
	require.Len(t, strings.Fields(m.meta[loginsKey]), loginsMost)
}

// failing is a memory that fails for a time.
type failing struct {
	*memory
	fails bool
}

func (f *failing) Meta(ctx context.Context, key string) (string, error) {
	if f.fails {
		return "", errors.New("the database is away")
	}
	return f.memory.Meta(ctx, key)
}

// TestSignInsWhileTheMemoryFails: they are counted by the process, with what it knew, and written down when that can be done.
func TestSignInsWhileTheMemoryFails(t *testing.T) {
	m, now := &failing{memory: newMemory()}, time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)
	all := signIns(m, &now, 2)
	l, other := all[0], all[1]
	for range 10 {
		require.NoError(t, l.take())
	}
	m.fails = true
	for range loginsMost - 10 {
		require.NoError(t, l.take())
	}
	require.Error(t, l.take())
	m.fails = false
	require.NoError(t, other.take(), "it knows of ten")
	require.Error(t, l.take(), "it knows of all")
	now = now.Add(loginsWindow)
	require.NoError(t, l.take())
	require.Len(t, strings.Fields(m.meta[loginsKey]), 1)
}
