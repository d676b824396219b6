package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	standingDelivery = `SELECT state, attempts, last_attempt, not_before, created FROM deliveries WHERE id = $1 AND channel = $2`

	settleDelivery = `UPDATE deliveries SET state = $2, attempts = $3, first_attempt = $4, last_attempt = $5, not_before = $6,
		uncertain = $7, message_id = $8, reason = $9, settled = $10 WHERE id = $1`

	// insertPlain puts a second try, as plain text, in the place of the first.
	insertPlain = `INSERT INTO deliveries (channel, workspace, story, part, kind, plain, alert_id, alert, drawing, on_uncertain,
			position, state, first_attempt, last_attempt, not_before, created)
		SELECT channel, workspace, story, $2, kind, TRUE, alert_id, alert, drawing, on_uncertain,
			position, 'pending', $3, $3, $4, $4 FROM deliveries WHERE id = $1
		ON CONFLICT (channel, story, part) DO NOTHING`

	// releaseChannel leaves a lease that is held for another delivery, should one be settled twice: a claim gives both the
	// same end. Nothing is asked of the thousands that may wait in the channel.
	releaseChannel = `UPDATE channels SET lease_until = 0 WHERE channel = $1 AND lease_until = $2`
)

// Settle records what became of a claimed delivery and releases its channel. If its lease ran out and another took over,
// only the success of a post or a reply is recorded: the channel is the other's now.
//
// A success in a channel where much was held up makes one message of what waits there (condense). It is tried once: that a
// message arrived is recorded whatever comes of it, and the next success tries again.
func (s *Store) Settle(ctx context.Context, d alerts.Delivery, as alerts.Settlement, now time.Time) error {
	var told int
	first := true
	condense := func(tx txn, created time.Time) (err error) {
		if told = 0; first {
			first = false
			told, err = condense(ctx, tx, d, created, now)
		}
		return err
	}
	err := s.settleWith(ctx, d, as, now, condense)
	if failed := (*condenseError)(nil); errors.As(err, &failed) {
		s.log.WarnContext(ctx, "messages that were held up could not be told in one; they are posted one by one till the next can be", "channel", d.Channel, "err", failed)
		return s.settleWith(ctx, d, as, now, condense)
	}
	if err == nil && told > 0 {
		s.log.InfoContext(ctx, "messages that were held up are told in one", "channel", d.Channel, "stories", told)
	}
	return err
}

func (s *Store) settleWith(ctx context.Context, d alerts.Delivery, as alerts.Settlement, now time.Time, condense func(tx txn, created time.Time) error) error {
	return s.change(ctx, "settle delivery", func(tx txn) error {
		var row standing
		found, err := tx.row(ctx, standingDelivery, []any{d.ID, string(d.Channel)}, &row.state, &row.attempts, moment{&row.last}, moment{&row.until}, moment{&row.created})
		if err != nil {
			return err
		}
		if !found {
			return fmt.Errorf("delivery %d of channel %s is not in the outbox", d.ID, d.Channel)
		}
		mine := row.attempts == d.Attempts
		switch {
		case row.state == alerts.StateSending && mine:
			if err := settle(ctx, tx, d, row, as, now); err != nil {
				return err
			}
			if as.State == alerts.StateSent {
				if err := condense(tx, row.created); err != nil {
					return err
				}
			}
		case row.open() && as.State == alerts.StateSent && d.Part.Kind() != "edit": // an edit is made once more: the other's may come last
			s.log.WarnContext(ctx, "a delivery was accepted after its lease had run out", "delivery", d.ID, "channel", d.Channel)
			return settle(ctx, tx, d, row, as, now)
		case !mine:
			s.log.WarnContext(ctx, "a delivery was settled after its lease had run out; that is not recorded", "delivery", d.ID, "channel", d.Channel, "state", as.State)
			return nil
		}
		if _, err := tx.exec(ctx, releaseChannel, string(d.Channel), at(row.until)); err != nil {
			return err
		}
		return stop(ctx, tx, d.Channel, as, now)
	})
}

// standing is a delivery's row as Settle finds it.
type standing struct {
	state    alerts.DeliveryState
	attempts int
	last     time.Time
	until    time.Time // the lease's end, while it is being sent
	created  time.Time
}

func (s standing) open() bool {
	return s.state == alerts.StateSending || s.state == alerts.StatePending
}

// settle writes what became of the delivery. An attempt is dated by when it ended: what it sent may have left till then, though
// it began much earlier. A refunded one leaves no trace: the times are those from before it.
func settle(ctx context.Context, tx txn, d alerts.Delivery, row standing, as alerts.Settlement, now time.Time) error {
	first, last, notBefore, settled := d.FirstAttempt, row.last, as.NotBefore, at(now)
	switch as.State {
	case alerts.StatePending:
		settled = 0
		if as.Refund {
			row.attempts--
		}
		last = now
		if as.Refund || as.Looked {
			last = d.LastAttempt
		}
		if row.attempts == 0 {
			first = time.Time{}
		}
	case alerts.StateUncertain:
		notBefore, last = now, now
	case alerts.StateSent, alerts.StateFailed:
		notBefore = now
	default:
		return fmt.Errorf("a claimed delivery can't become %q", as.State)
	}
	if _, err := tx.exec(ctx, settleDelivery, d.ID, string(as.State), row.attempts, at(first), at(last), at(notBefore),
		as.Uncertain, as.MessageID, as.Reason, settled); err != nil {
		return err
	}
	if as.State != alerts.StateFailed || !as.Plain {
		return nil
	}
	_, err := tx.exec(ctx, insertPlain, d.ID, string(d.Part.AsPlain()), at(time.Time{}), at(now))
	return err
}
