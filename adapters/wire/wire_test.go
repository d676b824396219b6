package wire

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
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

// A connection sends nothing of a call that is too late, and goes on for a later one.
func TestWhatIsTooLateIsNotSent(t *testing.T) {
	here, there := net.Pipe()
	c := &conn{Conn: here}
	past, future := time.Now().Add(-time.Nanosecond), time.Now().Add(time.Hour)
	c.until.Store(&past)
	_, err := c.Write([]byte("late"))
	require.ErrorIs(t, err, os.ErrDeadlineExceeded)
	now := time.Now()
	require.True(t, over(now.Add(time.Minute).Round(0), now.Add(time.Second)), "by the clock on the wall, after a sleep")
	require.False(t, over(now, now.Add(time.Second)))
	for _, until := range []*time.Time{&future, nil} {
		c.until.Store(until)
		go func() { _, _ = c.Write([]byte("fine")) }()
		got := make([]byte, 8)
		n, err := there.Read(got)
		require.NoError(t, err)
		require.Equal(t, "fine", string(got[:n]))
	}
}

// Each call has its connection's end of time set, below TLS too, and one without a deadline takes it away.
func TestACallsDeadlineIsItsConnections(t *testing.T) {
	for name, begin := range map[string]func(*httptest.Server){"plain": (*httptest.Server).Start, "tls": (*httptest.Server).StartTLS} {
		t.Run(name, func(t *testing.T) {
			s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.Proto) }))
			s.EnableHTTP2 = true
			begin(s)
			defer s.Close()
			var made []*conn
			transport := New(Silence, func(c net.Conn) net.Conn {
				made = append(made, c.(*conn))
				return c
			})
			transport.base.TLSClientConfig = &tls.Config{RootCAs: x509.NewCertPool()}
			if c := s.Certificate(); c != nil {
				transport.base.TLSClientConfig.RootCAs.AddCert(c)
			}
			ask := func(ctx context.Context) {
				r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL, http.NoBody)
				require.NoError(t, err)
				resp, err := transport.RoundTrip(r)
				require.NoError(t, err)
				data, err := io.ReadAll(resp.Body)
				require.NoError(t, errors.Join(err, resp.Body.Close()))
				require.Equal(t, "HTTP/1.1", string(data))
			}
			soon, stop := context.WithTimeout(t.Context(), time.Minute)
			defer stop()
			deadline, _ := soon.Deadline()
			ask(soon)
			require.Equal(t, deadline, *made[0].until.Load())
			ask(t.Context())
			require.Nil(t, made[0].until.Load())
			require.Len(t, made, 1, "a connection serves one call after the other")
			later, stop := context.WithTimeout(t.Context(), time.Hour)
			defer stop()
			ask(later)
			require.NotNil(t, made[0].until.Load())
		})
	}
}

// late is a context whose time is over and whose timer has not run, as just after a stop.
type late struct{ context.Context }

// Deadline implements context.Context.
func (late) Deadline() (time.Time, bool) { return time.Now().Add(-time.Second), true }

// A call that is too late reaches nobody, be its connection new or one that served before; the control is a call without
// an end.
func TestACallThatIsTooLateReachesNobody(t *testing.T) {
	var calls atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { calls.Add(1) }))
	defer s.Close()
	transport := New(Silence)
	ask := func(ctx context.Context) error {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL, strings.NewReader("a post"))
		require.NoError(t, err)
		resp, err := transport.RoundTrip(r)
		if err != nil {
			return err
		}
		return resp.Body.Close()
	}
	require.ErrorIs(t, ask(late{t.Context()}), os.ErrDeadlineExceeded)
	require.Zero(t, calls.Load())
	require.NoError(t, ask(t.Context()))
	require.ErrorIs(t, ask(late{t.Context()}), os.ErrDeadlineExceeded)
	require.EqualValues(t, 1, calls.Load())
}
