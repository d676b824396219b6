// Package wire makes the connections by which platforms are called.
//
// # Invariants
//
//   - What is given up is gone: when a call has ended without an answer, what the machine has not yet sent of it is never
//     sent. Otherwise a network that comes back delivers a post minutes after another took its place, and it stands twice.
//   - No write of a call begins once its context's deadline is over, also where the process was stopped, or the machine
//     slept, just before it and goes on much later, when another replica has posted in its place.
//   - Each call has a connection of its own while it lasts (HTTP/1.1): on one that many share (HTTP/2) neither can be held.
package wire

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"os"
	"sync/atomic"
	"time"
)

// Silence is how long each step of connecting may take in production, and half of how long an idle connection may answer
// nothing. It is far below the time after which a platform's history is trusted (30 s, PROMISES section 1).
const Silence = 10 * time.Second

const (
	idleMost = 64               // connections to one host that are kept for later calls
	idleTime = 30 * time.Second // so long; who listens seldom closes them sooner, which would leave a post in doubt
)

// A Transport makes HTTP calls. It is safe for several goroutines.
type Transport struct{ base *http.Transport }

// New returns a transport with the system's proxy; each step of connecting may take so long. A test may put layers on top of
// connections, each with a method NetConn, as *tls.Conn has.
func New(silence time.Duration, layers ...func(net.Conn) net.Conn) *Transport {
	dialer := &net.Dialer{
		Timeout:         silence,
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: silence, Interval: silence / 2, Count: 2},
	}
	only := &http.Protocols{}
	only.SetHTTP1(true)
	return &Transport{&http.Transport{
		Proxy: http.ProxyFromEnvironment, Protocols: only, MaxIdleConnsPerHost: idleMost, IdleConnTimeout: idleTime,
		TLSHandshakeTimeout: silence, ExpectContinueTimeout: time.Second,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			dialled, err := dialer.DialContext(ctx, network, address)
			if err != nil {
				return nil, err
			}
			if tcp, is := dialled.(*net.TCPConn); is {
				if err := tcp.SetLinger(0); err != nil { // to close is to abort: unsent bytes are dropped (socket(7), SO_LINGER)
					_ = dialled.Close()
					return nil, err
				}
			}
			var c net.Conn = &conn{Conn: dialled}
			for _, layer := range layers {
				c = layer(c)
			}
			return c, nil
		},
	}}
}

// RoundTrip implements http.RoundTripper. Where the context's deadline is over before all of the call was written, it
// fails, as it does when the context ends.
func (t *Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx := r.Context()
	deadline, has := ctx.Deadline()
	return t.base.RoundTrip(r.WithContext(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(got httptrace.GotConnInfo) {
			if c := under(got.Conn); c != nil && has {
				c.until.Store(&deadline)
			} else if c != nil {
				c.until.Store(nil)
			}
		},
	})))
}

// CloseIdleConnections closes connections that wait for another call, for http.Client.CloseIdleConnections.
func (t *Transport) CloseIdleConnections() { t.base.CloseIdleConnections() }

// under is our connection below layers such as TLS; nil where there is none.
func under(c net.Conn) *conn {
	for {
		if ours, is := c.(*conn); is {
			return ours
		}
		layer, is := c.(interface{ NetConn() net.Conn })
		if !is {
			return nil
		}
		c = layer.NetConn()
	}
}

// A conn begins no write once the call that has it is too late. The context alone does not see to that: who goes on after a
// stop may write before the context's own timer has run.
type conn struct {
	net.Conn
	until atomic.Pointer[time.Time] // the end of the call that has the connection; nil has none
}

// Write implements net.Conn.
func (c *conn) Write(b []byte) (int, error) {
	if until := c.until.Load(); until != nil && over(time.Now(), *until) {
		return 0, fmt.Errorf("not sent, since it is too late: %w", os.ErrDeadlineExceeded)
	}
	return c.Conn.Write(b)
}

// over tells whether a time is past by either clock: the one that nobody sets stands still while the machine sleeps.
func over(now, until time.Time) bool {
	return !now.Before(until) || !now.Round(0).Before(until.Round(0))
}
