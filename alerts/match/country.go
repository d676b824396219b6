package match

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// A country is what finds a country's names.
type country struct {
	names []countryName
	not   []bridged // in which a name does not count
}

type countryName struct {
	bridged
	term      string
	rule      Rule
	languages []string // in whose texts it counts; nil is all
	foreign   bool     // it counts elsewhere too, where the text's language is not certain or of another script
	alone     bool     // often a person's name: not beside another capitalised word
	noun      bool     // a people's name that may be a surname

	everywhere bool // while names are gathered
}

// shortName is the length in letters below which a Latin name counts only in texts of its own language.
const shortName = 5

func newCountry(s Spec) (*country, bool) {
	region, ok := regionOf(s.Name)
	if !ok {
		return nil, false
	}
	c := &country{}
	for _, alias := range s.Aliases {
		n := countryName{bridged: bridged{phrase: newPhrase(alias, asName)}, term: alias, rule: Alias}
		n.initial = true
		c.names = append(c.names, n)
	}
	own := regionNames(region)
	c.not = misreadings(region, own)
	for _, n := range append(own, regionWords(region)...) {
		n.term, n.rule, n.initial = s.Name, CountryName, true
		c.names = append(c.names, n)
	}
	for _, in := range standIns(region.String()) {
		names := []countryName{in.name()}
		if n, ok := in.elsewhere(); ok {
			names = append(names, n)
		}
		for _, n := range names {
			n.term, n.rule = s.Name, CountryName
			c.names = append(c.names, n)
		}
	}
	return c, true
}

func (c *country) find(t *text, not cover) []hit {
	var hits []hit
	for i := range c.names {
		n := &c.names[i]
		own := n.languages == nil || slices.Contains(n.languages, t.base)
		if !own && !n.foreign {
			continue
		}
		for _, at := range n.find(t) {
			if (own || t.allows(n.words[0].joined.fold)) && !n.ofSomeone(t, at) && !n.asSurname(t, at) {
				hits = append(hits, hit{at, n.term, n.rule})
			}
		}
	}
	if len(hits) == 0 {
		return nil
	}
	hits = longest(hits)
	return outside(outside(hits, not), newCover(c.misread(t, hits), 0, 0))
}

// misread is where the names mean something else. What stands within a longer name does not: the Republic of the Congo in the
// Democratic Republic of the Congo.
func (c *country) misread(t *text, hits []hit) []span {
	var list []span
	for i := range c.not {
		list = append(list, c.not[i].find(t)...)
	}
	return slices.DeleteFunc(list, func(s span) bool { // no hit stands within another, so that the last to begin before it is the one
		i, ok := slices.BinarySearchFunc(hits, s, func(h hit, s span) int {
			return cmp.Or(cmp.Compare(h.field, s.field), cmp.Compare(h.first, s.first))
		})
		if !ok {
			i--
		}
		return i >= 0 && hits[i].holds(s) && hits[i].span != s
	})
}

// holds tells that the other span stands within s.
func (s span) holds(o span) bool { return s.field == o.field && s.first <= o.first && o.next <= s.next }

// allows tells that a word of another language may stand in the text: its script is not the text's, or nothing makes the
// text's language sure. In an English text "Island" is not Iceland.
func (t *text) allows(fold string) bool {
	return !t.sure() || scriptOf(firstRune(fold)) != t.script()
}

// sure tells that the text's language is stated, or told by two of its small words.
func (t *text) sure() bool {
	if t.doc.Language != "" {
		return true
	}
	for _, m := range functionWords() {
		if m.language == t.base {
			return t.small(m) >= 2
		}
	}
	return false
}

// small counts a language's small words in the beginnings of the fields.
func (t *text) small(m marker) int {
	n := 0
	for _, f := range t.fields {
		for i := range min(len(f.atoms), telling) {
			a := f.atom(i)
			if m.has(strings.ToLower(f.src[a.from:a.to])) {
				n++
			}
		}
	}
	return n
}

// script is that of the text's first word.
func (t *text) script() *unicode.RangeTable {
	for _, f := range t.fields {
		for i := range f.atoms {
			if s := scriptOf(firstRune(f.atom(i).fold)); s != nil {
				return s
			}
		}
	}
	return nil
}

// scriptOf is a letter's script, of those that many languages share.
func scriptOf(r rune) *unicode.RangeTable {
	for _, s := range []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Arabic, unicode.Hebrew, unicode.Greek, unicode.Han} {
		if unicode.Is(s, r) {
			return s
		}
	}
	return nil
}

// ofSomeone tells a capital that is part of a person's or another name: Jack London, Paris Hilton, Washington Post.
func (n *countryName) ofSomeone(t *text, at span) bool {
	f := t.fields[at.field]
	if !n.alone || f.headline() || t.base == "de" || f.atom(at.first).shape != capital {
		return false
	}
	if at.next < len(f.atoms) && f.atom(at.next).gap == gapSpace && f.nameAt(t, at.next) {
		return true
	}
	return f.atom(at.first).gap == gapSpace && f.nameAt(t, at.first-1)
}

// asSurname tells a people's name that stands as a surname does: Сергей Поляк; Adam Polak. Its genitive is one where a sentence begins,
// too: Поляков.
func (n *countryName) asSurname(t *text, at span) bool {
	f := t.fields[at.field]
	a := f.atom(at.first)
	switch {
	case !n.noun || a.shape != capital || f.headline():
		return false
	case slices.Contains(n.languages, "hu"):
		return t.givenInHungarian(f, at.next)
	case slices.Contains(n.languages, "pl") && isPolishPlural(a.fold):
		return false // Większość Polaków
	case n.initial:
		return a.gap == gapSpace && f.nameAt(t, at.first-1) && (f.linked(at.first-1) || !isSlavicAttribute(f.atom(at.first-1).fold))
	}
	return f.linked(at.first) || strings.HasSuffix(a.fold, "ов") || strings.HasSuffix(a.fold, "ев")
}

// isPolishPlural tells the folded name of people that is nobody's surname, for they are several: Polacy, Niemców, Rosjan.
func isPolishPlural(fold string) bool {
	for ending := range strings.SplitSeq("cy ow om ami ach anie an si zi", " ") {
		if strings.HasSuffix(fold, ending) {
			return true
		}
	}
	return false
}

// isSlavicAttribute tells a word of Polish and its neighbours, folded, that stands before a noun where a sentence begins and is no first
// name: Każdy Polak, Mladí Nemci.
func isSlavicAttribute(fold string) bool {
	switch fold {
	case "jeden", "ten", "ta", "nasz", "wasz", "moj", "twoj", "tamten", "zaden", "nas", "vas", "ti", "ci", "dwaj", "dwoch":
		return true
	}
	for ending := range strings.SplitSeq("ego eho emu ymi imi ych ich ym im y i", " ") {
		base, ok := strings.CutSuffix(fold, ending)
		if !ok {
			continue
		}
		switch base {
		case "jerz", "cezar", "ignac", "anton", "konstant", "walent", "wincent", "ambroz", "bazyl", "hilar", "jir":
			return false
		}
		return len(base) > 2
	}
	return false
}

// nameAt tells a capitalised word that is no day, opens no sentence and stands nowhere small.
func (f *field) nameAt(t *text, i int) bool {
	if !f.couldBeName(i) || f.atom(i).shape != capital {
		return false
	}
	fold := f.atom(i).fold
	return !t.isLowered(fold) && !t.opensSentence(fold) && (t.base != "en" || !strings.HasSuffix(fold, "day"))
}
