package match

import (
	"slices"
)

// A name by its sound is two words near each other, so a pattern is filed under the skeletons of both together: of the
// last first name that texts do not leave out, and of the surname. Neither alone would choose texts.

// How many words further on the second of the pair may begin.
const (
	maxApart        = 4
	maxApartUncased = 3 // in a script without capitals, where nothing else marks a name
	maxReversed     = 2 // behind the surname
)

// wholeBoneKey is that of a whole name in so many syllables of Hangul.
func wholeBoneKey(whole skeleton, syllables int) uint64 {
	return salted(uint64(whole)<<16, saltWhole+uint64(syllables)) //nolint:gosec // a few
}

// lastGiven is the word of the pair beside the surname.
func (n *name) lastGiven() *word {
	for i := len(n.given) - 1; i > 0; i-- {
		if !n.given[i].optional() {
			return &n.given[i]
		}
	}
	return &n.given[0]
}

// hearers are those of a word as one, and of what it begins with.
func (w *word) hearers(list []*hearer) []*hearer {
	if w.joined.ear != nil {
		list = append(list, w.joined.ear)
	}
	if len(w.parts) > 1 && w.parts[0].ear != nil {
		list = append(list, w.parts[0].ear)
	}
	return list
}

// pair notes what the two words sound like.
func (n *name) pair() {
	n.heardGiven, n.heardSurname = n.lastGiven().hearers(nil), n.surname.hearers(nil)
	if n.whole != nil {
		n.heardGiven = n.whole.hearers(n.heardGiven)
	}
}

// wholeKeys adds the keys under which the name is filed as one word.
func (n *name) wholeKeys(keys []uint64) []uint64 {
	if n.asOne == nil {
		return keys
	}
	for _, b := range n.asOne.bones {
		keys = append(keys, wholeBoneKey(b, n.syllables))
	}
	return keys
}

// bones are the skeletons of a unit, not to be changed.
func (t *text) bones(u *unit) []skeleton {
	if len(u.reads) > 1 {
		return t.addBones(u, nil)
	}
	if h := t.heard(u.reads[0]); h != nil {
		return slices.Clip(h.bones)
	}
	return nil
}

// addBones adds the skeletons of a unit to a list that is empty.
func (t *text) addBones(u *unit, list []skeleton) []skeleton {
	for _, r := range u.reads {
		h := t.heard(r)
		if h == nil {
			continue
		}
		for _, b := range h.bones {
			if !slices.Contains(list, b) {
				list = append(list, b)
			}
		}
	}
	return list
}

// paired tells that in the name that begins at one atom and has its surname at another stand the two words under whose
// sound it is filed.
func (n *name) paired(t *text, f *field, first, surname int) bool {
	found := false
	f.bonesFrom(t, surname, func(last int, bones []skeleton) bool {
		from, to := first, surname
		if first == surname { // the first names follow
			from, to = last+1, min(surname+maxReversed+1, len(f.atoms))
		}
		if n.whole == nil && first != surname {
			to = min(to, first+1) // the first name is where the name begins
		}
		for i := from; i < to && !found; i++ {
			if surname-i > maxApart || f.atom(i).shape == uncased && surname-i > maxApartUncased || f.atom(i).shape == lower && !f.capitalAt(i) {
				continue
			}
			found = f.bonesFrom(t, i, func(last int, given []skeleton) bool {
				return (last < surname || first == surname) && n.pairs(given, bones)
			})
		}
		return found
	})
	return found
}

// bonesFrom calls yield with the last atom and the skeletons of the units that begin at atom i, until it returns true.
func (f *field) bonesFrom(t *text, i int, yield func(last int, bones []skeleton) bool) bool {
	if i < 0 || i >= len(f.atoms) {
		return false
	}
	if u := f.sounding(i); u != nil {
		if yield(i, u.bones) {
			return true
		}
	} else if yield(i, t.bones(f.unit(i))) {
		return true
	}
	for _, j := range f.joinedAt(i) {
		if u := f.unit(j.unit); yield(u.last, t.bones(u)) {
			return true
		}
	}
	return false
}

// pairs tells that a name is filed under the skeletons of two units.
func (n *name) pairs(given, surname []skeleton) bool {
	for _, a := range n.heardGiven {
		sure, ok := a.shares(given)
		if !ok {
			continue
		}
		for _, b := range n.heardSurname {
			if also, ok := b.shares(surname); ok && (sure || also) {
				return true
			}
		}
	}
	return false
}

// heeds tells a query that looks for people by their sound.
func (n *node) heeds() bool {
	if n == nil {
		return false
	}
	return n.op == opPerson || slices.ContainsFunc(n.kids, (*node).heeds)
}
