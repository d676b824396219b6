package slack

import (
	"context"
	"io"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	// maxAnswer bounds an answer of the Web API: a page of history with metadata is some 1 MiB.
	maxAnswer = 8 << 20
	// longestRetryAfter bounds what a broken Retry-After may ask for.
	longestRetryAfter = 24 * time.Hour
	// openMethod opens a Socket Mode connection; it alone goes with the app's token, not the bot's.
	openMethod = "apps.connections.open"
)

// A gate stands between the library and the network: after a refused token it lets nothing through, it bounds answers,
// and it makes every 429 say how long to wait.
type gate struct {
	next  http.RoundTripper
	pacer *limiter

	mu     sync.Mutex
	shut   *alerts.SendError    // why no call of the bot's token is made any more
	pauses map[string]time.Time // by method, but for posts, whose pauses the limiter keeps: until when Slack forbids calls
}

// close shuts the gate for the bot's token.
func (g *gate) close(why *alerts.SendError) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut == nil {
		g.shut = why
	}
}

// closed returns why no call is made, nil if calls are made.
func (g *gate) closed() *alerts.SendError {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.shut
}

// RoundTrip makes the call unless the gate is shut.
func (g *gate) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, "/"+openMethod) {
		if err := g.pacer.dial(r.Context()); err != nil {
			return nil, err
		}
	} else if why := g.closed(); why != nil {
		return nil, why
	} else if left := g.paused(r.URL.Path); left > 0 {
		return nil, noTime(left)
	}
	resp, err := g.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	resp.Body = capped{io.LimitReader(resp.Body, maxAnswer), resp.Body}
	if resp.StatusCode == http.StatusTooManyRequests {
		after := retryAfter(resp.Header)
		resp.Header.Set("Retry-After", strconv.Itoa(int(after.Seconds())))
		g.pause(r.URL.Path, after)
	}
	return resp, nil
}

// pause notes that Slack forbids a method for a while. https://docs.slack.dev/apis/web-api/rate-limits
func (g *gate) pause(path string, after time.Duration) {
	if strings.Contains(path, "/chat.") {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.pauses == nil {
		g.pauses = map[string]time.Time{}
	}
	g.pauses[path] = g.pacer.now().Add(after)
}

// paused returns how long a method is forbidden yet.
func (g *gate) paused(path string) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.pauses[path].Sub(g.pacer.now())
}

// retryAfter is how long a 429 asks to wait, a minute if it does not say it in seconds.
func retryAfter(h http.Header) time.Duration {
	seconds, err := strconv.Atoi(strings.TrimSpace(h.Get("Retry-After")))
	if err != nil || seconds < 1 {
		return defaultPause
	}
	return time.Duration(min(seconds, int(longestRetryAfter.Seconds()))) * time.Second
}

type capped struct {
	io.Reader
	io.Closer
}

// newClient returns an HTTP client that never follows a redirect: that would send a post twice.
func newClient(rt http.RoundTripper) *http.Client {
	return &http.Client{
		Transport:     rt,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// A trail knows how far a request got.
type trail struct{ asked, wrote atomic.Bool }

// follow returns a context in which the trail follows a request.
func (t *trail) follow(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn:      func(string) { t.asked.Store(true) },
		WroteHeaders: func() { t.wrote.Store(true) },
	})
}

// unsent tells whether the request surely did not leave: a connection was sought and nothing was written.
func (t *trail) unsent() bool { return t.asked.Load() && !t.wrote.Load() }

// fail classifies the error of a call of the bot's token and, if that is refused, shuts the gate.
func (a *Adapter) fail(err error, unsent bool) *alerts.SendError {
	e := classify(err, unsent)
	if e.Class == alerts.Credential || e.Class == alerts.WorkspaceDead {
		a.gate.close(e)
	}
	return e
}
