package match

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A surname that many names share is borne in most texts by one of them or by somebody else, and all the others' first names
// stand nowhere near. For all of those it is the same: another's, or a near miss. So it is judged once.

// A bearerGroup is the plain names that share a surname, and are inflected alike.
type bearerGroup struct {
	surname string
	eased   bool // see name.easeCases
}

// A verdict is what is known of a bearerGroup in a Doc.
type verdict struct {
	bearerGroup
	key      uint64 // of the group
	from, to int    // in sifter.abreast: what may be a first name or an initial of one beside the surname
	mixed    bool   // it may be otherwise for some of them
	told     bool   // and what follows is known
	found    bool
	miss     miss
	evidence Evidence // of the miss of one of them, or nothing
}

// A besideUnit is a unit beside a surname.
type besideUnit struct {
	hash  uint64
	field *field
	id    int    // of its units
	short string // the fold of one of a letter or two
}

// alone gives the verdict on a candidate that is a plain name, and whose first name stands nowhere near its surname; nil for
// any other.
func (s *sifter) alone(t *text, c candidate) *verdict {
	if !c.alone || t != &s.page || s.x.changes.Load() != s.seen {
		return nil
	}
	n, ok := plainNameOf(Spec{Kind: Person, Name: c.record.written.name()})
	if !ok || !s.isPlain(n) || s.isHeard(c.ref) {
		return nil
	}
	v := s.verdictOn(t, n, c.ref)
	if v.mixed {
		return nil
	}
	hash := hashWord(n.given)
	for i := v.from; i < v.to; i++ {
		b := &s.abreast[i]
		if b.short != "" && isPrefixFold(n.given, b.short) || s.fitsGiven(b, n.given, hash) {
			return nil
		}
	}
	if !v.told && !s.tell(t, v, c.ref) {
		return nil
	}
	return v
}

// isPrefixFold tells that a word of ASCII letters begins with a folded one.
func isPrefixFold(word, fold string) bool {
	return len(fold) <= len(word) && strings.EqualFold(word[:len(fold)], fold)
}

// isPlain tells that a name is filed as filings.plain does.
func (s *sifter) isPlain(n plainName) bool {
	const other, family = 1, 2
	given := s.remembered(mix(hashWord(n.given), saltPlain), func() (f fitting, keep bool) {
		s.buf = lowered(s.buf[:0], n.given)
		fold := string(s.buf)
		if len(otherForms(fold)) > 0 {
			f |= other
		}
		if syllablesOfHangul(fold) == 1 {
			f |= family
		}
		return f, true
	})
	if given != family {
		return given == 0
	}
	return s.remembered(mix(hashWord(n.surname), saltPlain+1), func() (fitting, bool) {
		s.buf = lowered(s.buf[:0], n.surname)
		if syllablesOfHangul(string(s.buf)) > 0 {
			return family, true
		}
		return 0, true
	}) == 0
}

// lowered adds a word of ASCII letters, made small.
func lowered(b []byte, word string) []byte {
	for i := range len(word) {
		b = append(b, word[i]|0x20)
	}
	return b
}

// fitsGiven tells that a unit may be a first name.
func (s *sifter) fitsGiven(b *besideUnit, given string, hash uint64) bool {
	return s.remembered(mix(b.hash^s.tongue.salt, hash^saltPlain), func() (fitting, bool) {
		w := s.x.ears.readyWord(earWord{written: given})
		if w == nil {
			return fitOK, false // removed meanwhile
		}
		return s.compare(b.field.unit(b.id), &w.word), true
	}) != 0
}

// isHeard tells that a pattern was found by the sound of its first name and surname.
func (s *sifter) isHeard(ref uint32) bool {
	_, ok := slices.BinarySearchFunc(s.stands.heard, ref, heardRef.compareRef)
	return ok
}

// verdictOn is the one on a name's group, made if need be.
func (s *sifter) verdictOn(t *text, n plainName, ref uint32) *verdict {
	last := n.given[len(n.given)-1] | 0x20
	group := bearerGroup{n.surname, last == 'a'}
	at, ok := s.grouped[group]
	if !ok {
		if s.grouped == nil {
			s.grouped = map[bearerGroup]int{}
		}
		at = len(s.verdicts)
		s.grouped[group] = at
		v := verdict{bearerGroup: group, key: mix(hashWord(group.surname), saltGroup), from: len(s.abreast)}
		if group.eased {
			v.key++
		}
		s.standsOf(ref)
		for _, at := range s.stands.at {
			if f, _, i := s.placeOf(t, at); !s.gatherBeside(f, i) {
				v.mixed = true
				break
			}
		}
		v.to = len(s.abreast)
		s.verdicts = append(s.verdicts, v)
	}
	return &s.verdicts[at]
}

// gatherBeside adds what may be a first name of whose surname begins at an atom: see name.fullAt and name.bareAt. It is false
// where that cannot be told.
func (s *sifter) gatherBeside(f *field, i int) bool {
	if !f.capitalAt(i) {
		return false
	}
	k := i
	for ; k > max(0, i-maxBefore) && f.linked(k); k-- {
		s.putBeside(f, k-1)
	}
	if k == i-maxBefore && isParticle(f.atom(k).fold) {
		return false
	}
	if k > 0 {
		s.putBeside(f, k-1)
	}
	s.putBeside(f, i+1)
	for _, id := range f.joined[i] {
		s.putBeside(f, f.units[id].last+1)
	}
	return true
}

// putBeside adds the units that begin at an atom, unless they are written small.
func (s *sifter) putBeside(f *field, i int) {
	if i >= len(f.atoms) || !f.capitalAt(i) {
		return
	}
	t := f.tokens[i]
	b := besideUnit{hash: t.hash, field: f, id: i}
	if raw := s.raw(t); t.wide() || len(raw) <= 2 || strings.IndexByte(raw, '_') >= 0 {
		b.short = short(f.atom(i).fold)
	}
	s.abreast = append(s.abreast, b)
	for _, id := range f.joined[i] {
		fold := f.unit(id).reads[0]
		s.abreast = append(s.abreast, besideUnit{^hashWord(fold), f, id, short(fold)})
	}
}

// short is a fold of a letter or two, of others nothing.
func short(fold string) string {
	if utf8.RuneCountInString(fold) > 2 {
		return ""
	}
	return fold
}

// forgetVerdicts makes room for another Doc's.
func (s *sifter) forgetVerdicts() {
	if len(s.grouped) > 0 {
		clear(s.grouped)
	}
	clear(s.abreast)
	s.verdicts, s.abreast = s.verdicts[:0], s.abreast[:0]
}
