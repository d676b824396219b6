package match

import (
	"cmp"
	"slices"
)

// joinAll makes the units of several atoms.
func (f *field) joinAll() {
	switch {
	case f.whole:
		return
	case f.sifted != nil:
		f.sifted.joinAll(f)
	default:
		for i := range f.atoms {
			f.join(i)
		}
	}
	f.whole = true
}

// allUnits are the units of the field: its atoms, then those of several.
func (f *field) allUnits() []unit {
	f.joinAll()
	return f.units
}

// joinsNext tells that an atom and the next are one word, too.
func (f *field) joinsNext(i int) bool {
	if i < 0 || i+1 >= len(f.atoms) {
		return false
	}
	if f.sifted != nil {
		return f.sifted.joins(f.tokens[i], f.tokens[i+1])
	}
	a, b := &f.atoms[i], &f.atoms[i+1]
	switch {
	case a.char || b.char:
		return false
	case b.gap == gapDot:
		return a.end-a.start == 1 && b.end-b.start == 1
	}
	return b.gap == gapHyphen || b.gap == gapApostrophe
}

// joinsAt tells that an atom and the next or the one before it are one word, too.
func (f *field) joinsAt(i int) bool { return f.joinsNext(i-1) || f.joinsNext(i) }

// join adds the words of several atoms that begin at atom i.
func (f *field) join(i int) {
	for j := i + 1; j < i+maxJoined && f.joinsNext(j-1); j++ {
		a := f.atom(j)
		s := f.atom(i).shape
		if s != lower && a.shape == f.atom(i).shape && a.gap == gapDot {
			s = upper
		}
		f.joined = append(f.joined, joinedAtoms{i, len(f.units)})
		f.units = append(f.units, f.text.joinedUnit(i, j, f.joinedFold(i, j), s))
	}
}

// joinedFold is the fold of atoms i to j as one word.
func (f *field) joinedFold(i, j int) string {
	if f.sifted != nil {
		from, _ := f.sifted.tokensOf(f)
		return f.sifted.joined(from+i, from+j)
	}
	fold := ""
	for _, a := range f.atoms[i : j+1] {
		fold += a.fold
	}
	return fold
}

// joinedAtoms says which unit is of several atoms, and which is the first of these.
type joinedAtoms struct{ first, unit int }

// joinedAt are the units of several atoms that begin at atom i.
func (f *field) joinedAt(i int) []joinedAtoms {
	if !f.joinsNext(i) {
		return nil
	}
	f.joinAll()
	from, _ := slices.BinarySearchFunc(f.joined, i, func(j joinedAtoms, i int) int { return cmp.Compare(j.first, i) })
	to := from
	for to < len(f.joined) && f.joined[to].first == i {
		to++
	}
	return f.joined[from:to]
}

// joinedUnit is atoms i to j as one word, which is not inflected but by its end.
func (t *text) joinedUnit(i, j int, fold string, s shape) unit {
	return unit{first: i, last: j, reads: t.room.alone(fold), stem: fold, shape: s}
}
