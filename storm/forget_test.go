package storm

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/adaptertest/memnet"
	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
	"github.com/seed-6c43f0f2/attache/alerts"
)

// forgetting are platforms that remember no nonce, with pages of history of 15 messages where that can be.
func forgetting() map[string]func(*testing.T, *memnet.Network) *vendor {
	return map[string]func(*testing.T, *memnet.Network) *vendor{
		"discord": func(t *testing.T, n *memnet.Network) *vendor { return newDiscord(t, n, discordtest.Limits{Nonce: -1}) },
		"slack": func(t *testing.T, n *memnet.Network) *vendor {
			return newSlack(t, n, slacktest.Config{PageLimit: 15, Every: time.Microsecond})
		},
	}
}

// lose makes the next message of the channel be accepted, and its answer be lost.
func (r *rig) lose(c alerts.Channel) {
	if r.slack != nil {
		r.slack.Fail(slacktest.Fault{Channel: c.ID(), Accept: true, Hang: true})
		return
	}
	r.discord.Fail(discordtest.Fault{Channel: c.ID(), Accept: true, Late: time.Hour})
}

// chatter lets others post in the channel.
func (r *rig) chatter(c alerts.Channel, n int) {
	r.t.Helper()
	for range n {
		if r.slack != nil {
			r.slack.Chat(c.ID(), "what others say")
		} else {
			r.discord.Chat(c.ID(), "what others say")
		}
	}
}

// closeHistory takes the right to read channels away.
func (r *rig) closeHistory() {
	if r.slack != nil {
		r.slack.SetScopes("chat:write", "channels:read")
		return
	}
	for _, g := range r.discord.Guilds() {
		g.Bot &^= discordtest.ReadHistory
	}
}

// dies posts a message into each of n channels whose answer is lost, and kills the bot before it knows: it is down for ten
// minutes, and meanwhile others post 40 messages.
func (r *rig) dies(n int, on alerts.Uncertain) (all []alerts.Delivery) {
	r.t.Helper()
	r.start()
	for c := range n {
		r.record(news(r.channel(c), 0))
	}
	r.drain()
	for c := range n {
		d := news(r.channel(c), 1)
		d.OnUncertain = on
		r.lose(d.Channel)
		r.record(d)
		all = append(all, news(d.Channel, 0), d)
	}
	_, kill := r.alive()
	<-time.After(5 * time.Second)
	kill()
	for c := range n {
		r.chatter(r.channel(c), 40)
	}
	<-time.After(10 * time.Minute)
	return all
}

// TestALookSettlesWhatTheNonceCannot is the first part of D5: ten minutes later no nonce is remembered, and the message
// stands behind forty others.
func TestALookSettlesWhatTheNonceCannot(t *testing.T) {
	in(t, forgetting(), func(t *testing.T, r *rig) {
		all := r.dies(3, alerts.Repeat)
		r.start().run(3 * time.Minute)
		for _, d := range all {
			require.Equal(t, 1, r.count(d), "%s", d.Alert.Title)
		}
		r.settled()
	})
}

// TestControlOfLooking: without a look each of them doubles.
func TestControlOfLooking(t *testing.T) {
	in(t, forgetting(), func(t *testing.T, r *rig) {
		r.dies(3, alerts.Repeat)
		r.wrong = func(p alerts.Poster) alerts.Poster { return naive{p} }
		r.start().run(3 * time.Minute)
		for c := range 3 {
			require.Len(t, ours(r.shown(r.channel(c))), 3, "it must double")
		}
	})
}

// ours leaves out what others posted.
func ours(refs []string) (out []string) {
	for _, ref := range refs {
		if ref != "" {
			out = append(out, ref)
		}
	}
	return out
}

// TestWhereNobodyCanLook is the second part of D5: what the subscription says is done, and counted.
func TestWhereNobodyCanLook(t *testing.T) {
	const n = 4
	for on, want := range map[alerts.Uncertain]struct{ shown, listed, repeated int }{
		alerts.Hold:   {1, n, 0},
		alerts.Repeat: {2, 0, n},
	} {
		t.Run(string(on), func(t *testing.T) {
			in(t, forgetting(), func(t *testing.T, r *rig) {
				books := &book{}
				r.watch = books.keep
				all := r.dies(n, on)
				r.closeHistory()
				r.start().run(3 * time.Minute)
				for i, d := range all {
					if i%2 == 1 {
						require.Equal(t, want.shown, r.count(d))
					}
				}
				listed, found, err := r.store.Undelivered(t.Context(), "", alerts.WantUncertain, 100)
				require.NoError(t, err)
				require.Len(t, listed, want.listed)
				require.Equal(t, want.listed, found)
				require.Equal(t, want.repeated, books.repeated, "what may be there twice is counted")
				require.Zero(t, r.waiting())
			})
		})
	}
}

// TestNoncesAreOfTheirOwn is D6 of the promises: one story in many channels, in three messages each.
func TestNoncesAreOfTheirOwn(t *testing.T) {
	channels := sized(100, 1000)
	in(t, both(), func(t *testing.T, r *rig) {
		r.start()
		var all []alerts.Delivery
		names := map[string]bool{}
		for c := range channels {
			for _, part := range []alerts.Part{alerts.Root, alerts.ReplyPart(1), alerts.ReplyPart(2)} {
				d := news(r.channel(c), 1)
				d.Part = part
				all = append(all, d)
				names[d.Ref()] = true
				require.LessOrEqual(t, len(d.Ref()), 25)
			}
		}
		r.record(all...)
		for r.waiting() > 0 {
			r.run(tick)
		}
		require.Len(t, names, 3*channels)
		for _, d := range all {
			require.Equal(t, 1, r.count(d))
		}
		r.settled()
		require.Zero(t, r.early())
		t.Logf("%s: %d messages, each under a name of its own", r.name, len(all))
	})
}

// TestWhatWasDeletedIsNotPostedAgain is the end of D6: a moderator was faster than the repeat.
func TestWhatWasDeletedIsNotPostedAgain(t *testing.T) {
	in(t, map[string]func(*testing.T, *memnet.Network) *vendor{"discord": both()["discord"]}, func(t *testing.T, r *rig) {
		r.start()
		d, next := news(r.channel(0), 1), news(r.channel(0), 2)
		r.lose(d.Channel)
		r.record(d, next)
		stop := r.live()
		<-time.After(5 * time.Second)
		posted := r.discord.Messages(d.Channel.ID())
		require.Len(t, posted, 1)
		r.discord.Delete(d.Channel.ID(), posted[0].ID)
		<-time.After(time.Minute)
		edit := d
		edit.Part = alerts.EditPart(1)
		reply := d
		reply.Part = alerts.ReplyPart(1)
		r.record(edit, reply)
		<-time.After(time.Minute)
		stop()
		require.Equal(t, 1, r.count(d), "posted again after it was deleted")
		require.Equal(t, []string{next.Ref(), reply.Ref()}, r.shown(d.Channel))
		r.settled() // its edit is done, and is no dead letter
	})
}

// fmtSteps names a step of a clock.
func fmtSteps(d time.Duration) string { return fmt.Sprintf("%+g h", d.Hours()) }
