package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pressly/goose/v3"
)

// Check tells whether Open would open the database that dsn names, as far as that can be told without making, changing or
// locking it: a bot may be running. One that is not there yet, or of an older version, is fine, for Open makes it so. An
// *alerts.Invalid says what to do.
func Check(ctx context.Context, dsn string) error {
	if err := check(ctx, dsn); err != nil {
		return fmt.Errorf("check store: %w", err)
	}
	return nil
}

func check(ctx context.Context, dsn string) (err error) {
	e, err := engineOf(dsn)
	if err != nil {
		return err
	}
	s := newStore(e, Options{})
	defer func() { err = errors.Join(s.explain(ctx, err), s.Close()) }()
	if e.dialect == goose.DialectPostgres {
		if err := s.dial(dsn, true); err != nil {
			return err
		}
		if err := checkPostgres(ctx, s.read); err != nil {
			return err
		}
		return s.knownTables(ctx)
	}
	if s.path, err = parseDSN(dsn); err != nil {
		return err
	}
	if there, err := usable(s.path); err != nil || !there {
		return err
	}
	var write *sql.DB // never connected
	if write, s.read, err = openSQLite(s.path); err != nil {
		return err
	}
	return errors.Join(write.Close(), s.knownTables(ctx))
}

// knownTables refuses a database that is another program's, or of a newer version.
func (s *Store) knownTables(ctx context.Context) error {
	tables, err := s.engine.ours(ctx, s.read, s.path)
	if err != nil || tables == 0 {
		return err
	}
	p, err := provider(&s.engine, s.read)
	if err != nil {
		return err
	}
	from, to, err := p.GetVersions(ctx)
	if err == nil && from > to {
		return newer(from, to)
	}
	return err
}

// usable tells whether a database file is at the path, and refuses a path where none can be, or be written.
func usable(path string) (there bool, err error) {
	if err := lookAt(path); err != nil {
		return false, err
	}
	if _, err := os.Stat(path); err == nil {
		f, err := os.OpenFile(path, os.O_RDWR, 0) //nolint:gosec // the configuration names the path
		if err != nil {
			return true, fmt.Errorf("%w (%w)", invalid("The file %s can't be read and written. Give the bot's user the right to, or name another file for the store.", path), err)
		}
		return true, f.Close()
	}
	folder := filepath.Dir(path)
	info, err := os.Stat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, noFolder(folder)
	case err == nil && info.IsDir():
	default:
		return false, fmt.Errorf("%w (%w)", invalid("The folder %s can't hold the database. Name another file for the store.", folder), err)
	}
	f, err := os.CreateTemp(folder, ".attache-check-*")
	if err != nil {
		return false, fmt.Errorf("%w (%w)", unwritable(folder), err)
	}
	return false, errors.Join(f.Close(), os.Remove(f.Name()))
}
