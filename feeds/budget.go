package feeds

import (
	"sync"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A budget bounds what waits, by the bytes of its text. Who is first served waits first: a large visit is not passed by
// small ones for ever.
type budget struct {
	most  int
	turn  chan struct{} // of the one who waits for room; the others wait for their turn
	freed chan struct{} // something was given back since that one looked

	mu   sync.Mutex
	held int
}

func newBudget(most int) *budget {
	return &budget{most: most, turn: make(chan struct{}, 1), freed: make(chan struct{}, 1)}
}

// take waits until there is room for n more bytes. What is larger than the whole budget has it alone.
func (b *budget) take(n int) {
	b.turn <- struct{}{}
	for !b.fits(n) {
		<-b.freed
	}
	<-b.turn
}

// fits takes n bytes if there is room.
func (b *budget) fits(n int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.held > 0 && b.held+n > b.most {
		return false
	}
	b.held += n
	return true
}

// add takes n bytes more without waiting: who holds some and waits for others would wait for ever.
func (b *budget) add(n int) {
	b.mu.Lock()
	b.held += n
	b.mu.Unlock()
}

// give gives n bytes back.
func (b *budget) give(n int) {
	b.mu.Lock()
	b.held -= n
	b.mu.Unlock()
	select {
	case b.freed <- struct{}{}:
	default:
	}
}

// textBytes is how much text a visit holds: nearly all of what it takes up.
func textBytes(v alerts.Visit) (n int) {
	for _, a := range v.Articles {
		n += len(a.Key) + len(a.URL) + len(a.Canonical) + len(a.Title) + len(a.Text) + len(a.Author)
		for _, c := range a.Categories {
			n += len(c)
		}
	}
	return n
}
