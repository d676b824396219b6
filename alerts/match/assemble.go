package match

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A keptWord is one of ears, ready to be compared and to make names of. It does not change.
type keptWord struct {
	word
	plain  *word     // of a surname: as it is beside a first name that is no woman's, see name.easeCases
	heard  []*hearer // of the word
	others bool      // of a first name: it has other forms
	hangul bool      // of a first name: it may be a family name of Hangul; of a surname: it may be syllables of it
}

// keptWord makes the word ready; nil for a loose one, and for what is no word.
func (w earWord) keptWord() *keptWord {
	made := w.word()
	if made == nil {
		return nil
	}
	k := &keptWord{word: *made, heard: made.hearers(nil)}
	if w.surname {
		plain := *made
		plain.parts = slices.Clone(made.parts)
		if len(plain.parts) == 1 {
			plain.parts[0].forms = newPart(made.written, made.parts[0].fold, asName).forms
			plain.joined.forms = plain.parts[0].forms
		}
		plain.audible()
		plain.enumerate()
		k.plain = &plain
	} else {
		if utf8.RuneCountInString(k.joined.fold) <= maxEased {
			k.easeBase()
		}
		k.others = len(otherForms(k.joined.fold)) > 0
	}
	k.hangul = isHangulFamily(k.joined.fold)
	if w.surname {
		k.hangul = isOfHangul(k.joined.fold)
	}
	k.audible()
	k.enumerate()
	return k
}

// A readyWord is a word that a sifter has found among ears, by a hash of how it is written.
type readyWord struct {
	hash uint64
	word *keptWord
}

const readyWords = 1 << 14 // 256 KiB, and what the shelf of ears has no room for any more

// readyWord is that of ears, from memory where it is there, in one of four places that are fetched together. A word that no name has
// any more is what it was.
func (s *sifter) readyWord(w earWord) *keptWord {
	if s.ready == nil {
		s.ready = make([]readyWord, readyWords)
	}
	hash := w.hash()
	four := s.ready[hash&(readyWords-ways):][:ways]
	for i := range four {
		if four[i].hash == hash && four[i].word != nil {
			return four[i].word
		}
	}
	word := s.x.ears.readyWord(w)
	if word != nil {
		copy(four[1:], four)
		four[0] = readyWord{hash, word}
	}
	return word
}

// hash is another for every word, as key is not: it leaves capitals what they are.
func (w earWord) hash() uint64 {
	h := hashWritten(w.written)
	if w.surname {
		h = ^h
	}
	return h
}

// An assembly is a pattern of one name of two words, which serves until the next is assembled in its place.
type assembly struct {
	pattern Pattern
	person  person
	name    name
	names   [1]*name
	given   [1]word
}

// twoWords are those of a record that is a name of two words, which the index keeps for many names; nil for what has to be compiled.
func (s *sifter) twoWords(r *record) (given, surname *keptWord) {
	if !r.isOfTwoWords() {
		return nil, nil
	}
	first, last, _ := strings.Cut(r.written.name(), " ")
	given, surname = s.readyWord(earWord{written: first}), s.readyWord(earWord{written: last, surname: true})
	if given == nil || surname == nil || given.others || len(given.parts) > 1 || len(surname.parts) > 1 || ofWoman(&given.word, &surname.word) {
		return nil, nil
	}
	return given, surname
}

// of makes the name of two words ready: what takes long to make of a name is what its words sound like.
func (a *assembly) of(r *record, given, surname *keptWord) *Pattern {
	n := &a.name
	a.given[0], a.names[0] = given.word, n
	*n = name{written: r.written.name(), given: a.given[:], surname: *surname.plain, rule: FullName, heardGiven: given.heard, heardSurname: surname.heard}
	if n.easesSurname() {
		n.surname = surname.word
	}
	a.person.names = a.names[:]
	a.person.hearing.Do(func() {})
	a.pattern.spec = r.spec()
	a.pattern.apart.Do(func() { a.pattern.person = &a.person })
	return &a.pattern
}

// made is a record's pattern, ready, till the next is asked for.
func (s *sifter) made(r *record) *Pattern {
	if p := r.compiled.Load(); p != nil {
		return p
	}
	given, surname := s.twoWords(r)
	switch {
	case given == nil:
		return s.x.kept.keep(&r.compiled, shelfSize, r.compile)
	case given.hangul && surname.hangul: // it may be written as one word, which takes long to make, too
		return s.x.kept.keep(&r.compiled, shelfSize, func() *Pattern {
			a := new(assembly)
			p := a.of(r, given, surname)
			a.name.listenWhole()
			return p
		})
	}
	return s.assembly.of(r, given, surname)
}
