package alerts_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// outbox is an Outbox in memory that keeps the rules of one: one lease per channel, in order.
type outbox struct {
	mu      sync.Mutex
	rows    []*row
	stopped map[alerts.Channel]string
	settled []alerts.Settlement
	stall   time.Duration // how long a claim takes
	asOf    []time.Time   // of the claims
}

type row struct {
	alerts.Delivery
	state     alerts.DeliveryState
	notBefore time.Time
}

func newOutbox(ds ...alerts.Delivery) *outbox {
	o := &outbox{stopped: map[alerts.Channel]string{}}
	for i, d := range ds {
		d.ID = int64(i + 1)
		o.rows = append(o.rows, &row{Delivery: d, state: alerts.StatePending})
	}
	return o
}

func (o *outbox) Claim(_ context.Context, platforms []string, now time.Time, lease time.Duration, limit int) ([]alerts.Delivery, error) {
	<-time.After(o.stall)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.asOf = append(o.asOf, now)
	var out []alerts.Delivery
	seen := map[alerts.Channel]bool{}
	for _, r := range o.rows {
		open := r.state == alerts.StatePending || r.state == alerts.StateSending
		if !open || seen[r.Channel] || o.stopped[r.Channel] != "" {
			continue
		}
		seen[r.Channel] = true
		if r.state == alerts.StateSending || r.notBefore.After(now) || len(out) == limit {
			continue
		}
		for _, p := range platforms {
			if p == r.Channel.Platform() {
				r.state = alerts.StateSending
				r.Attempts++
				d := r.Delivery
				if r.FirstAttempt.IsZero() {
					r.FirstAttempt = now
					d.FirstAttempt = now
				}
				r.LastAttempt = now
				out = append(out, d)
			}
		}
	}
	return out, nil
}

func (o *outbox) Settle(_ context.Context, d alerts.Delivery, s alerts.Settlement, now time.Time) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	r := o.rows[d.ID-1]
	r.state, r.notBefore, r.Uncertain = s.State, s.NotBefore, s.Uncertain
	if r.LastAttempt = now; s.Refund {
		r.Attempts, r.LastAttempt = r.Attempts-1, d.LastAttempt
	}
	if s.Stop != "" {
		o.stopped[d.Channel] = s.Stop
	}
	o.settled = append(o.settled, s)
	return nil
}

// poster answers with the errors that it is given, one a call, then with success.
type poster struct {
	mu     sync.Mutex
	errs   []error
	posted []alerts.Delivery // accepted, in order
	calls  int
	manner alerts.Manner
	found  string
	find   error
	lose   bool // accept what is answered with an error
	panics alerts.StoryID
	slow   alerts.Channel
	takes  time.Duration // to post in the slow channel
	looks  time.Duration // how long it takes to find out
}

func (p *poster) Post(_ context.Context, d alerts.Delivery) (string, error) {
	if d.Channel == p.slow {
		<-time.After(p.takes)
	}
	if d.Story == p.panics {
		panic("drawing")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls++
	if len(p.errs) > 0 {
		err := p.errs[0]
		p.errs = p.errs[1:]
		if err != nil {
			if p.lose {
				p.posted = append(p.posted, d)
			}
			return "", err
		}
	}
	p.posted = append(p.posted, d)
	return "m1", nil
}

func (p *poster) Find(context.Context, alerts.Delivery) (string, error) {
	<-time.After(p.looks)
	return p.found, p.find
}
func (p *poster) Manner() alerts.Manner { return p.manner }

func root(c alerts.Channel, s alerts.StoryID) alerts.Delivery {
	return alerts.Delivery{Channel: c, Story: s, Part: alerts.Root}
}

func fails(class alerts.Class) error {
	return &alerts.SendError{Class: class, Err: errors.New("the vendor said no")}
}

// dispatching runs a dispatcher on a fake clock; drain lets the given time pass and drains every second.
func dispatching(t *testing.T, o *outbox, p *poster, check func(drain func(time.Duration), notices *[]alerts.Notice)) {
	t.Helper()
	dispatchingAt(t, alerts.LifePace(), o, p, check)
}

func dispatchingAt(t *testing.T, pace alerts.Pace, o *outbox, p *poster, check func(drain func(time.Duration), notices *[]alerts.Notice)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var notices []alerts.Notice
		d := alerts.NewDispatcher(o, map[string]alerts.Poster{"discord": p, "slack": p}, pace, time.Now,
			func(_ context.Context, n alerts.Notice) {
				mu.Lock()
				defer mu.Unlock()
				notices = append(notices, n)
			}, slog.New(slog.DiscardHandler))
		check(func(span time.Duration) {
			for end := time.Now().Add(span); !time.Now().After(end); <-time.After(time.Second) {
				_, err := d.Drain(t.Context())
				require.NoError(t, err)
			}
		}, &notices)
	})
}

