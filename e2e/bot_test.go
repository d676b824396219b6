//go:build e2e

package e2e

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var (
	built    sync.Once
	binary   string
	errBuild error
)

// TestMain takes the binary away again.
func TestMain(m *testing.M) {
	status := m.Run()
	if binary != "" {
		_ = os.RemoveAll(filepath.Dir(binary))
	}
	os.Exit(status)
}

// build builds the binary once, as it ships: without cgo.
func build(t *testing.T) string {
	t.Helper()
	built.Do(func() {
		var dir string
		if dir, errBuild = os.MkdirTemp("", "attache-e2e-"); errBuild != nil {
			return
		}
		if errBuild = os.Chmod(dir, 0o755); errBuild != nil { // the unprivileged user runs it
			return
		}
		binary = filepath.Join(dir, "bot")
		cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, "../cmd/bot")
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			errBuild = fmt.Errorf("%w\n%s", err, out)
		}
	})
	require.NoError(t, errBuild)
	return binary
}

// cage is a script that runs a command as the container does: nobody's user, no capability, no new privileges, and every
// file system read-only but for the folder in $DATA.
const cage = `mount --make-rprivate / && mount --bind "$DATA" "$DATA" || exit 70
while read -r _ _ _ _ point _; do
	[ "$point" = "$DATA" ] || mount -o remount,bind,ro "$point" 2>/dev/null || true
done </proc/self/mountinfo
exec setpriv --reuid 65532 --regid 65532 --clear-groups --no-new-privs --inh-caps -all --bounding-set -all "$@"`

// caged puts a command into the cage; data is its folder.
func caged(command []string) []string {
	return append([]string{"unshare", "-m", "sh", "-c", cage, "sh"}, command...)
}

var cageable = sync.OnceValue(func() bool {
	return os.Geteuid() == 0 && exec.Command("unshare", "-m", "sh", "-c", "mount --make-rprivate / && command -v setpriv").Run() == nil
})

const notCaged = "SKIPPED: this needs root and mount namespaces; the binary runs without the container's constraints"

// dataFolder returns a folder that the unprivileged user may write to.
func dataFolder(t *testing.T) string {
	t.Helper()
	data, err := os.MkdirTemp("", "attache-data-")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(data) })
	require.NoError(t, os.Chmod(data, 0o777))
	return data
}

// bot is the program under test.
type bot struct {
	cmd         *exec.Cmd
	data        string
	out, errout *syncBuffer
	ended       chan struct{} // closed when it has ended
	err         error         // how, once it has
}

// runBot writes the configuration and runs the program with it until the test ends, in a cage where the system allows one.
func runBot(t *testing.T, configuration string, env []string, args ...string) *bot {
	t.Helper()
	data := dataFolder(t)
	file := filepath.Join(data, "attache.yaml")
	require.NoError(t, os.WriteFile(file, []byte(configuration), 0o644)) // the unprivileged user reads it
	command := append([]string{build(t)}, args...)
	command = append(command, "-c", file)
	if cageable() {
		command = caged(command)
	} else {
		t.Log(notCaged)
	}
	b := &bot{cmd: exec.Command(command[0], command[1:]...), data: data, out: &syncBuffer{}, errout: &syncBuffer{}, ended: make(chan struct{})}
	b.cmd.Dir = data
	b.cmd.Env = append([]string{"DATA=" + data, "PATH=" + os.Getenv("PATH"), "TZ=UTC"}, env...)
	b.cmd.Stdout, b.cmd.Stderr = b.out, b.errout
	require.NoError(t, b.cmd.Start())
	go func() {
		b.err = b.cmd.Wait()
		close(b.ended)
	}()
	t.Cleanup(func() {
		b.stop(t)
		if t.Failed() {
			t.Logf("bot printed:\n%s\nand logged:\n%s", cut(b.out.String()), cut(b.errout.String()))
		}
	})
	return b
}

