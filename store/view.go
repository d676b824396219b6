package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/pressly/goose/v3"
)

// View opens the database that dsn names for reading, beside the processes that work with it: it takes no lock, changes
// nothing, and sees what is committed. An *alerts.Invalid if it is not there, or its tables are not those of this version.
func View(ctx context.Context, dsn string) (*Store, error) {
	s, err := connectReading(ctx, dsn)
	if err != nil {
		return nil, fmt.Errorf("view store: %w", err)
	}
	return s, nil
}

func connectReading(ctx context.Context, dsn string) (*Store, error) {
	e, err := engineOf(dsn)
	if err != nil {
		return nil, err
	}
	s := newStore(e, Options{})
	var write *sql.DB // never connected
	if e.dialect == goose.DialectPostgres {
		err = s.dial(dsn, true)
	} else if err = s.find(dsn); err == nil {
		write, s.read, err = openSQLite(s.path)
	}
	if write != nil {
		err = errors.Join(err, write.Close())
	}
	if err == nil {
		err = s.checkVersion(ctx)
	}
	if err != nil {
		return nil, errors.Join(s.explain(ctx, err), s.Close())
	}
	return s, nil
}

// find looks for the file that dsn names.
func (s *Store) find(dsn string) (err error) {
	if s.path, err = parseDSN(dsn); err != nil {
		return err
	}
	s.file, err = os.Stat(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return noDatabase(s.path)
	}
	return err
}

// checkVersion refuses a database that is not ours or whose tables are older or newer than this version's.
func (s *Store) checkVersion(ctx context.Context) error {
	tables, err := s.engine.ours(ctx, s.read, s.path)
	if err != nil {
		return err
	}
	if tables == 0 {
		return noDatabase(s.path)
	}
	p, err := provider(&s.engine, s.read)
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
	return invalid("There is no database at %s yet. The bot makes it when it runs: bot run", cmp.Or(path, "the store's address"))
}
