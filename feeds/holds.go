package feeds

import (
	"sync"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// holds are what a Poller knows beside the queue, whose moments go by a clock that may be set: the waits that sites asked
// for, measured by one that nobody sets, and the claims that are not recorded yet. It outlives a PollDue; a restart begins
// it anew.
type holds struct {
	steady func() time.Time // the clock that nobody sets

	mu    sync.Mutex
	waits map[alerts.FeedID]respite
	open  map[alerts.FeedID]time.Time // feeds claimed and not recorded yet, and until when they are ours
}

// A respite is what a feed's last answer asked for.
type respite struct {
	told     time.Time // the end of its Retry-After, by the steady clock: that binds always
	wise     time.Time // the end of what we wait after a failure: a person may have it asked again sooner
	failures int
	retried  time.Time // as the feed had it, so that a person's word since is seen
}

// over tells whether nothing of it is left.
func (w respite) over(now time.Time) bool { return !now.Before(w.told) && !now.Before(w.wise) }

func newHolds(steady func() time.Time) *holds {
	if steady == nil {
		steady = time.Now
	}
	return &holds{steady: steady, waits: map[alerts.FeedID]respite{}, open: map[alerts.FeedID]time.Time{}}
}

// keep remembers what the answer behind a visit asks for, in place of what the one before did.
func (h *holds) keep(v alerts.Visit, told, wise time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.steady()
	w := respite{told: now.Add(told), wise: now.Add(wise), failures: v.Cursor.Failures, retried: v.Cursor.Manners.Retried}
	if w.over(now) {
		delete(h.waits, v.Feed.ID)
		return
	}
	h.waits[v.Feed.ID] = w
}

// left returns how long a feed is still to be left alone.
func (h *holds) left(f alerts.Feed) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	w, ok := h.waits[f.ID]
	if !ok {
		return 0
	}
	end := w.told
	if f.Cursor.Failures >= w.failures && f.Cursor.Manners.Retried.Equal(w.retried) {
		end = later(end, w.wise)
	}
	return max(end.Sub(h.steady()), 0)
}

// early takes out of the feeds those that are to be left alone, and says when each is due then.
func (h *holds) early(claimed []alerts.Feed, now time.Time) (due, early []alerts.Feed) {
	due = make([]alerts.Feed, 0, len(claimed))
	for _, f := range claimed {
		if left := h.left(f); left > 0 {
			f.Due = now.Add(left + time.Second - 1).Truncate(time.Second)
			early = append(early, f)
			continue
		}
		due = append(due, f)
	}
	return due, early
}

// taken notes that feeds are ours until then.
func (h *holds) taken(claimed []alerts.Feed, until time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, f := range claimed {
		h.open[f.ID] = until
	}
}

// given notes that feeds are no longer ours.
func (h *holds) given(ids ...alerts.FeedID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, id := range ids {
		delete(h.open, id)
	}
}

// now is the time by which more may be claimed: not so late that the lease of a feed of ours would seem to be over, though
// the clock is set forward meanwhile.
func (h *holds) now(now time.Time) time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, until := range h.open {
		if last := until.Add(-time.Millisecond); now.After(last) {
			now = last
		}
	}
	return now
}
