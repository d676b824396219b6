package feeds

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const sample = `<rss version="2.0"><channel><title>Sample</title><item><title>One</title><guid>1</guid></item></channel></rss>`

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func local(o Options) *Fetcher {
	o.AllowPrivate = true
	if o.Timeout == 0 {
		o.Timeout = 5 * time.Second
	}
	return NewFetcher(o)
}

// visit fetches from the handler once.
func visit(t *testing.T, cursor alerts.Cursor, h http.HandlerFunc) alerts.Visit {
	t.Helper()
	server := httptest.NewServer(h)
	defer server.Close()
	feed := alerts.Feed{ID: 3, URL: server.URL, Cursor: cursor, Listings: []alerts.Listing{{Schedule: "@every 10m"}}}
	return local(Options{}).Fetch(context.Background(), feed).Visit(feed, noon)
}

func TestFirstVisit(t *testing.T) {
	v := visit(t, alerts.Cursor{}, func(w http.ResponseWriter, r *http.Request) {
		require.Equal(t, "/", r.URL.RequestURI())
		for _, h := range []string{"If-None-Match", "If-Modified-Since", "Cookie", "Referer"} {
			require.Empty(t, r.Header.Get(h), h)
		}
		require.Equal(t, "gzip", r.Header.Get("Accept-Encoding"))
		w.Header()["ETag"] = []string{`W/"odd  tag",`}
		w.Header().Set("Last-Modified", "Mon, 2 Mar 2026 9:00:00 EST")
		io.WriteString(w, sample)
	})
	require.True(t, v.First())
	require.False(t, v.Failed())
	require.Equal(t, "Sample", v.Title)
	require.Len(t, v.Articles, 1)
	require.Equal(t, alerts.FeedID(3), v.Articles[0].Feed)
	require.Equal(t, `W/"odd  tag",`, v.Cursor.ETag, "byte for byte")
	require.Equal(t, "Mon, 2 Mar 2026 9:00:00 EST", v.Cursor.LastModified)
	require.Equal(t, noon, v.Cursor.Succeeded)
	require.Equal(t, noon, v.Cursor.Visited)
	require.GreaterOrEqual(t, v.NextPoll.Sub(noon), 10*time.Minute)
}

func TestNothingReadIsNoFirstVisit(t *testing.T) {
	nothing := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) }
	v := visit(t, alerts.Cursor{}, nothing)
	require.False(t, v.Failed())
	require.True(t, v.Cursor.Succeeded.IsZero(), "its articles are still to be recorded and not announced")
	require.Equal(t, noon, visit(t, alerts.Cursor{Succeeded: noon.Add(-time.Hour)}, nothing).Cursor.Succeeded)
}

func TestUnchanged(t *testing.T) {
	cursor := alerts.Cursor{
		ETag: `W/"odd  tag",`, LastModified: "Mon, 2 Mar 2026 9:00:00 EST", BodyHash: Fetched{Body: []byte(sample)}.Hash(),
		Succeeded: noon.Add(-time.Hour), Failures: 3, Failure: "x",
	}
	v := visit(t, cursor, func(w http.ResponseWriter, r *http.Request) {
		require.Equal(t, []string{cursor.ETag}, r.Header["If-None-Match"])
		require.Equal(t, []string{cursor.LastModified}, r.Header["If-Modified-Since"])
		w.WriteHeader(http.StatusNotModified)
	})
	require.Nil(t, v.Articles)
	require.Equal(t, alerts.Cursor{ETag: cursor.ETag, LastModified: cursor.LastModified, BodyHash: cursor.BodyHash, Visited: noon, Succeeded: noon, Manners: alerts.Manners{Pace: autoLeast}}, v.Cursor)

	v = visit(t, cursor, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("ETag", `"new"`)
		io.WriteString(w, sample)
	})
	require.Nil(t, v.Articles, "the same bytes")
	require.Equal(t, `"new"`, v.Cursor.ETag)
	require.Empty(t, v.Cursor.LastModified, "validators are those of the last answer")

	v = visit(t, cursor, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, sample+" ") })
	require.Len(t, v.Articles, 1)
}

func TestUserAgent(t *testing.T) {
	agents := make(chan string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { agents <- r.UserAgent() }))
	defer server.Close()
	local(Options{Version: "1.2", Contact: "https://ops.example/bot"}).Fetch(context.Background(), alerts.Feed{URL: server.URL})
	require.Equal(t, "Attache/1.2 (+https://ops.example/bot)", <-agents)
}

