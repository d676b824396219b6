package storm

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// lively is more than one try to look reads.
func (r *rig) lively(c alerts.Channel) {
	if r.slack != nil {
		r.chatter(c, 310) // in pages of 15
		return
	}
	r.chatter(c, 2100)
}

// TestALookGoesOnInALivelyChannel: others wrote more since the message in doubt than one try to look reads.
func TestALookGoesOnInALivelyChannel(t *testing.T) {
	in(t, forgetting(), func(t *testing.T, r *rig) {
		all := r.dies(1, alerts.Repeat)
		r.lively(r.channel(0))
		r.start()
		next := news(r.channel(0), 2)
		r.record(next)
		r.run(2 * time.Minute)
		r.oncePer(append(all, next)...)
		r.settled()
	})
}

// TestALookDoesNotReadWhatWasWrittenBefore: none of ours stands in the channel, and others wrote more in the day before the
// message in doubt than one try to look reads.
func TestALookDoesNotReadWhatWasWrittenBefore(t *testing.T) {
	for name, accepted := range map[string]bool{"accepted": true, "not accepted": false} {
		t.Run(name, func(t *testing.T) {
			in(t, forgetting(), func(t *testing.T, r *rig) {
				r.start()
				d, next := news(r.channel(0), 1), news(r.channel(0), 2)
				r.lively(d.Channel)
				<-time.After(time.Hour)
				r.cutShort(d.Channel, accepted)
				_, kill := r.alive()
				r.record(d, next)
				<-time.After(2 * time.Second)
				kill()
				<-time.After(10 * time.Minute) // no nonce is known any more
				r.start().run(time.Minute)
				r.oncePer(d, next)
				r.settled()
			})
		})
	}
}

// oncePer is once among what others post.
func (r *rig) oncePer(all ...alerts.Delivery) {
	r.t.Helper()
	var want []string
	for _, d := range all {
		require.Equal(r.t, 1, r.count(d), "%s of %s", d.Alert.Title, d.Channel)
		want = append(want, d.Ref())
	}
	require.Equal(r.t, want, ours(r.shown(all[0].Channel)))
}
