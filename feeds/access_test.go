package feeds

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// TestWhatIsPrivateGoesHomeAlone redirects a feed with a cookie and a login to another host, and back.
func TestWhatIsPrivateGoesHomeAlone(t *testing.T) {
	got := map[string]http.Header{}
	var home, other *httptest.Server
	other = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got["other "+r.URL.Path] = r.Header.Clone()
		if r.URL.Path == "/back" {
			http.Redirect(w, r, home.URL+"/feed", http.StatusFound)
			return
		}
		io.WriteString(w, sample)
	}))
	defer other.Close()
	home = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got["home "+r.URL.Path] = r.Header.Clone()
		switch r.URL.Path {
		case "/away":
			http.Redirect(w, r, other.URL+"/x", http.StatusMovedPermanently)
		case "/round":
			http.Redirect(w, r, other.URL+"/back", http.StatusFound)
		default:
			io.WriteString(w, sample)
		}
	}))
	defer home.Close()
	f := local(Options{})
	defer f.Close()
	grant := Access{Header: http.Header{"Cookie": {"a=canary"}, "X-Api-Key": {"canary"}, "User-Agent": {"Desk canary"}}, User: "me", Password: "canary"}
	f.Grant(map[string]Access{home.URL + "/away": grant, home.URL + "/round": grant})
	for _, path := range []string{"/away", "/round", "/other"} {
		require.NoError(t, f.Fetch(context.Background(), alerts.Feed{URL: home.URL + path}).Err, path)
	}
	for where, h := range got {
		private := strings.HasPrefix(where, "home ") && where != "home /other"
		for _, name := range []string{"Cookie", "X-Api-Key", "Authorization"} {
			require.Equal(t, private, h.Get(name) != "", "%s at %s", name, where)
		}
		require.Equal(t, private, strings.Contains(h.Get("User-Agent"), "canary"), where)
		require.Empty(t, h.Get("Referer"), where)
	}
	require.Len(t, got, 6, "all hops were seen: home away, round, feed, other; other x, back")
	require.Equal(t, "Basic bWU6Y2FuYXJ5", got["home /away"].Get("Authorization"))

	moved := alerts.Feed{URL: home.URL + "/away", Cursor: alerts.Cursor{Manners: alerts.Manners{Address: other.URL + "/moved"}}}
	require.NoError(t, f.Fetch(context.Background(), moved).Err)
	require.Empty(t, got["other /moved"].Get("Cookie"), "nor where a feed moved to")
	f.Grant(nil)
	f.Fetch(context.Background(), alerts.Feed{URL: home.URL + "/away"})
	require.Empty(t, got["home /away"].Get("Cookie"), "what is granted can be taken back")
}

// TestAProxyIsAskedOnlyForThePublic: through a proxy the guard can't see what is dialled, so it judges what is asked for.
func TestAProxyIsAskedOnlyForThePublic(t *testing.T) {
	asked := []string{}
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.RequestURI)
		switch r.URL.Path {
		case "/in":
			w.Header().Set("Location", "http://10.0.0.1/")
			w.WriteHeader(http.StatusFound)
		default:
			io.WriteString(w, sample)
		}
	}))
	defer proxy.Close()
	through, err := url.Parse(proxy.URL)
	require.NoError(t, err)
	f := NewFetcher(Options{Proxy: through})
	defer f.Close()
	require.NoError(t, f.Fetch(context.Background(), alerts.Feed{URL: "http://news.example/rss"}).Err)
	require.Equal(t, []string{"http://news.example/rss"}, asked)
	got := f.Fetch(context.Background(), alerts.Feed{URL: "http://news.example/in"})
	require.Error(t, got.Err)
	require.True(t, got.Guarded())
	asked = nil
	hosts := []string{"localhost", "intern", "nas.local", "2130706433", "0x7f.1", "127.1", "news.example:8080", "8.8.8.8:22"}
	for _, ip := range forbidden {
		if strings.Contains(ip, ":") {
			ip = "[" + ip + "]"
		}
		hosts = append(hosts, ip)
	}
	for _, h := range hosts {
		got := f.Fetch(context.Background(), alerts.Feed{URL: "http://" + h + "/"})
		require.Error(t, got.Err, h)
		require.True(t, got.Guarded(), h)
	}
	require.Empty(t, asked)
	free := NewFetcher(Options{AllowPrivate: true, Proxy: through})
	defer free.Close()
	require.NoError(t, free.Fetch(context.Background(), alerts.Feed{URL: "http://10.0.0.1/"}).Err, "the guard is what refuses")
	listed := NewFetcher(Options{AllowPrivate: true, AllowPorts: []int{80}, Proxy: through})
	defer listed.Close()
	for _, h := range []string{"10.0.0.1", "intern"} {
		require.NoError(t, listed.Fetch(context.Background(), alerts.Feed{URL: "http://" + h + "/"}).Err, h)
		require.True(t, listed.Fetch(context.Background(), alerts.Feed{URL: "http://" + h + ":8080/"}).Guarded(), h)
	}
}
