package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// Options are what a store may be told. The zero value is fine.
type Options struct {
	Log *slog.Logger // nil logs nothing
}

// A Store is an open database. Its methods may be called at the same time from many goroutines.
type Store struct {
	write *sql.DB              // one connection
	read  *sql.DB              // several, which can't write
	hot   map[string]*sql.Stmt // of write, by their text
	lock  *fileLock
	path  string
	file  fs.FileInfo // of what was opened at the path
	log   *slog.Logger
}

// Open opens the database that dsn names, makes it where there is none, and brings its tables up to date. It releases
// what a former process had leased: what that was sending comes back as uncertain. An error that a user can mend is an
// *alerts.Invalid: the form of dsn, the folder, a second process on the file, a file that is no database of Attaché's or
// a newer version's.
func Open(ctx context.Context, dsn string, opts Options) (*Store, error) {
	s, err := connect(ctx, dsn, opts)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if err := s.begin(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open store: %w", err), s.Close())
	}
	return s, nil
}

// connect opens the file and its lock, and checks that it may be written as promised; the tables may be old.
func connect(ctx context.Context, dsn string, opts Options) (*Store, error) {
	path, err := parseDSN(dsn)
	if err != nil {
		return nil, err
	}
	if err := lookAt(path); err != nil {
		return nil, err
	}
	lock, err := lockFile(path)
	if err != nil {
		return nil, err
	}
	s := &Store{lock: lock, path: path, log: opts.Log}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.file, err = makeFile(path); err == nil {
		s.write, s.read, err = openSQLite(path)
	}
	if err == nil {
		err = claimFile(ctx, s.write, path)
	}
	if err != nil {
		return nil, errors.Join(explain(err), s.Close())
	}
	return s, nil
}

// begin makes a connected store ready for use.
func (s *Store) begin(ctx context.Context) error {
	from, to, err := migrate(ctx, s.write)
	if err != nil {
		return explain(err)
	}
	if from != to {
		s.log.InfoContext(ctx, "brought the database up to date", "from", from, "to", to)
	}
	s.hot = map[string]*sql.Stmt{}
	for _, query := range hotStatements() {
		stmt, err := s.write.PrepareContext(ctx, query) //nolint:sqlclosecheck // Close closes it
		if err != nil {
			return explain(err)
		}
		s.hot[query] = stmt
	}
	return s.releaseLeases(ctx)
}

// releaseLeases ends the leases of the process that had the file before. What it was sending may have been accepted. The
// first times it is due again at once; a delivery over which the process dies again and again waits for its next try.
func (s *Store) releaseLeases(ctx context.Context) error {
	const patience = 3
	return s.change(ctx, "release leases", func(tx txn) error {
		if _, err := tx.exec(ctx, `UPDATE feeds SET lease_until = 0 WHERE lease_until > 0`); err != nil {
			return err
		}
		if _, err := tx.exec(ctx, `UPDATE channels SET lease_until = 0 WHERE lease_until > 0`); err != nil {
			return err
		}
		n, err := tx.exec(ctx, `UPDATE deliveries SET state = 'pending', uncertain = TRUE,
			not_before = CASE WHEN attempts <= $1 THEN last_attempt ELSE not_before END WHERE state = 'sending'`, patience)
		if n > 0 {
			s.log.WarnContext(ctx, "deliveries were being sent when the process ended; each is looked for before it is repeated", "deliveries", n)
		}
		return err
	})
}

// Ping tells whether the database answers, and is still in its file.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.there(); err != nil {
		return fmt.Errorf("ask store: %w", err)
	}
	var one int
	if err := s.read.QueryRowContext(ctx, `SELECT 1`).Scan(&one); err != nil {
		return fmt.Errorf("ask store: %w", explain(err))
	}
	return nil
}

// Close ends all use of the database and lets another process have it.
func (s *Store) Close() error {
	var errs []error
	for _, stmt := range s.hot {
		errs = append(errs, stmt.Close())
	}
	for _, db := range []*sql.DB{s.read, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if err := errors.Join(append(errs, s.lock.release())...); err != nil {
		return fmt.Errorf("close store: %w", err)
	}
	return nil
}

func invalid(format string, args ...any) error {
	return &alerts.Invalid{Say: fmt.Sprintf(format, args...)}
}
