package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/pressly/goose/v3"
	"golang.org/x/text/cases"
)

// This file holds what only PostgreSQL takes: its settings, locks between processes, and the one
// full-text condition.

// oldest is the oldest version that is used: 14, the oldest that its makers still keep.
// https://www.postgresql.org/support/versioning/
const oldest = 140000

// postgresEngine: changes are serializable, so that what one replica decided on is what is there when it is written;
// where two disagree one runs again. A reader sees one state.
func postgresEngine() engine {
	return engine{
		name: "PostgreSQL", dialect: goose.DialectPostgres, spelling: postgresSpelling(),
		write:      &sql.TxOptions{Isolation: sql.LevelSerializable},
		read:       &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true},
		shared:     true,
		now:        nowPostgres,
		alone:      alonePostgres,
		lockTables: lockPostgres,
		untimed:    untimed(),
		ours:       oursPostgres,
		atVersion:  `SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version WHERE EXISTS (SELECT 1 FROM attache)`,
		skipLocked: func(table string) string { return ` FOR UPDATE OF ` + table + ` SKIP LOCKED` },
		words:      func(words []string) any { return slices.Collect(keys(words)) },
		search:     searchPostgres,
		goOn:       goOnPostgres,
		argument:   postgresArgument,
		again:      againPostgres,
	}
}

// checkPostgres refuses a server that is too old, that does not keep every character, or that a power cut could rob of a
// commit, and a search_path that leads nowhere.
func checkPostgres(ctx context.Context, db *sql.DB) error {
	names := []string{"server_version_num", "server_version", "server_encoding", "fsync", "synchronous_commit"}
	values, into := make([]string, len(names)), make([]any, len(names))
	for i := range values {
		into[i] = &values[i]
	}
	var schema bool
	query := `SELECT current_schema() IS NOT NULL, current_setting('` + strings.Join(names, `'), current_setting('`) + `')`
	if err := db.QueryRowContext(ctx, query).Scan(append([]any{&schema}, into...)...); err != nil {
		return err
	}
	if !schema {
		return invalid("The database has no schema of the name in search_path, or the user may not use it. Make it (CREATE SCHEMA), grant its use, or mend search_path in the store's address, where %%22Odd%%20Name%%22 stands for \"Odd Name\".")
	}
	settings := map[string]string{}
	for i, name := range names {
		settings[name] = values[i]
	}
	return refusal(settings)
}

// refusal says why a server of those settings is not used.
func refusal(settings map[string]string) error {
	version, err := strconv.Atoi(settings["server_version_num"])
	switch {
	case err != nil:
		return fmt.Errorf("read server's version: %w", err)
	case version < oldest:
		return invalid("The server is PostgreSQL %s; Attaché needs %d or newer. Upgrade the server, or name another in the store's address.", settings["server_version"], oldest/10000)
	case settings["server_encoding"] != "UTF8":
		return invalid("The database keeps text as %s. Make one that keeps UTF8: createdb --encoding=UTF8 --template=template0 NAME", settings["server_encoding"])
	case settings["fsync"] == "off" || settings["synchronous_commit"] == "off":
		return invalid("The server would be robbed of commits by a power cut (fsync %s, synchronous_commit %s), so an alert could be lost or sent twice. Set both to on.", settings["fsync"], settings["synchronous_commit"])
	}
	return nil
}

func nowPostgres(ctx context.Context, db *sql.DB) (now time.Time, err error) {
	err = db.QueryRowContext(ctx, `SELECT clock_timestamp()`).Scan(&now)
	return now.UTC(), err
}

// oursPostgres counts the tables of the schema that is used. The table attache, which is made first, marks it as ours.
func oursPostgres(ctx context.Context, db *sql.DB, _ string) (tables int, err error) {
	var marks int
	// information_schema.tables would take 20 times as long: it asks of each table who may see it.
	err = db.QueryRowContext(ctx, `SELECT COUNT(*), COALESCE(SUM(CASE WHEN relname = 'attache' THEN 1 ELSE 0 END), 0)
		FROM pg_catalog.pg_class WHERE relnamespace = to_regnamespace(quote_ident(current_schema())) AND relkind IN ('r', 'p', 'v', 'f')`).Scan(&tables, &marks)
	if err == nil && tables > 0 && marks == 0 {
		return 0, invalid("The database holds tables of another program. Make one for Attaché alone (createdb attache) and name it in the store's address.")
	}
	return tables, err
}

