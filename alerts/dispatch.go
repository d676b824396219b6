package alerts

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
)

// Pace are the times of dispatching. Tests run them faster than life.
type Pace struct {
	Lease    time.Duration // how long a claim holds its channel
	Send     time.Duration // the limit of one call
	Margin   time.Duration // a claim is sent only while more than Send and this is left of its lease
	Wait     time.Duration // before the next try where the platform says wait and not how long
	Backoff  time.Duration // before the second try; doubles
	Longest  time.Duration // the most that a back-off grows to
	Probe    time.Duration // between two sends to a platform that is down
	GiveUp   time.Duration // after so long a delivery that can't be sent is a dead letter
	Parallel int           // channels sent to at once
}

// LifePace is the pace in production: PROMISES section 1.
func LifePace() Pace {
	return Pace{
		Lease: 30 * time.Second, Send: 10 * time.Second, Margin: 2 * time.Second, Wait: time.Minute,
		Backoff: 10 * time.Second, Longest: 20 * time.Second, Probe: 10 * time.Second, GiveUp: 24 * time.Hour, Parallel: 16,
	}
}

// A Notice is something that the admins should know, once.
type Notice struct {
	Platform string
	Channel  Channel // "" for the whole platform
	Class    Class
	Say      string // in plain words, with the cure
}

// A Dispatcher turns deliveries into posted messages.
type Dispatcher struct {
	outbox  Outbox
	posters map[string]Poster
	pace    Pace
	now     func() time.Time
	notify  func(context.Context, Notice)
	log     *slog.Logger

	mu      sync.Mutex
	paused  map[string]time.Time // platforms that wait, until when
	dead    map[string]string    // platforms whose credential is refused, and what the platform said
	told    map[told]time.Time   // when notice was given
	outages map[string]outage    // by platform
}

// NewDispatcher returns a Dispatcher for the platforms that posters name. notify is called once for each thing that
// needs a person; it may be nil.
func NewDispatcher(o Outbox, posters map[string]Poster, p Pace, now func() time.Time, notify func(context.Context, Notice), log *slog.Logger) *Dispatcher {
	if notify == nil {
		notify = func(context.Context, Notice) {}
	}
	return &Dispatcher{
		outbox: o, posters: posters, pace: p, now: now, notify: notify, log: log,
		paused: map[string]time.Time{}, dead: map[string]string{}, told: map[told]time.Time{}, outages: map[string]outage{},
	}
}

// Dispatched counts what became of the deliveries of one Drain.
type Dispatched struct{ Sent, Again, Failed, Uncertain int }

// lookAgain is how often Drain asks what has become due meanwhile, so that a slow channel holds up no other.
const lookAgain = time.Second

// Drain sends what is due, several channels at once and each in order, until nothing is due or ctx ends. When ctx ends
// no new send begins; those under way finish within Pace.Send and are settled.
func (d *Dispatcher) Drain(ctx context.Context) (Dispatched, error) {
	var total Dispatched
	done := make(chan result)
	running, told := flights{}, false
	for begun := 0; ; {
		var failed error
		var look <-chan time.Time
		if ctx.Err() == nil {
			now := d.now()
			room := d.pace.Parallel - len(running)
			if running.overdue(now, d.pace.Lease) {
				if room = 0; !told {
					told = true
					d.log.Warn("a send seems to have outlived its lease, as it hangs or the clock was set; nothing else is sent before it ends")
				}
			}
			claimed, err := d.claim(ctx, room, now)
			if err != nil {
				failed = fmt.Errorf("drain outbox: %w", err)
			}
			for _, c := range claimed {
				begun++
				running[begun] = now
				go func(flight int) {
					r := d.deliver(context.WithoutCancel(ctx), c, now)
					r.flight = flight
					done <- r
				}(begun)
			}
			look = time.After(lookAgain)
		}
		if len(running) == 0 {
			return total, failed
		}
		var r result
		select {
		case r = <-done:
		case <-look:
			continue
		}
		delete(running, r.flight)
		total.add(r.settled)
		if r.err != nil {
			for range running {
				total.add((<-done).settled)
			}
			return total, r.err
		}
	}
}

// flights are the sends under way, by a number, and when each was claimed.
type flights map[int]time.Time

// overdue tells whether the lease of one under way seems to be over by the clock on the wall, as the outbox compares times: it is stuck,
// or the clock was set forward since. Nothing is claimed before it has ended, for its own channel would be free to claim. It is no way out
// to claim as of an earlier time: what others have tried since would seem to be tried then.
func (f flights) overdue(now time.Time, lease time.Duration) bool {
	for _, claimed := range f {
		if now.Round(0).Sub(claimed.Round(0)) >= lease {
			return true
		}
	}
	return false
}

