package feeds

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// story is what a page's article says.
var story = strings.TrimSpace(strings.Repeat("The envoy met the minister for three hours on Tuesday, officials said. ", 6))

func pageOf(text string) string {
	return `<html><head><title>Talks</title><script>var secretScript = 1</script><style>p{}</style></head><body><nav><a href=/a>Home</a> <a href=/b>Sport</a></nav>
<article><h1>Talks resume</h1><p>` + text + `</p><p>` + text + `</p></article><footer>All rights reserved</footer></body></html>`
}

// knowing is an archive that knows the articles of these keys.
type knowing map[string]bool

func (k knowing) World(_ context.Context, q alerts.Question) (alerts.World, error) {
	w := alerts.World{Known: map[alerts.ArticleKey]bool{}}
	if k["broken"] {
		return w, errors.New("database is locked")
	}
	for _, key := range q.Keys {
		w.Known[key] = k[key.Key]
	}
	return w, nil
}

func newPages(t *testing.T, archive Archive) *Pages {
	t.Helper()
	f := local(Options{})
	t.Cleanup(f.Close)
	return NewPages(f, archive, 7*24*time.Hour, func() time.Time { return noon }, slog.New(slog.DiscardHandler))
}

// later1 is a visit that is not the first, with these articles' addresses.
func visitOf(fullText bool, addresses ...string) alerts.Visit {
	v := alerts.Visit{At: noon, Feed: alerts.Feed{
		ID: 1, Listings: []alerts.Listing{{Schedule: "auto", FullText: fullText}}, Cursor: alerts.Cursor{Succeeded: noon.Add(-time.Hour)},
	}}
	for i, a := range addresses {
		v.Articles = append(v.Articles, alerts.Article{
			Key: fmt.Sprint("k", i), URL: a, Canonical: Canonical(a), Title: "Talks resume", Text: "A teaser of the feed.", Seen: noon,
			Published: noon.Add(-time.Duration(i) * time.Minute),
		})
	}
	return v
}

func TestFullText(t *testing.T) {
	s := serveSite(t, map[string]string{"/1": pageOf(story), "/2": pageOf("short"), "/moved": "=>/1", "/plain": "x"})
	v := visitOf(true, s.URL+"/1", s.URL+"/2", s.URL+"/moved", s.URL+"/none", "")
	got := newPages(t, knowing{}).Enrich(t.Context(), v)
	require.Equal(t, "A teaser of the feed.", v.Articles[0].Text, "what was given stays as it was")
	for _, i := range []int{0, 2} {
		a := got.Articles[i]
		require.Equal(t, alerts.PageRead, a.Page)
		require.True(t, strings.HasPrefix(a.Text, "A teaser of the feed.\n\n"), "nothing that the feed says is lost")
		require.Contains(t, a.Text, story)
		for _, not := range []string{"secretScript", "Sport", "rights reserved", "<"} {
			require.NotContains(t, a.Text, not)
		}
		require.Equal(t, v.Articles[i].Canonical, a.Canonical, "an article's address is the feed's")
	}
	require.Equal(t, "No article was found on the page.", got.Articles[1].Page)
	require.Equal(t, "There is nothing at that address (404).", got.Articles[3].Page)
	require.Empty(t, got.Articles[4].Page, "it has no page")
	for _, i := range []int{1, 3, 4} {
		require.Equal(t, "A teaser of the feed.", got.Articles[i].Text)
	}
}

