package slack

import "sync"

// A memory remembers the newest names it was told, up to a bound.
type memory struct {
	mu    sync.Mutex
	names map[string]struct{}
	ring  []string
	at    int
}

func newMemory(bound int) *memory {
	return &memory{names: make(map[string]struct{}, bound), ring: make([]string, bound)}
}

// first remembers the names and tells whether none of them was known. Empty names do not count.
func (m *memory) first(names ...string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	known := false
	for _, n := range names {
		if n == "" {
			continue
		}
		if _, ok := m.names[n]; ok {
			known = true
			continue
		}
		delete(m.names, m.ring[m.at])
		m.ring[m.at] = n
		m.at = (m.at + 1) % len(m.ring)
		m.names[n] = struct{}{}
	}
	return !known
}

// maxLooks bounds how many looks are remembered; one that is forgotten begins anew.
const maxLooks = 256

// looks remembers by delivery at which page of the history a look stopped. Its zero value is ready.
type looks struct {
	mu sync.Mutex
	at map[string]string
}

// take returns where the look goes on, "" for the beginning, and forgets it.
func (l *looks) take(ref string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	cursor := l.at[ref]
	delete(l.at, ref)
	return cursor
}

func (l *looks) keep(ref, cursor string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.at == nil || len(l.at) >= maxLooks {
		l.at = map[string]string{}
	}
	l.at[ref] = cursor
}
