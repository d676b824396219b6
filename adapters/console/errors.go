package console

import (
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// unsent is the error of a write that did not begin.
func unsent(err error) error {
	return &alerts.SendError{Class: alerts.Unsent, Err: fmt.Errorf("write to console: %w", err)}
}

// interrupted is the error of a write that was begun and not waited for.
func interrupted(err error) error {
	return &alerts.SendError{Class: alerts.Ambiguous, Err: fmt.Errorf("write to console: %w", err)}
}

// unwritten says what the failure of a write of which n bytes went out means: nil is no failure, and an output that is
// gone does not come back.
func unwritten(n int, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.EPIPE), errors.Is(err, os.ErrClosed), errors.Is(err, io.ErrClosedPipe):
		return &alerts.SendError{
			Class: alerts.ChannelDead, Say: "Nobody reads the bot's output any more. Start the bot again, with its output where you can see it.",
			Err: fmt.Errorf("write to console: %w", err),
		}
	case n > 0:
		return interrupted(err)
	}
	return unsent(err)
}
