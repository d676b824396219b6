package store

import (
	"context"
	"slices"
	"time"
)

// keepOut lets nobody else change the tables until the transaction ends: a bot that starts meanwhile waits. It is refused
// while somebody works with the database: while a lease runs on at now or, where the leases are a server's, by its clock.
// It comes first in the transaction, which sees what was there when the tables were locked, and may take its time then.
func (s *Store) keepOut(ctx context.Context, tx txn, of schema, now time.Time) error {
	for _, query := range s.engine.untimed {
		if _, err := tx.exec(ctx, query); err != nil {
			return err
		}
	}
	if err := lockTables(ctx, tx, slices.Concat(of.tables, ofProcesses())); err != nil {
		return err
	}
	clock := s.Clock(func() time.Time { return now })
	if err := clock.Read(ctx); err != nil {
		return err
	}
	return idle(ctx, tx, clock.Now())
}

// lockTables lets nobody else change the tables until the transaction ends, which begins with it: it sees what was there then.
func lockTables(ctx context.Context, tx txn, tables []string) error {
	for _, query := range tx.engine.lockTables(tables) {
		if _, err := tx.exec(ctx, query); err != nil {
			return err
		}
	}
	return nil
}

// idle refuses a database whose leases run on: somebody works with it.
func idle(ctx context.Context, tx txn, now time.Time) error {
	var seen int
	if _, err := tx.row(ctx, `SELECT COUNT(*) FROM replicas WHERE seen > $1`, []any{at(now.Add(-aliveFor))}, &seen); err != nil {
		return err
	}
	if seen > 0 {
		return invalid("A bot is running on the database. Stop it, and try again.")
	}
	var until time.Time
	if _, err := tx.row(ctx, `SELECT COALESCE(MAX(lease_until), 0) FROM (SELECT lease_until FROM channels UNION ALL SELECT lease_until FROM feeds) leases`,
		nil, moment{&until}); err != nil {
		return err
	}
	if until.After(now) {
		return invalid("The bot that uses the database polls or sends at this moment. Stop it, and try again after %s.", until.Format(time.TimeOnly+" MST"))
	}
	return nil
}
