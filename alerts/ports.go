package alerts

import (
	"context"
	"errors"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/seed-6c43f0f2/attache/alerts/story"
)

// A Ledger is what the Engine reads, and the one way it writes.
type Ledger interface {
	// Roster returns who watches for what and who hears it, if its version is not have; ok is false if it is.
	Roster(ctx context.Context, have int64) (r Roster, ok bool, err error)
	// World returns what is already known about what q asks.
	World(ctx context.Context, q Question) (World, error)
	// Record writes outcomes whole, in one transaction: articles, stories, decisions, near misses, gatherings, deliveries,
	// gap, window, cursor, next poll.
	// Rows that stand already are left as they are. ErrMoved, and nothing is written, if something new was recorded since
	// the World that an outcome was planned on: another process tells the same event, perhaps.
	Record(ctx context.Context, outcomes []Outcome) error
}

// A Question asks what is known about the articles of a batch of visits.
type Question struct {
	Keys      []ArticleKey
	StoryKeys []story.Key
	Since     time.Time // stories whose newest article is older are not asked for

	Windows []FeedID     // feeds whose windows are asked for
	Traits  []Traits     // what was recorded before with one of these
	Flows   []FeedID     // feeds whose flows are asked for, from FlowSince(Now)
	Edited  []ArticleKey // articles whose stories are asked for
	Links   []ArticleKey // articles whose addresses are asked for
	Now     time.Time
}

// An ArticleKey names an article across feeds.
type ArticleKey struct {
	Feed FeedID
	Key  string
}

// ErrMoved says that what was planned is out of date: plan it anew.
var ErrMoved = errors.New("something new was recorded since this was planned")

// A World is what was known before a batch of visits.
type World struct {
	AsOf int64 // which state of the ledger this is, from 1 on

	Known   map[ArticleKey]bool       // articles recorded before
	Stories []story.Candidate         // stories that share a key with an article of the batch
	Alerts  map[ChannelStory]Standing // what channels already have of those stories, and of the others named below

	Windows map[FeedID]Window      // what feeds held when they were last read
	Pages   map[string][]Earlier   // articles recorded before by their canonical URL: of each feed the first
	Prints  map[string][]Earlier   // the same by Article.Print
	Edited  map[ArticleKey]StoryID // stories of articles known before whose words changed
	Links   map[ArticleKey]string  // the addresses of articles known before
	Flows   map[FeedChannel]Flow   // what feeds brought channels
}

// ChannelStory names a story in a channel.
type ChannelStory struct {
	Channel Channel
	Story   StoryID
}

// A Standing is a story as a channel has it: the newest alert that was recorded for it, sent or not, and what became of
// its messages.
type Standing struct {
	Alert Alert
	Roots int           // messages that were to open it, each after the one before had failed for good; 0 counts as 1
	State DeliveryState // of the newest of them, its plain second try included; "" counts as pending
	Edits int           // recorded so far, of whichever root

	Gathered bool // it is told, or about to be, in a message with others that has not failed

	Discarded string // who discarded the newest of the messages, or the one with others; "" nobody
}

// roots returns how many messages were to open the story; 0 if the channel never had it.
func (s Standing) roots() int {
	if s.Alert.ID == "" {
		return 0
	}
	return max(s.Roots, 1)
}

// stands tells whether the channel has the story, or is about to, or may have it: then others join it.
func (s Standing) stands() bool { return s.Gathered || s.roots() > 0 && s.State != StateFailed }

// An Outcome is what one visit leads to. Record writes it whole.
type Outcome struct {
	AsOf       int64 // of the World that it was planned on; 0 if it is right on any
	Visit      Visit
	Recorded   []Recorded // the articles not known before
	Decisions  []Decision
	NearMisses []NearMiss
	Deliveries []Delivery
	Gathered   []Gathering
	Steps      []Step
	Gap        *Gap   // nil if nothing was missed
	Window     Window // what the feed holds; nil if it was not read anew, or holds what it held
}

// A Recorded article, with what makes it found again.
type Recorded struct {
	Article     Article
	Story       StoryID
	Opens       bool              // it is the first of its story
	Barred      Reason            // why nothing of it is announced, whatever it matches; "" if it may be
	Late        bool              // it was read long after it was published: told together with others
	Elsewhere   bool              // another feed had it before
	Again       bool              // it was recorded before under another id of the feed: nothing is found by it
	Print       string            // Article.Print
	Fingerprint story.Fingerprint // by which later articles find the story
}

// Words are what the full-text index holds of the article, none if nothing is found by it. They take several times the room
// of a long text, so they are worked out when it is recorded, and not kept.
func (r Recorded) Words() []string {
	if r.Again {
		return nil
	}
	return match.Words(doc(r.Article, Source{}))
}

// An Outbox hands out deliveries, one per channel at a time and in order, and takes back what became of them.
type Outbox interface {
	// Claim leases up to limit channels of the platforms that have a delivery due, marks the first of each as sending
	// with one attempt more and the next try set to now plus lease, and commits that durably before it returns.
	Claim(ctx context.Context, platforms []string, now time.Time, lease time.Duration, limit int) ([]Delivery, error)
	// Settle records what became of a claimed delivery and releases its channel.
	Settle(ctx context.Context, d Delivery, s Settlement, now time.Time) error
}

// A Poster is what a platform gives the Dispatcher.
type Poster interface {
	// Post sends the delivery once and returns the platform's id of the message. Any error is a *SendError. It obeys the
	// platform's limits by waiting, and returns as soon as ctx ends.
	Post(ctx context.Context, d Delivery) (messageID string, err error)
	// Find looks for a post or a reply in the channel's recent messages: its id, or "" if it surely is not there.
	// ErrNoHistory if the bot may not read them, ErrTooFar if they are too many; else any error is a *SendError. One that
	// waits lets the next Find go on.
	Find(ctx context.Context, d Delivery) (messageID string, err error)
	// Manner says how the platform treats doubt.
	Manner() Manner
}

// A Manner is how a platform treats a send of which nobody knows whether it was accepted.
type Manner struct {
	Repeatable time.Duration // so long after the first attempt a repeated Post gives the first message again; 0 never
	Settle     time.Duration // so long after an attempt has ended its message may still appear; Find is trusted only after
}

// ErrNoHistory is returned by Find where the bot may not read a channel's messages.
var ErrNoHistory = errors.New("reading the channel's history is not allowed")
