package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"
	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/stretchr/testify/require"
)

// refusing is a server that answers every connection with an error of that code; it returns its address.
func refusing(t *testing.T, code string) string { return saying(t, code, "no") }

// saying is a server without TLS that answers every connection with that error.
func saying(t *testing.T, code, message string) string {
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
			first, err := b.ReceiveStartupMessage()
			if _, asks := first.(*pgproto3.SSLRequest); asks {
				_, _ = c.Write([]byte("N"))
			} else if err == nil {
				b.Send(&pgproto3.ErrorResponse{Severity: "FATAL", Code: code, Message: message})
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

// The server speaks whatever language it likes.
func TestWhatIsRefusedIsNamed(t *testing.T) {
	for _, c := range []struct{ code, message, address, say string }{
		{"42704", `unrecognized configuration parameter "foo_bar"`, "attache?foo=1&foo_bar=baz", "PostgreSQL knows no option named foo_bar. Mend its name in the store's address, or take it out."},
		{"42704", `unbekannter Konfigurationsparameter »foo«`, "attache?foo=bar", "PostgreSQL knows no option named foo."},
		{"22023", `invalid value for parameter "statement_timeout": "soon"`, "attache?statement_timeout=soon", "does not take the option statement_timeout as"},
		{"42501", `permission denied to set parameter "log_statement"`, "attache?log_statement=all", "does not take the option log_statement as"},
		{"42501", `permission denied for database "attache"`, "attache", `GRANT CONNECT ON DATABASE "attache" TO "bot"`},
		{"3D000", `database "press" does not exist`, "press", "PostgreSQL has no database named press. Make it (createdb press), or"},
		{"3D000", `database "it's" does not exist`, "it's", `has no database named it's. Make it (createdb 'it'\''s')`},
		{"3D000", `database "bot" does not exist`, "", "has no database named bot. Make it (createdb bot)"},
	} {
		_, err := Open(t.Context(), "postgres://bot:hunter2@"+saying(t, c.code, c.message)+"/"+c.address, Options{Rand: func() float64 { return 0 }})
		require.Contains(t, alerts.Say(err), c.say)
		require.Contains(t, err.Error(), c.message, "the server's own words are kept")
		require.NotContains(t, err.Error(), "TLS", "that it was tried first is no cause")
		require.NotContains(t, err.Error(), "\n")
		require.NotContains(t, err.Error(), "hunter2")
		require.Equal(t, c.code, sqlstate(err))
	}
	_, err := Open(t.Context(), "postgres://bot@"+saying(t, "3D000", "no")+"/attache?sslmode=require", Options{})
	require.ErrorContains(t, err, "server refused TLS connection", "where TLS is asked for it is the cause")
	_, err = Open(t.Context(), "postgres://bot@"+saying(t, "XX000", "no idea")+"/attache", Options{})
	require.ErrorContains(t, err, "FATAL: no idea (SQLSTATE XX000)")
	require.NotContains(t, err.Error(), "TLS")
}

// Each address of a server is named with what it said last.
func TestEachAddressHasItsCause(t *testing.T) {
	one, other := saying(t, "57P03", "warming up"), saying(t, "57P03", "packing up")
	_, err := Open(t.Context(), "postgres://bot@"+one+","+other+"/attache", Options{Rand: func() float64 { return 0 }})
	for _, said := range []string{one, "warming up", other, "packing up"} {
		require.Equal(t, 1, strings.Count(err.Error(), said), "%s in %s", said, err)
	}
}

// An unknown option is refused by a real server as by the one above.
func TestAnUnknownOptionIsNamed(t *testing.T) {
	u, err := url.Parse(newPostgres(t, ""))
	require.NoError(t, err)
	q := u.Query()
	q.Set("foo", "bar")
	u.RawQuery = q.Encode()
	_, err = Open(t.Context(), u.String(), Options{})
	require.Contains(t, alerts.Say(err), "knows no option named foo.")
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
	for _, gone := range []error{&pgconn.PgError{Code: "57P01"}, io.ErrUnexpectedEOF, net.ErrClosed, driver.ErrBadConn} {
		require.Contains(t, alerts.Say(explain(gone)), "server ended the connection", "%v", gone)
		require.ErrorIs(t, explain(gone), gone)
	}
	for _, crossed := range []string{"40001", "40P01"} {
		require.Contains(t, alerts.Say(explain(&pgconn.PgError{Code: crossed})), "Try again", crossed)
	}
	require.Empty(t, alerts.Say(explain(context.DeadlineExceeded)), "it may be the caller's time")
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

// Two replicas that begin on an empty database make the mark at the same moment: whatever of it stands already is no matter.
func TestWhatAnotherMadeStandsAlready(t *testing.T) {
	for state, stands := range map[string]bool{"42P07": true, "42710": true, "23505": true, "42501": false, "42P01": false, "": false} {
		require.Equal(t, stands, standsAlready(&pgconn.PgError{Code: state}), state)
	}
}
