package match

// A refSet is the patterns that were taken on a Doc.
type refSet struct {
	slots []uint32 // one more than the reference
	n     int
}

func (r *refSet) clear() {
	if r.n > 0 {
		clear(r.slots)
		r.n = 0
	}
}

// add tells whether a reference is new.
func (r *refSet) add(ref uint32) bool {
	if 2*r.n >= len(r.slots) {
		old := r.slots
		r.slots = make([]uint32, max(64, 4*len(old)))
		r.n = 0
		for _, o := range old {
			if o != 0 {
				r.add(o - 1)
			}
		}
	}
	i, there := r.slotOf(ref)
	if !there {
		r.slots[i] = ref + 1
		r.n++
	}
	return !there
}

// has tells whether a reference was added.
func (r *refSet) has(ref uint32) bool {
	if r.n == 0 {
		return false
	}
	_, there := r.slotOf(ref)
	return there
}

// slotOf is where a reference is, or may be put. There is a free slot.
func (r *refSet) slotOf(ref uint32) (i uint32, there bool) {
	mask := uint32(len(r.slots) - 1) //nolint:gosec // a power of two
	for i = ref * 0x9E3779B1 >> 7 & mask; ; i = (i + 1) & mask {
		switch r.slots[i] {
		case ref + 1:
			return i, true
		case 0:
			return i, false
		}
	}
}
