package alerts

import (
	"slices"
	"time"
)

const (
	// burst is how many new stories an hour a feed may bring a channel beyond its habit before the others are gathered.
	burst = 10

	flowSlot  = time.Minute // the grain in which stories are counted
	hourSlots = 60
	daySlots  = 24 * hourSlots
	habitDays = 7
)

// FeedChannel names a feed in a channel.
type FeedChannel struct {
	Feed    FeedID
	Channel Channel
}

// A Flow is how many stories a feed brought a channel, by minutes since 1970, some days back.
type Flow map[int64]Brought

// Brought counts stories: the new ones, and those of them that were posted one by one. The others were gathered since
// they were too many; what was read late is not counted.
type Brought struct{ Fresh, Posted int }

// slot is the time's place in a Flow.
func slot(t time.Time) int64 { return t.Unix() / int64(flowSlot/time.Second) }

// FlowSince is the first slot that matters at the time.
func FlowSince(t time.Time) int64 { return slot(t) - hourSlots - habitDays*daySlots }

// full tells whether the channel was brought as much within the hour as it is told one by one: the habit and beyond more.
func (f Flow) full(t time.Time, beyond int) bool {
	if beyond < 0 {
		return false
	}
	now, posted := slot(t), 0
	for s, n := range f {
		if s > now-hourSlots && s <= now {
			posted += n.Posted
		}
	}
	return posted >= beyond+f.habit(now)
}

// habit is how many new stories an hour the feed brings the channel on the median day of the week before. A day of
// thousands does not move it.
func (f Flow) habit(now int64) int {
	var days [habitDays]int
	for s, n := range f {
		if back := now - hourSlots - s; back >= 0 && back/daySlots < habitDays {
			days[back/daySlots] += n.Fresh
		}
	}
	slices.Sort(days[:])
	return days[habitDays/2] / 24
}

// A Step is what a visit adds to a Flow.
type Step struct {
	Channel Channel
	Slot    int64
	Brought
}
