package feeds

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	maxRedirects   = 5
	maxHeader      = 256 << 10 // bytes of a response's header
	dialTimeout    = 5 * time.Second
	tlsTimeout     = 5 * time.Second
	headerTimeout  = 10 * time.Second
	defaultTimeout = 30 * time.Second
	defaultBody    = 5 << 20
)

// Options say how a Fetcher behaves. The zero value is safe and polite.
type Options struct {
	Version      string        // of the program, for the User-Agent
	Contact      string        // a URL where the operator can be reached, for the User-Agent
	Timeout      time.Duration // of a whole fetch, redirects and body included; 0 is 30 s
	MaxBody      int64         // bytes of a body after decompression; 0 is 5 MiB
	AllowPrivate bool          // lifts the rules on addresses, and on ports where AllowPorts is nil
	AllowPorts   []int         // nil is 80 and 443, or all with AllowPrivate
	Resolver     *net.Resolver // nil is the system's
	Room         int           // bytes that all bodies of FetchDue take together until they are parsed; 0 is 16 MiB
	// Judge, unless nil, refuses with an error for people what would be dialled (host:port), before any name is looked up.
	// A proxy is not asked about.
	Judge func(address string) error
	Proxy *url.URL // through which feeds are fetched that have none of their own; nil fetches directly
}

// A Fetcher makes conditional GETs, safely. It is safe for concurrent use.
type Fetcher struct {
	direct    http.RoundTripper
	once      http.RoundTripper // as direct, by connections for one request each
	dialer    *net.Dialer
	guard     *guard // nil where everything may be reached
	timeout   time.Duration
	maxBody   int64
	userAgent string
	proxy     *url.URL
	granted   atomic.Pointer[map[string]Access]
	room      *room

	mu      sync.Mutex
	proxied map[string]*http.Transport // by their proxy
}

// Fetched is what came of one GET.
type Fetched struct {
	Status       int    // 0 if there was no answer
	Body         []byte // of a 200, decompressed; also the beginning of another answer, to tell a wall by
	ContentType  string
	URL          string // where the body came from, after redirects
	ETag         string // as sent, byte for byte
	LastModified string // as sent, byte for byte
	RetryAfter   string // as sent
	CacheControl string // as sent, like the three that follow
	Expires      string
	Date         string
	Age          string
	Links        []string // the values of Link
	Took         time.Duration
	Moved        string // the URL that permanent redirects name, "" if there were none or a temporary one came first
	Challenge    bool   // the header names a wall against programs
	Err          error  // why there is no answer, or none that could be read
	stay         *stay  // of its body in the fetcher's room
}

// Hash returns the SHA-256 of the body in hexadecimal.
func (f Fetched) Hash() string {
	sum := sha256.Sum256(f.Body)
	return hex.EncodeToString(sum[:])
}

// NewFetcher returns a Fetcher.
func NewFetcher(o Options) *Fetcher {
	f := &Fetcher{timeout: o.Timeout, maxBody: o.MaxBody, userAgent: userAgent(o.Version, o.Contact)}
	if f.timeout <= 0 {
		f.timeout = defaultTimeout
	}
	if f.maxBody <= 0 {
		f.maxBody = defaultBody
	}
	// No connection lives long enough for a probe of whether it still does.
	f.room = newRoom(bodyRoom)
	if o.Room > 0 {
		f.room = newRoom(o.Room)
	}
	f.dialer = &net.Dialer{Timeout: dialTimeout, Resolver: o.Resolver, KeepAlive: -1}
	if f.guard = o.rules(); f.guard != nil {
		f.dialer.Control = f.guard.control
	}
	f.proxy = o.Proxy
	dial := judged(o.Judge, f.dialFrom(net.InterfaceAddrs))
	f.direct = f.newTransport(dial)
	once := f.newTransport(dial)
	once.DisableKeepAlives = true // else it would remember every host, for a connection of which another request may have a use
	f.once = once
	return f
}

