package store

import (
	"context"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// Subscriptions returns those of all channels of the workspace, by channel and list.
func (s *Store) Subscriptions(ctx context.Context, w alerts.Workspace) (out []alerts.Subscription, err error) {
	err = s.look(ctx, "read subscriptions", func(tx txn) error {
		out, err = subscriptions(ctx, tx, `s.workspace = $1`, string(w))
		return err
	})
	return out, err
}

// Subscribe adds a subscription or changes the one of the same channel and list, and starts a stopped channel again. An
// *alerts.Invalid if the workspace sees no such list, if the file subscribes the channel to it in another way, or if the
// channel is not the workspace's.
func (s *Store) Subscribe(ctx context.Context, c alerts.Change, sub alerts.Subscription) error {
	if err := ownChannel(c, sub.Channel); err != nil {
		return err
	}
	sub.FromFile = false
	return s.change(ctx, "subscribe", func(tx txn) error {
		before, err := subscription(ctx, tx, sub.Channel, sub.List)
		if err != nil {
			return err
		}
		if before != nil && before.FromFile {
			if before.Least != sub.Least {
				return fromFile(before.List.Name)
			}
			if err := startChannel(ctx, tx, sub.Channel, c.At); err != nil {
				return err
			}
			return audit(ctx, tx, c, auditable(before), auditable(before))
		}
		found, err := tx.row(ctx, `SELECT l.name FROM watchlists l WHERE l.workspace = $2 AND l.folded = $3 AND (`+visibleLists+`)`,
			[]any{string(c.Workspace), string(sub.List.Workspace), folded(sub.List.Name)}, &sub.List.Name)
		if err != nil {
			return err
		}
		if !found {
			return noSuchList(sub.List.Name)
		}
		if err := addChannel(ctx, tx, sub.Channel); err != nil {
			return err
		}
		if _, err := putSubscription(ctx, tx, sub); err != nil {
			return err
		}
		if err := startChannel(ctx, tx, sub.Channel, c.At); err != nil {
			return err
		}
		if err := returned(ctx, tx, c.Workspace); err != nil {
			return err
		}
		if err := rosterMoved(ctx, tx); err != nil {
			return err
		}
		return audit(ctx, tx, c, auditable(before), auditable(&sub))
	})
}

// Unsubscribe removes a subscription; an *alerts.Invalid if it is not there or the file's. What waits for the channel is
// still sent.
func (s *Store) Unsubscribe(ctx context.Context, c alerts.Change, ch alerts.Channel, list alerts.ListRef) error {
	if err := ownChannel(c, ch); err != nil {
		return err
	}
	return s.change(ctx, "unsubscribe", func(tx txn) error {
		before, err := subscription(ctx, tx, ch, list)
		switch {
		case err != nil:
			return err
		case before == nil:
			return invalid("This channel does not subscribe to %s.", list.Name)
		case before.FromFile:
			return fromFile(before.List.Name)
		}
		if _, err := tx.exec(ctx, `DELETE FROM subscriptions WHERE channel = $1 AND list_workspace = $2 AND list = $3`,
			string(ch), string(list.Workspace), folded(list.Name)); err != nil {
			return err
		}
		if err := rosterMoved(ctx, tx); err != nil {
			return err
		}
		return audit(ctx, tx, c, auditable(before), nil)
	})
}

// Leave is for a workspace that the bot is no longer in: what its channels subscribe to in chat is removed, what waits for
// them becomes a dead letter, and what the file subscribes them to rests until the bot is back. Lists and feeds stay.
func (s *Store) Leave(ctx context.Context, c alerts.Change) error {
	return s.change(ctx, "leave workspace", func(tx txn) error {
		w := string(c.Workspace)
		before, err := subscriptions(ctx, tx, `s.workspace = $1 AND NOT s.from_file`, w)
		if err != nil {
			return err
		}
		if _, err := tx.exec(ctx, `DELETE FROM subscriptions WHERE workspace = $1 AND NOT from_file`, w); err != nil {
			return err
		}
		if _, err := tx.exec(ctx, `UPDATE deliveries SET state = 'failed', reason = 'the bot is no longer in the workspace', settled = $2
			WHERE state = 'pending' AND channel IN (SELECT channel FROM channels WHERE workspace = $1)`, w, at(c.At)); err != nil {
			return err
		}
		if _, err := tx.exec(ctx, `INSERT INTO departures (workspace, departed) VALUES ($1, $2) ON CONFLICT (workspace) DO NOTHING`, w, at(c.At)); err != nil {
			return err
		}
		if err := rosterMoved(ctx, tx); err != nil {
			return err
		}
		removed := make([]any, len(before))
		for i := range before {
			removed[i] = auditable(&before[i])
		}
		return audit(ctx, tx, c, removed, nil)
	})
}

func fromFile(list string) error {
	return invalid("This channel's subscription to %s comes from the configuration file and is changed there.", list)
}

// subscription returns that of a channel to a list, nil if there is none.
func subscription(ctx context.Context, tx txn, ch alerts.Channel, list alerts.ListRef) (*alerts.Subscription, error) {
	found, err := subscriptions(ctx, tx, `s.channel = $1 AND s.list_workspace = $2 AND s.list = $3`, string(ch), string(list.Workspace), folded(list.Name))
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// putSubscription adds or changes a subscription, and tells whether anything changed. The channel's row and the list are there.
func putSubscription(ctx context.Context, tx txn, v alerts.Subscription) (changed bool, err error) {
	n, err := tx.exec(ctx, `INSERT INTO subscriptions (channel, workspace, list_workspace, list, least, ping, when_uncertain, from_file)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (channel, list_workspace, list) DO UPDATE SET least = excluded.least, ping = excluded.ping,
			when_uncertain = excluded.when_uncertain, from_file = excluded.from_file
		WHERE subscriptions.least <> excluded.least OR subscriptions.ping <> excluded.ping
			OR subscriptions.when_uncertain <> excluded.when_uncertain OR subscriptions.from_file <> excluded.from_file`,
		string(v.Channel), string(v.Channel.Workspace()), string(v.List.Workspace), folded(v.List.Name), string(v.Least), v.Ping,
		string(v.WhenUncertain), v.FromFile)
	return n > 0, err
}

// auditable is a subscription as the audit shows it.
func auditable(v *alerts.Subscription) any {
	if v == nil {
		return nil
	}
	return map[string]any{
		"channel": v.Channel, "list": v.List.Name, "from_file_list": v.List.Workspace == alerts.File,
		"least": v.Least, "ping": v.Ping, "when_uncertain": v.WhenUncertain,
	}
}
