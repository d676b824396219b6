package match

import (
	"slices"
	"unicode/utf8"
)

// A unit is an atom, or several that are written as one word: O'Brien, Jean-Claude, U.S.
type unit struct {
	first, last int // atoms
	reads       []string
	cuts        []cases // what each of reads leaves out says of it; nil: nothing
	stem        string
	stems       []string // of the readings without a prefix
	shape       shape
}

// A field is a title or text, read.
type field struct {
	name     Field
	src      string
	monsieur bool // M. is a title here, no initial
	clitic   int  // letters at most of what may hang on a word behind an apostrophe
	headline bool // Every Word Has a Capital, so that a capital makes no name
	atoms    []atom
	units    []unit           // the first len(atoms) are the atoms
	joined   map[int][]int    // units of several atoms, by first atom
	at       map[string][]int // units by key
}

// A text is a Doc, read.
type text struct {
	doc      Doc
	base     string // the language, "" unknown
	language string // the one of stemLanguages that treats its words alike
	fields   []*field
	lowered  map[string]bool // words that stand somewhere without a capital
	capitals map[string]bool // words that stand somewhere in the text with one
	ears     map[string]*hearer
}

// maxJoined is how many atoms are read as one word at most.
const maxJoined = 4

func read(d Doc) *text {
	t := &text{doc: d, lowered: map[string]bool{}, capitals: map[string]bool{}, ears: map[string]*hearer{}}
	for _, part := range []struct {
		name Field
		src  string
	}{{Title, d.Title}, {Text, d.Text}} {
		atoms := atomise(part.src)
		t.fields = append(t.fields, &field{
			name: part.name, src: part.src, atoms: atoms, joined: map[int][]int{}, at: make(map[string][]int, 2*len(atoms)),
		})
	}
	t.base = languageOf(d, t.fields)
	t.language = stemLanguage(t.base)
	stems := map[string]string{}
	for _, f := range t.fields {
		f.monsieur = t.base == "fr"
		f.clitic = maxClitic
		if t.base == "tr" || t.base == "az" {
			f.clitic = maxTurkishClitic
		}
		t.readField(f, stems)
	}
	return t
}

func (t *text) readField(f *field, stems map[string]string) {
	f.units = make([]unit, 0, len(f.atoms)+len(f.atoms)/8)
	for i := range f.atoms {
		a := &f.atoms[i]
		if a.shape == lower {
			t.lowered[a.fold] = true
		}
		if a.shape == capital && f.name == Text {
			t.capitals[a.fold] = true
		}
		raw := f.src[a.from:a.to]
		stemmed, ok := stems[raw]
		if !ok {
			stemmed = stem(t.language, raw)
			stems[raw] = stemmed
		}
		reads, cuts := readings(t.base, a.fold)
		f.units = append(f.units, unit{first: i, last: i, reads: reads, cuts: cuts, stem: stemmed, stems: t.prefixStems(reads, cuts), shape: a.shape})
	}
	f.headline = f.name == Title && f.titleCase()
	for i := range f.atoms {
		f.join(i)
	}
	for i := range f.units {
		for _, key := range slices.Concat(f.unitKeys(i), t.soundKeys(&f.units[i])) {
			if ids := f.at[key]; len(ids) == 0 || ids[len(ids)-1] != i {
				f.at[key] = append(ids, i)
			}
		}
	}
}

// prefixStems are the stems of what a word may be without an attached preposition, conjunction or article.
func (t *text) prefixStems(reads []string, cuts []cases) []string {
	var stems []string
	for k := range cuts {
		if cuts[k] == prefixed {
			stems = append(stems, stem(t.language, reads[k]))
		}
	}
	return stems
}

// titleCase tells that nearly all longer words begin with a capital.
func (f *field) titleCase() bool {
	long, capitals := 0, 0
	for i := range f.atoms {
		a := &f.atoms[i]
		if a.end-a.start < 4 || a.shape == uncased {
			continue
		}
		long++
		if a.shape != lower {
			capitals++
		}
	}
	return long >= 3 && capitals*10 >= long*8
}

// join adds the words of several atoms that begin at atom i.
func (f *field) join(i int) {
	fold := f.atoms[i].fold
	for j := i + 1; j < len(f.atoms) && j < i+maxJoined; j++ {
		a := &f.atoms[j]
		switch {
		case a.char || f.atoms[i].char:
			return
		case a.gap == gapHyphen || a.gap == gapApostrophe:
		case a.gap == gapDot && a.end-a.start == 1 && f.atoms[j-1].end-f.atoms[j-1].start == 1:
		default:
			return
		}
		fold += a.fold
		s := f.atoms[i].shape
		if s != lower && a.shape == f.atoms[i].shape && a.gap == gapDot {
			s = upper
		}
		f.joined[i] = append(f.joined[i], len(f.units))
		f.units = append(f.units, unit{first: i, last: j, reads: []string{fold}, stem: fold, shape: s})
	}
}

// unitKeys are the words under which a unit is found: see Pattern.Lookup.
func (f *field) unitKeys(i int) []string {
	u := &f.units[i]
	keys := make([]string, 0, 2+2*len(u.reads))
	for _, r := range u.reads {
		keys = append(keys, r)
		if trimmed := trimKey(r); trimmed != r {
			keys = append(keys, trimmed)
		}
	}
	if u.stem != u.reads[0] {
		keys = append(keys, u.stem)
	}
	keys = append(keys, u.stems...)
	if a := &f.atoms[u.first]; a.char && u.first+1 < len(f.atoms) {
		if next := &f.atoms[u.first+1]; next.char && next.gap == gapNone {
			keys = append(keys, a.fold+next.fold)
		}
	}
	return keys
}

// cut is what the unit's k-th reading leaves out says of it.
func (u *unit) cut(k int) cases {
	if u.cuts == nil {
		return 0
	}
	return u.cuts[k]
}

// unitsFrom calls yield for the units that begin at atom i, until it returns true.
func (f *field) unitsFrom(i int, yield func(u *unit) bool) bool {
	if i < 0 || i >= len(f.atoms) {
		return false
	}
	if yield(&f.units[i]) {
		return true
	}
	for _, id := range f.joined[i] {
		if yield(&f.units[id]) {
			return true
		}
	}
	return false
}

// text is what stands from atom i up to atom j, exclusive, as []rune would show it.
func (f *field) text(i, j int) string {
	s := f.src[f.atoms[i].from:f.atoms[j-1].to]
	if !utf8.ValidString(s) {
		s = string([]rune(s))
	}
	return s
}

// wholeFrom and wholeTo hold the promise that nothing matches inside another word: O'Brien is no Brien, l'Iran is Iran.
func (f *field) wholeFrom(i int) bool {
	if i == 0 || f.atoms[i].gap != gapApostrophe {
		return true
	}
	switch f.atoms[i-1].fold {
	case "l", "d", "qu", "j", "m", "n", "s", "t", "c", "un", "all", "dell", "nell", "sull", "dall", "lorsqu", "jusqu", "puisqu", "quell", "anch":
		return true
	}
	return false
}

// The length of what may hang on a word behind an apostrophe: Putin's, Putin'in, Steve'em, Putin'inkilerin.
const (
	maxClitic        = 5
	maxTurkishClitic = 10
)

func (f *field) wholeTo(j int) bool {
	if j >= len(f.atoms) || f.atoms[j].gap != gapApostrophe {
		return true
	}
	a := &f.atoms[j]
	return a.end-a.start <= f.clitic && (a.shape == lower || a.shape == upper || a.fold == "s")
}
