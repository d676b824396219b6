package chaos

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A pgServer is a PostgreSQL server of the test's own, which may be ended and started again. It listens on a socket in its
// folder alone.
type pgServer struct {
	t    *testing.T
	bin  string
	home string
	cmd  *exec.Cmd
	log  *log
}

// newPGServer starts a server from the installed binaries, found where .ci/postgres finds them.
func newPGServer(t *testing.T) *pgServer {
	t.Helper()
	s := &pgServer{t: t, bin: pgBinaries(t), log: &log{}}
	home, err := os.MkdirTemp(memory(), "attache-pg-") // the path of a socket must be short
	require.NoError(t, err)
	s.home = home
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(home)) })
	if who := s.credential(); who != nil {
		require.NoError(t, os.Chown(home, int(who.Uid), int(who.Gid)))
	}
	said, err := s.command("initdb", "-D", home+"/data", "-U", "attache", "-A", "trust", "-E", "UTF8", "--locale=C", "-N").CombinedOutput()
	require.NoError(t, err, "%s", said)
	s.start()
	t.Cleanup(func() { s.end(syscall.SIGQUIT) })
	return s
}

// memory is a folder in memory, if there is one: what is written need not outlive the test.
func memory() string {
	if _, err := os.Stat("/dev/shm"); err == nil {
		return "/dev/shm"
	}
	return ""
}

const noServer = "SKIPPED: no PostgreSQL server is installed here that could be ended and started; Debian: apt-get install postgresql"

func pgBinaries(t *testing.T) string {
	t.Helper()
	dirs, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	require.NoError(t, err)
	version := func(dir string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(dir))) // 0 where it is none
		return n
	}
	slices.SortFunc(dirs, func(a, b string) int { return version(b) - version(a) })
	if said, err := exec.CommandContext(t.Context(), "pg_config", "--bindir").Output(); err == nil {
		dirs = append(dirs, strings.TrimSpace(string(said)))
	}
	for _, dir := range dirs {
		if _, err := os.Stat(filepath.Join(dir, "initdb")); err == nil {
			return dir
		}
	}
	t.Skip(noServer)
	return ""
}

// credential is whom the server runs as where the test is root, which PostgreSQL refuses.
func (s *pgServer) credential() *syscall.Credential {
	if os.Getuid() != 0 {
		return nil
	}
	nobody, err := user.Lookup("nobody")
	require.NoError(s.t, err)
	uid, err := strconv.ParseUint(nobody.Uid, 10, 32)
	require.NoError(s.t, err)
	gid, err := strconv.ParseUint(nobody.Gid, 10, 32)
	require.NoError(s.t, err)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

func (s *pgServer) command(name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(context.WithoutCancel(s.t.Context()), filepath.Join(s.bin, name), args...)
	cmd.Env, cmd.Dir = append(os.Environ(), "HOME=/"), s.home
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.credential()}
	return cmd
}

// address is that of a database.
func (s *pgServer) address(database string) string {
	return fmt.Sprintf("postgres://attache@/%s?host=%s", database, s.home)
}

// start starts the server and returns when it answers.
func (s *pgServer) start() (answered time.Time) {
	s.t.Helper()
	s.cmd = s.command("postgres", "-D", s.home+"/data", "-k", s.home, "-c", "listen_addresses=", "-c", "log_destination=stderr")
	s.cmd.Stdout, s.cmd.Stderr = s.log, s.log
	require.NoError(s.t, s.cmd.Start())
	db, err := sql.Open("pgx", s.address("postgres"))
	require.NoError(s.t, err)
	defer db.Close()
	require.Eventually(s.t, func() bool { return db.PingContext(s.t.Context()) == nil }, startTime, 20*time.Millisecond, "%s", s.log)
	return time.Now()
}

// end ends the server: SIGINT in order, SIGQUIT at once, SIGKILL without a word.
func (s *pgServer) end(how syscall.Signal) {
	s.t.Helper()
	if s.cmd == nil {
		return
	}
	require.NoError(s.t, s.cmd.Process.Signal(how))
	_ = s.cmd.Wait() // it was told to end
	s.cmd = nil
	if how == syscall.SIGKILL { // its children see that it is gone, and end; until then no other starts
		require.Eventually(s.t, func() bool {
			left, err := os.ReadDir("/proc")
			return err == nil && !slices.ContainsFunc(left, s.child)
		}, startTime, 20*time.Millisecond)
	}
}

// child tells whether a process of /proc belongs to the server: it works in its folder.
func (s *pgServer) child(process os.DirEntry) bool {
	where, err := os.Readlink(filepath.Join("/proc", process.Name(), "cwd"))
	return err == nil && strings.HasPrefix(where, s.home)
}

// count is how often the server's log says something.
func (s *pgServer) count(what string) int { return strings.Count(s.log.String(), what) }
