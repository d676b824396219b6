package store

import (
	"context"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	insertChannel = `INSERT INTO channels (channel, platform, workspace) VALUES ($1, $2, $3) ON CONFLICT (channel) DO NOTHING`

	insertDelivery = `INSERT INTO deliveries (channel, workspace, story, part, kind, plain, alert_id, alert, drawing, on_uncertain,
			state, first_attempt, last_attempt, not_before, created, position)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'pending', $11, $11, $12, $12,
			(SELECT COALESCE(MAX(position), 0) + 1 FROM deliveries WHERE channel = $1))
		ON CONFLICT (channel, story, part) DO NOTHING RETURNING position`

	supersedeEdits = `UPDATE deliveries SET state = 'superseded', reason = 'a later edit says more', settled = $4
		WHERE channel = $1 AND story = $2 AND kind = 'edit' AND state = 'pending' AND position < $3`
)

// addChannel makes the row that holds a channel's lease, if it is not there.
func addChannel(ctx context.Context, tx txn, c alerts.Channel) error {
	_, err := tx.exec(ctx, insertChannel, string(c), c.Platform(), string(c.Workspace()))
	return err
}

// enqueue adds a delivery behind the others of its channel, due at once; added is false if it stands already. An edit
// makes the story's earlier edits needless, as far as they are not being sent.
func enqueue(ctx context.Context, tx txn, d alerts.Delivery, now time.Time) (added bool, err error) {
	if err := addChannel(ctx, tx, d.Channel); err != nil {
		return false, err
	}
	var position int64
	added, err = tx.row(ctx, insertDelivery, []any{
		string(d.Channel), string(d.Channel.Workspace()), string(d.Story), string(d.Part),
		d.Part.Kind(), d.Part.Plain(), d.Alert.ID,
		document{d.Alert},
		d.Drawing, string(d.OnUncertain),
		at(time.Time{}), at(now),
	}, &position)
	if err != nil || !added || d.Part.Kind() != "edit" {
		return added, err
	}
	_, err = tx.exec(ctx, supersedeEdits, string(d.Channel), string(d.Story), position, at(now))
	return added, err
}