// dialFrom returns how names are dialled from a machine that has these addresses.
func (f *Fetcher) dialFrom(addresses func() ([]net.Addr, error)) func(ctx context.Context, network, address string) (net.Conn, error) {
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		return f.dialer.DialContext(ctx, network, address)
	}
	if own, err := addresses(); err != nil || reaches6(own) {
		return dial
	}
	return doubleDialer{dial}.DialContext
}

// judged returns dial for what judge, unless it is nil, does not refuse.
func judged(judge func(address string) error, dial func(ctx context.Context, network, address string) (net.Conn, error)) func(ctx context.Context, network, address string) (net.Conn, error) {
	if judge == nil {
		return dial
	}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if err := judge(address); err != nil {
			return nil, fmt.Errorf("dial feed: %w", err)
		}
		return dial(ctx, network, address)
	}
}

// newTransport returns connections that are made by dial, without a proxy: it would dial in our place, past the guard.
func (f *Fetcher) newTransport(dial func(ctx context.Context, network, address string) (net.Conn, error)) *http.Transport {
	return &http.Transport{
		DialContext:         dial,
		TLSHandshakeTimeout: min(tlsTimeout, f.timeout), ResponseHeaderTimeout: min(headerTimeout, f.timeout),
		MaxResponseHeaderBytes: maxHeader, MaxConnsPerHost: 1, MaxIdleConns: 64, MaxIdleConnsPerHost: 1,
		IdleConnTimeout: 10 * time.Second, ForceAttemptHTTP2: true, WriteBufferSize: 1 << 10, ReadBufferSize: 2 << 10, // as large as a request and a header are
	}
}

// userAgent returns "Attache/VERSION (+CONTACT)".
func userAgent(version, contact string) string {
	agent := "Attache"
	if version != "" {
		agent += "/" + version
	}
	if contact != "" {
		agent += " (+" + contact + ")"
	}
	return agent
}

