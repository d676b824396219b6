package alerts

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/seed-6c43f0f2/attache/alerts/summary"
)

// open plans the message that opens a story in a channel. Where an earlier one failed for good, this is a new message and
// repeats nothing of it: what was refused once would be refused again.
func (p *planner) open(key ChannelStory, before Standing, f Feed, r Recorded, said []hit) {
	a := r.Article
	alert := Alert{
		ID: NewAlertID(key.Channel, key.Story), Channel: key.Channel, Story: key.Story,
		Title: a.Title, URL: a.URL, Summary: p.excerpt(a, hitsOf(said)), Language: a.Language, Published: a.Time(),
		Sources: []AlertSource{sourceOf(f, a, key.Channel)}, Matches: hitsOf(said),
	}
	alert.ping(pingsOf(said)...)
	n := before.roots() + 1
	p.standing[key] = Standing{Alert: alert, Roots: n, State: StatePending, Edits: before.Edits}
	o := &p.outcomes[len(p.outcomes)-1]
	p.opened[key] = place{len(p.outcomes) - 1, len(o.Deliveries)}
	o.Deliveries = append(o.Deliveries, p.delivery(key, RootPart(n), alert, said))
}

// maxLooked is how many watches' places are looked for in an article's lead.
const maxLooked = 5

// excerpt is what an alert shows of the article: its lead, and where a watch fired on nothing of the title and the lead, the
// first place of that watch.
func (p *planner) excerpt(a Article, hits []Hit) string {
	for _, h := range hits[:min(len(hits), maxLooked)] {
		at := firstPlace(a, h)
		if at >= 0 && !summary.Shown(a.Text, at, p.terms.Summary) {
			return summary.Excerpt(a.Text, at, p.terms.Summary)
		}
	}
	return summary.Lead(a.Text, p.terms.Summary)
}

// firstPlace is where in the article's text a watch fired first, in runes; -1 where it fired on the title, in another
// article, or on what the text does not say any more.
func firstPlace(a Article, h Hit) int {
	first := match.Evidence{Start: -1}
	for _, e := range h.Evidence {
		if e.Field == match.Title || h.Article != "" {
			return -1
		}
		if first.Start < 0 || e.Start < first.Start {
			first = e
		}
	}
	rest := a.Text
	for range max(first.Start, 0) {
		_, size := utf8.DecodeRuneInString(rest)
		rest = rest[size:]
	}
	if strings.HasPrefix(rest, first.Text) && rest != "" {
		return first.Start
	}
	at := strings.Index(a.Text, first.Text) // it was edited
	if at < 0 || first.Text == "" {
		return -1
	}
	return utf8.RuneCountInString(a.Text[:at])
}

// join adds an article to a story the channel has: to its root while that is not recorded, else by an edit of it.
// An article that adds neither an outlet nor a watch changes nothing.
func (p *planner) join(key ChannelStory, before Standing, f Feed, r Recorded, said []hit) {
	alert, grown := before.Alert.with(sourceOf(f, r.Article, key.Channel), hitsOf(said))
	if !grown {
		return
	}
	before.Alert = alert
	if at, ours := p.opened[key]; ours {
		p.standing[key] = before
		p.outcomes[at.outcome].Deliveries[at.delivery].Alert = alert
		return
	}
	before.Edits++
	p.standing[key] = before
	o := &p.outcomes[len(p.outcomes)-1]
	o.Deliveries = append(o.Deliveries, p.delivery(key, EditPart(before.Edits), alert, said))
}

func (p *planner) delivery(key ChannelStory, part Part, a Alert, said []hit) Delivery {
	on := Repeat
	if holds(said) {
		on = Hold
	}
	return Delivery{Channel: key.Channel, Story: key.Story, Part: part, Alert: a, Drawing: DrawingVersion, OnUncertain: on}
}

// holds tells whether any of the subscriptions says hold where nobody can tell.
func holds(said []hit) bool {
	return slices.ContainsFunc(said, func(h hit) bool { return h.subscription.WhenUncertain == Hold })
}

// with returns the alert with one more outlet and what fired there, and whether that added anything. The alert that it is
// called on stays as it was.
func (a Alert) with(s AlertSource, hits []Hit) (Alert, bool) {
	grown := false
	if !slices.ContainsFunc(a.Sources, func(b AlertSource) bool { return b.Name == s.Name }) {
		a.Sources, grown = append(slices.Clone(a.Sources), s), true
	}
	for _, h := range hits {
		if s.URL != a.URL && a.ID != "" { // the evidence is of that outlet's words
			h.Article = s.URL
		}
		if !slices.ContainsFunc(a.Matches, func(b Hit) bool { return b.Watchlist == h.Watchlist && b.Watch == h.Watch }) {
			a.Matches, grown = append(slices.Clone(a.Matches), h), true
		}
	}
	return a, grown
}

// sourceOf is the outlet as the channel's workspace knows it.
func sourceOf(f Feed, a Article, c Channel) AlertSource {
	s := f.SourceIn(c.Workspace())
	if s.Name == "" {
		s.Name = f.NameIn(c.Workspace())
	}
	return AlertSource{Name: s.Name, Country: s.Country, Ownership: s.Ownership, URL: a.URL}
}

func hitsOf(said []hit) []Hit {
	out := make([]Hit, 0, len(said))
	for _, h := range said {
		out = append(out, h.hit())
	}
	return out
}

// pingsOf returns whom the subscriptions ping, in their order.
func pingsOf(said []hit) (out []string) {
	for _, h := range said {
		if p := h.subscription.Ping; p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}
