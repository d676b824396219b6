package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
)

// View opens the database that dsn names for reading, beside the process that works with it: it takes no lock, changes
// nothing, and sees what is committed. An *alerts.Invalid if it is not there, or its tables are not those of this version.
func View(ctx context.Context, dsn string) (*Store, error) {
	s, err := viewFile(ctx, dsn)
	if err != nil {
		return nil, fmt.Errorf("view store: %w", err)
	}
	return s, nil
}

func viewFile(ctx context.Context, dsn string) (*Store, error) {
	path, err := parseDSN(dsn)
	if err != nil {
		return nil, err
	}
	file, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, noDatabase(path)
	case err != nil:
		return nil, err
	}
	write, read, err := openSQLite(path)
	s := &Store{read: read, path: path, file: file, log: slog.New(slog.DiscardHandler)}
	if write != nil {
		err = errors.Join(err, write.Close()) // never connected
	}
	if err == nil {
		err = checkVersion(ctx, s.read, path)
	}
	if err != nil {
		return nil, errors.Join(explain(err), s.Close())
	}
	return s, nil
}

// checkVersion refuses a database that is not ours or whose tables are older or newer than this version's.
func checkVersion(ctx context.Context, db *sql.DB, path string) error {
	tables, err := checkOurs(ctx, db, path)
	if err != nil {
		return err
	}
	if tables == 0 {
		return noDatabase(path)
	}
	p, err := provider(db)
	if err != nil {
		return err
	}
	from, to, err := p.GetVersions(ctx)
	switch {
	case err != nil:
		return err
	case from > to:
		return newer(from, to)
	case from < to:
		return invalid("The database is of an older version of Attaché. Bring it up to date first: bot migrate")
	}
	return nil
}

func noDatabase(path string) error {
	return invalid("There is no database at %s yet. The bot makes it when it runs: bot run", path)
}