func TestDrainSendsInOrderPerChannel(t *testing.T) {
	p := &poster{}
	o := newOutbox(root(desk, "s1"), root(other, "s2"), root(desk, "s3"), root(desk, "s4"))
	dispatching(t, o, p, func(drain func(time.Duration), _ *[]alerts.Notice) {
		drain(0)
		var stories []alerts.StoryID
		for _, d := range p.posted {
			if d.Channel == desk {
				stories = append(stories, d.Story)
			}
		}
		require.Equal(t, []alerts.StoryID{"s1", "s3", "s4"}, stories)
		require.Len(t, p.posted, 4)
	})
}

// One class, one action.
func TestDrainActsOnTheClass(t *testing.T) {
	for _, c := range []struct {
		class   alerts.Class
		calls   int // in the first hour, the vendor being well again after one failure
		state   alerts.DeliveryState
		notices int
		stopped bool
	}{
		{alerts.Wait, 2, alerts.StateSent, 0, false},
		{alerts.Unsent, 2, alerts.StateSent, 0, false},
		{alerts.Ambiguous, 2, alerts.StateSent, 0, false},
		{alerts.ChannelDead, 1, alerts.StatePending, 0, true},
		{alerts.WorkspaceDead, 1, alerts.StatePending, 0, true},
		{alerts.Credential, 1, alerts.StatePending, 1, false},
		{alerts.Poison, 1, alerts.StateFailed, 0, false},
		{alerts.Unknown, 1, alerts.StateFailed, 1, false},
	} {
		t.Run(string(c.class), func(t *testing.T) {
			p := &poster{errs: []error{fails(c.class)}}
			o := newOutbox(root(desk, "s1"))
			dispatching(t, o, p, func(drain func(time.Duration), notices *[]alerts.Notice) {
				drain(time.Hour)
				require.Equal(t, c.calls, p.calls)
				require.Equal(t, c.state, o.rows[0].state)
				require.Len(t, *notices, c.notices)
				require.Equal(t, c.stopped, o.stopped[desk] != "")
			})
		})
	}
}

func TestDrainAsksForAPlainTryOnce(t *testing.T) {
	p := &poster{errs: []error{fails(alerts.Poison), fails(alerts.Poison)}}
	second := root(desk, "s1")
	second.Part = second.Part.AsPlain()
	o := newOutbox(root(desk, "s1"), second)
	dispatching(t, o, p, func(drain func(time.Duration), _ *[]alerts.Notice) {
		drain(time.Hour)
		require.True(t, o.settled[0].Plain)
		require.False(t, o.settled[1].Plain, "the plain text is not tried again")
	})
}

