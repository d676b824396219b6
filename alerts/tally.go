package alerts

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// A Report is what a Backtest found.
type Report struct {
	From, To time.Time // when the first article was read, and when the report was made; zero without articles
	Articles int       // that were looked at
	Trials   []Trial   // by list and watch
}

// Days is how many days the report is about, at least one.
func (r Report) Days() float64 { return max(1, r.To.Sub(r.From).Hours()/24) }

// PerDay is how many alerts a day n of them are over the report's time.
func (r Report) PerDay(n int) float64 { return float64(n) / r.Days() }

// A Trial is what a backtest found about one watch. Whatever is counted is counted once, however many channels hear it.
type Trial struct {
	List       ListRef
	Watch      string
	Articles   int            // on which it fires
	Stories    int            // announced: the alerts that it would have been part of
	Alone      int            // of these, told by no other watch: the alerts that would not have come without it
	Gathered   int            // of these, told in one message with others, in every channel that hears them
	Busiest    int            // the most stories of one day (UTC)
	BusiestDay time.Time      // midnight
	Silent     map[Reason]int // articles on which it fires without an alert, by why
	NearMisses int
	Feeds      []FeedShare // the most firing first, at most maxShares
	Overlaps   []Overlap   // the most first, at most maxShares
	More       int         // overlaps beyond these
	Samples    []Sample    // of announced stories, the newest first
	Nearly     []Sample    // of near misses, the newest first
}

// A FeedShare is how much of a feed a watch fires on.
type FeedShare struct {
	Feed  string // its short name
	Fired int    // articles
	Read  int    // articles of the feed in the time of the report
}

// An Overlap is another watch that fires on the same articles.
type Overlap struct {
	List     ListRef
	Watch    string
	Articles int // on which both fire
}

// A Sample is an article on which a watch fired, or nearly did.
type Sample struct {
	Article  Article // without its text
	Source   Source
	Mention  match.Mention // "" of a near miss
	Evidence []match.Evidence
	Reason   string // of a near miss: what was missing
}

// Bounds of a report.
const (
	maxShares  = 10
	maxSamples = 5
	maxOther   = 2000 // other watches that overlaps are counted of, for one watch
)

type watchKey struct {
	list ListRef
	name string
}

func (a watchKey) compare(b watchKey) int {
	return cmp.Or(cmp.Compare(a.list.Workspace, b.list.Workspace), cmp.Compare(a.list.Name, b.list.Name), cmp.Compare(a.name, b.name))
}

// tally counts what watches on trial do.
type tally struct {
	first    time.Time
	articles int
	trials   map[watchKey]*counts
	tellers  map[StoryID]teller // of announced stories
	own      map[StoryID]bool   // those that have a message of their own in some channel
	read     map[FeedID]int
	names    map[FeedID]string
}

// teller is by which watch a story was announced.
type teller struct {
	watch   watchKey
	several bool
}

// counts are a Trial in the making.
type counts struct {
	Trial
	stories map[StoryID]bool
	days    map[time.Time]int
	feeds   map[FeedID]int
	others  map[watchKey]int
}

func newTally() tally {
	return tally{trials: map[watchKey]*counts{}, tellers: map[StoryID]teller{}, own: map[StoryID]bool{}, read: map[FeedID]int{}, names: map[FeedID]string{}}
}

func (t *tally) try(k watchKey) {
	t.trials[k] = &counts{
		Trial:   Trial{List: k.list, Watch: k.name, Silent: map[Reason]int{}},
		stories: map[StoryID]bool{}, days: map[time.Time]int{}, feeds: map[FeedID]int{}, others: map[watchKey]int{},
	}
}

// verdict is what came of one watch in one article, over all channels.
type verdict struct {
	key    watchKey
	said   bool
	sample Decision
}

// count takes in what was decided about one article.
func (t *tally) count(a Past, o Outcome) {
	if t.articles == 0 || a.Article.Seen.Before(t.first) {
		t.first = a.Article.Seen
	}
	t.articles++
	t.read[a.Feed.ID]++
	t.names[a.Feed.ID] = a.Feed.Name()
	for _, d := range o.Decisions {
		if d.Verb == Posted {
			t.own[a.Story] = true
		}
	}
	verdicts := verdictsOf(o.Decisions)
	for _, v := range verdicts {
		if v.said {
			t.tell(a.Story, v.key)
		}
		if c := t.trials[v.key]; c != nil {
			c.fired(a, v, verdicts)
		}
	}
	seen := map[watchKey]bool{}
	for _, n := range o.NearMisses {
		k := watchKey{n.List, n.Watch}
		if c := t.trials[k]; c != nil && !seen[k] {
			seen[k] = true
			c.NearMisses++
			c.Nearly = keep(c.Nearly, sample(a, n.Channel, Sample{Evidence: []match.Evidence{n.Evidence}, Reason: n.Reason}))
		}
	}
}

