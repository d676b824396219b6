package main

import (
	"context"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/store"
	"github.com/seed-6c43f0f2/attache/web"
)

// While the store takes no changes, what is known here alone is kept in mind for as long as it is this process's to write.
const (
	settleFor = 18 * time.Second // what became of a message: less than is left of the lease after the longest send
	ingestFor = 2 * time.Minute  // what was read of a feed, which is leased for three
	tryAgain  = time.Second      // between two tries
)

// counted is an outbox that counts what becomes of deliveries: one Drain of a busy outbox goes on for hours.
type counted struct {
	alerts.Outbox
	metrics *web.Metrics
}

// Settle settles and counts. What became of a message is known here alone: else the channel would wait for the lease's end
// and the message be looked for.
func (c counted) Settle(ctx context.Context, d alerts.Delivery, s alerts.Settlement, now time.Time) error {
	if err := patiently(ctx, settleFor, func() error { return c.Outbox.Settle(ctx, d, s, now) }); err != nil {
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

// patiently does f again each second, for so long at most, while the disk is full or the server away.
func patiently(ctx context.Context, most time.Duration, f func() error) error {
	err := f()
	for waited := time.Duration(0); err != nil && store.Passes(err) && waited < most; waited += tryAgain {
		select {
		case <-ctx.Done():
			return err
		case <-time.After(tryAgain):
		}
		err = f()
	}
	return err
}
