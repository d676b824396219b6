package alerts

import (
	"maps"
	"slices"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts/story"
	"github.com/seed-6c43f0f2/attache/alerts/summary"
)

// Terms are the settings of planning.
type Terms struct {
	MaxAge  time.Duration // an article older than this when first seen is not announced; 0 announces any
	Summary int           // runes of a summary; 0 is summary.DefaultLength
	Burst   int           // new stories an hour that a feed may bring a channel beyond its habit; 0 is ten, negative any number
}

// maxEvidence is how many places of one watch in one article are kept: enough to judge by, bounded.
const maxEvidence = 12

// Plan says what a batch of visits leads to, given what was known before. It is a function of values: the same visits,
// world, lens, terms and time give the same outcomes. A batch is planned together, since two of its feeds may carry one
// story.
func Plan(visits []Visit, w World, l *Lens, t Terms, now time.Time) []Outcome {
	p := newPlanner(w, l, t, now)
	p.outcomes = make([]Outcome, 0, len(visits))
	for _, v := range visits {
		p.visit(v)
	}
	return p.outcomes
}

// planner is one run of Plan: the world as it becomes while visits are planned.
type planner struct {
	lens     *Lens
	terms    Terms
	now      time.Time
	known    map[ArticleKey]bool
	stories  *story.Stories
	standing map[ChannelStory]Standing
	archive  archive
	flows    map[FeedChannel]Flow
	windows  map[FeedID]Window
	edited   map[ArticleKey]StoryID
	opened   map[ChannelStory]place // roots planned in this run: still ours to change
	outcomes []Outcome
}

// place is where in the outcomes a delivery stands.
type place struct{ outcome, delivery int }

func newPlanner(w World, l *Lens, t Terms, now time.Time) *planner {
	p := &planner{
		lens: l, terms: t, now: now, stories: story.NewStories(w.Stories),
		known: map[ArticleKey]bool{}, standing: map[ChannelStory]Standing{}, opened: map[ChannelStory]place{},
		archive: newArchive(w), flows: map[FeedChannel]Flow{}, windows: w.Windows, edited: w.Edited,
	}
	maps.Copy(p.known, w.Known)
	maps.Copy(p.standing, w.Alerts)
	for k, v := range w.Flows {
		p.flows[k] = maps.Clone(v)
	}
	if p.terms.Summary == 0 {
		p.terms.Summary = summary.DefaultLength
	}
	if p.terms.Burst == 0 {
		p.terms.Burst = burst
	}
	return p
}

// visit plans one visit: its new articles, oldest first, so that messages come in the order of events.
func (p *planner) visit(v Visit) {
	if v.Failed() && v.Feed.Cursor.Failures > 0 && !v.Feed.Cursor.Failing.IsZero() {
		v.Cursor.Failing = v.Feed.Cursor.Failing
	} else if v.Failed() {
		v.Cursor.Failing = v.At
	} else {
		v.Cursor.Failing, v.Cursor.Manners.Retried = time.Time{}, time.Time{}
	}
	p.outcomes = append(p.outcomes, Outcome{Visit: v})
	if len(v.Articles)+len(v.Still) == 0 {
		return
	}
	v.Feed = v.Feed.named(v.Title)
	fresh := p.fresh(v)
	p.edits(v)
	p.window(v)
	quiet := 0 // how many of the oldest are not announced
	if v.First() && v.Feed.New != NewAll {
		quiet = max(0, len(fresh)-v.Feed.New)
	}
	for i, a := range fresh {
		p.article(v.Feed, p.recorded(v, a, i < quiet))
	}
}

// fresh returns the articles not known before, each once, oldest first. Feeds list the newest first, so equal times keep
// the reverse of the feed's order.
func (p *planner) fresh(v Visit) []Article {
	var out []Article
	for _, a := range slices.Backward(v.Articles) {
		k := ArticleKey{v.Feed.ID, a.Key}
		if !p.known[k] {
			p.known[k] = true
			out = append(out, a)
		}
	}
	slices.SortStableFunc(out, func(a, b Article) int { return a.Time().Compare(b.Time()) })
	return out
}

