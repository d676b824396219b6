package feeds

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A testSite serves these paths and notes what was asked for.
type testSite struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
}

// serveSite serves bodies by path: HTML if they begin with "<html", a redirect if with "=>", else a feed.
func serveSite(t *testing.T, paths map[string]string) *testSite {
	t.Helper()
	s := &testSite{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked = append(s.asked, r.URL.RequestURI())
		s.mu.Unlock()
		body, ok := paths[r.URL.RequestURI()]
		to, moved := strings.CutPrefix(body, "=>")
		switch {
		case !ok:
			http.NotFound(w, r)
		case moved:
			http.Redirect(w, r, to, http.StatusFound)
		case strings.HasPrefix(body, "<html"):
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			io.WriteString(w, body)
		default:
			io.WriteString(w, body)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func channelOf(title string, items ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<rss version="2.0"><channel><title>%s</title>`, title)
	for i, item := range items {
		fmt.Fprintf(&b, `<item><title>%s</title><link>https://gazette.example/%s</link><guid>%s-%s</guid><pubDate>%s</pubDate></item>`,
			item, strings.ReplaceAll(item, " ", "-"), title, item, noon.Add(-time.Duration(i)*6*time.Hour).Format(time.RFC1123Z))
	}
	return b.String() + "</channel></rss>"
}

// find returns the addresses of what is found, without the server's own.
func findAt(t *testing.T, s *testSite, path string) ([]Found, []string, error) {
	t.Helper()
	f := local(Options{})
	defer f.Close()
	found, err := f.Find(t.Context(), s.URL+path, noon)
	var addresses []string
	for _, v := range found {
		addresses = append(addresses, strings.TrimPrefix(v.URL, s.URL))
	}
	return found, addresses, err
}

func TestFindOnAHomePage(t *testing.T) {
	world, comments := channelOf("World", "Floods", "Talks", "Budget", "Strike"), channelOf("Comments on Gazette", "Nice")
	for name, c := range map[string]struct {
		at    string
		paths map[string]string
		want  []string
		named bool
	}{
		"the feed itself": {"/rss", map[string]string{"/rss": world}, []string{"/rss"}, true},
		"link tags, comments last": {"/", map[string]string{
			"/":              `<html><head><link rel="alternate" type="application/rss+xml" href="/comments/feed"><LINK REL='Alternate home' TYPE='application/RSS+xml; charset=utf-8' HREF=world.xml></head></html>`,
			"/comments/feed": comments, "/world.xml": world,
		}, []string{"/world.xml", "/comments/feed"}, true},
		"a base": {"/news/", map[string]string{
			"/news/": `<html><head><base href="/other/"><link rel=alternate type=application/atom+xml href=feed></head>`, "/other/feed": world,
		}, []string{"/other/feed"}, true},
		"against the final address": {"/old", map[string]string{
			"/old": "=>/new/home", "/new/home": `<html><link rel=alternate type=text/xml href=feed.xml>`, "/new/feed.xml": world,
		}, []string{"/new/feed.xml"}, true},
		"one feed in two forms": {"/", map[string]string{
			"/":    `<html><link rel=alternate type=application/rss+xml href=/rss><link rel=alternate type=application/atom+xml href=/atom><link rel=alternate type=application/rss+xml href=/again>`,
			"/rss": world, "/atom": world, "/again": "=>/rss",
		}, []string{"/rss"}, true},
		"links in the page": {"/", map[string]string{
			"/":             `<html><body><a href="/about">About</a><a href="/x?format=rss">all</a><a href="/syndication">Our <b>RSS</b> here</a><a href="/sitemap-index.xml">map</a></body>`,
			"/x?format=rss": world, "/syndication": comments,
		}, []string{"/x?format=rss", "/syndication"}, false},
		"the usual addresses": {"/blog", map[string]string{
			"/blog": `<html><body>Welcome</body>`, "/blog/feed": world, "/atom.xml": channelOf("Site", "One"), "/feed.json": channelOf("More", "Two"),
		}, []string{"/blog/feed", "/atom.xml"}, false},
		"no application interface": {"/", map[string]string{
			"/": `<html><link rel=alternate type=application/json href=/wp-json/><link rel=alternate hreflang=de href=/de/>`, "/feed": world,
		}, []string{"/feed"}, false},
		"named but dead, so guessed": {"/", map[string]string{
			"/": `<html><link rel=alternate type=application/rss+xml href=/gone>`, "/feed": world,
		}, []string{"/feed"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			found, got, err := findAt(t, serveSite(t, c.paths), c.at)
			require.NoError(t, err)
			require.Equal(t, c.want, got)
			require.Equal(t, c.named, found[0].Named)
		})
	}
}

func TestFindShowsASample(t *testing.T) {
	found, _, err := findAt(t, serveSite(t, map[string]string{"/rss": channelOf("World", "A", "B", "C", "D", "E")}), "/rss")
	require.NoError(t, err)
	require.Equal(t, "World", found[0].Title)
	require.Equal(t, 5, found[0].Articles)
	require.Equal(t, []string{"A", "B", "C"}, found[0].Newest)
	require.Equal(t, noon, found[0].Last)
	require.InDelta(t, 5, found[0].PerDay, 0.01, "five in a day")

	old := strings.ReplaceAll(channelOf("Old", "A"), noon.Format(time.RFC1123Z), noon.AddDate(-1, 0, 0).Format(time.RFC1123Z))
	found, _, err = findAt(t, serveSite(t, map[string]string{"/rss": old}), "/rss")
	require.NoError(t, err)
	require.Zero(t, found[0].PerDay, "quiet for a year")
	require.Equal(t, noon.AddDate(-1, 0, 0), found[0].Last)
}

func TestFindSaysWhatToTry(t *testing.T) {
	for name, c := range map[string]struct {
		paths map[string]string
		want  string
	}{
		"nothing":   {map[string]string{"/": `<html><body>Hello</body></html>`}, "No feed was found at 127.0.0.1: the page names and links none"},
		"only dead": {map[string]string{"/": `<html><link rel=alternate type=application/rss+xml href=/gone>`}, "The page names 1 feed, but none can be read. The first: There is nothing at that address (404)."},
		"opml":      {map[string]string{"/": `<opml version="2.0"><body/></opml>`}, "list of feeds (OPML)"},
		"a wall":    {map[string]string{"/": `<html><title>Just a moment...</title></html>`}, "Blocked"},
		"no page":   {map[string]string{}, "404"},
		"no feed":   {map[string]string{"/": `{"a": 1}`}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := findAt(t, serveSite(t, c.paths), "/")
			require.Error(t, err)
			require.NotEmpty(t, alerts.Say(err))
			require.Contains(t, alerts.Say(err), c.want)
			require.NotContains(t, alerts.Say(err), "It will be tried again", "nobody polls it")
		})
	}
}

