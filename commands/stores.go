package commands

import (
	"context"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// What the stores take and give are nouns of alerts, so that a store need not know of commands.
type (
	// Change is who changes what and when.
	Change = alerts.Change
	// FeedStatus is a feed as a workspace sees it.
	FeedStatus = alerts.FeedStatus
	// Found is an article of the archive.
	Found = alerts.Found
	// Told is an alert that a channel was or will be sent.
	Told = alerts.Told
)

// Watchlists are a workspace's watchlists and, read-only, the file's that it subscribes to.
type Watchlists interface {
	// Watchlists returns what w may see, by name.
	Watchlists(ctx context.Context, w alerts.Workspace) ([]alerts.Watchlist, error)
	// PutWatch adds the watch to the workspace's list of that name, which is made if it is not there.
	// A watch of that name (folded) is an *alerts.Invalid, and so is a list of the file's.
	PutWatch(ctx context.Context, c Change, list string, w alerts.Watch) error
	// RemoveWatch removes it; an *alerts.Invalid if it is not there. A list without watches stays.
	RemoveWatch(ctx context.Context, c Change, list, watch string) error
}

// Subscriptions are which channel hears which list.
type Subscriptions interface {
	// Subscriptions returns those of all channels of w.
	Subscriptions(ctx context.Context, w alerts.Workspace) ([]alerts.Subscription, error)
	// Subscribe adds or, for the same channel and list, changes a subscription; the file's can't be changed, which is an
	// *alerts.Invalid. It starts a stopped channel again.
	Subscribe(ctx context.Context, c Change, s alerts.Subscription) error
	// Unsubscribe removes one; an *alerts.Invalid if it is not there or the file's.
	Unsubscribe(ctx context.Context, c Change, ch alerts.Channel, list alerts.ListRef) error
	// Leave removes all that channels of w subscribe to in chat, stops what waits for them, and stops the file's.
	Leave(ctx context.Context, c Change) error
}

// Feeds are the feeds that a workspace hears.
type Feeds interface {
	// Feeds returns the file's and w's own, by name.
	Feeds(ctx context.Context, w alerts.Workspace) ([]FeedStatus, error)
	// AddFeed lists a feed for c.Workspace, with one listing; the feed is due at once if it is new. An *alerts.Invalid if
	// the workspace hears its URL already, or the name is taken.
	AddFeed(ctx context.Context, c Change, f alerts.Feed) error
	// RemoveFeed takes it off c.Workspace's list; an *alerts.Invalid if it is not there or the file's. Articles stay.
	RemoveFeed(ctx context.Context, c Change, name string) error
	// AcceptFeed takes a feed that c.Workspace hears as it is now (alerts.Manners.Accepted), and makes it due at once.
	AcceptFeed(ctx context.Context, c Change, name string) error
	// RetryFeed polls a feed again that fails or was given up, at due: now, or as soon as its server allows. An
	// *alerts.Invalid if it is not there or read without trouble.
	RetryFeed(ctx context.Context, c Change, name string) (due time.Time, err error)
}

// Coverage is what the feeds brought, what they may have missed, and when platforms were not heard.
type Coverage interface {
	// Coverage returns that of the feeds w hears, from the begin of the time's day (UTC).
	Coverage(ctx context.Context, w alerts.Workspace, since time.Time) (alerts.Coverage, error)
}

// Archive is what was read and said.
type Archive interface {
	// Lookup returns articles of the feeds w hears whose words hold all the words of any of the groups, newest first.
	Lookup(ctx context.Context, w alerts.Workspace, anyOf [][]string, limit int) ([]Found, error)
	// Recent returns the newest alerts of a channel; a channel's samples too. Decisions and Articles are not filled.
	Recent(ctx context.Context, ch alerts.Channel, limit int) ([]Told, error)
	// Told returns the alert of that short id in any channel of w; ok is false if there is none. Of a message of several
	// stories it leaves out as many, the newest, as skip says.
	Told(ctx context.Context, w alerts.Workspace, alertID string, skip int) (t Told, ok bool, err error)
	// Decided returns an article that w hears by its URL or canonical URL, and what was decided about it for channels of w.
	Decided(ctx context.Context, w alerts.Workspace, canonical string) (f Found, d []alerts.Decision, ok bool, err error)
}

// History lets watches be tried on the articles that were read.
type History interface {
	// Replay calls do with the articles whose texts are kept, first read at since or later, the newest most of them, in the
	// order in which they were recorded. It holds nobody up, however long do takes.
	Replay(ctx context.Context, since time.Time, most int, do func(alerts.Past) error) error
	// Learn gives the watches of the lists what imported catalogues know of their persons.
	Learn(ctx context.Context, lists []alerts.Watchlist) error
}

// Deliveries are the messages that did not arrive.
type Deliveries interface {
	// Undelivered returns the newest of w to which the want applies, and how many there are in all.
	Undelivered(ctx context.Context, w alerts.Workspace, want alerts.Want, limit int) (newest []alerts.Undelivered, all int, err error)
	// RetryDelivery sends one of c.Workspace again; an *alerts.Invalid where that can't be.
	RetryDelivery(ctx context.Context, c Change, id int64) error
	// DiscardDelivery takes one of c.Workspace off the list; an *alerts.Invalid if it is not there.
	DiscardDelivery(ctx context.Context, c Change, id int64) error
}

// Samples lets /test send a delivery by the same way as any other.
type Samples interface {
	// Enqueue adds the delivery to the outbox, with its audit row.
	Enqueue(ctx context.Context, c Change, d alerts.Delivery) error
}