// until waits until happened says true, and fails with what otherwise, at once if the bot has ended.
func (b *bot) until(t *testing.T, what string, happened func() bool) {
	t.Helper()
	eventually(t, what, func() bool {
		select {
		case <-b.ended:
			require.FailNow(t, "the bot has ended", what)
		default:
		}
		return happened()
	})
}

// cut keeps the end of what is long.
func cut(s string) string {
	const most = 20_000
	if len(s) > most {
		return "...\n" + s[len(s)-most:]
	}
	return s
}

// stop asks the bot to stop, as a container does, and requires status 0. It does nothing if the bot has ended by itself.
func (b *bot) stop(t *testing.T) {
	t.Helper()
	select {
	case <-b.ended:
		return
	default:
	}
	_ = b.cmd.Process.Signal(syscall.SIGTERM) // it may have ended a moment ago
	require.Zero(t, b.status(t), "the bot ends well: %s", b.errout)
}

// status waits for the bot's end and returns its exit status.
func (b *bot) status(t *testing.T) int {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*patience)
	defer cancel()
	select {
	case <-b.ended:
	case <-ctx.Done():
		_ = b.cmd.Process.Kill()
		<-b.ended
		require.FailNow(t, "the bot does not end", b.errout.String())
	}
	var exit *exec.ExitError
	if b.err != nil {
		require.True(t, errors.As(b.err, &exit), "%v", b.err)
		return exit.ExitCode()
	}
	return 0
}

// holdsBack requires that no secret is in what the bot printed and logged, nor in its folder.
func (b *bot) holdsBack(t *testing.T, secrets ...string) {
	t.Helper()
	said := b.out.String() + b.errout.String()
	files, err := filepath.Glob(filepath.Join(b.data, "*.db*"))
	require.NoError(t, err)
	require.NotEmpty(t, files, "the store is in the folder")
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		said += string(text)
	}
	for _, s := range secrets {
		require.NotEmpty(t, s)
		require.False(t, strings.Contains(said, s), "a secret was logged or kept")
	}
	require.Contains(t, said, "running", "the log was looked at")
}

// The cage holds: it is what makes the other tests mean anything for the container.
func TestCage(t *testing.T) {
	if !cageable() {
		t.Skip(notCaged)
	}
	data, elsewhere := dataFolder(t), dataFolder(t)
	try := func(script string) (string, error) {
		command := caged([]string{"sh", "-c", script})
		cmd := exec.Command(command[0], command[1:]...)
		cmd.Env = append(os.Environ(), "DATA="+data, "ELSEWHERE="+elsewhere)
		cmd.WaitDelay = time.Second
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	out, err := try(`echo here >"$DATA/file" && cat "$DATA/file"`)
	require.NoError(t, err, out)
	require.Equal(t, "here\n", out)
	for _, place := range []string{"$ELSEWHERE", "/tmp", "/var/tmp", "/dev/shm"} {
		if info, err := os.Stat(os.Expand(place, func(string) string { return elsewhere })); err != nil || info.Mode()&0o002 == 0 {
			continue // not there, or not for everybody to write
		}
		out, err := try(`echo there >"` + place + `/attache-must-not-be"`)
		require.Error(t, err, place)
		require.Contains(t, out, "Read-only file system", place)
	}
	require.NoFileExists(t, filepath.Join(elsewhere, "attache-must-not-be"))
	require.NoError(t, os.WriteFile(filepath.Join(elsewhere, "attache-must-not-be"), nil, 0o600), "it is the cage that refused, not the folder")
	out, err = try("cat /proc/self/status")
	require.NoError(t, err, out)
	require.Regexp(t, `(?m)^Uid:\t65532\t65532\t65532\t65532$`, out)
	require.Regexp(t, `(?m)^CapEff:\t0+$`, out)
	require.Regexp(t, `(?m)^CapBnd:\t0+$`, out)
	require.Regexp(t, `(?m)^NoNewPrivs:\t1$`, out)
}
