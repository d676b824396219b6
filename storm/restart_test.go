package storm

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/adaptertest/memnet"
	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
	"github.com/seed-6c43f0f2/attache/alerts"
)

// TestARestartEndsNoWait: what the platform told the process before binds the one after, in every channel.
func TestARestartEndsNoWait(t *testing.T) {
	in(t, both(), func(t *testing.T, r *rig) {
		r.start()
		for c := range 20 {
			r.channel(c)
		}
		if r.slack != nil { // the second refusal tells that all are meant
			r.slack.Fail(slacktest.Fault{Status: 429, RetryAfter: "300", Everywhere: true}, slacktest.Fault{Status: 429, RetryAfter: "300", Everywhere: true})
			r.record(news(r.channel(0), 0), news(r.channel(1), 0))
		} else {
			r.discord.Fail(discordtest.Fault{Status: 429, Scope: "global", After: 300 * time.Second})
			r.record(news(r.channel(0), 0))
		}
		r.run(10 * time.Second)
		before, early := r.calls(), r.early()
		for n := range 6 {
			r.start()
			r.record(news(r.channel(n+2), 1))
			r.run(40 * time.Second)
		}
		require.Equal(t, before, r.calls(), "called within the wait")
		r.run(5 * time.Minute)
		r.settled()
		require.Equal(t, early, r.early())
		require.Zero(t, r.early())
	})
}

// TestOneCallFindsOutWhetherAllAreMeant: Slack does not say whether a refusal holds for one channel or for all. However many
// channels have something to send, one call finds out, and if one channel is meant the others go on.
func TestOneCallFindsOutWhetherAllAreMeant(t *testing.T) {
	for name, everywhere := range map[string]bool{"all": true, "one channel": false} {
		t.Run(name, func(t *testing.T) {
			in(t, weather{"slack": func(t *testing.T, n *memnet.Network) *vendor {
				return newSlack(t, n, slacktest.Config{Draw: func(string) (slacktest.Fault, bool) { return slacktest.Fault{Lag: 300 * time.Millisecond}, true }})
			}}, func(t *testing.T, r *rig) {
				r.start()
				var all []alerts.Delivery
				for c := range 16 {
					all = append(all, news(r.channel(c), 0))
				}
				r.slack.Fail(slacktest.Fault{Channel: r.channel(0).ID(), Status: 429, RetryAfter: "120", Everywhere: everywhere})
				r.record(all[0])
				r.run(2 * time.Second)
				r.record(all[1:]...)
				r.run(30 * time.Second)
				if everywhere {
					require.Equal(t, 2, r.calls(), "the refused one, and one that finds out")
					require.Equal(t, 1, r.early())
				} else {
					require.Equal(t, 1, r.waiting())
					require.Zero(t, r.early())
				}
				r.run(4 * time.Minute)
				r.once(all...)
			})
		})
	}
}

// refuseOne makes the channel's next call be refused for so long, by a refusal that names no other channel.
func (r *rig) refuseOne(c alerts.Channel, after time.Duration) {
	if r.slack != nil {
		r.slack.Fail(slacktest.Fault{Channel: c.ID(), Status: 429, RetryAfter: fmt.Sprint(after.Seconds())})
		return
	}
	r.discord.Fail(discordtest.Fault{Channel: c.ID(), Status: 429, Scope: "user", After: after})
}

// refusedAndKilled lets a channel be told to wait for five minutes, and the process die before it can write down what
// became of the message.
func refusedAndKilled(r *rig) {
	r.watch = func(o alerts.Outbox) alerts.Outbox { return unsettled{o} }
	r.start()
	r.refuseOne(r.channel(0), 5*time.Minute)
	r.record(news(r.channel(0), 0))
	_, err := r.dispatcher.Drain(r.t.Context())
	require.ErrorIs(r.t, err, errDied)
	<-time.After(time.Second)
	r.watch = nil
	require.NoError(r.t, r.store.Forget(r.t.Context(), r.now())) // which forgets no wait before its end
	r.start()
	r.record(news(r.channel(1), 0)) // another channel teaches the adapter how its calls are counted
	r.run(4 * time.Minute)
}

// unsettled is an outbox of a process that dies when a message comes back.
type unsettled struct{ alerts.Outbox }

var errDied = errors.New("the process dies")

// Settle implements alerts.Outbox.
func (unsettled) Settle(context.Context, alerts.Delivery, alerts.Settlement, time.Time) error {
	return errDied
}

// TestARestartEndsNoWaitOfAChannel: nor does a process that dies at the worst moment end the wait of one channel.
func TestARestartEndsNoWaitOfAChannel(t *testing.T) {
	in(t, both(), func(t *testing.T, r *rig) {
		refusedAndKilled(r)
		require.Zero(t, r.early())
		require.Len(t, r.shown(r.channel(1)), 1, "another channel waits for nothing")
		require.Empty(t, r.shown(r.channel(0)))
		r.run(5 * time.Minute)
		r.once(news(r.channel(0), 0))
		require.Zero(t, r.early())
		require.NotEmpty(t, r.waits)
		require.NoError(t, r.store.Forget(t.Context(), r.now()))
		for key := range r.waits {
			kept, err := r.store.Meta(t.Context(), key)
			require.NoError(t, err)
			require.Empty(t, kept, "%s is over", key)
		}
	})
}

// TestControlOfRestartsInAChannel: a process that remembers nothing calls the channel at once.
func TestControlOfRestartsInAChannel(t *testing.T) {
	in(t, both(), func(t *testing.T, r *rig) {
		r.amnesia = true
		refusedAndKilled(r)
		require.Positive(t, r.early())
	})
}

// TestControlOfRestarts: a process that remembers nothing calls at once.
func TestControlOfRestarts(t *testing.T) {
	in(t, map[string]func(*testing.T, *memnet.Network) *vendor{"discord": both()["discord"]}, func(t *testing.T, r *rig) {
		r.amnesia = true
		r.start()
		r.discord.Fail(discordtest.Fault{Status: 429, Scope: "global", After: 300 * time.Second})
		r.record(news(r.channel(0), 0))
		r.run(10 * time.Second)
		r.start()
		r.record(news(r.channel(1), 1))
		r.run(10 * time.Second)
		require.Positive(t, r.early())
	})
}
