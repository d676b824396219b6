package feeds

import (
	"context"
	"fmt"
	"io"
	"sync"
)

// bodyRoom bounds the bytes of all bodies that are fetched for a Poller and not yet parsed.
const bodyRoom = 16 << 20

// smallBody is what the last quarter of a room is kept for, in bytes: nobody comes to hold more than that by it.
const smallBody = 64 << 10

// A room bounds what many hold together, in bytes. Nobody may come to hold more than what is free: so among dozens of large
// ones each stops at a share that leaves as much to who comes next, and the small are not kept out. One at a time may still
// have all that it needs, beyond the room, so that those who hold a part of it don't wait for each other for ever.
// The rule is that of dynamic thresholds: Choudhury and Hahne, Dynamic Queue Length Thresholds for Shared-Memory Packet
// Switches, IEEE/ACM Transactions on Networking 6 (1998).
type room struct {
	most   int
	beyond chan struct{}

	mu    sync.Mutex
	held  int
	freed chan struct{} // closed when something is given back
}

func newRoom(most int) *room {
	return &room{most: most, beyond: make(chan struct{}, 1), freed: make(chan struct{})}
}

// fits takes n bytes for one that holds some if there is room, or else returns what to wait for.
func (r *room) fits(holds, n int) (wait <-chan struct{}, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	free := r.most - r.held
	if holds+n > smallBody {
		free -= r.most / 4
	}
	if r.held > 0 && holds+n > free {
		return r.freed, false
	}
	r.held += n
	return nil, true
}

func (r *room) give(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.held -= n
	close(r.freed)
	r.freed = make(chan struct{})
}

// A stay is what one of them holds. A nil stay holds nothing and is never refused.
type stay struct {
	room   *room
	held   int
	beyond bool
}

// take waits for room for n more bytes, until ctx ends.
func (s *stay) take(ctx context.Context, n int) error {
	if s == nil {
		return nil
	}
	for {
		wait, ok := s.room.fits(s.held, n)
		if ok {
			break
		}
		if s.beyond {
			s.room.give(-n)
			break
		}
		select {
		case <-wait:
		case s.room.beyond <- struct{}{}:
			s.beyond = true
		case <-ctx.Done():
			return fmt.Errorf("wait for room: %w", ctx.Err())
		}
	}
	s.held += n
	return nil
}

// leave gives all back. What has left may leave again.
func (s *stay) leave() {
	if s == nil {
		return
	}
	if s.held > 0 {
		s.room.give(s.held)
	}
	if s.beyond {
		<-s.room.beyond
	}
	s.held, s.beyond = 0, false
}

// readAll reads to the end, or one byte beyond the limit, and takes room as the body grows: for what came, not for what a
// header promises, but that a body which is promised to be small begins with no more than its size; -1 is not known.
func (s *stay) readAll(ctx context.Context, body io.Reader, limit, promised int64) ([]byte, error) {
	const step = 32 << 10
	var out []byte
	body = io.LimitReader(body, limit+1)
	for {
		if len(out) == cap(out) {
			more := max(step, cap(out)/2)
			if out == nil && promised >= 0 && promised < step {
				more = int(promised) + 1 // by which the end is seen
			}
			if err := s.take(ctx, more); err != nil {
				return out, err
			}
			out = append(make([]byte, 0, cap(out)+more), out...)
		}
		n, err := body.Read(out[len(out):cap(out)])
		out = out[:len(out)+n]
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return out, err //nolint:wrapcheck // the caller says what was read
		}
	}
}
