package store

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// Check says of a store what Open would, and leaves everything as it is.
func TestCheckMakesNothing(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "attache.db")
	require.NoError(t, Check(t.Context(), "sqlite:"+path), "it is made when the bot runs")
	names, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Empty(t, names)

	s := reopen(t, "sqlite:"+path)
	require.NoError(t, Check(t.Context(), "sqlite:"+path), "a bot may have it open")
	require.NoError(t, s.change(t.Context(), "age", func(tx txn) error {
		_, err := tx.exec(t.Context(), `DELETE FROM goose_db_version WHERE version_id > 9`)
		return err
	}))
	require.NoError(t, Check(t.Context(), "sqlite:"+path), "it is brought up to date when the bot runs")
	require.Equal(t, 9, count(t, s, `SELECT MAX(version_id) FROM goose_db_version`), "and not before")
	require.NoError(t, s.change(t.Context(), "renew", func(tx txn) error {
		_, err := tx.exec(t.Context(), `UPDATE goose_db_version SET version_id = 900 WHERE version_id = 9`)
		return err
	}))
	require.Contains(t, alerts.Say(Check(t.Context(), "sqlite:"+path)), "newer version")

	letter := filepath.Join(folder, "letter.txt")
	require.NoError(t, os.WriteFile(letter, []byte("Dear reader, this is a letter and no database, however long it may become in the end."+
		" It goes on for more than a hundred bytes."), 0o600))
	for dsn, say := range map[string]string{
		"sqlite:" + letter:                                  "not a database",
		"sqlite:" + folder:                                  "is a folder",
		"sqlite:" + filepath.Join(folder, "no", "x"):        "does not exist",
		"sqlite:" + filepath.Join(letter, "x"):              "can't hold the database",
		"mysql:x":                                           "sqlite:PATH",
		"postgres://nobody@127.0.0.1:1/x?connect_timeout=2": "",
	} {
		err := Check(t.Context(), dsn)
		require.Error(t, err, dsn)
		require.Contains(t, alerts.Say(err), say, dsn)
	}
}
