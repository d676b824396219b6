package alerts

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// maxEdits is how often a story's message is changed by what its article says anew: a headline that turns to and fro is
// left alone at last.
const maxEdits = 20

// window notes what the feed holds, if that is not what it held, and what may have been missed since it was last read.
func (p *planner) window(v Visit) {
	before := p.windows[v.Feed.ID]
	now := window(v, before)
	o := &p.outcomes[len(p.outcomes)-1]
	if o.Gap = gap(v, before, now); len(now) > 0 && !slices.Equal(now, before) {
		o.Window = now
	}
}

// changed returns the known articles of a visit whose title or text is not what it was when the feed was last read.
func changed(v Visit, known map[ArticleKey]bool, before Window) []Article {
	words := map[string]string{}
	for _, h := range before {
		words[h.Item] = h.Text
	}
	var out []Article
	for _, a := range v.Articles {
		h := held(a)
		if was := words[h.Item]; was != "" && was != h.Text && known[ArticleKey{v.Feed.ID, a.Key}] {
			out = append(out, a)
		}
	}
	return out
}

// edits plans to change the messages that articles of the visit head, where their words changed since the feed was last
// read: an edited article is an edit and no news.
func (p *planner) edits(v Visit) {
	if len(p.edited) == 0 {
		return
	}
	for _, a := range v.Articles {
		id, ok := p.edited[ArticleKey{v.Feed.ID, a.Key}]
		if !ok {
			continue
		}
		for _, key := range slices.SortedFunc(maps.Keys(p.standing), func(a, b ChannelStory) int { return cmpString(a.Channel, b.Channel) }) {
			if key.Story == id && v.Feed.HeardIn(key.Channel.Workspace()) {
				p.edit(key, a, v.Feed.FullText())
			}
		}
	}
}

// edit changes the message of a story in a channel, if the article heads it and says something else there.
// What a page said stays: the article comes without it this time.
func (p *planner) edit(key ChannelStory, a Article, fullText bool) {
	before := p.standing[key]
	alert := before.Alert
	if before.roots() == 0 || !before.stands() || before.Discarded != "" || before.Edits >= maxEdits || a.URL == "" || alert.URL != a.URL {
		return
	}
	alert.Title, alert.Matches = a.Title, retitled(alert.Matches, a.Title)
	if !fullText {
		alert.Summary = p.excerpt(a, alert.Matches)
	}
	if alert.Title == before.Alert.Title && alert.Summary == before.Alert.Summary {
		return
	}
	before.Alert = alert
	before.Edits++
	p.standing[key] = before
	o := &p.outcomes[len(p.outcomes)-1]
	o.Deliveries = append(o.Deliveries, p.delivery(key, EditPart(before.Edits), alert, nil))
}

// retitled are the hits with their evidence where the article's new title has it; what that does not say any more is left
// out.
func retitled(hits []Hit, title string) []Hit {
	out := slices.Clone(hits)
	for i, h := range out {
		if h.Article != "" {
			continue // another's
		}
		out[i].Evidence = nil
		for _, e := range h.Evidence {
			if e.Field == match.Title {
				at := strings.Index(title, e.Text)
				if at < 0 {
					continue
				}
				e.Start = utf8.RuneCountInString(title[:at])
				e.End = e.Start + utf8.RuneCountInString(e.Text)
			}
			out[i].Evidence = append(out[i].Evidence, e)
		}
	}
	return out
}
