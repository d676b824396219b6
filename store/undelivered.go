package store

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// undelivered are the conditions of each want. A refused message whose plain second try stands is told as that one.
const (
	failedOnes = `d.state = 'failed' AND d.discarded = '' AND NOT EXISTS (SELECT 1 FROM deliveries p
		WHERE p.channel = d.channel AND p.story = d.story AND p.part = d.part || '+plain')`
	uncertainOnes = `d.state = 'uncertain' AND d.discarded = ''`
	heldOnes      = `d.state = 'pending' AND c.stopped <> ''`
	waitingOnes   = `d.state = 'pending' AND d.reason <> '' AND c.stopped = ''`

	undeliveredColumns = `d.id, d.channel, d.part, d.alert, d.attempts, d.created, d.state, d.reason, c.stopped, d.not_before,
		CASE WHEN d.state <> 'pending' OR c.stopped <> '' THEN 0 ELSE
			(SELECT COUNT(*) FROM deliveries q WHERE q.channel = d.channel AND q.state IN ('pending', 'sending')) END`

	tryAgain = `UPDATE deliveries SET state = 'pending', attempts = 0, first_attempt = $2, last_attempt = $2, not_before = $3,
		uncertain = FALSE, reason = '', settled = 0 WHERE id = $1`

	// lookAgain leaves the times of the attempts: where the channel is to be looked through from, and whether a repeat is
	// still absorbed, hang on them. Who asks for it accepts that it may double.
	lookAgain = `UPDATE deliveries SET state = 'pending', not_before = $2, uncertain = TRUE, on_uncertain = 'repeat', reason = '',
		settled = 0 WHERE id = $1`

	discardDead = `UPDATE deliveries SET discarded = $2 WHERE id = $1`
	discardHeld = `UPDATE deliveries SET state = 'failed', discarded = $2, reason = $3, settled = $4 WHERE id = $1`

	// outdone tells of a delivery that another took the place of: another root of the story, or a later edit.
	outdone = `SELECT COUNT(*) FROM deliveries d, deliveries n WHERE d.id = $1 AND n.channel = d.channel AND n.story = d.story
		AND n.kind = d.kind AND n.id <> d.id AND n.state <> 'failed' AND (d.kind = 'post' OR d.kind = 'edit' AND n.position > d.position)`
)

// Undelivered returns the newest deliveries of workspace w, or with "" of all, to which the want applies, and how many
// there are in all.
func (s *Store) Undelivered(ctx context.Context, w alerts.Workspace, want alerts.Want, limit int) (out []alerts.Undelivered, all int, err error) {
	condition, err := conditionOf(want)
	if err != nil {
		return nil, 0, err
	}
	from := ` FROM deliveries d JOIN channels c ON c.channel = d.channel WHERE ` + condition + ` AND ($1 = '' OR d.workspace = $1)`
	err = s.look(ctx, "read undelivered", func(tx txn) error {
		if _, err := tx.row(ctx, `SELECT COUNT(*)`+from, []any{string(w)}, &all); err != nil {
			return err
		}
		query := `SELECT ` + undeliveredColumns + from + ` ORDER BY d.id DESC LIMIT $2`
		return tx.each(ctx, query, []any{string(w), max(limit, 0)}, func(columns func(...any) error) error {
			u, err := scanUndelivered(columns)
			out = append(out, u)
			return err
		})
	})
	return out, all, err
}

func conditionOf(want alerts.Want) (string, error) {
	switch want {
	case alerts.WantFailed:
		return failedOnes, nil
	case alerts.WantUncertain:
		return uncertainOnes, nil
	case alerts.WantHeld:
		return heldOnes, nil
	case alerts.WantWaiting:
		return waitingOnes, nil
	}
	return "", fmt.Errorf("read undelivered: no such want: %q", want)
}

