package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/seed-6c43f0f2/attache/config"
	"github.com/seed-6c43f0f2/attache/feeds"
)

// This file is `make bench-refresh`: what it costs to poll thousands of feeds. It starts the web in one process and the bot
// in another, so that each one's computing is its own, and prints a line a round.

const (
	benchAliases    = 5                             // names of a person, the first included
	benchRoundHours = 200                           // by which the bot's clock is further on when the next new items come
	benchNewsAt     = 51*time.Hour + 45*time.Minute // behind that, when they are published; the bot polls them at 52 hours
)

// benchEpoch is where the clock of the bench begins, so that what is served is the same in each run.
var benchEpoch = time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)

func benchNumber(key string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(key)); err == nil {
		return n
	}
	return otherwise
}

func benchFeeds() int   { return benchNumber("BENCH_FEEDS", 5000) }
func benchPersons() int { return benchNumber("BENCH_ALIASES", 500) / benchAliases }

// A benchOrder is what the bot is to do: rounds one after the other on the store.
type benchOrder struct {
	Store, Web, Names string
	Feeds, Workers    int
	Small             int // of the feeds, the last so many are small and well-behaved among bombs
	Hours             int // how far its clock is ahead
	Unbounded         bool
}

// A benchReport is what one round cost.
type benchReport struct {
	Polled, Failed, Articles, Fresh, Deliveries int
	Wall, CPU                                   time.Duration
	Commits                                     int
	RSS, Anon, File                             int           // KiB: the most so far; what is its own and what is read from files now
	P95                                         time.Duration // from the begin of the round until a well-behaved feed is recorded
	Written                                     int64         // bytes that the store grew
	SmallFailed                                 int
	Reasons                                     map[string]int // how many failed with each
	Memory                                      string         // what it was made of; see watchMemory
}

// TestBenchBot polls once for every line of its standard input, and reports each.
func TestBenchBot(t *testing.T) {
	if os.Getenv("BENCH_ROLE") != "bot" {
		t.Skip("a process of make bench-refresh")
	}
	in, o := benchOrdered(t)
	began, ahead := time.Now(), time.Duration(o.Hours)*time.Hour
	peak := watchMemory(t.Context())
	a := assembleBench(t, o, slog.LevelWarn, func() time.Time { return benchEpoch.Add(ahead + time.Since(began)) })
	defer a.close(t.Context())
	a.warm(t.Context())
	if begun := peak.take(); begun != "" {
		fmt.Fprintln(os.Stderr, "beginning:", begun)
	}
	profilePeak() // of the rounds
	benchRounds(t, in, a, o, peak, func() { ahead += 2 * time.Hour })
}

// benchOrdered is the first line of a bot's standard input: what it is to do.
func benchOrdered(t *testing.T) (*bufio.Scanner, benchOrder) {
	t.Helper()
	in := bufio.NewScanner(os.Stdin)
	require.True(t, in.Scan())
	var o benchOrder
	require.NoError(t, json.Unmarshal(in.Bytes(), &o))
	return in, o
}

// benchRounds makes a round for each further line, and reports it.
func benchRounds(t *testing.T, in *bufio.Scanner, a *app, o benchOrder, peak *benchPeak, before func()) {
	t.Helper()
	fmt.Fprintln(os.Stdout, "bench ready")
	for in.Scan() {
		before()
		r := benchRound(t, a, o)
		r.Memory = peak.take()
		out, err := json.Marshal(r)
		require.NoError(t, err)
		fmt.Fprintf(os.Stdout, "bench %s\n", out)
	}
}

// assembleBench is the bot on the order's store, whose names are looked up where the order says.
func assembleBench(t *testing.T, o benchOrder, level slog.Level, now func() time.Time) *app {
	t.Helper()
	s := surroundings{
		stdin: strings.NewReader(""), stdout: io.Discard, stderr: os.Stderr, env: func(string) (string, bool) { return "", false },
		now: now, resolver: resolverAt(o.Names),
	}
	rateProfile()
	if !o.Unbounded {
		t.Cleanup(keepSmall(t.Context()))
		go followWork(t.Context(), s.env)
	}
	file := config.Defaults()
	file.Store, file.Listen = "sqlite:"+o.Store, ""
	file.Fetch.AllowPrivateNetworks, file.Fetch.AllowPorts, file.Fetch.Workers = true, nil, o.Workers
	a, err := assemble(t.Context(), file, benchNouns(o), s, slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level})))
	require.NoError(t, err)
	return a
}

