package match

import "unicode/utf8"

// A hit is evidence before it is written out.
type hit struct {
	span
	term string
	rule Rule
}

// A miss is a near miss before it is written out.
type miss struct {
	hit
	reason string
}

// A person is what finds a person's names.
type person struct {
	names   []*name  // the name, if it has two words, then the aliases that have
	singles []single // names and aliases of one word
	near    []phrase
	surname bool // the surname alone is enough
}

type single struct {
	phrase
	rule Rule
}

func newPerson(s Spec) *person {
	p := &person{surname: s.Surname}
	p.add(s.Name, FullName)
	for _, alias := range s.Aliases {
		p.add(alias, Alias)
	}
	for _, near := range s.Near {
		p.near = append(p.near, newPhrase(near, asName|asWord))
	}
	return p
}

func (p *person) add(s string, rule Rule) {
	if n, ok := newName(s, rule); ok {
		p.names = append(p.names, n)
		return
	}
	one := single{newPhrase(s, asName), rule}
	one.initial = true
	p.singles = append(p.singles, one)
}

// find gives all evidence of the person, and where only the surname stands without what would make it count. What
// overlaps a span of not counts as absent.
func (p *person) find(t *text, not []span) ([]hit, []miss) {
	var hits []hit
	var bare []bareSurname
	for _, s := range p.singles {
		for _, at := range s.find(t) {
			hits = append(hits, hit{at, s.written, s.rule})
		}
	}
	for _, n := range p.names {
		for k, f := range t.fields {
			for _, i := range n.surname.starts(t, f) {
				h, found := n.fullAt(t, f, k, i)
				switch found {
				case thisPerson:
					hits = append(hits, h)
				case nobody:
					if b, ok := n.bareAt(t, f, k, i); ok {
						bare = append(bare, b)
					}
				}
			}
		}
	}
	hits = outside(hits, not)
	return p.judge(t, hits, bare, not)
}

func outside(hits []hit, not []span) []hit {
	kept := hits[:0]
	for _, h := range hits {
		if !anyOverlap(h.span, not) {
			kept = append(kept, h)
		}
	}
	return kept
}

func anyOverlap(s span, not []span) bool {
	for _, n := range not {
		if s.overlaps(n) {
			return true
		}
	}
	return false
}

// maxBefore is how many atoms of a full name may stand before its surname.
const maxBefore = 9

// A bearer is whose name stands around a surname.
type bearer uint8

const (
	nobody bearer = iota
	thisPerson
	another // a longer name
)

// fullAt finds the full name, or initials and surname, whose surname begins at atom i: in the order of speech first.
func (n *name) fullAt(t *text, f *field, k, i int) (hit, bearer) {
	walk := nameWalk{n: n, t: t, f: f, surname: i}
	for start := i - 1; start >= 0 && start >= i-maxBefore && f.linked(start+1); start-- {
		if !f.wholeFrom(start) {
			continue
		}
		end, initials, ok := walk.from(start)
		switch {
		case !ok || initials && n.continues(t, f, start):
		case f.longerName(t, start, end):
			return hit{}, another
		default:
			return n.hit(span{k, start, end}, initials), thisPerson
		}
	}
	if end, initials, ok := walk.reversed(); ok && f.wholeFrom(i) && !f.longerName(t, i, end) {
		return n.hit(span{k, i, end}, initials), thisPerson
	}
	return hit{}, nobody
}

// continues tells that the initial at an atom is a middle one: the V. of Vladimir V. Putin, A. V. Putin, Mary V. Putin.
func (n *name) continues(t *text, f *field, i int) bool {
	if i == 0 || !f.linked(i) {
		return false
	}
	before := &f.atoms[i-1]
	if f.isInitial(i - 1) {
		return true
	}
	return f.couldBeName(i-1) && before.shape == capital && !t.lowered[before.fold] && !opensSentence(before.fold)
}

func (n *name) hit(s span, initials bool) hit {
	if initials {
		return hit{s, n.written, InitialAndSurname}
	}
	return hit{s, n.written, n.rule}
}

// longerName tells that a hyphen makes the name another one: Anna-Maria Schmidt, John Smith-Jones. German makes compounds
// of anything, and "the Trump-Vladimir Putin talks" name two.
func (f *field) longerName(t *text, first, next int) bool {
	if t.language == "de" {
		return false
	}
	if first > 0 && f.atoms[first].gap == gapHyphen && f.atoms[first-1].shape == capital && !(first > 1 && f.linked(first-1)) {
		return true
	}
	if next < len(f.atoms) && f.atoms[next].gap == gapHyphen && f.atoms[next].shape == capital {
		follows := next+1 < len(f.atoms) && f.linked(next+1) && f.atoms[next+1].shape == capital
		return !follows
	}
	return false
}

// A nameWalk follows a name's words through the text.
type nameWalk struct {
	n       *name
	t       *text
	f       *field
	surname int // the atom at which the surname begins

	end      int
	initials bool
}