func TestFindSaysThatASiteMayHaveNoHTTPS(t *testing.T) {
	s := serveSite(t, map[string]string{"/": channelOf("World", "Floods")})
	plain := strings.TrimPrefix(s.URL, "http://")
	f := local(Options{})
	defer f.Close()
	for _, address := range []string{"https://" + plain + "/", "https://127.0.0.1:1/rss"} {
		_, err := f.Find(t.Context(), address, noon)
		require.Contains(t, alerts.Say(err), "If the site has no https, write http://"+strings.TrimPrefix(address, "https://")+".")
	}
	for _, address := range []string{"http://127.0.0.1:1/", s.URL + "/gone"} {
		_, err := f.Find(t.Context(), address, noon)
		require.NotContains(t, alerts.Say(err), "https", address)
	}
	guarded := NewFetcher(Options{})
	defer guarded.Close()
	_, err := guarded.Find(t.Context(), "https://"+plain+"/", noon)
	require.NotContains(t, alerts.Say(err), "has no https", "what stands behind a private address is not told")
}

// A page may name any number of feeds; few are asked for, one after the other.
func TestFindIsBounded(t *testing.T) {
	var page strings.Builder
	page.WriteString("<html>")
	for i := range 5000 {
		fmt.Fprintf(&page, `<link rel=alternate type=application/rss+xml href=/%d><a href=/a%d/feed>x</a>`, i, i)
	}
	s := serveSite(t, map[string]string{"/": page.String()})
	_, _, err := findAt(t, s, "/")
	require.Error(t, err)
	require.LessOrEqual(t, len(s.asked), 1+maxNamed+maxLikely+maxUsual)
}

