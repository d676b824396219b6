package memnet_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/adaptertest/memnet"
)

// serve runs a server that answers after a minute, or cuts the connection in one of two ways.
func serve(t *testing.T) (*memnet.Network, *http.Client) {
	n := memnet.New()
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/reset", "/end":
			c, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				panic(err)
			}
			if r.URL.Path == "/reset" {
				_ = c.(interface{ SetLinger(int) error }).SetLinger(0)
			}
			_ = c.Close()
		default:
			<-time.After(time.Minute)
			_, _ = io.Copy(w, r.Body)
		}
	})}
	go func() { _ = s.Serve(n) }()
	transport := &http.Transport{DialContext: n.Dial}
	t.Cleanup(func() {
		_ = s.Close()
		transport.CloseIdleConnections()
	})
	return n, &http.Client{Transport: transport}
}

func TestTimePassesWhileACallIsUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, client := serve(t)
		began := time.Now()
		for range 2 {
			resp, err := client.Post("http://there/", "text/plain", strings.NewReader("hello"))
			require.NoError(t, err)
			body, err := io.ReadAll(resp.Body)
			require.NoError(t, err)
			require.NoError(t, resp.Body.Close())
			require.Equal(t, "hello", string(body))
		}
		require.Equal(t, 2*time.Minute, time.Since(began))
	})
}

func TestAConnectionEndsInTheWayItIsClosed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, client := serve(t)
		_, err := client.Post("http://there/reset", "text/plain", http.NoBody)
		require.ErrorIs(t, err, syscall.ECONNRESET)
		_, err = client.Post("http://there/end", "text/plain", http.NoBody)
		require.ErrorIs(t, err, io.EOF)
	})
}

func TestANetworkThatIsDownSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, client := serve(t)
		n.Turn(memnet.Refuses)
		_, err := client.Get("http://there/")
		require.ErrorIs(t, err, syscall.ECONNREFUSED)
		var op *net.OpError
		require.ErrorAs(t, err, &op)
		require.Equal(t, "dial", op.Op)

		n.Turn(memnet.Swallows)
		ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
		defer stop()
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://there/", http.NoBody)
		require.NoError(t, err)
		began := time.Now()
		_, err = client.Do(r)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, 10*time.Second, time.Since(began))

		n.Turn(memnet.Connects)
		resp, err := client.Get("http://there/")
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		require.Equal(t, 3, n.Dials())
	})
}