// result is what became of one claimed delivery.
type result struct {
	flight  int
	settled Settlement
	err     error // the outbox failed: the row stays as it was claimed
}

func (t *Dispatched) add(s Settlement) {
	switch s.State {
	case StateSent:
		t.Sent++
	case StatePending:
		t.Again++
	case StateFailed:
		t.Failed++
	case StateUncertain:
		t.Uncertain++
	}
}

// claim leases up to n channels of the platforms that may be called now, and one of each that is down.
func (d *Dispatcher) claim(ctx context.Context, n int, now time.Time) (claimed []Delivery, err error) {
	well, probed := d.open(now)
	for _, name := range probed {
		if n <= 0 {
			return claimed, nil
		}
		one, err := d.outbox.Claim(ctx, []string{name}, now, d.pace.Lease, 1)
		if err != nil {
			return claimed, err
		}
		if len(one) > 0 {
			d.probing(one[0], now)
		}
		claimed, n = append(claimed, one...), n-len(one)
	}
	if len(well) == 0 || n <= 0 {
		return claimed, nil
	}
	more, err := d.outbox.Claim(ctx, well, now, d.pace.Lease, n)
	return append(claimed, more...), err
}

// deliver sends one delivery, claimed at that time, and settles it. ctx is not that of Drain: what began is finished.
func (d *Dispatcher) deliver(ctx context.Context, c Delivery, claimed time.Time) result {
	s := d.safely(ctx, c, claimed)
	if s.State != StateSent {
		d.log.Warn("delivery not sent", "channel", c.Channel, "part", c.Part, "alert", c.Alert.ID, "state", s.State, "reason", s.Reason)
	}
	if err := d.outbox.Settle(ctx, c, s, d.now()); err != nil {
		return result{err: fmt.Errorf("settle delivery %d: %w", c.ID, err)}
	}
	return result{settled: s}
}

// safely attempts a delivery. A panic of an adapter is that delivery's end and not the program's; since nobody knows how
// far it came, the delivery is uncertain, which neither doubles it nor holds up what follows.
func (d *Dispatcher) safely(ctx context.Context, c Delivery, claimed time.Time) (s Settlement) {
	defer func() {
		if p := recover(); p != nil {
			d.log.Error("sending panicked", "channel", c.Channel, "alert", c.Alert.ID, "panic", p, "stack", string(debug.Stack()))
			s = Settlement{State: StateUncertain, Reason: "a fault of ours while it was sent; the operator finds it in the log"}
			d.tell(ctx, c, Unknown, s.Reason)
		}
	}()
	return d.attempt(ctx, c, claimed)
}

// attempt finds out whether an earlier attempt got through, where there is doubt, and sends if need be.
func (d *Dispatcher) attempt(ctx context.Context, c Delivery, claimed time.Time) Settlement {
	if c.Part.Kind() == "edit" && c.RootMessage == "" { // people deleted the message: there is nothing left to change
		return Settlement{State: StateSent}
	}
	poster := d.posters[c.Channel.Platform()]
	ctx, stop := context.WithTimeout(ctx, d.pace.Send)
	defer stop()
	s, verdict := d.resolve(ctx, poster, c)
	if verdict == settled {
		return s
	}
	if left := d.pace.Lease - d.now().Sub(claimed); left <= d.pace.Send+d.pace.Margin {
		d.unprobed(c)
		return Settlement{State: StatePending, NotBefore: d.now(), Refund: true, Uncertain: c.Uncertain, Reason: "the lease is nearly over"}
	}
	id, err := poster.Post(ctx, c)
	if err == nil {
		d.observe(c.Channel.Platform(), nil)
		return Settlement{State: StateSent, MessageID: id, Repeated: verdict == unknowable}
	}
	e := asSendError(err)
	d.observe(c.Channel.Platform(), e)
	if verdict == absorbed && e.refuses() { // only this repeat: what was sent before may stand
		if s, verdict = d.look(ctx, poster, c); verdict == settled {
			return s
		}
	}
	s = d.judge(ctx, c, e)
	if verdict == unknowable && s.State == StateFailed && !s.Plain {
		s.State = StateUncertain // it may be there after all
	}
	s.Repeated = verdict == unknowable && !s.Refund
	return s
}
