package feeds

import (
	"context"
	"encoding/binary"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/dns/dnsmessage"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// forbidden is one address of each kind that must never be reached.
var forbidden = []string{
	"0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "168.63.129.16", "169.254.169.254", "172.16.0.1",
	"192.0.0.1", "192.0.0.170", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1",
	"239.255.255.255", "240.0.0.1", "255.255.255.255",
	"::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:2::1",
	"2001:db8::1", "2002:7f00:1::1", "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "4000::1",
}

var allowed = []string{"8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001::1"}

func TestGuardJudgesAddresses(t *testing.T) {
	g := newGuard([]int{80, 443})
	try := func(ip, port string) error {
		network := "tcp4"
		if strings.Contains(ip, ":") {
			network = "tcp6"
		}
		return g.control(network, net.JoinHostPort(ip, port), nil)
	}
	for _, ip := range forbidden {
		require.Error(t, try(ip, "80"), ip)
	}
	for _, ip := range allowed {
		require.NoError(t, try(ip, "443"), ip)
		require.Error(t, try(ip, "22"), ip)
		require.Error(t, try(ip, "8080"), ip)
	}
	require.Error(t, try("::ffff:8.8.8.8", "80"), "a disguise that nobody needs")
	require.Error(t, g.control("udp4", "8.8.8.8:80", nil))
	require.Error(t, g.control("unix", "/run/x", nil))
	require.Error(t, g.control("tcp6", "[fe80::1%eth0]:80", nil))
	require.NoError(t, newGuard([]int{8443}).control("tcp4", "8.8.8.8:8443", nil))
}

// A recorder stands behind the guard in the dialer: it notes what would be dialled next and refuses it, so that nothing
// ever leaves the machine, whatever the guard does.
type recorder struct {
	mu      sync.Mutex
	guarded []string // refused by the guard
	passed  []string // would be dialled
}

var errRecorded = errors.New("recorded, not dialled")

func record(f *Fetcher) *recorder {
	r := &recorder{}
	guard := f.dialer.Control
	f.dialer.Control = func(network, address string, c syscall.RawConn) error {
		r.mu.Lock()
		defer r.mu.Unlock()
		if guard != nil {
			if err := guard(network, address, c); err != nil {
				r.guarded = append(r.guarded, address)
				return err
			}
		}
		r.passed = append(r.passed, address)
		return errRecorded
	}
	return r
}

// fakeDNS answers every name with these addresses, over a pipe.
func fakeDNS(addresses ...string) *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		client, server := net.Pipe()
		go answerDNS(server, func(dnsmessage.Type) []string { return addresses })
		return client, nil
	}}
}

func answerDNS(conn net.Conn, of func(asked dnsmessage.Type) []string) {
	defer conn.Close()
	for {
		var size [2]byte
		if _, err := readFull(conn, size[:]); err != nil {
			return
		}
		query := make([]byte, binary.BigEndian.Uint16(size[:]))
		if _, err := readFull(conn, query); err != nil {
			return
		}
		var m dnsmessage.Message
		if m.Unpack(query) != nil {
			return
		}
		m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
		for _, a := range of(m.Questions[0].Type) {
			ip, h := netip.MustParseAddr(a), dnsmessage.ResourceHeader{Name: m.Questions[0].Name, Class: dnsmessage.ClassINET}
			switch {
			case ip.Is4() && m.Questions[0].Type == dnsmessage.TypeA:
				m.Answers = append(m.Answers, dnsmessage.Resource{Header: h, Body: &dnsmessage.AResource{A: ip.As4()}})
			case ip.Is6() && m.Questions[0].Type == dnsmessage.TypeAAAA:
				m.Answers = append(m.Answers, dnsmessage.Resource{Header: h, Body: &dnsmessage.AAAAResource{AAAA: ip.As16()}})
			}
		}
		out, err := m.Pack()
		if err != nil {
			return
		}
		conn.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(out))), out...))
	}
}

func readFull(conn net.Conn, b []byte) (int, error) {
	for n := 0; n < len(b); {
		m, err := conn.Read(b[n:])
		if err != nil {
			return n, err
		}
		n += m
	}
	return len(b), nil
}

func fetchOnly(o Options, rawURL string) (Fetched, *recorder) {
	o.Timeout = 3 * time.Second
	f := NewFetcher(o)
	defer f.Close()
	r := record(f)
	return f.Fetch(context.Background(), alerts.Feed{URL: rawURL}), r
}

// TestForbiddenAddressesAreNotDialled gives each as a literal, and as what a name resolves to, alone and in company.
func TestForbiddenAddressesAreNotDialled(t *testing.T) {
	for _, ip := range forbidden {
		host := ip
		if strings.Contains(ip, ":") {
			host = "[" + ip + "]"
		}
		got, r := fetchOnly(Options{}, "http://"+host+"/feed")
		requireRefused(t, got, r, ip)
		got, r = fetchOnly(Options{Resolver: fakeDNS(ip)}, "http://rebind.example/feed")
		requireRefused(t, got, r, ip)

		_, r = fetchOnly(Options{Resolver: fakeDNS("93.184.216.34", ip)}, "http://mixed.example/feed")
		for _, address := range r.passed {
			require.Equal(t, "93.184.216.34:80", address, "only the public one of %s", ip)
		}
	}
}

