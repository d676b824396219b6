package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/store"
)

// running is the program in this process, with all that it touches given to it.
type running struct {
	out, errout *lines
	in          io.Writer
	reload      chan os.Signal
	stop        func() int // tells it to stop and returns its status
	config      string
	listen      string
}

// lines is an output that can be waited on.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// wait returns when the output holds s, and fails the test when it never does.
func (l *lines) wait(t *testing.T, s string) {
	t.Helper()
	waitFor(t, l, s)
}

func waitFor(t *testing.T, l fmt.Stringer, s string) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(time.Minute)
	for !strings.Contains(l.String(), s) {
		select {
		case <-deadline:
			require.FailNow(t, "never printed", "%q in:\n%s", s, l)
		case <-tick.C:
		}
	}
}

// pageOf is what a web page says now.
type pageOf struct{ url string }

func (p *pageOf) String() string {
	answer, err := http.Get(p.url)
	if err != nil {
		return err.Error()
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return err.Error()
	}
	return string(body)
}

// herald is a feed whose items can be changed.
func herald(t *testing.T, titles ...string) (url string, publish func(string)) {
	t.Helper()
	var mu sync.Mutex
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprint(w, `<rss version="2.0"><channel><title>The Herald</title>`)
		for i := len(titles) - 1; i >= 0; i-- {
			fmt.Fprintf(w, `<item><guid>%d</guid><title>%s</title></item>`, i, titles[i])
		}
		fmt.Fprint(w, `</channel></rss>`)
	}))
	t.Cleanup(server.Close)
	return server.URL + "/rss.xml", func(title string) {
		mu.Lock()
		defer mu.Unlock()
		titles = append(titles, title)
	}
}

func configure(t *testing.T, path, listen, feed, person string) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, fmt.Appendf(nil, `
store: sqlite:%s
listen: %s
fetch: {allow_private_networks: true}
feeds: [{name: herald, url: %q, schedule: "@every 1s", new: all, source: {title: The Herald}}]
watchlists: [{name: envoys, watches: [{person: %s}]}]
subscriptions: [{channel: "console:desk", watchlists: [envoys]}]
`, filepath.Join(filepath.Dir(path), "attache.db"), listen, feed, person), 0o600))
}

func startProgram(t *testing.T, feed string) *running {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	r := &running{
		out: &lines{}, errout: &lines{}, reload: make(chan os.Signal, 1),
		config: filepath.Join(t.TempDir(), "attache.yaml"), listen: l.Addr().String(),
	}
	require.NoError(t, l.Close())
	configure(t, r.config, r.listen, feed, "Steve Witkoff")
	typed, in := io.Pipe()
	r.in = in
	ctx, cancel := context.WithCancel(context.Background())
	status := make(chan int, 1)
	go func() {
		status <- run(ctx, []string{"run", "-c", r.config}, surroundings{
			stdin: typed, stdout: r.out, stderr: r.errout, env: os.LookupEnv, readFile: os.ReadFile, now: time.Now,
			hangups: func() (<-chan os.Signal, func()) { return r.reload, func() {} },
		})
	}()
	r.stop = sync.OnceValue(func() int {
		cancel()
		_ = in.Close()
		return <-status
	})
	t.Cleanup(func() { r.stop() })
	return r
}

func TestRunFromFeedToAlertAndCommand(t *testing.T) {
	feed, publish := herald(t, "Envoy Steve Witkoff arrives")
	r := startProgram(t, feed)
	r.out.wait(t, "Envoy Steve Witkoff arrives")

	fmt.Fprintln(r.in, "watch add Ursula von der Leyen list:europe")
	r.out.wait(t, "Ursula von der Leyen")
	fmt.Fprintln(r.in, "subscribe europe")
	publish("Commission: Ursula von der Leyen presents her budget")
	r.out.wait(t, "presents her budget")

	for path, want := range map[string]string{"/healthz": "ok", "/readyz": "ready", "/metrics": `attache_deliveries_total{outcome="sent"} 2`} {
		page := &pageOf{url: "http://" + r.listen + path}
		waitFor(t, page, want) // a delivery is counted after it was printed
	}
	require.Equal(t, 0, r.stop())
	require.Contains(t, r.errout.String(), "polling stopped; finishing sends")
	require.Contains(t, r.errout.String(), "msg=stopped")
}

