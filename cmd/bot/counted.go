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
	if err := patiently(ctx, settleFor, func(ctx context.Context) error { return c.Outbox.Settle(ctx, d, s, now) }); err != nil {
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

// patiently does f again each second while the disk is full or the server away, until most has passed since it began: what
// f itself waits is in it. Only its first time is not cut off, since it may be slow without anything being wrong.
func patiently(ctx context.Context, most time.Duration, f func(ctx context.Context) error) error {
	within, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	err := f(ctx)
	for err != nil && store.Passes(err) {
		select {
		case <-within.Done():
			return err
		case <-time.After(tryAgain):
		}
		if end, _ := within.Deadline(); !time.Now().Before(end) {
			return err
		}
		again := f(within)
		if again != nil && within.Err() != nil {
			return err // what was wrong says more than that the time is over
		}
		err = again
	}
	return err
}
