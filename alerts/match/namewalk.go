package match

import "unicode/utf8"

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
	if between >= w.surname || len(w.n.given) > 1 || len(w.n.given[0].parts) > 1 || len(w.f.joined) > 0 {
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
	if w.n.hasPatronymic() && w.f.calls(i, callsPatronymic) {
		return false // of another father
	}
	if i = w.middleAt(i); middles > 0 || !w.f.couldBeName(i) || w.initials && !w.f.calls(i, callsPatronymic) {
		return false
	}
	next := i + 1
	for next < w.surname && w.f.atom(next).gap == gapHyphen {
		next++
	}
	return w.given(next, g, c, letters, 1)
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
	return isParticle(w.f.atom(i).fold) || len(w.n.particlesHeard) > 0 && w.n.soundsParticle(w.t, w.f.unit(i))
}

func (w *nameWalk) last(i int, c cases, middles int) bool {
	return w.n.surname.fitsAt(w.t, w.f, i, func(next int, sc cases) bool {
		if sc&prefixed != 0 || !w.f.wholeTo(next) || w.initials && sc&byEar != 0 {
			return false
		}
		w.heard = sc&byEar != 0
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
		if next >= len(w.f.atoms) {
			return false
		}
		if sc&suffixed != 0 {
			return false
		}
		w.heard = sc&byEar != 0
		comma := w.f.atom(next).gap == gapComma
		if !comma && !w.f.linked(next) {
			return false
		}
		agree := func(c, sc cases) bool {
			w.sum, w.middle = c.ear()+sc.ear(), false
			return agree(c, sc) && (comma || !odd(c, sc)) && ((c|sc)&ownScript == 0 || w.f.atom(next).gap != gapHyphen)
		}
		if w.f.capitalAt(next) != w.f.capitalAt(w.surname) {
			return false
		}
		if w.n.given[0].fitsAt(w.t, w.f, next, func(after int, c cases) bool {
			w.told = after
			return c&prefixed == 0 && agree(c, sc) && w.f.wholeTo(after) && w.tail(after, 1, c.heardWith(sc), comma)
		}) {
			ok = true
			return true
		}
		if whole := w.n.whole; whole != nil && whole.fitsAt(w.t, w.f, next, func(after int, c cases) bool {
			return agree(c, sc) && w.f.wholeTo(after) && w.tail(after, len(w.n.given), c.heardWith(sc), comma)
		}) {
			ok = true
			return true
		}
		if sc&byEar == 0 && w.n.given[0].initialAt(w.f, next) && w.initialsTail(next+1) && !w.listed() {
			initials, ok = true, true
		}
		return ok
	})
	return w.end, initials, ok
}

// tail takes the further given names behind the first, or a patronymic. Behind a comma no other name may follow, for
// "Trump, Donald Tusk" is a list.
func (w *nameWalk) tail(i, g int, c cases, comma bool) bool {
	if g < len(w.n.given) {
		if w.f.linked(i) {
			word := &w.n.given[g]
			if word.fitsAt(w.t, w.f, i, func(next int, more cases) bool {
				return w.tail(next, g+1, c.heardWith(more), comma)
			}) {
				return true
			}
			if word.initialAt(w.f, i) && w.tail(i+1, g+1, c, comma) {
				return true
			}
		}
		return w.n.given[g].optional() && w.tail(i, g+1, c, comma)
	}
	switch {
	case w.f.linked(i) && w.f.calls(i, callsPatronymic):
		if w.n.hasPatronymic() && !w.n.given[len(w.n.given)-1].fitsAt(w.t, w.f, i, func(int, cases) bool { return true }) {
			return false // of another father
		}
		i++
	case comma && w.catalogued(i):
		i++
	}
	if !agreeInSound(c, 0) {
		return false
	}
	w.end, w.byEar = i, c&byEar != 0
	return !comma || !w.f.linked(i) || !w.f.couldBeName(i) || w.f.isInitial(i)
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
