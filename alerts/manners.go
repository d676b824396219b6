package alerts

import "time"

// Trouble is why a feed is not read as it should be, as far as it matters for what is done.
type Trouble string

// What a feed's trouble may be; "" is none, or a failure like any other.
const (
	TroubleBlocked Trouble = "blocked" // it refuses readers like us: 403, 429 or a wall against programs
	TroubleGone    Trouble = "gone"    // its publisher took it down for good: it is no longer asked
	TroubleHeld    Trouble = "held"    // it seems to have changed hands: nothing of it is announced until an admin accepts it
)

// Manners are what a feed asks of its readers and what was learnt of it, kept from one visit to the next.
type Manners struct {
	Asked     time.Duration `json:"asked,omitzero"`      // the least between visits by the feed's own text (ttl, sy:)
	Fresh     time.Duration `json:"fresh,omitzero"`      // the least between visits by the header (Cache-Control, Expires)
	Pace      time.Duration `json:"pace,omitzero"`       // between visits under schedule auto, by how much is new; 0 before there is any
	NotBefore time.Time     `json:"not_before,omitzero"` // what the last Retry-After says
	Trouble   Trouble       `json:"trouble,omitzero"`
	Slow      bool          `json:"slow,omitzero"`    // it kept us waiting the last time
	Retried   time.Time     `json:"retried,omitzero"` // when a person had it asked again, since it was last read

	Address string `json:"address,omitzero"` // where it is fetched from since a permanent move was taken over; "" where it is listed
	Move    Move   `json:"move,omitzero"`

	Site  string `json:"site,omitzero"`  // the host that the last body came from
	Title string `json:"title,omitzero"` // what that body called itself
	Items string `json:"items,omitzero"` // hashes of the keys of its items, in base64; "" where Known has them
	Known string `json:"known,omitzero"` // hashes of its items as they stood in it, in base64: those are not read again

	Hub   string `json:"hub,omitzero"`   // the WebSub hub that it names
	Topic string `json:"topic,omitzero"` // and what the hub knows it as
}

// A Move is a permanent redirect that is being watched before it is believed.
type Move struct {
	To       string    `json:"to,omitzero"`
	Since    time.Time `json:"since,omitzero"`
	Seen     int       `json:"seen,omitzero"`     // in visits in a row
	Asks     bool      `json:"asks,omitzero"`     // it leads to another owner's site and was seen often enough: only an admin can tell
	Accepted bool      `json:"accepted,omitzero"` // an admin told
}

// Accepted returns the manners of a feed that an admin accepts as it is now: a move elsewhere is right, another title or
// owner is right, and a feed that is gone is asked again.
func (m Manners) Accepted(now time.Time) Manners {
	m.Trouble, m.Retried = "", now
	m.Site, m.Title, m.Items, m.Known = "", "", "", ""
	if m.Move.Asks {
		m.Move.Asks, m.Move.Accepted = false, true
	}
	return m
}

// Address returns where the feed is fetched from.
func (f Feed) Address() string {
	if f.Cursor.Manners.Address != "" {
		return f.Cursor.Manners.Address
	}
	return f.URL
}

// A HubSubscription is what a feed's WebSub hub is asked for: to tell us when there is news. https://www.w3.org/TR/websub/
type HubSubscription struct {
	Feed    FeedID
	Path    string // the end of the address that the hub calls, which nobody can guess
	Secret  string // what the hub signs with
	Hub     string
	Topic   string    // what the hub knows the feed as
	Due     time.Time // when it is to be asked for again
	Expires time.Time // until when it is verified; not after now before it is
	Tries   int       // since it was last verified
}
