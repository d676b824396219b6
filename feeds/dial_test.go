package feeds

import (
	"context"
	"errors"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/dns/dnsmessage"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// TestOneQuestionANameWhereOneWillDo: a machine without a public IPv6 address asks for IPv4 first, and reaches what has none
// all the same; one that has such an address asks for both, as everybody does.
func TestOneQuestionANameWhereOneWillDo(t *testing.T) {
	const four, six = "93.184.216.34", "2606:4700::1111"
	for name, c := range map[string]struct {
		own     string // the machine's address
		host    string
		has     []string // the name's addresses
		a, aaaa int      // questions
		dialled []string
		nobody  bool
	}{
		"both, from IPv4":    {own: "192.0.2.2/24", host: "a.example", has: []string{four, six}, a: 1, dialled: []string{four + ":80"}},
		"both, from local 6": {own: "fd00::2/64", host: "a.example", has: []string{four, six}, a: 1, dialled: []string{four + ":80"}},
		"only 6, from IPv4":  {own: "192.0.2.2/24", host: "a.example", has: []string{six}, a: 2, aaaa: 1, dialled: []string{"[" + six + "]:80"}},
		"both, from 6":       {own: "2001:67c::2/64", host: "a.example", has: []string{four}, a: 1, aaaa: 1, dialled: []string{four + ":80"}},
		"a literal 6":        {own: "192.0.2.2/24", host: "[" + six + "]", dialled: []string{"[" + six + "]:80"}},
		"a literal 4":        {own: "192.0.2.2/24", host: four, dialled: []string{four + ":80"}},
		"nothing":            {own: "192.0.2.2/24", host: "a.example", a: 2, aaaa: 1, nobody: true},
	} {
		t.Run(name, func(t *testing.T) {
			var mu sync.Mutex
			asked := map[dnsmessage.Type]int{}
			f := NewFetcher(Options{Timeout: 3 * time.Second, Resolver: &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
				client, server := net.Pipe()
				go answerDNS(server, func(about dnsmessage.Type) []string {
					mu.Lock()
					defer mu.Unlock()
					asked[about]++
					return c.has
				})
				return client, nil
			}}})
			defer f.Close()
			r := record(f)
			f.direct = f.newTransport(f.dialFrom(func() ([]net.Addr, error) {
				ip, own, err := net.ParseCIDR(c.own)
				return []net.Addr{&net.IPNet{IP: ip, Mask: own.Mask}}, err
			}))
			got := f.Fetch(t.Context(), alerts.Feed{URL: "http://" + c.host + "/feed"})
			require.Error(t, got.Err)
			require.Equal(t, c.dialled, r.passed)
			require.Equal(t, [2]int{c.a, c.aaaa}, [2]int{asked[dnsmessage.TypeA], asked[dnsmessage.TypeAAAA]})
			require.Equal(t, c.nobody, sayError(got.Err).fact == "There is no server of that name.")
		})
	}
}

// TestAMachineThatDoesNotTell: where its addresses can't be read, both families are asked for.
func TestAMachineThatDoesNotTell(t *testing.T) {
	f := NewFetcher(Options{Timeout: 3 * time.Second, Resolver: fakeDNS("2606:4700::1111")})
	defer f.Close()
	r := record(f)
	dial := f.dialFrom(func() ([]net.Addr, error) { return nil, errors.New("no") })
	_, err := dial(t.Context(), "tcp", "a.example:80")
	require.Error(t, err)
	require.Equal(t, []string{"[2606:4700::1111]:80"}, r.passed)
}
