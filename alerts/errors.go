package alerts

import (
	"errors"
	"time"
)

// Invalid is a mistake that a user can mend. Say is a whole sentence in plain words that tells what to do next; it is
// shown to users as it stands, so it holds no secret and no internal detail.
type Invalid struct{ Say string }

func (e *Invalid) Error() string { return e.Say }

// Say returns the sentence for users in err, or "" if there is none.
func Say(err error) string {
	var invalid *Invalid
	if errors.As(err, &invalid) {
		return invalid.Say
	}
	return ""
}

// A Class says what a failed send means. The adapter decides it, where the platform's answer is known; the dispatcher
// acts on it.
type Class string

// The classes, from the one that only waits to the one nobody knows.
const (
	Wait          Class = "wait"           // rate limited: try again after SendError.After; attempts are not spent
	Unsent        Class = "unsent"         // surely not accepted (no connection): try again with back-off
	Ambiguous     Class = "ambiguous"      // it may have been accepted: look before repeating
	ChannelDead   Class = "channel dead"   // this channel can't be posted to: stop it, tell the admins once
	WorkspaceDead Class = "workspace dead" // the bot is no longer in the workspace: stop all its channels
	Credential    Class = "credential"     // the token is refused: no further call on this platform
	Poison        Class = "poison"         // this message is refused: once more as plain text, then the dead letters
	Unknown       Class = "unknown"        // a code nobody has seen: as Poison, with an alarm
)

// SendError is what a Poster returns when a delivery was not, or not surely, posted.
type SendError struct {
	Class  Class
	After  time.Duration // with Wait: the least time before the next call; 0 means the dispatcher's default (60 s)
	Global bool          // with Wait: the whole platform waits, not only this channel
	Say    string        // for people: what is wrong and its cure; "" where there is nothing to do
	Err    error         // for operators
}

func (e *SendError) Error() string { return string(e.Class) + ": " + e.Err.Error() }
func (e *SendError) Unwrap() error { return e.Err }
