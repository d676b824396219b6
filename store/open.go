package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync/atomic"

	"github.com/pressly/goose/v3"
	"github.com/seed-6c43f0f2/attache/alerts"
)

// Options are what a store may be told. The zero value is fine.
type Options struct {
	Log  *slog.Logger   // nil logs nothing
	Rand func() float64 // from 0 to 1, spreads what replicas try again; nil is a source that is seeded at random

	Replica string // the id by which this process gives signs of life (Beat); "" gives none
}

// A Store is an open database. Its methods may be called at the same time from many goroutines.
type Store struct {
	engine engine
	write  *sql.DB              // with SQLite one connection; nil where nothing may be written
	read   *sql.DB              // with SQLite others, which can't write; with PostgreSQL the same
	seats  chan struct{}        // one for each look that goes on; nil where looks have connections of their own
	hot    map[string]*sql.Stmt // of write, by their text; with SQLite only
	lock   *fileLock            // nil with PostgreSQL
	path   string
	file   fs.FileInfo // of what was opened at the path; nil with PostgreSQL
	log    *slog.Logger
	random func() float64
	id     string                // of this process among the replicas
	failed atomic.Pointer[error] // see Failing

	unvisited, unanswered doubts // claims of feeds and of deliveries that may have been kept
}

// Open opens the database that dsn names, makes its tables where there are none, and brings them up to date. One process
// has a SQLite file: it releases what a former process had leased, and what that was sending comes back as uncertain. A
// PostgreSQL database may have several: there leases run out. An error that a user can mend is an *alerts.Invalid: the
// form of dsn, the folder, a second process on the file, a server that does not answer or refuses, a database that is not
// Attaché's or a newer version's.
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

// connect opens the database that dsn names and checks that it may be written as promised; the tables may be old.
func connect(ctx context.Context, dsn string, opts Options) (*Store, error) {
	e, err := engineOf(dsn)
	if err != nil {
		return nil, err
	}
	s := newStore(e, opts)
	if e.dialect == goose.DialectPostgres {
		err = s.connectPostgres(ctx, dsn)
	} else {
		err = s.connectSQLite(ctx, dsn)
	}
	if err != nil {
		return nil, errors.Join(s.explain(ctx, err), s.Close())
	}
	return s, nil
}

func newStore(e engine, opts Options) *Store {
	s := &Store{engine: e, log: opts.Log, random: opts.Rand, id: opts.Replica}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.random == nil {
		s.random = rand.Float64
	}
	return s
}

// connectSQLite opens the file and its lock.
func (s *Store) connectSQLite(ctx context.Context, dsn string) (err error) {
	if s.path, err = parseDSN(dsn); err != nil {
		return err
	}
	if err := lookAt(s.path); err != nil {
		return err
	}
	if s.lock, err = lockFile(s.path); err != nil {
		return err
	}
	if s.file, err = makeFile(s.path); err != nil {
		return err
	}
	if s.write, s.read, err = openSQLite(s.path); err != nil {
		return err
	}
	return claimFile(ctx, s.write, s.path)
}

// connectPostgres waits for a server that is just starting, as it is when both are started together.
func (s *Store) connectPostgres(ctx context.Context, dsn string) (err error) {
	if err := s.dial(dsn, false); err != nil {
		return err
	}
	s.write = s.read
	for try := 1; ; try++ {
		err = checkPostgres(ctx, s.write)
		if try == tries || !strings.HasPrefix(sqlstate(err), "57P") {
			break
		}
		if gone := s.pause(ctx, try); gone != nil {
			return errors.Join(gone, err)
		}
	}
	return err
}

// begin makes a connected store ready for use.
func (s *Store) begin(ctx context.Context) error {
	from, to, err := migrate(ctx, &s.engine, s.write)
	if err != nil {
		return s.explain(ctx, err)
	}
	if from != to {
		s.log.InfoContext(ctx, "brought the database up to date", "from", from, "to", to)
	}
	if s.lock == nil {
		return s.keyAnew(ctx) // the connection keeps its own statements, and other replicas their leases
	}
	s.hot = map[string]*sql.Stmt{}
	for _, query := range hotStatements() {
		stmt, err := s.write.PrepareContext(ctx, query) //nolint:sqlclosecheck // Close closes it
		if err != nil {
			return explain(err)
		}
		s.hot[query] = stmt
	}
	if err := s.releaseLeases(ctx); err != nil {
		return err
	}
	return s.keyAnew(ctx)
}

// releaseLeases ends the leases of the process that had the file before. What it was sending may have been accepted. The
// first times it is due again at once, its last try ending at the lease's end or now, whichever comes first (claim); a delivery
// over which the process dies again and again stays what it was sending till then.
func (s *Store) releaseLeases(ctx context.Context) error {
	const patience = 3
	return s.change(ctx, "release leases", func(tx txn) error {
		if _, err := tx.exec(ctx, `UPDATE feeds SET lease_until = 0 WHERE lease_until > 0`); err != nil {
			return err
		}
		if _, err := tx.exec(ctx, `UPDATE channels SET lease_until = 0 WHERE lease_until > 0`); err != nil {
			return err
		}
		if _, err := tx.exec(ctx, `DELETE FROM duties`); err != nil {
			return err
		}
		n, err := tx.exec(ctx, `UPDATE deliveries SET uncertain = TRUE,
			state = CASE WHEN attempts <= $1 THEN 'pending' ELSE state END,
			not_before = CASE WHEN attempts <= $1 THEN last_attempt ELSE not_before END,
			last_attempt = CASE WHEN attempts <= $1 THEN not_before ELSE last_attempt END WHERE state = 'sending'`, patience)
		if n > 0 {
			s.log.WarnContext(ctx, "deliveries were being sent when the process ended; each is looked for before it is repeated", "deliveries", n)
		}
		return err
	})
}

// Ping tells whether the database answers and, with SQLite, is still in its file.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.there(); err != nil {
		return fmt.Errorf("ask store: %w", err)
	}
	var one int
	if err := s.read.QueryRowContext(ctx, `SELECT 1`).Scan(&one); err != nil {
		return fmt.Errorf("ask store: %w", s.explain(ctx, err))
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
