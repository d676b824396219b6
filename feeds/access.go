package feeds

import (
	"context"
	"encoding/base64"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"code.dny.dev/ssrf"
)

// Access is how a feed that does not let everybody in is fetched. Header and login go to the host that the feed is listed
// at, never to another, whatever redirects say.
type Access struct {
	Header         http.Header
	User, Password string   // HTTP Basic, RFC 7617; none if User is ""
	Proxy          *url.URL // http, https or socks5; nil is Options.Proxy
}

// Grant says which feeds, by the URL that they are listed under, are fetched how. It replaces what was granted before.
func (f *Fetcher) Grant(access map[string]Access) { f.granted.Store(&access) }

// access returns how the feed at feedURL is fetched.
func (f *Fetcher) access(feedURL string) (a Access) {
	if granted := f.granted.Load(); granted != nil {
		a = (*granted)[feedURL]
	}
	if a.Proxy == nil {
		a.Proxy = f.proxy
	}
	return a
}

// header returns all that is sent to the feed's own host besides what is sent to everybody.
func (a Access) header() http.Header {
	h := a.Header.Clone()
	if a.User != "" {
		if h == nil {
			h = http.Header{}
		}
		h.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(a.User+":"+a.Password)))
	}
	return h
}

// origin names scheme, host and port of a URL: who gets what is granted for it.
func origin(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return u.Scheme + "://" + strings.ToLower(u.Hostname()) + ":" + port
}

// plain returns a client for what is no feed that somebody listed: nothing private goes with it.
func (f *Fetcher) plain() http.Client {
	m := &moves{from: f.transport(f.proxy, false)}
	if f.proxy != nil {
		m.judge = f.guard.through
	}
	return http.Client{Transport: m, CheckRedirect: checkRedirect}
}

// transport returns the connections that go through a proxy, nil being none; once is for one request each.
func (f *Fetcher) transport(proxy *url.URL, once bool) http.RoundTripper {
	switch {
	case proxy == nil && once:
		return f.once
	case proxy == nil:
		return f.direct
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if t := f.proxied[proxy.String()]; t != nil {
		return t
	}
	// The operator named the proxy, so it may be anywhere; nothing else is dialled by this transport.
	dialer := &net.Dialer{Timeout: dialTimeout, Resolver: f.dialer.Resolver}
	t := f.newTransport(func(ctx context.Context, network, address string) (net.Conn, error) {
		return dialer.DialContext(ctx, network, address)
	})
	t.Proxy, t.MaxConnsPerHost = http.ProxyURL(proxy), 0 // the poller asks each host once at a time; the proxy is asked for many
	if f.proxied == nil {
		f.proxied = map[string]*http.Transport{}
	}
	f.proxied[proxy.String()] = t
	return t
}

// through judges what a proxy is asked to reach, as far as that can be told without the proxy's own resolver: the scheme's
// port, an address, and a name that is spelled like a private one.
func (g *guard) through(u *url.URL) error {
	if g == nil {
		return nil
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	if ip, err := netip.ParseAddr(strings.Trim(u.Hostname(), "[]")); err == nil {
		network := "tcp4"
		if ip.Is6() {
			network = "tcp6"
		}
		return g.control(network, net.JoinHostPort(ip.String(), port), nil)
	}
	if g.addresses != nil && (PrivateHost(u.String()) || numeric(u.Hostname())) {
		return ssrf.ErrProhibitedIP
	}
	n, err := strconv.Atoi(port)
	if err != nil || !g.allows(n) {
		return ssrf.ErrProhibitedPort
	}
	return nil
}

// numeric tells whether a name's last part is a number: it is an address in a spelling that some resolvers take.
// https://url.spec.whatwg.org/#ends-in-a-number-checker
func numeric(name string) bool {
	parts := strings.Split(strings.TrimSuffix(name, "."), ".")
	last := strings.ToLower(parts[len(parts)-1])
	if _, err := strconv.ParseUint(last, 10, 64); err == nil {
		return true
	}
	hex, ok := strings.CutPrefix(last, "0x")
	_, err := strconv.ParseUint(hex, 16, 64)
	return ok && (hex == "" || err == nil)
}
