package feeds

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	refusedWait  = 4 * time.Hour       // after 403, a wall, and 429 without a date
	backOffStep  = 5 * time.Minute     // after the second failure; doubled with each
	backOffMost  = 6 * time.Hour       //
	retryMost    = 30 * 24 * time.Hour // what a longer Retry-After counts as
	homeFailures = 5                   // in a row at an address that a feed moved to: then it is looked for where it is listed
	slowAnswer   = 2 * time.Second     // who takes longer is slow
)

// never is when a feed that is no longer asked is due.
func never() time.Time { return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC) }

// Visit turns what came of a fetch into the visit of the feed at that time: it parses a new body, remembers the
// validators, the feed's manners and what the body lacks, and says when to come again. It is a function of values.
func (f Fetched) Visit(feed alerts.Feed, at time.Time) alerts.Visit {
	v, _, _ := f.visit(feed, at)
	return v
}

// visit is Visit, and for how long at least the feed is to be left alone: by its Retry-After, and by our own manners after
// a failure.
func (f Fetched) visit(feed alerts.Feed, at time.Time) (v alerts.Visit, asked, wise time.Duration) {
	at = at.UTC()
	v = alerts.Visit{Feed: feed, At: at, Cursor: feed.Cursor, Moved: f.Moved}
	m := &v.Cursor.Manners
	v.Cursor.Visited, m.Slow = at, f.Took > slowAnswer
	asked = retryAfter(f.RetryAfter, at)
	earliest := at.Add(asked)
	m.NotBefore = time.Time{}
	if earliest.After(at) {
		m.NotBefore = earliest
	}
	told, wait, trouble := f.failure()
	say, half, fresh, hash := told.inTurn(), false, false, ""
	if say == "" && f.Status == http.StatusOK {
		hash = f.Hash()
	}
	if hash != "" && hash != feed.Cursor.BodyHash { // else the body is the one that was read last, and read well
		say, trouble, half, fresh = f.read(feed, &v)
		if trouble == alerts.TroubleBlocked {
			wait = refusedWait
		}
	}
	if say != "" {
		v = f.failed(v, say, trouble, later(earliest, at.Add(wait)))
		return v, asked, max(wait, backOff(v.Cursor.Failures))
	}
	v.Cursor.Failure, v.Cursor.Failures = "", 0
	m.Trouble = ""
	if f.Status == http.StatusOK || !feed.Cursor.Succeeded.IsZero() { // a 304 before anything was read is not a first visit
		v.Cursor.Succeeded = at
	}
	f.validators(&v.Cursor, hash, half)
	m.Fresh = f.freshFor(m.Fresh)
	m.Pace = pace(m.Pace, fresh)
	m.Move = f.follow(feed, at)
	if settled(m.Move, at) {
		m.Address, m.Move = m.Move.To, alerts.Move{}
	}
	v.NextPoll = nextFrom(withCursor(feed, v.Cursor), at, earliest)
	return v, asked, 0
}

func withCursor(feed alerts.Feed, c alerts.Cursor) alerts.Feed {
	feed.Cursor = c
	return feed
}

// read parses the body into the visit. say is why it can't be, half whether its end is missing, fresh whether there is
// anything that the body before did not have.
func (f Fetched) read(feed alerts.Feed, v *alerts.Visit) (say string, trouble alerts.Trouble, half, fresh bool) {
	before := tracesOf(feed.Cursor.Manners)
	doc, items, err := f.items(feed, v.At, before)
	if err != nil {
		if say = alerts.Say(err); say == "" {
			say = "The feed can't be read. Check the address in a browser."
		}
		if say == sayBlocked {
			trouble = alerts.TroubleBlocked
		}
		return say, trouble, false, false
	}
	articles, still := items.articles, doc.stillAmong(items)
	was, now := identityOf(feed.Cursor.Manners), identity{site: siteOf(f.URL), title: doc.Feed.Title, items: hashes(articles)}
	for _, s := range still {
		now.items[before[s.Raw].key] = true
	}
	if was.hijacked(now) {
		return sayHijacked(now), alerts.TroubleHeld, false, false
	}
	fresh = now.news(was) > 0
	v.Title = doc.Feed.Title
	if asBefore := len(articles) == 0 && len(still) == len(before) && len(before) == len(was.items); !asBefore || len(before) == 0 {
		v.Articles, v.Still = articles, still
	}
	v.Cursor.Warning, half = costly(doc.Warnings), doc.half()
	m := &v.Cursor.Manners
	m.Site, m.Title, m.Items, m.Known = now.site, now.title, "", doc.remember(items, before)
	if len(tracesOf(*m)) < len(now.items) { // what is remembered has not all of it
		m.Items = now.encode()
	}
	asks := asksOf(f.Body)
	m.Asked = asks.wait
	m.Hub, m.Topic = f.hub(asks)
	return "", "", half, fresh
}

