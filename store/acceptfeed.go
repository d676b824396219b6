package store

import (
	"context"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// AcceptFeed takes a feed that the workspace hears as it is now, and makes it due at once; an *alerts.Invalid if it hears
// none of that name. Its validators are forgotten, so that what was held is read whole.
func (s *Store) AcceptFeed(ctx context.Context, c alerts.Change, name string) error {
	return s.change(ctx, "accept feed", func(tx txn) error {
		var id alerts.FeedID
		var before alerts.Manners
		found, err := tx.row(ctx, `SELECT f.id, f.manners FROM listings l JOIN feeds f ON f.id = l.feed
			WHERE l.folded = $2 AND l.workspace IN ('', $1) ORDER BY l.workspace DESC LIMIT 1`, []any{string(c.Workspace), folded(name)},
			&id, document{&before})
		switch {
		case err != nil:
			return err
		case !found:
			return invalid("There is no feed named %s. To see the feeds: feeds list.", name)
		}
		after, due := before.Accepted(c.At), c.At
		if before.NotBefore.After(due) {
			due = before.NotBefore
		}
		if _, err := tx.exec(ctx, `UPDATE feeds SET manners = $2, failures = 0, failure = '', etag = '', last_modified = '', next_poll = $3 WHERE id = $1`,
			int64(id), document{after}, at(due)); err != nil {
			return err
		}
		return audit(ctx, tx, c, before, after)
	})
}
