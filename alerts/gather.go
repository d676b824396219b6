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
	Reason     Reason // LateRead or Burst
	Piece      Piece
	At         time.Time
}

// A Piece is a gathered story as the message names it. It is stored as JSON.
type Piece struct {
	Title     string      `json:"title"`
	URL       string      `json:"url"`
	Published time.Time   `json:"published"`
	Source    AlertSource `json:"source"`
	Matches   []Hit       `json:"matches"`
	Hold      bool        `json:"hold,omitempty"` // the subscription says hold where nobody can tell
}

// gather plans to tell the article with others.
func (p *planner) gather(key ChannelStory, f Feed, r Recorded, said []hit, reason Reason) {
	a := r.Article
	o := &p.outcomes[len(p.outcomes)-1]
	g := Gathering{Channel: key.Channel, Story: key.Story, Feed: f.ID, ArticleKey: a.Key, Reason: reason, At: p.now, Piece: Piece{
		Title: a.Title, URL: a.URL, Published: a.Time(), Source: sourceOf(f, a, key.Channel), Matches: hitsOf(said), Hold: holds(said),
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
