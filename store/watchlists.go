package store

import (
	"context"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// Watchlists returns the workspace's own watchlists and those of the file that one of its channels subscribes to, by name.
func (s *Store) Watchlists(ctx context.Context, w alerts.Workspace) (out []alerts.Watchlist, err error) {
	err = s.look(ctx, "read watchlists", func(tx txn) error {
		if out, err = watchlists(ctx, tx, visibleLists, string(w)); err != nil {
			return err
		}
		_, err = learn(ctx, tx, out)
		return err
	})
	return out, err
}

// PutWatch adds a watch to a list of the workspace's own, which is made if it is not there. An *alerts.Invalid if the
// list is the file's or has a watch of that name.
func (s *Store) PutWatch(ctx context.Context, c alerts.Change, list string, w alerts.Watch) error {
	return s.change(ctx, "add watch", func(tx txn) error {
		name, err := ownList(ctx, tx, c, list)
		if err != nil {
			return err
		}
		if name == "" {
			name = list
			if _, err := tx.exec(ctx, `INSERT INTO watchlists (workspace, folded, name, version) VALUES ($1, $2, $3, 0)`,
				string(c.Workspace), folded(list), list); err != nil {
				return err
			}
		}
		added, err := addWatch(ctx, tx, c.Workspace, list, w)
		if err != nil {
			return err
		}
		if !added {
			return invalid("The list %s has a watch named %s already. Remove it first, or choose another name.", name, w.Name)
		}
		if err := listEdited(ctx, tx, c.Workspace, list); err != nil {
			return err
		}
		return audit(ctx, tx, c, nil, storeWatch(w))
	})
}

// RemoveWatch removes a watch from a list of the workspace's own; an *alerts.Invalid if it is not there. The list stays.
func (s *Store) RemoveWatch(ctx context.Context, c alerts.Change, list, watch string) error {
	return s.change(ctx, "remove watch", func(tx txn) error {
		name, err := ownList(ctx, tx, c, list)
		if err != nil {
			return err
		}
		if name == "" {
			return noSuchList(list)
		}
		var before storedWatch
		found, err := tx.row(ctx, `DELETE FROM watches WHERE workspace = $1 AND list = $2 AND folded = $3 RETURNING watch`,
			[]any{string(c.Workspace), folded(list), folded(watch)}, document{&before})
		if err != nil {
			return err
		}
		if !found {
			return invalid("The list %s has no watch named %s. To see its watches: watch list.", name, watch)
		}
		if err := listEdited(ctx, tx, c.Workspace, list); err != nil {
			return err
		}
		return audit(ctx, tx, c, before, nil)
	})
}

func noSuchList(list string) error {
	return invalid("There is no watchlist named %s here. To see the lists: watch list.", list)
}

// ownList returns the name of the workspace's own list, as it was first written; "" if there is none of that name. A list
// of the file's that the workspace can see is refused.
func ownList(ctx context.Context, tx txn, c alerts.Change, list string) (name string, err error) {
	if c.Workspace == alerts.File {
		return "", invalid("What the configuration file provides is changed there.")
	}
	if folded(list) == "" {
		return "", invalid("The watchlist needs a name.")
	}
	var owner alerts.Workspace
	found, err := tx.row(ctx, `SELECT l.workspace, l.name FROM watchlists l WHERE l.folded = $2 AND (`+visibleLists+`)
		ORDER BY l.workspace DESC LIMIT 1`, []any{string(c.Workspace), folded(list)}, &owner, &name)
	if err != nil || !found {
		return "", err
	}
	if owner == alerts.File {
		return "", invalid("The list %s comes from the configuration file and is changed there. Choose another list.", name)
	}
	return name, nil
}

// addWatch adds a watch at the end of a list; added is false if it has one of that name.
func addWatch(ctx context.Context, tx txn, owner alerts.Workspace, list string, w alerts.Watch) (added bool, err error) {
	if folded(w.Name) == "" {
		return false, invalid("The watch needs a name.")
	}
	n, err := tx.exec(ctx, `INSERT INTO watches (workspace, list, folded, watch, position) VALUES ($1, $2, $3, $4,
			(SELECT COALESCE(MAX(position), 0) + 1 FROM watches WHERE workspace = $1 AND list = $2))
		ON CONFLICT (workspace, list, folded) DO NOTHING`, string(owner), folded(list), folded(w.Name), document{storeWatch(w)})
	return n > 0, err
}

// listEdited moves the version of the list and of the roster.
func listEdited(ctx context.Context, tx txn, owner alerts.Workspace, list string) error {
	if _, err := tx.exec(ctx, `UPDATE watchlists SET version = version + 1 WHERE workspace = $1 AND folded = $2`, string(owner), folded(list)); err != nil {
		return err
	}
	return rosterMoved(ctx, tx)
}
