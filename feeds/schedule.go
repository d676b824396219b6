package feeds

import (
	"fmt"
	"hash/fnv"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	// DefaultSchedule is that of a feed that names none: the feed's own pace, at least every hour and at most every quarter.
	DefaultSchedule = autoSchedule
	// minInterval is the floor for hosts that are not private.
	minInterval = time.Minute
	// maxInterval is the longest @every: most feeds have forgotten an item by then.
	maxInterval = 31 * 24 * time.Hour
	// maxJitter is the most that an @every schedule is put off, besides a tenth of itself.
	maxJitter = 5 * time.Minute
	// fallbackInterval is what a schedule that never comes again counts as.
	fallbackInterval = 24 * time.Hour
)

// Schedule reads a feed's schedule: a cron expression of five fields, @hourly and its like, or @every with a duration
// from a second to 31 days; CRON_TZ=ZONE may stand before. "" and "auto" are the feed's own pace, here the fastest that it may
// be: only Next knows the feed. A mistake is an *alerts.Invalid. What can be obeyed is read, as it was stored: what is written
// now is for ScheduleFor to judge.
func Schedule(expr string) (cron.Schedule, error) {
	expr = strings.TrimSpace(expr)
	if isAuto(expr) {
		return every(autoLeast), nil
	}
	s, err := parseSchedule(expr)
	if err != nil {
		return nil, fmt.Errorf("schedule %q: %w (%w)", expr, &alerts.Invalid{Say: wrongSchedule(expr)}, err)
	}
	if s, ok := s.(every); ok && time.Duration(s) < time.Second {
		return nil, fmt.Errorf("schedule %q: %w", expr, &alerts.Invalid{Say: "The shortest schedule is @every 1s, and @every 1m where the server is not your own."})
	}
	if s, ok := s.(every); ok && time.Duration(s) > maxInterval {
		return nil, fmt.Errorf("schedule %q: %w", expr, &alerts.Invalid{
			Say: "The longest schedule of this kind is @every 744h, which is 31 days. Write one that is shorter, or a cron expression.",
		})
	}
	if s.Next(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return nil, fmt.Errorf("schedule %q: %w", expr, &alerts.Invalid{
			Say: neverComes(expr),
		})
	}
	return s, nil
}

// ScheduleFor is Schedule for somebody who writes it for the feed at feedURL. It refuses more, as an *alerts.Invalid: a
// schedule below one minute off private hosts (PrivateHost), a step that leads nowhere, as cron has no minute 90, and a time
// zone without a name, which would be UTC.
func ScheduleFor(feedURL, expr string) (cron.Schedule, error) {
	s, err := Schedule(expr)
	if err != nil {
		return nil, err
	}
	if s, ok := s.(every); ok && time.Duration(s) < minInterval && !PrivateHost(feedURL) {
		return nil, fmt.Errorf("schedule %q: %w", expr, &alerts.Invalid{
			Say: "Other people's servers are asked once a minute at most. Write @every 1m or longer.",
		})
	}
	if zone, _, ok := zoned(expr); ok && zone == "" {
		return nil, fmt.Errorf("schedule %q: %w", expr, &alerts.Invalid{
			Say: "The time zone has no name. Write its IANA name, such as CRON_TZ=Europe/Brussels or CRON_TZ=UTC, or take CRON_TZ= out.",
		})
	}
	if say := deadStep(expr); say != "" {
		return nil, fmt.Errorf("schedule %q: %w", expr, &alerts.Invalid{Say: say})
	}
	return s, nil
}

// parseSchedule is robfig/cron's standard parser, but that an @every keeps its exact duration and a cron expression
// minds summer time. The parser panics on an empty expression behind a time zone.
func parseSchedule(expr string) (s cron.Schedule, err error) {
	defer func() {
		if p := recover(); p != nil {
			s, err = nil, fmt.Errorf("parse: %v", p)
		}
	}()
	if d, ok := strings.CutPrefix(expr, "@every "); ok {
		delay, err := time.ParseDuration(strings.TrimSpace(d))
		return every(delay), err
	}
	s, err = cron.ParseStandard(expr)
	if err != nil {
		return nil, err
	}
	switch s := s.(type) {
	case *cron.SpecSchedule:
		return clock{s}, nil
	case cron.ConstantDelaySchedule:
		return every(s.Delay), nil
	}
	return s, nil
}

// every comes again after a fixed time.
type every time.Duration

func (e every) Next(t time.Time) time.Time { return t.Add(time.Duration(e)) }