// from tells whether the name begins at an atom and its surname stands where the walk says.
func (w *nameWalk) from(start int) (end int, initials, ok bool) {
	first := &w.n.given[0]
	if w.f.capitalAt(start) != w.f.capitalAt(w.surname) {
		return 0, false, false
	}
	w.initials = false
	if first.fitsAt(w.t, w.f, start, func(next int, c cases) bool { return w.given(next, 1, c, 0, 0) }) {
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
		if word.fitsAt(w.t, w.f, i, func(next int, _ cases) bool { return w.given(next, g+1, c, letters, middles) }) {
			return true
		}
		if word.initialAt(w.f, i) && w.given(i+1, g+1, c, letters, middles) {
			return true
		}
		return word.optional() && w.given(i, g+1, c, letters, middles)
	}
	if i == w.surname {
		return w.f.wholeFrom(i) && w.last(i, c)
	}
	if letters < maxInitials && (w.f.isInitial(i) || w.f.bareInitial(i)) && w.given(i+1, g, c, letters+1, middles) {
		return true
	}
	if w.particles(i, c) {
		return true
	}
	if middles > 0 || !w.f.couldBeName(i) || w.initials && !isPatronymic(w.f.atoms[i].fold) {
		return false
	}
	next := i + 1
	for next < w.surname && w.f.atoms[next].gap == gapHyphen {
		next++
	}
	return w.given(next, g, c, letters, 1)
}

// particles skips van der, al and their like up to the surname.
func (w *nameWalk) particles(i int, c cases) bool {
	for n := 0; n < maxParticles && i < w.surname && w.f.linked(i) && isParticle(w.f.atoms[i].fold); n++ {
		i++
	}
	return i == w.surname && w.f.linked(i) && w.last(i, c)
}

func (w *nameWalk) last(i int, c cases) bool {
	return w.n.surname.fitsAt(w.t, w.f, i, func(next int, sc cases) bool {
		if sc&c == 0 || !w.f.wholeTo(next) {
			return false
		}
		w.end = next
		return true
	})
}

// reversed tells whether the given names follow the surname: Путин Владимир, Witkoff, Steve, Путин В. В.
func (w *nameWalk) reversed() (end int, initials, ok bool) {
	w.n.surname.fitsAt(w.t, w.f, w.surname, func(next int, sc cases) bool {
		if next >= len(w.f.atoms) {
			return false
		}
		comma := w.f.atoms[next].gap == gapComma
		if !comma && !w.f.linked(next) {
			return false
		}
		if w.f.capitalAt(next) != w.f.capitalAt(w.surname) {
			return false
		}
		if w.n.given[0].fitsAt(w.t, w.f, next, func(after int, c cases) bool {
			return c&sc != 0 && w.f.wholeTo(after) && w.tail(after, 1, comma)
		}) {
			ok = true
			return true
		}
		if w.n.given[0].initialAt(w.f, next) && w.initialsTail(next+1) && !w.listed() {
			initials, ok = true, true
		}
		return ok
	})
	return w.end, initials, ok
}

// tail takes the further given names behind the first, or a patronymic. Behind a comma no other name may follow, for
// "Trump, Donald Tusk" is a list.
func (w *nameWalk) tail(i, g int, comma bool) bool {
	if g < len(w.n.given) {
		if w.f.linked(i) {
			word := &w.n.given[g]
			if word.fitsAt(w.t, w.f, i, func(next int, _ cases) bool { return w.tail(next, g+1, comma) }) {
				return true
			}
			if word.initialAt(w.f, i) && w.tail(i+1, g+1, comma) {
				return true
			}
		}
		return w.n.given[g].optional() && w.tail(i, g+1, comma)
	}
	if w.f.linked(i) && isPatronymic(w.f.atoms[i].fold) {
		i++
	}
	w.end = i
	return !comma || !w.f.linked(i) || !w.f.couldBeName(i) || w.f.isInitial(i)
}

// listed tells a surname behind "Ridon," that is rather a first name.
func (w *nameWalk) listed() bool {
	return w.surname > 0 && w.f.atoms[w.surname].gap == gapComma && w.f.couldBeName(w.surname-1)
}

// initialsTail takes a second initial, as Cyrillic papers write it. In Latin letters two
// would rather be Washington, D.C., and one with a capital behind it Frank B. Somebody.
func (w *nameWalk) initialsTail(i int) bool {
	w.end = i
	if !w.f.linked(i) {
		return true
	}
	if !w.f.isInitial(i) {
		return !w.f.couldBeName(i) || firstRune(w.f.atoms[i].fold) >= utf8.RuneSelf
	}
	if r, _ := utf8.DecodeRuneInString(w.f.atoms[i].fold); r < utf8.RuneSelf {
		return len(w.n.given) > 1 && w.n.given[1].initialAt(w.f, i)
	}
	w.end = i + 1
	return true
}
