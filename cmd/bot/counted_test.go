package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/web"
)

// away is an outbox that keeps nothing until a time.
type away struct {
	alerts.Outbox
	until time.Time
	why   error
	slow  time.Duration // till it says so
	tries int
}

func (a *away) Settle(ctx context.Context, _ alerts.Delivery, _ alerts.Settlement, _ time.Time) error {
	a.tries++
	select {
	case <-time.After(a.slow):
	case <-ctx.Done():
		return fmt.Errorf("settle: %w", ctx.Err())
	}
	if time.Now().Before(a.until) {
		return a.why
	}
	return nil
}

func TestWhatBecameOfAMessageIsKeptOnceTheStoreIsBack(t *testing.T) {
	gone := fmt.Errorf("settle: %w", io.ErrUnexpectedEOF) // as a server that went away
	for name, c := range map[string]struct {
		away  time.Duration
		why   error
		slow  time.Duration
		took  time.Duration
		tries int
		kept  bool
	}{
		"there":             {0, gone, 0, 0, 1, true},
		"away for a while":  {5500 * time.Millisecond, gone, 0, 6 * time.Second, 7, true},
		"away for too long": {time.Minute, gone, 0, settleFor, 18, false},
		"slow to say so":    {time.Minute, gone, 7 * time.Second, settleFor, 3, false},
		"another's mistake": {time.Minute, errors.New("no such delivery"), 0, 0, 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				outbox := &away{until: began.Add(c.away), why: c.why, slow: c.slow}
				metrics := web.NewMetrics(prometheus.NewRegistry(), "test", nil)
				err := counted{outbox, metrics}.Settle(t.Context(), alerts.Delivery{}, alerts.Settlement{State: alerts.StateSent}, began)
				require.Equal(t, c.kept, err == nil)
				if !c.kept {
					require.ErrorIs(t, err, c.why)
				}
				require.Equal(t, c.took, time.Since(began))
				require.Equal(t, c.tries, outbox.tries)
			})
		})
	}
}
