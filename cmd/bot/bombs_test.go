package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/feeds"
)

// maxResident is what the whole process may take while it reads what was made to break it, in MiB (PROMISES P8).
const maxResident = 256

// smallAmongBombs is how many small feeds are polled with the bombs, the last of all: none of them may fail.
const smallAmongBombs = 32

// TestBombsTogether is `make bench-bombs`: so many hostile bodies, to sixteen workers and to as many, are to leave the
// process below 256 MiB, and to keep no small feed from being read. The bot is a process of its own, whose greatest size the kernel tells. With the bounds taken off it
// must go beyond.
func TestBombsTogether(t *testing.T) {
	if _, err := os.Stat("/proc/self/status"); err != nil {
		t.Skip("the size of a process is read from /proc")
	}
	if racing {
		t.Skip("the race detector takes several times the memory")
	}
	n := benchNumber("BOMBS", 0)
	if n == 0 {
		t.Skip("make bench-bombs")
	}
	require.Greater(t, bombed(t, n, n, true).RSS>>10, maxResident, "without the bounds: they are what holds it")
	for _, workers := range []int{16, n} {
		r := bombed(t, n, workers, false)
		if most := r.RSS >> 10; most > maxResident {
			t.Errorf("%d MiB, at most %d is promised", most, maxResident)
		}
		if r.SmallFailed > 0 {
			t.Errorf("%d of %d small feeds were not read", r.SmallFailed, smallAmongBombs)
		}
	}
}

// bombed polls so many hostile feeds once, in a process of its own.
func bombed(t *testing.T, n, workers int, unbounded bool) benchReport {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	names, err := net.ListenPacket("udp", "127.0.0.1:0")
	require.NoError(t, err)
	defer names.Close()
	go (&benchWeb{}).serveNames(names)
	server := &http.Server{Handler: bombs(n), ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(listener) }()
	defer server.Close()

	p := startBench(t, "bombed")
	defer p.end()
	out, err := json.Marshal(benchOrder{
		Store: filepath.Join(t.TempDir(), "bombed.db"), Web: listener.Addr().String(), Names: names.LocalAddr().String(),
		Feeds: n + smallAmongBombs, Small: smallAmongBombs, Workers: workers, Unbounded: unbounded,
	})
	require.NoError(t, err)
	p.say(string(out))
	require.Equal(t, "ready", p.answer())
	p.say("go")
	var r benchReport
	require.NoError(t, json.Unmarshal([]byte(p.answer()), &r))
	t.Logf("%3d bombs, %3d workers, bounded %-5v: at most %d MiB; %d polled, %d failed, %d articles, wall %.1f s, CPU %.1f s",
		n, workers, !unbounded, r.RSS>>10, r.Polled, r.Failed, r.Articles, r.Wall.Seconds(), r.CPU.Seconds())
	for _, why := range slices.Sorted(maps.Keys(r.Reasons)) {
		t.Logf("   %d failed: %s", r.Reasons[why], why)
	}
	t.Logf("   %d small feeds among them: %d failed", smallAmongBombs, r.SmallFailed)
	require.Equal(t, n+smallAmongBombs, r.Polled)
	return r
}

// TestBenchBombed is the bot of TestBombsTogether.
func TestBenchBombed(t *testing.T) {
	if os.Getenv("BENCH_ROLE") != "bombed" {
		t.Skip("a process of TestBombsTogether")
	}
	in, o := benchOrdered(t)
	a := assembleBench(t, o, slog.LevelError, time.Now)
	profilePeak()
	defer a.close(t.Context())
	if o.Unbounded {
		a.poller.Parsing, a.poller.Waiting = 1<<40, 1<<40
		f := feeds.NewFetcher(feeds.Options{AllowPrivate: true, Resolver: resolverAt(o.Names), Room: 1 << 40})
		a.poller.Fetch = f.FetchDue
	}
	benchRounds(t, in, a, o, watchMemory(t.Context()), func() {})
}

