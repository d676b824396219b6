package store

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/stretchr/testify/require"
)

const (
	serverURL   = "TEST_POSTGRES_URL"      // a server on which databases may be made
	templateURL = "TEST_POSTGRES_TEMPLATE" // what newDatabase copies, once it is made
	templateKey = "TEST_SQLITE_TEMPLATE"   // the same, a file
)

// withTemplates makes a file, and where there is a server a database, with all tables, of which each test gets a copy, and
// removes both after run.
func withTemplates(run func() int) (status int) {
	folder, err := os.MkdirTemp("", "attache")
	path := filepath.Join(folder, "attache.db")
	if err == nil {
		_, _, err = Migrate(context.Background(), "sqlite:"+path)
	}
	if err == nil {
		err = os.Setenv(templateKey, path)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "make the template of the tests' files:", err)
		return 1
	}
	defer func() {
		if err := os.RemoveAll(folder); err != nil {
			fmt.Fprintln(os.Stderr, "remove the template of the tests' files:", err)
			status = 1
		}
	}()
	if os.Getenv(serverURL) == "" {
		return run()
	}
	return withDatabase(run)
}

// withDatabase makes the database, and drops it after run.
func withDatabase(run func() int) (status int) {
	server := os.Getenv(serverURL)
	name := fmt.Sprintf("attache_test_%d_%d", os.Getpid(), time.Now().UnixNano())
	err := onServer(server, `CREATE DATABASE `+name)
	if err == nil {
		_, _, err = Migrate(context.Background(), database(server, name))
	}
	if err == nil {
		err = os.Setenv(templateURL, name)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "make the template of the tests' databases:", err)
		return 1
	}
	defer func() {
		if err := onServer(server, `DROP DATABASE `+name); err != nil {
			fmt.Fprintln(os.Stderr, "drop the template of the tests' databases:", err)
			status = 1
		}
	}()
	return run()
}

// newFile returns the path of a file of SQLite's with all tables and nothing in them.
func newFile(t *testing.T) string {
	t.Helper()
	made, err := os.ReadFile(os.Getenv(templateKey))
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "attache.db")
	require.NoError(t, os.WriteFile(path, made, 0o600))
	return path
}

// onServer runs a statement of the administrator's.
func onServer(server, query string) error {
	db, err := sql.Open("pgx", server)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(query)
	return err
}

// database is the address of a database of the server's.
func database(server, name string) string {
	u, err := url.Parse(server)
	if err != nil {
		panic(err)
	}
	u.Path = "/" + name
	return u.String()
}

// newDatabase returns the address of a database with all tables and nothing in them.
func newDatabase(t *testing.T) string {
	t.Helper()
	template := os.Getenv(templateURL)
	if template == "" {
		return "sqlite:" + newFile(t)
	}
	return newPostgres(t, ` TEMPLATE `+template)
}

// newPostgres makes a database on the server and drops it after the test, with whoever still uses it.
func newPostgres(t *testing.T, options string) string {
	t.Helper()
	server := os.Getenv(serverURL)
	if server == "" {
		t.Skip("no PostgreSQL: make test-postgres, or set " + serverURL)
	}
	name := "attache_t" + strings.ToLower(fmt.Sprintf("%d_%d", os.Getpid(), time.Now().UnixNano()))
	if err := onServer(server, `CREATE DATABASE `+name+options+` STRATEGY FILE_COPY`); err != nil { // the faster way, from 15 on
		require.NoError(t, onServer(server, `CREATE DATABASE `+name+options))
	}
	t.Cleanup(func() { require.NoError(t, onServer(server, `DROP DATABASE `+name+` WITH (FORCE)`)) })
	return database(server, name)
}

// breakAudit makes every insertion into the audit fail.
func breakAudit(t *testing.T, s *Store) {
	t.Helper()
	queries := []string{`CREATE TRIGGER broken BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no audit'); END`}
	if s.engine.name == "PostgreSQL" {
		queries = []string{
			`CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no audit''; END'`,
			`CREATE TRIGGER broken BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION broken()`,
		}
	}
	for _, query := range queries {
		_, err := s.write.Exec(query)
		require.NoError(t, err)
	}
}

func TestTheServerIsUsed(t *testing.T) {
	s := reopen(t, newPostgres(t, ""))
	var version string
	require.NoError(t, s.read.QueryRow(`SELECT version()`).Scan(&version))
	t.Log("the store's tests run on " + version)
}

func TestADatabaseOfAnotherProgramsIsRefused(t *testing.T) {
	dsn := newPostgres(t, "")
	require.NoError(t, onServer(dsn, `CREATE TABLE theirs (x TEXT)`))
	_, err := Open(t.Context(), dsn, Options{})
	require.Contains(t, alerts.Say(err), "tables of another program")
	_, err = View(t.Context(), newPostgres(t, ""))
	require.Contains(t, alerts.Say(err), "no database at")
}

// Replicas that are started together make the tables once, and none of them fails.
func TestReplicasThatStartTogetherMigrateOnce(t *testing.T) {
	dsn := newPostgres(t, "")
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			s, err := Open(t.Context(), dsn, Options{})
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.SetMeta(t.Context(), "k", "v"); err != nil {
				t.Error(err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	s := reopen(t, dsn)
	require.Equal(t, len(must(fs.Glob(migrations, "migrations/*.sql"))), count(t, s, `SELECT COUNT(*) FROM goose_db_version WHERE version_id > 0`))
}

// Each migration's text is taken by both engines, and gives them the same columns.
func TestBothEnginesHaveTheSameTables(t *testing.T) {
	tables := func(s *Store, query string) (out []string) {
		rows, err := s.read.Query(query)
		require.NoError(t, err)
		defer rows.Close()
		for rows.Next() {
			var name, column string
			require.NoError(t, rows.Scan(&name, &column))
			out = append(out, name+"."+column)
		}
		require.NoError(t, rows.Err())
		return out
	}
	file, _ := openFile(t)
	of := tables(file, `SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE 'goose%' AND m.name NOT LIKE 'article_words%'`)
	server := tables(reopen(t, newPostgres(t, "")), `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'
		AND table_name NOT IN ('goose_db_version', 'article_words', 'attache')`)
	require.ElementsMatch(t, of, server)
	require.Greater(t, len(of), 100)
}

// The connection is lost in the middle: what was begun is begun again, and is there once.
func TestALostConnectionIsTriedAgain(t *testing.T) {
	s := reopen(t, newPostgres(t, ""))
	runs := 0
	err := s.change(t.Context(), "write", func(tx txn) error {
		runs++
		if _, err := tx.exec(t.Context(), `INSERT INTO meta (name, value) VALUES ('k', 'v')`); err != nil {
			return err
		}
		if runs == 1 {
			var pid int
			require.NoError(t, tx.QueryRow(`SELECT pg_backend_pid()`).Scan(&pid))
			_, err := s.read.Exec(`SELECT pg_terminate_backend($1)`, pid)
			require.NoError(t, err)
		}
		_, err := tx.exec(t.Context(), `UPDATE meta SET value = 'w'`)
		return err
	})
	require.NoError(t, err)
	require.Equal(t, 2, runs)
	require.Equal(t, 1, count(t, s, `SELECT COUNT(*) FROM meta WHERE value = 'w'`))
}
