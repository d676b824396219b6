package commands

import "github.com/seed-6c43f0f2/attache/alerts"

// A Role is what a person may do in a workspace. Each includes the ones before it.
type Role int

// The roles.
const (
	Viewer Role = iota // looks up and asks why
	Editor             // edits watchlists
	Admin              // edits feeds and subscriptions
)

// An Actor is who asks, as the platform vouches for them.
type Actor struct {
	ID     string   // the platform's id of the person
	Name   string   // to show; untrusted
	Admin  bool     // the platform says that they administer the workspace
	Groups []string // the platform's ids of their roles or user groups
}

// A Request is one command as an adapter understood it.
type Request struct {
	ID        string // the platform's id of the request, for the audit and the log; unique per platform
	Workspace alerts.Workspace
	Channel   alerts.Channel // where it was typed; "" in a direct message
	Actor     Actor
	Command   string            // "watch add": a command's path in the Catalog, words separated by one space
	Args      map[string]string // by option name; a missing optional one is absent
}

// A Reply is the answer, as meaning.
type Reply struct {
	Private bool // for the person who asked alone
	Failed  bool // the request was not carried out; the lines say why and what to do
	Title   string
	Lines   []Line
	Offers  []Offer // what may be done next, one of them by one answer; at most 8
}

// An Offer is a command that the person can give without typing it: a button, or a number at the console.
type Offer struct {
	Label string // its number from 1, as in the lines, and what it is, at most 75 runes; untrusted: the adapter escapes it
	Line  string // the command in the text grammar, at most 60 runes, all of them ASCII
}

// A Line is a paragraph of a reply. Bullet lines belong to a list.
type Line struct {
	Bullet bool
	Spans  []Span
}

// A Span is a run of text in one style. Text is untrusted: the adapter escapes it.
type Span struct {
	Text  string
	Style Style
	URL   string // with Link: an absolute http(s) URL
	Unix  int64  // with Time: seconds since 1970; Text is the same moment for platforms that can't draw local time
}

// A Style is how a span is drawn.
type Style int

// The styles.
const (
	Plain Style = iota
	Bold
	Code // as typed: commands, ids; with a newline in it a block whose columns line up: a query and a caret below
	Link
	Time  // a moment, drawn in the reader's own time where the platform can
	Mark  // the words that made a watch fire
	Place // a channel: Text is an alerts.Channel, drawn as the platform's own link to it where it is one of its own
)

// A Choice is one suggestion of autocomplete.
type Choice struct {
	Label string // at most 100 runes
	Value string // at most 100 runes
}
