package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/seed-6c43f0f2/attache/alerts"
)

// An engine is what differs between the databases. All else is one text for both.
type engine struct {
	name        string
	dialect     goose.Dialect
	spelling    []spelling
	write, read *sql.TxOptions
	shared      bool // several processes may work with one database

	// now is the time by the server's clock; nil where there is no server.
	now func(ctx context.Context, db *sql.DB) (time.Time, error)

	// alone runs f while no other process does.
	alone func(ctx context.Context, db *sql.DB, f func() error) error
	// lockTables are the statements with which a transaction begins in which nobody else changes the tables; none where the file's
	// lock does that already.
	lockTables func(tables []string) []string
	// untimed are those of one that may take long; none where nothing is timed.
	untimed []string
	// ours refuses a database of another program's and counts the tables of one that is ours or empty.
	ours func(ctx context.Context, db *sql.DB, path string) (tables int, err error)
	// atVersion asks for the version of the tables; it fails where they do not bear our mark, unless the file does.
	atVersion string
	// skipLocked ends a SELECT of rows that are to be changed: those that another process is changing are left out.
	skipLocked func(table string) string
	// openOnes follows the name of deliveries where only a channel's open ones are asked for: their own index is to be used,
	// however many others there are. "" where statistics tell the engine.
	openOnes string
	// shrink has the connection give back what it keeps of what it read; "" where that is the server's.
	shrink string
	// words are an article's words as article_words holds them.
	words func(words []string) any
	// search is true of a row w of article_words that holds all words of any group, its placeholders from $first on; ""
	// if no group asks for a word.
	search func(anyOf [][]string, first int) (condition string, args []any)
	// goOn makes the ids of a table's new rows follow those that were copied into it.
	goOn func(ctx context.Context, w txn, table string, columns, kinds []string) error
	// argument is a parameter as the engine takes it.
	argument func(any) any
	// again tells whether a transaction failed only because of others, or of the connection, and left nothing behind.
	again func(error) bool
}

// engineOf returns the engine that dsn names.
func engineOf(dsn string) (engine, error) {
	scheme, _, _ := strings.Cut(dsn, ":")
	switch scheme {
	case "sqlite":
		return sqliteEngine(), nil
	case "postgres", "postgresql":
		return postgresEngine(), nil
	}
	return engine{}, invalid("Write the store as sqlite:PATH, such as sqlite:attache.db, or as postgres://USER@HOST/DATABASE.")
}

// explain adds what to do to an error that the machine's owner can mend; others stay as they are.
func explain(err error) error {
	if err == nil || alerts.Say(err) != "" {
		return err // it is said already
	}
	if said := explainSQLite(err); said != nil {
		return said
	}
	if said := explainPostgres(err); said != nil {
		return said
	}
	return err
}

// groups are the words that a full-text index can hold, of each group that has any.
func groups(anyOf [][]string) (out [][]string) {
	for _, group := range anyOf {
		var words []string
		for _, w := range group {
			if searchable(w) {
				words = append(words, w)
			}
		}
		if len(words) > 0 {
			out = append(out, words)
		}
	}
	return out
}
