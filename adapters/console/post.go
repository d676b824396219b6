package console

import (
	"context"
	"fmt"
	"io"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// Manner implements alerts.Poster: what is printed twice is there twice.
func (c *Console) Manner() alerts.Manner { return alerts.Manner{} }

// Find implements alerts.Poster: what a terminal has shown can't be read back.
func (c *Console) Find(context.Context, alerts.Delivery) (string, error) {
	return "", alerts.ErrNoHistory
}

// Post implements alerts.Poster. Replies and edits are printed after what is there; the id is the delivery's own.
func (c *Console) Post(ctx context.Context, d alerts.Delivery) (string, error) {
	if d.Channel.Workspace() != Workspace {
		return "", &alerts.SendError{
			Class: alerts.ChannelDead, Say: fmt.Sprintf("%q is no console channel. Write it as console:NAME.", d.Channel),
			Err: fmt.Errorf("post to console: channel %q", d.Channel),
		}
	}
	text := c.alert(d) + "\n"
	if c.Format == JSON {
		var err error
		if text, err = deliveryLine(d); err != nil {
			return "", &alerts.SendError{Class: alerts.Poison, Err: fmt.Errorf("post to console: %w", err)}
		}
	}
	if err := c.write(ctx, text, spoken); err != nil {
		return "", err
	}
	return d.Ref(), nil
}

// A manner is who writes, which decides what becomes of the prompt.
type manner int

const (
	spoken  manner = iota // by itself, amid whatever is being typed: on a line of its own, and the prompt again after it
	asked                 // the prompt
	entered               // after a line was typed: the prompt is used up
)

// write writes text in one piece, when it is its turn. It returns as soon as ctx ends; the turn is passed on when the
// write is over, so that nothing comes between.
func (c *Console) write(ctx context.Context, text string, m manner) error {
	if err := ctx.Err(); err != nil {
		return unsent(err)
	}
	select {
	case <-c.turn:
	case <-ctx.Done():
		return unsent(ctx.Err())
	}
	if m == spoken && c.asking {
		text = "\n" + text + c.Look.paint(faint, prompt)
	}
	if m != spoken {
		c.asking = m == asked
	}
	done := make(chan error, 1)
	go func() {
		n, err := io.WriteString(c.Out, text)
		done <- unwritten(n, err)
		c.turn <- struct{}{}
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return interrupted(ctx.Err())
	}
}
