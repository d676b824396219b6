package store

import (
	"context"
	"slices"
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

// What is stopped was told to nobody yet.
const (
	stopOne = `UPDATE channels SET stopped = $2, stopped_at = $3, told = FALSE WHERE channel = $1 AND stopped = ''`
	stopAll = `UPDATE channels SET stopped = $2, stopped_at = $3, told = FALSE WHERE workspace = $1 AND stopped = ''`
)

// stop stops a settled delivery's channel, or all of its workspace, as far as they are not stopped yet.
func stop(ctx context.Context, tx txn, c alerts.Channel, as alerts.Settlement, now time.Time) error {
	if as.Stop == "" {
		return nil
	}
	query, which := stopOne, string(c)
	if as.StopAll {
		query, which = stopAll, string(c.Workspace())
	}
	_, err := tx.exec(ctx, query, which, as.Stop, at(now))
	return err
}

// StopChannel stops a channel that is not stopped yet, if something is to be sent there: what waits for it stays. Reason is
// for people.
func (s *Store) StopChannel(ctx context.Context, c alerts.Channel, reason string, now time.Time) error {
	return s.change(ctx, "stop channel", func(tx txn) error {
		var heard int
		_, err := tx.row(ctx, `SELECT (SELECT COUNT(*) FROM subscriptions WHERE channel = $1)
			+ (SELECT COUNT(*) FROM deliveries WHERE channel = $1 AND state IN ('pending', 'sending'))`, []any{string(c)}, &heard)
		if err != nil || heard == 0 {
			return err
		}
		if err := addChannel(ctx, tx, c); err != nil {
			return err
		}
		_, err = tx.exec(ctx, stopOne, string(c), reason, at(now))
		return err
	})
}

// Stopped returns the channels that are stopped, by name.
func (s *Store) Stopped(ctx context.Context) ([]StoppedChannel, error) {
	return s.stopped(ctx, `c.stopped <> ''`)
}

// UntoldStops returns the stopped channels that the admins were not told of, by name. What stops one channel often stops
// others, so there are none while the newest is younger than a minute and the oldest younger than ten.
func (s *Store) UntoldStops(ctx context.Context, now time.Time) ([]StoppedChannel, error) {
	out, err := s.stopped(ctx, `c.stopped <> '' AND NOT c.told`)
	if err != nil || len(out) == 0 {
		return nil, err
	}
	bySince := func(a, b StoppedChannel) int { return a.Since.Compare(b.Since) }
	newest, oldest := slices.MaxFunc(out, bySince), slices.MinFunc(out, bySince)
	if now.Sub(newest.Since) < stopsSettle && now.Sub(oldest.Since) < stopsAtLast {
		return nil, nil
	}
	return out, nil
}

const (
	stopsSettle = time.Minute
	stopsAtLast = 10 * time.Minute
)

// stopped returns the stopped channels to which the condition applies.
func (s *Store) stopped(ctx context.Context, condition string) ([]StoppedChannel, error) {
	var out []StoppedChannel
	err := s.look(ctx, "read stopped channels", func(tx txn) error {
		query := `SELECT c.channel, c.stopped, c.stopped_at, (SELECT COUNT(*) FROM deliveries d
				WHERE d.channel = c.channel AND d.state IN ('pending', 'sending'))
			FROM channels c WHERE ` + condition + ` ORDER BY c.channel`
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
		_, err := tx.exec(ctx, stopAll, string(w), reason, at(now))
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
		for _, condition := range []string{`d.state IN ('pending', 'sending')`, failedOnes, uncertainOnes} { // as they are listed
			query := `SELECT d.state, COUNT(*) FROM deliveries d WHERE ` + condition + ` GROUP BY d.state`
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
