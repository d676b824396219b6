package match

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A nameWalk follows a name's words through the text.
type nameWalk struct {
	n       *name
	t       *text
	f       *field
	surname int // the atom at which the surname begins

	end       int
	initials  bool
	byEar     bool // a word was known by its sound
	heard     bool // the surname was
	sum       int  // how far away the two are in sound
	middle    bool // another word stands between them
	almost    int  // where a name ends that sounds nearly so, 0: none
	almostSum int  // of almost: sum
	closely   bool // of almost: the surname was known by its letters
	told      int  // behind a surname: where the first name ends
	own       bool // all of it is of the watch's script, and nothing written by ear as another would
}

// from tells whether the name begins at an atom and its surname stands where the walk says.
func (w *nameWalk) from(start int) (end int, initials, ok bool) {
	first := &w.n.given[0]
	if w.f.capitalAt(start) != (w.f.capitalAt(w.surname) || w.f.hyphened(w.surname)) {
		return 0, false, false
	}
	w.initials = false
	if first.fitsAt(w.t, w.f, start, func(next int, c cases) bool {
		return c&suffixed == 0 && w.given(next, 1, c, 0, 0)
	}) {
		return w.end, false, true
	}
	if whole := w.n.whole; whole != nil && whole.fitsAt(w.t, w.f, start, func(next int, c cases) bool { return w.given(next, len(w.n.given), c, 0, 0) }) {
		return w.end, false, true
	}
	if first.initialAt(w.f, start) {
		w.initials = true
		if w.given(start+1, 1, anyCase, 0, 0) {
			return w.end, true, true
		}
	}
	return 0, false, false
}

// reaches tells that a name which begins at an atom may go on to the surname, for all that stands between, as a look tells.
// It is asked of one atom after another, from the surname on.
func (w *nameWalk) reaches(start int) bool {
	between := start + 1
	if between >= w.surname || len(w.n.given) > 1 || len(w.n.given[0].parts) > 1 || w.f.joinsAt(between) {
		return true
	}
	a := w.f.atom(between)
	switch {
	case a.gap == gapHyphen || a.shape == capital || a.shape == upper:
		return true // an initial or another name, or a further part of one
	case a.shape == uncased && w.f.isInitial(between):
		return true
	}
	return w.particle(between)
}

// hyphened tells the small second half of a capitalised word: the yong of Ryu Mi-yong.
func (f *field) hyphened(i int) bool {
	return i > 0 && f.atom(i).gap == gapHyphen && f.atom(i-1).shape == capital
}

const (
	maxInitials  = 3
	maxParticles = 3
)

// given matches the given names from number g on at atom i, then what may stand between, then the surname.
func (w *nameWalk) given(i, g int, c cases, letters, middles int) bool {
	if i > w.surname || !w.f.linked(i) {
		return false
	}
	if g < len(w.n.given) {
		word := &w.n.given[g]
		if word.fitsAt(w.t, w.f, i, func(next int, more cases) bool {
			return more&(prefixed|suffixed) == 0 && w.given(next, g+1, c.heardWith(more), letters, middles)
		}) {
			return true
		}
		if word.initialAt(w.f, i) && w.given(i+1, g+1, c, letters, middles) {
			return true
		}
		if isKinship(w.f.atom(i).fold) && w.given(i+1, g, c, letters, middles) {
			return true // Abdul Aziz bin Nik Mat, of a watch without bin
		}
		return word.optional() && w.given(i, g+1, c, letters, middles)
	}
	if i == w.surname {
		return w.f.wholeFrom(i) && w.last(i, c, middles)
	}
	return w.between(i, c, letters, middles)
}

// between skips initials, particles and one middle name in front of the surname.
func (w *nameWalk) between(i int, c cases, letters, middles int) bool {
	g := len(w.n.given)
	if letters < maxInitials && (w.f.isInitial(i) || w.f.bareInitial(i)) && w.given(i+1, g, c, letters+1, middles) {
		return true
	}
	if w.particles(i, c) {
		return true
	}
	if w.n.hasPatronymic() && w.fathers(i) {
		return false // of another father
	}
	if i = w.middleAt(i); middles > 0 || !w.f.couldBeName(i) || w.initials && !w.f.calls(i, callsPatronymic) {
		return false
	}
	if w.unlikeFirst(i, c) {
		return false
	}
	next := i + 1
	for next < w.surname && w.f.atom(next).gap == gapHyphen {
		next++
	}
	return w.given(next, g, c, letters, 1)
}

