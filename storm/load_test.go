package storm

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/adaptertest/memnet"
	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
	"github.com/seed-6c43f0f2/attache/alerts"
)

// TestABurstDrainsAtThePlatformsPace is the burst of P13: Discord takes 50 calls a second of a bot, and 5 messages of a
// channel in 5 seconds; each call takes 60 ms.
func TestABurstDrainsAtThePlatformsPace(t *testing.T) {
	const channels = 200
	each := sized(5, 50)
	in(t, map[string]func(*testing.T, *memnet.Network) *vendor{"discord": func(t *testing.T, n *memnet.Network) *vendor {
		v := newDiscord(t, n, discordtest.Limits{PerChannel: 5, Window: 5 * time.Second})
		v.discord.Draw = func() (discordtest.Fault, bool) { return discordtest.Fault{Lag: 60 * time.Millisecond}, true }
		return v
	}}, func(t *testing.T, r *rig) {
		r.start()
		var all []alerts.Delivery
		for n := range each {
			for c := range channels {
				all = append(all, news(r.channel(c), n))
			}
		}
		r.record(all...)
		began := time.Now()
		r.drain()
		took := time.Since(began)
		pace := float64(len(all)) / took.Seconds()
		r.once(all...)
		r.settled()
		require.Zero(t, r.early())
		require.GreaterOrEqual(t, pace, 40.0, "messages a second")
		t.Logf("%d messages for %d channels in %s: %.1f a second, none refused", len(all), channels, took, pace)
	})
}

// TestNothingGrows is the soak of P13 at the length that CI allows: rounds of messages and of doubt, after which no more
// memory is in use than after the first few.
func TestNothingGrows(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: a soak")
	}
	const channels, warm = 50, 3
	rounds := sized(10, 200)
	in(t, map[string]func(*testing.T, *memnet.Network) *vendor{"discord": both()["discord"]}, func(t *testing.T, r *rig) {
		r.tick = 30 * time.Second
		r.start()
		base := 0
		for round := range rounds {
			var wave []alerts.Delivery
			for c := range channels {
				wave = append(wave, news(r.channel(c), round))
			}
			for c := range 5 {
				r.cutShort(r.channel(c), c%2 == 0)
			}
			r.record(wave...)
			r.run(time.Hour)
			r.settled()
			r.discord.Forget()
			if round == warm {
				base = heap()
			}
		}
		grown := heap() - base
		t.Logf("%d rounds in %d hours: the heap in use grew by %d KiB", rounds, rounds, grown/1024)
		require.Less(t, grown, 4<<20)
	})
}
