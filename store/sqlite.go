package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// This file holds what only SQLite takes: how to connect, pragmas, its error codes, and the one full-text statement.

// cache is how much of the file each connection keeps: 1 MiB. With 4 MiB a round that brings news took 14 MB more, and computed as
// long: what is read anew comes from the system's memory. https://www.sqlite.org/pragma.html#pragma_cache_size
const cache = "cache_size(-1024)"

// application marks our files ("Atta"), so that another program's database is not taken for ours.
// https://www.sqlite.org/pragma.html#pragma_application_id
const application = 0x41747461

// readers is how many reading connections there are.
const readers = 4

// sqliteEngine: one process has the file and one connection writes, so that nothing waits for locks.
func sqliteEngine() engine {
	return engine{
		name: "SQLite", dialect: goose.DialectSQLite3, spelling: sqliteSpelling(),
		alone:      func(_ context.Context, _ *sql.DB, f func() error) error { return f() },
		lockTables: func([]string) []string { return nil },
		ours:       checkOurs,
		atVersion:  `SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version`,
		skipLocked: func(string) string { return "" },
		openOnes:   ` INDEXED BY deliveries_open`,
		shrink:     `PRAGMA shrink_memory`, // https://www.sqlite.org/pragma.html#pragma_shrink_memory
		words:      func(words []string) any { return strings.Join(words, " ") },
		search: func(anyOf [][]string, first int) (string, []any) {
			if query := ftsQuery(anyOf); query != "" {
				return fmt.Sprintf(`article_words MATCH $%d`, first), []any{query}
			}
			return "", nil
		},
		goOn:     func(context.Context, txn, string, []string, []string) error { return nil }, // SQLite does
		argument: func(v any) any { return v },
		again:    func(error) bool { return false },
	}
}

// parseDSN returns the path of the file that dsn names.
func parseDSN(dsn string) (string, error) {
	_, path, _ := strings.Cut(dsn, ":")
	switch {
	case path == "" || strings.HasPrefix(path, ":"):
		return "", invalid("The store needs the name of a file, such as sqlite:attache.db.")
	case strings.ContainsAny(path, "?\x00"):
		return "", invalid("Write the store as sqlite:PATH without options: how the file is written is not for choice, since no promise holds without it.")
	}
	abs, err := filepath.Abs(strings.TrimPrefix(path, "//"))
	if err != nil {
		return "", fmt.Errorf("find working directory: %w", err)
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real // the lock is on the file, however it is called
	}
	return abs, nil
}

// openSQLite returns the writer, which is one connection, and the readers. Neither has touched the file yet.
func openSQLite(path string) (write, read *sql.DB, err error) {
	dsn := func(txlock string, pragmas ...string) string {
		q := url.Values{
			"_txlock": {txlock}, "_timezone": {"UTC"}, "_time_format": {"sqlite"}, "_dqs": {"0"}, "_error_rc": {"1"},
			// Temporary files would go where a container has nothing to write to.
			// https://www.sqlite.org/tempfiles.html#the_sqlite_temp_store_compile_time_parameter_and_pragma
			"_pragma": append([]string{"busy_timeout(10000)", "foreign_keys(1)", "temp_store(MEMORY)", cache}, pragmas...),
		}
		slashed := filepath.ToSlash(path)
		if !strings.HasPrefix(slashed, "/") {
			slashed = "/" + slashed // C:/x
		}
		return "file://" + (&url.URL{Path: slashed}).EscapedPath() + "?" + q.Encode()
	}
	if write, err = sql.Open("sqlite", dsn("immediate", "journal_mode(WAL)", "synchronous(FULL)")); err != nil {
		return nil, nil, err
	}
	write.SetMaxOpenConns(1)
	if read, err = sql.Open("sqlite", dsn("deferred", "query_only(1)")); err != nil {
		return write, nil, err
	}
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	return write, read, nil
}

