package discord

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// A stalledMemory answers nothing.
type stalledMemory struct{ *memory }

func (stalledMemory) Meta(ctx context.Context, _ string) (string, error) {
	<-ctx.Done()
	return "", ctx.Err()
}

// A store that stalls holds up a call as long as one question to it, however many calls ask, and the reply to someone who
// waits in the chat not at all.
func TestAMemoryThatStallsHoldsUpAllCallsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(time.Now)
		l.memory = stalledMemory{newMemory()}
		post, reply := routeOf("POST", "/api/v10/channels/1/messages"), routeOf("POST", "/api/v10/interactions/1/t/callback")
		began := time.Now()
		took := make(chan time.Duration, 5)
		for range cap(took) - 1 {
			go func() {
				l.recall(t.Context(), post)
				took <- time.Since(began)
			}()
		}
		go func() {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			l.recall(ctx, post)
			took <- time.Since(began)
		}()
		l.recall(t.Context(), reply)
		require.Zero(t, time.Since(began))
		require.Equal(t, time.Second, <-took, "a call waits no longer than it lives")
		for range cap(took) - 1 {
			require.Equal(t, memoryTime, <-took)
		}
		require.NoError(t, l.admit(t.Context(), post))
	})
}
