package match

import (
	"slices"
	"strings"
	"sync/atomic"
)

// An earWord says which word of a name is looked for by its sound, and how to make it again. Names that share a word share
// all that is kept of it: 100,000 names have far fewer first names and surnames.
type earWord struct {
	written string // loose: its parts as they are heard, with spaces between them
	surname bool
	loose   bool // it may look otherwise too, so that its skeletons alone are compared
}

// An earPair is the two words under whose sound a name is filed.
type earPair struct{ given, surname earWord }

func (p earPair) compare(o earPair) int {
	if c := p.given.compare(o.given); c != 0 {
		return c
	}
	return p.surname.compare(o.surname)
}

func (w earWord) compare(o earWord) int {
	if w.loose != o.loose {
		if w.loose {
			return 1
		}
		return -1
	}
	return strings.Compare(w.written, o.written)
}

// key is by what a word is found among those that are kept.
func (w earWord) key() uint64 {
	salt := uint64(saltEar)
	if w.surname {
		salt++
	}
	if w.loose {
		salt += 2
	}
	return salted(hashWord(w.written), salt)
}

// word makes the word again; nil for a loose one.
func (w earWord) word() *word {
	if w.loose {
		return nil
	}
	if w.surname {
		before := "Aa "
		if isSmallWritten(w.written) {
			before = "aa " // the King describes somebody where the king, written small altogether, is a name
		}
		n, ok := namePrinted(before+w.written, w.written, FullName)
		if !ok {
			return nil
		}
		n.surname.listen()
		n.surname.soften()
		return &n.surname
	}
	words := splitWords(w.written, asName)
	if len(words) != 1 {
		return nil
	}
	words[0].caps = false // LI Qiang
	words[0].respellArabic()
	words[0].listen()
	words[0].translate()
	return &words[0]
}

// bones are the word's skeletons, none where it cannot be read, and how many of them are sure.
func (w earWord) bones() (list []skeleton, sure int) {
	var parts []part
	if w.loose {
		for fold := range strings.FieldsSeq(w.written) {
			parts = append(parts, part{fold: fold})
		}
	} else { // the last part alone: see word
		parts = []part{{fold: w.lastHeard()}}
	}
	var u utterance
	var ok bool
	if len(parts) == 1 {
		u, ok = spellOut(parts[0].fold)
	} else {
		u, ok = utterTogether(parts)
	}
	if !ok {
		return nil, 0
	}
	if w.surname && !w.loose && isSoft(w.written) {
		u.soften()
	}
	return u.watchSkeletons()
}

// lastHeard is the word's last part as it is heard.
func (w earWord) lastHeard() string {
	if asciiLetters(w.written) {
		return strings.ToLower(w.written)
	}
	atoms := atomise(w.written)
	last := &atoms[len(atoms)-1]
	if marked := spelling(w.written[last.from:last.to]); marked != "" {
		return marked
	}
	return last.fold
}

// earWords are those of a word as one, and of what it begins with.
func (w *word) earWords(list []earWord, surname bool) []earWord {
	folds := make([]string, len(w.parts))
	for i := range w.parts {
		folds[i] = w.parts[i].heardAs()
	}
	if w.joined.audible {
		list = append(list, earWord{strings.Join(folds, " "), surname, true})
	}
	if len(w.parts) > 1 && w.joined.audible {
		list = append(list, earWord{folds[0], surname, true})
	}
	return list
}

// earPairs adds the pairs under which the name is filed by its sound.
func (n *name) earPairs(pairs []earPair) []earPair {
	var given, surname []earWord
	g, s := n.lastGiven(), &n.surname
	if n.whole == nil && g == &n.given[0] && len(g.parts) == 1 {
		if g.joined.audible {
			given = append(given, earWord{written: g.written})
		}
	} else if given = g.earWords(nil, false); n.whole != nil && g.joined.audible {
		given = n.whole.earWords(given, false)
	}
	switch {
	case len(s.parts) > 1:
		surname = s.earWords(nil, true)
	case s.joined.audible && slices.ContainsFunc(n.particles, isArticle) && !strings.ContainsFunc(s.written, isHyphen):
		surname = append(surname, earWord{written: "al " + s.written, surname: true})
	case s.joined.audible:
		surname = append(surname, earWord{written: s.written, surname: true})
	}
	for _, a := range given {
		for _, b := range surname {
			pairs = append(pairs, earPair{a, b})
		}
	}
	return pairs
}

// ears are the words of all names that are looked for by their sound, listed by their skeletons, and which first names each
// surname has. One goroutine at a time puts and drops, any number look up.
type ears struct {
	given    pairTable
	surnames pairTable
	bearers  pairTable // first names by surname, once for each name that has both
	longs    pairTable // first names by themselves, once for each pattern that is more than a name of two words
	words    earPages
	numbers  pairTable // of words
	free     []uint32
	names    []int32 // that have a word, by its number; of what puts and drops alone
	kept     earShelf
}

// earUnsure is the lowest bit of what the tables list: the skeleton is not a sure one. Above it is the word's number.
const earUnsure = 1

// givenKey is that of a first name's skeleton.
func givenKey(bones skeleton) uint64 { return salted(uint64(bones), saltEar+4) }

