package store

import (
	"context"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A StoppedChannel is one that nothing is sent to until a person has mended something.
type StoppedChannel struct {
	Channel alerts.Channel
	Reason  string // in plain words
	Since   time.Time
	Waiting int // deliveries that wait for it
}

// stopChannel stops a channel that is not stopped yet; an empty reason does nothing.
func stopChannel(ctx context.Context, tx txn, c alerts.Channel, reason string, now time.Time) error {
	if reason == "" {
		return nil
	}
	_, err := tx.exec(ctx, `UPDATE channels SET stopped = $2, stopped_at = $3 WHERE channel = $1 AND stopped = ''`, string(c), reason, at(now))
	return err
}

// Stopped returns the channels that are stopped, by name.
func (s *Store) Stopped(ctx context.Context) ([]StoppedChannel, error) {
	var out []StoppedChannel
	err := s.look(ctx, "read stopped channels", func(tx txn) error {
		query := `SELECT c.channel, c.stopped, c.stopped_at, (SELECT COUNT(*) FROM deliveries d
				WHERE d.channel = c.channel AND d.state IN ('pending', 'sending'))
			FROM channels c WHERE c.stopped <> '' ORDER BY c.channel`
		return tx.each(ctx, query, nil, func(columns func(...any) error) error {
			var c StoppedChannel
			err := columns(&c.Channel, &c.Reason, moment{&c.Since}, &c.Waiting)
			out = append(out, c)
			return err
		})
	})
	return out, err
}

// StopWorkspace stops all channels of w that are not stopped yet: what waits for them stays. Reason is for people.
func (s *Store) StopWorkspace(ctx context.Context, w alerts.Workspace, reason string, now time.Time) error {
	return s.change(ctx, "stop workspace", func(tx txn) error {
		_, err := tx.exec(ctx, `UPDATE channels SET stopped = $2, stopped_at = $3 WHERE workspace = $1 AND stopped = ''`, string(w), reason, at(now))
		return err
	})
}

// StartChannel lets a stopped channel be sent to again, what waits first, as far as it is not stale (see backlog.go).
func (s *Store) StartChannel(ctx context.Context, c alerts.Channel, now time.Time) error {
	return s.change(ctx, "start channel", func(tx txn) error { return startChannel(ctx, tx, c, now) })
}

// StartWorkspace is for a workspace that the bot has joined, perhaps again: its channels are sent to, as by StartChannel,
// and what the file subscribes them to counts.
func (s *Store) StartWorkspace(ctx context.Context, w alerts.Workspace, now time.Time) error {
	return s.change(ctx, "start workspace", func(tx txn) error {
		stopped, err := ids[alerts.Channel](ctx, tx, `SELECT channel FROM channels WHERE workspace = $1 AND stopped <> '' ORDER BY channel`, string(w))
		if err != nil {
			return err
		}
		for _, c := range stopped {
			if err := startChannel(ctx, tx, c, now); err != nil {
				return err
			}
		}
		return returned(ctx, tx, w)
	})
}

// returned ends the departure of a workspace, if there was one.
func returned(ctx context.Context, tx txn, w alerts.Workspace) error {
	n, err := tx.exec(ctx, `DELETE FROM departures WHERE workspace = $1`, string(w))
	if err != nil || n == 0 {
		return err
	}
	return rosterMoved(ctx, tx)
}

// A Backlog says what the outbox holds, for metrics and for readiness. What was sent, superseded or discarded is not counted.
type Backlog struct {
	States  map[alerts.DeliveryState]int
	Oldest  time.Time // when the oldest was recorded that waits for a channel that is not stopped; zero if none does
	Stopped int       // channels
}

// Backlog counts what waits and what failed.
func (s *Store) Backlog(ctx context.Context) (Backlog, error) {
	b := Backlog{States: map[alerts.DeliveryState]int{}}
	err := s.look(ctx, "read backlog", func(tx txn) error {
		for _, states := range []string{`'pending', 'sending'`, `'failed', 'uncertain'`} { // an index each
			query := `SELECT state, COUNT(*) FROM deliveries WHERE state IN (` + states + `) AND discarded = '' GROUP BY state`
			err := tx.each(ctx, query, nil, func(columns func(...any) error) error {
				var state alerts.DeliveryState
				var n int
				err := columns(&state, &n)
				b.States[state] = n
				return err
			})
			if err != nil {
				return err
			}
		}
		if _, err := tx.row(ctx, `SELECT COUNT(*) FROM channels WHERE stopped <> ''`, nil, &b.Stopped); err != nil {
			return err
		}
		_, err := tx.row(ctx, `SELECT d.created FROM deliveries d JOIN channels c ON c.channel = d.channel
			WHERE d.state IN ('pending', 'sending') AND c.stopped = ''
				AND NOT EXISTS (SELECT 1 FROM departures p WHERE p.workspace = c.workspace)
			ORDER BY d.created LIMIT 1`, nil, moment{&b.Oldest})
		return err
	})
	return b, err
}
