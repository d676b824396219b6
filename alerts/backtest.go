package alerts

import (
	"strconv"
	"time"
)

// A Past article is one of the archive, as it is decided about again.
type Past struct {
	Article   Article
	Feed      Feed   // as it is listed and labelled now
	Title     string // the feed's own, "" unknown
	Story     StoryID
	Barred    Reason // why nothing of it was announced when it was recorded, "" if it might have been
	Late      bool   // as in Recorded
	Elsewhere bool   // as in Recorded
}

// A Backtest decides again about recorded articles, as Plan would have decided had the lens been in use when they came:
// by the same search and the same rules, over the stories as they were told. What it says is therefore exactly what live
// matching would have done, with channels that had told nothing before the first article and take every message. It keeps
// the stories that were told and counts about the watches on trial, not the articles, so that any number of them can be put
// through.
type Backtest struct {
	plan  *planner
	tally tally
}

// NewBacktest returns a Backtest of the watches that tried accepts by their list and name, beside the others of the lens.
func NewBacktest(l *Lens, tried func(list ListRef, watch string) bool) *Backtest {
	b := &Backtest{plan: newPlanner(World{}, l, Terms{}, time.Time{}), tally: newTally()}
	for _, w := range l.watches {
		if list := l.lists[w.list]; tried(list, w.Name) {
			b.tally.try(watchKey{list, w.Name})
		}
	}
	return b
}

// Add decides about one article, and counts. Articles come in the order in which they were recorded.
func (b *Backtest) Add(a Past) ([]Decision, []NearMiss) {
	p := b.plan
	p.now, p.outcomes = a.Article.Seen, []Outcome{{}}
	a.Feed = a.Feed.named(a.Title)
	hearers, missed := p.hearers(a.Feed, a.Article)
	for _, h := range hearers {
		key := ChannelStory{h.channel, a.Story}
		r := Recorded{Article: a.Article, Story: a.Story, Barred: a.Barred, Late: a.Late, Elsewhere: a.Elsewhere}
		if said, _ := p.decisions(a.Feed, r, h, p.standing[key]); len(said) > 0 {
			p.standing[key] = Standing{Alert: Alert{ID: "told"}} // that it stands is all that deciding asks
		}
	}
	p.nearMisses(a.Feed, a.Article, missed)
	o := p.outcomes[0]
	b.tally.count(a, o)
	return o.Decisions, o.NearMisses
}

// Report returns what was counted until now, in the order of lists and watches.
func (b *Backtest) Report(now time.Time) Report { return b.tally.report(now) }

// ParseSpan reads how far back to look: hours, days or weeks, such as 12h, 7d or 2w, at most ten years.
func ParseSpan(s string) (time.Duration, bool) {
	const longest = 3660 * 24 * time.Hour
	if s == "" {
		return 0, false
	}
	unit := map[byte]time.Duration{'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour}[s[len(s)-1]]
	n, err := strconv.ParseUint(s[:len(s)-1], 10, 16)
	d := time.Duration(n) * unit
	return d, err == nil && d > 0 && d <= longest
}
