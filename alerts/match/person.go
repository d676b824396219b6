package match

import (
	"slices"
	"strings"
	"sync"
	"unicode"
)

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
	singles []single // names and aliases of one word, and what describes the person
	near    []phrase
	surname bool // the surname alone is enough
	exact   bool
	hearing sync.Once // see listen
}

type single struct {
	phrase
	rule Rule
}

func newPerson(s Spec) *person {
	p := &person{surname: s.Surname, exact: s.Exact}
	p.add(s.Name, FullName)
	for _, alias := range s.Aliases {
		p.add(alias, Alias)
	}
	for _, near := range s.Near {
		p.near = append(p.near, newPhrase(near, asName|asWord))
	}
	return p
}

// add takes up a name, and what it says the person is called besides.
func (p *person) add(s string, rule Rule) {
	all := printedName(s)
	p.addPrinted(all.name, s, rule)
	for _, other := range all.others {
		p.addPrinted(other, s, Alias)
	}
}

// addPrinted takes up a name that is printed so, and written otherwise.
func (p *person) addPrinted(printed, written string, rule Rule) {
	n, named := namePrinted(printed, written, rule)
	if named {
		p.names = append(p.names, n)
		if !p.exact {
			n.audible()
			n.listenWhole()
			p.names = append(p.names, inShort(n)...)
			p.names = append(p.names, asPartials(n)...)
			for _, other := range []*name{asInitials(n), asServant(n), asApart(n), asMerged(n), asHyphened(n)} {
				if other != nil {
					p.names = append(p.names, other)
				}
			}
		}
		if !mayDescribe(splitWords(printed, exactly)) {
			return
		}
	}
	one := single{newPhrase(printed, asName), rule}
	one.written = written
	one.initial = named || len(one.words) == 1 // what describes somebody needs no capitals
	p.singles = append(p.singles, one)
}

// listen makes the names known by their sound, unless they are known exactly, once somebody asks: an index keeps most names
// without.
func (p *person) listen() {
	p.hearing.Do(func() {
		for _, n := range p.names {
			if !p.exact && n.partOf == nil {
				n.listen()
				n.pair()
			}
			n.enumerate()
		}
		for i := range p.singles {
			for k := range p.singles[i].words {
				p.singles[i].words[k].enumerate()
			}
		}
	})
}

// find gives all evidence of the person, and where only the surname stands without what would make it count. What
// meets the cover not counts as absent.
func (p *person) find(t *text, not cover) ([]hit, []miss) {
	p.listen()
	hits, bare, close := t.named[:0], t.bare[:0], t.misses[:0]
	for i := range p.singles {
		s := &p.singles[i]
		t.found = s.findAll(t, t.found[:0])
		for _, at := range t.found {
			hits = append(hits, hit{at, s.written, s.rule})
		}
	}
	for _, n := range p.names {
		hits = n.findWhole(t, hits)
		for k, f := range t.fields {
			starts := t.surnames(n, f)
			for _, i := range starts {
				h, found := n.fullAt(t, f, k, i)
				switch found {
				case thisPerson:
					if n.partOf != nil {
						if n.isWhollyOf(f, h) && !f.goesOn(h.next) {
							close = append(close, n.partly(h, not))
						}
						continue
					}
					if h.rule != SoundsLike && f.saysSmall(t, h.span) {
						close = append(close, miss{h, saySmall})
						continue
					}
					hits = append(hits, h)
				case almost:
					if !n.second {
						close = append(close, miss{h, sayAlmost})
					}
				case nobody:
					if b, ok := n.bareAt(t, f, k, i); ok && !n.second && b.heard.ear() <= stepsOfBareName {
						bare = append(bare, b)
					}
				}
			}
			t.starts = starts
		}
	}
	close = muted(close, hits, not)
	hits, misses := p.judge(t, outside(hits, not), bare, not, t.judged[:0])
	misses = append(misses, close...)
	t.named, t.bare, t.misses, t.judged = hits[:0], bare[:0], close[:0], misses[:0]
	return hits, misses
}

// surnames are the atoms at which a name's surname may stand. See word.starts.
func (t *text) surnames(n *name, f *field) []int {
	if !t.guided || !n.surname.stands() {
		return n.surname.starts(t, f)
	}
	list := t.stood(f, t.starts[:0])
	t.starts = nil
	if n.surname.characters() {
		return list
	}
	if before := n.surname.long; before > 0 {
		for _, at := range list {
			if at >= before {
				list = append(list, at-before)
			}
		}
		slices.Sort(list)
		list = slices.Compact(list)
	}
	return list
}

// muted adds the hits that a not: phrase takes away.
func muted(misses []miss, hits []hit, not cover) []miss {
	for _, h := range hits {
		if not.meets(h.span) {
			misses = append(misses, miss{h, sayMuted})
		}
	}
	return misses
}