// alonePostgres holds the one row of the table attache, in a transaction that ends with the process at the latest.
func alonePostgres(ctx context.Context, db *sql.DB, f func() error) (err error) {
	for _, query := range []string{
		`CREATE TABLE IF NOT EXISTS attache (one BIGINT PRIMARY KEY)`, `INSERT INTO attache (one) VALUES (1) ON CONFLICT (one) DO NOTHING`,
	} {
		if _, err := db.ExecContext(ctx, query); err != nil && !standsAlready(err) {
			return err
		}
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, tx.Rollback()) }()
	for _, query := range append(untimed(), `SET LOCAL lock_timeout = 0`, `SELECT one FROM attache FOR UPDATE`) {
		if _, err := tx.ExecContext(ctx, query); err != nil {
			return err
		}
	}
	return f()
}

// lockPostgres locks the tables before anything is read, since what a transaction sees is settled by its first look. Who
// changes them already is waited for as long as lock_timeout says.
// https://www.postgresql.org/docs/current/sql-lock.html
func lockPostgres(tables []string) []string {
	return []string{`LOCK TABLE ` + strings.Join(tables, ", ") + ` IN EXCLUSIVE MODE`}
}

// untimed lets the rest of a transaction take as long as it takes, whatever its connection was told: a large team's rows are
// read by one statement while the other side waits.
func untimed() []string {
	return []string{untimedStatements, `SET LOCAL idle_in_transaction_session_timeout = 0`}
}

const untimedStatements = `SET LOCAL statement_timeout = 0`

// searchPostgres asks whether the array of words holds those of a group.
func searchPostgres(anyOf [][]string, first int) (string, []any) {
	var conditions []string
	var args []any
	for _, words := range groups(anyOf) {
		conditions = append(conditions, `w.words @> $`+strconv.Itoa(first+len(args)))
		args = append(args, slices.Collect(keys(words)))
	}
	return strings.Join(conditions, ` OR `), args
}

// keys yields the words as the index holds them, so that a lookup finds what SQLite's index finds: without regard to case
// and to signs around a word. What it could not hold for its length stands under its hash: an entry is at most a third of
// a page. https://www.postgresql.org/docs/current/gin-limit.html
func keys(words []string) func(yield func(string) bool) {
	const longest = 500 // bytes
	return func(yield func(string) bool) {
		for _, w := range words {
			w = cases.Fold().String(strings.TrimFunc(storable(w), func(r rune) bool { return !unicode.In(r, unicode.L, unicode.N, unicode.M, unicode.Co) }))
			if len(w) > longest {
				sum := sha256.Sum256([]byte(w))
				w = hex.EncodeToString(sum[:])
			}
			if searchable(w) && !yield(w) {
				return
			}
		}
	}
}

// postgresArgument leaves out what no PostgreSQL text holds. The same is left out when it is asked for.
func postgresArgument(v any) any {
	if s, is := v.(string); is {
		return storable(s)
	}
	return v
}

func storable(s string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "\uFFFD")
}

// goOnPostgres makes the ids of new rows follow those that were copied.
func goOnPostgres(ctx context.Context, w txn, table string, columns, kinds []string) error {
	i := slices.Index(columns, "id")
	if i < 0 || kinds[i] != "INT8" {
		return nil
	}
	var next int64
	if _, err := w.row(ctx, `SELECT COALESCE(MAX(id), 0) + 1 FROM `+table, nil, &next); err != nil {
		return err
	}
	_, err := w.exec(ctx, fmt.Sprintf(`ALTER TABLE %s ALTER COLUMN id RESTART WITH %d`, table, next))
	return err
}

// placePostgres asks for what tells the tables that a connection uses from all others.
const placePostgres = `SELECT CONCAT_WS(' ', EXTRACT(EPOCH FROM pg_postmaster_start_time()), d.oid, current_schema())
	FROM pg_catalog.pg_database d WHERE d.datname = current_database()`

// askBelonging asks who the connection is and whose the tables are.
func askBelonging(ctx context.Context, db *sql.DB) (b belonging, err error) {
	ctx, stop := context.WithTimeout(ctx, connectWithin)
	defer stop()
	const firstUser = 10 // BOOTSTRAP_SUPERUSERID of src/include/catalog/pg_authid.dat
	err = db.QueryRowContext(ctx, `SELECT current_user::text, current_database()::text, COALESCE(current_schema()::text, 'public'),
			COALESCE(MIN(pg_get_userbyid(relowner)::text), ''), COALESCE(BOOL_OR(relowner = $1), FALSE)
		FROM pg_catalog.pg_class WHERE relnamespace = to_regnamespace(quote_ident(current_schema())) AND relkind IN ('r', 'p')
			AND NOT pg_has_role(relowner, 'USAGE')`, firstUser).Scan(&b.user, &b.database, &b.schema, &b.owner, &b.first)
	return b, err
}
