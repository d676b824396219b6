// Package wire makes the connections by which platforms are called.
//
// # Invariants
//
//   - What is given up is gone: when a call has ended without an answer, what the machine has not yet sent of it is never
//     sent. Otherwise a network that comes back delivers a post minutes after another took its place, and it stands twice.
//   - A connection from which nothing has been heard for Silence is given up, also where it is shared by many calls (HTTP/2).
package wire

import (
	"context"
	"net"
	"net/http"
	"time"
)

// Silence is how long a connection may answer nothing at all in production. It is far below the time after which a platform's
// history is trusted (30 s, PROMISES section 1).
const Silence = 10 * time.Second

// New returns a transport with the system's proxy whose connections are given up after such a silence.
func New(silence time.Duration) *http.Transport {
	dialer := &net.Dialer{Timeout: silence}
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, MaxIdleConns: 100, IdleConnTimeout: 90 * time.Second,
		TLSHandshakeTimeout: silence, ExpectContinueTimeout: time.Second,
		// A call over HTTP/2 that is given up leaves the connection open, and its bytes in line. A ping finds that out.
		HTTP2: &http.HTTP2Config{SendPingTimeout: silence / 2, PingTimeout: silence / 2, WriteByteTimeout: silence},
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
			return c, nil
		},
	}
}
