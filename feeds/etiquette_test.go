package feeds

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// This file lets the poller read a simulated web for days and checks that it breaks no rule of etiquette. The rules are
// those that rachelbythebay.com scores feed readers by, and Unread Cloud's waits.

// A hit is one request that a simulated publisher saw, and the answer it gave.
type hit struct {
	feed       int
	at         time.Time
	header     http.Header
	query      string
	status     int
	etag, last string
	retry      time.Duration
	fresh      time.Duration // asked for by header or body
}

// A publisher is one feed of the simulated web. Its manners follow from its number.
type publisher struct {
	n       int
	start   time.Time
	tag     bool          // sends ETag, of odd form
	dated   bool          // sends Last-Modified
	every   time.Duration // between new items
	ttl     int           // minutes
	maxAge  int           // seconds
	trouble func(asked int) (status int, retry string)
}

func publisherOf(n int, start time.Time) publisher {
	p := publisher{n: n, start: start, tag: n%3 != 0, dated: n%3 != 1, every: time.Duration(1+n%40) * time.Hour}
	if n%3 == 0 && n%2 == 0 {
		p.dated = true
	}
	switch n % 11 {
	case 1:
		p.ttl = 45
	case 2:
		p.maxAge = 1800 + n
	case 3:
		p.maxAge = 86400
	}
	switch n % 13 {
	case 1:
		p.trouble = func(asked int) (int, string) { return every2(asked, 20, 429), "" }
	case 2:
		p.trouble = func(asked int) (int, string) { return every2(asked, 15, 503), "7200" }
	case 3:
		p.trouble = func(asked int) (int, string) { return every2(asked, 30, 403), "" }
	case 4:
		p.trouble = func(asked int) (int, string) { return 200, "5400" } // Retry-After on a good answer
	case 5:
		p.trouble = func(asked int) (int, string) { return every2(asked, 7, 500), "" }
	case 6:
		p.trouble = func(asked int) (int, string) {
			if asked > 12 {
				return 410, ""
			}
			return 200, ""
		}
	}
	return p
}

// every2 is a status at every n-th request.
func every2(asked, n, status int) int {
	if asked%n == n-1 {
		return status
	}
	return 200
}

func (p publisher) schedule() string {
	switch p.n % 10 {
	case 1:
		return "*/30 * * * *"
	case 2:
		return "@every 20m"
	case 3:
		return "CRON_TZ=Asia/Kathmandu 0 7,19 * * *"
	}
	return "auto"
}

// A world is the simulated web, a http.RoundTripper.
type world struct {
	mu    sync.Mutex
	all   []publisher
	asked []int
	open  map[string]int
	hits  []hit
	both  []string // hosts that were asked twice at once
	rand  *rand.Rand
}

// hostOf puts three feeds on one host.
func hostOf(n int) string { return fmt.Sprintf("h%d.example", n/3) }

