package store

import (
	"context"
	"sync"
	"time"
)

const (
	// aliveFor is how long a replica counts after it last said so: some missed beats.
	aliveFor = 10 * time.Second

	beat = `INSERT INTO replicas (id, seen) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET seen = excluded.seen`

	takeDuty = `INSERT INTO duties (name, holder, lease_until) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, lease_until = excluded.lease_until
		WHERE duties.holder = excluded.holder OR duties.lease_until <= $4`
)

// Shared tells whether other processes may work with the database too.
func (s *Store) Shared() bool { return s.engine.shared }

const (
	freeDead = `UPDATE feeds SET lease_until = 0 WHERE lease_until > $1 AND leased_by IN (SELECT id FROM replicas WHERE seen <= $2 AND id <> $3)`
	freeOwn  = `UPDATE feeds SET lease_until = 0 WHERE lease_until > 0 AND leased_by = $1`
)

// Beat says that the replica of that id is alive, and returns how many are, itself included. The feeds that
// one had claimed which is not any more are due again.
func (s *Store) Beat(ctx context.Context, id string, now time.Time) (alive int, err error) {
	err = s.change(ctx, "say that the replica is alive", func(tx txn) error {
		if _, err := tx.exec(ctx, freeDead, at(now), at(now.Add(-aliveFor)), id); err != nil {
			return err
		}
		if _, err := tx.exec(ctx, `DELETE FROM replicas WHERE seen <= $1 AND id <> $2`, at(now.Add(-aliveFor)), id); err != nil {
			return err
		}
		if _, err := tx.exec(ctx, `DELETE FROM duties WHERE lease_until <= $1`, at(now.Add(-time.Hour))); err != nil {
			return err
		}
		if _, err := tx.exec(ctx, beat, id, at(now)); err != nil {
			return err
		}
		_, err := tx.row(ctx, `SELECT COUNT(*) FROM replicas`, nil, &alive)
		return err
	})
	return max(alive, 1), err
}

// Part takes a replica off those that are alive and lets others have its duties and feeds at once.
func (s *Store) Part(ctx context.Context, id string) error {
	return s.change(ctx, "say that the replica ends", func(tx txn) error {
		for _, query := range []string{freeOwn, `DELETE FROM duties WHERE holder = $1`} {
			if _, err := tx.exec(ctx, query, id); err != nil {
				return err
			}
		}
		_, err := tx.exec(ctx, `DELETE FROM replicas WHERE id = $1`, id)
		return err
	})
}

// Hold gives the duty of that name to the replica until now plus lease, unless another has it; who has it renews it so.
func (s *Store) Hold(ctx context.Context, duty, id string, now time.Time, lease time.Duration) (held bool, err error) {
	err = s.change(ctx, "take a duty", func(tx txn) error {
		n, err := tx.exec(ctx, takeDuty, duty, id, at(now.Add(lease)), at(now))
		held = n > 0
		return err
	})
	return held && err == nil, err
}

// Yield ends the replica's lease of a duty.
func (s *Store) Yield(ctx context.Context, duty, id string) error {
	return s.change(ctx, "give up a duty", func(tx txn) error {
		_, err := tx.exec(ctx, `DELETE FROM duties WHERE name = $1 AND holder = $2`, duty, id)
		return err
	})
}

// A Clock is one by which all replicas of a database go: the server's, read now and then, and between by the time that
// passes here. A clock of this machine's that is wrong, or is set, changes nothing but the moment until it is read again.
type Clock struct {
	store *Store
	local func() time.Time

	mu     sync.Mutex
	here   time.Time // when it was last read, with the monotonic reading of this process
	server time.Time // what it said
}

// Clock returns a clock that follows the database's where several processes share it. With SQLite it is the local one.
func (s *Store) Clock(local func() time.Time) *Clock { return &Clock{store: s, local: local} }

// Now is the time by the database's clock, or the local one until it is first read.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.local()
	if c.server.IsZero() {
		return now
	}
	return c.server.Add(now.Sub(c.here))
}

// Read reads the database's clock. Half of the time that the answer took is added.
func (c *Clock) Read(ctx context.Context) error {
	if !c.store.Shared() {
		return nil
	}
	before := c.local()
	server, err := c.store.engine.now(ctx, c.store.read)
	if err != nil {
		return explain(err)
	}
	after := c.local()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.here, c.server = after, server.Add(after.Sub(before)/2)
	return nil
}
