package alerts

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// A Gap is a time in which a feed may have had articles that were never read: what it had held when it was last read had
// gone when it was read again. Unique by feed and time of finding.
type Gap struct {
	Feed     FeedID
	From, To time.Time // the last visit before, and the oldest article that was there again, or the visit
	Found    time.Time
}

// Length says how long the gap is, by its two largest units: 45 s, 12 min 5 s, 2 h 10 min, 3 d 4 h.
func (g Gap) Length() string {
	d := max(g.To.Sub(g.From).Round(time.Second), 0)
	units := []struct {
		name string
		each time.Duration
	}{{"d", 24 * time.Hour}, {"h", time.Hour}, {"min", time.Minute}, {"s", time.Second}}
	for i, u := range units {
		if d < u.each && u.name != "s" {
			continue
		}
		said := fmt.Sprintf("%d %s", d/u.each, u.name)
		if rest := d % u.each; i+1 < len(units) && rest >= units[i+1].each {
			said += fmt.Sprintf(" %d %s", rest/units[i+1].each, units[i+1].name)
		}
		return said
	}
	return ""
}

// maxHeld is how many items of a feed are remembered from one visit to the next, the newest.
const maxHeld = 500

// A Window is what a feed held when it was read, the newest first. It is stored as JSON.
type Window []Held

// Held is an item of a feed's window.
type Held struct {
	Item string `json:"i"`          // its key, shortened
	Text string `json:"t"`          // a hash of title and text
	Raw  uint64 `json:"r,omitzero"` // Article.Raw
	Told int64  `json:"d,omitzero"` // its date, in seconds since 1970; 0 if it has none
}

// held is the article as a window remembers it.
func held(a Article) Held {
	h := Held{Item: digest(10, "item", a.Key), Text: cmp.Or(a.Said, a.Words()), Raw: a.Raw}
	if a.Published.Year() >= firstFeeds {
		h.Told = a.Published.Unix()
	}
	return h
}

// time returns when the item was published, as Article.Time does, for one that was seen at that time.
func (h Held) time(seen time.Time) time.Time {
	if t := time.Unix(h.Told, 0).UTC(); h.Told != 0 && t.Before(seen) {
		return t
	}
	return seen
}

// Words is a hash of title and text.
func (a Article) Words() string { return digest(10, "text", a.Title, a.Text) }

// holds tells whether any of the newer half of the window before is still there. One item that the publisher took back
// is no gap, and one that is pinned for ever hides none. An item is there under another id too, if its words are the same.
func (w Window) holds(before Window) bool {
	for _, h := range before[:(len(before)+1)/2] {
		if slices.ContainsFunc(w, func(now Held) bool { return now.Item == h.Item || now.Text == h.Text }) {
			return true
		}
	}
	return false
}

// window returns what the feed holds now: the newest first, and of equal times in the feed's order. What was not read again
// is as it was in the window before.
func window(v Visit, before Window) Window {
	were := map[uint64]Held{}
	for _, h := range before {
		were[h.Raw] = h
	}
	now, still := make(Window, 0, len(v.Articles)+len(v.Still)), v.Still
	for i := range len(v.Articles) + 1 {
		for ; len(still) > 0 && (still[0].Ahead <= i || i == len(v.Articles)); still = still[1:] {
			if h, ok := were[still[0].Raw]; ok && h.Raw != 0 {
				now = append(now, h)
			}
		}
		if i < len(v.Articles) {
			now = append(now, held(v.Articles[i]))
		}
	}
	slices.SortStableFunc(now, func(a, b Held) int { return b.time(v.At).Compare(a.time(v.At)) })
	return now[:min(len(now), maxHeld)]
}

// gap says what may have been missed before the visit: nothing if it is the first, or the windows meet.
func gap(v Visit, before, now Window) *Gap {
	if v.First() || len(before) == 0 || len(now) == 0 || now.holds(before) {
		return nil
	}
	g := Gap{Feed: v.Feed.ID, From: v.Feed.Cursor.Succeeded, To: v.At, Found: v.At}
	for _, h := range now {
		if t := h.time(v.At); t.After(g.From) && t.Before(g.To) {
			g.To = t
		}
	}
	for _, a := range v.Articles { // there may be more than a window holds
		if t := a.Time(); t.After(g.From) && t.Before(g.To) {
			g.To = t
		}
	}
	return &g
}

// lateAfter is how much later than it was due a feed is read for its older articles to be late: told together, not one by
// one.
const lateAfter = time.Hour

// late tells whether the article should have been read long before: the bot or the feed was out of reach when it was
// published.
func late(v Visit, a Article) bool {
	since := v.Feed.Due
	if failing := v.Feed.Cursor.Failing; !failing.IsZero() { // however often it was tried since, and by whom
		since = failing
	}
	return !since.IsZero() && v.At.Sub(since) >= lateAfter && a.Time().Before(v.At.Add(-lateAfter))
}
