package storm

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/adaptertest/memnet"
	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	stormTime = 10 * time.Minute
	allowed   = 1000 // refused calls in ten minutes: a tenth of what gets an address banned
)

// garbled are what a Retry-After says that says nothing.
func garbled() []string { return []string{"-", "soon", "-1", "NaN", "0x10", "1,5"} }

// someSeconds are from one to twenty or, once in ten times, to six hundred.
func someSeconds(r *rand.Rand) time.Duration {
	most := 20
	if r.IntN(10) == 0 {
		most = 600
	}
	return time.Duration(1+r.IntN(most)) * time.Second
}

// discordStorm is a Discord that refuses every other call for ten minutes, in every form: scopes, JSON and pages, times from
// a second to ten minutes, none and nonsense.
func discordStorm(r *rand.Rand) func(*testing.T, *memnet.Network) *vendor {
	return func(t *testing.T, n *memnet.Network) *vendor {
		v := newDiscord(t, n, discordtest.Limits{})
		began := time.Now()
		v.discord.Draw = func() (discordtest.Fault, bool) {
			if time.Since(began) > stormTime || r.IntN(2) == 0 {
				return discordtest.Fault{}, false
			}
			f := discordtest.Fault{Status: 429, After: someSeconds(r)}
			switch n := r.IntN(20); {
			case n == 0:
				f.Page = true
			case n == 1:
				f.Scope = "global"
			case n < 9:
				f.Scope = "shared"
			default:
				f.Scope = "user"
			}
			if r.IntN(8) == 0 {
				f.Said, f.After = garbled()[r.IntN(len(garbled()))], 0
			}
			return f, true
		}
		return v
	}
}

// slackStorm is the same of Slack, which says only how long.
func slackStorm(r *rand.Rand) func(*testing.T, *memnet.Network) *vendor {
	return func(t *testing.T, n *memnet.Network) *vendor {
		began := time.Now()
		return newSlack(t, n, slacktest.Config{Draw: func(string) (slacktest.Fault, bool) {
			if time.Since(began) > stormTime || r.IntN(2) == 0 {
				return slacktest.Fault{}, false
			}
			f := slacktest.Fault{Status: 429, RetryAfter: fmt.Sprint(someSeconds(r).Seconds())}
			if r.IntN(2) == 0 {
				f.Code = "ratelimited"
			}
			if r.IntN(8) == 0 {
				f.RetryAfter = garbled()[r.IntN(len(garbled()))]
			}
			return f, true
		}})
	}
}

// TestAStormOfRefusals is D7 of the promises: no call before its time, few refused ones, and in the end everything stands
// once and in order.
func TestAStormOfRefusals(t *testing.T) {
	const seed = 7
	in(t, map[string]func(*testing.T, *memnet.Network) *vendor{
		"discord": discordStorm(rand.New(rand.NewPCG(seed, 1))), "slack": slackStorm(rand.New(rand.NewPCG(seed, 2))),
	}, func(t *testing.T, r *rig) {
		r.start()
		var all []alerts.Delivery
		for n := range 30 { // a wave each 20 seconds
			var wave []alerts.Delivery
			for c := range sized(10, 50) {
				wave = append(wave, news(r.channel(c), n))
			}
			r.record(wave...)
			all = append(all, wave...)
			r.run(20 * time.Second)
			if n == 10 {
				r.start() // the process dies in the middle
			}
		}
		began, refused := time.Now(), r.calls()-len(all)+r.waiting()
		for r.waiting() > 0 && time.Since(began) < 2*time.Hour {
			r.run(20 * time.Second)
		}
		r.once(all...)
		r.settled()
		require.Zero(t, r.early(), "called before its time")
		require.LessOrEqual(t, refused, allowed)
		require.Empty(t, r.told(), "a wait is no dead letter")
		t.Logf("%s: seed %d, %d messages, %d refused, 0 early, drained %s after the storm", r.name, seed, len(all), refused, time.Since(began))
	})
}

// waiting tells how many deliveries wait.
func (r *rig) waiting() int {
	b := r.backlog()
	return b.States[alerts.StatePending] + b.States[alerts.StateSending]
}

// TestABacklogHoldsUpNoOtherChannel: while some channels have hundreds of messages waiting, a single one elsewhere is among
// the next that are sent.
func TestABacklogHoldsUpNoOtherChannel(t *testing.T) {
	for _, busy := range []int{1, 100} {
		t.Run(fmt.Sprint(busy, " busy channels"), func(t *testing.T) {
			in(t, both(), func(t *testing.T, r *rig) {
				r.start()
				var backlog []alerts.Delivery
				for n := range 1000 / busy {
					for c := range busy {
						backlog = append(backlog, news(r.channel(c), n))
					}
				}
				r.record(backlog...)
				quiet := r.channel(busy)
				stop := r.live()
				turn, most := 5*time.Second, 2*time.Second // every channel has had a turn; what is under way at 45 a second
				if r.slack != nil {
					turn, most = 30*time.Second, 5*time.Second // at 5 a second
				}
				<-time.After(turn)
				r.record(news(quiet, 5000))
				arrived := time.Now()
				for len(r.shown(quiet)) == 0 {
					<-time.After(tick / 10)
				}
				took := time.Since(arrived)
				stop()
				require.Greater(t, r.waiting(), 100, "the backlog is nearly over")
				require.LessOrEqual(t, took, most, "it waited behind the others")
				require.Zero(t, r.early())
				t.Logf("%s: with %d messages waiting for %d channels, a single one elsewhere took %s", r.name, r.waiting(), busy, took)
			})
		})
	}
}

// TestPathsOfCalls makes sure that calls are counted as the tests think.
func TestPathsOfCalls(t *testing.T) {
	in(t, both(), func(t *testing.T, r *rig) {
		r.start()
		r.record(news(r.channel(0), 1))
		r.run(tick)
		require.Equal(t, 1, r.calls())
		if r.discord != nil {
			require.True(t, strings.HasPrefix(r.discord.Calls()[0], "POST /channels/"))
		}
	})
}
