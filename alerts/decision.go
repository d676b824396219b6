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
	BelowBar   Reason = "mentioned less prominently than the subscription or watch asks" // Skipped
	FirstVisit Reason = "first visit to this feed: its older articles are not announced" // Skipped
	TooOld     Reason = "older than max_age when it was first seen"                      // Skipped
	Duplicate  Reason = "the feed had this article before, under another id"             // Skipped
	Refused    Reason = "the platform refused this story's messages"                     // Skipped
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