// items reads the body: as articles what is not known, byte for byte, from before, and the rest by name.
func (f Fetched) items(feed alerts.Feed, at time.Time, before traces) (Document, listing, error) {
	known := newSieve(before)
	doc, err := readAnew(f.Body, f.ContentType, f.URL, known)
	if err != nil {
		if len(known.still) > 0 {
			return f.items(feed, at, nil) // whether it can be read is not for what was left out to say
		}
		return doc, listing{}, err
	}
	items := doc.list(feed, at)
	if doc.doubtful(items, before) {
		return f.items(feed, at, nil)
	}
	return doc, items, nil
}

// failed is the visit of a feed that could not be read, or may not be: it waits ever longer.
func (f Fetched) failed(v alerts.Visit, say string, trouble alerts.Trouble, earliest time.Time) alerts.Visit {
	m := &v.Cursor.Manners
	v.Moved = ""
	v.Cursor.Failure = say
	v.Cursor.Failures++
	m.Trouble = trouble
	if m.Address != "" && v.Cursor.Failures >= homeFailures {
		m.Address = ""
	}
	if trouble == alerts.TroubleGone {
		v.NextPoll = never()
		return v
	}
	v.NextPoll = nextFrom(withCursor(v.Feed, v.Cursor), v.At, later(earliest, v.At.Add(backOff(v.Cursor.Failures))))
	return v
}

// validators remembers what the answer is to be asked for with. A 304 may renew them (RFC 9110, section 15.4.5).
func (f Fetched) validators(c *alerts.Cursor, hash string, half bool) {
	switch {
	case half: // they are the whole feed's, and would be answered with: nothing new
		c.ETag, c.LastModified, c.BodyHash = "", "", hash
	case f.Status == http.StatusOK:
		c.ETag, c.LastModified, c.BodyHash = f.ETag, f.LastModified, hash
	default:
		if f.ETag != "" {
			c.ETag = f.ETag
		}
		if f.LastModified != "" {
			c.LastModified = f.LastModified
		}
	}
}

// failure returns what to tell people, nothing if the fetch itself succeeded, the least wait that it asks for, and what
// trouble it is.
func (f Fetched) failure() (told saying, wait time.Duration, trouble alerts.Trouble) {
	wall := f.Challenge || f.Status >= 400 && challenge(string(f.Body))
	switch {
	case f.Err != nil:
		return sayError(f.Err), 0, ""
	case f.Status == http.StatusOK || f.Status == http.StatusNotModified:
		return saying{}, 0, ""
	case wall:
		return both(sayBlocked, ""), refusedWait, alerts.TroubleBlocked
	case f.Status == http.StatusGone:
		return sayStatus(f.Status), 0, alerts.TroubleGone
	case f.Status == http.StatusForbidden:
		return sayStatus(f.Status), refusedWait, alerts.TroubleBlocked
	case f.Status == http.StatusTooManyRequests:
		if retryAfter(f.RetryAfter, time.Time{}) == 0 && !isDate(f.RetryAfter) {
			wait = refusedWait
		}
		return sayStatus(f.Status), wait, alerts.TroubleBlocked
	}
	return sayStatus(f.Status), 0, ""
}

// backOff returns how long to leave a feed alone that failed so often in a row: nothing after the first time, for that
// is a hiccup, then ever longer.
func backOff(failures int) time.Duration {
	if failures < 2 {
		return 0
	}
	return min(backOffStep<<min(failures-2, 10), backOffMost)
}

// retryAfter reads a Retry-After header, seconds or a date (RFC 9110, section 10.2.3); 0 if there is none.
func retryAfter(header string, at time.Time) time.Duration {
	header = strings.TrimSpace(header)
	if seconds, err := strconv.ParseInt(header, 10, 64); err == nil {
		return time.Duration(min(max(seconds, 0), int64(retryMost/time.Second))) * time.Second
	}
	if date, err := http.ParseTime(header); err == nil && !at.IsZero() {
		return min(max(date.Sub(at), 0), retryMost)
	}
	return 0
}

func isDate(header string) bool {
	_, err := http.ParseTime(strings.TrimSpace(header))
	return err == nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
