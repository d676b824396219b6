package chaos

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// startTime is how long the program may take to begin, beside all that runs here.
const startTime = 30 * time.Second

// build makes the program of the source in a folder.
func build(t *testing.T, source string) (binary string) {
	t.Helper()
	binary = filepath.Join(t.TempDir(), "bot")
	cmd := exec.CommandContext(t.Context(), "go", "build", "-buildvcs=false", "-o", binary, "./cmd/bot")
	cmd.Dir = source
	said, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", said)
	return binary
}

// A bot is the whole program as people run it, at life's pace.
type bot struct {
	t      *testing.T
	binary string
	under  []string // the command that runs it, if it is not run by itself
	config string
	store  string
	listen string
	cmd    *exec.Cmd
	said   *log
}

// A log is what a program says, which may be read meanwhile.
type log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *log) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// newBot writes a configuration: the feeds of the newsroom and the channels of the platform, whose calls go to api.
func newBot(t *testing.T, binary, store string, p platform, api string, n *newsroom) *bot {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	b := &bot{t: t, binary: binary, store: store, config: filepath.Join(t.TempDir(), "attache.yaml"), listen: l.Addr().String(), said: &log{}}
	require.NoError(t, l.Close())
	u, err := url.Parse(n.url)
	require.NoError(t, err)
	var c strings.Builder
	fmt.Fprintf(&c, "store: %q\nlisten: %s\nfetch: {allow_private_networks: true, allow_ports: [%s]}\n", store, b.listen, u.Port())
	if p.name == "slack" {
		fmt.Fprintf(&c, "platforms: {slack: {bot_token: %s, app_token: xapp-test, api: %q}}\n", slackToken, api)
	} else {
		fmt.Fprintf(&c, "platforms: {discord: {token: %s, api: %q}}\n", discordToken, api)
	}
	c.WriteString("watchlists: [{name: chaos, watches: [{topic: bulletins, match: bulletin}]}]\nfeeds:\n")
	for i, address := range n.urls() {
		fmt.Fprintf(&c, "  - {name: feed-%d, url: %q, schedule: \"@every 1s\", source: {language: en}}\n", i, address)
	}
	c.WriteString("subscriptions:\n")
	for _, channel := range p.channels {
		fmt.Fprintf(&c, "  - {channel: %q, watchlists: [chaos]}\n", channel)
	}
	require.NoError(t, os.WriteFile(b.config, []byte(c.String()), 0o600))
	t.Cleanup(func() {
		b.kill()
		if t.Failed() {
			said := b.said.String()
			t.Logf("%s said:\n%s", filepath.Base(b.config), said[max(0, len(said)-8000):])
		}
	})
	return b
}

// start starts it and waits until it runs.
func (b *bot) start() {
	b.t.Helper()
	before := strings.Count(b.said.String(), "msg=running")
	b.launch()
	require.Eventually(b.t, func() bool { return strings.Count(b.said.String(), "msg=running") > before }, startTime, 20*time.Millisecond, "it does not start")
}

// launch starts it.
func (b *bot) launch() {
	b.t.Helper()
	args := append(append([]string{}, b.under...), b.binary, "run", "-c", b.config)
	b.cmd = exec.CommandContext(b.t.Context(), args[0], args[1:]...)
	b.cmd.Stdout, b.cmd.Stderr = b.said, b.said
	require.NoError(b.t, b.cmd.Start())
}

// alive tells whether the process is there.
func (b *bot) alive() bool { return b.cmd.Process.Signal(syscall.Signal(0)) == nil && !b.zombie() }

// zombie tells whether it has ended and was not waited for.
func (b *bot) zombie() bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", b.cmd.Process.Pid))
	return err == nil && strings.Contains(string(stat), ") Z ")
}

// kill ends it by SIGKILL.
func (b *bot) kill() {
	if b.cmd != nil {
		_ = b.cmd.Process.Kill()
		_ = b.cmd.Wait() // it was killed
	}
}

// stop ends it in order.
func (b *bot) stop() {
	b.t.Helper()
	require.NoError(b.t, b.cmd.Process.Signal(syscall.SIGTERM))
	require.NoError(b.t, b.cmd.Wait())
	b.cmd = nil
}

// page is what one of its pages says.
func (b *bot) page(path string) string {
	answer, err := http.Get("http://" + b.listen + path)
	if err != nil {
		return err.Error()
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	if err != nil {
		return err.Error()
	}
	return string(body)
}

// newLife is a run of whole programs.
func newLife(t *testing.T, p platform) *run {
	return &run{t: t, platform: p, pace: pace{began: time.Now()}}
}

// posted are the channel's messages that were accepted after a time.
func (r *run) posted(after time.Time) (n int) {
	for _, c := range r.platform.channels {
		for _, s := range r.platform.seen(c) {
			if s.at.After(after) {
				n++
			}
		}
	}
	return n
}

// next is how long after a time the first message was accepted.
func (r *run) next(after time.Time, most time.Duration) time.Duration {
	r.t.Helper()
	require.Eventually(r.t, func() bool { return r.posted(after) > 0 }, most, 20*time.Millisecond, "nothing is posted")
	first := time.Hour
	for _, c := range r.platform.channels {
		for _, s := range r.platform.seen(c) {
			if wait := s.at.Sub(after); wait > 0 {
				first = min(first, wait)
			}
		}
	}
	return first.Round(100 * time.Millisecond)
}

// shows tells whether a bulletin stands in a channel.
func (r *run) shows(c alerts.Channel, bulletin int) bool {
	return slices.Contains(r.platform.shown(c), bulletin)
}
