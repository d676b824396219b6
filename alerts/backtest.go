package alerts

import (
	"strconv"
	"time"
)

// A Past article is one of the archive, as it is decided about again.
type Past struct {
	Article Article
	Feed    Feed // as it is listed and labelled now; named by its own title where nobody labelled it
	Story   StoryID
	Barred  Reason // why nothing of it was announced when it was recorded, "" if it might have been
}

// A Backtest decides again about recorded articles, as Plan would have decided had the lens been in use when they came:
// by the same search and the same rules, over the stories as they were told. What it says is therefore exactly what live
// matching would have done, with channels that had told nothing before the first article. It keeps the stories that were
// told and counts about the watches on trial, not the articles, so that any number of them can be put through.
type Backtest struct {
	plan  *planner
	tally tally
}

// NewBacktest returns a Backtest of the watches that tried accepts, beside the others of the lens.
func NewBacktest(l *Lens, tried func(ListRef, Watch) bool) *Backtest {
	b := &Backtest{plan: newPlanner(World{}, l, Terms{}, time.Time{}), tally: newTally()}
	for _, w := range l.watches {
		if tried(w.list, w.watch) {
			b.tally.try(watchKey{w.list, w.watch.Name})
		}
	}
	return b
}

// Add decides about one article, and counts. Articles come in the order in which they were recorded.
func (b *Backtest) Add(a Past) ([]Decision, []NearMiss) {
	p := b.plan
	p.now, p.outcomes = a.Article.Seen, []Outcome{{}}
	fired, nearly := p.lens.find(a.Article, a.Feed.Source)
	for _, h := range p.hearers(a.Feed, fired) {
		key := ChannelStory{h.channel, a.Story}
		_, stands := p.standing[key]
		if said := p.decisions(a.Feed, Recorded{Article: a.Article, Story: a.Story}, h, a.Barred, stands); len(said) > 0 {
			p.standing[key] = Standing{}
		}
	}
	p.nearMisses(a.Feed, a.Article, nearly)
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