func resolverAt(names string) *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", names)
	}}
}

// counting is the queue with its transactions counted.
type counting struct {
	feeds.Queue

	commits int
}

func (c *counting) ClaimFeeds(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]alerts.Feed, error) {
	c.commits++
	return c.Queue.ClaimFeeds(ctx, now, lease, limit)
}

func benchRound(t *testing.T, a *app, o benchOrder) benchReport {
	var r benchReport
	q := &counting{Queue: a.store}
	began, computed := time.Now(), benchCPU()
	var waits []time.Duration
	p := *a.poller
	p.Queue = q
	p.Ingest = func(ctx context.Context, visits []alerts.Visit) error {
		q.commits++
		in, err := a.engine.Ingest(ctx, visits)
		r.Fresh += in.Articles
		r.Deliveries += in.Deliveries
		for _, v := range visits {
			r.note(o, v)
			if !v.Failed() {
				waits = append(waits, time.Since(began))
			}
		}
		return err
	}
	size := benchSize(o.Store)
	report, err := p.PollDue(t.Context())
	require.NoError(t, err)
	slices.Sort(waits)
	if len(waits) > 0 {
		r.P95 = waits[len(waits)*95/100]
	}
	r.Polled, r.Failed, r.Articles = report.Polled, report.Failed, report.Articles
	r.Wall, r.CPU, r.Commits = time.Since(began), benchCPU()-computed, q.commits
	r.Written = benchSize(o.Store) - size
	if status, err := os.ReadFile("/proc/self/status"); err == nil {
		r.RSS, r.Anon, r.File = statusKiB(status, "VmHWM:"), statusKiB(status, "RssAnon:"), statusKiB(status, "RssFile:")
	}
	return r
}

// note keeps why a visit failed.
func (r *benchReport) note(o benchOrder, v alerts.Visit) {
	if !v.Failed() {
		return
	}
	if r.Reasons == nil {
		r.Reasons = map[string]int{}
	}
	r.Reasons[v.Cursor.Failure]++
	var number int
	if _, err := fmt.Sscanf(v.Feed.Name(), "f%d", &number); err == nil && number >= o.Feeds-o.Small {
		r.SmallFailed++
	}
}

// statusKiB is a number of /proc/self/status, 0 where there is none. https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
func statusKiB(status []byte, key string) int {
	_, rest, _ := strings.Cut(string(status), key)
	number, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	kib, _ := strconv.Atoi(number)
	return kib
}

func benchSize(path string) int64 {
	i, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return i.Size()
}

// benchNouns is a configuration of so many feeds, a host for each, and persons with a hundred thousand names.
func benchNouns(o benchOrder) (n nouns) {
	_, port, _ := net.SplitHostPort(o.Web)
	for i := range o.Feeds {
		n.content.Feeds = append(n.content.Feeds, alerts.Feed{
			URL:      fmt.Sprintf("http://f%d.bench.test:%s/rss", i, port),
			Listings: []alerts.Listing{{Workspace: alerts.File, Name: fmt.Sprintf("f%d", i), Schedule: "auto"}},
		})
	}
	list := alerts.Watchlist{ListRef: alerts.ListRef{Workspace: alerts.File, Name: "bench"}}
	for names := range slices.Chunk(benchNames(benchPersons()*benchAliases), benchAliases) {
		w := alerts.Watch{Spec: match.Spec{Kind: match.Person, Name: names[0], Aliases: names[1:]}}
		list.Watches = append(list.Watches, w)
	}
	n.content.Watchlists = []alerts.Watchlist{list}
	n.content.Subscriptions = []alerts.Subscription{{Channel: "console:bench", List: list.ListRef, FromFile: true}}
	return n
}

