package feeds

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	refusedWait = 4 * time.Hour       // after 403, a wall, and 429 without a date
	goneWait    = 30 * 24 * time.Hour // after 410
	backOffStep = 5 * time.Minute     // after the second failure; doubled with each
	backOffMost = 6 * time.Hour
	retryMost   = 30 * 24 * time.Hour // what a longer Retry-After counts as
)

// Visit turns what came of a fetch into the visit of the feed at that time: it parses a new body, remembers the
// validators and what the body lacks, and says when to come again. It is a function of values.
func (f Fetched) Visit(feed alerts.Feed, at time.Time) alerts.Visit {
	at = at.UTC()
	v := alerts.Visit{Feed: feed, At: at, Cursor: feed.Cursor, Moved: f.Moved}
	v.Cursor.Visited = at
	earliest := at.Add(retryAfter(f.RetryAfter, at))
	told, wait := f.failure()
	say, half := told.inTurn(), false
	if say == "" && f.Status == http.StatusOK && !f.unchanged(feed) {
		doc, err := Read(f.Body, f.ContentType, f.URL)
		if say = alerts.Say(err); err != nil && say == "" {
			say = "The feed can't be read. Check the address in a browser."
		}
		if say == sayBlocked {
			wait = refusedWait
		}
		if err == nil {
			v.Title, v.Articles = doc.Feed.Title, doc.Articles(feed, at)
			v.Cursor.Warning, half = costly(doc.Warnings), doc.half()
		}
	}
	if say != "" {
		v.Moved = ""
		v.Cursor.Failure = say
		v.Cursor.Failures++
		wait = max(wait, backOff(v.Cursor.Failures))
		v.NextPoll = nextFrom(feed, at, later(earliest, at.Add(wait)))
		return v
	}
	v.Cursor.Failure, v.Cursor.Failures = "", 0
	if f.Status == http.StatusOK || !feed.Cursor.Succeeded.IsZero() { // a 304 before anything was read is not a first visit
		v.Cursor.Succeeded = at
	}
	if f.Status == http.StatusOK {
		v.Cursor.ETag, v.Cursor.LastModified, v.Cursor.BodyHash = f.ETag, f.LastModified, f.Hash()
	}
	if half { // they are the whole feed's, and would be answered with: nothing new
		v.Cursor.ETag, v.Cursor.LastModified = "", ""
	}
	v.NextPoll = nextFrom(feed, at, earliest)
	return v
}

// unchanged tells whether the body is the one that was read last, and read well.
func (f Fetched) unchanged(feed alerts.Feed) bool {
	return feed.Cursor.BodyHash != "" && feed.Cursor.BodyHash == f.Hash()
}

// failure returns what to tell people, nothing if the fetch itself succeeded, and the least wait that it asks for.
func (f Fetched) failure() (told saying, wait time.Duration) {
	wall := f.Challenge || f.Status >= 400 && challenge(string(f.Body))
	switch {
	case f.Err != nil:
		return sayError(f.Err), 0
	case f.Status == http.StatusOK || f.Status == http.StatusNotModified:
		return saying{}, 0
	case wall:
		return both(sayBlocked, ""), refusedWait
	case f.Status == http.StatusGone:
		return sayStatus(f.Status), goneWait
	case f.Status == http.StatusForbidden:
		return sayStatus(f.Status), refusedWait
	case f.Status == http.StatusTooManyRequests && retryAfter(f.RetryAfter, time.Time{}) == 0 && !isDate(f.RetryAfter):
		return sayStatus(f.Status), refusedWait
	}
	return sayStatus(f.Status), 0
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
