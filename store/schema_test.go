package store

import (
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/stretchr/testify/require"
)

// inSchema is the address of a schema of its own in the database, which may hold what it likes elsewhere.
func inSchema(t *testing.T, dsn, quoted string) string {
	t.Helper()
	require.NoError(t, onServer(dsn, `CREATE SCHEMA `+quoted))
	return withPath(t, dsn, quoted)
}

func withPath(t *testing.T, dsn, path string) string {
	t.Helper()
	u, err := url.Parse(dsn)
	require.NoError(t, err)
	q := u.Query()
	q.Set("search_path", path)
	u.RawQuery = strings.ReplaceAll(q.Encode(), "+", "%20") // the driver takes a + for one
	return u.String()
}

// A schema whose name has to be quoted is used like any other, beside another program's tables in the usual one.
func TestASchemaWithAnOddName(t *testing.T) {
	usual := newPostgres(t, "")
	require.NoError(t, onServer(usual, `CREATE TABLE theirs (x TEXT)`))
	dsn := inSchema(t, usual, `"Odd Name"`)
	require.NoError(t, Check(t.Context(), dsn))
	s := reopen(t, dsn)
	withFeed(t, s)
	require.NoError(t, s.Close())
	require.NoError(t, Check(t.Context(), dsn))
	s = reopen(t, dsn)
	require.Equal(t, 1, count(t, s, `SELECT COUNT(*) FROM "Odd Name".feeds`))
	require.NoError(t, s.Close())

	file := "sqlite:" + filepath.Join(t.TempDir(), "a.db")
	_, err := Copy(t.Context(), dsn, file, noon.Add(time.Hour), Options{})
	require.NoError(t, err)
	back := inSchema(t, usual, `"Odd ""Name"" 2"`)
	_, err = Copy(t.Context(), file, back, noon.Add(time.Hour), Options{})
	require.NoError(t, err)
	require.Equal(t, 1, count(t, reopen(t, back), `SELECT COUNT(*) FROM feeds`))

	for _, open := range []func() error{
		func() error { return Check(t.Context(), strings.ReplaceAll(dsn, "Odd%20Name", "Odd+Name")) },
		func() error { _, err := Open(t.Context(), withPath(t, usual, "nowhere"), Options{}); return err },
	} {
		say := alerts.Say(open())
		require.Contains(t, say, "no schema of the name in search_path")
		require.Contains(t, say, `%22Odd%20Name%22 stands for "Odd Name"`)
	}

	theirs := inSchema(t, usual, `"Their's"`)
	require.NoError(t, onServer(theirs, `CREATE TABLE theirs (x TEXT)`))
	_, err = Open(t.Context(), theirs, Options{})
	require.Contains(t, alerts.Say(err), "tables of another program")
	_, err = View(t.Context(), inSchema(t, usual, `"Empty One"`))
	require.Contains(t, alerts.Say(err), "no database at")
}