// vacuumInto writes a copy of the database at path into an empty file, while readers and the writer go on.
// https://www.sqlite.org/lang_vacuum.html#vacuuminto
func vacuumInto(ctx context.Context, path, dest string) (err error) {
	never, db, err := openSQLite(path)
	if never != nil {
		err = errors.Join(err, never.Close()) // the writer never connected
	}
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, `PRAGMA query_only = 0`); err != nil { // it would keep the copy from being written too
		return err
	}
	_, err = db.ExecContext(ctx, `VACUUM INTO $1`, dest)
	return err
}

// claimFile refuses a file that is not ours or that would be written with less care than promised; an empty one
// becomes ours.
func claimFile(ctx context.Context, db *sql.DB, path string) error {
	tables, err := checkOurs(ctx, db, path)
	if err != nil {
		return err
	}
	if tables == 0 {
		if _, err := db.ExecContext(ctx, fmt.Sprintf(`PRAGMA application_id = %d`, application)); err != nil {
			return err
		}
	}
	return checkDurable(ctx, db)
}

// checkOurs refuses a file that is not ours, and counts the tables of one that is or that is empty.
func checkOurs(ctx context.Context, db *sql.DB, path string) (tables int, err error) {
	var id int
	err = db.QueryRowContext(ctx, `SELECT COUNT(*) FROM sqlite_master`).Scan(&tables)
	if err == nil {
		err = db.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&id)
	}
	switch {
	case code(err) == sqlite3.SQLITE_NOTADB:
		return 0, fmt.Errorf("%w: %w", invalid("The store's file %s is not a database, or its beginning is damaged. Restore a damaged one from a backup, or name another file for the store.", path), err)
	case err != nil:
		return 0, err
	case tables > 0 && id != application:
		return 0, invalid("The store's file %s is a database of another program; name another file for the store.", path)
	}
	return tables, nil
}

// checkDurable refuses a connection that a power cut could rob of a commit.
// https://www.sqlite.org/pragma.html#pragma_synchronous
func checkDurable(ctx context.Context, db *sql.DB) error {
	const full = 2
	var level int
	var journal string
	if err := db.QueryRowContext(ctx, `PRAGMA synchronous`).Scan(&level); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, `PRAGMA journal_mode`).Scan(&journal); err != nil {
		return err
	}
	if level < full || journal != "wal" {
		return invalid("The database would be written with synchronous %d and journal %s instead of FULL and WAL, so an alert could be lost or sent twice. Put it on a local disk that allows both.", level, journal)
	}
	return nil
}

// code returns SQLite's primary result code in err, 0 if there is none. https://www.sqlite.org/rescode.html
func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

// explainSQLite says what to do about an error of SQLite's; nil if that is not known.
func explainSQLite(err error) error {
	var say string
	switch code(err) {
	case sqlite3.SQLITE_FULL:
		say = "The disk that the database is on is full. Make room; nothing else is needed."
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		say = "The database can't be opened for writing. Give the bot's user the right to write the file and its folder."
	case sqlite3.SQLITE_IOERR:
		say = "The disk that the database is on fails. See the system's log."
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		say = "The database file is damaged. Restore it from a backup."
	default:
		return nil
	}
	return fmt.Errorf("%w (%w)", invalid("%s", say), err)
}

// ftsQuery returns the FTS5 query for articles that hold all words of any of the groups; "" if no group asks for a word.
// Every word is quoted, so that none is taken for syntax. https://www.sqlite.org/fts5.html#full_text_query_syntax
func ftsQuery(anyOf [][]string) string {
	var any []string
	for _, group := range groups(anyOf) {
		var all []string
		for _, w := range group {
			w = strings.ReplaceAll(strings.ToValidUTF8(w, " "), "\x00", " ") // a NUL ends the query
			all = append(all, `"`+strings.ReplaceAll(w, `"`, `""`)+`"`)
		}
		any = append(any, "("+strings.Join(all, " AND ")+")")
	}
	return strings.Join(any, " OR ")
}
