package store

import (
	"context"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// What a channel that was stopped is still told when it is started: news of yesterday, and not hundreds at once. It is
// the class "channel dead" of the platforms' error classes (docs/architecture.md).
const (
	keptFor     = 24 * time.Hour
	keptStories = 50
)

const (
	waitingDeliveries = `SELECT id, story, created FROM deliveries
		WHERE channel = $1 AND state = 'pending' AND NOT uncertain ORDER BY position DESC, id DESC`

	leaveOut = `UPDATE deliveries SET state = 'failed', settled = $2, reason = $3 WHERE id = $1`
)

// startChannel lets a channel be sent to again, if it is stopped. What has become stale meanwhile is a dead letter that
// says so; what may have been posted is not, since nobody knows yet.
func startChannel(ctx context.Context, tx txn, c alerts.Channel, now time.Time) error {
	started, err := tx.exec(ctx, `UPDATE channels SET stopped = '', stopped_at = 0 WHERE channel = $1 AND stopped <> ''`, string(c))
	if err != nil || started == 0 {
		return err
	}
	waiting, err := waitingOf(ctx, tx, c)
	if err != nil {
		return err
	}
	for id, reason := range stale(waiting, now) {
		if _, err := tx.exec(ctx, leaveOut, id, at(now), reason); err != nil {
			return err
		}
	}
	return nil
}

// waiting is a delivery that waits for its channel.
type waiting struct {
	id      int64
	story   alerts.StoryID
	created time.Time
}

// waitingOf returns what waits for a channel and surely was not posted, the newest first.
func waitingOf(ctx context.Context, tx txn, c alerts.Channel) (out []waiting, err error) {
	err = tx.each(ctx, waitingDeliveries, []any{string(c)}, func(columns func(...any) error) error {
		var w waiting
		err := columns(&w.id, &w.story, moment{&w.created})
		out = append(out, w)
		return err
	})
	return out, err
}

// stale returns those that are left out, and why. A story is kept or left out whole, by what is newest of it: an edit
// without its message would say nothing.
func stale(newestFirst []waiting, now time.Time) map[int64]string {
	kept, out := map[alerts.StoryID]bool{}, map[int64]string{}
	for _, w := range newestFirst {
		switch {
		case kept[w.story]:
		case now.Sub(w.created) > keptFor:
			out[w.id] = "left out: when the channel was started again, this had waited for more than 24 hours"
		case len(kept) == keptStories:
			out[w.id] = "left out: when the channel was started again, more than 50 alerts waited, and the newest were sent"
		default:
			kept[w.story] = true
		}
	}
	return out
}