// Close closes idle connections.
func (f *Fetcher) Close() {
	if t, ok := f.direct.(*http.Transport); ok {
		t.CloseIdleConnections()
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, t := range f.proxied {
		t.CloseIdleConnections()
	}
}

var (
	errRedirects = errors.New("too many redirects")
	errScheme    = errors.New("redirected to an address that is not http or https")
	errTooLarge  = errors.New("body too large")
	errBrokenOff = errors.New("answer broken off or damaged")
)

func checkRedirect(req *http.Request, via []*http.Request) error {
	req.Header.Del("Referer")
	switch {
	case len(via) > maxRedirects:
		return errRedirects
	case req.URL.Scheme != "http" && req.URL.Scheme != "https":
		return errScheme
	}
	return nil
}

// Fetch asks for the feed once, with the validators of its cursor. It always returns, within the timeout; what went
// wrong is in the answer.
func (f *Fetcher) Fetch(ctx context.Context, feed alerts.Feed) Fetched {
	return f.fetch(ctx, feed, nil)
}

// FetchDue is Fetch for a Poller, which fetches hundreds at once: all their bodies have a bounded room together, which the
// Poller gives back when it has parsed them. A body that finds no room before the timeout is not read.
func (f *Fetcher) FetchDue(ctx context.Context, feed alerts.Feed) Fetched {
	s := &stay{room: f.room}
	got := f.fetch(ctx, feed, s)
	if got.Body == nil {
		s.leave()
	}
	got.stay = s
	return got
}

func (f *Fetcher) fetch(ctx context.Context, feed alerts.Feed, s *stay) Fetched {
	ctx, cancel := context.WithTimeout(ctx, f.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, feed.Address(), nil)
	if err != nil {
		return Fetched{Err: &alerts.Invalid{Say: "The feed's address is no address. Write it like https://example.org/rss.xml."}}
	}
	if req.URL.Scheme != "http" && req.URL.Scheme != "https" {
		return Fetched{Err: &alerts.Invalid{Say: "The feed's address must begin with http:// or https://."}}
	}
	if req.URL.Hostname() == "" {
		return Fetched{Err: &alerts.Invalid{Say: "The feed's address names no site. Write it like https://example.org/rss.xml."}}
	}
	req.Header.Set("User-Agent", f.userAgent)
	req.Header.Set("Accept", "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5")
	if feed.Cursor.ETag != "" {
		req.Header["If-None-Match"] = []string{feed.Cursor.ETag}
	}
	if feed.Cursor.LastModified != "" {
		req.Header["If-Modified-Since"] = []string{feed.Cursor.LastModified}
	}
	access := f.access(feed.URL)
	req.Close = s != nil // the next visit is minutes away: nobody is to keep a connection for it
	moves := &moves{from: f.transport(access.Proxy, req.Close), private: access.header()}
	if listed, err := url.Parse(feed.URL); err == nil {
		moves.home = origin(listed)
	}
	if access.Proxy != nil {
		moves.judge = f.guard.through
	}
	client := http.Client{Transport: moves, CheckRedirect: checkRedirect}
	resp, err := client.Do(req)
	if err != nil {
		return Fetched{Err: fmt.Errorf("fetch feed: %w", err)}
	}
	defer resp.Body.Close() //nolint:errcheck // only read
	return f.answer(ctx, resp, moves, s)
}

// answer reads the response.
func (f *Fetcher) answer(ctx context.Context, resp *http.Response, moves *moves, s *stay) Fetched {
	got := Fetched{
		Status: resp.StatusCode, ContentType: resp.Header.Get("Content-Type"), URL: withoutUser(resp.Request.URL),
		ETag: resp.Header.Get("ETag"), LastModified: resp.Header.Get("Last-Modified"), RetryAfter: resp.Header.Get("Retry-After"),
		Moved: moves.permanent, Challenge: strings.EqualFold(resp.Header.Get("Cf-Mitigated"), "challenge"),
		CacheControl: strings.Join(resp.Header.Values("Cache-Control"), ","), Expires: resp.Header.Get("Expires"),
		Date: resp.Header.Get("Date"), Age: resp.Header.Get("Age"), Links: linkValues(resp.Header),
	}
	limit := f.maxBody
	if got.Status != http.StatusOK {
		limit = min(limit, 32<<10)
	}
	if got.Status == http.StatusNotModified {
		return got
	}
	body, err := s.readAll(ctx, resp.Body, limit, resp.ContentLength)
	switch {
	case got.Status != http.StatusOK:
		got.Body = body[:min(int64(len(body)), limit)]
	case int64(len(body)) > limit:
		got.Err = fmt.Errorf("%w (%w)", tooLarge(limit), errTooLarge)
	case err != nil:
		got.Err = fmt.Errorf("read body: %w (%w)", errBrokenOff, err)
	default:
		if packed(body) {
			if err := s.take(ctx, int(limit)); err != nil {
				got.Err = fmt.Errorf("unpack body: %w", err)
				return got
			}
		}
		got.Body, got.Err = unpack(body, limit)
	}
	return got
}

func withoutUser(u *url.URL) string {
	clean := *u
	clean.User = nil
	return clean.String()
}

// moves watches the redirects of one fetch and remembers where the permanent ones lead, up to the first temporary one. What
// is private goes to the feed's own host alone.
type moves struct {
	from      http.RoundTripper
	home      string               // the origin that gets what is private
	private   http.Header          // may be nil
	judge     func(*url.URL) error // of each URL, where a proxy dials; may be nil
	temporary bool
	permanent string
}

func (m *moves) RoundTrip(req *http.Request) (*http.Response, error) {
	if m.judge != nil {
		if err := m.judge(req.URL); err != nil {
			return nil, err
		}
	}
	if len(m.private) > 0 && origin(req.URL) == m.home {
		req = req.Clone(req.Context())
		for name, values := range m.private {
			req.Header[http.CanonicalHeaderKey(name)] = values
		}
	}
	resp, err := m.from.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusPermanentRedirect:
		if to, err := resp.Location(); err == nil && !m.temporary {
			m.permanent = withoutUser(to)
		}
	case http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect:
		m.temporary = true
	}
	return resp, nil
}
