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
	rare    []string
	names   []string
}

// TestBenchWeb serves until its standard input ends. It prints its addresses, and answers "round N" with ok, and "cpu" with
// its own computing time.
func TestBenchWeb(t *testing.T) {
	if os.Getenv("BENCH_ROLE") != "web" {
		t.Skip("a process of make bench-refresh")
	}
	w := &benchWeb{words: vocabulary(3000), rare: rareWords(20_000), names: benchNames(benchPersons() * benchAliases)}
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", benchNumber("BENCH_PORT", 0)))
	if err != nil {
		t.Fatal(err)
	}
	dns, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = dns.(*net.UDPConn).SetReadBuffer(4 << 20) // a question that is dropped is asked again 5 s later
	go w.serveNames(dns)
	go w.serve(l)
	fmt.Fprintf(os.Stdout, "bench %s %s\n", l.Addr(), dns.LocalAddr())
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
		fmt.Fprintf(os.Stdout, "bench %d %d\n", benchCPU().Milliseconds(), w.asked.Load())
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
		<-time.After(latency(feed)) // the latency that is measured
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
		<-time.After(time.Second)
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

// item writes the item of that number, always the same: a title of nine words and 40 words more, two of five from a large
// vocabulary, and in one of fifty the name of somebody who is watched. A new one was published some minutes before the
// bot polls it.
func (w *benchWeb) item(b *strings.Builder, feed, number int) {
	h := fnv.New64a()
	_ = binary.Write(h, binary.LittleEndian, [2]int64{int64(feed), int64(number)})
	r := rand.New(rand.NewPCG(h.Sum64(), 1))
	some := func(n int) string {
		words := make([]string, n)
		for i := range words {
			if words[i] = w.words[r.IntN(len(w.words))]; r.IntN(5) < 2 { // what only some news are about
				words[i] = w.rare[r.IntN(len(w.rare))]
			}
		}
		return strings.Join(words, " ")
	}
	title := some(9)
	if r.IntN(50) == 0 {
		title = w.names[r.IntN(len(w.names))] + " " + title
	}
	date := benchEpoch.Add(time.Duration(number) * time.Minute).Format(time.RFC1123)
	if number > 0 {
		date = benchEpoch.Add(time.Duration(number)*benchRoundHours*time.Hour + benchNewsAt).Format(time.RFC1123)
	}
	fmt.Fprintf(b, `<item><title>%s</title><link>http://f%d.bench.test/a/%d</link><guid isPermaLink="false">f%d-%d</guid><pubDate>%s</pubDate><description>&lt;p&gt;%s&lt;/p&gt;</description></item>`,
		title, feed, number, feed, number, date, some(40))
}

// vocabulary is n words as news are made of, each stem with several endings.
func vocabulary(n int) []string {
	stems := strings.Fields(`accept account act address adopt advance agree aid alarm allow amount announce appeal appear approve area arm arrest ask
		attack attempt award back balance ban bank base battle bear begin behind benefit bill block board body bond border box branch break bridge
		brief bring budget build burden business call camp cancel capital care case cause cent chain chair change charge check chief choice circle
		city claim clash clean clear climate close coast collect combat command comment commit common compare complain concern confirm conflict
		consider contact contain continue contract control convict corner cost council count country couple court cover crash create credit crime
		crisis critic cross crowd current cut damage danger data deal debate debt decide defend delay deliver demand deny depart deploy deposit
		design despite detail develop differ direct discuss dismiss district divide doctor dollar doubt draft draw drive drop drug due earn east
		economy edge effect effort elect emerge employ end energy engine enter equal escape estimate event exchange expand expect expert explain
		export express extend face factory fail fall family farm fear federal field fight figure file fill film final find fire firm fish flight
		flood floor flow focus follow food force foreign forest form found fourth fraud free fresh front fuel fund future gain gas gather general
		give global goal good govern grain grant ground group grow guard guide half hand harbour hard harm head health hear heat help high hold home
		hope hospital host hour house human idea impact import improve incident include increase index industry inform inquiry inside insist
		interest invest invite island issue join joint journal judge jump justice keep kill kind labour land large last launch law lead leader
		league learn leave legal lend level life light limit line link list local long look lose loss low main major make manage march mark market
		mass match matter mayor mean measure media meet member message might migrant military mine minister minor miss mission mobile model money
		month mood more most mother motion mountain mount move must narrow nation native near need network news next night north note notice number
		object observe offer office officer oil open operate oppose order organ other output outside owner package page paint panel paper parent park
		part partner party pass past path patient pattern pay peace people percent period permit person phone piece pilot place plan plane plant
		play plead point police policy poll port position power praise prepare present press prevent price prime print prison private problem
		process produce profit program project promise protest prove provide public pull punish purchase push quarter question quick quiet quit
		raid rail rain raise range rate reach react read ready real reason recall receive record recover reduce reform refugee refuse region reject
		release relief remain remove repair repeat reply report request rescue research resign resist resource respond rest result retire return
		reveal review rich right rise risk river road rocket role room rule run rural safe sale sanction save say scale school science score sea
		search season seat second secret sector secure seek seize sell senate send senior sense series serve settle share shelter ship shock shoot
		shop short shortage shut side sign silent simple sister site size slow small social soldier source south space speak special speech speed
		spend split spokesman spread spring staff stage stand standard start state station stay steel step still stock stop store storm strategy
		street strike strong student study style submit suffer suggest summer summit supply support suppose surge surprise survey suspect suspend
		swift system table take talk target tariff task teach team tell tension term test thank think third threat throw time title today tonight
		total touch tough tour town track trade train transfer travel treat treaty trial troop trouble truck true trust truth turn twice union unit
		urban urge valley value vehicle victim view village violent visit voice vote wage wait walk wall want war warn waste watch water wave weak
		weapon weather week weigh welcome west wheat white wide wind winter wish withdraw witness woman wonder wood word work worker world worry
		worth write wrong year yield young youth zone`)
	var words []string
	for _, ending := range []string{"", "s", "ed", "ing"} {
		for _, s := range stems {
			words = append(words, s+ending)
		}
	}
	return words[:min(n, len(words))]
}

// rareWords makes words that no language has: a language's own are too many to write down here.
func rareWords(n int) []string {
	const start, middle, end = "bcdfghjklmnprstvwz", "aeiou", "bdfgklmnprstx"
	r := rand.New(rand.NewPCG(5, 5))
	words := make([]string, n)
	for i := range words {
		var b strings.Builder
		for range 2 + r.IntN(2) {
			b.WriteByte(start[r.IntN(len(start))])
			b.WriteByte(middle[r.IntN(len(middle))])
			b.WriteByte(end[r.IntN(len(end))])
		}
		words[i] = b.String()
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

// benchNames makes different full names of those who are watched. Of a hundred thousand, 20,000 first names and 45,000 surnames
// differ: among 5,607 real ones in Latin letters from all over the world 3,678 and 4,782 do, and more names bring fewer new words.
func benchNames(n int) []string {
	r := rand.New(rand.NewPCG(9, 9))
	words := func(n, long int) []string {
		list := make([]string, n)
		for i := range list {
			word := syllables(r, long)
			list[i] = strings.ToUpper(word[:1]) + word[1:]
		}
		return list
	}
	given, surnames := words(n/5+1, 3), words(n*9/20+1, 4)
	names, seen := make([]string, 0, n), map[string]bool{}
	for len(names) < n {
		if name := given[r.IntN(len(given))] + " " + surnames[r.IntN(len(surnames))]; !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}