func TestDrainWaitsAsLongAsItIsTold(t *testing.T) {
	p := &poster{errs: []error{&alerts.SendError{Class: alerts.Wait, After: 90 * time.Second, Global: true, Err: errors.New("429")}}}
	o := newOutbox(root(desk, "s1"))
	dispatching(t, o, p, func(drain func(time.Duration), _ *[]alerts.Notice) {
		drain(89 * time.Second)
		require.Equal(t, 1, p.calls, "no call before the wait is over")
		drain(5 * time.Second)
		require.Equal(t, alerts.StateSent, o.rows[0].state)
		require.Equal(t, 1, o.rows[0].Attempts, "a wait does not spend an attempt")
	})
}

func TestDrainSettlesDoubt(t *testing.T) {
	slack := alerts.Manner{Settle: 30 * time.Second}
	for _, c := range []struct {
		name     string
		poster   *poster
		on       alerts.Uncertain
		accepted bool // the vendor took the message whose answer was lost
		want     alerts.DeliveryState
		shown    int
	}{
		{"found: not again", &poster{manner: slack, found: "m1"}, alerts.Repeat, true, alerts.StateSent, 1},
		{"not there: again", &poster{manner: slack}, alerts.Repeat, false, alerts.StateSent, 1},
		{"no history, repeat: may double", &poster{manner: slack, find: alerts.ErrNoHistory}, alerts.Repeat, true, alerts.StateSent, 2},
		{"no history, hold: listed", &poster{manner: slack, find: alerts.ErrNoHistory}, alerts.Hold, true, alerts.StateUncertain, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := c.poster
			p.errs, p.lose = []error{fails(alerts.Ambiguous)}, c.accepted
			d := root(other, "s1")
			d.OnUncertain = c.on
			o := newOutbox(d)
			dispatching(t, o, p, func(drain func(time.Duration), _ *[]alerts.Notice) {
				drain(25 * time.Second)
				require.NotEqual(t, alerts.StateSent, o.rows[0].state, "history is not trusted before the settle time")
				drain(2 * time.Minute)
				require.Equal(t, c.want, o.rows[0].state)
				require.Len(t, p.posted, c.shown)
			})
		})
	}
}

// A message that waits until it must have appeared calls nothing, so it does not use up the one send that finds out
// whether the platform is back.
func TestAMessageInDoubtUsesUpNoProbe(t *testing.T) {
	p := &poster{manner: alerts.Manner{Settle: 30 * time.Second}, found: "m1"}
	var all []alerts.Delivery
	for n := range 9 {
		all = append(all, root(alerts.NewChannel("slack:T1", fmt.Sprint("C", n)), "s1"))
	}
	for range 8 {
		p.errs = append(p.errs, fails(alerts.Ambiguous))
	}
	o := newOutbox(all...)
	dispatching(t, o, p, func(drain func(time.Duration), _ *[]alerts.Notice) {
		o.rows[8].notBefore = time.Now().Add(5 * time.Second)
		drain(12 * time.Second)
		require.Equal(t, 9, p.calls)
		require.Equal(t, alerts.StateSent, o.rows[8].state, "eight in doubt stand before it")
	})
}

// A message that was claimed before the platform went down, and then is not sent, leaves the waits between the sends that find
// out as they are: it is none of them.
func TestOnlyTheProbeItselfIsGivenBack(t *testing.T) {
	pace := alerts.LifePace()
	pace.Lease, pace.Probe = 20*time.Second, time.Minute
	p := &poster{looks: 9 * time.Second} // after which the lease has no time left to send
	var all []alerts.Delivery
	for n := range 9 {
		all = append(all, root(alerts.NewChannel("slack:T1", fmt.Sprint("C", n)), "s1"))
	}
	for range 20 {
		p.errs = append(p.errs, fails(alerts.Unsent))
	}
	o := newOutbox(all...)
	dispatchingAt(t, pace, o, p, func(drain func(time.Duration), _ *[]alerts.Notice) {
		o.rows[8].Uncertain, o.rows[8].LastAttempt = true, time.Now().Add(-time.Hour)
		drain(50 * time.Second)
		require.Equal(t, 8, p.calls, "one a minute, from when it went down")
		require.Equal(t, "the lease is nearly over", o.settled[8].Reason)
		drain(20 * time.Second)
		require.Equal(t, 9, p.calls)
	})
}

