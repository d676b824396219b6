package wire

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Given up, a call's bytes are dropped; the control is Go's own transport, whose kernel goes on sending them.
func TestWhatIsGivenUpIsGone(t *testing.T) {
	for name, c := range map[string]struct {
		transport http.RoundTripper
		gone      bool
	}{
		"wire":        {New(Silence), true},
		"the control": {http.DefaultTransport.(*http.Transport).Clone(), false},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			require.NoError(t, err)
			defer l.Close()
			ctx, giveUp := context.WithCancel(t.Context())
			defer giveUp()
			accepted := make(chan net.Conn, 1)
			go func() {
				if conn, err := l.Accept(); err == nil {
					accepted <- conn
					time.AfterFunc(100*time.Millisecond, giveUp)
				}
			}()
			body := bytes.NewReader(make([]byte, 64<<20)) // more than sockets hold
			r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+l.Addr().String(), body)
			require.NoError(t, err)
			_, err = c.transport.RoundTrip(r)
			require.ErrorIs(t, err, context.Canceled)
			conn := <-accepted
			defer conn.Close()
			<-time.After(50 * time.Millisecond)
			_, err = io.Copy(io.Discard, conn)
			require.Equal(t, c.gone, errors.Is(err, syscall.ECONNRESET), "%v", err)
		})
	}
}

// frozen is a connection that hears nothing while its server is cut off.
type frozen struct {
	net.Conn
	cut *cut
}

type cut struct {
	mu   sync.Mutex
	wait chan struct{}
	err  chan error // of reading after the cut
}

func (c *cut) begin() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wait = make(chan struct{})
}

func (c *cut) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	close(c.wait)
}

func (f frozen) Read(b []byte) (int, error) {
	n, err := f.Conn.Read(b)
	f.cut.mu.Lock()
	wait := f.cut.wait
	f.cut.mu.Unlock()
	if wait == nil {
		return n, err
	}
	<-wait
	if err == nil {
		_, err = io.Copy(io.Discard, f.Conn)
	}
	select {
	case f.cut.err <- err:
	default:
	}
	return 0, io.EOF
}

type freezer struct {
	net.Listener
	cut *cut
}

func (f freezer) Accept() (net.Conn, error) {
	c, err := f.Listener.Accept()
	return frozen{c, f.cut}, err
}

// A connection of HTTP/2 that is silent is given up with all that was to be sent on it.
func TestASilentConnectionIsGivenUp(t *testing.T) {
	c := &cut{err: make(chan error, 1)}
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, r.Proto)
	}))
	s.EnableHTTP2 = true
	s.Listener = freezer{s.Listener, c}
	s.StartTLS()
	defer s.Close()
	transport := New(200 * time.Millisecond)
	transport.TLSClientConfig = &tls.Config{RootCAs: s.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs}
	ask := func(ctx context.Context) (string, error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL, http.NoBody)
		require.NoError(t, err)
		resp, err := transport.RoundTrip(r)
		if err != nil {
			return "", err
		}
		data, err := io.ReadAll(resp.Body)
		return string(data), errors.Join(err, resp.Body.Close())
	}
	proto, err := ask(t.Context())
	require.NoError(t, err)
	require.Equal(t, "HTTP/2.0", proto)
	c.begin()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err = ask(ctx)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	<-time.After(500 * time.Millisecond)
	c.end()
	require.ErrorIs(t, <-c.err, syscall.ECONNRESET)
}