// unlikeFirst tells that a Cyrillic word at an atom is in another case than the man's first name before it: Брат Михаила Давид
// Саакашвили.
func (w *nameWalk) unlikeFirst(i int, first cases) bool {
	last, _ := utf8.DecodeLastRuneInString(w.n.given[0].joined.fold)
	return first&byEar == 0 && first&anyCase != 0 && !strings.ContainsRune(cyrillicVowels, last) && unicode.Is(unicode.Cyrillic, last) &&
		unicode.Is(unicode.Cyrillic, firstRune(w.f.atom(i).fold)) && casesOfHis(w.f.atom(i).fold)&first&anyCase == 0
}

// middleAt is where a middle name begins at an atom or behind the particle there that opens it: Boris de Pfeffel Johnson.
func (w *nameWalk) middleAt(i int) int {
	if isOf(w.f.atom(i).fold) && i+1 < w.surname && w.f.linked(i+1) {
		return i + 1
	}
	return i
}

// particles skips van der, al and their like up to the surname.
func (w *nameWalk) particles(i int, c cases) bool {
	for n := 0; n < maxParticles && i < w.surname && w.f.linked(i) && w.particle(i); n++ {
		i++
	}
	return i == w.surname && w.f.linked(i) && w.last(i, c, 0)
}

// particle tells a particle, or in another script what sounds like the watch's.
func (w *nameWalk) particle(i int) bool {
	fold := w.f.atom(i).fold
	return isParticle(fold) || fold == "ben" && w.n.ofSon() || len(w.n.particlesHeard) > 0 && w.n.soundsParticle(w.t, w.f.unit(i))
}

func (w *nameWalk) last(i int, c cases, middles int) bool {
	return w.n.surname.fitsAt(w.t, w.f, i, func(next int, sc cases) bool {
		if sc&prefixed != 0 || !w.f.wholeTo(next) || w.initials && sc&byEar != 0 || w.sonless(i) || sc&byEar != 0 && w.conjoined(i) {
			return false
		}
		w.heard, w.own = sc&byEar != 0, (c | sc).ownLetters()
		if !agree(c, sc) || middles > 0 && odd(c, sc) {
			w.nearly(c, sc, next)
			return false
		}
		w.end, w.byEar = next, (c|sc)&byEar != 0
		w.sum, w.middle = c.ear()+sc.ear(), middles > 0
		return true
	})
}

// reversed tells whether the given names follow the surname: Путин Владимир, Witkoff, Steve, Путин В. В.
func (w *nameWalk) reversed() (end int, initials, ok bool) {
	w.byEar = false
	w.n.surname.fitsAt(w.t, w.f, w.surname, func(next int, sc cases) bool {
		if sc&suffixed == 0 && w.mayFollow(next) {
			w.heard = sc&byEar != 0
			initials, ok = w.follow(next, sc)
		}
		return ok
	})
	return w.end, initials, ok
}

// mayFollow tells that a first name at an atom may belong to the surname in front of it.
func (w *nameWalk) mayFollow(next int) bool {
	switch {
	case next >= len(w.f.atoms), w.owner(next), w.f.capitalAt(next) != w.f.capitalAt(w.surname):
		return false
	case w.f.atom(next).gap == gapComma:
		return w.opens()
	}
	return w.f.linked(next)
}

// follow tells whether the given names or initials stand at an atom behind the surname, which agrees so.
func (w *nameWalk) follow(next int, sc cases) (initials, ok bool) {
	comma := w.f.atom(next).gap == gapComma
	if w.n.given[0].fitsAt(w.t, w.f, next, func(after int, c cases) bool {
		w.told = after
		return c&prefixed == 0 && w.agreeBehind(c, sc, next) && w.f.wholeTo(after) && w.tail(after, 1, c.heardWith(sc), comma)
	}) {
		return false, true
	}
	if whole := w.n.whole; whole != nil && whole.fitsAt(w.t, w.f, next, func(after int, c cases) bool {
		return w.agreeBehind(c, sc, next) && w.f.wholeTo(after) && w.tail(after, len(w.n.given), c.heardWith(sc), comma)
	}) {
		return false, true
	}
	initials = sc&byEar == 0 && w.n.given[0].initialAt(w.f, next) && w.initialsTail(next+1) && !w.listed() && !w.sonless(w.surname)
	return initials, initials
}