func TestFailuresAreToldAndWaitedFor(t *testing.T) {
	cases := map[string]struct {
		status     int
		retryAfter string
		body       string
		say        string
		wait       time.Duration // at least
	}{
		"not found":        {404, "", "", "nothing at that address (404)", 10 * time.Minute},
		"forbidden":        {403, "", "", "Blocked: the site refuses us (403)", 4 * time.Hour},
		"too often":        {429, "", "", "Blocked: the site says", 4 * time.Hour},
		"too often, soon":  {429, "1200", "", "Blocked:", 20 * time.Minute},
		"too often, date":  {429, "Mon, 02 Mar 2026 13:00:00 GMT", "", "Blocked:", time.Hour},
		"busy":             {503, "7200", "", "a fault of its own (503)", 2 * time.Hour},
		"absurd":           {503, "99999999999999", "", "(503)", retryMost},
		"wall":             {503, "", "<html><title>Just a moment...</title>", "Blocked: the site answers with a check", 4 * time.Hour},
		"wall as a page":   {200, "", "<html><title>Just a moment...</title></html>", "Blocked:", 4 * time.Hour},
		"password":         {401, "", "", "asks for a password", 10 * time.Minute},
		"page":             {200, "", "<html><body>hi</body></html>", "web page, not a feed", 10 * time.Minute},
		"nothing":          {200, "", "", "empty", 10 * time.Minute},
		"redirect nowhere": {302, "", "", "without saying where", 10 * time.Minute},
		"odd":              {418, "", "", "status 418", 10 * time.Minute},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			before := alerts.Cursor{ETag: "kept", BodyHash: "kept", Succeeded: noon.Add(-time.Hour)}
			v := visit(t, before, func(w http.ResponseWriter, _ *http.Request) {
				if c.retryAfter != "" {
					w.Header().Set("Retry-After", c.retryAfter)
				}
				w.Header().Set("ETag", "of an error")
				w.WriteHeader(c.status)
				io.WriteString(w, c.body)
			})
			require.True(t, v.Failed())
			require.Nil(t, v.Articles)
			require.Contains(t, v.Cursor.Failure, c.say)
			require.NotContains(t, v.Cursor.Failure, "127.0.0.1")
			require.Equal(t, 1, v.Cursor.Failures)
			require.Equal(t, "kept", v.Cursor.ETag)
			require.Equal(t, before.Succeeded, v.Cursor.Succeeded)
			require.GreaterOrEqual(t, v.NextPoll.Sub(noon), c.wait)
			require.Less(t, v.NextPoll.Sub(noon), max(c.wait, 11*time.Minute)+time.Second, "and not much longer")
		})
	}
}

func TestRepeatedFailuresBackOff(t *testing.T) {
	feed := alerts.Feed{URL: public, Listings: []alerts.Listing{{Schedule: "@every 10m"}}, Cursor: alerts.Cursor{Failures: 20}}
	v := Fetched{Status: 500}.Visit(feed, noon)
	require.Equal(t, 21, v.Cursor.Failures)
	require.Equal(t, noon.Add(backOffMost), v.NextPoll)
}

func TestRetryAfterBindsSuccessToo(t *testing.T) {
	feed := alerts.Feed{URL: public, Listings: []alerts.Listing{{Schedule: "*/10 * * * *"}}}
	v := Fetched{Status: 304, RetryAfter: "3000"}.Visit(feed, noon)
	require.Equal(t, noon.Add(50*time.Minute), v.NextPoll)
}