func (w *world) RoundTrip(r *http.Request) (*http.Response, error) {
	n, err := strconv.Atoi(r.URL.Path[1:])
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	w.open[r.URL.Host]++
	if w.open[r.URL.Host] > 1 {
		w.both = append(w.both, r.URL.Host)
	}
	wait := time.Duration(20+w.rand.IntN(500)) * time.Millisecond
	w.mu.Unlock()
	<-time.After(wait)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.open[r.URL.Host]--
	p, h := w.all[n], http.Header{}
	at := time.Now()
	seen := hit{feed: n, at: at, header: r.Header.Clone(), query: r.URL.RawQuery, status: 200}
	newest := int(at.Sub(p.start) / p.every)
	if p.trouble != nil {
		var retry string
		seen.status, retry = p.trouble(w.asked[n])
		if retry != "" {
			h.Set("Retry-After", retry)
			seen.retry = retryAfter(retry, at)
		}
	}
	w.asked[n]++
	var body []byte
	if seen.status == 200 {
		if p.tag {
			seen.etag = fmt.Sprintf(`W/"odd  %d-%d",`, n, newest)
			h["Etag"] = []string{seen.etag}
		}
		if p.dated {
			seen.last = p.start.Add(time.Duration(newest) * p.every).UTC().Format("Mon, 2 Jan 2006 15:04:05 +0000")
			h.Set("Last-Modified", seen.last)
		}
		if p.maxAge > 0 {
			h.Set("Cache-Control", fmt.Sprintf("max-age=%d", p.maxAge))
		}
		seen.fresh = max(time.Duration(p.ttl)*time.Minute, time.Duration(p.maxAge)*time.Second)
		if p.tag && r.Header.Get("If-None-Match") == seen.etag || !p.tag && p.dated && r.Header.Get("If-Modified-Since") == seen.last {
			seen.status = http.StatusNotModified
		} else {
			body = bytes.Replace(feedOf("T", newest, 10), []byte("</title>"), fmt.Appendf(nil, "</title><ttl>%d</ttl>", p.ttl), 1)
		}
	}
	w.hits = append(w.hits, seen)
	return &http.Response{StatusCode: seen.status, Header: h, Body: io.NopCloser(bytes.NewReader(body)), Request: r, ProtoMajor: 1, ProtoMinor: 1}, nil
}

// breaches returns what breaks the rules, one line each.
func (w *world) breaches() (out []string) {
	byFeed := map[int][]hit{}
	for _, h := range w.hits {
		byFeed[h.feed] = append(byFeed[h.feed], h)
	}
	for n := range w.all {
		out = append(out, breachesOf(w.all[n], byFeed[n])...)
	}
	for _, host := range w.both {
		out = append(out, host+" is asked twice at once")
	}
	return out
}

func breachesOf(p publisher, hits []hit) (out []string) {
	say := func(h hit, format string, args ...any) {
		out = append(out, fmt.Sprintf("feed %d at %s: ", p.n, h.at.Format(time.RFC3339))+fmt.Sprintf(format, args...))
	}
	var etag, last string
	known := false
	for i, h := range hits {
		for _, name := range []string{"Cookie", "Referer", "Authorization"} {
			if h.header.Get(name) != "" {
				say(h, "sends %s", name)
			}
		}
		if h.query != "" {
			say(h, "adds a query")
		}
		if h.header.Get("User-Agent") != "Attache/1 (+https://ops.example)" {
			say(h, "does not say who asks")
		}
		if got := h.header.Get("If-None-Match"); got != etag {
			say(h, "sends ETag %q for %q", got, etag)
		}
		if got := h.header.Get("If-Modified-Since"); got != last {
			say(h, "sends Last-Modified %q for %q", got, last)
		}
		if known && (p.tag || p.dated) && h.header.Get("If-None-Match") == "" && h.header.Get("If-Modified-Since") == "" {
			say(h, "asks again without condition")
		}
		if i > 0 {
			out = append(out, early(p, hits[i-1], h)...)
		}
		if h.status == 200 || h.status == 304 {
			etag, last, known = h.etag, h.last, true
		}
	}
	return out
}

