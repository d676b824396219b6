package feeds

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A sieve lets the mender pass over items that are known, and learns to know the others.
type sieve struct {
	known   traces         // may be nil
	hashed  int            // bytes, so that items within items are not hashed again and again
	still   []alerts.Still // passed over; Ahead counts the items that are read
	raws    []uint64       // of the items that are read, 0 where it would not be known again
	open    int            // where the item that is being read must end
	depth   int            // at which all items are; 0 before the first
	mixed   bool           // which item is which can't be told: they are at several depths, one is there twice, or the list has other things
	warned  int            // how many warnings there were when it began
	passing map[uint64]bool
}

func newSieve(known traces) *sieve { return &sieve{known: known, passing: map[uint64]bool{}} }

// pass is called where an item's start tag, from..., was read: it returns true if the item is known and was passed over.
func (m *mender) pass(from int, name string, selfClosing bool) bool {
	s := m.sieve
	if s == nil || m.item > 0 || len(m.stack) == 0 {
		return false
	}
	if s.depth == 0 {
		s.depth = len(m.stack)
	}
	s.mixed = s.mixed || s.depth != len(m.stack)
	s.open, s.warned = 0, len(m.warnings)
	end, raw := 0, uint64(0)
	if !selfClosing && len(m.entities) == 0 {
		end, raw = m.itemEnd(from, name)
	}
	if s.meets(raw) {
		m.pos = end
		return true
	}
	s.open = end
	return false
}

// meets notes the next item, by its hash, and tells whether it is known and to be passed over.
func (s *sieve) meets(raw uint64) bool {
	if _, known := s.known[raw]; !known || raw == 0 {
		s.raws = append(s.raws, raw)
		return false
	}
	s.mixed = s.mixed || s.passing[raw]
	s.passing[raw] = true
	s.still = append(s.still, alerts.Still{Raw: raw, Ahead: len(s.raws)})
	return true
}

// ended is called where the item that is being read has ended. What was not read to its own end, or only after it was
// mended, is read anew each time.
func (m *mender) ended() {
	s := m.sieve
	if s != nil && len(s.raws) > 0 && (m.pos != s.open || len(m.warnings) != s.warned) {
		s.raws[len(s.raws)-1] = 0
	}
}

// itemEnd returns where the item that begins there ends, as far as can be seen without parsing it, and the hash of its text;
// 0 if neither can be told.
func (m *mender) itemEnd(from int, name string) (end int, raw uint64) {
	tag := m.find("</"+name, from)
	if tag < 0 {
		return 0, 0
	}
	if end = m.find(">", tag); end < 0 {
		return 0, 0
	}
	end++
	if m.sieve.hashed += end - from; m.sieve.hashed > len(m.src) {
		return 0, 0
	}
	return end, hashOfItem([]byte(m.src[from:end]))
}

func hashOfItem(text []byte) uint64 {
	sum := sha256.Sum256(text)
	return binary.LittleEndian.Uint64(sum[:])
}
