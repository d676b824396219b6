package storm

import (
	"context"
	"sync"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A book notes what passes through an outbox.
type book struct {
	alerts.Outbox

	mu       sync.Mutex
	held     map[alerts.Channel]int64 // channels in which a delivery is being sent
	twice    int                      // claims of a channel that was held
	repeated int                      // deliveries sent without knowing
	attempts map[int64][]time.Time    // by delivery, in the world's time
}

// keep makes the book note what passes through the outbox of a new process.
func (b *book) keep(o alerts.Outbox) alerts.Outbox {
	b.Outbox, b.held, b.attempts = o, map[alerts.Channel]int64{}, map[int64][]time.Time{}
	return b
}

// Claim implements alerts.Outbox.
func (b *book) Claim(ctx context.Context, platforms []string, now time.Time, lease time.Duration, limit int) ([]alerts.Delivery, error) {
	claimed, err := b.Outbox.Claim(ctx, platforms, now, lease, limit)
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, d := range claimed {
		if _, held := b.held[d.Channel]; held {
			b.twice++
		}
		b.held[d.Channel] = d.ID
		b.attempts[d.ID] = append(b.attempts[d.ID], time.Now())
	}
	return claimed, err
}

// Settle implements alerts.Outbox.
func (b *book) Settle(ctx context.Context, d alerts.Delivery, s alerts.Settlement, now time.Time) error {
	b.mu.Lock()
	if b.held[d.Channel] == d.ID {
		delete(b.held, d.Channel)
	}
	if s.Repeated {
		b.repeated++
	}
	b.mu.Unlock()
	return b.Outbox.Settle(ctx, d, s, now)
}