func TestDrainRepeatsWhereThePlatformAbsorbsIt(t *testing.T) {
	p := &poster{errs: []error{fails(alerts.Ambiguous)}, manner: alerts.Manner{Repeatable: 2 * time.Minute, Settle: 5 * time.Second}}
	o := newOutbox(root(desk, "s1"))
	dispatching(t, o, p, func(drain func(time.Duration), _ *[]alerts.Notice) {
		drain(10 * time.Second)
		require.Equal(t, 2, p.calls)
		require.Equal(t, alerts.StateSent, o.rows[0].state)
	})
}

// An edit made twice is the same edit, but the first try may be accepted last: a platform that knows a repeated post by its
// name changes nothing about that, and no look can tell.
func TestDrainRepeatsAnEditWhenTheFirstTryMustHaveLanded(t *testing.T) {
	p := &poster{errs: []error{fails(alerts.Ambiguous)}, manner: alerts.Manner{Repeatable: 2 * time.Minute, Settle: 30 * time.Second}, find: fails(alerts.Poison)}
	edit := root(desk, "s1")
	edit.Part, edit.RootMessage, edit.OnUncertain = alerts.EditPart(1), "m1", alerts.Hold
	o := newOutbox(edit)
	dispatching(t, o, p, func(drain func(time.Duration), _ *[]alerts.Notice) {
		drain(25 * time.Second)
		require.Equal(t, 1, p.calls, "repeated too early")
		drain(10 * time.Second)
		require.Equal(t, 2, p.calls)
		require.Equal(t, alerts.StateSent, o.rows[0].state)
	})
}

func TestDrainGivesUpAfterADay(t *testing.T) {
	p := &poster{}
	for range 5000 {
		p.errs = append(p.errs, fails(alerts.Unsent))
	}
	o := newOutbox(root(desk, "s1"))
	dispatching(t, o, p, func(drain func(time.Duration), notices *[]alerts.Notice) {
		drain(26 * time.Hour)
		require.Equal(t, alerts.StateFailed, o.rows[0].state)
		require.Len(t, *notices, 1)
		require.LessOrEqual(t, p.calls, 24*60*3+2, "one call in 20 seconds, but for the second")
	})
}

func TestDrainStopsBeginningWhenTold(t *testing.T) {
	p := &poster{}
	o := newOutbox(root(desk, "s1"))
	d := alerts.NewDispatcher(o, map[string]alerts.Poster{"discord": p}, alerts.LifePace(), time.Now, nil, slog.New(slog.DiscardHandler))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := d.Drain(ctx)
	require.NoError(t, err)
	require.Zero(t, p.calls)
}

// What the vendor says to the question is no answer about the message: a plain second try could double it.
func TestDrainTakesARefusedLookForNone(t *testing.T) {
	for _, class := range []alerts.Class{alerts.Poison, alerts.Unknown} {
		for on, want := range map[alerts.Uncertain]alerts.DeliveryState{alerts.Hold: alerts.StateUncertain, alerts.Repeat: alerts.StateSent} {
			p := &poster{manner: alerts.Manner{Settle: 30 * time.Second}, find: fails(class), errs: []error{fails(alerts.Ambiguous)}, lose: true}
			d := root(other, "s1")
			d.OnUncertain = on
			o := newOutbox(d)
			dispatching(t, o, p, func(drain func(time.Duration), _ *[]alerts.Notice) {
				drain(3 * time.Minute)
				require.Equal(t, want, o.rows[0].state)
				for _, s := range o.settled {
					require.False(t, s.Plain)
				}
			})
		}
	}
}

