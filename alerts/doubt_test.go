package alerts_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A repeat that is refused says nothing about what was sent before: it is looked for, and where nobody can look the
// subscription decides.
func TestDrainLooksBeforeItBuriesARefusedRepeat(t *testing.T) {
	absorbs := alerts.Manner{Repeatable: 2 * time.Minute, Settle: 30 * time.Second}
	for _, class := range []alerts.Class{alerts.Poison, alerts.Unknown} {
		for _, c := range []struct {
			name     string
			poster   *poster
			on       alerts.Uncertain
			part     alerts.Part
			want     alerts.DeliveryState
			plain    bool
			repeated bool
		}{
			{"found", &poster{found: "m1"}, alerts.Repeat, alerts.Root, alerts.StateSent, false, false},
			{"not there", &poster{}, alerts.Repeat, alerts.Root, alerts.StateFailed, true, false},
			{"no history, hold", &poster{find: alerts.ErrNoHistory}, alerts.Hold, alerts.Root, alerts.StateUncertain, false, false},
			{"no history, repeat", &poster{find: alerts.ErrNoHistory}, alerts.Repeat, alerts.Root, alerts.StateFailed, true, true},
			{"plain, not there", &poster{}, alerts.Repeat, alerts.Root.AsPlain(), alerts.StateFailed, false, false},
			{"plain, no history, repeat", &poster{find: alerts.ErrNoHistory}, alerts.Repeat, alerts.Root.AsPlain(), alerts.StateUncertain, false, true},
		} {
			t.Run(string(class)+", "+c.name, func(t *testing.T) {
				p := c.poster
				p.manner, p.errs = absorbs, []error{fails(alerts.Ambiguous), fails(class), fails(class)}
				d := root(desk, "s1")
				d.Part, d.OnUncertain = c.part, c.on
				o := newOutbox(d)
				dispatching(t, o, p, func(drain func(time.Duration), _ *[]alerts.Notice) {
					drain(29 * time.Second)
					require.Equal(t, alerts.StatePending, o.rows[0].state, "before it must have appeared")
					drain(31 * time.Second)
					require.Equal(t, c.want, o.rows[0].state)
					last := o.settled[len(o.settled)-1]
					require.Equal(t, c.plain, last.Plain)
					require.Equal(t, c.repeated, last.Repeated)
					require.Equal(t, 3, p.calls)
				})
			})
		}
	}
}

// People deleted the message of a root before the bot knew its id.
func TestDrainEditsNothingOfWhatWasDeleted(t *testing.T) {
	p := &poster{}
	edit, reply := root(desk, "s1"), root(desk, "s1")
	edit.Part, reply.Part = alerts.EditPart(1), alerts.ReplyPart(1)
	o := newOutbox(edit, reply)
	dispatching(t, o, p, func(drain func(time.Duration), _ *[]alerts.Notice) {
		drain(time.Minute)
		require.Equal(t, alerts.StateSent, o.rows[0].state)
		require.Equal(t, alerts.StateSent, o.rows[1].state)
		require.Len(t, p.posted, 1, "the reply")
	})
}
