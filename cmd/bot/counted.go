package main

import (
	"context"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/web"
)

const (
	// settleFor is how long what became of a message is tried to be kept while the store takes no changes: less than what
	// is left of the lease after the longest send.
	settleFor = 18 * time.Second
	// settleAgain is the time between two tries.
	settleAgain = time.Second
)

// counted is an outbox that counts what becomes of deliveries: one Drain of a busy outbox goes on for hours.
type counted struct {
	alerts.Outbox
	metrics *web.Metrics
	failing func() error // why the store takes no changes, nil while it does
}

// Settle settles and counts. What became of a message is known here alone: while the disk is full or the server away it is
// tried again, since else the channel would wait for the lease's end and the message be looked for.
func (c counted) Settle(ctx context.Context, d alerts.Delivery, s alerts.Settlement, now time.Time) error {
	err := c.Outbox.Settle(ctx, d, s, now)
	for waited := time.Duration(0); err != nil && c.failing() != nil && waited < settleFor; waited += settleAgain {
		select {
		case <-ctx.Done():
			return err
		case <-time.After(settleAgain):
		}
		err = c.Outbox.Settle(ctx, d, s, now)
	}
	if err != nil {
		return err
	}
	name := string(s.State)
	if s.State == alerts.StatePending {
		name = "again"
	}
	c.metrics.Deliveries.WithLabelValues(name).Inc()
	if s.Repeated {
		c.metrics.Repeated.Inc()
	}
	return nil
}
