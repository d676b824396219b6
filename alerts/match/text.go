package match

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A unit is an atom, or several that are written as one word: O'Brien, Jean-Claude, U.S.
type unit struct {
	first, last int // atoms
	reads       []string
	cuts        []cases   // what each of reads leaves out says of it; nil: nothing
	raw         string    // as written, of one atom
	stem        string    // "" till stemIn has worked it out
	ears        []*hearer // of reads, while it is laid beside many words; else nil: see rowBench
	shape       shape
}

// A field is a title or text, read.
type field struct {
	name     Field
	src      string
	monsieur bool          // M. is a title here, no initial
	clitic   int           // letters at most of what may hang on a word behind an apostrophe
	capitals capitalising  // see headline
	cased    capitalising  // see hasCapitals
	atoms    []atom        // made once somebody asks, where the text is a sifter's: see atom
	units    []unit        // the first len(atoms) are the atoms, made once somebody asks: see unit
	joined   []joinedAtoms // in order of their first atoms, once asked for: see joinAll
	whole    bool          // joined is filled
	places   places        // units by key, once asked for
	text     *text
	lead     int // see leadEnd; 0 where nobody asked
	sifted   *sifter
	sieved   // where sifted is not nil
}

// A text is a Doc, read.
type text struct {
	doc      Doc
	base     string // the language, "" unknown
	language string // the one of stemLanguages that treats its words alike
	fields   []*field
	stemmed  bool                                              // the units are found by their stems
	known    func(f *field, i int) []uint64                    // keys of an atom that are known already; nil for a text of its own
	stood    func(f *field, list []int) []int                  // where the words of the person stand who is looked for; see sifter.stoodIn
	guided   bool                                              // they stand nowhere else
	cued     func(w *word, f *field, list []int) ([]int, bool) // see sifter.startsOfCue; nil for a text of its own
	stems    map[string]string                                 // what stem makes of words in the language
	ears     map[string]*hearer                                // what words sound like
	placed   placing
	aside    utterance        // scratch of transcription
	blurred  [maxPhones]phone // scratch of the same
	shaped   bool             // lowered and capitals are filled
	shapes   int              // how often a word's shape was asked for
	lowered  map[string]bool
	capitals map[string]bool
	starts   []int  // scratch of word.starts
	found    []span // scratch of term.hits
	hits     []hit  // scratch of Pattern.find, as what follows
	named    []hit
	bare     []bareSurname
	misses   []miss
	judged   []miss
	spans    []span
	crowd    crowd    // scratch of node.nearby
	room     readRoom // of the units
}

// A placing tells whether anything says in which language a text is: its tag or its words.
type placing uint8

const (
	placedLater placing = iota // once somebody asks
	placed
	unplaced
)

// maxJoined is how many atoms are read as one word at most.
const maxJoined = 4

// read makes a Doc ready for every pattern.
func read(d Doc) *text {
	t := &text{doc: d, stemmed: true}
	t.fields = []*field{{name: Title, src: d.Title, atoms: atomise(d.Title)}, {name: Text, src: d.Text, atoms: atomise(d.Text)}}
	t.speak(languageOf(d, t.fields))
	for _, f := range t.fields {
		t.openField(f)
	}
	return t
}

// speak sets the language, before any unit is made.
func (t *text) speak(base string) {
	t.base, t.language = base, stemLanguage(base)
	if t.stems == nil {
		t.stems, t.ears = map[string]string{}, map[string]*hearer{}
	}
}

// openField makes a field ready.
func (t *text) openField(f *field) {
	f.joined, f.whole = f.joined[:0], false
	f.monsieur = t.base == "fr"
	f.clitic = maxClitic
	if t.base == "tr" || t.base == "az" {
		f.clitic = maxTurkishClitic
	}
	f.text = t
	f.units = slices.Grow(f.units[:0], len(f.atoms)+len(f.atoms)/8)[:len(f.atoms)]
	f.capitals, f.cased = notLooked, notLooked
}

// atom is an atom by its number.
func (f *field) atom(i int) *atom {
	a := &f.atoms[i]
	if a.to == 0 {
		f.sifted.readAtom(f, i)
	}
	return a
}

// some are the atoms from one to another, exclusive.
func (f *field) some(i, j int) []atom {
	for k := i; k < j; k++ {
		f.atom(k)
	}
	return f.atoms[i:j]
}

// startOf is the rune at which an atom starts, endOf that at which it ends.
func (f *field) startOf(i int) int {
	if f.sifted != nil {
		return f.runesBefore(i)
	}
	return f.atoms[i].start
}

func (f *field) endOf(i int) int {
	a := f.atom(i)
	return f.startOf(i) + a.end - a.start
}

