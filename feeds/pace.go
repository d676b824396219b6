package feeds

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// The bounds of schedule auto: what rachelbythebay.com's feed reader score and publishers ask for, and how late an alert
// may be.
const (
	autoLeast = 15 * time.Minute
	autoMost  = time.Hour
)

// autoSchedule is the schedule of a feed that names none: its own pace.
const autoSchedule = "auto"

func isAuto(expr string) bool {
	expr = strings.TrimSpace(expr)
	return expr == "" || expr == autoSchedule
}

// pace returns the time between visits under schedule auto, given the one before: half where there was something new,
// half as much again where there was nothing. So it settles where about every other visit brings something.
func pace(before time.Duration, fresh bool) time.Duration {
	next := before + before/2
	if fresh {
		next = before / 2
	}
	return min(max(next, autoLeast), autoMost)
}

// autoNext returns when a feed under schedule auto is due after a visit at now: its pace, put off by up to a tenth that is
// always the same for one feed, but never sooner than the publisher asks for, within 15 and 60 minutes. A feed whose hub
// tells us what is new is asked every hour.
func autoNext(feed alerts.Feed, now time.Time) time.Time {
	m := feed.Cursor.Manners
	wait := max(m.Pace, autoLeast)
	if feed.Pushed {
		wait = autoMost
	}
	wait = min(wait, autoMost*10/11)
	wait += jitter(feed.URL, wait)
	wait = min(max(wait, m.Asked, m.Fresh), autoMost)
	return now.Add(wait + time.Second - 1).Truncate(time.Second)
}

// freshFor returns how long the answer says that it stays as it is (RFC 9111, section 4.2.1); before, if it is a 304 that
// does not say, since then that of the answer before holds.
func (f Fetched) freshFor(before time.Duration) time.Duration {
	if f.CacheControl == "" && f.Expires == "" {
		if f.Status == http.StatusNotModified {
			return before
		}
		return 0
	}
	fresh := time.Duration(0)
	told := false
	for part := range strings.SplitSeq(f.CacheControl, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch strings.ToLower(name) {
		case "no-cache", "no-store":
			return 0
		case "max-age":
			told = true
			fresh = seconds(strings.Trim(value, `"`))
		}
	}
	if told {
		return min(max(fresh-seconds(f.Age), 0), retryMost)
	}
	if expires, err := http.ParseTime(f.Expires); err == nil {
		if date, err := http.ParseTime(f.Date); err == nil {
			return min(max(expires.Sub(date), 0), retryMost)
		}
	}
	return 0
}

// seconds reads a number of them, bounded; 0 if it is none.
func seconds(text string) time.Duration {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil {
		return 0
	}
	return time.Duration(min(max(n, 0), int64(retryMost/time.Second))) * time.Second
}
