package match

// places are the units of a field by the hash of their keys. A unit that is found by another word's hash is compared
// with the word anyway.
type places struct {
	filled  bool
	heads   []int32 // by hash; the first entry, counted from 1
	entries []place
	keys    []string // scratch
}

type place struct {
	hash uint64
	unit int32
	next int32
}

func (p *places) clear() { p.filled = false }

// fill takes up all units of a field.
func (p *places) fill(t *text, f *field) {
	p.filled, p.entries = true, p.entries[:0]
	size := 16
	for size < 4*len(f.allUnits()) {
		size *= 2
	}
	if cap(p.heads) < size {
		p.heads = make([]int32, size)
	}
	p.heads = p.heads[:size]
	clear(p.heads)
	for i := range f.units {
		t.eachSound(f.unit(i), func(key soundKey) { p.add(key.hash(), i) })
		if t.known != nil && i < len(f.atoms) {
			if known := t.known(f, i); len(known) > 0 {
				for _, key := range known {
					p.add(key, i)
				}
				continue
			}
		}
		p.keys = f.unitKeys(t, i, p.keys[:0])
		for _, key := range p.keys {
			p.add(keyOf(key), i)
		}
	}
}

func (p *places) add(key uint64, i int) {
	head := &p.heads[key&uint64(len(p.heads)-1)]               //nolint:gosec // a length
	p.entries = append(p.entries, place{key, int32(i), *head}) //nolint:gosec // fewer than bytes
	*head = int32(len(p.entries))                              //nolint:gosec // fewer than bytes
}

// unitsOf calls yield with the units that have a key.
func (f *field) unitsOf(t *text, h uint64, yield func(u *unit)) {
	if !f.places.filled {
		f.places.fill(t, f)
	}
	for n := f.places.heads[h&uint64(len(f.places.heads)-1)]; n != 0; n = f.places.entries[n-1].next { //nolint:gosec // a length
		if e := &f.places.entries[n-1]; e.hash == h {
			yield(f.unit(int(e.unit)))
		}
	}
}

// startsOf adds the first atoms of the units that have a key.
func (f *field) startsOf(t *text, h uint64, list []int) []int {
	if !f.places.filled {
		f.places.fill(t, f)
	}
	for n := f.places.heads[h&uint64(len(f.places.heads)-1)]; n != 0; n = f.places.entries[n-1].next { //nolint:gosec // a length
		if e := &f.places.entries[n-1]; e.hash == h {
			list = append(list, f.unit(int(e.unit)).first)
		}
	}
	return list
}