// tell notes that a watch announces a story.
func (t *tally) tell(s StoryID, k watchKey) {
	before, told := t.tellers[s]
	switch {
	case !told:
		t.tellers[s] = teller{watch: k}
	case before.watch != k:
		t.tellers[s] = teller{before.watch, true}
	}
}

// verdictsOf puts the decisions of several channels about one watch together: it is said if it is said in any.
func verdictsOf(all []Decision) []verdict {
	var out []verdict
	index := map[watchKey]int{}
	for _, d := range all {
		k := watchKey{d.List, d.Watch}
		i, again := index[k]
		if !again {
			i = len(out)
			index[k] = i
			out = append(out, verdict{key: k, sample: d})
		}
		if d.Verb != Skipped && !out[i].said {
			out[i].said, out[i].sample = true, d
		}
	}
	return out
}

func (c *counts) fired(a Past, v verdict, all []verdict) {
	c.Articles++
	c.feeds[a.Feed.ID]++
	for _, other := range all {
		if _, known := c.others[other.key]; other.key != v.key && (known || len(c.others) < maxOther) {
			c.others[other.key]++
		}
	}
	if !v.said {
		c.Silent[v.sample.Reason]++
		return
	}
	if c.stories[a.Story] {
		return
	}
	c.stories[a.Story] = true
	c.days[a.Article.Seen.UTC().Truncate(24*time.Hour)]++
	c.Samples = keep(c.Samples, sample(a, v.sample.Channel, Sample{Mention: v.sample.Mention, Evidence: v.sample.Evidence}))
}

// sample is an article as the channel hears it.
func sample(a Past, c Channel, s Sample) Sample {
	s.Article, s.Source = a.Article, a.Feed.SourceIn(c.Workspace())
	s.Source.Name = cmp.Or(s.Source.Name, a.Feed.Name())
	s.Article.Text, s.Article.Categories = "", nil
	return s
}

// keep puts a sample before the others and lets the oldest go.
func keep(all []Sample, s Sample) []Sample {
	return slices.Insert(all, 0, s)[:min(len(all)+1, maxSamples)]
}

func (t *tally) report(now time.Time) Report {
	r := Report{From: t.first, To: now, Articles: t.articles}
	if t.articles == 0 {
		return Report{}
	}
	for _, k := range slices.SortedFunc(maps.Keys(t.trials), watchKey.compare) {
		r.Trials = append(r.Trials, t.trial(t.trials[k], k))
	}
	return r
}

// trial finishes the counts of one watch.
func (t *tally) trial(c *counts, k watchKey) Trial {
	c.Stories, c.Alone, c.Gathered, c.Busiest = len(c.stories), 0, 0, 0
	for s := range c.stories {
		if !t.own[s] {
			c.Gathered++
		}
		if by := t.tellers[s]; by.watch == k && !by.several {
			c.Alone++
		}
	}
	for day, n := range c.days {
		if n > c.Busiest || n == c.Busiest && day.Before(c.BusiestDay) {
			c.Busiest, c.BusiestDay = n, day
		}
	}
	c.Feeds, c.Overlaps = nil, nil
	for id, n := range c.feeds {
		c.Feeds = append(c.Feeds, FeedShare{t.names[id], n, t.read[id]})
	}
	slices.SortFunc(c.Feeds, func(a, b FeedShare) int { return cmp.Or(cmp.Compare(b.Fired, a.Fired), cmp.Compare(a.Feed, b.Feed)) })
	for other, n := range c.others {
		c.Overlaps = append(c.Overlaps, Overlap{other.list, other.name, n})
	}
	slices.SortFunc(c.Overlaps, func(a, b Overlap) int {
		return cmp.Or(cmp.Compare(b.Articles, a.Articles), watchKey{a.List, a.Watch}.compare(watchKey{b.List, b.Watch}))
	})
	c.More = max(0, len(c.Overlaps)-maxShares)
	c.Feeds, c.Overlaps = c.Feeds[:min(len(c.Feeds), maxShares)], c.Overlaps[:min(len(c.Overlaps), maxShares)]
	return c.Trial
}