// agreeBehind is agree of a surname and a first name behind it, at an atom.
func (w *nameWalk) agreeBehind(c, sc cases, next int) bool {
	gap := w.f.atom(next).gap
	w.sum, w.middle, w.own = c.ear()+sc.ear(), false, (c | sc).ownLetters()
	return agree(c, sc) && (gap == gapComma || !odd(c, sc)) && ((c|sc)&ownScript == 0 || gap != gapHyphen)
}

// owner tells that the surname which ends at an atom has an 's: Putin's Vladimir is another.
func (w *nameWalk) owner(next int) bool {
	return next > w.surname+1 && w.f.atom(next-1).gap == gapApostrophe && w.f.atom(next-1).fold == "s"
}

// tail takes the further given names behind the first, or a patronymic. Behind a comma no other name may follow, for
// "Trump, Donald Tusk" is a list.
func (w *nameWalk) tail(i, g int, c cases, comma bool) bool {
	if g < len(w.n.given) {
		return w.tailGiven(i, g, c, comma)
	}
	if w.f.linked(i) && w.fathers(i) {
		if w.ofOtherFather(i) {
			return false
		}
		i++
	} else if comma && w.catalogued(i) {
		i++
	}
	if !agreeInSound(c, 0) || w.sonless(w.surname) && !w.hasSon(i) {
		return false
	}
	w.end, w.byEar = i, c&byEar != 0
	return !comma || !w.f.linked(i) || w.f.isInitial(i) || !w.f.couldBeName(i) && !w.runsOn(i)
}

// tailGiven is tail of the watch's given names from number g on.
func (w *nameWalk) tailGiven(i, g int, c cases, comma bool) bool {
	word := &w.n.given[g]
	if w.f.linked(i) {
		if word.fitsAt(w.t, w.f, i, func(next int, more cases) bool {
			return w.tail(next, g+1, c.heardWith(more), comma)
		}) {
			return true
		}
		if word.initialAt(w.f, i) && w.tail(i+1, g+1, c, comma) {
			return true
		}
	}
	return word.optional() && w.tail(i, g+1, c, comma)
}

// ofOtherFather tells that the father's name at an atom is not the watch's.
func (w *nameWalk) ofOtherFather(i int) bool {
	return w.n.hasPatronymic() && !w.n.given[len(w.n.given)-1].fitsAt(w.t, w.f, i, func(int, cases) bool { return true })
}

// opens tells that nothing of a sentence stands before a surname with a comma behind it, as catalogues have it: "It was not Macron, Emmanuel
// said" is no name.
func (w *nameWalk) opens() bool {
	i := w.surname
	for i > 0 && w.f.linked(i) && isParticle(w.f.atom(i-1).fold) {
		i--
	}
	return i == 0 || !w.f.linked(i) && w.f.atom(i).gap != gapComma || strings.Contains(w.f.src[w.f.atom(i-1).to:w.f.atom(i).from], "\n")
}

// runsOn tells that a sentence goes on at an atom behind the first name: Macron, Emmanuel said.
func (w *nameWalk) runsOn(i int) bool {
	a := w.f.atom(i)
	return a.gap == gapSpace && a.shape == lower && !isParticle(a.fold)
}

// catalogued tells that atom i is a second given name in a line that is the name alone: Taylor, John Henry.
func (w *nameWalk) catalogued(i int) bool {
	return w.surname == 0 && i == len(w.f.atoms)-1 && w.f.linked(i) && w.f.atom(i).shape == capital
}

// listed tells a surname behind "Ridon," that is rather a first name.
func (w *nameWalk) listed() bool {
	return w.surname > 0 && w.f.atom(w.surname).gap == gapComma && w.f.couldBeName(w.surname-1)
}

// initialsTail takes a second initial, as Cyrillic papers write it. In Latin letters two
// would rather be Washington, D.C., and one with a capital behind it Frank B. Somebody.
func (w *nameWalk) initialsTail(i int) bool {
	w.end = i
	if !w.f.linked(i) {
		return true
	}
	if !w.f.isInitial(i) {
		return !w.f.couldBeName(i) || firstRune(w.f.atom(i).fold) >= utf8.RuneSelf
	}
	if r, _ := utf8.DecodeRuneInString(w.f.atom(i).fold); r < utf8.RuneSelf {
		return len(w.n.given) > 1 && w.n.given[1].initialAt(w.f, i)
	}
	w.end = i + 1
	return true
}
