package store

import (
	"context"
	"net/url"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/stretchr/testify/require"
)

// with is the address with a setting.
func with(t *testing.T, dsn, name, value string) string {
	t.Helper()
	u, err := url.Parse(dsn)
	require.NoError(t, err)
	q := u.Query()
	q.Set(name, value)
	u.RawQuery = q.Encode()
	return u.String()
}

func TestTheNumberOfConnectionsIsAskedFor(t *testing.T) {
	for said, want := range map[string]int{"": connections, "2": 2, "100": 100} {
		params := map[string]string{"application_name": "attache"}
		if said != "" {
			params["pool_max_conns"] = said
		}
		size, err := poolSize(params)
		require.NoError(t, err)
		require.Equal(t, want, size, said)
		require.Equal(t, map[string]string{"application_name": "attache"}, params, "the server is not told")
	}
	for _, said := range []string{"0", "1", "101", "-3", "many", "2.5", "99999999999999999999"} {
		_, err := Open(t.Context(), "postgres://attache@localhost/attache?pool_max_conns="+said, Options{})
		require.Contains(t, alerts.Say(err), "from 2 to 100", said)
	}
}

// What several people ask at once, however long it takes, leaves one connection to what is sent.
func TestLooksLeaveAConnectionToChanges(t *testing.T) {
	const size = 3
	s := reopen(t, with(t, newPostgres(t, ""), "pool_max_conns", strconv.Itoa(size)))
	looking, done := make(chan struct{}, 2*size), make(chan struct{})
	var looks sync.WaitGroup
	for range 2 * size {
		looks.Go(func() {
			err := s.look(t.Context(), "look for long", func(txn) error {
				looking <- struct{}{}
				<-done
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	for range size - 1 {
		<-looking
	}
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
	defer stop()
	require.NoError(t, s.SetMeta(ctx, "k", "v"))
	require.Equal(t, size, s.write.Stats().OpenConnections)
	given, stop := context.WithCancel(t.Context())
	stop()
	require.ErrorIs(t, s.look(given, "give up", func(txn) error { return nil }), context.Canceled)
	close(done)
	looks.Wait()
	require.Len(t, s.seats, 0)
	require.LessOrEqual(t, s.write.Stats().OpenConnections, size)
}

// A start that finds its tables up to date makes one connection.
func TestAStartMakesOneConnection(t *testing.T) {
	s := reopen(t, newDatabaseOnServer(t))
	require.Equal(t, 1, s.write.Stats().OpenConnections)
	require.Same(t, s.write, s.read)
}

// Tables of the right version that do not bear our mark are another program's.
func TestTheVersionAloneIsNotOurs(t *testing.T) {
	dsn := newDatabaseOnServer(t)
	require.NoError(t, onServer(dsn, `DROP TABLE attache`))
	_, err := Open(t.Context(), dsn, Options{})
	require.Contains(t, alerts.Say(err), "tables of another program")
	require.Error(t, onServer(dsn, `SELECT one FROM attache`), "nothing was made there")
}

// newDatabaseOnServer is newDatabase on a server, else the test is skipped.
func newDatabaseOnServer(t *testing.T) string {
	t.Helper()
	return newPostgres(t, ` TEMPLATE `+os.Getenv(templateURL))
}
