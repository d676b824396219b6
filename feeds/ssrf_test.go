package feeds

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/dns/dnsmessage"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A lure is a public site of which every answer sends readers somewhere else. Its connections are pipes inside the
// process; whatever else is dialled is judged by the guard and noted, and never leaves.
type lure struct {
	*Fetcher
	mu      sync.Mutex
	passed  []string // got by the guard, but for the lure itself
	refused int
	answer  atomic.Pointer[string]
}

func newLure(resolver *net.Resolver) *lure {
	l := &lure{Fetcher: NewFetcher(Options{Timeout: 3 * time.Second, Resolver: resolver})}
	guard := l.dialer.Control
	l.dialer.Control = func(network, address string, c syscall.RawConn) error {
		l.mu.Lock()
		defer l.mu.Unlock()
		if err := guard(network, address, c); err != nil {
			l.refused++
			return err
		}
		l.passed = append(l.passed, address)
		return errRecorded
	}
	l.direct = l.newTransport(func(ctx context.Context, network, address string) (net.Conn, error) {
		if address == "lure.example:80" {
			client, server := net.Pipe()
			go l.serve(server)
			return client, nil
		}
		return l.dialer.DialContext(ctx, network, address)
	})
	return l
}

func (l *lure) serve(c net.Conn) {
	defer c.Close()
	if _, err := http.ReadRequest(bufio.NewReader(c)); err == nil {
		fmt.Fprint(c, *l.answer.Load())
	}
}

// TestNoRedirectLeadsInside sends readers to each forbidden address with each redirect: written out, as a name with one
// such address, among public ones, and by a name that resolves anew each time.
func TestNoRedirectLeadsInside(t *testing.T) {
	ways := map[string]func(ip string) (target string, resolver *net.Resolver){
		"literal": func(ip string) (string, *net.Resolver) { return hostLiteral(ip), fakeDNS("8.8.8.8") },
		"name":    func(ip string) (string, *net.Resolver) { return "inside.example", fakeDNS(ip) },
		"mixed":   func(ip string) (string, *net.Resolver) { return "inside.example", fakeDNS("8.8.8.8", ip) },
		"rebinding": func(ip string) (string, *net.Resolver) {
			return "inside.example", turning("8.8.8.8", ip)
		},
	}
	tried, refused := 0, map[string]int{}
	for way, of := range ways {
		for _, ip := range forbidden {
			for _, code := range []int{301, 302, 303, 307, 308} {
				target, resolver := of(ip)
				l := newLure(resolver)
				answer := fmt.Sprintf("HTTP/1.1 %d Go\r\nLocation: http://%s/x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", code, target)
				l.answer.Store(&answer)
				for range 2 { // a name that turns may be public the first time
					got := l.Fetch(context.Background(), alerts.Feed{URL: "http://lure.example/feed"})
					require.Error(t, got.Err, "%s %s %d", way, ip, code)
					require.NotContains(t, sayError(got.Err).inTurn(), ip)
					tried++
				}
				for _, address := range l.passed {
					require.Equal(t, "8.8.8.8:80", address, "%s %s %d", way, ip, code)
				}
				refused[way] += min(l.refused, 1)
				l.Close()
			}
		}
	}
	for way := range ways { // an address that is surely met: what is mixed may be passed by
		require.True(t, refused[way] > 0 && (way == "mixed" || refused[way] == 5*len(forbidden)), "%s: %d refused", way, refused[way])
	}
	t.Logf("%d addresses, %d fetches, 0 beyond the guard", len(forbidden), tried)
}

// turning answers each question for a family with the next of the two addresses, as rebinding does: of IPv6, which is asked
// for once IPv4 had no answer, with the second first.
func turning(first, second string) *net.Resolver {
	var asked4, asked6 atomic.Int64
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		client, server := net.Pipe()
		go answerDNS(server, func(asked dnsmessage.Type) []string {
			n := asked6.Add
			if asked == dnsmessage.TypeA {
				n = func(d int64) int64 { return asked4.Add(d) - d }
			}
			return []string{[]string{first, second}[n(1)%2]}
		})
		return client, nil
	}}
}

// TestTheLureLures is the negative control: a public target is dialled.
func TestTheLureLures(t *testing.T) {
	l := newLure(fakeDNS("8.8.4.4"))
	defer l.Close()
	answer := "HTTP/1.1 302 Go\r\nLocation: http://outside.example/x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
	l.answer.Store(&answer)
	require.Error(t, l.Fetch(context.Background(), alerts.Feed{URL: "http://lure.example/feed"}).Err)
	require.Equal(t, []string{"8.8.4.4:80"}, l.passed)
	for _, scheme := range []string{"file:///etc/passwd", "ftp://8.8.8.8/", "gopher://8.8.8.8/", "javascript:x"} {
		answer := strings.Replace(answer, "http://outside.example/x", scheme, 1)
		l.answer.Store(&answer)
		require.Error(t, l.Fetch(context.Background(), alerts.Feed{URL: "http://lure.example/feed"}).Err, scheme)
	}
	require.Len(t, l.passed, 1)
}

// TestSlowHalfHoldsUpNobody: half of a thousand feeds answer a byte a second until they are given up.
func TestSlowHalfHoldsUpNobody(t *testing.T) {
	p95 := func(slow bool) time.Duration {
		var all []time.Duration
		runSlow(t, slow, &all)
		return all[len(all)*95/100]
	}
	alone, beside := p95(false), p95(true)
	t.Logf("the others' p95: %s alone, %s beside a slow half", alone, beside)
	require.LessOrEqual(t, beside, 2*alone)
}
