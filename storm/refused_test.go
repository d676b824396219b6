package storm

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
	"github.com/seed-6c43f0f2/attache/alerts"
)

// pages are answers of what stands between: it has none of the platform's codes.
func pages() (all []refusal) {
	for _, status := range []int{302, 400, 404, 405, 408} {
		all = append(all, refusal{
			name: fmt.Sprint(status, " as a page"), class: alerts.Ambiguous,
			discord: discordtest.Fault{Status: status, Page: true}, slack: slacktest.Fault{Status: status},
		})
	}
	return all
}

// blames tells whether the refusal is of the message.
func (f refusal) blames() bool { return f.class == alerts.Poison || f.class == alerts.Unknown }

// refuseNext makes the channel's next call fail so.
func (r *rig) refuseNext(c alerts.Channel, f refusal) {
	f.discord.Channel, f.slack.Channel = c.ID(), c.ID()
	if f.blames() {
		f.discord.Times = 2 // before it is looked, and after
	}
	if r.slack != nil {
		r.slack.Fail(f.slack)
		return
	}
	r.discord.Fail(f.discord)
}

// refusedAfterDoubt lets the first message of a channel end in doubt, and its repeat be refused; whatever stops then, the
// operator starts again.
func refusedAfterDoubt(r *rig, f refusal, accepted bool) (d, next alerts.Delivery) {
	r.start()
	r.tick = 5 * time.Second
	d, next = news(r.channel(0), 1), news(r.channel(0), 2)
	r.cutShort(d.Channel, accepted)
	r.refuseNext(d.Channel, f)
	r.record(d, next)
	r.run(3 * time.Minute)
	stopped, err := r.store.Stopped(r.t.Context())
	require.NoError(r.t, err)
	if dead := len(r.dispatcher.Dead()) > 0; dead || len(stopped) > 0 {
		r.start()
		require.NoError(r.t, r.store.StartChannel(r.t.Context(), d.Channel, r.now()))
		r.run(3 * time.Minute)
	}
	return d, next
}

// TestADoubtWhoseRepeatIsRefusedEndsWithOnePost is D4 of the promises, the answer to the repeat being any refusal there is: it
// says nothing about what was sent before.
func TestADoubtWhoseRepeatIsRefusedEndsWithOnePost(t *testing.T) {
	for name, make := range both() {
		for _, f := range raced(append(refusals(name), pages()...)) {
			for _, accepted := range []bool{true, false} {
				t.Run(fmt.Sprintf("%s %s, accepted %t", name, f.name, accepted), func(t *testing.T) {
					t.Parallel()
					synctest.Test(t, func(t *testing.T) {
						r := newRig(t, make)
						d, next := refusedAfterDoubt(r, f, accepted)
						switch {
						case f.blames() && !accepted:
							d.Part = d.Part.AsPlain()
						case f.blames() && r.slack != nil: // it was found and not repeated: what follows is refused
							next.Part = next.Part.AsPlain()
						}
						require.Equal(t, []string{d.Ref(), next.Ref()}, r.shown(d.Channel))
						r.settled()
						require.Zero(t, r.early())
					})
				})
			}
		}
	}
}

// hasty takes no time to look.
type hasty struct{ alerts.Poster }

// Find implements alerts.Poster.
func (hasty) Find(context.Context, alerts.Delivery) (string, error) { return "", nil }

// TestControlOfRefusedRepeats: where nobody looks before the plain text is sent, there are two.
func TestControlOfRefusedRepeats(t *testing.T) {
	for _, f := range refusals("discord") {
		if !f.blames() {
			continue
		}
		t.Run(f.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, both()["discord"])
				r.wrong = func(p alerts.Poster) alerts.Poster { return hasty{p} }
				d, _ := refusedAfterDoubt(r, f, true)
				require.Len(t, r.shown(d.Channel), 3, "it must double")
			})
		})
	}
}
