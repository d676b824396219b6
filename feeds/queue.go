package feeds

import (
	"context"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A Queue says which feeds are due. A feed is due when its next poll is not after now, it has a listing, and nobody
// holds a lease on it.
type Queue interface {
	// ClaimFeeds leases up to limit due feeds until now plus lease and returns them as they stand, cursor and all
	// listings included, the longest overdue first. Recording a visit (alerts.Ledger.Record) sets the feed's next poll
	// and releases it; a lease that runs out makes it due again, so a crash loses nothing.
	ClaimFeeds(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]alerts.Feed, error)
	// PutOff gives back feeds as they were claimed: each is due at its Due. One whose lease is another's by now is left
	// as it is.
	PutOff(ctx context.Context, claimed []alerts.Feed) error
}
