package feeds

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// The bounds of looking for a site's feeds. One site is asked one thing after the other.
const (
	searchTime   = 25 * time.Second // in all; what was found by then is what was found
	maxNamed     = 8                // feeds that a page names which are read
	maxLikely    = 6                // links that look like feeds which are read, where the page names none that reads
	maxUsual     = 12               // usual addresses that are tried, where there are no such links either
	enoughUsual  = 2                // feeds at usual addresses after which no other is tried
	sampleTitles = 3
	sampleTime   = 7 * 24 * time.Hour // over which the pace is counted
)

// A Found feed is one that was read once to show what it is.
type Found struct {
	URL      string
	Title    string
	Articles int
	Newest   []string  // titles, at most three, the newest first
	Last     time.Time // of its newest article; zero if it gives no dates
	PerDay   float64   // articles a day over the last week, or since its oldest article if that is shorter; 0 if it gives no dates
	Named    bool      // the page's own link tags name it, or it was asked for itself
	pages    []string  // canonical addresses of its articles, by which two forms of one feed are known
}

// Find reads the address: a feed is returned alone; of a web page the feeds are looked for, first those that it names, else
// those that it links, else those at the usual addresses. Every request goes by the guarded dialer and the same manners as a
// feed's. An error wraps an *alerts.Invalid that says what is there instead and what to try.
func (f *Fetcher) Find(ctx context.Context, address string, at time.Time) ([]Found, error) {
	ctx, cancel := context.WithTimeout(ctx, searchTime)
	defer cancel()
	got := f.Fetch(ctx, alerts.Feed{URL: address})
	if say := got.inChat(); say != "" {
		return nil, fmt.Errorf("find feeds: %w", &alerts.Invalid{Say: say + got.orPlain(address)})
	}
	found, err := got.sample(address, at)
	if err == nil {
		found.Named = true
		return []Found{found}, nil
	}
	page, ok := got.page()
	if !ok {
		return nil, fmt.Errorf("find feeds: %w", err)
	}
	s := search{fetcher: f, at: at, pages: map[string]bool{}}
	c := lookFor(page, parseBase(got.URL))
	s.try(ctx, c.named, maxNamed, maxNamed)
	for i := range s.found {
		s.found[i].Named = true
	}
	if len(s.found) == 0 {
		s.try(ctx, c.likely, maxLikely, maxLikely)
	}
	if len(s.found) == 0 {
		s.try(ctx, c.usual, maxUsual, enoughUsual)
	}
	if len(s.found) == 0 {
		return nil, fmt.Errorf("find feeds: %w", &alerts.Invalid{Say: s.nothing(address, len(c.named))})
	}
	slices.SortStableFunc(s.found, func(a, b Found) int { return asInt(a.aside()) - asInt(b.aside()) })
	return s.found, nil
}

// orPlain says of a site that could not be reached by https that it may have none; "" of another.
func (f Fetched) orPlain(address string) string {
	rest, ok := strings.CutPrefix(address, "https://")
	var op *net.OpError
	var dns *net.DNSError
	unreached := errors.As(f.Err, &op) && op.Op == "dial" && !errors.As(f.Err, &dns) || errors.Is(f.Err, http.ErrSchemeMismatch)
	if !ok || !unreached || f.Guarded() {
		return ""
	}
	return " If the site has no https, write http://" + rest + "."
}

// search is a site's feeds as far as they are found.
type search struct {
	fetcher *Fetcher
	at      time.Time
	found   []Found
	pages   map[string]bool // final addresses that were read
	why     string          // why the first address did not read
}

// try reads addresses until there are enough feeds.
func (s *search) try(ctx context.Context, addresses []string, most, enough int) {
	for _, address := range addresses[:min(len(addresses), most)] {
		if ctx.Err() != nil || len(s.found) >= enough {
			return
		}
		got := s.fetcher.Fetch(ctx, alerts.Feed{URL: address})
		if say := got.inChat(); say != "" {
			s.fail(say)
			continue
		}
		if s.pages[got.URL] {
			continue
		}
		s.pages[got.URL] = true
		found, err := got.sample(address, s.at)
		if err != nil {
			s.fail(alerts.Say(err))
			continue
		}
		if !slices.ContainsFunc(s.found, found.same) {
			s.found = append(s.found, found)
		}
	}
}

func (s *search) fail(say string) {
	if s.why == "" {
		s.why = say
	}
}

// nothing says that no feed was found, and what to try.
func (s *search) nothing(address string, named int) string {
	if named > 0 {
		return fmt.Sprintf("The page names %s, but none can be read. The first: %s Look on the site for another link named RSS or Feed and give that address.",
			plural(named, "feed"), s.why)
	}
	host := address
	if u, err := url.Parse(address); err == nil {
		host = u.Hostname()
	}
	return fmt.Sprintf("No feed was found at %s: the page names and links none, and there is none at the usual addresses. "+
		"Try the page of a section or of the news, or look on the site for a link named RSS or Feed and give that address.", host)
}

func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// page returns the answer's text, if it is a web page that people are meant to see.
func (f Fetched) page() (text string, ok bool) {
	text, _ = decode(f.Body, f.ContentType)
	root, _ := findRoot(strings.TrimLeft(text, "\ufeff\x00 \t\r\n"))
	isHTML := root == "html" || root == "head" || root == "body" || strings.Contains(strings.ToLower(text[:min(len(text), 1024)]), "<!doctype html") ||
		strings.HasPrefix(strings.ToLower(f.ContentType), "text/html") && root != ""
	return text, f.Status == http.StatusOK && isHTML && !challenge(text)
}

// sample reads the answer as a feed.
func (f Fetched) sample(address string, at time.Time) (Found, error) {
	doc, err := Read(f.Body, f.ContentType, f.URL)
	if err != nil {
		return Found{}, err
	}
	articles := doc.Articles(alerts.Feed{}, at)
	found := Found{URL: address, Title: cutRunes(doc.Feed.Title, MaxTitle), Articles: len(articles)}
	slices.SortStableFunc(articles, func(a, b alerts.Article) int { return b.Published.Compare(a.Published) })
	oldest, recent := at, 0
	for _, a := range articles {
		if len(found.Newest) < sampleTitles {
			found.Newest = append(found.Newest, a.Title)
		}
		found.pages = append(found.pages, a.Canonical)
		if a.Published.IsZero() || a.Published.After(at) {
			continue
		}
		if found.Last.IsZero() {
			found.Last = a.Published
		}
		if at.Sub(a.Published) <= sampleTime {
			recent++
		}
		oldest = a.Published
	}
	if window := min(at.Sub(oldest), sampleTime); window > 0 {
		found.PerDay = float64(recent) / max(window, time.Hour).Hours() * 24
	}
	return found, nil
}

// same tells whether two are one feed in two forms: one title and the same articles.
func (f Found) same(other Found) bool {
	return f.Title == other.Title && len(f.pages) > 0 && slices.Equal(f.pages, other.pages)
}

// aside tells whether the feed is one that hardly anybody is after where there are others.
func (f Found) aside() bool {
	return strings.Contains(strings.ToLower(f.URL), "comments") || strings.Contains(strings.ToLower(f.Title), "comments")
}

func asInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
