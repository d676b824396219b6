package feeds

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// TestBodiesHaveARoomTogether: sixty bodies that come in pieces and are each a third of the room. They take no more than the
// room and one of them, and all are read.
func TestBodiesHaveARoomTogether(t *testing.T) {
	const size, most = 1 << 20, 3 << 20
	for name, c := range map[string]struct{ room, bound int }{"bounded": {most, most + size*2}, "without end": {1 << 40, 1 << 40}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r, peak := newRoom(c.room), 0
				var all sync.WaitGroup
				for range 60 {
					all.Go(func() {
						s := &stay{room: r}
						defer s.leave()
						body, err := s.readAll(t.Context(), &dribble{left: size}, size)
						require.NoError(t, err)
						require.Len(t, body, size)
						r.mu.Lock()
						peak = max(peak, r.held)
						r.mu.Unlock()
						<-time.After(time.Second) // parsing
					})
				}
				all.Wait()
				require.Zero(t, r.held)
				require.LessOrEqual(t, peak, c.bound)
				require.Equal(t, c.room == most, peak < 20*size, "without the bound all of them are held at once")
			})
		})
	}
}

// dribble is a body that comes in pieces.
type dribble struct{ left int }

func (p *dribble) Read(b []byte) (int, error) {
	<-time.After(10 * time.Millisecond)
	n := min(p.left, len(b), 64<<10)
	if p.left -= n; n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// Who waits for room waits no longer than it may, and whoever stalls keeps what it has and no more.
func TestWaitingForRoomEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(100)
		first, second, third := &stay{room: r}, &stay{room: r}, &stay{room: r}
		require.NoError(t, first.take(t.Context(), 90))
		require.NoError(t, second.take(t.Context(), 50), "one at a time may go beyond")
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		require.ErrorIs(t, third.take(ctx, 50), context.DeadlineExceeded)
		go func() { <-time.After(time.Second); first.leave(); first.leave() }()
		require.NoError(t, third.take(t.Context(), 50))
		second.leave()
		third.leave()
		require.Zero(t, r.held)
		require.NoError(t, third.take(t.Context(), 1000), "what is larger than the room has it alone")
	})
}

// readAll reads what io.ReadAll would.
func TestReadAll(t *testing.T) {
	for _, size := range []int{0, 1, 32<<10 - 1, 32 << 10, 32<<10 + 1, 100_000, 1 << 20} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			whole := bytes.Repeat([]byte("ab"), size/2+1)[:size]
			var nobody *stay
			got, err := nobody.readAll(t.Context(), bytes.NewReader(whole), 1<<20)
			require.NoError(t, err)
			require.Equal(t, size, len(got))
			require.True(t, bytes.Equal(whole, got))
			got, err = nobody.readAll(t.Context(), bytes.NewReader(whole), 1000)
			require.NoError(t, err)
			require.Len(t, got, min(size, 1001), "a byte beyond the limit tells that it is passed")
		})
	}
	broken := errors.New("reset")
	got, err := (*stay)(nil).readAll(t.Context(), io.MultiReader(bytes.NewReader([]byte("abc")), &failing{broken}), 100)
	require.ErrorIs(t, err, broken)
	require.Equal(t, "abc", string(got))
}

type failing struct{ err error }

func (f *failing) Read([]byte) (int, error) { return 0, f.err }
