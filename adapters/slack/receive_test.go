package slack

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"
)

// TestOneReplicaWorksOnARequest: two replicas hear the same envelope at once, and the store answers their questions in every
// order there is, the first one of each perhaps with an error after it was written down, or before.
func TestOneReplicaWorksOnARequest(t *testing.T) {
	for _, order := range []string{"aabb", "abab", "abba", "baab", "baba", "bbaa"} {
		for _, unanswered := range []string{"nobody", "a", "b"} {
			for _, written := range []bool{false, true} {
				t.Run(order+", no answer to "+unanswered, func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) { require.Equal(t, 1, workers(t, order, unanswered, written)) })
				})
			}
		}
	}
}

// workers counts the replicas that work on a request which the store is asked about in that order.
func workers(t *testing.T, order, unanswered string, written bool) (works int) {
	held := map[string]string{}
	turns, ended := map[string]chan struct{}{}, make(chan bool, len(order))
	for _, replica := range []string{"a", "b"} {
		turn, asked := make(chan struct{}), 0
		turns[replica] = turn
		a := &Adapter{log: slog.New(slog.DiscardHandler), first: func(_ context.Context, name string) (bool, error) {
			<-turn
			asked++
			fails := asked == 1 && replica == unanswered
			if held[name] == "" && (!fails || written) {
				held[name] = replica
			}
			if fails {
				return false, errors.New("the connection ended")
			}
			return held[name] == replica, nil
		}}
		go func() { ended <- a.firstOfAll(t.Context(), []string{"trigger t", "", "envelope e"}) }()
	}
	synctest.Wait()
	for _, replica := range order {
		select {
		case turns[string(replica)] <- struct{}{}:
		default: // it has asked all it wanted to know
		}
		synctest.Wait()
	}
	for range turns {
		if <-ended {
			works++
		}
	}
	return works
}