// surnameKey is that of a surname's skeleton.
func surnameKey(bones skeleton) uint64 { return salted(uint64(bones), saltEar+5) }

// bearerKey is that of the first names that a surname has.
func bearerKey(surname uint32) uint64 { return salted(uint64(surname), saltEar+6) }

// longKey is that of a first name in longs.
func longKey(given uint32) uint64 { return salted(uint64(given), saltEar+7) }

// pairOf is the key of the names that have two words.
func pairOf(given, surname uint32) uint64 { return salted(uint64(given)<<32|uint64(surname), saltPair) }

// number gives that of a word which is kept.
func (e *ears) number(w earWord) (id uint32, ok bool) {
	return e.numbers.that(w.key(), func(n uint32) bool {
		kept, ok := e.words.get(n)
		return ok && kept == w
	})
}

// keep keeps a word for one more name, and gives its number.
func (e *ears) keep(w earWord) (id uint32, fresh bool) {
	if id, ok := e.number(w); ok {
		e.names[id]++
		return id, false
	}
	if n := len(e.free); n > 0 {
		id, e.free = e.free[n-1], e.free[:n-1]
	} else {
		id, e.names = uint32(len(e.names)), append(e.names, 0) //nolint:gosec // two for each name
	}
	e.names[id] = 1
	e.words.put(id, w)
	e.numbers.add(w.key(), id)
	return id, true
}

// put keeps two words for a pattern, long where that is more than a name of two words, and gives the key of the names that have both.
func (e *ears) put(p earPair, long bool) uint64 {
	given, fresh := e.keep(p.given)
	if fresh {
		p.given.eachBone(func(b skeleton, unsure bool) { e.given.add(givenKey(b), listed(given, unsure)) })
	}
	surname, fresh := e.keep(p.surname)
	if fresh {
		p.surname.eachBone(func(b skeleton, unsure bool) { e.surnames.add(surnameKey(b), listed(surname, unsure)) })
	}
	e.bearers.add(bearerKey(surname), given)
	if long {
		e.longs.add(longKey(given), given)
	}
	return pairOf(given, surname)
}

// eachBone calls yield with the skeletons of a word.
func (w earWord) eachBone(yield func(b skeleton, unsure bool)) {
	bones, sure := w.bones()
	for i, b := range bones {
		yield(b, i >= sure)
	}
}

func listed(ear uint32, unsure bool) uint32 {
	if unsure {
		return ear<<1 | earUnsure
	}
	return ear << 1
}

// pair is the key of the names that have two words, both of which are kept.
func (e *ears) pair(p earPair) uint64 {
	given, _ := e.number(p.given)
	surname, _ := e.number(p.surname)
	return pairOf(given, surname)
}

// drop forgets two words for one of their patterns.
func (e *ears) drop(p earPair, long bool) {
	given, _ := e.number(p.given)
	surname, _ := e.number(p.surname)
	e.bearers.remove(bearerKey(surname), given)
	if long {
		e.longs.remove(longKey(given), given)
	}
	if e.release(surname) {
		p.surname.eachBone(func(b skeleton, unsure bool) { e.surnames.remove(surnameKey(b), listed(surname, unsure)) })
		e.forget(surname)
	}
	if e.release(given) {
		p.given.eachBone(func(b skeleton, unsure bool) { e.given.remove(givenKey(b), listed(given, unsure)) })
		e.forget(given)
	}
}

// readyWord is a word ready to be compared, nil where no name has it. One that was compared last is what it was, whether or
// not a name still has it.
func (e *ears) readyWord(w earWord) *keptWord {
	if w.loose {
		return nil
	}
	if word := e.kept.last(w, w.key()); word != nil {
		return word
	}
	if _, ok := e.number(w); !ok {
		return nil
	}
	return e.kept.of(w)
}

// release is true where no name has the word any more.
func (e *ears) release(id uint32) bool {
	e.names[id]--
	return e.names[id] == 0
}

func (e *ears) forget(id uint32) {
	w, _ := e.words.get(id)
	e.numbers.remove(w.key(), id)
	e.words.drop(id)
	e.free = append(e.free, id)
}

// An earShelf is the words that were compared last, ready for that: each in one of earWays places.
type earShelf [earPlaces]atomic.Pointer[earReady]

const (
	earPlaces = 1 << 14 // such a word takes about a kilobyte
	earWays   = 4
)

type earReady struct {
	ear  earWord
	word *keptWord
}

// of is a word ready to be compared; nil for a loose one.
func (r *earShelf) of(w earWord) *keptWord {
	if w.loose {
		return nil
	}
	key := w.key()
	if word := r.last(w, key); word != nil {
		return word
	}
	at := key % earPlaces
	for k := uint64(earWays - 1); k > 0; k-- {
		r[at^k].Store(r[at^(k-1)].Load()) // what was put there first makes room
	}
	ready := &earReady{w, w.keptWord()}
	r[at].Store(ready)
	return ready.word
}

// last is a word that was compared last, by its key; nil for any other.
func (r *earShelf) last(w earWord, key uint64) *keptWord {
	for k := range uint64(earWays) {
		if ready := r[key%earPlaces^k].Load(); ready != nil && ready.ear == w {
			return ready.word
		}
	}
	return nil
}
