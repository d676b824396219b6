package store

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// role makes a user of the server's for a test, and returns its name and the address as that user.
func role(t *testing.T, dsn string) (name, as string) {
	t.Helper()
	name = fmt.Sprintf("attache_r%d_%d", os.Getpid(), time.Now().UnixNano())
	require.NoError(t, onServer(dsn, `CREATE ROLE `+name+` LOGIN PASSWORD 'secret'`))
	t.Cleanup(func() {
		require.NoError(t, onServer(os.Getenv(serverURL), `DROP ROLE `+name))
	})
	u, err := url.Parse(dsn)
	require.NoError(t, err)
	u.User = url.UserPassword(name, "secret")
	return name, u.String()
}

// free makes the server drop what the roles own before the roles are dropped.
func free(t *testing.T, dsn string, names ...string) {
	t.Helper()
	t.Cleanup(func() { require.NoError(t, onServer(dsn, `DROP OWNED BY `+strings.Join(names, ", ")+` CASCADE`)) })
}

// advice is what is said for want of a right, by each way in which a store is opened; the command that it ends with.
func advice(t *testing.T, dsn string) (say, command string) {
	t.Helper()
	for _, open := range []func(context.Context, string) error{
		func(ctx context.Context, dsn string) error {
			s, err := Open(ctx, dsn, Options{})
			if err == nil {
				defer s.Close()
				err = s.SetMeta(ctx, "k", "v")
			}
			return err
		},
		func(ctx context.Context, dsn string) error { _, _, err := Migrate(ctx, dsn); return err },
	} {
		err := open(t.Context(), dsn)
		require.Error(t, err)
		require.NotContains(t, err.Error(), "secret")
		require.True(t, say == "" || say == alerts.Say(err), "%s, and %s", say, alerts.Say(err))
		say = alerts.Say(err)
	}
	_, command, _ = strings.Cut(say, ": ")
	return say, command
}

// What is advised for tables of another user's helps: done word for word, the bot runs.
func TestTablesOfAnotherUsersAreGivenOver(t *testing.T) {
	t.Run("of any user", func(t *testing.T) {
		dsn := newPostgres(t, "")
		owner, asOwner := role(t, dsn)
		user, asUser := role(t, dsn)
		free(t, dsn, owner, user)
		require.NoError(t, onServer(dsn, `GRANT CREATE ON SCHEMA public TO `+owner))
		_, _, err := Migrate(t.Context(), asOwner)
		require.NoError(t, err)
		say, command := advice(t, asUser)
		require.Contains(t, say, "belong to the PostgreSQL user "+owner+", and "+user+" may not")
		require.Contains(t, say, "Connect as "+owner)
		require.Contains(t, alerts.Say(Check(t.Context(), asUser)), "Connect as "+owner)
		require.NoError(t, onServer(dsn, command))
		require.NoError(t, reopen(t, asUser).SetMeta(t.Context(), "k", "v"))
	})
	t.Run("of the server's first", func(t *testing.T) {
		dsn := newPostgres(t, "")
		user, asUser := role(t, dsn)
		free(t, dsn, user)
		s := reopen(t, dsn)
		require.NoError(t, s.SetMeta(t.Context(), "k", "v"))
		b, err := askBelonging(t.Context(), s.read)
		require.NoError(t, err)
		require.Empty(t, b.owner, "whose they are misses nothing")
		var first bool
		require.NoError(t, s.read.QueryRow(`SELECT oid = 10 FROM pg_roles WHERE rolname = current_user`).Scan(&first))
		if !first {
			t.Skip("the tests' user is not the server's first")
		}
		_, command := advice(t, asUser)
		require.Equal(t, `ALTER TABLE name OWNER TO "`+user+`"`, command)
		var names []string
		rows, err := s.read.Query(`SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'`)
		require.NoError(t, err)
		defer rows.Close()
		for rows.Next() {
			var name string
			require.NoError(t, rows.Scan(&name))
			names = append(names, name)
		}
		require.NoError(t, rows.Err())
		for _, name := range names {
			require.NoError(t, onServer(dsn, strings.Replace(command, "name", name, 1)))
		}
		require.NoError(t, reopen(t, asUser).SetMeta(t.Context(), "k", "w"))
	})
}

// Where there are no tables yet, the schema has another owner.
func TestARightToMakeTablesIsGiven(t *testing.T) {
	for _, schema := range []string{"public", "Odd Name"} {
		dsn := newPostgres(t, "")
		user, asUser := role(t, dsn)
		free(t, dsn, user)
		require.NoError(t, onServer(dsn, `CREATE SCHEMA IF NOT EXISTS `+quoted(schema)))
		require.NoError(t, onServer(dsn, `GRANT USAGE ON SCHEMA `+quoted(schema)+` TO `+user))
		require.NoError(t, onServer(dsn, `REVOKE CREATE ON SCHEMA public FROM PUBLIC`)) // as it is from PostgreSQL 15 on
		u, err := url.Parse(asUser)
		require.NoError(t, err)
		q := u.Query()
		q.Set("search_path", quoted(schema))
		u.RawQuery = strings.ReplaceAll(q.Encode(), "+", "%20")
		say, command := advice(t, u.String())
		require.Contains(t, say, user+" may not make tables")
		require.NoError(t, onServer(dsn, command))
		require.NoError(t, reopen(t, u.String()).SetMeta(t.Context(), "k", "v"))
	}
}