func TestOnlyWhatMayBeAnnouncedIsRead(t *testing.T) {
	s := serveSite(t, map[string]string{"/1": pageOf(story), "/2": pageOf(story), "/3": pageOf(story)})
	asked := func() (n int) {
		for _, path := range s.asked {
			if path != "/robots.txt" {
				n++
			}
		}
		s.asked = nil
		return n
	}
	v := visitOf(true, s.URL+"/1", s.URL+"/2", s.URL+"/3")

	newPages(t, knowing{"k0": true, "k2": true}).Enrich(t.Context(), v)
	require.Equal(t, 1, asked(), "known articles are not")

	first := v
	first.Feed.Cursor.Succeeded = time.Time{}
	newPages(t, knowing{}).Enrich(t.Context(), first)
	require.Zero(t, asked(), "nor those of a first visit")
	first.Feed.New = 2
	newPages(t, knowing{}).Enrich(t.Context(), first)
	require.Equal(t, 2, asked(), "but for the newest")

	old := visitOf(true, s.URL+"/1")
	old.Articles[0].Published = noon.AddDate(0, 0, -8)
	newPages(t, knowing{}).Enrich(t.Context(), old)
	require.Zero(t, asked(), "nor old ones")

	newPages(t, knowing{}).Enrich(t.Context(), visitOf(false, s.URL+"/1"))
	require.Zero(t, asked(), "nor those of a feed that is not to have it")
	broken := newPages(t, knowing{"broken": true}).Enrich(t.Context(), v)
	require.Zero(t, asked(), "nor where it is not known which are new")
	for i := range broken.Articles {
		require.Contains(t, broken.Articles[i].Page, "not known which articles are new")
		broken.Articles[i].Page = ""
	}
	require.Equal(t, v, broken, "the rest is as it was")

	var many []string
	for range 15 {
		many = append(many, s.URL+"/1")
	}
	got := newPages(t, knowing{}).Enrich(t.Context(), visitOf(true, many...))
	require.Equal(t, "More than 10 new articles came at once, and the pages of the newest are read.", got.Articles[14].Page)
	require.Equal(t, alerts.PageRead, got.Articles[0].Page)
	require.LessOrEqual(t, asked(), maxPages)
}

func TestAPageIsReadOnce(t *testing.T) {
	s := serveSite(t, map[string]string{"/1": pageOf(story)})
	p := newPages(t, knowing{})
	for range 3 {
		require.Equal(t, alerts.PageRead, p.Enrich(t.Context(), visitOf(true, s.URL+"/1")).Articles[0].Page)
	}
	require.Equal(t, []string{"/robots.txt", "/1"}, s.asked)
}

func TestRobots(t *testing.T) {
	const ours, others = "User-agent: attache\nDisallow: /1\n", "User-agent: *\nDisallow: /\nUser-agent: Attache\nDisallow: /private\n"
	for name, c := range map[string]struct {
		robots string
		status int
		read   bool
	}{
		"none":                    {"", 404, true},
		"refused":                 {"", 403, true},
		"empty":                   {"", 200, true},
		"broken":                  {"", 500, false},
		"asked too often":         {"", 429, false},
		"all":                     {"User-agent: *\nDisallow: /", 200, false},
		"ours":                    {ours, 200, false},
		"ours by another's rules": {others, 200, true},
		"nothing disallowed":      {"User-agent: *\nDisallow:", 200, true},
		"allowed again":           {"User-agent: *\nDisallow: /\nAllow: /1", 200, true},
		"a pattern":               {"User-agent: *\nDisallow: /*?x=", 200, false},
		"lines that mean nothing": {"<html>\nCrawl-delay: soon\nfoo\nUser-agent: *\nCrawl-delay: x\nDisallow: /1 # really\nClean-param: a", 200, false},
		"a page for robots.txt":   {"<html><body>Not found</body></html>", 200, true},
		"very old line ends":      {"User-agent: *\rDisallow: /1\r", 200, false},
		"longer than is heeded":   {"User-agent: *\nDisallow: /1\n" + strings.Repeat("# padding\n", 60_000), 200, false},
	} {
		t.Run(name, func(t *testing.T) {
			var agents []string
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				agents = append(agents, r.Header.Get("User-Agent"))
				require.Empty(t, r.Header.Get("Referer"))
				require.Empty(t, r.Header.Get("Cookie"))
				if r.URL.Path == "/robots.txt" {
					w.WriteHeader(c.status)
					io.WriteString(w, c.robots)
					return
				}
				io.WriteString(w, pageOf(story))
			}))
			defer server.Close()
			a := newPages(t, knowing{}).Enrich(t.Context(), visitOf(true, server.URL+"/1?x=1")).Articles[0]
			if c.read {
				require.Equal(t, alerts.PageRead, a.Page)
				require.Len(t, agents, 2)
			} else {
				require.Equal(t, "The site's robots.txt does not allow programs to read the page.", a.Page)
				require.Len(t, agents, 1, "the page is not asked for")
			}
			for _, agent := range agents {
				require.Equal(t, "Attache", agent)
			}
		})
	}
}