func TestRunNoticesThatItsDatabaseIsGone(t *testing.T) {
	feed, _ := herald(t, "Harbour opens")
	r := startProgram(t, feed)
	r.errout.wait(t, "msg=running")
	require.NotContains(t, r.errout.String(), "job failed")
	db := filepath.Join(filepath.Dir(r.config), "attache.db")
	require.NoError(t, os.Rename(db, db+".away"))
	waitFor(t, &pageOf{url: "http://" + r.listen + "/readyz"}, "store: not answering. The database file attache.db is gone")
	for _, job := range []string{"job=poll", "job=drain"} {
		r.errout.wait(t, `msg="job failed; it runs again at its next turn" `+job)
	}
	r.errout.wait(t, "is gone or was replaced while the bot runs")
	r.errout.wait(t, "drain outbox: claim deliveries: The database file") // what was done is said once
	waitFor(t, &pageOf{url: "http://" + r.listen + "/metrics"}, "attache_store_failing 1")
	fmt.Fprintln(r.in, "watch add Ursula von der Leyen list:europe")
	r.out.wait(t, "is gone or was replaced while the bot runs")
	require.NoError(t, os.Rename(db+".away", db))
	require.Equal(t, "ready\n", (&pageOf{url: "http://" + r.listen + "/readyz"}).String(), "it is back")
	require.Equal(t, 0, r.stop())
}

func TestRunTakesTheConfigurationOverAgain(t *testing.T) {
	feed, publish := herald(t, "Harbour opens")
	r := startProgram(t, feed)
	r.errout.wait(t, "msg=running")

	require.NoError(t, os.WriteFile(r.config, []byte("store: nonsense\nwatchlist: []\n"), 0o600))
	r.reload <- syscall.SIGHUP
	r.errout.wait(t, "configuration not taken over")

	configure(t, r.config, r.listen, feed, "Ursula von der Leyen")
	r.reload <- syscall.SIGHUP
	r.errout.wait(t, "configuration taken over")
	publish("Commission: Ursula von der Leyen presents her budget")
	r.out.wait(t, "presents her budget")
	require.Equal(t, 0, r.stop())
}

// Each time the file is taken over all its warnings are told, as at the start; one that is not taken over has mistakes alone.
func TestAReloadWarnsAsAStartDoes(t *testing.T) {
	feed, _ := herald(t, "Harbour opens")
	r := startProgram(t, feed)
	r.errout.wait(t, "msg=running")
	const warning, twice = `msg="the configuration works, but" warning=`, "Steve Witkoff, not: [Witkoff], aliases: [Dr]"
	require.NotContains(t, r.errout.String(), warning)
	reload := func(person, said string) string {
		before := len(r.errout.String())
		configure(t, r.config, r.listen, feed, person)
		r.reload <- syscall.SIGHUP
		printed := &tail{r.errout, before}
		waitFor(t, printed, said)
		return printed.String()
	}
	const over = `msg="configuration taken over"`
	first := reload(twice, over)
	require.Equal(t, 2, strings.Count(first, warning), first)
	require.Contains(t, first, "attache.yaml:6:")
	require.Contains(t, first, "Steve Witkoff is never found")
	require.Equal(t, 2, strings.Count(reload(twice, over), warning), "those of before too, once each")
	require.NotContains(t, reload("Steve Witkoff, not: [Witkoff], near: envoy, wrong: 1", "configuration not taken over"), warning)
	require.NotContains(t, reload("Steve Witkoff", over), warning, "nothing is left to mend")
	require.Equal(t, 0, r.stop())
}

// tail is what was printed from a byte on.
type tail struct {
	all  *lines
	from int
}

func (a *tail) String() string { return a.all.String()[a.from:] }