// maxBefore is how many atoms of a full name may stand before its surname.
const maxBefore = 9

// A bearer is whose name stands around a surname.
type bearer uint8

const (
	nobody bearer = iota
	thisPerson
	another // a longer name
	almost  // one that sounds nearly like it
)

// fullAt finds the full name, or initials and surname, whose surname begins at atom i: in the order of speech first.
func (n *name) fullAt(t *text, f *field, k, i int) (hit, bearer) {
	walk := nameWalk{n: n, t: t, f: f, surname: i}
	var nearly span
	for start := i - 1; start >= 0 && start >= i-maxBefore && f.linked(start+1) && walk.reaches(start); start-- {
		if !f.wholeFrom(start) {
			continue
		}
		walk.almost = 0
		end, initials, ok := walk.from(start)
		switch {
		case !ok || initials && n.continues(t, f, start, i):
			end = 0
		case !walk.sounds(start, end):
		case f.longerName(t, start, end), n.isNumberedOtherwise(f, end):
			return hit{}, another
		default:
			return n.hit(span{k, start, end}, initials, walk.byEar), thisPerson
		}
		if nearly.next == 0 {
			nearly = span{k, start, walk.nearlyEnd(start, end)}
		}
	}
	if h, ok := walk.behind(k); ok && n.partOf == nil {
		return h, thisPerson
	}
	if nearly.next > 0 {
		return hit{nearly, n.written, SoundsLike}, almost
	}
	return hit{}, nobody
}

// behind finds the name with its first names behind the surname.
func (w *nameWalk) behind(field int) (hit, bool) {
	end, initials, ok := w.reversed()
	told := end
	if w.n.whole == nil && !initials { // what follows the first name tells nothing
		told = w.told
	}
	if !ok || !w.f.wholeFrom(w.surname) || w.f.longerName(w.t, w.surname, end) || !w.sounds(w.surname, told) {
		return hit{}, false
	}
	return w.n.hit(span{field, w.surname, end}, initials, w.byEar), true
}

// continues tells that the initial at an atom is a middle one: the V. of Vladimir V. Putin, A. V. Putin, Mary V. Putin.
func (n *name) continues(t *text, f *field, i, surname int) bool {
	if i == 0 || !f.linked(i) {
		return false
	}
	before := f.atom(i - 1)
	if f.isInitial(i - 1) {
		return true
	}
	return f.couldBeName(i-1) && before.shape == capital && !t.isLowered(before.fold) && !t.opensSentence(before.fold) &&
		!n.opensBeforeInitials(t, f, i, surname)
}

// opensBeforeInitials tells that the Cyrillic word before an initial is no first name: two initials are the first name's and the father's,
// or its case is not the surname's, or hardly a man's. Указ Д. А. Медведева; Указ Д. Медведева; глава МИД России С. Лавров.
func (n *name) opensBeforeInitials(t *text, f *field, i, surname int) bool {
	if !unicode.Is(unicode.Cyrillic, firstRune(f.atom(i-1).fold)) {
		return false
	}
	set := cases(0)
	n.surname.fitsAt(t, f, surname, func(_ int, c cases) bool {
		set = c
		return true
	})
	if set&asIs != 0 && n.surname.isHers() {
		set = nominative // which is eased behind a woman's first name
	}
	before := f.atom(i - 1).fold
	hers := strings.HasSuffix(before, "ы") || strings.HasSuffix(before, "ии") || strings.HasSuffix(before, "іі") || t.base == "uk" && strings.HasSuffix(before, "и")
	return f.isInitial(i+1) && n.surname.ofFathers() || set&byEar == 0 && (hers || casesOfHis(before)&set == 0)
}

// ofFathers tells a surname of those who have a patronymic, by its ending: not Tolkien's.
func (w *word) ofFathers() bool {
	for _, ending := range []string{"ов", "ев", "ова", "ева", "ский", "цкий", "ський", "цький", "ская", "цкая", "ко", "ук", "юк", "ич"} {
		if strings.HasSuffix(w.joined.fold, ending) {
			return true
		}
	}
	return false
}

func (n *name) hit(s span, initials, byEar bool) hit {
	if byEar {
		return hit{s, n.written, SoundsLike}
	}
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
	if first > 0 && f.atom(first).gap == gapHyphen && f.atom(first-1).shape == capital && (first == 1 || !f.linked(first-1)) {
		return true
	}
	if next < len(f.atoms) && f.atom(next).gap == gapHyphen && f.atom(next).shape == capital {
		follows := next+1 < len(f.atoms) && f.linked(next+1) && f.atom(next+1).shape == capital
		return !follows
	}
	return false
}
