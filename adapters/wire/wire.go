// Package wire makes the connections by which platforms are called.
//
// # Invariants
//
//   - What is given up is gone: when a call has ended without an answer, what the machine has not yet sent of it is never
//     sent. Otherwise a network that comes back delivers a post minutes after another took its place, and it stands twice.
//   - Nothing of a call is sent once its context's deadline is over, also where the process was stopped just before it
//     sends and goes on much later, when another replica has posted in its place.
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

// Silence is how long connecting may take in production, and half of how long an idle connection may answer nothing. It is
// far below the time after which a platform's history is trusted (30 s, PROMISES section 1).
const Silence = 10 * time.Second

// idleMost is how many connections to one host are kept for later calls: more than are ever busy at once.
const idleMost = 32

// A Transport makes HTTP calls. It is safe for several goroutines.
type Transport struct{ *http.Transport }

// New returns a transport with the system's proxy, to which connecting may take so long.
func New(silence time.Duration) *Transport {
	dialer := &net.Dialer{
		Timeout:         silence,
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: silence, Interval: silence / 2, Count: 2},
	}
	only := &http.Protocols{}
	only.SetHTTP1(true)
	return &Transport{&http.Transport{
		Proxy: http.ProxyFromEnvironment, Protocols: only, MaxIdleConnsPerHost: idleMost, IdleConnTimeout: 90 * time.Second,
		TLSHandshakeTimeout: silence, ExpectContinueTimeout: time.Second,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			c, err := dialer.DialContext(ctx, network, address)
			if err != nil {
				return nil, err
			}
			if tcp, is := c.(*net.TCPConn); is {
				if err := tcp.SetLinger(0); err != nil { // to close is to abort: unsent bytes are dropped (socket(7), SO_LINGER)
					_ = c.Close()
					return nil, err
				}
			}
			return &conn{Conn: c}, nil
		},
	}}
}

// RoundTrip implements http.RoundTripper. Where the context's deadline is over before all of the call was written, the
// error wraps os.ErrDeadlineExceeded or the context's.
func (t *Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx := r.Context()
	deadline, has := ctx.Deadline()
	return t.Transport.RoundTrip(r.WithContext(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(got httptrace.GotConnInfo) {
			if c := under(got.Conn); c != nil && has {
				c.until.Store(&deadline)
			} else if c != nil {
				c.until.Store(nil)
			}
		},
	})))
}

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

// A conn sends nothing once the call that has it is too late. The context alone does not see to that: who goes on after a
// stop may write before the context's own timer has run.
type conn struct {
	net.Conn
	until atomic.Pointer[time.Time] // the end of the call that has the connection; nil has none
}

// Write implements net.Conn.
func (c *conn) Write(b []byte) (int, error) {
	if until := c.until.Load(); until != nil && !time.Now().Before(*until) {
		return 0, fmt.Errorf("not sent, since it is too late: %w", os.ErrDeadlineExceeded)
	}
	return c.Conn.Write(b)
}