func TestOnlyARunThatGoesOnCatchesTheHangup(t *testing.T) {
	feed, _ := herald(t)
	path := filepath.Join(t.TempDir(), "attache.yaml")
	configure(t, path, "127.0.0.1:0", feed, "Steve Witkoff")
	for _, c := range []struct {
		args   []string
		caught bool
	}{
		{[]string{"run", "-c", path}, true},
		{[]string{"run", "--once", "-c", path}, false},
		{[]string{"check", "-c", path}, false},
		{[]string{"demo"}, false},
		{[]string{"version"}, false},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		caught, stopped := 0, 0
		run(ctx, c.args, surroundings{
			stdin: ending{cancel}, stdout: io.Discard, stderr: io.Discard, env: os.LookupEnv, readFile: os.ReadFile, now: time.Now,
			hangups: func() (<-chan os.Signal, func()) { caught++; return nil, func() { stopped++ } },
		})
		cancel()
		require.Equal(t, map[bool]int{true: 1}[c.caught], caught, "%v", c.args)
		require.Equal(t, caught, stopped, "%v", c.args)
	}
}

// ending is a standard input at whose end the program is told to stop.
type ending struct{ stop func() }

func (e ending) Read([]byte) (int, error) {
	e.stop()
	return 0, io.EOF
}

func TestOnceWaitsOnlyForWhatItCanSend(t *testing.T) {
	feed, _ := herald(t, "Envoy Steve Witkoff arrives")
	path := filepath.Join(t.TempDir(), "attache.yaml")
	configure(t, path, "127.0.0.1:0", feed, "Steve Witkoff")
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(filepath.Dir(path), "attache.db"), store.Options{})
	require.NoError(t, err)
	for _, c := range []alerts.Channel{"slack:T1/C1", "console:silent"} { // one of a platform of before, one that is stopped
		d := alerts.Delivery{Channel: c, Story: "s1", Part: alerts.Root, Alert: alerts.Alert{ID: "a1", Channel: c, Title: "From before"}}
		require.NoError(t, db.Enqueue(t.Context(), alerts.Change{Workspace: c.Workspace(), Channel: c, At: time.Now()}, d))
	}
	claimed, err := db.Claim(t.Context(), []string{"console"}, time.Now(), time.Minute, 1)
	require.NoError(t, err)
	require.NoError(t, db.Settle(t.Context(), claimed[0], alerts.Settlement{State: alerts.StatePending, Refund: true, Stop: "no access"}, time.Now()))
	require.NoError(t, db.Close())

	ctx, cancel := context.WithTimeout(t.Context(), onceWait/4)
	defer cancel()
	out, errout := &lines{}, &lines{}
	status := run(ctx, []string{"run", "--once", "-c", path}, surroundings{
		stdin: strings.NewReader(""), stdout: out, stderr: errout, env: os.LookupEnv, readFile: os.ReadFile, now: time.Now,
	})
	require.Equal(t, 0, status, "%s", errout)
	require.NoError(t, ctx.Err(), "it did not wait")
	require.Contains(t, out.String(), "Envoy Steve Witkoff arrives")
	require.NotContains(t, out.String(), "From before")
	require.Contains(t, errout.String(), `channel=slack:T1/C1 waiting=1 why="the configuration has no platform slack"`)
	require.Contains(t, errout.String(), `channel=console:silent waiting=1 why="the channel is stopped: no access"`)
}

func TestAPanicOfAJobIsLoggedWithItsStack(t *testing.T) {
	out := &lines{}
	a := &app{log: slog.New(slog.NewTextHandler(out, nil))}
	require.ErrorContains(t, a.safely(t.Context(), newJob("poll", "@every 1h", func(context.Context) error { panic("spilt") })), "spilt")
	require.Contains(t, out.String(), "job=poll panic=spilt")
	require.Contains(t, out.String(), "run_test.go", "where it came from")
}

func TestRunSaysThatThePortIsTaken(t *testing.T) {
	feed, _ := herald(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	path := filepath.Join(t.TempDir(), "attache.yaml")
	configure(t, path, taken.Addr().String(), feed, "Steve Witkoff")
	errout := &lines{}
	status := run(t.Context(), []string{"run", "-c", path}, surroundings{
		stdin: strings.NewReader(""), stdout: io.Discard, stderr: errout, env: os.LookupEnv, readFile: os.ReadFile, now: time.Now,
	})
	require.Equal(t, 1, status)
	require.Contains(t, errout.String(), "Change listen:")
}