// clock is a cron expression that minds summer time. The library is only asked about clocks that never change, since it
// skips what falls into the hour that is left out in spring, and never returns where a whole day is (Samoa, 2011).
type clock struct{ spec *cron.SpecSchedule }

// Next returns the first time after t at which the expression's zone shows a matching clock; zero if none comes within
// five years. What falls into an hour that is left out comes at the same distance after midnight; what falls into one
// that is repeated comes in both.
func (c clock) Next(t time.Time) time.Time {
	zone := c.spec.Location
	if zone == time.Local {
		zone = t.Location()
	}
	from := t.In(zone)
	_, offset := from.Zone()
	_, end := from.ZoneBounds()
	next := c.fixed(t, offset)
	for !next.IsZero() && !end.IsZero() && !next.Before(end) {
		// The clock changes first, at end: what follows is counted by the new one.
		_, changed := end.Zone()
		first := c.fixed(end.Add(-time.Second), changed)
		if left := time.Duration(changed-offset) * time.Second; next.Before(end.Add(left)) && next.Before(first) {
			break // left out, and nothing else comes before
		}
		next, offset = first, changed
		_, end = end.ZoneBounds()
	}
	if next.IsZero() {
		return next
	}
	return next.In(t.Location())
}

// fixed returns the first match after t of a clock that is always so many seconds ahead of UTC.
func (c clock) fixed(t time.Time, offset int) time.Time {
	spec := *c.spec
	spec.Location = time.FixedZone("", offset)
	return spec.Next(t)
}

// Next returns when the feed is to be polled after now: the earliest of its listings' schedules. An @every is put off by
// up to a tenth (five minutes at most), the same for each poll of one feed, so that feeds added together spread out; auto is
// the feed's own pace (autoNext).
// It is after now, whatever the schedules say; one that can't be read counts as DefaultSchedule.
func Next(feed alerts.Feed, now time.Time) time.Time { return nextFrom(feed, now, now) }

// nextFrom is Next, but not before earliest: a cron expression then waits for its next turn, an @every goes at once.
func nextFrom(feed alerts.Feed, now, earliest time.Time) time.Time {
	now = now.UTC()
	earliest = earliest.UTC()
	var next time.Time
	exprs := make([]string, 0, 1+len(feed.Listings))
	for _, l := range feed.Listings {
		exprs = append(exprs, l.Schedule)
	}
	if len(exprs) == 0 {
		exprs = append(exprs, DefaultSchedule)
	}
	for _, expr := range exprs {
		s, err := Schedule(expr)
		var t time.Time
		if err != nil || isAuto(expr) {
			t = later(autoNext(feed, now), earliest)
		} else {
			t = turn(s, feed.URL, now.Truncate(time.Second), earliest)
		}
		if next.IsZero() || t.Before(next) {
			next = t
		}
	}
	return next
}

// turn returns the first time of one schedule after now and not before earliest.
func turn(s cron.Schedule, feedURL string, now, earliest time.Time) time.Time {
	if e, ok := s.(every); ok {
		delay := time.Duration(e)
		if delay < minInterval && !PrivateHost(feedURL) {
			delay = minInterval
		}
		t := now.Add(delay + jitter(feedURL, delay))
		if t.Before(earliest) {
			return earliest
		}
		return t
	}
	from := now
	if earliest.After(now) {
		from = earliest.Add(-time.Nanosecond)
	}
	t := s.Next(from.In(time.Local)).UTC()
	if !t.After(now) || t.Before(earliest) {
		return from.Add(fallbackInterval)
	}
	return t
}

// jitter returns a part of a tenth of delay that is always the same for one feed.
func jitter(feedURL string, delay time.Duration) time.Duration {
	h := fnv.New32a()
	h.Write([]byte(feedURL))
	return time.Duration(float64(min(delay/10, maxJitter)) * float64(h.Sum32()%1000) / 1000)
}

// PrivateHost tells by its spelling whether a URL's host is the operator's own: a loopback, private or link-local
// address, localhost, a name without a dot, or one under .local, .internal, .localhost, .lan or .home.arpa.
// No name is looked up.
func PrivateHost(rawURL string) bool {
	u, err := url.Parse(rawURL)
	if err != nil {
		return false
	}
	host := strings.ToLower(strings.TrimRight(u.Hostname(), "."))
	if ip, err := netip.ParseAddr(host); err == nil {
		ip = ip.Unmap()
		return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast()
	}
	if host != "" && !strings.Contains(host, ".") {
		return true
	}
	for _, suffix := range []string{".local", ".internal", ".localhost", ".lan", ".home.arpa"} {
		if strings.HasSuffix(host, suffix) {
			return true
		}
	}
	return false
}
