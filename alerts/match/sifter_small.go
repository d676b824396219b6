package match

import "sync/atomic"

// A surname that is written small counts only with its first name beside it, and many words are somebody's surname. So a
// text's words are looked through for first names before more is asked.

// firstNames has a bit for each key that some name's first name may be found by, and is never emptied: more than there are
// cost time alone.
type firstNames [1 << 13]atomic.Uint64 // 64 KiB

func (f *firstNames) at(short uint32) (word *atomic.Uint64, bit uint64) {
	h := short * 0x9E3779B1 >> 13
	return &f[h>>6], 1 << (h & 63)
}

// add adds the keys that a filing needs beside a surname.
func (f *firstNames) add(l filing, needs []needBlock) {
	switch {
	case l.mode != fileName || l.need == 0:
	case l.need&needKey != 0:
		f.put(l.need)
	default:
		for _, key := range needs[l.need-1].clauses {
			if key&needKey != 0 { // no count
				f.put(key)
			}
		}
	}
}

func (f *firstNames) put(short uint32) {
	word, bit := f.at(short)
	if word.Load()&bit == 0 {
		word.Or(bit)
	}
}

// haveAny tells that one of some keys may be a first name's.
func (f *firstNames) haveAny(keys []uint64) bool {
	for _, key := range keys {
		if word, bit := f.at(shortKey(key)); word.Load()&bit != 0 {
			return true
		}
	}
	return false
}

// takeSmall takes the patterns of surnames that are written small, where a first name stands beside them.
func (s *sifter) takeSmall() {
	last, near := ^uint32(0), (*holdings)(nil)
	for _, p := range s.smalls {
		if p.first != last {
			last, near = p.first, s.holdBeside(p.first)
		}
		if near != nil && s.metBy(p.need, near) {
			s.take(p.ref & refMask)
		}
	}
}

// holdBeside are the keys of what may be a first name beside a token; nil for none. Names that are written as several
// tokens are looked for in the whole text.
func (s *sifter) holdBeside(at uint32) *holdings {
	from, to := at-min(at, maxBefore), at+maxJoined
	for _, i := range s.close {
		if i < from || i > to {
			continue
		}
		if a, b := s.sweep.tokens[i], s.sweep.tokens[i+1]; a.char() || s.joins(a, b) {
			return s.allHeld()
		}
	}
	s.held = s.held[:0]
	for _, i := range s.firsts {
		if i >= from && i <= to && i != at {
			s.held, _ = s.keysOf(s.sweep.tokens[i], s.held)
		}
	}
	if len(s.held) == 0 {
		return nil
	}
	s.beside.fill(s.held)
	return &s.beside
}
