package feeds

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// The ways in which a site can be slow for ever, a byte a second (PROMISES F4).
var slowWays = []string{"header", "body", "tls", "silent"}

// A slowWeb is sites in this process, each feed with one of its own: every second is slow if hostile is set.
type slowWeb struct {
	hostile bool
	serving sync.WaitGroup

	mu   sync.Mutex
	took map[string]time.Duration // the longest fetch, by way
	late []time.Duration          // when each of the others was recorded
}

// way is how the site of that name is slow, "" if it is not.
func (w *slowWeb) way(feed string) string {
	var n int
	_, _ = fmt.Sscanf(feed, "h%d.", &n)
	if !w.hostile || n%2 == 0 {
		return ""
	}
	return slowWays[n/2%len(slowWays)]
}

// dial connects to a site through a pipe.
func (w *slowWeb) dial(_ context.Context, _, address string) (net.Conn, error) {
	client, server := net.Pipe()
	w.serving.Go(func() { w.serve(server, w.way(address)) })
	return client, nil
}

func (w *slowWeb) serve(c net.Conn, way string) {
	defer c.Close()
	if way == "tls" {
		go bufio.NewReader(c).WriteTo(nowhere{})
		drip(c, "\x16\x03\x03\x40\x00\x02\x00\x3f\xfc\x03\x03")
		return
	}
	in := bufio.NewReader(c)
	req, err := http.ReadRequest(in)
	if err != nil {
		return
	}
	switch way {
	case "header":
		drip(c, "HTTP/1.1 200 OK\r\nX-Slow: ")
	case "body":
		fmt.Fprint(c, "HTTP/1.1 200 OK\r\n\r\n")
		drip(c, "<rss>")
	case "silent": // it neither reads any more nor writes, and keeps the connection
		fmt.Fprint(c, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
		<-time.After(time.Minute)
	default:
		var n int
		_, _ = fmt.Sscanf(req.Host, "h%d.", &n)
		<-time.After(20*time.Millisecond + time.Duration(n*7919%181)*time.Millisecond)
		fmt.Fprint(c, "HTTP/1.1 304 Not Modified\r\n\r\n")
	}
}

// drip writes a byte a second until nobody reads any more: what begins so, and then blanks.
func drip(c net.Conn, begin string) {
	for i := 0; ; i++ {
		b := byte(' ')
		if i < len(begin) {
			b = begin[i]
		}
		if _, err := c.Write([]byte{b}); err != nil {
			return
		}
		<-time.After(time.Second)
	}
}

type nowhere struct{}

func (nowhere) Write(b []byte) (int, error) { return len(b), nil }

// poll polls a thousand feeds once, with 64 workers.
func (w *slowWeb) poll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := NewFetcher(Options{})
		f.once = f.newTransport(w.dial)
		defer f.Close()
		m := hold(many(1000, func(i int) string {
			if w.way(fmt.Sprintf("h%d.", i)) == "tls" {
				return fmt.Sprintf("https://h%d.example/", i)
			}
			return fmt.Sprintf("http://h%d.example/", i)
		})...)
		begin := time.Now()
		p := &Poller{Queue: m, Workers: 64, Fetch: func(ctx context.Context, feed alerts.Feed) Fetched {
			began := time.Now()
			got := f.FetchDue(ctx, feed)
			w.mu.Lock()
			defer w.mu.Unlock()
			way := w.way(host(feed.URL))
			w.took[way] = max(w.took[way], time.Since(began))
			require.Equal(t, way == "", got.Err == nil, "%s: %v", way, got.Err)
			return got
		}, Ingest: func(ctx context.Context, visits []alerts.Visit) error {
			for _, v := range visits {
				if strings.HasPrefix(v.Feed.URL, "http://h") && v.Feed.ID%2 == 1 { // ids count from 1
					w.late = append(w.late, time.Since(begin))
				}
			}
			return m.ingest(ctx, visits)
		}}
		r, err := p.PollDue(t.Context())
		require.NoError(t, err)
		require.Equal(t, 1000, r.Polled)
		w.serving.Wait()
	})
	slices.Sort(w.late)
}

// TestAHalfThatIsSlowInEveryWay: half of a thousand feeds are slow for ever, each in one of four ways. Each fetch ends within
// thirty seconds, and the other half takes at most twice as long as it does beside feeds that are well.
func TestAHalfThatIsSlowInEveryWay(t *testing.T) {
	alone, beside := &slowWeb{took: map[string]time.Duration{}}, &slowWeb{took: map[string]time.Duration{}, hostile: true}
	alone.poll(t)
	beside.poll(t)
	p95 := func(w *slowWeb) time.Duration {
		require.Len(t, w.late, 500)
		return w.late[475]
	}
	t.Logf("the others' p95: %s alone, %s beside a slow half; the longest of each way: %v", p95(alone), p95(beside), beside.took)
	require.LessOrEqual(t, p95(beside), 2*p95(alone))
	for _, way := range slowWays {
		require.Greater(t, beside.took[way], 4*time.Second, "%s is slow", way)
		require.LessOrEqual(t, beside.took[way], 30*time.Second, way)
	}
	require.Less(t, alone.took[""], time.Second)
}
