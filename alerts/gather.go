package alerts

import (
	"time"
)

// A Gathering is a story that a channel is told in one message with others. Unique by channel and story.
type Gathering struct {
	Channel    Channel
	Story      StoryID
	Feed       FeedID
	ArticleKey string
	Reason     Reason // LateRead, Burst or Overdue
	Piece      Piece
	At         time.Time
}

// A Piece is a gathered story as the message names it. It is stored as JSON: in its gathering, and in the message's alert.
type Piece struct {
	Story     StoryID     `json:"story,omitempty"` // in an alert
	Title     string      `json:"title"`
	URL       string      `json:"url"` // http(s) or ""
	Published time.Time   `json:"published"`
	Source    AlertSource `json:"source"`
	Matches   []Hit       `json:"matches"` // with evidence in this article

	// In a gathering, what the subscriptions say:
	Hold  bool     `json:"hold,omitempty"`  // hold where nobody can tell
	Pings []string `json:"pings,omitempty"` // whom to ping
}

// gather plans to tell the article with others.
func (p *planner) gather(key ChannelStory, f Feed, r Recorded, said []hit, reason Reason) {
	a := r.Article
	o := &p.outcomes[len(p.outcomes)-1]
	g := Gathering{Channel: key.Channel, Story: key.Story, Feed: f.ID, ArticleKey: a.Key, Reason: reason, At: p.now, Piece: Piece{
		Title: a.Title, URL: a.URL, Published: a.Time(), Source: sourceOf(f, a, key.Channel), Matches: hitsOf(said), Hold: holds(said), Pings: pingsOf(said),
	}}
	o.Gathered = append(o.Gathered, g)
	p.standing[key] = Standing{Gathered: true}
}

// step counts a new story of the feed in the channel.
func (p *planner) step(f FeedID, c Channel, t time.Time, b Brought) {
	key, s := FeedChannel{f, c}, slot(t)
	if p.flows[key] == nil {
		p.flows[key] = Flow{}
	}
	n := p.flows[key][s]
	p.flows[key][s] = Brought{n.Fresh + b.Fresh, n.Posted + b.Posted}
	o := &p.outcomes[len(p.outcomes)-1]
	for i, had := range o.Steps {
		if had.Channel == c && had.Slot == s {
			o.Steps[i].Fresh += b.Fresh
			o.Steps[i].Posted += b.Posted
			return
		}
	}
	o.Steps = append(o.Steps, Step{c, s, b})
}
