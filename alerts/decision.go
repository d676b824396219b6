package alerts

import (
	"time"

	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// A Verb says what was done with one match for one subscription.
type Verb string

// The verbs of a decision.
const (
	Posted  Verb = "posted"  // it opened the story in this channel
	Joined  Verb = "joined"  // it went into a story the channel already has
	Skipped Verb = "skipped" // it was recorded and not announced

	Gathered Verb = "gathered" // it goes into one message with others
)

// A Reason says why, in the words that people read.
type Reason string

// The reasons of a decision. Each belongs to one verb.
const (
	NewStory   Reason = "a new story for this channel"                                   // Posted
	Reposted   Reason = "its first message was refused or could not be sent"             // Posted
	SameStory  Reason = "the channel already has this story"                             // Joined
	HeldStory  Reason = "the story's message is held as uncertain: it may stand there"   // Joined
	SamePage   Reason = "the channel already has this very article from another feed"    // Joined
	LateRead   Reason = "read long after it was published: told together with others"    // Gathered
	Burst      Reason = "too many new stories of this feed in an hour: told together"    // Gathered
	Overdue    Reason = "held up with too many others: told together"                    // Gathered, after it was to be posted
	BelowBar   Reason = "mentioned less prominently than the subscription or watch asks" // Skipped
	FirstVisit Reason = "first visit to this feed: its older articles are not announced" // Skipped
	TooOld     Reason = "older than max_age when it was first seen"                      // Skipped
	Duplicate  Reason = "the feed had this article before, under another id"             // Skipped
	Refused    Reason = "the platform refused this story's messages"                     // Skipped
	Discarded  Reason = "the story's message was discarded by a person"                  // Skipped
)

// A Decision is what was done with one match for one subscription, and why. Unique by channel, list, watch and article.
type Decision struct {
	Channel    Channel
	List       ListRef
	Watch      string // its name
	Feed       FeedID
	ArticleKey string
	Story      StoryID
	Verb       Verb
	Reason     Reason
	Mention    match.Mention
	Evidence   []match.Evidence
	At         time.Time
}

// decisions decides about each hit, given how the story stands in the channel. It returns those that are announced, and
// how, which is the same for all of them.
func (p *planner) decisions(f Feed, r Recorded, h heard, before Standing) (said []hit, how decided) {
	full := p.flows[FeedChannel{f.ID, h.channel}].full(r.Article.Seen, p.terms.Burst)
	for _, m := range h.hits {
		d := decide(m, r, before, full)
		p.decision(f, r, m, d)
		if d.verb != Skipped {
			said, how = append(said, m), d
		}
	}
	switch how.reason { //nolint:exhaustive // the others bring nothing new
	case NewStory:
		p.step(f.ID, h.channel, r.Article.Seen, Brought{Fresh: 1, Posted: 1})
	case Burst:
		p.step(f.ID, h.channel, r.Article.Seen, Brought{Fresh: 1})
	}
	return said, how
}

// decided is a verb with its reason.
type decided struct {
	verb   Verb
	reason Reason
}

// decide says what becomes of one hit. It never returns without a reason.
func decide(h hit, r Recorded, before Standing, full bool) decided {
	least := h.subscription.Least
	if h.watch.Least != "" {
		least = h.watch.Least
	}
	switch {
	case r.Barred != "":
		return decided{Skipped, r.Barred}
	case !h.match.Mention.AtLeast(least):
		return decided{Skipped, BelowBar}
	case before.Discarded != "":
		return decided{Skipped, Discarded}
	case before.State == StateUncertain:
		return decided{Joined, HeldStory}
	case before.stands() && r.Elsewhere:
		return decided{Joined, SamePage}
	case before.stands():
		return decided{Joined, SameStory}
	case before.roots() >= maxRoots:
		return decided{Skipped, Refused}
	case before.roots() > 0:
		return decided{Posted, Reposted}
	case r.Late:
		return decided{Gathered, LateRead}
	case full:
		return decided{Gathered, Burst}
	}
	return decided{Posted, NewStory}
}

func (p *planner) decision(f Feed, r Recorded, h hit, d decided) {
	o := &p.outcomes[len(p.outcomes)-1]
	o.Decisions = append(o.Decisions, Decision{
		Channel: h.subscription.Channel, List: h.list, Watch: h.watch.Name,
		Feed: f.ID, ArticleKey: r.Article.Key, Story: r.Story,
		Verb: d.verb, Reason: d.reason, Mention: h.match.Mention, Evidence: h.match.Evidence, At: p.now,
	})
}