// unit is a unit by its number.
func (f *field) unit(i int) *unit {
	u := &f.units[i]
	if u.reads == nil {
		a := f.atom(i)
		*u = f.text.newUnit(i, f.src[a.from:a.to], a.fold, a.shape)
	}
	return u
}

// newUnit is an atom as a unit.
func (t *text) newUnit(i int, raw, fold string, s shape) unit {
	u := unit{first: i, last: i, raw: raw, shape: s}
	if isReadAsWritten(t.base, firstRune(fold)) {
		u.reads = t.room.alone(fold)
	} else {
		u.reads, u.cuts = t.room.readings(t.base, fold)
	}
	return u
}

// stemIn is the unit's stem in the text's language.
func (u *unit) stemIn(t *text) string {
	if u.stem == "" {
		u.stem = t.stemOf(u.raw)
	}
	return u.stem
}

// prefixStems adds the stems of what the unit may be without an attached preposition, conjunction or article.
func (u *unit) prefixStems(t *text, list []string) []string {
	for k, c := range u.cuts {
		if c == prefixed {
			list = append(list, t.stemOf(u.reads[k]))
		}
	}
	return list
}

// hasStem tells that the unit has a stem, with or without what is attached to its front.
func (u *unit) hasStem(t *text, stem string) bool {
	return u.stemIn(t) == stem || slices.Contains(u.prefixStems(t, nil), stem)
}

// cut is what the unit's k-th reading leaves out says of it.
func (u *unit) cut(k int) cases {
	if u.cuts == nil {
		return 0
	}
	return u.cuts[k]
}

// addStems makes the units found by their stems, where the text was read without.
func (t *text) addStems() {
	if t.stemmed {
		return
	}
	t.stemmed = true
	for _, f := range t.fields {
		f.places.clear()
	}
}

// maxStems bounds the words whose stems are remembered.
const maxStems = 1 << 15

// stemOf is what stem makes of a word in the text's language.
func (t *text) stemOf(raw string) string {
	stemmed, ok := t.stems[raw]
	if !ok {
		if len(t.stems) >= maxStems {
			clear(t.stems)
		}
		stemmed = stem(t.language, raw)
		t.stems[strings.Clone(raw)] = strings.Clone(stemmed)
	}
	return stemmed
}

// unitKeys adds the words under which a unit is found by its letters: see Pattern.Lookup.
func (f *field) unitKeys(t *text, i int, keys []string) []string {
	u := f.unit(i)
	keys = t.wordKeys(u, keys)
	if a := f.atom(u.first); a.char && u.first+1 < len(f.atoms) {
		if next := f.atom(u.first + 1); next.char && next.gap == gapNone {
			keys = append(keys, a.fold+next.fold)
		}
	}
	return keys
}

// wordKeys adds those of unitKeys that the unit has whatever stands around it: its readings, with and without what
// inflection changes, and its stems.
func (t *text) wordKeys(u *unit, keys []string) []string {
	for _, r := range u.reads {
		keys = append(keys, r)
		if trimmed := trimKey(r); trimmed != r {
			keys = append(keys, trimmed)
		}
	}
	if t.stemmed {
		if s := u.stemIn(t); s != u.reads[0] {
			keys = append(keys, s)
		}
		keys = u.prefixStems(t, keys)
	}
	return keys
}

// words adds what the words of topics are compared with: the readings and the stem.
func (u *unit) words(t *text, list []string) []string {
	list = append(list, u.reads...)
	if s := u.stemIn(t); s != u.reads[0] {
		list = append(list, s)
	}
	return u.prefixStems(t, list)
}

// unitsFrom calls yield for the units that begin at atom i, until it returns true.
func (f *field) unitsFrom(i int, yield func(u *unit) bool) bool {
	if i < 0 || i >= len(f.atoms) {
		return false
	}
	if yield(f.unit(i)) {
		return true
	}
	for _, j := range f.joinedAt(i) {
		if yield(f.unit(j.unit)) {
			return true
		}
	}
	return false
}

// written is what stands from atom i up to atom j, exclusive, as []rune would show it.
func (f *field) written(i, j int) string {
	s := f.src[f.atom(i).from:f.atom(j-1).to]
	if !utf8.ValidString(s) {
		s = string([]rune(s))
	}
	return s
}

// wholeFrom and wholeTo hold the promise that nothing matches inside another word: O'Brien is no Brien, l'Iran is Iran.
func (f *field) wholeFrom(i int) bool {
	if i == 0 || f.atom(i).gap != gapApostrophe {
		return true
	}
	switch f.atom(i - 1).fold {
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
	if j >= len(f.atoms) || f.atom(j).gap != gapApostrophe {
		return true
	}
	a := f.atom(j)
	return a.end-a.start <= f.clitic && (a.shape == lower || a.shape == upper || a.fold == "s")
}