// Where a page redirects to another site, that one's robots.txt counts too.
func TestRobotsOfWhereAPageLeads(t *testing.T) {
	other := serveSite(t, map[string]string{"/robots.txt": "User-agent: *\nDisallow: /", "/1": pageOf(story)})
	s := serveSite(t, map[string]string{"/1": "=>" + other.URL + "/1"})
	a := newPages(t, knowing{}).Enrich(t.Context(), visitOf(true, s.URL+"/1")).Articles[0]
	require.Contains(t, a.Page, "robots.txt")
	require.Equal(t, []string{"/robots.txt"}, other.asked)
}

func TestPagesWait(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			asked.Add(1)
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(http.StatusTooManyRequests)
		}
	}))
	defer server.Close()
	p := newPages(t, knowing{})
	require.Contains(t, p.Enrich(t.Context(), visitOf(true, server.URL+"/1")).Articles[0].Page, "asked too often")
	require.Contains(t, p.Enrich(t.Context(), visitOf(true, server.URL+"/2")).Articles[0].Page, "asks for pauses")
	require.EqualValues(t, 1, asked.Load(), "Retry-After binds")
	p.now = func() time.Time { return noon.Add(time.Hour + time.Second) }
	p.Enrich(t.Context(), visitOf(true, server.URL+"/3"))
	require.EqualValues(t, 2, asked.Load())

	s := serveSite(t, map[string]string{"/robots.txt": "User-agent: *\nCrawl-delay: 60", "/1": pageOf(story), "/2": pageOf(story)})
	got := newPages(t, knowing{}).Enrich(t.Context(), visitOf(true, s.URL+"/1", s.URL+"/2"))
	read := 0
	for _, a := range got.Articles {
		if a.Page == alerts.PageRead {
			read++
		} else {
			require.Contains(t, a.Page, "asks for pauses")
		}
	}
	require.Equal(t, 1, read, "no second page within the minute that the site asks for")
}

// An alert waits for a page that does not come as long as it is allowed to, and not longer.
func TestASlowPageIsNotInTheWay(t *testing.T) {
	hold := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			select {
			case <-hold:
			case <-r.Context().Done():
			}
		}
		if r.URL.Path == "/1" {
			io.WriteString(w, pageOf(story))
		}
	}))
	defer server.Close()
	defer close(hold)
	p := newPages(t, knowing{})
	p.wait = 300 * time.Millisecond
	begun := time.Now()
	got := p.Enrich(t.Context(), visitOf(true, server.URL+"/slow", server.URL+"/slow?2"))
	require.Less(t, time.Since(begun), 3*time.Second)
	for _, a := range got.Articles {
		require.Equal(t, "The page did not come in time.", a.Page)
		require.Equal(t, "A teaser of the feed.", a.Text)
	}
	require.Equal(t, alerts.PageRead, p.Enrich(t.Context(), visitOf(true, server.URL+"/1")).Articles[0].Page, "the site has its turn back")
}

// TestPagesAreGuarded: a page, its robots.txt and where either leads are judged by the dialer.
func TestPagesAreGuarded(t *testing.T) {
	const home = "http://gazette.example"
	enrich := func(address string, known answers) (alerts.Article, *recorder) {
		f := NewFetcher(Options{Resolver: fakeDNS("93.184.216.34"), Timeout: time.Second})
		defer f.Close()
		r := record(f)
		f.direct = known.or(f.direct)
		p := NewPages(f, knowing{}, 0, func() time.Time { return noon }, slog.New(slog.DiscardHandler))
		p.wait = 2 * time.Second
		return p.Enrich(context.Background(), visitOf(true, address)).Articles[0], r
	}
	for _, ip := range forbidden {
		host := ip
		if strings.Contains(ip, ":") {
			host = "[" + ip + "]"
		}
		for name, c := range map[string]struct {
			address string
			known   answers
		}{
			"the page":              {"http://" + host + "/1", answers{}},
			"where it leads":        {home + "/1", answers{home + "/robots.txt": "", home + "/1": "=>http://" + host + "/1"}},
			"where robots.txt is":   {home + "/1", answers{home + "/robots.txt": "=>http://" + host + "/r", home + "/1": pageOf(story)}},
			"where a short link is": {"http://t.co/abc", answers{"http://t.co/robots.txt": "", "http://t.co/abc": "=>http://" + host + "/1"}},
		} {
			a, r := enrich(c.address, c.known)
			require.Empty(t, r.passed, "%s: %s", name, ip)
			require.NotEqual(t, alerts.PageRead, a.Page, "%s: %s", name, ip)
			require.NotContains(t, a.Page, ip)
			require.NotContains(t, a.Page, "refused")
		}
	}
	_, r := enrich(home+"/1", answers{home + "/robots.txt": "", home + "/1": "=>http://8.8.8.8/1"})
	require.Equal(t, []string{"8.8.8.8:80"}, r.passed, "the control: a public address would be dialled")
	a, _ := enrich(home+"/1", answers{home + "/robots.txt": "", home + "/1": pageOf(story)})
	require.Equal(t, alerts.PageRead, a.Page, "the control: the page itself reads")
}

