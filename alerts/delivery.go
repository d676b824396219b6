package alerts

import (
	"fmt"
	"strings"
	"time"
)

// A Part says which message of a story a delivery is: the root, a reply in its thread, or an edit of the root.
type Part string

// Root is the message that opens a story in a channel.
const Root Part = "root"

// maxRoots is how many messages may try to open one story in one channel: what three times is refused is refused again.
const maxRoots = 3

// RootPart is the n-th message that opens a story in a channel, from 1: those before it failed for good. It is Root, then
// root:2 and so on.
func RootPart(n int) Part {
	if n <= 1 {
		return Root
	}
	return Part(fmt.Sprintf("%s:%d", Root, n))
}

// ReplyPart and EditPart number what follows the root, from 1.
func ReplyPart(n int) Part { return Part(fmt.Sprintf("reply:%d", n)) }

// EditPart is the n-th change of the story's root, whichever of them stands.
func EditPart(n int) Part { return Part(fmt.Sprintf("edit:%d", n)) }

const plain = "+plain"

// AsPlain is the part under which a refused message is tried once more as plain text.
func (p Part) AsPlain() Part { return p + plain }

// Plain tells whether the part is a plain-text second try.
func (p Part) Plain() bool { return strings.HasSuffix(string(p), plain) }

// Kind returns "post", "reply" or "edit".
func (p Part) Kind() string {
	kind, _, _ := strings.Cut(strings.TrimSuffix(string(p), plain), ":")
	if kind == string(Root) {
		return "post"
	}
	return kind
}

// DrawingVersion is stored with each delivery, so that a later version draws an old one the way it was meant.
const DrawingVersion = 1

// A DeliveryState says where a delivery stands.
type DeliveryState string

// The states of a delivery. Pending and Sending are open, the others final.
const (
	StatePending    DeliveryState = "pending"
	StateSending    DeliveryState = "sending"    // claimed; after a crash: may have been posted
	StateSent       DeliveryState = "sent"       // accepted, or found in the channel
	StateFailed     DeliveryState = "failed"     // a dead letter, with its reason
	StateUncertain  DeliveryState = "uncertain"  // nobody can tell, and the subscription says hold
	StateSuperseded DeliveryState = "superseded" // an edit that a later edit made needless
)

// A Delivery is a row of the outbox. It is unique by Channel, Story and Part.
type Delivery struct {
	ID           int64
	Channel      Channel
	Story        StoryID
	Part         Part
	Alert        Alert
	Drawing      int
	Attempts     int       // sends begun, this one included
	FirstAttempt time.Time // zero before the first
	LastAttempt  time.Time // when the attempt before this one ended, at the latest; where an edit was never tried and is Uncertain: of the edits before it; else zero before the first
	Uncertain    bool      // an earlier attempt may have been accepted; of an edit: or one of the edits before it
	OnUncertain  Uncertain // what to do if that can't be found out
	Behind       string    // with Uncertain: the platform's id of a message of ours that stood in the channel before the first attempt; "" if none is known
	RootMessage  string    // for a reply or an edit: the platform's id of the root's message; "" if people deleted it before its id was known
}

// Ref returns the delivery's name towards the platform, for de-duplication and for finding it again: 24 characters of
// a-z2-7, the same for the same channel, story and part, and never longer than Discord's nonce (25).
func (d Delivery) Ref() string {
	return digest(24, "delivery", string(d.Channel), string(d.Story), string(d.Part))
}

// A Settlement is what became of a claimed delivery. It releases the channel's lease.
type Settlement struct {
	State     DeliveryState // StatePending to try again at NotBefore; else final
	MessageID string        // with StateSent: the platform's id
	NotBefore time.Time     // with StatePending: the next try
	Uncertain bool          // with StatePending: this attempt may have been accepted
	Refund    bool          // with StatePending: the attempt does not count, and LastAttempt is again what it was
	Looked    bool          // with StatePending: nothing was sent, it was only looked for, and LastAttempt is again what it was
	Reason    string        // of anything but StateSent, in plain words
	Plain     bool          // with StateFailed: enqueue Part.AsPlain in its place, before what follows
	Stop      string        // stop the channel with this reason: what waits stays, nothing more is claimed; "" does not
	StopAll   bool          // with Stop: all channels of the workspace
	Repeated  bool          // it was sent though an earlier attempt may have been accepted, and nobody could look: it may be there twice
}
