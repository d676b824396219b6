package chaos

import (
	"bufio"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	diskSize    = 16 << 20
	fillings    = 4  // of the disk in CI
	fullFilling = 30 // in the long version
	mostFull    = 4 * time.Second
	roomToPost  = 10 * time.Second // PROMISES D10
	fullOfIt    = "is full. Make room"
)

// Why a test of a disk is skipped. What the machine does not allow is an excuse in CI (.ci/run), what it lacks is none.
const (
	notMounted = "SKIPPED: no small disk may be mounted here: neither root's rights nor a namespace of users"
	noMount    = "SKIPPED: no unshare, mount and nsenter, which make a small disk; Debian: apt-get install util-linux mount"
	notWatched = "SKIPPED: strace may not watch here: "
	noStrace   = "SKIPPED: no strace, which makes calls fail; Debian: apt-get install strace"
)

// A disk is a small one of the test's own, in a namespace of mounts that nobody else sees.
type disk struct {
	t    *testing.T
	cmd  *exec.Cmd // holds the namespace
	in   io.Writer
	out  *bufio.Scanner
	path string // within the namespace
}

// newDisk makes one. Where the test is not root and may have no namespace of users, it skips.
func newDisk(t *testing.T) *disk {
	t.Helper()
	for _, tool := range []string{"unshare", "mount", "nsenter"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(noMount)
		}
	}
	args := []string{"--mount"}
	if os.Getuid() != 0 {
		args = append(args, "--user", "--map-root-user")
	}
	d := &disk{t: t, path: t.TempDir()}
	d.cmd = exec.CommandContext(t.Context(), "unshare", append(args, "sh")...)
	in, err := d.cmd.StdinPipe()
	require.NoError(t, err)
	out, err := d.cmd.StdoutPipe()
	require.NoError(t, err)
	d.in, d.out = in, bufio.NewScanner(out)
	require.NoError(t, d.cmd.Start())
	t.Cleanup(func() {
		_ = d.cmd.Process.Kill()
		_ = d.cmd.Wait() // it was killed
	})
	if said := d.do(fmt.Sprintf("mount -t tmpfs -o size=%d,mode=700 chaos %s", diskSize, d.path)); said != "0" {
		t.Skip(notMounted)
	}
	return d
}

// do has the holder do something and returns its status.
func (d *disk) do(command string) (status string) {
	d.t.Helper()
	if _, err := fmt.Fprintf(d.in, "%s >/dev/null 2>&1; echo $?\n", command); err != nil || !d.out.Scan() {
		return "ended"
	}
	return d.out.Text()
}

// within is a command line that runs another on the disk.
func (d *disk) within() []string {
	args := []string{"nsenter", "--target", strconv.Itoa(d.cmd.Process.Pid), "--mount"}
	if os.Getuid() != 0 {
		args = append(args, "--user", "--preserve-credentials")
	}
	return append(args, "--")
}

// outside is a path on the disk as the test sees it.
func (d *disk) outside(name string) string {
	return filepath.Join("/proc", strconv.Itoa(d.cmd.Process.Pid), "root", d.path, name)
}

