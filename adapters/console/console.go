// Package console is the terminal as a chat platform: alerts on an output, commands on an input. It is how Attaché is
// tried without a token, and the smallest example of an adapter:
//
//   - console.go and receive.go take commands to the Desk and draw its answers,
//   - post.go sends a delivery, so that a Console is an alerts.Poster,
//   - render.go draws an alert or an answer as paragraphs, page.go lays them out, jsonl.go is the form for programs,
//   - errors.go says what a failed write means.
//
// Invariants:
//   - What others wrote reaches the terminal only as text: no control character, escape sequence or bidi control of theirs,
//     and a link only if it is http(s).
//   - A delivery is one write, whole and never mixed with another, and the same every time it is drawn.
//   - Escape sequences are written only where Look allows them.
package console

import (
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"strings"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
)

// Workspace is the console's only one. Whoever can type into the program's input administers it.
const Workspace alerts.Workspace = "console"

// A Desk answers typed lines; *commands.Desk is one.
type Desk interface {
	DoLine(ctx context.Context, r commands.Request, line string) commands.Reply
}

// A Format is how alerts are written.
type Format string

// The formats.
const (
	Text Format = "text" // for people; the default
	JSON Format = "json" // JSON Lines, for programs
)

// Options are what a Console works with. Out is needed, the rest may be left out.
type Options struct {
	Out    io.Writer
	In     io.Reader // nil: no commands
	Desk   Desk      // answers what is typed; nil: no commands
	Format Format
	Look   Look
	Zone   *time.Location // of the times in alerts; nil is the machine's
	Prompt bool           // ask for commands: input and output are a terminal
	GoesOn bool           // the program goes on whatever is typed, until it is stopped
	Unread bool           // the program goes on when the input ends, as a service does that has none, and ends when somebody types exit

	Channel alerts.Channel // where commands are typed; "" is console:desk
	User    string         // who types them, for the audit; "" is "console"
	NewID   func() string  // of requests; nil makes random ones
	Log     *slog.Logger   // nil logs nothing
}

// A Console is an adapter. It is safe for concurrent use.
type Console struct {
	Options
	turn   chan struct{}    // holds one token: who has it may write
	asking bool             // the prompt stands on the last line; only with the token
	offers []commands.Offer // of the last answer; only Run's goroutine has them
}

// New returns a Console.
func New(o Options) *Console {
	if o.Zone == nil {
		o.Zone = time.Local
	}
	if o.Channel == "" {
		o.Channel = alerts.NewChannel(Workspace, "desk")
	}
	if o.User == "" {
		o.User = "console"
	}
	if o.NewID == nil {
		o.NewID = func() string { return "console-" + strings.ToLower(rand.Text()[:12]) }
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	c := &Console{Options: o, turn: make(chan struct{}, 1)}
	c.turn <- struct{}{}
	return c
}
