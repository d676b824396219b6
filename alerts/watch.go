package alerts

import "github.com/seed-6c43f0f2/attache/alerts/match"

// A Watch is a person, topic or country to look out for. Its Name is unique within its watchlist, folded.
type Watch struct {
	match.Spec
	Least    match.Mention // overrides the subscription's; "" does not
	Imported []string      // names learned from imported catalogues: see Learn
}

// A ListRef names a watchlist: whose it is and what it is called.
type ListRef struct {
	Workspace Workspace // File for the configuration's
	Name      string
}

// A Watchlist is a named set of watches, edited by people with the right role.
type Watchlist struct {
	ListRef
	Version int64 // grows with every edit
	Watches []Watch
}

// Uncertain says what becomes of a delivery of which nobody can tell whether it was posted.
type Uncertain string

// What becomes of it.
const (
	Repeat Uncertain = "repeat" // post again: may double, is counted
	Hold   Uncertain = "hold"   // leave it, listed for an admin
)

// A Subscription is a channel that hears a watchlist, and how. Unique by Channel and List.
type Subscription struct {
	Channel       Channel
	List          ListRef       // the file's, or one of the channel's own workspace
	Least         match.Mention // the least mention that is announced; "" is body: everything
	Ping          string        // a role or group to ping, as the platform writes its id; "" none
	WhenUncertain Uncertain     // "" is Repeat
	FromFile      bool          // read-only in chat
}

// A Roster is who watches for what, and who hears it: all watchlists and subscriptions at one version.
type Roster struct {
	Version       int64
	Watchlists    []Watchlist
	Subscriptions []Subscription
}