// early says if h came too soon after the request before.
func early(p publisher, before, h hit) (out []string) {
	gap := h.at.Sub(before.at)
	say := func(rule string, least time.Duration) {
		if gap < least {
			out = append(out, fmt.Sprintf("feed %d at %s: asked after %s, %s is %s", p.n, h.at.Format(time.RFC3339), gap, rule, least))
		}
	}
	const slack = time.Second // what an answer is on its way
	say("Retry-After", before.retry-slack)
	switch before.status {
	case 410:
		out = append(out, fmt.Sprintf("feed %d is asked after 410", p.n))
	case 403:
		say("after 403", 4*time.Hour-slack)
	case 429:
		if before.retry == 0 {
			say("after 429", 4*time.Hour-slack)
		}
	}
	switch p.schedule() {
	case "auto":
		say("the floor", 15*time.Minute-slack)
		say("max-age or ttl", min(before.fresh, time.Hour)-slack)
		if before.status < 300 || before.status == 304 {
			if most := max(time.Hour, before.retry) + 2*beat; gap > most {
				out = append(out, fmt.Sprintf("feed %d at %s: auto waited %s", p.n, h.at.Format(time.RFC3339), gap))
			}
		}
	case "*/30 * * * *":
		if late := h.at.Sub(h.at.Truncate(30 * time.Minute)); late > 2*beat {
			out = append(out, fmt.Sprintf("feed %d at %s: the cron says every half hour", p.n, h.at.Format(time.RFC3339)))
		}
	case "@every 20m":
		say("@every 20m", 20*time.Minute-slack)
	default: // 7 and 19 h in Kathmandu
		if late := h.at.Sub(h.at.Add(-75 * time.Minute).Truncate(12 * time.Hour).Add(75 * time.Minute)); late > 2*beat {
			out = append(out, fmt.Sprintf("feed %d at %s: the cron says twice a day", p.n, h.at.Format(time.RFC3339)))
		}
	}
	return out
}

// simulate lets so many feeds be polled for so many days, with a restart in the middle, and returns what was seen. bend
// may spoil how the poller works.
func simulate(t *testing.T, feeds, days int, bend func(*alerts.Visit), fetch func(http.RoundTripper) http.RoundTripper) *world {
	w := &world{open: map[string]int{}, asked: make([]int, feeds), rand: rand.New(rand.NewPCG(1, 2))}
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var list []alerts.Feed
		for n := range feeds {
			p := publisherOf(n, start.Add(-1000*time.Hour))
			w.all = append(w.all, p)
			list = append(list, listed(fmt.Sprintf("http://%s/%d", hostOf(n), n), p.schedule()))
		}
		m := hold(list...)
		for half := range 2 { // the second half begins with a restart: only what is stored is still known
			f := NewFetcher(Options{Version: "1", Contact: "https://ops.example"})
			f.once = w
			if fetch != nil {
				f.once = fetch(w)
			}
			p := &Poller{Queue: m, Fetch: f.FetchDue, Workers: 64, Ingest: func(_ context.Context, visits []alerts.Visit) error {
				for i := range visits {
					if bend != nil {
						bend(&visits[i])
					}
					m.keep(visits[i])
				}
				return nil
			}}
			end := start.Add(time.Duration(half+1) * time.Duration(days) * 12 * time.Hour)
			for time.Now().Before(end) { // a timer that wakes when something is due
				_, err := p.PollDue(t.Context())
				require.NoError(t, err)
				<-time.After(max(time.Until(m.soonest()), 0).Truncate(beat) + beat)
			}
			f.Close()
		}
	})
	return w
}

// beat is the poller's timer here; in life it is 5 s.
const beat = 30 * time.Second

// soonest returns when the next feed is due.
func (m *memory) soonest() (at time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, t := range m.next {
		if at.IsZero() || t.Before(at) {
			at = t
		}
	}
	return at
}

// keep remembers what a visit leaves.
func (m *memory) keep(v alerts.Visit) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.next[v.Feed.ID] = v.NextPoll
	m.feeds[v.Feed.ID-1].Cursor = v.Cursor
	delete(m.lease, v.Feed.ID)
}

func TestAWeekOfEtiquette(t *testing.T) {
	feeds, days := 1000, 7
	if testing.Short() {
		feeds, days = 150, 3
	}
	w := simulate(t, feeds, days, nil, nil)
	broken := w.breaches()
	unconditional, asked := 0, map[int]int{}
	for _, h := range w.hits {
		if h.header.Get("If-None-Match") == "" && h.header.Get("If-Modified-Since") == "" && (w.all[h.feed].tag || w.all[h.feed].dated) {
			unconditional++
		}
		asked[h.feed]++
	}
	t.Logf("%d feeds, %d days: %d requests, %d without condition, %d violations", feeds, days, len(w.hits), unconditional, len(broken))
	require.Empty(t, broken[:min(len(broken), 10)])
	require.Len(t, asked, feeds, "each was asked")
	require.Greater(t, len(w.hits), feeds*days*10)
}

