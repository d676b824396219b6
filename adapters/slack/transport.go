package slack

import (
	"context"
	"errors"
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

// A gate stands between the library and the network: after a refused token it lets nothing through, without the scope that
// posting needs no post, it bounds answers, and it makes every 429 say how long to wait.
type gate struct {
	next  http.RoundTripper
	pacer *limiter

	pauses *pauses

	mu    sync.Mutex
	shut  *alerts.SendError // why no call of the bot's token is made any more
	lacks *alerts.SendError // the scope without which nothing is posted or edited; other calls go on
}

// lack stops posting and editing alone.
func (g *gate) lack(why *alerts.SendError) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.lacks == nil {
		g.lacks = why
	}
}

// mute returns why nothing is posted, nil if it may be.
func (g *gate) mute() *alerts.SendError {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut != nil {
		return g.shut
	}
	return g.lacks
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
	} else if left := g.pauses.left(r.Context(), methodOf(r.URL.Path)); left > 0 {
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
		if method := methodOf(r.URL.Path); method != posting { // whether a channel or all is meant is the limiter's to tell
			g.pauses.add(r.Context(), method, g.pauses.now().Add(after))
		}
	}
	return resp, nil
}

// posting stands for all methods that post and edit, which have one limit.
const posting = "chat"

// methodOf is what a call counts as. https://docs.slack.dev/apis/web-api/rate-limits
func methodOf(path string) string {
	method := path[strings.LastIndexByte(path, '/')+1:]
	if strings.HasPrefix(method, "chat.") {
		return posting
	}
	return method
}

// retryAfter is how long a 429 asks to wait, a minute if it does not say it in seconds.
func retryAfter(h http.Header) time.Duration {
	seconds, err := strconv.Atoi(strings.TrimSpace(h.Get("Retry-After")))
	if err != nil || seconds < 1 {
		return defaultPause
	}
	return time.Duration(min(seconds, int(longestRetryAfter.Seconds()))) * time.Second
}

// capped is an answer of which so much is read at most.
type capped struct {
	io.Reader
	io.Closer
}

// Close reads what may be left first: who decodes JSON stops before the end, and a connection that was not read to its end
// serves no other call. https://pkg.go.dev/net/http#Response
func (c capped) Close() error {
	_, err := io.Copy(io.Discard, c.Reader)
	return errors.Join(err, c.Closer.Close())
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

// fail classifies the error of a call of the bot's token and, if that is refused, shuts the gate. That the app lacks a
// scope says nothing about what needs none.
func (a *Adapter) fail(err error, unsent bool) *alerts.SendError {
	e := classify(err, unsent)
	if missingScope(err) {
		return e
	}
	if e.Class == alerts.Credential || e.Class == alerts.WorkspaceDead {
		a.gate.close(e)
	}
	return e
}