func TestRedirects(t *testing.T) {
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	defer server.Close()
	hop := func(from, to string, code int) {
		mux.HandleFunc(from, func(w http.ResponseWriter, r *http.Request) {
			http.SetCookie(w, &http.Cookie{Name: "track", Value: "1"})
			http.Redirect(w, r, to, code)
		})
	}
	mux.HandleFunc("/feed", func(w http.ResponseWriter, r *http.Request) {
		require.Empty(t, r.Header.Get("Referer"))
		require.Empty(t, r.Header.Get("Cookie"))
		io.WriteString(w, sample)
	})
	hop("/moved", "/feed", 301)
	hop("/moved2", "/moved", 308)
	hop("/temporary", "/moved", 302)
	hop("/mixed", "/temporary", 301)
	hop("/loop", "/loop", 302)
	hop("/file", "file:///etc/passwd", 302)
	for i := range 6 {
		hop(fmt.Sprintf("/n%d", i+1), map[bool]string{true: "/feed", false: fmt.Sprintf("/n%d", i)}[i == 0], 307)
	}
	try := func(path string) alerts.Visit {
		feed := alerts.Feed{URL: server.URL + path}
		return local(Options{}).Fetch(context.Background(), feed).Visit(feed, noon)
	}
	for path, moved := range map[string]string{"/moved": "/feed", "/moved2": "/feed", "/mixed": "/temporary"} {
		v := try(path)
		require.False(t, v.Failed(), v.Cursor.Failure)
		require.Equal(t, server.URL+moved, v.Moved, path)
	}
	require.Empty(t, try("/temporary").Moved)
	require.False(t, try("/n5").Failed(), "five are followed")
	require.Contains(t, try("/n6").Cursor.Failure, "more than 5 redirects")
	require.Contains(t, try("/loop").Cursor.Failure, "redirects")
	require.Contains(t, try("/file").Cursor.Failure, "not on the web")
}

// TestBodiesAreBounded: a bomb, an endless stream and a lying length stop at the cap.
func TestBodiesAreBounded(t *testing.T) {
	var sent atomic.Int64
	endless := func(w io.Writer) {
		block := []byte(strings.Repeat(" ", 64<<10))
		for range 10_000 {
			n, err := w.Write(block)
			if sent.Add(int64(n)); err != nil {
				return
			}
		}
	}
	var bomb bytes.Buffer // packed before, so that no time limit depends on how busy the machine is
	z := gzip.NewWriter(&bomb)
	for range 64 {
		_, err := z.Write(make([]byte, 1<<20))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	cases := map[string]http.HandlerFunc{
		"bomb": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(bomb.Bytes())
		},
		"packed file": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/x-gzip")
			w.Write(bomb.Bytes())
		},
		"endless": func(w http.ResponseWriter, _ *http.Request) { endless(w) },
		"lying length": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "10737418240")
			endless(w)
		},
	}
	for name, h := range cases {
		t.Run(name, func(t *testing.T) {
			sent.Store(0)
			server := httptest.NewServer(h)
			defer server.Close()
			got := local(Options{MaxBody: 1 << 20}).Fetch(context.Background(), alerts.Feed{URL: server.URL})
			require.Contains(t, sayError(got.Err).inTurn(), "larger than 1 MiB")
			require.Empty(t, got.Body)
			require.Less(t, sent.Load(), int64(64<<20))
		})
	}
}

// TestSlowServersEnd: nothing, a header without an end, and a body that drips.
func TestSlowServersEnd(t *testing.T) {
	stop := make(chan struct{})
	cases := map[string]http.HandlerFunc{
		"silent": func(_ http.ResponseWriter, r *http.Request) { wait(r, stop) },
		"drips": func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "<rss>")
			w.(http.Flusher).Flush()
			wait(r, stop)
		},
	}
	for name, h := range cases {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(h)
			defer server.Close()
			start := time.Now()
			feed := alerts.Feed{URL: server.URL}
			v := local(Options{Timeout: 200 * time.Millisecond}).Fetch(context.Background(), feed).Visit(feed, noon)
			require.Less(t, time.Since(start), 3*time.Second)
			require.Contains(t, v.Cursor.Failure, "did not answer in time")
		})
	}
	close(stop)
}

func wait(r *http.Request, stop chan struct{}) {
	select {
	case <-r.Context().Done():
	case <-stop:
	}
}

func TestNoServer(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	address := server.URL
	server.Close()
	feed := alerts.Feed{URL: strings.Replace(address, "//", "//user:secret@", 1)}
	v := local(Options{}).Fetch(context.Background(), feed).Visit(feed, noon)
	require.Contains(t, v.Cursor.Failure, "could not be reached")
	require.NotContains(t, v.Cursor.Failure, "127.0.0.1")
	require.NotContains(t, v.Cursor.Failure, "secret")
}

func TestVisitIsAFunctionOfValues(t *testing.T) {
	feed := alerts.Feed{URL: public}
	got := Fetched{Status: 200, Body: []byte(sample), URL: public}
	require.Equal(t, got.Visit(feed, noon), got.Visit(feed, noon))
}
