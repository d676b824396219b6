package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"
	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/stretchr/testify/require"
)

// refusing is a server that answers every connection with an error of that code; it returns its address.
func refusing(t *testing.T, code string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			b := pgproto3.NewBackend(c, c)
			if _, err := b.ReceiveStartupMessage(); err == nil {
				b.Send(&pgproto3.ErrorResponse{Severity: "FATAL", Code: code, Message: "no"})
				b.Flush()
			}
			c.Close()
		}
	}()
	return l.Addr().String()
}

func TestWhatAServerRefusesIsSaidWithWhatToDo(t *testing.T) {
	for code, say := range map[string]string{
		"28P01": "refuses the user or the password", "28000": "PGPASSWORD", "3D000": "createdb", "53300": "max_connections",
		"57P03": "starting or ending", "55P03": "Wait until it is over",
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			_, err := Open(t.Context(), "postgres://attache:hunter2@"+refusing(t, code)+"/attache?sslmode=disable", Options{Rand: func() float64 { return 0 }})
			require.Contains(t, alerts.Say(err), say)
			require.NotContains(t, err.Error(), "hunter2")
		})
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	where := l.Addr().String()
	require.NoError(t, l.Close())
	for _, open := range []func(context.Context, string) error{
		func(ctx context.Context, dsn string) error { _, err := Open(ctx, dsn, Options{}); return err },
		func(ctx context.Context, dsn string) error { _, err := View(ctx, dsn); return err },
		func(ctx context.Context, dsn string) error { _, _, err := Migrate(ctx, dsn); return err },
	} {
		err = open(t.Context(), "postgres://attache:hunter2@"+where+"/attache")
		require.Contains(t, alerts.Say(err), "No PostgreSQL server answers at "+where)
		require.NotContains(t, err.Error(), "hunter2")
	}
}

func TestAServerThatWouldBreakAPromiseIsRefused(t *testing.T) {
	for _, c := range []struct{ name, value, say string }{
		{"server_version_num", "130012", "needs 14 or newer"},
		{"server_encoding", "SQL_ASCII", "--encoding=UTF8"},
		{"fsync", "off", "Set both to on"},
		{"synchronous_commit", "off", "Set both to on"},
	} {
		settings := map[string]string{"server_version_num": "140000", "server_version": "14.0", "server_encoding": "UTF8", "fsync": "on", "synchronous_commit": "on"}
		require.NoError(t, refusal(settings))
		settings[c.name] = c.value
		require.Contains(t, alerts.Say(refusal(settings)), c.say, c.name)
	}
}

func TestAConflictIsTriedAgainAndAMistakeIsNot(t *testing.T) {
	s := newStore(postgresEngine(), Options{Rand: func() float64 { return 0 }})
	require.True(t, s.engine.again(net.ErrClosed))
	require.False(t, s.engine.again(errors.New("a mistake")))
	require.False(t, s.engine.again(invalid("a mistake")))
	for state, passes := range map[string]bool{"40001": true, "55P03": true, "57014": true, "57P01": true, "53100": true, "23505": false, "42601": false} {
		require.Equal(t, passes, Passes(fmt.Errorf("settle: %w", &pgconn.PgError{Code: state})), state)
	}
	require.False(t, Passes(&fs.PathError{Err: fs.ErrNotExist}), "the file is gone")
	ctx, stop := context.WithTimeout(t.Context(), time.Millisecond)
	defer stop()
	require.ErrorIs(t, s.pause(ctx, 20), context.DeadlineExceeded, "who waits can be told to stop")
}
