package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestWhatIsNoStoreIsRefusedWithWhatToDo(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		return path
	}
	other := filepath.Join(dir, "other.db")
	db, err := sql.Open("sqlite", other)
	require.NoError(t, err)
	_, err = db.Exec(`CREATE TABLE theirs (x)`)
	require.NoError(t, err)
	require.NoError(t, db.Close())

	for _, c := range []struct{ name, dsn, say string }{
		{"no address", "postgres://user:secret@host:port/attache", "postgres://USER@HOST"},
		{"no address either", "postgresql://user:secret@%zz/attache", "postgres://USER@HOST"},
		{"another scheme", "mysql://host/x", "sqlite:PATH"},
		{"a path alone", "attache.db", "sqlite:PATH"},
		{"nothing", "", "sqlite:PATH"},
		{"no path", "sqlite:", "name of a file"},
		{"memory", "sqlite::memory:", "name of a file"},
		{"options", "sqlite:" + dir + "/x.db?_pragma=synchronous(OFF)", "without options"},
		{"no folder", "sqlite:" + dir + "/nowhere/x.db", "does not exist"},
		{"a folder that is a file", "sqlite:" + write("file", "") + "/x.db", "can't hold"},
		{"a folder", "sqlite:" + dir, "is a folder"},
		{"a device", "sqlite:" + os.DevNull, "is no ordinary file"},
		{"a text file", "sqlite:" + write("text.db", strings.Repeat("not a database ", 100)), "is not a database"},
		{"another program's", "sqlite:" + other, "another program"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := Open(t.Context(), c.dsn, Options{})
			require.Nil(t, s)
			require.Contains(t, alerts.Say(err), c.say, "%v", err)
			require.NotContains(t, err.Error(), "secret")
		})
	}
	for _, path := range []string{dir + "/x.db", dir + ".lock"} {
		_, err = os.Stat(path)
		require.ErrorIs(t, err, fs.ErrNotExist)
	}
}

func TestAFolderThatHoldsNoFilesIsNotSaidToBeMissing(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("/proc is Linux's")
	}
	_, err := Open(t.Context(), "sqlite:/proc/x.db", Options{})
	require.NotContains(t, alerts.Say(err), "does not exist")
	require.Contains(t, alerts.Say(err), "/proc can't")
}

func TestTheDatabaseIsForItsOwnerAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows keeps rights by other means")
	}
	s, path := openFile(t)
	require.NoError(t, s.SetMeta(t.Context(), "k", "v"))
	for _, suffix := range []string{"", "-wal", "-shm", ".lock"} {
		info, err := os.Stat(path + suffix)
		require.NoError(t, err)
		require.Equal(t, fs.FileMode(0o600), info.Mode().Perm(), path+suffix)
	}
	require.NoError(t, s.Close())
	require.NoError(t, os.Chmod(path, 0o640))
	s, err := Open(t.Context(), "sqlite:"+path, Options{})
	require.NoError(t, err)
	require.NoError(t, s.Close())
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, fs.FileMode(0o640), info.Mode().Perm(), "what its owner chose stays")
}

// Without its name, a database goes on in a file that nobody will find again.
func TestADatabaseThatIsTakenAwayIsNoticed(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows keeps a file that is open")
	}
	s, path := openFile(t)
	require.NoError(t, s.Ping(t.Context()))
	refused := func() {
		t.Helper()
		for _, err := range []error{s.Ping(t.Context()), s.SetMeta(t.Context(), "k", "v"), s.SyncFile(t.Context(), FileContent{})} {
			require.Contains(t, alerts.Say(err), "The database file attache.db is gone or was replaced")
			require.ErrorContains(t, err, path)
		}
		_, err := s.Meta(t.Context(), "k")
		require.Contains(t, alerts.Say(err), "start the bot anew")
	}
	require.NoError(t, os.Rename(path, path+".away"))
	refused()
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	refused()
	require.NoError(t, os.Rename(path+".away", path))
	require.NoError(t, s.Ping(t.Context()), "it is back")
	require.NoError(t, s.SetMeta(t.Context(), "k", "v"))
}

func TestAFolderThatCantBeWrittenIsNamed(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := t.TempDir()
	require.NoError(t, os.Chmod(dir, 0o500))
	_, err := Open(t.Context(), "sqlite:"+dir+"/x.db", Options{})
	require.Contains(t, alerts.Say(err), "can't be written")
}

func TestPathsAreTakenAsTheyAre(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"attache.db", "a b%20c#d&e=f.db", "новости.db"} {
		s, err := Open(t.Context(), "sqlite:"+name, Options{})
		require.NoError(t, err)
		require.NoError(t, s.Ping(t.Context()))
		require.NoError(t, s.Close())
		_, err = os.Stat(name)
		require.NoError(t, err)
	}
}

