package match

import (
	"cmp"
	"slices"
)

// join adds the words of several atoms that begin at atom i.
func (f *field) join(i int) {
	for j := i + 1; j < len(f.atoms) && j < i+maxJoined; j++ {
		a := f.atom(j)
		switch {
		case a.char || f.atom(i).char:
			return
		case a.gap == gapHyphen || a.gap == gapApostrophe:
		case a.gap == gapDot && a.end-a.start == 1 && f.atom(j-1).end-f.atom(j-1).start == 1:
		default:
			return
		}
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
	if len(f.joined) == 0 {
		return nil
	}
	from, _ := slices.BinarySearchFunc(f.joined, i, func(j joinedAtoms, i int) int { return cmp.Compare(j.first, i) })
	to := from
	for to < len(f.joined) && f.joined[to].first == i {
		to++
	}
	return f.joined[from:to]
}

// joinedUnit is atoms i to j as one word, which is not inflected but by its end.
func (t *text) joinedUnit(i, j int, fold string, s shape) unit {
	return unit{first: i, last: j, reads: t.oneRead(fold), stem: fold, shape: s}
}
