package main

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/web"
)

// fullDisk is an outbox that keeps nothing until a time.
type fullDisk struct {
	alerts.Outbox
	until time.Time
	tries int
}

func (f *fullDisk) Settle(context.Context, alerts.Delivery, alerts.Settlement, time.Time) error {
	f.tries++
	return f.failing()
}

func (f *fullDisk) failing() error {
	if time.Now().Before(f.until) {
		return errors.New("disk full")
	}
	return nil
}

func TestWhatBecameOfAMessageIsKeptOnceThereIsRoom(t *testing.T) {
	for name, c := range map[string]struct {
		full  time.Duration // how long
		other bool          // the store says that it fails for another reason than its disk
		took  time.Duration
		tries int
		kept  bool
	}{
		"room":              {0, false, 0, 1, true},
		"full for a while":  {5500 * time.Millisecond, false, 6 * time.Second, 7, true},
		"full for too long": {time.Minute, false, settleFor, 19, false},
		"not the disk":      {time.Minute, true, 0, 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				disk := &fullDisk{until: began.Add(c.full)}
				failing := disk.failing
				if c.other {
					failing = func() error { return nil }
				}
				metrics := web.NewMetrics(prometheus.NewRegistry(), "test", nil)
				err := counted{disk, metrics, failing}.Settle(t.Context(), alerts.Delivery{}, alerts.Settlement{State: alerts.StateSent}, began)
				require.Equal(t, c.kept, err == nil)
				require.Equal(t, c.took, time.Since(began))
				require.Equal(t, c.tries, disk.tries)
			})
		})
	}
}