func TestTablesAreMadeAndFoundAgain(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	dsn := "sqlite:" + filepath.Join(t.TempDir(), "x.db")
	from, to, err := Migrate(t.Context(), dsn)
	require.NoError(t, err)
	require.Zero(t, from)
	require.EqualValues(t, newestTables(t), to)
	from, again, err := Migrate(t.Context(), dsn)
	require.NoError(t, err)
	require.Equal(t, to, from)
	require.Equal(t, to, again)
	s, err := Open(t.Context(), dsn, Options{})
	require.NoError(t, err)
	require.NoError(t, s.SetMeta(t.Context(), "k", "v"))
	require.NoError(t, s.Close())
	s, err = Open(t.Context(), dsn, Options{})
	require.NoError(t, err)
	v, err := s.Meta(t.Context(), "k")
	require.NoError(t, err)
	require.Equal(t, "v", v)
	require.NoError(t, s.Close())
}

func TestADatabaseOfANewerVersionIsRefused(t *testing.T) {
	s, path := openFile(t)
	_, err := s.write.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, TRUE)`)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	_, err = Open(t.Context(), "sqlite:"+path, Options{})
	require.Contains(t, alerts.Say(err), "newer version of Attaché (tables 99")
	_, _, err = Migrate(t.Context(), "sqlite:"+path)
	require.Contains(t, alerts.Say(err), "newer version")
}

func TestCommitsAreOnTheDiskBeforeTheyCount(t *testing.T) {
	s, path := openFile(t)
	require.NoError(t, checkDurable(t.Context(), s.write))
	require.NoError(t, s.Close())
	for _, pragma := range []string{"synchronous(NORMAL)", "synchronous(OFF)", "journal_mode(DELETE)"} {
		db, err := sql.Open("sqlite", "file:"+path+"?_pragma="+pragma)
		require.NoError(t, err)
		db.SetMaxOpenConns(1)
		require.Contains(t, alerts.Say(claimFile(t.Context(), db, path)), "instead of FULL and WAL", pragma)
		require.NoError(t, db.Close())
	}
}

// Where everything but the store's folder is read-only, SQLite has no place for temporary files.
func TestNoTemporaryFiles(t *testing.T) {
	const memory = 2
	s, _ := openFile(t)
	for name, db := range map[string]*sql.DB{"write": s.write, "read": s.read} {
		var place int
		require.NoError(t, db.QueryRowContext(t.Context(), `PRAGMA temp_store`).Scan(&place))
		require.Equal(t, memory, place, name)
	}
}

func TestReadersAndWritersDoNotWaitForEachOther(t *testing.T) {
	s, _ := open(t)
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Second) // far below the busy timeout
	defer stop()
	require.NoError(t, s.look(ctx, "read", func(r txn) error {
		var n int
		if _, err := r.row(ctx, `SELECT COUNT(*) FROM meta`, nil, &n); err != nil {
			return err
		}
		if err := s.SetMeta(ctx, "k", "1"); err != nil {
			return err
		}
		return s.change(ctx, "write", func(w txn) error {
			if _, err := w.exec(ctx, `UPDATE meta SET value = '2'`); err != nil {
				return err
			}
			v, err := s.Meta(ctx, "k")
			require.Equal(t, "1", v, "a reader sees the last commit")
			return err
		})
	}))
}

func TestAReaderCantWrite(t *testing.T) {
	s, _ := open(t)
	require.Error(t, s.look(t.Context(), "read", func(tx txn) error {
		_, err := tx.exec(t.Context(), `INSERT INTO meta (name, value) VALUES ('a', 'b')`)
		return err
	}))
	require.Zero(t, count(t, s, `SELECT COUNT(*) FROM meta`))
}

func TestAFullDiskIsSaidAndSurvived(t *testing.T) {
	s, _ := openFile(t)
	f := withFeed(t, s)
	_, err := s.write.Exec(`PRAGMA max_page_count = 1`) // as small as the file is now
	require.NoError(t, err)
	o := alerts.Outcome{Visit: visit(f)}
	for i := range 500 {
		o.Recorded = append(o.Recorded, article(f, i))
	}
	err = s.Record(t.Context(), []alerts.Outcome{o})
	require.Contains(t, alerts.Say(err), "is full")
	require.Zero(t, count(t, s, `SELECT COUNT(*) FROM articles`))
	_, err = s.write.Exec(`PRAGMA max_page_count = 1000000`)
	require.NoError(t, err)
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{o}), "room is all it needs")
}

func TestAnEndedContextEndsTheWait(t *testing.T) {
	s, _ := open(t)
	ctx, stop := context.WithCancel(t.Context())
	require.NoError(t, s.change(t.Context(), "write", func(txn) error {
		stop()
		err := s.SetMeta(ctx, "k", "v")
		require.ErrorIs(t, err, context.Canceled)
		return nil
	}))
	require.NoError(t, s.SetMeta(t.Context(), "k", "v"))
}

func TestOtherErrorsStayAsTheyAre(t *testing.T) {
	plain := errors.New("x")
	require.Equal(t, plain, explain(plain))
	require.NoError(t, explain(nil))
}

// newestTables is the version of the last migration: its number, since others may leave numbers out.
func newestTables(t *testing.T) int {
	t.Helper()
	names, err := filepath.Glob("migrations/*.sql")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	number, _, _ := strings.Cut(filepath.Base(names[len(names)-1]), "_")
	n, err := strconv.Atoi(number)
	require.NoError(t, err)
	return n
}
