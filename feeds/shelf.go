package feeds

import (
	"sync"
	"time"
)

const (
	shelfBytes = 8 << 20   // of text; PROMISES P8 counts it to what the process holds
	shelfPages = 1000      // whatever they hold
	shelfTime  = time.Hour // a page may change
)

// A shelf keeps the pages that were read last, so that an article in two feeds, or one whose visit has to be recorded again,
// is not asked for twice. What is recorded is known by the archive and not read again. Its zero value is ready.
type shelf struct {
	mu    sync.Mutex
	pages map[string]shelved
	order []string // of putting, the oldest first
	bytes int
}

type shelved struct {
	page
	at time.Time
}

// take returns the page of that address, if it was read within the hour.
func (s *shelf) take(address string, now time.Time) (page, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.pages[address]
	return v.page, ok && now.Sub(v.at) < shelfTime
}

// put keeps a page, in the place of the oldest where there is no room.
func (s *shelf) put(address string, p page, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pages == nil {
		s.pages = map[string]shelved{}
	}
	if old, twice := s.pages[address]; twice {
		s.bytes -= len(old.text)
	} else {
		s.order = append(s.order, address)
	}
	s.pages[address] = shelved{p, now}
	s.bytes += len(p.text)
	for len(s.order) > shelfPages || s.bytes > shelfBytes && len(s.order) > 1 {
		s.bytes -= len(s.pages[s.order[0]].text)
		delete(s.pages, s.order[0])
		s.order = s.order[1:]
	}
}
