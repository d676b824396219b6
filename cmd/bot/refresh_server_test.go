package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"net"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// This file is the web of `make bench-refresh`, in a process of its own: a name server that gives every name this
// machine, and a web server on which each name is a feed of 25 items.

const benchItems = 25

// latency is how long a feed of that number keeps its readers waiting: 20 to 200 ms, always the same.
func latency(feed int) time.Duration {
	return 20*time.Millisecond + time.Duration(uint64(feed)*2654435761%181)*time.Millisecond
}

// benchWeb is the server's state.
type benchWeb struct {
	round   atomic.Int64 // how many new items each feed has
	hostile atomic.Bool  // every second feed is: it answers a byte a second, for ever
	asked   atomic.Int64
	words   []string
	names   []string
}

// TestBenchWeb serves until its standard input ends. It prints its addresses, and answers "round N" with ok, and "cpu" with
// its own computing time.
func TestBenchWeb(t *testing.T) {
	if os.Getenv("BENCH_ROLE") != "web" {
		t.Skip("a process of make bench-refresh")
	}
	w := &benchWeb{words: vocabulary(3000), names: benchNames(benchPersons())}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	dns, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go w.serveNames(dns)
	go w.serve(l)
	fmt.Printf("bench %s %s\n", l.Addr(), dns.LocalAddr())
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		order, arg, _ := strings.Cut(in.Text(), " ")
		n, _ := strconv.Atoi(arg)
		switch order {
		case "round":
			w.round.Store(int64(n))
		case "hostile":
			w.hostile.Store(n == 1)
		}
		fmt.Printf("bench %d %d\n", benchCPU().Milliseconds(), w.asked.Load())
	}
}

func benchCPU() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// serveNames answers every question for an IPv4 address with this machine's.
func (w *benchWeb) serveNames(c net.PacketConn) {
	b := make([]byte, 1500)
	for {
		n, from, err := c.ReadFrom(b)
		if err != nil {
			return
		}
		var m dnsmessage.Message
		if m.Unpack(b[:n]) != nil || len(m.Questions) == 0 {
			continue
		}
		m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
		if q := m.Questions[0]; q.Type == dnsmessage.TypeA {
			m.Answers = []dnsmessage.Resource{{
				Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, TTL: 60}, Body: &dnsmessage.AResource{A: [4]byte{127, 0, 0, 1}},
			}}
		}
		if out, err := m.Pack(); err == nil {
			_, _ = c.WriteTo(out, from)
		}
	}
}

func (w *benchWeb) serve(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go w.answer(c)
	}
}

// answer answers the requests of one connection.
func (w *benchWeb) answer(c net.Conn) {
	defer c.Close()
	in := bufio.NewReaderSize(c, 1024)
	for {
		feed, tag, ok := request(in)
		if !ok {
			return
		}
		w.asked.Add(1)
		if w.hostile.Load() && feed%2 == 1 {
			w.torment(c)
			return
		}
		time.Sleep(latency(feed)) // the latency that is measured
		now := fmt.Sprintf(`"%d-%d"`, feed, w.round.Load())
		if tag == now {
			fmt.Fprintf(c, "HTTP/1.1 304 Not Modified\r\nETag: %s\r\n\r\n", now)
			continue
		}
		body := w.body(feed, int(w.round.Load()))
		fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: %s\r\nContent-Length: %d\r\n\r\n%s", now, len(body), body)
	}
}

// torment answers a byte a second.
func (w *benchWeb) torment(c net.Conn) {
	fmt.Fprint(c, "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n")
	for range 120 {
		if _, err := c.Write([]byte(" ")); err != nil {
			return
		}
		time.Sleep(time.Second)
	}
}

// request reads one request: the number of the feed in its Host, and its If-None-Match.
func request(in *bufio.Reader) (feed int, tag string, ok bool) {
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return 0, "", false
		}
		line = strings.TrimSpace(line)
		if line == "" {
			return feed, tag, true
		}
		if host, found := strings.CutPrefix(line, "Host: f"); found {
			number, _, _ := strings.Cut(host, ".")
			feed, _ = strconv.Atoi(number)
		}
		if value, found := strings.CutPrefix(line, "If-None-Match: "); found {
			tag = value
		}
	}
}

// body is a feed as it stands in a round: 25 items, of which each round brings one.
func (w *benchWeb) body(feed, round int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Bench %d</title><link>http://f%d.bench.test/</link>`, feed, feed)
	for i := range benchItems {
		w.item(&b, feed, round-i)
	}
	b.WriteString("</channel></rss>")
	return b.String()
}

// item writes the item of that number, always the same: a title of nine words and 40 words more, and in one of fifty the
// name of somebody who is watched.
func (w *benchWeb) item(b *strings.Builder, feed, number int) {
	h := fnv.New64a()
	_ = binary.Write(h, binary.LittleEndian, [2]int64{int64(feed), int64(number)})
	r := rand.New(rand.NewPCG(h.Sum64(), 1))
	some := func(n int) string {
		words := make([]string, n)
		for i := range words {
			words[i] = w.words[r.IntN(len(w.words))]
		}
		return strings.Join(words, " ")
	}
	title := some(9)
	if r.IntN(50) == 0 {
		title = w.names[r.IntN(len(w.names))] + " " + title
	}
	date := time.Now().Add(time.Duration(number)*time.Minute - time.Hour).UTC().Format(time.RFC1123)
	if number <= 0 {
		date = time.Unix(1_790_000_000+int64(number)*60, 0).UTC().Format(time.RFC1123)
	}
	fmt.Fprintf(b, `<item><title>%s</title><link>http://f%d.bench.test/a/%d</link><guid isPermaLink="false">f%d-%d</guid><pubDate>%s</pubDate><description>&lt;p&gt;%s&lt;/p&gt;</description></item>`,
		title, feed, number, feed, number, date, some(40))
}

// vocabulary makes words of syllables.
func vocabulary(n int) []string {
	r := rand.New(rand.NewPCG(7, 7))
	words := make([]string, n)
	for i := range words {
		words[i] = syllables(r, 2+r.IntN(3))
	}
	return words
}

func syllables(r *rand.Rand, n int) string {
	const start, middle = "bcdfghjklmnprstvz", "aeiou"
	var b strings.Builder
	for range n {
		b.WriteByte(start[r.IntN(len(start))])
		b.WriteByte(middle[r.IntN(len(middle))])
	}
	return b.String()
}

// benchNames makes the full names of those who are watched.
func benchNames(n int) []string {
	r := rand.New(rand.NewPCG(9, 9))
	names := make([]string, n)
	for i := range names {
		given, family := syllables(r, 2), syllables(r, 4)
		names[i] = strings.ToUpper(given[:1]) + given[1:] + " " + strings.ToUpper(family[:1]) + family[1:]
	}
	return names
}