// TestTheCheckerSeesBreaches breaks one rule after the other and looks whether the checker says so.
func TestTheCheckerSeesBreaches(t *testing.T) {
	if testing.Short() {
		t.Skip("NOT CHECKED: a week of polls for each broken rule; the same test runs without -short")
	}
	header := func(change func(http.Header)) func(http.RoundTripper) http.RoundTripper {
		return func(to http.RoundTripper) http.RoundTripper {
			return tripper(func(r *http.Request) (*http.Response, error) {
				r = r.Clone(r.Context())
				change(r.Header)
				return to.RoundTrip(r)
			})
		}
	}
	for name, c := range map[string]struct {
		bend  func(*alerts.Visit)
		fetch func(http.RoundTripper) http.RoundTripper
		sees  string
	}{
		"validators forgotten": {func(v *alerts.Visit) { v.Cursor.ETag, v.Cursor.LastModified = "", "" }, nil, "without condition"},
		"an ETag made nice":    {func(v *alerts.Visit) { v.Cursor.ETag = string(bytes.TrimRight([]byte(v.Cursor.ETag), ",")) }, nil, "sends ETag"},
		"every ten minutes":    {func(v *alerts.Visit) { v.NextPoll = v.At.Add(10 * time.Minute) }, nil, "the floor"},
		"Retry-After unheard": {nil, func(to http.RoundTripper) http.RoundTripper {
			return tripper(func(r *http.Request) (*http.Response, error) {
				resp, err := to.RoundTrip(r)
				if err == nil {
					resp.Header.Del("Retry-After")
				}
				return resp, err
			})
		}, "Retry-After"},
		"max-age unheard": {func(v *alerts.Visit) { v.Cursor.Manners.Fresh = 0; v.NextPoll = v.At.Add(20 * time.Minute) }, nil, "max-age"},
		"a cookie":        {nil, header(func(h http.Header) { h.Set("Cookie", "a=b") }), "sends Cookie"},
		"a referrer":      {nil, header(func(h http.Header) { h.Set("Referer", "x") }), "sends Referer"},
		"a disguise":      {nil, header(func(h http.Header) { h.Set("User-Agent", "Mozilla/5.0") }), "who asks"},
		"410 overheard":   {func(v *alerts.Visit) { v.NextPoll = v.At.Add(time.Hour) }, nil, "asked after 410"},
		"never again":     {func(v *alerts.Visit) { v.NextPoll = v.At.Add(3 * time.Hour) }, nil, "auto waited"},
		"a query": {nil, func(to http.RoundTripper) http.RoundTripper {
			return tripper(func(r *http.Request) (*http.Response, error) {
				r = r.Clone(r.Context())
				r.URL.RawQuery = "t=1"
				return to.RoundTrip(r)
			})
		}, "adds a query"},
		"two at once on a host": {nil, func(to http.RoundTripper) http.RoundTripper {
			return tripper(func(r *http.Request) (*http.Response, error) {
				r = r.Clone(r.Context())
				r.URL.Host = "one.example"
				return to.RoundTrip(r)
			})
		}, "twice at once"},
	} {
		w := simulate(t, 80, 2, c.bend, c.fetch)
		require.True(t, slices.ContainsFunc(w.breaches(), func(s string) bool { return bytes.Contains([]byte(s), []byte(c.sees)) }), name)
	}
	w := simulate(t, 80, 2, nil, nil)
	require.Empty(t, w.breaches(), "and nothing where nothing is broken")
}

type tripper func(*http.Request) (*http.Response, error)

func (f tripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
