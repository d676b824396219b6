package store

import (
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/stretchr/testify/require"
)

// A backup that is made while the bot works holds whole transactions, and the bot starts from it.
func TestABackupOfABusyDatabaseIsWholeAndStartsAgain(t *testing.T) {
	s, path := openFile(t)
	f := withFeed(t, s)
	posted(t, s, f, 3, desk)
	require.Len(t, claimed(t, s, noon, 1), 1)
	dir := t.TempDir()
	stop := make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		for n := 10; ; n += perVisit {
			select {
			case <-stop:
				return
			default:
			}
			o := alerts.Outcome{Visit: visit(f)}
			for i := range perVisit {
				r := article(f, n+i)
				o.Recorded, o.Deliveries = append(o.Recorded, r), append(o.Deliveries, root(night, r))
			}
			if err := s.Record(t.Context(), []alerts.Outcome{o}); err != nil {
				t.Error(err)
				return
			}
		}
	})
	for _, name := range []string{"a", "b", "c"} {
		require.NoError(t, Backup(t.Context(), "sqlite:"+path, filepath.Join(dir, name)))
	}
	close(stop)
	group.Wait()
	for _, name := range []string{"a", "b", "c"} {
		info, err := os.Stat(filepath.Join(dir, name))
		require.NoError(t, err)
		require.Equal(t, fs.FileMode(0o600), info.Mode().Perm())
		restored := reopen(t, "sqlite:"+filepath.Join(dir, name))
		var check string
		require.NoError(t, restored.read.QueryRow(`PRAGMA integrity_check`).Scan(&check))
		require.Equal(t, "ok", check)
		articles := count(t, restored, `SELECT COUNT(*) FROM articles`)
		require.Zero(t, (articles-3)%perVisit, "a visit is whole")
		require.Equal(t, articles, count(t, restored, `SELECT COUNT(*) FROM deliveries`))
		require.Equal(t, articles, count(t, restored, `SELECT COUNT(*) FROM article_words WHERE article_words MATCH 'witkoff'`))
		require.Equal(t, 1, count(t, restored, `SELECT COUNT(*) FROM deliveries WHERE uncertain`), "what was being sent is doubted")
		found, err := restored.Lookup(t.Context(), guild, [][]string{{"witkoff", "number1"}}, 10)
		require.NoError(t, err)
		require.Len(t, found, 1)
		require.NoError(t, restored.Close())
	}
	left, err := filepath.Glob(filepath.Join(dir, "*.part"))
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestABackupThatCantBeSaysWhatToDo(t *testing.T) {
	_, path := openFile(t)
	dir := t.TempDir()
	taken := filepath.Join(dir, "taken")
	require.NoError(t, os.WriteFile(taken, []byte("mine"), 0o600))
	for _, c := range []struct{ dsn, dest, say string }{
		{"sqlite:" + path, taken, "a file at " + taken},
		{"sqlite:" + path, filepath.Join(dir, "nowhere", "x"), "folder that the bot's user may write"},
		{"sqlite:" + filepath.Join(dir, "absent"), filepath.Join(dir, "x"), "no database at"},
		{"postgres://attache:hunter2@localhost/attache", filepath.Join(dir, "x"), "pg_dump"},
		{"mysql://x", filepath.Join(dir, "x"), "sqlite:PATH"},
	} {
		err := Backup(t.Context(), c.dsn, c.dest)
		require.Contains(t, alerts.Say(err), c.say)
		require.NotContains(t, err.Error(), "hunter2")
	}
	text, err := os.ReadFile(taken)
	require.NoError(t, err)
	require.Equal(t, "mine", string(text))
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, files, 1, "nothing is left lying about")
}
