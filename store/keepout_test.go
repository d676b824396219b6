package store

import (
	"context"
	"database/sql"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/stretchr/testify/require"
)

// administer opens the database without any of a store's care.
func administer(t *testing.T, dsn string, queries ...string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	for _, query := range queries {
		_, err := db.ExecContext(t.Context(), query)
		require.NoError(t, err, query)
	}
	return db
}

// hurried is the address with less time than the sleeps of a test.
func hurried(t *testing.T, dsn string) string {
	t.Helper()
	return with(t, with(t, dsn, "statement_timeout", "1500ms"), "idle_in_transaction_session_timeout", "1500ms")
}

// begun runs f beside the test; the channel has what it returned.
func begun(f func() error) <-chan error {
	done := make(chan error, 1)
	go func() { done <- f() }()
	return done
}

// lockedOut returns when that many of the database's connections wait for locks.
func lockedOut(t *testing.T, db *sql.DB, connections int) {
	t.Helper()
	require.Eventually(t, func() bool {
		var n int
		err := db.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`).Scan(&n)
		return err == nil && n == connections
	}, 10*time.Second, 10*time.Millisecond, "%d wait for a lock", connections)
}

// Whoever copies has a clock of his own; that the bot runs is said by the server's.
func TestACopyGoesByTheServersClock(t *testing.T) {
	dsn, free := newDatabaseOnServer(t), newDatabaseOnServer(t)
	bot := reopen(t, dsn)
	clock := bot.Clock(time.Now)
	require.NoError(t, clock.Read(t.Context()))
	fresh := func() string { return "sqlite:" + filepath.Join(t.TempDir(), "new.db") }
	copies := func(from, to string, off time.Duration) error {
		_, err := Copy(t.Context(), from, to, clock.Now().Add(off), Options{})
		return err
	}
	alive := func(s *Store) {
		_, err := s.Beat(t.Context(), "a", clock.Now())
		require.NoError(t, err)
	}
	for _, off := range []time.Duration{-24 * time.Hour, aliveFor + time.Second} {
		alive(bot)
		require.Contains(t, alerts.Say(copies(dsn, fresh(), off)), "A bot is running", off)
		empty := reopen(t, free)
		alive(empty) // it has just been started on what is copied to
		require.Contains(t, alerts.Say(copies(dsn, free, off)), "A bot is running", off)
		require.NoError(t, empty.Close())
	}
	require.NoError(t, bot.Part(t.Context(), "a"))
	posted(t, bot, withFeed(t, bot), 1, desk)
	lend := func(until time.Time) {
		_, err := bot.write.Exec(`UPDATE channels SET lease_until = $1`, at(until))
		require.NoError(t, err)
		_, err = bot.write.Exec(`UPDATE feeds SET lease_until = 0`)
		require.NoError(t, err)
	}
	lend(clock.Now().Add(time.Minute))
	require.Contains(t, alerts.Say(copies(dsn, fresh(), 24*time.Hour)), "polls or sends at this moment")
	lend(clock.Now().Add(-time.Second))
	require.NoError(t, copies(dsn, fresh(), -24*time.Hour), "a clock that is behind refuses nothing")
}

// Bots that are started while a copy is made, on the old database or the new one, wait until it is whole.
func TestABotThatStartsWaitsForTheCopy(t *testing.T) {
	from, to := newDatabaseOnServer(t), newDatabaseOnServer(t)
	bots := []*Store{reopen(t, from), reopen(t, to)}
	posted(t, bots[0], withFeed(t, bots[0]), 1, desk)
	_, err := bots[0].write.Exec(`UPDATE feeds SET lease_until = 0`)
	require.NoError(t, err)

	servers := []*sql.DB{administer(t, from), administer(t, to,
		`CREATE FUNCTION halt() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NEW; END'`,
		`CREATE TRIGGER halted BEFORE INSERT ON deliveries FOR EACH ROW EXECUTE FUNCTION halt()`)}
	halt, err := servers[1].BeginTx(t.Context(), nil)
	require.NoError(t, err)
	defer halt.Rollback()
	_, err = halt.Exec(`SELECT pg_advisory_xact_lock(1)`)
	require.NoError(t, err)

	copied := begun(func() error {
		_, err := Copy(t.Context(), from, to, time.Now(), Options{})
		return err
	})
	lockedOut(t, servers[1], 1) // in the middle of what it writes
	var started []<-chan error
	for i, bot := range bots {
		started = append(started, begun(func() error {
			_, err := bot.Beat(t.Context(), "a", time.Now())
			return err
		}), begun(func() error {
			return bot.SyncFile(t.Context(), FileContent{Now: time.Now(), Feeds: []alerts.Feed{fileFeed("new")}})
		}))
		lockedOut(t, servers[i], 2+i)
	}
	for _, one := range append(started, copied) {
		require.Empty(t, one, "nobody is done")
	}
	require.NoError(t, halt.Rollback())
	for _, one := range append(started, copied) {
		require.NoError(t, <-one)
	}
	require.Equal(t, 1, count(t, bots[1], `SELECT COUNT(*) FROM deliveries`))
	require.Equal(t, 2, count(t, bots[1], `SELECT COUNT(*) FROM feeds`), "what the bot's file says came after what was copied")
}