// recorded places an article that is new to the archive, and says why nothing of it is announced, if so.
func (p *planner) recorded(v Visit, a Article, quiet bool) Recorded {
	traits := a.traits()
	before, own := p.archive.find(v.Feed.ID, traits)
	r := Recorded{Article: a, Print: traits.Print, Again: own, Late: late(v, a)}
	switch {
	case r.Again:
		r.Story, r.Barred = before.Story, Duplicate
	default:
		r.Fingerprint = fingerprint(a)
		r.Barred = p.barred(a, quiet)
		if r.Story = before.Story; r.Story != "" { // another feed had it, however long ago
			r.Elsewhere = true
			p.stories.Put(string(r.Story), r.Fingerprint, a.Time())
			break
		}
		id, opens := p.stories.Place(r.Fingerprint, a.Time(), string(NewStoryID(v.Feed.URL, a.Key)))
		r.Story, r.Opens = StoryID(id), opens
	}
	p.archive.add(traits, Earlier{v.Feed.ID, a.Key, r.Story})
	return r
}

// barred says why nothing of the article is announced, or "".
func (p *planner) barred(a Article, quiet bool) Reason {
	switch {
	case quiet:
		return FirstVisit
	case p.terms.MaxAge > 0 && p.now.Sub(a.Time()) > p.terms.MaxAge:
		return TooOld
	}
	return ""
}

// article records one article and decides about each watch it fires, for each channel that hears it.
func (p *planner) article(f Feed, r Recorded) {
	o := &p.outcomes[len(p.outcomes)-1]
	o.Recorded = append(o.Recorded, r)
	hearers, missed := p.hearers(f, r.Article)
	for _, heard := range hearers {
		p.channel(f, r, heard)
	}
	p.nearMisses(f, r.Article, missed)
}

// fingerprint is an article as stories compare it.
func fingerprint(a Article) story.Fingerprint {
	return story.Of(story.Item{Canonical: a.Canonical, Title: a.Title, Text: a.Text})
}

// heard is what one channel hears of an article.
type heard struct {
	channel Channel
	hits    []hit
}

// hit is a watch that fired, for one subscription.
type hit struct {
	found
	subscription Subscription
}

// hearers returns the channels that hear any watch of the article, in a fixed order, and for whom a watch nearly fired.
func (p *planner) hearers(f Feed, a Article) ([]heard, []nearHit) {
	byChannel := map[Channel][]hit{}
	var missed []nearHit
	for _, label := range f.labels() { // a query may ask for the source
		fired, nearly := p.lens.find(a, label)
		for _, m := range fired {
			m.match.Evidence = m.match.Evidence[:min(len(m.match.Evidence), maxEvidence)]
			for _, s := range p.hearing(f, label, m.list) {
				byChannel[s.Channel] = append(byChannel[s.Channel], hit{m, s})
			}
		}
		for _, m := range nearly {
			for _, s := range p.hearing(f, label, m.list) {
				missed = append(missed, nearHit{m, s.Channel})
			}
		}
	}
	out := make([]heard, 0, len(byChannel))
	for c, hits := range byChannel {
		out = append(out, heard{c, hits})
	}
	slices.SortFunc(out, func(a, b heard) int { return cmpString(a.channel, b.channel) })
	return out, missed
}

// hearing returns the subscriptions to a list that hear the feed under that label.
func (p *planner) hearing(f Feed, label Source, list ListRef) []Subscription {
	var out []Subscription
	for _, s := range p.lens.hearing[list] {
		if w := s.Channel.Workspace(); f.HeardIn(w) && f.SourceIn(w) == label {
			out = append(out, s)
		}
	}
	return out
}

// channel decides about an article's hits in one channel, and plans the delivery that follows.
func (p *planner) channel(f Feed, r Recorded, h heard) {
	key := ChannelStory{h.channel, r.Story}
	before := p.standing[key]
	said, how := p.decisions(f, r, h, before)
	switch {
	case len(said) == 0:
	case before.Gathered: // the message names it, and is not changed
	case before.stands():
		p.join(key, before, f, r, said)
	case how.verb == Gathered:
		p.gather(key, f, r, said, how.reason)
	default:
		p.open(key, before, f, r, said)
	}
}

func cmpString[S ~string](a, b S) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
