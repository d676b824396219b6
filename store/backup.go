package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pressly/goose/v3"
)

// Backup writes the SQLite database that dsn names, as it is at one moment, into a new file of its owner's alone, while
// the bot may go on with it. The file is there whole or not at all, and is a database to start from: to restore it is to
// put it where dsn says, with nothing of the old one beside it. An *alerts.Invalid if it can't be, if dest is there, or if
// the database is PostgreSQL's, which has a program of its own for this.
func Backup(ctx context.Context, dsn, dest string) error {
	if err := backup(ctx, dsn, dest); err != nil {
		return fmt.Errorf("back up store: %w", explain(err))
	}
	return nil
}

func backup(ctx context.Context, dsn, dest string) (err error) {
	e, err := engineOf(dsn)
	if err != nil {
		return err
	}
	if e.dialect == goose.DialectPostgres {
		return invalid("A PostgreSQL database is backed up by PostgreSQL's own program: pg_dump --format=custom --file=%s and the address in the configuration's store. pg_restore brings it back.", dest)
	}
	s, err := connectReading(ctx, dsn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if _, err := os.Lstat(dest); !errors.Is(err, fs.ErrNotExist) {
		return invalid("There is a file at %s already. Name one that is not there yet.", dest)
	}
	part, err := os.CreateTemp(filepath.Dir(dest), filepath.Base(dest)+".*.part") // for its owner alone
	if err != nil {
		return fmt.Errorf("%w (%w)", invalid("The backup can't be written to %s. Name a file in a folder that the bot's user may write.", dest), err)
	}
	defer func() { err = errors.Join(err, ignoreGone(os.Remove(part.Name()))) }()
	if err := errors.Join(vacuumInto(ctx, s.path, part.Name()), part.Sync(), part.Close()); err != nil {
		return err
	}
	if err := os.Rename(part.Name(), dest); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(dest))
}

// syncFolder makes the file's new name outlive a power cut.
func syncFolder(path string) error {
	d, err := os.Open(path) //nolint:gosec // the caller names the path
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func ignoreGone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
