package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings the database that dsn names up to date and returns the versions of its tables before and after. A
// database made by a newer Attaché is an *alerts.Invalid, and so is a file that a process is using.
func Migrate(ctx context.Context, dsn string) (from, to int64, err error) {
	s, err := connect(ctx, dsn, Options{})
	if err == nil {
		from, to, err = migrate(ctx, &s.engine, s.write)
		err = errors.Join(s.explain(ctx, err), s.Close())
	}
	if err != nil {
		return 0, 0, fmt.Errorf("migrate store: %w", err)
	}
	return from, to, nil
}

// migrate applies what is missing, each step in a transaction of its own, while no other process does.
func migrate(ctx context.Context, e *engine, db *sql.DB) (from, to int64, err error) {
	p, err := provider(e, db)
	if err != nil {
		return 0, 0, err
	}
	steps := p.ListSources() // by version
	if newest := steps[len(steps)-1].Version; isAt(ctx, e, db, newest) {
		return newest, newest, nil
	}
	if e.shared { // a file was looked at when it was opened
		if _, err := e.ours(ctx, db, ""); err != nil {
			return 0, 0, err
		}
	}
	err = e.alone(ctx, db, func() error {
		if from, to, err = p.GetVersions(ctx); err != nil {
			return err
		}
		if from > to {
			return newer(from, to)
		}
		_, err = p.Up(ctx)
		return err
	})
	return from, to, err
}

// isAt tells whether the tables are surely ours and at that version, so that a start needs neither the lock nor a look at all
// tables nor goose's own, which are slow with PostgreSQL. An error means no: where it matters it comes again.
func isAt(ctx context.Context, e *engine, db *sql.DB, version int64) bool {
	var at int64
	err := db.QueryRowContext(ctx, e.atVersion).Scan(&at)
	return err == nil && at == version
}

func provider(e *engine, db *sql.DB) (*goose.Provider, error) {
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(e.dialect, db, spelt{steps, e.spelling}, goose.WithDisableGlobalRegistry(true))
}

func newer(from, to int64) error {
	return invalid("The database was made by a newer version of Attaché (tables %d, this version knows %d). Run that version, or restore a backup from before.", from, to)
}