func scanUndelivered(columns func(...any) error) (u alerts.Undelivered, err error) {
	var state alerts.DeliveryState
	var stopped string
	err = columns(&u.ID, &u.Channel, &u.Part, document{&u.Alert}, &u.Attempts, moment{&u.At}, &state, &u.Reason, &stopped, moment{&u.Next}, &u.Queued)
	if u.Queued == 0 {
		u.Next = time.Time{}
	}
	switch state {
	case alerts.StateFailed:
		u.Want = alerts.WantFailed
	case alerts.StateUncertain:
		u.Want = alerts.WantUncertain
	default:
		u.Want = alerts.WantWaiting
		if stopped != "" {
			u.Want, u.Reason = alerts.WantHeld, "the channel is stopped: "+stopped
		}
	}
	return u, err
}

// RetryDelivery sends an undelivered delivery of c.Workspace again, in its old place in the channel's queue, with its audit
// row. One that may have been posted is looked for first, and posted where that can't be found out. An *alerts.Invalid if
// there is nothing to try again: it is not there, not undelivered, its channel is stopped, or another message took its place.
func (s *Store) RetryDelivery(ctx context.Context, c alerts.Change, id int64) error {
	return s.change(ctx, "retry delivery", func(tx txn) error {
		u, err := undeliveredOf(ctx, tx, c, id)
		if err != nil {
			return err
		}
		if u.Want == alerts.WantHeld {
			return invalid("Delivery %d waits, for %s Mend that; then subscribe, or a restart of the bot, starts the channel again.", id, sentence(u.Reason))
		}
		var later int
		if _, err := tx.row(ctx, outdone, []any{id}, &later); err != nil {
			return err
		}
		if later > 0 {
			return invalid("Another message of the same story took the place of delivery %d. Discard it instead.", id)
		}
		if _, err := tx.exec(ctx, moveLedger, 0); err != nil { // what is planned meanwhile took the story for untold
			return err
		}
		if u.Want == alerts.WantUncertain {
			_, err = tx.exec(ctx, lookAgain, id, at(c.At))
		} else if err = regather(ctx, tx, u); err == nil {
			_, err = tx.exec(ctx, tryAgain, id, at(time.Time{}), at(c.At))
		}
		if err != nil {
			return err
		}
		return audit(ctx, tx, c, u, nil)
	})
}

// DiscardDelivery takes an undelivered delivery of c.Workspace off the list, with its audit row; it is never sent. What
// came of it stays on record, with who discarded it. An *alerts.Invalid if it is not there, or not undelivered.
func (s *Store) DiscardDelivery(ctx context.Context, c alerts.Change, id int64) error {
	return s.change(ctx, "discard delivery", func(tx txn) error {
		u, err := undeliveredOf(ctx, tx, c, id)
		if err != nil {
			return err
		}
		who := cmp.Or(c.ActorName, c.ActorID, "nobody known")
		if u.Want == alerts.WantHeld {
			_, err = tx.exec(ctx, discardHeld, id, who, "discarded by "+who+" while "+u.Reason, at(c.At))
		} else {
			_, err = tx.exec(ctx, discardDead, id, who)
		}
		if err != nil {
			return err
		}
		return audit(ctx, tx, c, u, nil)
	})
}

// undeliveredOf is the undelivered delivery of c.Workspace with that id.
func undeliveredOf(ctx context.Context, tx txn, c alerts.Change, id int64) (u alerts.Undelivered, err error) {
	query := `SELECT ` + undeliveredColumns + ` FROM deliveries d JOIN channels c ON c.channel = d.channel
		WHERE d.id = $1 AND d.workspace = $2 AND ((` + failedOnes + `) OR (` + uncertainOnes + `) OR (` + heldOnes + `) OR (` + waitingOnes + `))`
	err = tx.each(ctx, query, []any{id, string(c.Workspace)}, func(columns func(...any) error) error {
		u, err = scanUndelivered(columns)
		return err
	})
	if err == nil && u.Want == alerts.WantWaiting {
		err = invalid("Delivery %d waits and is tried again without you, next at %s: %s", id, u.Next.UTC().Format("15:04:05 UTC"), sentence(u.Reason))
	}
	if err == nil && u.ID == 0 {
		err = invalid("Among what did not arrive here there is no delivery %d. The numbers are shown by deliveries failed, deliveries uncertain and deliveries held.", id)
	}
	return u, err
}
