package storm

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/require"
)

// serverURL names a server on which databases may be made: make storm-postgres.
const serverURL = "TEST_POSTGRES_URL"

// onServer tells that stores are databases of a server.
func onServer() bool { return os.Getenv(serverURL) != "" }

// newStore returns the address of an empty store: a database on the server of TEST_POSTGRES_URL, else a SQLite file.
func newStore(t *testing.T) string {
	t.Helper()
	if !onServer() {
		made, err := os.ReadFile(os.Getenv(templateKey))
		require.NoError(t, err)
		path := filepath.Join(t.TempDir(), "attache.db")
		require.NoError(t, os.WriteFile(path, made, 0o600))
		return "sqlite:" + path
	}
	server := os.Getenv(serverURL)
	u, err := url.Parse(server)
	require.NoError(t, err)
	name := fmt.Sprintf("attache_storm_%x", rand.Uint64())
	ask(t, server, "CREATE DATABASE "+name)
	t.Cleanup(func() { ask(t, server, "DROP DATABASE "+name+" WITH (FORCE)") })
	u.Path = "/" + name
	return u.String()
}

// ask has a PostgreSQL server do something.
func ask(t *testing.T, server, query string) {
	t.Helper()
	db, err := sql.Open("pgx", server)
	require.NoError(t, err)
	defer db.Close()
	_, err = db.ExecContext(context.WithoutCancel(t.Context()), query)
	require.NoError(t, err)
}
