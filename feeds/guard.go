package feeds

import (
	"fmt"
	"net/netip"
	"slices"
	"syscall"

	"code.dny.dev/ssrf"
)

// guard judges the address of each connection when it is dialled, after its name was resolved, so that neither a
// redirect nor a name that resolves anew gets past it.
type guard struct {
	addresses *ssrf.Guardian // nil where any address may be reached
	ports     []uint16
}

// metadata is Azure's platform endpoint: a public address that answers to virtual machines alone.
// https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
const metadata = "168.63.129.16/32"

// rules returns the guard of a Fetcher with these options, nil where everything may be reached.
func (o Options) rules() *guard {
	switch {
	case o.AllowPrivate && o.AllowPorts == nil:
		return nil
	case o.AllowPorts == nil:
		return newGuard([]int{80, 443})
	}
	g := newGuard(o.AllowPorts)
	if o.AllowPrivate {
		g.addresses = nil
	}
	return g
}

// newGuard refuses whatever IANA's registries of special addresses list, multicast, all IPv6 outside of 2000::/3
// (so also ::/96, fec0::/10 and mapped IPv4), and all ports but these.
func newGuard(ports []int) *guard {
	g := &guard{addresses: ssrf.New(
		ssrf.WithAnyPort(),
		ssrf.WithDeniedV4Prefixes(netip.MustParsePrefix(metadata), netip.MustParsePrefix("224.0.0.0/4"), netip.MustParsePrefix("240.0.0.0/4")),
	)}
	for _, p := range ports {
		if p > 0 && p < 1<<16 {
			g.ports = append(g.ports, uint16(p))
		}
	}
	return g
}

// control is a net.Dialer's Control.
func (g *guard) control(network, address string, _ syscall.RawConn) error {
	if network != "tcp4" && network != "tcp6" {
		return fmt.Errorf("dial feed: %w", ssrf.ErrProhibitedNetwork)
	}
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("dial feed: %w", ssrf.ErrInvalidHostPort)
	}
	if !g.reaches(to.Addr()) {
		return fmt.Errorf("dial feed: %w", ssrf.ErrProhibitedIP)
	}
	if !g.allows(int(to.Port())) {
		return fmt.Errorf("dial feed: %w", ssrf.ErrProhibitedPort)
	}
	return nil
}

// reaches tells whether the address may be reached. A mapped one is an IPv4 address in disguise, and a zone is only meant for
// local ones.
func (g *guard) reaches(a netip.Addr) bool {
	return g.addresses == nil || !a.Is4In6() && a.Zone() == "" && g.addresses.SafeAddr(a) == nil
}

func (g *guard) allows(port int) bool {
	return port > 0 && port < 1<<16 && slices.Contains(g.ports, uint16(port))
}
