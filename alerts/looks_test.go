package alerts_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

func TestALookGoesOnForTenMinutes(t *testing.T) {
	var l alerts.Looks
	first := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	d := root(desk, "s1")
	d.FirstAttempt = first
	for passed := time.Duration(0); ; passed += time.Minute {
		k := l.Resume(d, first.Add(passed))
		require.Equal(t, passed > 0, k.Cursor != "", "it goes on where it was")
		k.Read(first.Add(time.Second), "next")
		err := l.Stop(k, time.Minute)
		if passed == 10*time.Minute {
			require.ErrorIs(t, err, alerts.ErrTooFar)
			break
		}
		var e *alerts.SendError
		require.ErrorAs(t, err, &e)
		require.Equal(t, alerts.SendError{Class: alerts.Wait, After: time.Minute, Err: e.Err}, *e)
	}
	require.Empty(t, l.Resume(d, first).Cursor, "it is over")
}

// Where none of ours stood before, the time of the first attempt says how far back is enough, if it is known.
func TestALookEndsBeforeTheFirstAttempt(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		first, oldest time.Duration // from now
		behind        string
		absent        bool
	}{
		"before it":            {-5 * time.Minute, -16 * time.Minute, "", true},
		"clocks may differ":    {-5 * time.Minute, -14 * time.Minute, "", false},
		"the clock went back":  {5 * time.Minute, -6 * time.Minute, "", false},
		"a message says where": {-5 * time.Minute, -16 * time.Minute, "m1", false},
		"not yet as far as it": {-5 * time.Minute, 0, "", false},
		"tried just now":       {0, -time.Hour, "", true},
	} {
		var l alerts.Looks
		d := root(desk, "s1")
		d.FirstAttempt, d.Behind = now.Add(c.first), c.behind
		k := l.Resume(d, now)
		k.Read(now.Add(c.oldest), "next")
		err := l.Stop(k, time.Second)
		require.Equal(t, c.absent, err == nil, name)
	}
}

// A look that can't come to its end holds up nothing, and is no outage.
func TestDrainEndsALookThatIsTooFar(t *testing.T) {
	for on, want := range map[alerts.Uncertain]alerts.DeliveryState{alerts.Hold: alerts.StateUncertain, alerts.Repeat: alerts.StateSent} {
		p := &poster{manner: alerts.Manner{Settle: 30 * time.Second}, find: alerts.ErrTooFar, errs: []error{fails(alerts.Ambiguous)}, lose: true}
		d := root(other, "s1")
		d.OnUncertain = on
		o := newOutbox(d, root(other, "s2"))
		dispatching(t, o, p, func(drain func(time.Duration), _ *[]alerts.Notice) {
			drain(time.Minute)
			require.Equal(t, want, o.rows[0].state)
			require.Equal(t, alerts.StateSent, o.rows[1].state)
			repeated := 0
			for _, s := range o.settled {
				if s.Repeated {
					repeated++
				}
			}
			require.Equal(t, on == alerts.Repeat, repeated == 1, "what may be there twice is counted")
		})
	}
}
