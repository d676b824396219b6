package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// copied is how many rows one INSERT of a copy has at most.
const copied = 50

// Copied counts what a copy moved.
type Copied struct {
	Tables int
	Rows   int // of all tables
}

// Copy moves all that the database from holds into the database to, which is made if it is not there and holds nothing
// yet, in one transaction: all of it or nothing. What was written is read again and compared. Meanwhile nobody else changes
// either. It is refused with an *alerts.Invalid while a process uses one of them: while it has the file, or a lease that
// runs on at now; a server's leases run by its own clock. So are two names of one database.
func Copy(ctx context.Context, from, to string, now time.Time, opts Options) (done Copied, err error) {
	if err := sameFile(from, to); err != nil {
		return done, fmt.Errorf("copy: %w", err)
	}
	seen, err := connectReading(ctx, from) // it makes no file, and checks the version
	if err != nil {
		return done, fmt.Errorf("copy from: %w", err)
	}
	if err := seen.Close(); err != nil {
		return done, err
	}
	source, err := connect(ctx, from, opts)
	if err != nil {
		return done, fmt.Errorf("copy from: %w", err)
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	target, err := connect(ctx, to, opts)
	if err != nil {
		return done, fmt.Errorf("copy to: %w", err)
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	if err := sameTables(ctx, source, target); err != nil {
		return done, fmt.Errorf("copy: %w", err)
	}
	if _, _, err := migrate(ctx, &target.engine, target.write); err != nil {
		return done, fmt.Errorf("copy to: %w", target.explain(ctx, err))
	}
	if done, err = move(ctx, source, target, now); err != nil {
		return Copied{}, fmt.Errorf("copy: %w", err)
	}
	return done, nil
}

// move copies from one open database to the other.
func move(ctx context.Context, source, target *Store, now time.Time) (done Copied, err error) {
	tables, err := readSchema()
	if err != nil {
		return done, err
	}
	err = source.look(ctx, "read", func(r txn) error {
		if err := source.keepOut(ctx, r, tables, now); err != nil {
			return err
		}
		return target.change(ctx, "write", func(w txn) error {
			if err := target.keepOut(ctx, w, tables, now); err != nil {
				return err
			}
			done, err = moveAll(ctx, r, w, tables)
			return err
		})
	})
	return done, err
}

// empty refuses a database that holds more than the migrations put there.
func empty(ctx context.Context, tx txn, s schema) error {
	for _, table := range s.tables {
		var rows int
		if _, err := tx.row(ctx, `SELECT COUNT(*) FROM `+table, nil, &rows); err != nil {
			return err
		}
		if rows > 0 && !s.seeded[table] {
			return invalid("The database that is copied to holds a team already. Name one that is new and empty.")
		}
	}
	return nil
}

// moveAll copies the tables and makes the full-text index anew.
func moveAll(ctx context.Context, r, w txn, s schema) (done Copied, err error) {
	if err := empty(ctx, w, s); err != nil {
		return done, err
	}
	for _, table := range slices.Backward(s.tables) {
		if _, err := w.exec(ctx, `DELETE FROM `+table); err != nil {
			return done, err
		}
	}
	for _, table := range s.tables {
		n, err := moveTable(ctx, r, w, table)
		if err != nil {
			return done, fmt.Errorf("table %s: %w", table, err)
		}
		done.Tables, done.Rows = done.Tables+1, done.Rows+n
	}
	return done, indexAll(ctx, r, w)
}

// indexAll gives each article that has its text its words in the full-text index, as recording it did.
func indexAll(ctx context.Context, r, w txn) error {
	query := `SELECT id, title, body, language FROM articles WHERE NOT pruned ORDER BY id`
	return r.each(ctx, query, nil, func(columns func(...any) error) error {
		var id int64
		var d match.Doc
		if err := columns(&id, &d.Title, &d.Text, &d.Language); err != nil {
			return err
		}
		words := match.Words(d)
		if len(words) == 0 {
			return nil
		}
		_, err := w.exec(ctx, insertWords, id, w.engine.words(words))
		return err
	})
}

// A schema is what the migrations make: the tables, each after those that it refers to, and those that have rows at once.
type schema struct {
	tables []string
	seeded map[string]bool
}

var errNoTables = errors.New("the migrations make no tables")

// readSchema reads the migrations, so that no table of a later one is forgotten. What belongs to a running process is
// left out, and so is the full-text index, which is made anew.
func readSchema() (schema, error) {
	s := schema{seeded: map[string]bool{}}
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return s, err
	}
	made := regexp.MustCompile(`(?m)^\s*(CREATE TABLE|INSERT INTO|DROP TABLE) (\w+)`)
	for _, name := range names {
		text, err := migrations.ReadFile(name)
		if err != nil {
			return s, err
		}
		for _, m := range made.FindAllStringSubmatch(string(text), -1) {
			switch verb, table := m[1], m[2]; {
			case slices.Contains(ofProcesses(), table):
			case verb == "CREATE TABLE":
				s.tables = append(s.tables, table)
			case verb == "DROP TABLE":
				s.tables = slices.DeleteFunc(s.tables, func(t string) bool { return t == table })
			default:
				s.seeded[table] = true
			}
		}
	}
	if len(s.tables) == 0 {
		return s, errNoTables
	}
	return s, nil
}

// ofProcesses are the tables that say which processes run.
func ofProcesses() []string { return []string{"replicas", "duties"} }
