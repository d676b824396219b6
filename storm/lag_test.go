package storm

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/adaptertest/memnet"
	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
	"github.com/seed-6c43f0f2/attache/alerts"
)

// acceptedAfter is how long after it was sent a message is accepted in these tests, its answer being lost.
const acceptedAfter = 9500 * time.Millisecond

// forgetful are the platforms with a history that lags. This Discord knows a nonce for so long; less than 0 is not at all.
func forgetful(lag, nonce time.Duration) weather {
	return weather{
		"discord": func(t *testing.T, n *memnet.Network) *vendor {
			return newDiscord(t, n, discordtest.Limits{HistoryLag: lag, Nonce: nonce})
		},
		"slack": func(t *testing.T, n *memnet.Network) *vendor {
			return newSlack(t, n, slacktest.Config{HistoryLag: lag})
		},
	}
}

// arm makes the channel's next call fail so.
func (r *rig) arm(c alerts.Channel, d discordtest.Fault, s slacktest.Fault) {
	if r.slack != nil {
		s.Channel = c.ID()
		r.slack.Fail(s)
		return
	}
	d.Channel = c.ID()
	r.discord.Fail(d)
}

// TestAHistoryThatLags: what was accepted stands in the history only a while later. Where it stands there less than 30 s after
// the call was given up, one message is posted; where that takes longer it stands twice, if no nonce catches the repeat. docs/reliability.md says so.
func TestAHistoryThatLags(t *testing.T) {
	for name, c := range map[string]struct {
		lag, nonce     time.Duration
		discord, slack int // messages
	}{
		"less than the wait":            {29 * time.Second, -1, 1, 1},
		"more than the wait":            {35 * time.Second, -1, 2, 2},
		"more, and a nonce is known so": {35 * time.Second, 5 * time.Minute, 1, 2},
	} {
		t.Run(name, func(t *testing.T) {
			in(t, forgetful(c.lag, c.nonce), func(t *testing.T, r *rig) {
				r.start()
				d, want := news(r.channel(0), 1), c.slack
				r.arm(d.Channel, discordtest.Fault{Status: 502}, slacktest.Fault{Status: 502})
				r.record(d)
				r.drain()
				<-time.After(2 * time.Minute) // from now on Discord's history is looked at, since a nonce may be forgotten
				r.arm(d.Channel, discordtest.Fault{Lag: acceptedAfter, Accept: true, Late: time.Hour}, slacktest.Fault{Late: acceptedAfter, Accept: true, Hang: true})
				if r.discord != nil {
					want = c.discord
				}
				r.run(5 * time.Minute)
				require.Equal(t, want, r.count(d))
				require.Zero(t, r.waiting())
				t.Logf("%s: accepted after %s, shown %s later: %d posted", r.name, acceptedAfter, c.lag, r.count(d))
			})
		})
	}
}
