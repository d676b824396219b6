package store

import (
	"context"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// An edit of which nobody knows whether it was accepted may be accepted later, and take the place of what was made meanwhile.
// So a later edit of its story is in doubt too until that must have happened, though it was never tried itself.

const (
	// outdateEdit makes an edit needless if a later one of its story waits. One that was being sent may be accepted yet.
	outdateEdit = `UPDATE deliveries SET state = 'superseded', reason = 'a later edit says more', settled = $4, uncertain = (uncertain OR state = 'sending'),
			last_attempt = CASE WHEN state = 'sending' THEN not_before ELSE last_attempt END
		WHERE id = $1 AND EXISTS (SELECT 1 FROM deliveries n WHERE n.channel = $2 AND n.story = $3 AND n.kind = 'edit' AND n.state = 'pending'
			AND n.position > deliveries.position)`

	// editInDoubt asks when the newest try ended of a story's edits before this one that may be accepted yet; $4 if
	// there is none. An edit is sent when those before it are over, so what stands before the newest that was sent counts no more.
	editInDoubt = `SELECT COALESCE(MAX(e.last_attempt), $4) FROM deliveries e JOIN deliveries d ON d.id = $3
		WHERE e.channel = $1 AND e.story = $2 AND e.kind = 'edit' AND e.id <> $3 AND e.position <= d.position AND (e.uncertain OR e.state = 'uncertain')
			AND e.position > (SELECT COALESCE(MAX(p.position), 0) FROM deliveries p
				WHERE p.channel = $1 AND p.story = $2 AND p.kind = 'edit' AND p.state = 'sent')`
)

// passedBy asks, for an open delivery e of a channel c at the time $1, for an edit of its story that stands at its place or
// before it and waits until an earlier try must have come to its end. That edit makes no message: what does not belong to
// its story goes past it.
//
// Such a wait is known by that its channel was served since the try: by the claim that found that it is too early. In the
// back-off before that an edit stands at the head, so that a channel is called no more often than any other that fails.
func passedBy(e *engine) string {
	return `SELECT 1 FROM deliveries w` + e.openOnes + ` WHERE w.channel = c.channel AND w.state IN ('pending', 'sending')
		AND w.position <= e.position AND w.story = e.story AND w.kind = 'edit' AND w.state = 'pending' AND w.uncertain
		AND w.not_before > $1 AND w.last_attempt < c.served AND w.last_attempt <= $1`
}

// followEdits makes the edit wait for those before it that may be accepted yet; outdated tells that it is settled, since a
// later one says more.
func followEdits(ctx context.Context, tx txn, d *alerts.Delivery, now time.Time) (outdated bool, err error) {
	n, err := tx.exec(ctx, outdateEdit, d.ID, string(d.Channel), string(d.Story), at(now))
	if err != nil || n > 0 || d.Uncertain {
		return n > 0, err
	}
	var last time.Time
	if _, err := tx.row(ctx, editInDoubt, []any{string(d.Channel), string(d.Story), d.ID, at(time.Time{})}, moment{&last}); err != nil || last.IsZero() {
		return false, err
	}
	d.Uncertain, d.LastAttempt = true, last
	return false, nil
}
