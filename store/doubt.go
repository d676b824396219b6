package store

import (
	"context"
	"sync"
	"time"
)

// A claim whose answer was lost with the connection may have been kept: then its leases run though nobody works. The next
// claim of this process ends them. They are known by when they begin and end, to the microsecond.

// A term is that of a lease.
type term struct{ from, until time.Time }

// doubts are the terms of claims without an answer.
type doubts struct {
	mu  sync.Mutex
	all []term
}

// take returns them, and keeps none.
func (d *doubts) take() []term {
	d.mu.Lock()
	defer d.mu.Unlock()
	all := d.all
	d.all = nil
	return all
}

// keep keeps terms for the next claim, the newest where there are many: leases end by themselves.
func (d *doubts) keep(all []term) {
	const most = 100
	d.mu.Lock()
	defer d.mu.Unlock()
	d.all = append(d.all, all...)
	d.all = d.all[max(0, len(d.all)-most):]
}

// endClaims ends the leases of deliveries. They count as sent perhaps, at the claim, should another process have claimed in the same
// microsecond.
func endClaims(ctx context.Context, tx txn, doubtful []term) error {
	for _, d := range doubtful {
		for _, query := range []string{
			`UPDATE deliveries SET not_before = $1 WHERE state IN ('pending', 'sending') AND state = 'sending' AND last_attempt = $1 AND not_before = $2`,
			`UPDATE channels SET lease_until = $1 WHERE served = $1 AND lease_until = $2`,
		} {
			if _, err := tx.exec(ctx, query, at(d.from), at(d.until)); err != nil {
				return err
			}
		}
	}
	return nil
}