// Links that only lead on are followed to the article, whatever feed they stand in, and no further.
func TestFollow(t *testing.T) {
	const article = "https://www.gazette.example/talks?utm_source=x"
	known := answers{
		"https://t.co/robots.txt": "", "https://t.co/a": "=>https://bit.ly/b", "https://bit.ly/robots.txt": "", "https://bit.ly/b": "=>" + article,
		"https://t.co/home": "=>https://gazette.example/", "https://t.co/round": "=>https://t.co/round",
		"https://t.co/wrapped":     "=>https://www.google.com/url?url=https%3A%2F%2Fgazette.example%2Ftalks",
		"https://is.gd/robots.txt": "User-agent: *\nDisallow: /", "https://is.gd/no": "=>" + article,
	}
	f := NewFetcher(Options{Resolver: fakeDNS("93.184.216.34"), Timeout: time.Second})
	defer f.Close()
	r := record(f)
	f.direct = known.or(f.direct)
	p := NewPages(f, knowing{}, 0, func() time.Time { return noon }, slog.New(slog.DiscardHandler))
	got := p.Enrich(t.Context(), visitOf(false, "https://t.co/a", "https://t.co/home", "https://t.co/round", "https://t.co/wrapped", "https://is.gd/no", "https://gazette.example/x"))
	require.Equal(t, article, got.Articles[0].URL)
	require.Equal(t, "https://gazette.example/talks", got.Articles[0].Canonical, "as in any other feed")
	require.Equal(t, "https://t.co/home", got.Articles[1].URL, "a front page is where dead links lead")
	require.Equal(t, "https://t.co/round", got.Articles[2].URL)
	require.Equal(t, "https://gazette.example/talks", got.Articles[3].URL)
	require.Equal(t, "https://is.gd/no", got.Articles[4].URL, "robots.txt counts here too")
	require.Empty(t, r.passed, "the article's own site is not asked")
	for _, a := range got.Articles {
		require.Empty(t, a.Page)
	}
}

func TestJoined(t *testing.T) {
	for _, c := range []struct{ feed, page, want string }{
		{"", "The page.", "The page."},
		{"The talks", "The Talks resumed.", "The Talks resumed."},
		{"The talks resu…", "The talks resumed.", "The talks resumed."},
		{"The talks [...]", "The talks resumed.", "The talks resumed."},
		{"A long text of the feed.", "of the feed.", "A long text of the feed."},
		{"Editor's words.", "The page.", "Editor's words.\n\nThe page."},
	} {
		require.Equal(t, c.want, joined(c.feed, c.page))
	}
}

func TestTheShelfIsBounded(t *testing.T) {
	var s shelf
	for i := range 3000 {
		s.put(fmt.Sprint(i), page{text: strings.Repeat("x", 10_000)}, noon)
	}
	require.LessOrEqual(t, s.bytes, shelfBytes)
	require.LessOrEqual(t, len(s.pages), shelfPages)
	require.Len(t, s.order, len(s.pages))
	_, ok := s.take("2999", noon.Add(shelfTime-1))
	require.True(t, ok)
	_, ok = s.take("2999", noon.Add(shelfTime))
	require.False(t, ok, "a page may change")
	_, ok = s.take("0", noon)
	require.False(t, ok)
}

func TestSitesAreBounded(t *testing.T) {
	var s sites
	busy := s.at("busy")
	busy.turn <- struct{}{}
	for i := range 3 * maxSites {
		s.at(fmt.Sprint(i)).until = noon
	}
	require.LessOrEqual(t, len(s.known), maxSites)
	require.Same(t, busy, s.at("busy"), "one that is at work is kept")
}