// A benchProcess is the test binary once more, in another role.
type benchProcess struct {
	t   *testing.T
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

func startBench(t *testing.T, role string) *benchProcess {
	t.Helper()
	name := map[string]string{"web": "TestBenchWeb", "bot": "TestBenchBot", "bombed": "TestBenchBombed"}[role]
	p := &benchProcess{t: t, cmd: exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+name+"$", "-test.timeout=0")}
	if where := os.Getenv("BENCH_PROFILE"); where != "" && role == "bot" { // a folder for profiles
		profile, err := os.CreateTemp(where, "bot-*.prof")
		require.NoError(t, err)
		require.NoError(t, profile.Close())
		p.cmd.Args = append(p.cmd.Args, "-test.cpuprofile="+profile.Name())
	}
	p.cmd.Env = append(os.Environ(), "BENCH_ROLE="+role)
	if role != "web" && os.Getenv("BENCH_PROFILE") == "" {
		p.cmd.Env = append(p.cmd.Env, "GODEBUG=memprofilerate=0") // as in the program, into which no profile is linked
	}
	p.cmd.Stderr = os.Stderr
	var err error
	p.in, err = p.cmd.StdinPipe()
	require.NoError(t, err)
	out, err := p.cmd.StdoutPipe()
	require.NoError(t, err)
	p.out = bufio.NewScanner(out)
	p.out.Buffer(nil, 1<<20)
	require.NoError(t, p.cmd.Start())
	return p
}

// answer returns what the process prints next that is for us.
func (p *benchProcess) answer() string {
	for p.out.Scan() {
		if said, ok := strings.CutPrefix(p.out.Text(), "bench "); ok {
			return said
		}
		fmt.Fprintln(os.Stderr, p.out.Text())
	}
	p.t.Fatal("a process of the bench ended")
	return ""
}

func (p *benchProcess) say(line string) { fmt.Fprintln(p.in, line) }

func (p *benchProcess) end() {
	p.in.Close()
	_ = p.cmd.Wait()
}

// bench is one bench: the web, and bots on one store.
type bench struct {
	t     *testing.T
	web   *benchProcess
	order benchOrder
}

func (b *bench) bot(workers int) *benchProcess {
	b.order.Workers = workers
	b.order.Hours += 24
	p := startBench(b.t, "bot")
	out, err := json.Marshal(b.order)
	require.NoError(b.t, err)
	p.say(string(out))
	require.Equal(b.t, "ready", p.answer())
	return p
}

// round lets the bot poll everything once, and reports.
func (b *bench) round(p *benchProcess, what string) benchReport {
	before := b.webCPU()
	p.say("go")
	var r benchReport
	require.NoError(b.t, json.Unmarshal([]byte(p.answer()), &r))
	b.t.Logf("%-34s %5d polled %5d failed %6d new %5d deliveries: wall %6.2f s, CPU %6.2f s (the server's %5.2f s), p95 %6.2f s, %4d commits, at most %5.1f MB (now %.1f its own, %.1f of files), store +%.1f MB",
		what, r.Polled, r.Failed, r.Fresh, r.Deliveries, r.Wall.Seconds(), r.CPU.Seconds(), (b.webCPU() - before).Seconds(), r.P95.Seconds(), r.Commits,
		float64(r.RSS)/1024, float64(r.Anon)/1024, float64(r.File)/1024, float64(r.Written)/1e6)
	if r.Memory != "" {
		b.t.Log("   ", r.Memory)
	}
	for _, why := range slices.Sorted(maps.Keys(r.Reasons)) {
		b.t.Logf("   %d failed: %s", r.Reasons[why], why)
	}
	return r
}

func (b *bench) webCPU() time.Duration {
	b.web.say("cpu")
	ms, _, _ := strings.Cut(b.web.answer(), " ")
	n, err := strconv.Atoi(ms)
	require.NoError(b.t, err)
	return time.Duration(n) * time.Millisecond
}

func (b *bench) tell(order string) {
	b.web.say(order)
	b.web.answer()
}

func startWeb(t *testing.T, feeds int) *bench {
	folder := os.Getenv("BENCH_KEEP") // a folder whose store is kept for the next run, with BENCH_PORT
	if folder == "" {
		folder = t.TempDir()
	}
	b := &bench{t: t, web: startBench(t, "web"), order: benchOrder{Store: filepath.Join(folder, fmt.Sprintf("bench-%d.db", feeds)), Feeds: feeds}}
	b.order.Web, b.order.Names, _ = strings.Cut(b.web.answer(), " ")
	return b
}

