package alerts

import (
	"context"
	"errors"
)

// A doubt is what is known of earlier attempts that may have been accepted.
type doubt int

const (
	none       doubt = iota // there is no doubt: send
	absorbed                // the platform knows a repeat for one: send
	absent                  // it surely is not there: send
	unknowable              // nobody can tell, and the subscription says repeat: send
	settled                 // don't send
)

// resolve settles doubt about an earlier attempt: by repeating where the platform absorbs a repeat, else by looking. An
// edit made twice is the same edit, but what is accepted late takes the place of whatever was made meanwhile: it is repeated
// once that must have happened.
func (d *Dispatcher) resolve(ctx context.Context, p Poster, c Delivery) (Settlement, doubt) {
	if !c.Uncertain {
		return Settlement{}, none
	}
	if c.Part.Kind() == "edit" {
		if s, early := d.early(p, c); early {
			return s, settled
		}
		return Settlement{}, none
	}
	age := d.now().Sub(c.FirstAttempt)
	if age >= 0 && age < p.Manner().Repeatable { // less than 0: the clock went back, and the age is not known
		return Settlement{}, absorbed
	}
	return d.look(ctx, p, c)
}

// early puts the delivery off while an earlier attempt may still be accepted.
func (d *Dispatcher) early(p Poster, c Delivery) (Settlement, bool) {
	ready := c.LastAttempt.Add(p.Manner().Settle)
	if !d.now().Before(ready) {
		return Settlement{}, false
	}
	d.unprobed(c)
	return Settlement{State: StatePending, NotBefore: ready, Refund: true, Uncertain: true, Reason: "waiting until the message must have appeared"}, true
}

// look looks whether the message of an earlier attempt stands in the channel, once it must have appeared there.
func (d *Dispatcher) look(ctx context.Context, p Poster, c Delivery) (Settlement, doubt) {
	if s, early := d.early(p, c); early {
		return s, settled
	}
	id, err := p.Find(ctx, c)
	switch {
	case err == nil && id != "":
		return Settlement{State: StateSent, MessageID: id}, settled
	case err == nil:
		return Settlement{}, absent
	case cannotLook(err) && c.OnUncertain == Hold:
		return Settlement{State: StateUncertain, Reason: "it may have been posted, and " + why(err)}, settled
	case cannotLook(err):
		d.log.Warn("repeating an uncertain delivery: it may double", "channel", c.Channel, "alert", c.Alert.ID, "err", err)
		return Settlement{}, unknowable
	}
	e := asSendError(err)
	d.observe(c.Channel.Platform(), e)
	s := d.judge(ctx, c, e)
	s.Uncertain, s.Looked = s.State == StatePending, s.State == StatePending
	return s, settled
}

// cannotLook tells whether looking into the channel leads nowhere: it is not allowed, there is too much, or the question
// itself is refused. That says nothing about the delivery, so it is no reason to try it as plain text.
func cannotLook(err error) bool {
	return errors.Is(err, ErrNoHistory) || errors.Is(err, ErrTooFar) || asSendError(err).refuses()
}

// why says for people why nobody can tell.
func why(err error) string {
	if errors.Is(err, ErrTooFar) {
		return "so much was written in the channel since that the bot did not find out"
	}
	return "the bot can't read the channel to find out"
}

// refuses tells whether the platform takes what it was asked for a mistake, and would each time.
func (e *SendError) refuses() bool { return e.Class == Poison || e.Class == Unknown }
