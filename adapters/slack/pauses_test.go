package slack

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// A stalledMemory answers nothing.
type stalledMemory struct{}

func (stalledMemory) Meta(ctx context.Context, _ string) (string, error) {
	<-ctx.Done()
	return "", ctx.Err()
}

func (stalledMemory) KeepUntil(ctx context.Context, _, _ string, _ time.Time) error {
	<-ctx.Done()
	return ctx.Err()
}

// A store that stalls holds up a call as long as one question to it, however many calls ask.
func TestAMemoryThatStallsHoldsUpAllCallsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &pauses{now: time.Now, memory: stalledMemory{}, replicas: func() int { return 1 }}
		began := time.Now()
		took := make(chan time.Duration, 4)
		for range cap(took) {
			go func() {
				p.left(t.Context(), posting)
				took <- time.Since(began)
			}()
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		require.Negative(t, p.left(ctx, posting))
		require.Equal(t, time.Second, time.Since(began), "a call waits no longer than it lives")
		for range cap(took) {
			require.Equal(t, memoryTime, <-took)
		}
	})
}