// fill takes all room, and free gives it back.
func (d *disk) fill() {
	d.t.Helper()
	f, err := os.OpenFile(d.outside("fill"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	require.NoError(d.t, err)
	defer f.Close()
	for size := 1 << 20; size > 0; {
		if _, err := f.Write(make([]byte, size)); errors.Is(err, syscall.ENOSPC) {
			size /= 2
		} else {
			require.NoError(d.t, err)
		}
	}
}

func (d *disk) free() { require.NoError(d.t, os.Remove(d.outside("fill"))) }

// fullDisk fills the disk again and again at random while the program reads and posts, and kills it once meanwhile: it says
// so, goes on, and posts within 10 s once there is room; nothing was posted without a claim that was kept.
func fullDisk(t *testing.T, binary string) {
	d, seed := newDisk(t), seed(t)
	times := fillings
	if full() {
		times = fullFilling
	}
	r, b, n, calls := onDisk(t, binary, d, seed, times)
	chance := rand.New(rand.NewPCG(seed, 7))
	noticed, met := 0, true
	for i := range times {
		if i >= fillings || !met { // the log has grown and does not shrink while it runs: what is written would find room in it
			b.stop()
			b.start()
		}
		n.publish()
		<-time.After(time.Duration(chance.Int64N(int64(time.Second)))) // before, while or after it is posted
		d.fill()
		n.publish()
		require.Eventually(t, func() bool { return b.saysFull() || r.everywhere(n.count()-1) }, time.Minute, 50*time.Millisecond, "%s", b.page("/readyz"))
		met = b.saysFull() // else what was written found room in the log
		if met {
			noticed++
			require.Contains(t, b.page("/metrics"), "attache_store_failing 1")
		}
		<-time.After(time.Duration(chance.Int64N(int64(mostFull))))
		require.True(t, b.alive(), "it ended")
		ended := false
		if i == times-1 {
			b.kill()
			ended = b.startsFull(met)
		}
		room := time.Now()
		d.free()
		if ended {
			b.start()
		}
		n.publish() // what came before may have found room in the log
		r.reached(n.count() - 1)
		after := r.next(room, time.Minute)
		t.Logf("full %d: the first post %4.1f s after there was room", i+1, after.Seconds())
		require.LessOrEqual(t, after, roomToPost)
	}
	t.Logf("the disk was met full in %d of %d fillings", noticed, times)
	require.GreaterOrEqual(t, noticed, times/2)
	require.Eventually(t, func() bool { return strings.TrimSpace(b.page("/readyz")) == "ready" }, time.Minute, 50*time.Millisecond, "%s", b.page("/readyz"))
	r.settles(n, b, d.outside("attache.db"), seed, calls)
}

// saysFull tells whether it says that the disk is full.
func (b *bot) saysFull() bool { return strings.Contains(b.page("/readyz"), fullOfIt) }

// startsFull starts it on a full disk, and who does is told, if it met that before: it ends with the reason or, where the
// start had nothing to write or found room in the log, runs on and says so.
func (b *bot) startsFull(met bool) (ended bool) {
	b.t.Helper()
	before := len(b.said.String())
	b.launch()
	require.Eventually(b.t, func() bool {
		ended = b.zombie()
		return ended || b.saysFull() || !met && strings.Contains(b.said.String()[before:], "msg=running")
	}, startTime, 20*time.Millisecond, "it does not say that the disk is full")
	if ended {
		require.Contains(b.t, b.said.String()[before:], fullOfIt)
		_ = b.cmd.Wait() // it has ended
	}
	b.t.Logf("started on a full disk: it ended: %t", ended)
	return ended
}

// failingDisk makes each write fail, as on a disk that breaks or is mounted anew for reading alone, at the system's call.
func failingDisk(t *testing.T, binary string) {
	if _, err := exec.LookPath("strace"); err != nil {
		t.Skip(noStrace)
	}
	seed := seed(t)
	errs := []string{"EIO", "EROFS"}
	r, b, n, calls := onDisk(t, binary, nil, seed, len(errs))
	for _, code := range errs {
		n.publish()
		stop := breaks(t, b.cmd.Process.Pid, code)
		n.publish()
		require.Eventually(t, func() bool { return strings.Contains(b.page("/readyz"), "takes no changes") }, time.Minute, 50*time.Millisecond, "%s", b.page("/readyz"))
		require.True(t, b.alive(), "it ended")
		stop()
		well := time.Now()
		n.publish()
		r.reached(n.count() - 1)
		after := r.next(well, time.Minute)
		t.Logf("%-5s: the first post %4.1f s after it was over", code, after.Seconds())
		require.LessOrEqual(t, after, roomToPost)
	}
	r.settles(n, b, strings.TrimPrefix(b.store, "sqlite:"), seed, calls)
}

// breaks makes the writes of a process to its database fail until it is told to stop.
func breaks(t *testing.T, pid int, code string) (stop func()) {
	t.Helper()
	said := &log{}
	cmd := exec.CommandContext(t.Context(), "strace", "-f", "-q", "-p", strconv.Itoa(pid), "-e", "trace=pwrite64,fsync,fdatasync,ftruncate",
		"-e", "inject=pwrite64,fsync,fdatasync,ftruncate:error="+code, "-o", "/dev/stdout")
	cmd.Stdout, cmd.Stderr = said, said
	require.NoError(t, cmd.Start())
	var ended atomic.Bool
	go func() { _ = cmd.Wait(); ended.Store(true) }()
	require.Eventually(t, func() bool { return ended.Load() || strings.Contains(said.String(), "INJECTED") }, time.Minute, 20*time.Millisecond, "nothing is written")
	if !strings.Contains(said.String(), "INJECTED") {
		require.Regexp(t, `not permitted|denied|not implemented`, said.String(), "strace fails")
		t.Skip(notWatched + said.String())
	}
	return func() {
		require.NoError(t, cmd.Process.Signal(syscall.SIGINT))
		require.Eventually(t, ended.Load, startTime, 10*time.Millisecond)
	}
}

// onDisk is a program with its database on a disk; nil is any.
func onDisk(t *testing.T, binary string, d *disk, seed uint64, times int) (*run, *bot, *newsroom, *atomic.Int64) {
	n, calls, drawn := newNewsroom(t, times+2), &atomic.Int64{}, dice(seed, lagMost)
	p := newDiscord(t, func() (string, time.Duration) {
		kind, lag := drawn()
		if kind != "429" { // which costs no attempt
			calls.Add(1)
		}
		return kind, lag
	}, 5*time.Minute)
	p.channels = p.channels[:3]
	folder := t.TempDir()
	if d != nil {
		folder = d.path
	}
	b := newBot(t, binary, "sqlite:"+filepath.Join(folder, "attache.db"), p, p.api, n)
	if d != nil {
		b.under = d.within()
	}
	b.start()
	n.opened(t)
	return newLife(t, p), b, n, calls
}

// settles waits until all is posted, counts, and compares the calls with the claims that the store kept.
func (r *run) settles(n *newsroom, b *bot, path string, seed uint64, calls *atomic.Int64) {
	r.t.Helper()
	got := r.arrived(n)
	b.stop()
	kept := attempts(r.t, path)
	r.t.Logf("seed %d: %s; %d calls, %d claims kept", seed, got, calls.Load(), kept)
	require.True(r.t, got.clean(), "%s", got)
	require.LessOrEqual(r.t, int(calls.Load()), kept, "something was sent without a claim that was kept")
}

// attempts is how often the store says that something was sent. The file must be whole. It is copied first: SQLite would
// look for it by its name on the test's own disk.
func attempts(t *testing.T, path string) (sum int) {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	path = filepath.Join(t.TempDir(), "copy.db")
	require.NoError(t, os.WriteFile(path, data, 0o600))
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	defer db.Close()
	var said string
	require.NoError(t, db.QueryRowContext(t.Context(), `PRAGMA integrity_check`).Scan(&said))
	require.Equal(t, "ok", said)
	require.NoError(t, db.QueryRowContext(t.Context(), `SELECT SUM(attempts) FROM deliveries`).Scan(&sum))
	return sum
}