func requireRefused(t *testing.T, got Fetched, r *recorder, ip string) {
	t.Helper()
	require.Empty(t, r.passed, ip)
	require.Error(t, got.Err, ip)
	say := sayError(got.Err).inTurn()
	require.NotEmpty(t, say)
	require.NotContains(t, say, ip)
	require.NotContains(t, say, "refused")
}

// TestOddSpellings are other ways to write 127.0.0.1. Whatever a resolver makes of them, the address is judged.
func TestOddSpellings(t *testing.T) {
	for _, host := range []string{
		"0177.0.0.1", "0x7f.0.0.1", "2130706433", "0x7f000001", "127.1", "127.0.1", "①②⑦.⓪.⓪.①", "127。0。0。1",
		"user@127.0.0.1", "8.8.8.8@127.0.0.1", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "localhost", "127.0.0.1.",
	} {
		got, r := fetchOnly(Options{Resolver: fakeDNS("127.0.0.1")}, "http://"+host+"/")
		require.Error(t, got.Err, host)
		require.Empty(t, r.passed, host)
	}
}

func TestOtherSchemesAreNotFetched(t *testing.T) {
	for _, u := range []string{"file:///etc/passwd", "ftp://a.example/x", "gopher://a.example/", "//a.example/", "a.example/rss", "http://", "", "http://a b/", "data:,x"} {
		got, r := fetchOnly(Options{}, u)
		require.NotEmpty(t, sayError(got.Err).fact, u)
		require.Error(t, got.Err, u)
		require.Empty(t, r.passed, u)
	}
}

// What may not be dialled is not looked up either, nor is what an allowed page redirects to.
func TestWhatTheJudgeRefusesIsNotAsked(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://elsewhere.example/rss", http.StatusFound)
	}))
	defer server.Close()
	resolver := &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		t.Error("a name was looked up")
		return nil, errRecorded
	}}
	judge := func(address string) error {
		if "http://"+address == server.URL {
			return nil
		}
		return &alerts.Invalid{Say: "Only the sample feeds."}
	}
	for _, address := range []string{"http://169.254.169.254/latest", "http://10.1.1.1/rss", "https://elsewhere.example/", "http://[::1]:1/"} {
		got, r := fetchOnly(Options{AllowPrivate: true, Judge: judge, Resolver: resolver}, address)
		require.Equal(t, "Only the sample feeds.", got.Once(), address)
		require.Empty(t, append(r.passed, r.guarded...), address)
	}
	f := NewFetcher(Options{AllowPrivate: true, Judge: judge, Resolver: resolver})
	defer f.Close()
	require.Equal(t, "Only the sample feeds.", f.Fetch(t.Context(), alerts.Feed{URL: server.URL}).Once())
}

// TestTheGuardIsWhatRefuses is the negative control: public addresses pass, and without the guard all do.
func TestTheGuardIsWhatRefuses(t *testing.T) {
	for _, ip := range allowed {
		_, r := fetchOnly(Options{Resolver: fakeDNS(ip)}, "https://public.example/feed")
		require.Equal(t, []string{net.JoinHostPort(ip, "443")}, r.passed)
	}
	for _, ip := range []string{"127.0.0.1", "10.0.0.1", "::1"} {
		_, r := fetchOnly(Options{AllowPrivate: true, Resolver: fakeDNS(ip)}, "http://intern.example:8080/feed")
		require.Equal(t, []string{net.JoinHostPort(ip, "8080")}, r.passed)
	}
	for _, ip := range []string{"127.0.0.1", "::1", "8.8.8.8"} {
		o := Options{AllowPrivate: true, AllowPorts: []int{8080}, Resolver: fakeDNS(ip)}
		_, r := fetchOnly(o, "http://intern.example:8080/feed")
		require.Equal(t, []string{net.JoinHostPort(ip, "8080")}, r.passed)
		got, r := fetchOnly(o, "http://intern.example:9090/feed")
		require.Empty(t, r.passed, "a list of ports is obeyed in private networks too")
		require.Contains(t, sayError(got.Err).inTurn(), "fetch.allow_ports")
	}
	got, _ := fetchOnly(Options{Resolver: fakeDNS("8.8.8.8")}, "http://public.example:8080/feed")
	require.Contains(t, sayError(got.Err).inTurn(), "fetch.allow_ports")
	got, _ = fetchOnly(Options{Resolver: fakeDNS("10.0.0.1")}, "http://public.example:8080/feed")
	require.Contains(t, sayError(got.Err).inTurn(), "public internet", "the address is judged before the port")
}