// floors are what must hold of a whole run of 5,000 feeds; with other numbers the figures are only printed.
func TestBenchRefresh(t *testing.T) {
	if os.Getenv("BENCH") == "" {
		t.Skip("make bench-refresh")
	}
	n := benchFeeds()
	b := startWeb(t, n)
	defer b.web.end()
	var sum time.Duration
	for i := range n {
		sum += latency(i)
	}
	t.Logf("%d feeds of %d items, %d names watched; the latencies' sum is %.1f s", n, benchItems, benchPersons()*benchAliases, sum.Seconds())

	number := benchNumber("BENCH_ROUND", 1)                            // of a store that is kept, one more each time
	b.order.Hours = benchNumber("BENCH_HOURS", number*benchRoundHours) // more each time where no new item was read
	b.tell("round " + strconv.Itoa(number-1))
	if benchSize(b.order.Store) == 0 {
		first := b.bot(64)
		b.round(first, "64 workers, first visit")
		first.end()
	} else {
		b.order.Hours += 24
	}

	bot := b.bot(64)
	still := b.round(bot, "64 workers, all 304")
	if again := benchNumber("BENCH_AGAIN", 0); again > 0 { // to compare what a quiet round costs on a machine with other work
		for range again {
			b.round(bot, "64 workers, all 304 again")
		}
		bot.end()
		return
	}
	b.tell("round " + strconv.Itoa(number))
	news := b.round(bot, "64 workers, one new item each")
	bot.end()
	wide := b.bot(256)
	quick := b.round(wide, "256 workers, all 304")
	wide.end()

	t.Logf("all 304, 64 workers: wall %.2f of latency sum over workers", still.Wall.Seconds()/(sum.Seconds()/64))
	t.Logf("all 304, 256 workers: wall %.2f of latency sum over workers", quick.Wall.Seconds()/(sum.Seconds()/256))
	if n != 5000 {
		return
	}
	for _, r := range []benchReport{still, news, quick} {
		if r.Polled != n || r.Failed != 0 {
			t.Errorf("%d polled, %d failed", r.Polled, r.Failed)
		}
	}
	floor := func(what string, got, most float64) {
		t.Helper()
		if got > most {
			t.Errorf("%s: %.2f, at most %.2f is promised", what, got, most)
		}
	}
	floor("all 304, 64 workers: wall over latency", still.Wall.Seconds()/(sum.Seconds()/64), 1.1)
	floor("all 304, 256 workers: wall over latency", quick.Wall.Seconds()/(sum.Seconds()/256), 1.3)
	floor("all 304: CPU seconds", still.CPU.Seconds(), 3.5)
	floor("all 304: new articles", float64(still.Fresh), 0)
	floor("all 304: MB that the store grew", float64(still.Written)/1e6, 0.5)
	floor("one new item each: wall seconds", news.Wall.Seconds(), 45)
	floor("one new item each: CPU seconds", news.CPU.Seconds(), 28)
	floor("commits", float64(max(still.Commits, news.Commits, quick.Commits)), float64(n)/20)
	floor("MB", float64(max(still.RSS, news.RSS))/1024, 100)
	if news.Fresh != n {
		t.Errorf("%d new articles of %d feeds", news.Fresh, n)
	}
	if news.Deliveries < n/70 {
		t.Errorf("%d deliveries: one in fifty of the new articles names somebody who is watched", news.Deliveries)
	}
}

// TestBenchSlow compares the others' p95 with that beside a half that answers a byte a second, for ever.
func TestBenchSlow(t *testing.T) {
	if os.Getenv("BENCH") == "" {
		t.Skip("make bench-refresh")
	}
	b := startWeb(t, min(benchFeeds(), 1000))
	defer b.web.end()
	bot := b.bot(64)
	defer bot.end()
	b.round(bot, "first visit")
	alone := b.round(bot, "all well, 304")
	b.tell("hostile 1")
	beside := b.round(bot, "half answer a byte a second")
	t.Logf("the others' p95: %.2f s alone, %.2f s beside a hostile half", alone.P95.Seconds(), beside.P95.Seconds())
	if beside.P95 > 2*alone.P95 {
		t.Errorf("more than twice")
	}
}
