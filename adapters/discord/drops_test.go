package discord

import (
	"context"
	"math/rand/v2"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
)

// TestManyDropsCostFewSignIns: connections end again and again in every way, and the bot signs in anew only where the
// vendor ended the session. SCALE=full has 500 of them.
func TestManyDropsCostFewSignIns(t *testing.T) {
	t.Parallel()
	const seed = 9
	drops, spare := 12, 2
	if os.Getenv("SCALE") == "full" {
		drops, spare = 500, 20
	}
	r := rand.New(rand.NewPCG(seed, 1))
	st := play(t, func(st *stage) { st.adapter.logins.now = func() time.Time { return time.Now() } })
	demanded := 0
	for n := range drops {
		if n%50 == 49 { // a day later: the budget of sign-ins is not what is tested
			day := time.Duration(n/50+1) * 25 * time.Hour
			st.adapter.logins.mu.Lock()
			st.adapter.logins.now = func() time.Time { return time.Now().Add(day) }
			st.adapter.logins.mu.Unlock()
		}
		before := st.Signs()
		ends := false
		switch r.IntN(8) {
		case 0, 1:
			st.Drop()
		case 2:
			st.Close(4000)
		case 3:
			st.Close(4002) // just after READY or RESUMED
		case 4:
			st.Send(7, nil)
		case 5:
			st.Send(9, true)
		case 6:
			st.Send(9, false)
			ends = true
		case 7:
			st.Close(4009)
			ends = true
		}
		if ends {
			demanded++
		}
		require.True(t, st.Await(limit, func(now discordtest.Signs) bool {
			return now.Ready == 1 && now.Identifies+now.Resumes > before.Identifies+before.Resumes && st.adapter.Healthy() == nil
		}), "drop %d: %+v", n, st.Signs())
	}
	got := st.Signs()
	t.Logf("seed %d: %d drops, of which %d end the session: %d sign-ins, %d resumes", seed, drops, demanded, got.Identifies, got.Resumes)
	require.LessOrEqual(t, got.Identifies, 1+demanded+spare)
	require.GreaterOrEqual(t, got.Resumes, drops-demanded-spare)
	require.Empty(t, st.Complaints())
	require.True(t, st.Await(limit, func(discordtest.Signs) bool { return len(st.deaf.times()) == got.Identifies-1 }),
		"%d times are kept of %d sessions that were made anew", len(st.deaf.times()), got.Identifies-1)
	unheard := st.deaf.times()
	for i, u := range unheard {
		require.Equal(t, "discord", u.Platform)
		require.False(t, u.To.Before(u.From))
		require.True(t, i == 0 || !u.From.Before(unheard[i-1].To))
	}
}

// TestAResumedSessionLosesNothing: no time is taken for lost whose events the vendor sends again.
func TestAResumedSessionLosesNothing(t *testing.T) {
	t.Parallel()
	st := play(t, nil)
	for range 3 {
		before := st.Signs()
		st.Drop()
		require.True(t, st.Await(limit, func(now discordtest.Signs) bool { return now.Resumes > before.Resumes && now.Ready == 1 }))
	}
	st.stop()
	require.NoError(t, st.over(t)) // what it began is done
	require.Empty(t, st.deaf.times())
	require.Equal(t, 1, st.Signs().Identifies)
}

// TestALostTimeIsKeptHoweverOftenThatFails: each of several times is kept once, as soon as it can be, in whatever order.
func TestALostTimeIsKeptHoweverOftenThatFails(t *testing.T) {
	t.Parallel()
	st := play(t, func(st *stage) { st.deaf.fails = 7 })
	const times = 3
	for range times {
		before := st.Signs()
		st.Send(9, false)
		require.True(t, st.Await(limit, func(now discordtest.Signs) bool { return now.Identifies > before.Identifies && now.Ready == 1 }))
	}
	require.True(t, st.Await(limit, func(discordtest.Signs) bool { return len(st.deaf.times()) == times }), "%v", st.deaf.times())
}

// TestWhatAnotherReplicaHeardIsNotLost: a process that stops listening, and listens again later, does not know whether
// another one did meanwhile, and records nothing.
func TestWhatAnotherReplicaHeardIsNotLost(t *testing.T) {
	t.Parallel()
	st := play(t, nil)
	st.stop()
	require.NoError(t, st.over(t))
	ctx, stop := context.WithCancel(t.Context())
	go func() { st.ended <- st.adapter.Run(ctx) }()
	require.True(t, st.Await(limit, func(now discordtest.Signs) bool {
		return now.Identifies == 2 && now.Ready == 1 && st.adapter.Healthy() == nil
	}))
	stop()
	require.NoError(t, st.over(t))
	require.Empty(t, st.deaf.times())
}

// TestAClockSetBackMakesNoTimeEndBeforeItBegan: it is then a moment.
func TestAClockSetBackMakesNoTimeEndBeforeItBegan(t *testing.T) {
	t.Parallel()
	var back atomic.Int64
	st := play(t, func(st *stage) {
		st.adapter.opt.Now = func() time.Time { return time.Now().Add(-time.Duration(back.Load())) }
	})
	st.adapter.deaf()
	back.Store(int64(time.Hour))
	st.adapter.hears(t.Context(), false)
	require.True(t, st.Await(limit, func(discordtest.Signs) bool { return len(st.deaf.times()) == 1 }))
	require.Equal(t, st.deaf.times()[0].From, st.deaf.times()[0].To)
}
