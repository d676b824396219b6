package match

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A surname that many names share is borne in most texts by one of them or by somebody else, and all the others' first names
// stand nowhere near. For all of those it is the same: another's, or a near miss. So it is judged once.

// A bearerGroup is the names that share a surname and are inflected alike, in a Doc: names of a first name and a surname, of which
// the index knows nothing else.
type bearerGroup struct {
	bearers []fertilePost
	key     uint64 // of the surname, and how it is inflected
	last    int32  // where the surname stands: the last of sifter.bornes, counted from 1
	strange bool   // nobody's first name may stand beside it
	verdict
}

// A bornePlace is where a group's surname stands.
type bornePlace struct {
	first uint32
	last  int32    // the place before it, counted from 1; 0 is none
	tag   uint64   // see contextTag; 0 for none
	is    standing // as far as remembered
}

// A verdict is what is known of all in a group beside whose surname their first name does not stand: nothing comes of them, or
// all of them are near misses.
type verdict struct {
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

// bear notes that the surname of a group stands at a token, unless it is known to be another's there.
func (s *sifter) bear(bearers []fertilePost, first uint32) {
	key := groupKey(bearers[0])
	tag := s.contextTag(first, key)
	is := s.standingOf(tag, first)
	if is == standsForAnother {
		return
	}
	at, ok := s.grouped[key]
	if !ok {
		if s.grouped == nil {
			s.grouped = map[uint64]int{}
		}
		at = len(s.groups)
		s.grouped[key] = at
		s.groups = append(s.groups, bearerGroup{bearers: bearers, key: key})
	}
	g := &s.groups[at]
	s.bornes = append(s.bornes, bornePlace{first, g.last, tag, is})
	g.last = int32(len(s.bornes)) //nolint:gosec // fewer than bytes
}

// groupKey is that of the group to which a posting belongs.
func groupKey(p fertilePost) uint64 {
	return salted(uint64(p.word)<<32|uint64(p.ref&modeMask), saltGroup)
}

// forgetBearers makes room for another Doc's.
func (s *sifter) forgetBearers() {
	if len(s.groups) > 0 {
		clear(s.grouped)
		clear(s.groups)
	}
	s.groups, s.bornes = s.groups[:0], s.bornes[:0]
}

// judgeBearers takes of each group those beside whose surname their first name may stand, and those that were taken anyway stand where
// the surname does; and finds out what is known of all others, who are taken where they are near misses.
func (s *sifter) judgeBearers(t *text) {
	for i := range s.groups {
		g := &s.groups[i]
		told := s.recallBare(t, g)
		if !told {
			s.standOf(g)
			told = s.takeBeside(t, g) && s.tell(t, g)
		}
		if s.refs.n > 0 {
			for _, at := range s.stands.at {
				s.standTaken(g.bearers, uint32(at)) //nolint:gosec // a token
			}
		}
		if told && g.found {
			s.takeLone(i)
		}
	}
}

// judgeEach takes all of all groups, each to be judged alone: the index has changed, and what is known of them may be wrong.
func (s *sifter) judgeEach() {
	for i := range s.groups {
		s.takeEach(&s.groups[i], func(string) bool { return true })
	}
	for i := range s.found {
		s.found[i].group = 0
	}
}

// besideTag is by what is remembered that a word is no first name of a surname with a key.
func (s *sifter) besideTag(hash, surname uint64) uint64 {
	return max(1, mix(hash^s.tongue.salt, surname))
}

// standOf leaves in stands.at where the surname of a group stands, and in borneAt the places among sifter.bornes.
func (s *sifter) standOf(g *bearerGroup) {
	places := s.borneAt[:0]
	for n := g.last; n != 0; n = s.bornes[n-1].last {
		places = append(places, n-1)
	}
	slices.SortStableFunc(places, func(a, b int32) int { return cmp.Compare(s.bornes[a].first, s.bornes[b].first) }) // words of several tokens are looked up behind all others
	places = slices.CompactFunc(places, func(a, b int32) bool { return s.bornes[a].first == s.bornes[b].first })
	s.borneAt, s.stands.at = places, s.stands.at[:0]
	for _, n := range places {
		s.stands.at = append(s.stands.at, int(s.bornes[n].first))
	}
}

// takeBeside takes of a group those beside whose surname their first name may stand; false where it takes all of them.
func (s *sifter) takeBeside(t *text, g *bearerGroup) bool {
	clear(s.abreast)
	s.abreast = s.abreast[:0]
	for _, at := range s.stands.at {
		if f, _, i := s.placeOf(t, at); !s.gatherBeside(f, i) {
			return !s.takeEach(g, func(string) bool { return true })
		}
	}
	g.strange = true
	for i := range s.abreast {
		b := &s.abreast[i]
		if b.short != "" && s.takeEach(g, func(given string) bool { return beginsFolded(given, b.short) }) {
			g.strange = false
		}
		tag := s.besideTag(b.hash, g.key)
		if s.strangers.has(tag) {
			continue
		}
		if s.takeEach(g, func(given string) bool { return s.fitsGiven(b, given) }) {
			g.strange = false
		} else {
			s.strangers.keep(tag)
		}
	}
	return true
}

// takeEach takes those of a group whose first name is meant; false where that is none.
func (s *sifter) takeEach(g *bearerGroup, meant func(given string) bool) (any bool) {
	for _, p := range g.bearers {
		r := s.x.records.get(p.ref & refMask)
		if r == nil {
			continue // removed meanwhile
		}
		if given, _, _ := strings.Cut(r.written.name(), " "); meant(given) {
			s.take(p.ref & refMask)
			any = true
		}
	}
	return any
}

// takeLone takes those of a group that were not, whose verdict is known.
func (s *sifter) takeLone(group int) {
	for _, p := range s.groups[group].bearers {
		ref := p.ref & refMask
		if !s.refs.has(ref) {
			if r := s.x.records.get(ref); r != nil {
				s.found = append(s.found, candidate{record: r, ref: ref, group: group + 1})
			}
		}
	}
}

// beginsFolded tells that a word's fold begins with a folded one.
func beginsFolded(word, fold string) bool {
	if asciiLetters(word) {
		return len(fold) <= len(word) && strings.EqualFold(word[:len(fold)], fold)
	}
	var room [64]byte
	return bytes.HasPrefix(foldInto(word, room[:0]), []byte(fold))
}

// fitsGiven tells that a unit may be a first name.
func (s *sifter) fitsGiven(b *besideUnit, given string) bool {
	return s.remembered(mix(b.hash^s.tongue.salt, hashWritten(given)^saltPlain), func() (fitting, bool) {
		w := s.x.ears.readyWord(earWord{written: given})
		if w == nil {
			return fitOK, false // removed meanwhile
		}
		return s.compare(b.field.unit(b.id), &w.word), true
	}) != 0
}

// gatherBeside adds what may be a first name of whose surname begins at an atom: see name.fullAt and name.bareAt. It is false
// where that cannot be told.
func (s *sifter) gatherBeside(f *field, i int) bool {
	if !f.capitalAt(i) {
		return false
	}
	k := i
	open := true
	for ; open && k > max(0, i-maxBefore) && f.linked(k); k-- {
		s.putBeside(f, k-1)
		open = f.standsBetween(k - 1)
	}
	if k == i-maxBefore && isParticle(f.atom(k).fold) {
		return false
	}
	if open && k > 0 {
		s.putBeside(f, k-1)
	}
	s.putBeside(f, i+1)
	for _, j := range f.joinedAt(i) {
		s.putBeside(f, f.units[j.unit].last+1)
	}
	return true
}

// standsBetween tells an atom that may stand between the first name and the surname of a bearer: see nameWalk.reaches.
func (f *field) standsBetween(i int) bool {
	if f.joinsAt(i) {
		return true
	}
	a := f.atom(i)
	switch {
	case a.gap == gapHyphen, a.shape == capital, a.shape == upper, a.shape == uncased && f.isInitial(i):
		return true
	}
	return isParticle(a.fold)
}

// putBeside adds the units that begin at an atom, unless they are written small.
func (s *sifter) putBeside(f *field, i int) {
	if i >= len(f.atoms) || !f.capitalAt(i) {
		return
	}
	t := f.tokens[i]
	b := besideUnit{hash: t.hash, field: f, id: i}
	if s.sweep.swept[t.to()] == '.' { // an initial; one letter where there are no capitals: see field.isInitial
		if a := f.atom(i); a.shape != uncased || a.end-a.start == 1 {
			b.short = short(a.fold)
		}
	}
	if f.atom(i).shape == lower {
		b.hash ^= hashA // which is not listened to
	}
	s.abreast = append(s.abreast, b)
	for _, j := range f.joinedAt(i) {
		u := f.unit(j.unit)
		hash := mix(hashWritten(u.reads[0]), saltJoined) // another than the word's of one piece, which has other readings
		if u.shape == lower {
			hash ^= hashA
		}
		s.abreast = append(s.abreast, besideUnit{hash, f, j.unit, short(u.reads[0])})
	}
}

// short is a fold of a letter or two, of others nothing.
func short(fold string) string {
	if utf8.RuneCountInString(fold) > 2 {
		return ""
	}
	return fold
}