// TestFindIsGuarded lets a page name what must not be reached: each hop is judged by the dialer.
func TestFindIsGuarded(t *testing.T) {
	for _, ip := range forbidden {
		host := ip
		if strings.Contains(ip, ":") {
			host = "[" + ip + "]"
		}
		page := fmt.Sprintf(`<html><link rel=alternate type=application/rss+xml href="http://%s/feed"><a href="http://%s/rss">RSS</a>`, host, host)
		dialled, err := guardedFind(t, page)
		require.Error(t, err)
		for _, address := range dialled {
			require.Equal(t, "93.184.216.34:80", address, "named %s", ip)
		}
		require.NotContains(t, alerts.Say(err), ip)
	}
	dialled, _ := guardedFind(t, `<html><link rel=alternate type=application/rss+xml href="http://8.8.8.8/feed">`)
	require.Contains(t, dialled, "8.8.8.8:80", "the control: a public address would be dialled")
}

// Who adds a feed in chat is told how a refusal of our own is lifted.
func TestFindSaysWhoCanAllowWhatItRefuses(t *testing.T) {
	f := NewFetcher(Options{})
	defer f.Close()
	record(f)
	_, err := f.Find(t.Context(), "http://127.0.0.1/rss", noon)
	require.Equal(t, "The feed is not on the public internet, and only such feeds are read. The operator can change that with fetch.allow_private_networks.", alerts.Say(err))
}

// guardedFind gives the page without a connection, and notes what would be dialled for what it names.
func guardedFind(t *testing.T, page string) ([]string, error) {
	t.Helper()
	f := NewFetcher(Options{Resolver: fakeDNS("93.184.216.34"), Timeout: time.Second})
	defer f.Close()
	r := record(f)
	dial := f.direct
	f.direct = answers{"http://gazette.example/": page, "": ""}.or(dial)
	_, err := f.Find(context.Background(), "http://gazette.example/", noon)
	return r.passed, err
}

// answers are bodies by address, given without a connection.
type answers map[string]string

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// or answers what it knows and hands the rest on; a body that begins with "=>" is a redirect, and one with a number a status.
func (a answers) or(next http.RoundTripper) http.RoundTripper {
	return roundTrip(func(r *http.Request) (*http.Response, error) {
		body, ok := a[r.URL.String()]
		if !ok {
			return next.RoundTrip(r)
		}
		resp := &http.Response{
			StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
			Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Body: io.NopCloser(strings.NewReader(body)),
		}
		if to, moved := strings.CutPrefix(body, "=>"); moved {
			resp.StatusCode = http.StatusFound
			resp.Header.Set("Location", to)
		}
		return resp, nil
	})
}

func FuzzLookFor(f *testing.F) {
	for _, s := range []string{
		`<html><head><base href="/x/"><link rel="alternate" type="application/rss+xml" href="feed"></head><body><a href="/rss">RSS</a></body>`,
		`<a href="//[::1"><a href="javascript:x">RSS</a><link rel=alternate type=text/xml href="http://u:p@h/">`, "<base href=http://%zz><link", "<a><a><a href=\xff>rss",
	} {
		f.Add(s)
	}
	base, _ := url.Parse("https://gazette.example/news/today.html")
	f.Fuzz(func(t *testing.T, page string) {
		c := lookFor(page, base)
		all := slices.Concat(c.named, c.likely, c.usual)
		require.LessOrEqual(t, len(all), 3*maxCandidates)
		seen := map[string]bool{}
		for _, address := range all {
			u, err := url.Parse(address)
			require.NoError(t, err)
			require.Contains(t, []string{"http", "https"}, u.Scheme)
			require.NotEmpty(t, u.Host)
			require.Nil(t, u.User)
			require.LessOrEqual(t, len(address), maxAddress)
			require.False(t, seen[address], "each once")
			seen[address] = true
		}
	})
}
