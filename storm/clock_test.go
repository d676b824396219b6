package storm

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/adaptertest/memnet"
	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
	"github.com/seed-6c43f0f2/attache/alerts"
)

// cutShort makes the next message of the channel end with an error, whether or not it was accepted.
func (r *rig) cutShort(c alerts.Channel, accepted bool) {
	if r.slack != nil {
		r.slack.Fail(slacktest.Fault{Channel: c.ID(), Accept: accepted, Status: 502})
		return
	}
	r.discord.Fail(discordtest.Fault{Channel: c.ID(), Accept: accepted, Status: 502, Page: true})
}

// slowly makes the next message of the channel be accepted so much later.
func (r *rig) slowly(c alerts.Channel, lag time.Duration) {
	if r.slack != nil {
		r.slack.Fail(slacktest.Fault{Channel: c.ID(), Lag: lag})
		return
	}
	r.discord.Fail(discordtest.Fault{Channel: c.ID(), Lag: lag})
}

// steps are by how much a clock is set; with the race detector a day, either way, stands for an hour too.
func steps() []time.Duration {
	if racing {
		return []time.Duration{24 * time.Hour, -24 * time.Hour}
	}
	return []time.Duration{time.Hour, -time.Hour, 24 * time.Hour, -24 * time.Hour}
}

// TestClocksThatJump is D12 of the promises: the bot's clock is set by an hour or a day, either way, while messages are
// being sent, in doubt, and waiting; then the process may die too.
func TestClocksThatJump(t *testing.T) {
	for _, step := range steps() {
		for name, dies := range map[string]bool{"": false, ", and the process dies": true} {
			for when, from := range map[string]time.Duration{" from the right time": 0, " to the right time": -step} {
				if racing && from != 0 {
					continue
				}
				t.Run(fmtSteps(step)+when+name, func(t *testing.T) {
					if dies && onServer() {
						t.Skip("SKIPPED: with PostgreSQL what a dead process claimed is its own by the server's clock, which is not set here")
					}
					in(t, remembering(), func(t *testing.T, r *rig) { jump(t, r, from, step, dies) })
				})
			}
		}
	}
}

// remembering are platforms that remember a nonce a little longer than we trust that they do.
func remembering() map[string]func(*testing.T, *memnet.Network) *vendor {
	all := forgetting()
	all["discord"] = func(t *testing.T, n *memnet.Network) *vendor {
		return newDiscord(t, n, discordtest.Limits{Nonce: 2*time.Minute + 10*time.Second})
	}
	return all
}

func jump(t *testing.T, r *rig, from, step time.Duration, dies bool) {
	var offset atomic.Int64
	offset.Store(int64(from))
	zone := r.now().Location()
	r.now = func() time.Time { return time.Now().Add(time.Duration(offset.Load())).In(zone) }
	books := &book{}
	r.watch = books.keep
	r.start()
	var all []alerts.Delivery
	arms := []func(alerts.Channel){
		func(c alerts.Channel) { r.slowly(c, 9*time.Second) },
		func(c alerts.Channel) { r.cutShort(c, true) },
		func(c alerts.Channel) { r.cutShort(c, false) },
		r.lose,
		func(alerts.Channel) {},
	}
	for c := range arms {
		r.record(news(r.channel(c), 0))
	}
	r.drain()
	for c, arm := range arms {
		arm(r.channel(c))
		d, next := news(r.channel(c), 1), news(r.channel(c), 2)
		r.record(d, next)
		all = append(all, news(d.Channel, 0), d, next)
	}
	<-time.After(2 * time.Hour) // so that some clocks go back to before it was recorded, and some do not
	stop, kill := r.alive()
	<-time.After(4 * time.Second) // the first is being sent, the second and third are in doubt, the fourth hangs
	offset.Store(int64(from + step))
	r.record(news(r.channel(5), 7))
	all = append(all, news(r.channel(5), 7))
	if dies {
		kill()
		r.start()
		stop = r.live()
	}
	<-time.After(5 * time.Minute)
	stop()
	r.once(all...)
	r.settled()
	require.Zero(t, books.twice, "a channel was leased twice")
	require.Zero(t, r.early())
}