func TestDrainOutlivesAPanicOfAnAdapter(t *testing.T) {
	p := &poster{panics: "s1"}
	o := newOutbox(root(desk, "s1"), root(desk, "s2"))
	dispatching(t, o, p, func(drain func(time.Duration), notices *[]alerts.Notice) {
		drain(time.Hour)
		require.Equal(t, alerts.StateUncertain, o.rows[0].state)
		require.Equal(t, alerts.StateSent, o.rows[1].state, "what follows is sent")
		require.Len(t, *notices, 1)
	})
}

func TestASlowChannelHoldsUpNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &poster{slow: other, takes: 9 * time.Second}
		o := newOutbox(root(other, "s1"), root(desk, "s2"))
		o.rows[1].notBefore = time.Now().Add(2 * time.Second)
		d := alerts.NewDispatcher(o, map[string]alerts.Poster{"discord": p, "slack": p}, alerts.LifePace(), time.Now, nil, slog.New(slog.DiscardHandler))
		_, err := d.Drain(t.Context())
		require.NoError(t, err)
		require.Equal(t, []alerts.StoryID{"s2", "s1"}, []alerts.StoryID{p.posted[0].Story, p.posted[1].Story})
	})
}

// A send whose lease seems to be over, since the clock was set forward, is one under way: its channel is not free. What is due
// elsewhere waits for its end, and is not claimed as of a time that is past, when what others tried since would lie ahead.
func TestDrainClaimsNothingBesideASendThatSeemsOverdue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		clock := func() time.Time {
			if time.Since(began) < 3*time.Second {
				return time.Now()
			}
			return time.Now().Add(time.Hour)
		}
		p := &poster{slow: other, takes: 9 * time.Second}
		o := newOutbox(root(other, "s1"), root(desk, "s2"), root(desk, "s3"))
		o.rows[1].notBefore, o.rows[2].notBefore = began.Add(2*time.Second), began.Add(30*time.Minute)
		d := alerts.NewDispatcher(o, map[string]alerts.Poster{"discord": p, "slack": p}, alerts.LifePace(), clock, nil, slog.New(slog.DiscardHandler))
		_, err := d.Drain(t.Context())
		require.NoError(t, err)
		require.Equal(t, []alerts.StoryID{"s2", "s1", "s3"}, []alerts.StoryID{p.posted[0].Story, p.posted[1].Story, p.posted[2].Story})
		for i, at := range o.asOf {
			past := at.Sub(began)
			require.True(t, past < 3*time.Second || past >= time.Hour+9*time.Second, "claim %d is as of %s", i, past)
		}
	})
}

// A lease counts from before the claim was committed: a disk that stalls may have eaten it up.
func TestDrainSendsNothingOnALeaseThatIsNearlyOver(t *testing.T) {
	for stall, calls := range map[time.Duration]int{10 * time.Second: 1, 17 * time.Second: 1, 18 * time.Second: 0, 25 * time.Second: 0} {
		synctest.Test(t, func(t *testing.T) {
			p := &poster{}
			o := newOutbox(root(desk, "s1"))
			o.stall = stall
			d := alerts.NewDispatcher(o, map[string]alerts.Poster{"discord": p}, alerts.LifePace(), time.Now, nil, slog.New(slog.DiscardHandler))
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			_, err := d.Drain(ctx)
			require.NoError(t, err)
			require.Equal(t, calls, p.calls, "after %s", stall)
		})
	}
}

func TestDrainTellsOnceWhatBefallsManyDeliveries(t *testing.T) {
	p := &poster{errs: []error{fails(alerts.Unknown), fails(alerts.Unknown), fails(alerts.Unknown)}}
	o := newOutbox(root(desk, "s1"), root(desk, "s2"), root(other, "s3"))
	dispatching(t, o, p, func(drain func(time.Duration), notices *[]alerts.Notice) {
		drain(time.Hour)
		require.Len(t, *notices, 2, "once for each channel")
	})
}
