package feeds

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
)

const (
	robotsAgent  = "Attache"        // the product token of the User-Agent, as robots.txt names it
	robotsMost   = 500 << 10        // bytes that are heeded: RFC 9309, section 2.5
	robotsAge    = 24 * time.Hour   // RFC 9309, section 2.4
	robotsAgain  = 10 * time.Minute // after which one that could not be read is asked for again
	maxSites     = 2000             // hosts that are remembered
	restUnstated = time.Hour        // after 429 and 503 without Retry-After
)

// A site is a host as the reading of pages knows it. Its fields belong to whoever has its turn.
type site struct {
	turn  chan struct{} // one request at a time
	rules *robotstxt.RobotsData
	until time.Time // when the rules must be read anew
	rest  time.Time // until then the site asked to be left alone
	next  time.Time // the earliest next page: Crawl-delay
}

// sites are the hosts that pages were read from.
type sites struct {
	mu    sync.Mutex
	known map[string]*site
}

// at returns the site of that origin. Where there are too many, the one is forgotten whose rules are oldest.
func (s *sites) at(origin string) *site {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil {
		s.known = map[string]*site{}
	}
	if known, ok := s.known[origin]; ok {
		return known
	}
	if len(s.known) >= maxSites {
		oldest := ""
		for name, v := range s.known {
			if len(v.turn) == 0 && (oldest == "" || v.until.Before(s.known[oldest].until)) {
				oldest = name
			}
		}
		delete(s.known, oldest)
	}
	fresh := &site{turn: make(chan struct{}, 1)}
	s.known[origin] = fresh
	return fresh
}

// allows tells whether robots.txt lets us read the page. It reads the file where it is not known, or too old.
func (p *Pages) allows(ctx context.Context, s *site, u *url.URL) bool {
	if now := p.now(); s.rules == nil || !now.Before(s.until) {
		s.rules, s.until = p.robots(ctx, u)
	}
	return s.rules.TestAgent(u.RequestURI(), robotsAgent)
}

// robots reads a site's robots.txt by RFC 9309: none (4xx) allows all, one that cannot be had (5xx, no answer) forbids all.
func (p *Pages) robots(ctx context.Context, u *url.URL) (rules *robotstxt.RobotsData, until time.Time) {
	address, now := (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}).String(), p.now()
	for range maxRedirects + 1 {
		got, to := p.fetcher.hop(ctx, address, "text/plain, */*;q=0.5", robotsMost)
		switch {
		case to != "":
			address = to
			continue
		case got.Err != nil && !errors.Is(got.Err, errTooLarge), got.Status >= 500, got.Status == http.StatusTooManyRequests:
			return parseRobots(http.StatusServiceUnavailable, nil), now.Add(robotsAgain)
		case got.Status != http.StatusOK:
			return parseRobots(http.StatusNotFound, nil), now.Add(robotsAge)
		}
		return parseRobots(http.StatusOK, got.Body), now.Add(robotsAge)
	}
	return parseRobots(http.StatusServiceUnavailable, nil), now.Add(robotsAgain)
}

// parseRobots reads the lines that are rules, since the library gives up a file for one line that it cannot read. What still
// can't be read forbids all.
func parseRobots(status int, body []byte) *robotstxt.RobotsData {
	var rules strings.Builder
	for line := range strings.Lines(strings.ToValidUTF8(string(bytes.ReplaceAll(body, []byte("\r"), []byte("\n"))), "")) {
		line, _, _ = strings.Cut(line, "#")
		name, value, _ := strings.Cut(line, ":")
		switch name, value = strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value); name {
		case "user-agent", "allow", "disallow":
			fmt.Fprintf(&rules, "%s: %s\n", name, value)
		case "crawl-delay":
			if n, err := strconv.ParseFloat(value, 64); err == nil && n >= 0 && n < 1e6 {
				fmt.Fprintf(&rules, "%s: %g\n", name, n)
			}
		}
	}
	data, err := robotstxt.FromStatusAndString(status, rules.String())
	if err != nil {
		data, _ = robotstxt.FromStatusAndString(http.StatusServiceUnavailable, "")
	}
	return data
}
