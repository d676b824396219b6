package store

import (
	"context"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// deliveryColumns are what dueHeads reads.
const deliveryColumns = `d.id, d.channel, d.story, d.part, d.kind, d.alert, d.drawing, d.on_uncertain, d.attempts, d.first_attempt,
	d.last_attempt, d.not_before, d.uncertain, d.state`

const (
	claimDelivery = `UPDATE deliveries SET state = 'sending', attempts = attempts + 1, first_attempt = $2, last_attempt = $3,
		not_before = $4, uncertain = $5, reason = '', created = CASE WHEN created > $3 THEN $3 ELSE created END WHERE id = $1`
	leaseChannel = `UPDATE channels SET lease_until = $2, served = $3 WHERE channel = $1`

	// rootMessage asks for the message of a story's newest root that was sent, whichever try posted it; no row if none did.
	rootMessage = `SELECT message_id FROM deliveries WHERE channel = $1 AND story = $2 AND kind = 'post' AND state = 'sent'
		ORDER BY position DESC, id DESC LIMIT 1`

	// rootState asks what became of a story's newest root, its plain second try included.
	rootState = `SELECT state FROM deliveries WHERE channel = $1 AND story = $2 AND kind = 'post' ORDER BY position DESC, id DESC LIMIT 1`

	// standsBefore asks for a message of ours that was in the channel before a delivery's first attempt.
	standsBefore = `SELECT p.message_id FROM deliveries p JOIN deliveries d ON d.id = $2
		WHERE p.channel = $1 AND p.state = 'sent' AND p.kind <> 'edit' AND p.message_id <> '' AND p.position < d.position
			AND p.settled <= d.first_attempt ORDER BY p.position DESC, p.id DESC LIMIT 1`

	failOrphan = `UPDATE deliveries SET state = 'failed', settled = $2, reason = $3 WHERE id = $1`
)

// justBefore is what lies at least between a try and the claim after it, for passedBy tells the two apart.
const justBefore = time.Microsecond

// A head is the first open delivery of a channel.
type head struct {
	alerts.Delivery
	kind  string
	state alerts.DeliveryState
	until time.Time // the lease's end, where it is being sent; else when it is due
}

// Claim leases up to limit channels whose first open delivery is due. One that was being sent when its lease ran out
// comes back as uncertain. A reply or an edit whose root was never posted becomes a dead letter on the way.
func (s *Store) Claim(ctx context.Context, platforms []string, now time.Time, lease time.Duration, limit int) ([]alerts.Delivery, error) {
	if len(platforms) == 0 || limit <= 0 {
		return nil, nil
	}
	var claimed []alerts.Delivery
	doubtful := s.unanswered.take()
	err := s.change(ctx, "claim deliveries", func(tx txn) error {
		claimed = nil
		if err := endClaims(ctx, tx, doubtful); err != nil {
			return err
		}
		for len(claimed) < limit {
			heads, err := dueHeads(ctx, tx, platforms, now, limit-len(claimed))
			if err != nil {
				return err
			}
			before := len(claimed)
			for _, h := range heads {
				d, ok, err := claim(ctx, tx, h, now, lease)
				if err != nil {
					return err
				}
				if ok {
					claimed = append(claimed, d)
				}
			}
			if len(claimed)-before == len(heads) {
				return nil // all that was due; otherwise orphans made way for others
			}
		}
		return nil
	})
	if err != nil {
		if away(err) {
			doubtful = append(doubtful, term{now, now.Add(lease)})
		}
		s.unanswered.keep(doubtful)
		return nil, err
	}
	return claimed, nil
}

// dueHeads returns the first open delivery of each channel that may be sent to now. The channel that had its turn the
// longest ago comes first: one message waits behind no other channel's hundreds. What was recorded or
// tried last at a time that lies ahead, by more than replicas' clocks differ, is due: the clock went back since. Some edits are passed by (passedBy).
func dueHeads(ctx context.Context, tx txn, platforms []string, now time.Time, limit int) ([]head, error) {
	query := `SELECT ` + deliveryColumns + ` FROM channels c JOIN deliveries d ON d.id = (
			SELECT e.id FROM deliveries e` + tx.engine.openOnes + ` WHERE e.channel = c.channel AND e.state IN ('pending', 'sending')
				AND NOT EXISTS (` + passedBy(tx.engine) + `)
			ORDER BY e.position, e.id LIMIT 1)
		WHERE c.lease_until <= $1 AND c.stopped = '' AND (d.not_before <= $1 OR d.last_attempt > $1 + 1000000 OR d.created > $1)
			AND NOT EXISTS (SELECT 1 FROM departures p WHERE p.workspace = c.workspace)
			AND c.platform IN (` + marks(3, len(platforms)) + `)
		ORDER BY c.served, d.not_before, d.id LIMIT $2` + tx.engine.skipLocked(`c`)
	var heads []head
	err := tx.each(ctx, query, anys(platforms, any(at(now)), any(limit)), func(columns func(...any) error) error {
		var h head
		err := columns(&h.ID, &h.Channel, &h.Story, &h.Part, &h.kind, document{&h.Alert}, &h.Drawing, &h.OnUncertain, &h.Attempts,
			moment{&h.FirstAttempt}, moment{&h.LastAttempt}, moment{&h.until}, &h.Uncertain, &h.state)
		heads = append(heads, h)
		return err
	})
	return heads, err
}

// orphan makes a dead letter of a reply or an edit whose root has no message that is known.
func orphan(ctx context.Context, tx txn, d alerts.Delivery, now time.Time) error {
	var root alerts.DeliveryState
	if _, err := tx.row(ctx, rootState, []any{string(d.Channel), string(d.Story)}, &root); err != nil {
		return err
	}
	reason := "the message that it belongs to was never posted"
	if root == alerts.StateUncertain {
		reason = "the message that it belongs to is held as uncertain"
	}
	_, err := tx.exec(ctx, failOrphan, d.ID, at(now), reason)
	return err
}

// claim marks one head as being sent and leases its channel; ok is false if it can't ever be sent, and is settled.
func claim(ctx context.Context, tx txn, h head, now time.Time, lease time.Duration) (d alerts.Delivery, ok bool, err error) {
	d = h.Delivery
	if h.kind != "post" {
		posted, err := tx.row(ctx, rootMessage, []any{string(d.Channel), string(d.Story)}, &d.RootMessage)
		if err != nil {
			return d, false, err
		}
		if !posted {
			return d, false, orphan(ctx, tx, d, now)
		}
	}
	if h.state == alerts.StateSending { // who had it may have sent it as long as the lease ran
		d.Uncertain, d.LastAttempt = true, h.until
	}
	if h.kind == "edit" {
		if outdated, err := followEdits(ctx, tx, &d, now); err != nil || outdated {
			return d, false, err
		}
	} else if d.Uncertain {
		if _, err := tx.row(ctx, standsBefore, []any{string(d.Channel), d.ID}, &d.Behind); err != nil {
			return d, false, err
		}
	}
	if !d.LastAttempt.Before(now) { // the clock went back, or its process died with time left: how long ago it was is not known
		d.LastAttempt = now.Add(-justBefore)
	}
	d.Attempts++
	if d.FirstAttempt.IsZero() {
		d.FirstAttempt = now
	}
	until := at(now.Add(lease))
	if _, err := tx.exec(ctx, claimDelivery, d.ID, at(d.FirstAttempt), at(now), until, d.Uncertain); err != nil {
		return d, false, err
	}
	_, err = tx.exec(ctx, leaseChannel, string(d.Channel), until, at(now))
	return d, err == nil, err
}
