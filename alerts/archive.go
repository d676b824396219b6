package alerts

import "time"

// A Change is who changes what and when: the audit row that is written in the same transaction as the change.
type Change struct {
	Workspace Workspace
	Channel   Channel
	ActorID   string
	ActorName string
	Command   string // "watch add"
	RequestID string
	Detail    string // what was changed, in plain words
	At        time.Time
}

// A FeedStatus is a feed as a workspace sees it.
type FeedStatus struct {
	Feed     Feed
	Name     string
	Schedule string
	FromFile bool
	NextPoll time.Time
	Articles int    // recorded so far
	Disabled string // why it is not polled any more, "" if it is

	PagesRead   int    // of its articles, for their full text
	PagesFailed int    // those that were asked for and not read
	PageFailure string // why the last one was not, for people; "" if all were that the last visit asked for
}

// A Found article is one of the archive, with its feed's source.
type Found struct {
	Article Article
	Source  Source
	Story   StoryID

	NearMisses []NearMiss // for channels of the workspace; only where one article is asked for
}

// A Told alert is one that a channel was or will be sent.
type Told struct {
	Alert     Alert
	State     DeliveryState
	Reason    string // why it is not sent, "" if it is
	Discarded string // who discarded it, "" nobody
	MessageID string
	At        time.Time // when it was decided
	Decisions []Decision
	Articles  []Found // of its story, as far as the workspace hears their feeds; newest first
	Batch     int     // how many stories it tells at once, and then Decisions and Articles are of the next of them; 0 of an alert of one
}
