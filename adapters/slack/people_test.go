package slack

import (
	"context"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// A silent is a Slack that answers nothing, and counts what it is asked.
type silent struct{ asked *atomic.Int64 }

// RoundTrip implements http.RoundTripper.
func (s silent) RoundTrip(r *http.Request) (*http.Response, error) {
	s.asked.Add(1)
	<-r.Context().Done()
	return nil, r.Context().Err()
}

// TestASilentSlackHoldsUpAllLooksAtOnce: whoever has to know who the bot is waits for the same answer, and no longer than its
// own call lives.
func TestASilentSlackHoldsUpAllLooksAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int64
		a, err := New(Options{BotToken: botToken, APIURL: "http://slack.example/api/", Transport: silent{&asked}})
		require.NoError(t, err)
		began := time.Now()
		took := make(chan time.Duration, 4)
		for range cap(took) {
			go func() {
				_, err := a.Find(t.Context(), news(channel("C1"), "x"))
				if err != nil {
					took <- time.Since(began)
				}
			}()
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err = a.whoami(ctx)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, time.Second, time.Since(began))
		for range cap(took) {
			require.Equal(t, callTime, <-took)
		}
		synctest.Wait()
		require.Equal(t, int64(1), asked.Load())
		_, err = a.whoami(t.Context())
		require.Error(t, err, "it asks anew once nobody waits")
		require.Equal(t, int64(2), asked.Load())
	})
}
