package store

import (
	"context"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// audit writes who changed what, with the thing before and after; nil is what was not there or is no more. It runs in
// the transaction of the change, so that there is never one without the other.
func audit(ctx context.Context, tx txn, c alerts.Change, before, after any) error {
	_, err := tx.exec(ctx, `INSERT INTO audit (at, workspace, channel, actor_id, actor_name, command, request_id, detail, before, after)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, at(c.At), string(c.Workspace), string(c.Channel), c.ActorID, c.ActorName,
		c.Command, c.RequestID, c.Detail, document{before}, document{after})
	return err
}

// ownChannel refuses a change of a channel that is not of the workspace in which it was asked for.
func ownChannel(c alerts.Change, ch alerts.Channel) error {
	if c.Workspace == alerts.File || ch.Workspace() != c.Workspace {
		return invalid("That channel belongs to another workspace; use the command there.")
	}
	return nil
}
