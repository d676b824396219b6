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
