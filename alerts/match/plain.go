package match

import (
	"slices"
	"strings"
)

// A plainName is a person's name of two words of ASCII letters, as most names in a long list are. What it is filed under
// can be told from its two words without taking it apart, and of its first word once for all who bear it.
type plainName struct{ given, surname string }

// plainNameOf gives the name of a pattern that is a plain one and nothing else.
func plainNameOf(s Spec) (plainName, bool) {
	if !s.isName() {
		return plainName{}, false
	}
	given, surname, ok := strings.Cut(s.Name, " ")
	return plainName{given, surname}, ok && asciiLetters(given) && asciiLetters(surname) && !isDescription(given, surname) && isPairPrinted(given, surname) && !isOfServant(given)
}

// asciiLetters tells a word of nothing else, at least two.
func asciiLetters(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return len(s) > 1
}

// A plainGiven is what all plain names share that have a first word.
type plainGiven struct {
	other  bool     // the name has other forms: no plain one
	family bool     // it may be a family name of Hangul
	need   uint32   // of a single key, else 0
	needs  []uint32 // of several
}

// plainGivens are those that were last asked for, by the word as written.
type plainGivens map[string]plainGiven

// maxPlainGivens bounds them.
const maxPlainGivens = 1 << 12

func (g plainGivens) of(given string) plainGiven {
	if p, ok := g[given]; ok {
		return p
	}
	if len(g) >= maxPlainGivens {
		clear(g)
	}
	given = strings.Clone(given)
	fold := strings.ToLower(given)
	p := plainGiven{other: len(otherForms(fold)) > 0, family: isHangulFamily(fold)}
	if !p.other {
		var f filings
		keys := keysOfName(fold, nil)
		for _, spelling := range romanisations(fold) {
			keys = keysOfForms(spelling, keys)
		}
		if p.need = f.need([]clause{{keys: keys}}, true); len(f.needs) > 0 {
			p.need, p.needs = 0, f.needs[0].clauses
		}
	}
	g[given] = p
	return p
}

// plain files a plain name as name does what it is taken apart into; false where it has to be.
func (f *filings) plain(n plainName, givens plainGivens) bool {
	given := givens.of(n.given)
	fold := strings.ToLower(n.surname)
	if given.other || given.family && isOfHangul(fold) {
		return false
	}
	need := given.need
	if given.needs != nil {
		f.needs = append(f.needs, needBlock{given.needs, true})
		need = uint32(len(f.needs)) //nolint:gosec // one
	}
	f.pairs = append(f.pairs, earPair{earWord{written: n.given}, earWord{written: n.surname, surname: true}})
	var keys [4]uint64
	f.under(clause{keys: keysOfName(fold, keys[:0])}, n.mode(), sumOf(n.surname, mannerOfName), need)
	return true
}

// mode is how the name is filed: as filings.name does.
func (n plainName) mode() uint32 {
	if n.given[len(n.given)-1]|0x20 == 'a' {
		return fileEased
	}
	return fileBorne
}

// mannerOfName is the manner of a part that is inflected as a name, and listened to.
const mannerOfName = "\x00ne"

// keysOfName adds the keysOf of a part that is inflected as a name.
func keysOfName(fold string, keys []uint64) []uint64 {
	return keysOfForms(fold, append(keys, keyOf(fold)))
}

// keysOfForms adds those of the forms of a name, in order.
func keysOfForms(fold string, keys []uint64) []uint64 {
	keys = append(keys, keyOf(trimKey(fold)))
	bases(fold, func(base string) { keys = append(keys, keyOf(trimKey(base))) })
	slices.Sort(keys)
	return slices.Compact(keys)
}