// A large team's copy takes minutes: longer than a statement of a bot's may, and longer than it may do nothing.
func TestACopyMayTakeLong(t *testing.T) {
	from, to := newDatabaseOnServer(t), newDatabaseOnServer(t)
	s := reopen(t, from)
	require.NoError(t, s.SetMeta(t.Context(), "k", "v"))
	require.NoError(t, s.Close())
	administer(t, from, `ALTER TABLE meta RENAME TO kept`, `CREATE VIEW meta AS SELECT kept.* FROM kept, pg_sleep(2)`)
	administer(t, to, `CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(2); RETURN NEW; END'`,
		`CREATE TRIGGER slowed BEFORE INSERT ON meta FOR EACH ROW WHEN (NEW.name = 'k') EXECUTE FUNCTION slow()`)
	_, err := Copy(t.Context(), hurried(t, from), hurried(t, to), time.Now(), Options{})
	require.NoError(t, err)
	require.Equal(t, 1, count(t, reopen(t, to), `SELECT COUNT(*) FROM meta WHERE name = 'k'`))
}

// So may a step of a migration: here it waits for somebody who reads.
func TestAMigrationMayTakeLong(t *testing.T) {
	dsn := newPostgres(t, "")
	old, err := connect(t.Context(), dsn, Options{})
	require.NoError(t, err)
	defer old.Close()
	require.NoError(t, old.engine.alone(t.Context(), old.write, func() error {
		p, err := provider(&old.engine, old.write)
		if err == nil {
			_, err = p.UpTo(t.Context(), 12) // the next changes feeds
		}
		return err
	}))
	db := administer(t, dsn)
	reader, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	defer reader.Rollback()
	_, err = reader.Exec(`LOCK TABLE feeds IN ACCESS SHARE MODE`)
	require.NoError(t, err)
	migrated := begun(func() error {
		_, _, err := Migrate(context.WithoutCancel(t.Context()), hurried(t, dsn))
		return err
	})
	lockedOut(t, db, 1)
	_, err = reader.Exec(`SELECT pg_sleep(2)`)
	require.NoError(t, err)
	require.Empty(t, migrated)
	require.NoError(t, reader.Rollback())
	require.NoError(t, <-migrated)
}

func TestNoStepOfAMigrationIsTimed(t *testing.T) {
	for _, e := range []engine{postgresEngine(), sqliteEngine()} {
		steps := spelt{must(fs.Sub(migrations, "migrations")), e.spelling}
		names, err := fs.Glob(steps, "*.sql")
		require.NoError(t, err)
		require.NotEmpty(t, names)
		for _, name := range names {
			text := string(must(fs.ReadFile(steps, name)))
			if e.shared {
				require.True(t, strings.HasPrefix(text, "-- +goose Up\n"+untimedStatements+";\n"), name)
			} else {
				require.False(t, strings.Contains(text, "SET LOCAL"), name)
			}
		}
	}
}
