package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// tries is how often a transaction is run that fails because of others or of the connection.
const tries = 10

// change does what f does in one transaction that is on the disk when it returns. what is for the error. Beside other
// replicas f may run again, so it begins from nothing each time.
func (s *Store) change(ctx context.Context, what string, f func(tx txn) error) error {
	if s.write == nil {
		return fmt.Errorf("%s: %w", what, invalid("The database is open for reading only."))
	}
	t := transaction{s.write, s.engine.write, s.hot, committing}
	var rows int64
	err := s.within(ctx, t, what, func(tx txn) error {
		rows, tx.rows = 0, &rows
		return f(tx)
	})
	if ctx.Err() == nil { // else it may be the caller's time that ran out
		s.noted(err, rows > 0)
	}
	return err
}

// look reads with f from one state of the database. f runs once: what it read before a connection was lost may be kept.
func (s *Store) look(ctx context.Context, what string, f func(tx txn) error) error {
	leave, err := s.sit(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	defer leave()
	return s.within(ctx, transaction{s.read, s.engine.read, nil, running}, what, f)
}

// A stage is how far a transaction came.
type stage int

const (
	beginning stage = iota
	running
	committing
)

// A transaction is how one is run.
type transaction struct {
	db   *sql.DB
	opts *sql.TxOptions
	hot  map[string]*sql.Stmt
	once stage // from which on it is not run again after the connection was lost: whether it was kept is not known then
}

func (s *Store) within(ctx context.Context, t transaction, what string, f func(tx txn) error) error {
	if err := s.there(); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	for try := 1; ; try++ {
		came, err := s.run(ctx, t, try, f)
		if err == nil {
			return nil
		}
		if try == tries || !s.engine.again(err) || (came >= t.once && away(err)) {
			return fmt.Errorf("%s: %w", what, s.explain(ctx, err))
		}
		if gone := s.pause(ctx, try); gone != nil {
			return fmt.Errorf("%s: %w", what, errors.Join(gone, explain(err)))
		}
	}
}

// run runs a transaction once, the try-th time.
func (s *Store) run(ctx context.Context, t transaction, try int, f func(tx txn) error) (stage, error) {
	tx, err := t.db.BeginTx(ctx, t.opts)
	if err != nil {
		return beginning, err
	}
	if err = f(txn{tx, &s.engine, t.hot, map[string]*sql.Stmt{}, new(int64), try}); err == nil {
		return committing, tx.Commit()
	}
	if undo := tx.Rollback(); undo != nil && !errors.Is(undo, sql.ErrTxDone) && !away(undo) {
		err = errors.Join(err, undo)
	}
	return running, err
}

// pause waits before a transaction is run again: a few milliseconds, twice as long after each try, a second at most, and
// not as long as another replica does.
func (s *Store) pause(ctx context.Context, try int) error {
	longest := min(4*time.Millisecond<<try, time.Second)
	timer := time.NewTimer(time.Duration(float64(longest) * (0.5 + s.random()/2)))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
