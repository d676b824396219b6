// Package adaptertest is the conformance suite that every adapter passes: order, limits, escaping, error classes,
// cancellation, threads and edits. One suite for all, so that knowing one adapter is knowing all.
//
// An adapter's test gives Exercise a Subject: how to make a Poster that talks to a peer (a fake of the vendor that
// enforces the vendor's rules), and what the platform can do.
package adaptertest

import (
	"testing"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// Can says what a platform is able to do.
type Can uint

// The abilities that differ between platforms.
const (
	Threads Can = 1 << iota // replies go into the root's thread
	Edits                   // a posted message can be changed
	Finds                   // Find looks into the channel's history
	Refuses                 // the vendor can refuse and fail: the error classes apply
)

// A Subject is an adapter under test.
type Subject struct {
	// New returns a fresh peer with at least three channels; it cleans up after itself with t.Cleanup.
	New func(t testing.TB) Peer
	Can Can
	// Faults are the vendor's failures, one for each code of the table of error classes.
	Faults []Fault
	// Ping is a role or group of the peer's, as Alert.Ping names it and as Message.Mentions reports it; "" if the platform
	// pings nobody.
	Ping string
	// Secrets are the tokens that New gives the adapter: none may be seen in a message or an error.
	Secrets []string
}

// A Peer is the vendor's side of the connection.
type Peer interface {
	// Poster returns the adapter, connected to this peer.
	Poster() alerts.Poster
	// Channel returns the n-th channel that can be posted to.
	Channel(n int) alerts.Channel
	// Posted returns the messages of a channel as a reader sees them, oldest first, edits applied.
	Posted(c alerts.Channel) []Message
	// Refused returns how many calls the vendor had to refuse for their rate so far.
	Refused() int
}

// A Message is what the vendor shows a reader, with mark-up interpreted the way the vendor's client does.
type Message struct {
	ID       string
	Ref      string   // Delivery.Ref as the vendor stores it (nonce or metadata), "" if it stores none
	Text     string   // all visible text, in reading order, lines separated by \n
	Links    []string // every address that a click would open
	Mentions []string // everybody who was pinged
	Root     string   // the id of the message whose thread it is in, "" for none
	Bad      []string // the vendor's complaints about limits and form: empty for a good message
}

// A Fault is one way in which the vendor fails a post.
type Fault struct {
	Name string
	// Arm makes the peer fail the next post in this way.
	Arm func(p Peer)
	// Want is the class and, with Wait, the scope and least time that the adapter must report.
	Want alerts.SendError
	// Accepted says that the peer shows the message all the same.
	Accepted bool
}