// bombs answers each host with one of the bodies of PROMISES F2 and F3 that take most to read.
// From number n on, hosts have small feeds.
func bombs(n int) http.Handler {
	const whole = 5 << 20
	fill := func(head, unit, tail string) string {
		return head + strings.Repeat(unit, (whole-len(head)-len(tail))/len(unit)) + tail
	}
	noDate := strings.Repeat("a1 ", 59)
	bodies := []string{
		fill("<rss><channel><item><title>", "\xff", "</title></item></channel></rss>"),
		fill("<rss><channel><item><pubDate>1</pubDate><description>", "<![CDATA[a]]>", "</description></item></channel></rss>"),
		fill("<rss><channel><item>", "<pubDate>"+noDate+"</pubDate>", "</item></channel></rss>"),
		fill("<rss><channel>", "<item><title>a</title>"+strings.Repeat("<dc:date>"+noDate+"</dc:date>", 12)+"</item>", "</channel></rss>"),
		fill(`{"version":"https://jsonfeed.org/version/1","items":[`, `{"id":"a","title":"b","date_published":"`+noDate+`"},`, `{"id":"b"}]}`),
		fill("<rss><channel>", "<item><title>a</title><description>"+strings.Repeat("&lt;b>", 400)+"</description></item>", "</channel></rss>"),
		"<rss><channel>" + numberedItems(2000, 2500) + "</channel></rss>",
		"<rss><channel>" + numberedItems(25, 200_000) + "</channel></rss>",
		"<rss><channel><item>" + strings.Repeat("<a>", 1_000_000),
		"<rss><channel>" + manyWords(25, 200_000) + "</channel></rss>",
		fill("<rss><channel><item><title>", "\u200d\u0627", "</title></item></channel></rss>"),
	}
	bomb := packedBlanks(1 << 30)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var number int
		_, _ = fmt.Sscanf(r.Host, "f%d.", &number)
		if number >= n {
			_, _ = io.WriteString(w, "<rss><channel>"+numberedItems(25, 1000)+"</channel></rss>")
			return
		}
		kind := number % (len(bodies) + 5)
		if kind < len(bodies) {
			_, _ = io.WriteString(w, bodies[kind])
			return
		}
		switch kind - len(bodies) {
		case 0: // unpacked on the way
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb)
		case 1: // a file that is packed
			_, _ = w.Write(bomb)
		case 2: // ten GiB promised, and begun
			w.Header().Set("Content-Length", fmt.Sprint(10<<30))
			blanksFor(r.Context(), w)
		case 3: // without end
			blanksFor(r.Context(), w)
		default: // less than promised
			w.Header().Set("Content-Length", fmt.Sprint(whole))
			_, _ = io.WriteString(w, bodies[0][:whole/2])
		}
	})
}

// numberedItems are n items whose texts are of so many bytes.
func numberedItems(n, text int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<item><guid>%d</guid><title>Item %[1]d</title><description>%s</description></item>", i, strings.Repeat("word of mouth ", text/14))
	}
	return b.String()
}

// manyWords are n items whose texts are of so many bytes, no word of which is there twice.
func manyWords(n, text int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<item><guid>w%d</guid><title>Item %[1]d</title><description>", i)
		for end := b.Len() + text; b.Len() < end; {
			fmt.Fprintf(&b, "%s ", rareWord(b.Len()))
		}
		b.WriteString("</description></item>")
	}
	return b.String()
}

// rareWord is a number in syllables.
func rareWord(n int) string {
	var b strings.Builder
	for ; n > 0; n /= 85 {
		b.WriteString("bcdfghjklmnprstvz"[n%17:n%17+1] + "aeiou"[n/17%5:n/17%5+1])
	}
	return b.String()
}

func blanksFor(ctx context.Context, w io.Writer) {
	blank := bytes.Repeat([]byte(" "), 32<<10)
	for ctx.Err() == nil {
		if _, err := w.Write(blank); err != nil {
			return
		}
	}
}

func packedBlanks(n int) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	blank := bytes.Repeat([]byte(" "), 1<<20)
	for range n >> 20 {
		_, _ = w.Write(blank)
	}
	_ = w.Close()
	return b.Bytes()
}
