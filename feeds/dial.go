package feeds

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"syscall"
)

// public6 is all of IPv6 that is routed publicly.
// https://www.iana.org/assignments/ipv6-address-space
const public6 = "2000::/3"

// reaches6 tells whether one of a machine's addresses (net.InterfaceAddrs) is one from which IPv6 hosts are surely reached.
func reaches6(addresses []net.Addr) bool {
	public := netip.MustParsePrefix(public6)
	for _, a := range addresses {
		if p, err := netip.ParsePrefix(a.String()); err == nil && public.Contains(p.Addr()) {
			return true
		}
	}
	return false
}

// A doubleDialer dials names for a machine without a public IPv6 address. It asks for a name's IPv4 addresses first, and for the
// others only where there are none, or none that can be reached: half as many questions to the name server.
type doubleDialer struct {
	dial func(ctx context.Context, network, address string) (net.Conn, error)
}

func (d doubleDialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := d.dial(ctx, "tcp4", address)
	if err == nil || !wantsOtherFamily(err) {
		return c, err
	}
	return d.dial(ctx, network, address)
}

// wantsOtherFamily tells whether IPv6 may lead where IPv4 did not: there is no IPv4 address, or no way there from here. What
// does not answer, or is forbidden, is not tried again.
func wantsOtherFamily(err error) bool {
	var name *net.DNSError
	var address *net.AddrError
	return errors.As(err, &name) && name.IsNotFound || errors.As(err, &address) ||
		errors.Is(err, syscall.ENETUNREACH) || errors.Is(err, syscall.EHOSTUNREACH)
}
