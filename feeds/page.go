package feeds

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// pageMost is how many bytes of a page are read, after decompression: pages of newspapers have up to some 2 MiB.
const pageMost = 3 << 20

// Pages reads the pages that articles link to, with a feed's manners and robots.txt. It is safe for concurrent use.
type Pages struct {
	fetcher *Fetcher
	archive Archive
	now     func() time.Time
	log     *slog.Logger
	wait    time.Duration // that an article waits for its page at most
	maxAge  time.Duration // older articles are not announced; 0 announces any

	sites  sites
	read   shelf
	parses chan struct{} // a page as a tree is many times its size
}

// An Archive knows which articles are recorded.
type Archive interface {
	// World returns in Known which of the question's keys are recorded, and in Links the addresses of those that it asks for.
	World(ctx context.Context, q alerts.Question) (alerts.World, error)
}

// A page is what came of reading one.
type page struct {
	text string // plain, "" where there is none
	url  string // where it was found in the end
	say  string // why there is no text, for people; "" where there is
}

// hop asks for one address once, without following where it leads: to is that address, "" if it leads nowhere.
func (f *Fetcher) hop(ctx context.Context, address, accept string, most int64) (got Fetched, to string) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil || req.URL.Hostname() == "" || req.URL.Scheme != "http" && req.URL.Scheme != "https" {
		return Fetched{Err: errScheme}, ""
	}
	req.URL.User = nil
	req.Header.Set("User-Agent", f.userAgent)
	req.Header.Set("Accept", accept)
	client := f.plain()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := client.Do(req)
	if err != nil {
		return Fetched{Err: fmt.Errorf("fetch page: %w", err)}, ""
	}
	defer resp.Body.Close() //nolint:errcheck // only read
	got = Fetched{
		Status: resp.StatusCode, ContentType: resp.Header.Get("Content-Type"), URL: req.URL.String(), RetryAfter: resp.Header.Get("Retry-After"),
		Challenge: strings.EqualFold(resp.Header.Get("Cf-Mitigated"), "challenge"),
	}
	switch got.Status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		if next, err := resp.Location(); err == nil {
			next.User, next.Fragment = nil, ""
			return got, next.String()
		}
		return got, ""
	}
	got.Body, err = io.ReadAll(io.LimitReader(resp.Body, most+1))
	switch {
	case int64(len(got.Body)) > most:
		got.Body, got.Err = got.Body[:most], errTooLarge
	case err != nil:
		got.Err = fmt.Errorf("read page: %w (%w)", errBrokenOff, err)
	}
	return got, ""
}

// errNotAllowed is a page that robots.txt forbids, errRest a site that asked to be left alone or for longer pauses than
// there is time for.
var (
	errNotAllowed = errors.New("robots.txt forbids it")
	errRest       = errors.New("the site asks for a pause")
)

// visit asks for one address when it is the site's turn, if robots.txt allows it.
func (p *Pages) visit(ctx context.Context, address string) (got Fetched, to string) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
		return Fetched{Err: errScheme}, ""
	}
	s := p.sites.at(u.Scheme + "://" + strings.ToLower(u.Host))
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return Fetched{Err: ctx.Err()}, ""
	}
	if p.now().Before(s.rest) {
		return Fetched{Err: errRest}, ""
	}
	if !p.allows(ctx, s, u) {
		if ctx.Err() != nil { // it was not read: the time was up
			s.rules = nil
			return Fetched{Err: ctx.Err()}, ""
		}
		return Fetched{Err: errNotAllowed}, ""
	}
	if !p.pause(ctx, s) {
		return Fetched{Err: errRest}, ""
	}
	got, to = p.fetcher.hop(ctx, address, "text/html, application/xhtml+xml, */*;q=0.5", pageMost)
	if got.Status == http.StatusTooManyRequests || got.Status == http.StatusServiceUnavailable {
		s.rest = p.now().Add(max(retryAfter(got.RetryAfter, p.now()), time.Minute))
		if strings.TrimSpace(got.RetryAfter) == "" {
			s.rest = p.now().Add(restUnstated)
		}
	}
	return got, to
}

// pause waits as long as the site wants between two pages. It is false if there is no time for that.
func (p *Pages) pause(ctx context.Context, s *site) bool {
	left := s.next.Sub(p.now())
	if end, ok := ctx.Deadline(); left > 0 && ok && left > time.Until(end) {
		return false
	}
	if left > 0 {
		timer := time.NewTimer(left)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
			return false
		}
	}
	s.next = p.now().Add(s.rules.FindGroup(robotsAgent).CrawlDelay)
	return true
}

// page reads the page at the address, wherever that leads within five redirects.
func (p *Pages) page(ctx context.Context, address string) page {
	for range maxRedirects + 1 {
		got, to := p.visit(ctx, address)
		if to == "" {
			text, err := p.text(ctx, got)
			return page{text: text, url: address, say: sayPage(got, err)}
		}
		address = to
	}
	return page{say: sayPage(Fetched{Err: errRedirects}, nil)}
}

// follow returns where a link leads that only sends readers on; the link itself where that cannot be learnt. The page at its
// end is not asked for.
func (p *Pages) follow(ctx context.Context, link string) string {
	address := link
	for range maxRedirects {
		_, to := p.visit(ctx, address)
		if to == "" {
			return link
		}
		if address = unwrap(to); !leadsOn(address) {
			if u, err := url.Parse(address); err != nil || strings.Trim(u.Path, "/") == "" && u.RawQuery == "" {
				return link // a front page: where dead links are sent
			}
			return address
		}
	}
	return link
}

// text returns the text of a page that was fetched.
func (p *Pages) text(ctx context.Context, got Fetched) (string, error) {
	if got.Err != nil || got.Status != http.StatusOK {
		return "", got.Err
	}
	kind, _, err := mime.ParseMediaType(got.ContentType)
	if err == nil && kind != "text/html" && kind != "application/xhtml+xml" && kind != "application/xml" && kind != "text/xml" {
		return "", errNoText
	}
	select {
	case p.parses <- struct{}{}:
		defer func() { <-p.parses }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	return extract(got.Body, got.ContentType, got.URL)
}

// sayPage says why there is no text of a page, "" if there is. As with feeds, nothing is told of what the network answered.
func sayPage(got Fetched, err error) string {
	if err == nil {
		err = got.Err
	}
	switch {
	case err == nil && got.Status == http.StatusOK:
		return ""
	case errors.Is(err, errNotAllowed):
		return "The site's robots.txt does not allow programs to read the page."
	case errors.Is(err, errRest):
		return "The site asks for pauses between pages that are longer than an alert waits."
	case errors.Is(err, errNoText):
		return "No article was found on the page."
	case errors.Is(err, errTags):
		return "The page has more parts than are read."
	case errors.Is(err, errTooLarge):
		return fmt.Sprintf("The page is larger than %s.", size(pageMost))
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled), timedOut(err):
		return "The page did not come in time."
	case err != nil:
		return strings.Replace(sayError(err).fact, "The feed", "The page", 1)
	case got.Challenge || challenge(string(got.Body)):
		return "The site shows the page only to browsers."
	}
	return strings.Replace(sayStatus(got.Status).fact, "instead of the feed", "instead of the page", 1)
}
