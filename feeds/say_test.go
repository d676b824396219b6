package feeds

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// TestAnAnswerThatBreaksOffIsNoSilence: who answers and breaks off was reached.
func TestAnAnswerThatBreaksOffIsNoSilence(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err := io.WriteString(z, strings.Repeat(sample, 100))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	gzipped := func(body []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(body)
		}
	}
	damaged := bytes.Clone(packed.Bytes())
	damaged[len(damaged)/2] ^= 0xff
	for name, answer := range map[string]http.HandlerFunc{
		"no gzip":      gzipped([]byte(sample)),
		"damaged gzip": gzipped(damaged),
		"cut gzip":     gzipped(packed.Bytes()[:packed.Len()/2]),
		"cut": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000000")
			_, _ = io.WriteString(w, sample)
		},
		"cut between chunks": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, sample)
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		},
	} {
		t.Run(name, func(t *testing.T) {
			v := visit(t, alerts.Cursor{ETag: "kept"}, answer)
			require.Equal(t, "The site answered, but what it sent broke off or was damaged on the way. "+
				"It will be tried again; if that goes on, tell the publisher.", v.Cursor.Failure)
			require.Nil(t, v.Articles)
			require.Equal(t, "kept", v.Cursor.ETag)
		})
	}
}

// TestOnceTellsOfNoSecondTime: who asks once is not told what a bot will do.
func TestOnceTellsOfNoSecondTime(t *testing.T) {
	for status, want := range map[int]string{
		401: "The site asks for a password (401). Whoever runs Attaché can give it one: login: in the configuration.",
		403: "Blocked: the site refuses us (403). Ask the publisher to let feed readers in.",
		404: "There is nothing at that address (404). Look on the site for the feed's new address.",
		410: "The publisher took the feed down for good (410). Look on the site for its successor.",
		429: "Blocked: the site says that it is asked too often (429). Try again later.",
		503: "The site has a fault of its own (503). Try again later.",
	} {
		f := Fetched{Status: status}
		require.Equal(t, want, f.Once())
		require.True(t, strings.HasPrefix(f.Visit(alerts.Feed{URL: public}, noon).Cursor.Failure, want[:20]))
		require.False(t, f.Guarded())
	}
	require.Empty(t, Fetched{Status: 200}.Once())

	ask := func(o Options, url string) Fetched {
		o.Timeout = 200 * time.Millisecond
		f := NewFetcher(o)
		defer f.Close()
		return f.Fetch(context.Background(), alerts.Feed{URL: url})
	}
	stop := make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { wait(r, stop) }))
	defer silent.Close()
	defer close(stop)
	require.Equal(t, "The site did not answer in time. Try again later, or check the address in a browser.", ask(Options{AllowPrivate: true}, silent.URL).Once())

	guarded := ask(Options{}, silent.URL)
	require.Equal(t, "The feed is not on the public internet, and only such feeds are read.", guarded.Once())
	require.True(t, guarded.Guarded())

	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	refused := ask(Options{AllowPrivate: true}, gone.URL)
	require.Equal(t, "The site could not be reached. Check the address in a browser.", refused.Once())
	require.False(t, refused.Guarded())
}

func TestWhatIsNoAddressIsSaid(t *testing.T) {
	for url, say := range map[string]string{
		"http://":            "The feed's address names no site. Write it like https://example.org/rss.xml.",
		"https:///rss.xml":   "The feed's address names no site. Write it like https://example.org/rss.xml.",
		"ftp://x.example/y":  "The feed's address must begin with http:// or https://.",
		"file:///etc/passwd": "The feed's address must begin with http:// or https://.",
		"http://[::1/":       "The feed's address is no address. Write it like https://example.org/rss.xml.",
	} {
		require.Equal(t, say, local(Options{}).Fetch(context.Background(), alerts.Feed{URL: url}).Once(), url)
	}
}
