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
						body, err := s.readAll(t.Context(), &dribble{left: size}, size, -1)
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

// TestSmallBodiesFindRoom: a room is full of large bodies that can't go on until others are parsed, one every two seconds. Small
// ones wait for two of those at most; and the large ones are read in the end, one after the other.
func TestSmallBodiesFindRoom(t *testing.T) {
	const size, small, parsing = 5 << 20, 40 << 10, 2 * time.Second
	crowds := []int{4, 16, 60}
	if testing.Short() {
		crowds = crowds[:2]
	}
	for _, large := range crowds {
		t.Run(fmt.Sprint(large), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r, parses := newRoom(bodyRoom), make(chan struct{}, 1)
				var all sync.WaitGroup
				for range large {
					all.Go(func() {
						s := &stay{room: r}
						defer s.leave()
						body, err := s.readAll(t.Context(), &dribble{left: size}, size, -1)
						require.NoError(t, err)
						require.Len(t, body, size)
						parses <- struct{}{}
						<-time.After(parsing)
						<-parses
					})
				}
				<-time.After(time.Second) // all that can come has come
				longest := time.Duration(0)
				for range 20 {
					s, began := &stay{room: r}, time.Now()
					body, err := s.readAll(t.Context(), bytes.NewReader(make([]byte, small)), size, -1)
					require.NoError(t, err)
					require.Len(t, body, small)
					longest = max(longest, time.Since(began))
					s.leave()
					<-time.After(parsing / 7)
				}
				all.Wait()
				require.Zero(t, r.held)
				require.LessOrEqual(t, longest, 2*parsing)
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
			for _, promised := range []int64{-1, 0, 1, int64(size), 1 << 40} { // whatever a header says
				got, err := nobody.readAll(t.Context(), bytes.NewReader(whole), 1<<20, promised)
				require.NoError(t, err)
				require.Equal(t, size, len(got))
				require.True(t, bytes.Equal(whole, got))
				if promised == int64(size) && size < 32<<10 {
					require.Equal(t, size+1, cap(got), "no more than it is, and what shows its end")
				}
			}
			got, err := nobody.readAll(t.Context(), bytes.NewReader(whole), 1000, -1)
			require.NoError(t, err)
			require.Len(t, got, min(size, 1001), "a byte beyond the limit tells that it is passed")
		})
	}
	broken := errors.New("reset")
	got, err := (*stay)(nil).readAll(t.Context(), io.MultiReader(bytes.NewReader([]byte("abc")), &failing{broken}), 100, -1)
	require.ErrorIs(t, err, broken)
	require.Equal(t, "abc", string(got))
}

type failing struct{ err error }

func (f *failing) Read([]byte) (int, error) { return 0, f.err }
