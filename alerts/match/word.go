package match

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A word is one word of a watch: what is written between spaces, O'Brien and Jean-Claude as one.
type word struct {
	written string
	parts   []part // at least one, as the text's atoms
	joined  part   // all parts as one; like parts[0] where there is one
	long    int    // the part that tells most: the longest of those that no text is full of
	caps    bool   // matches capitals only
	marks   string // what stands between it and the word before, but for white space: & of Marks & Spencer
	asked   bool   // by a query, so that the index keeps its cue
}

// A part is how one atom of a word may look in a text.
type part struct {
	fold    string
	forms   []declension // inflections as a name
	raw     string       // as written, where it is inflected as a word; else ""
	many    string       // what several are called of an acronym or number that is a word: ngos; else ""
	ear     *hearer      // by sound; nil: not, or not yet
	audible bool         // it may have an ear
	marked  string       // how it is heard where its marks tell sounds: see spelling; else ""
	soft    bool         // its g is Turkish ğ: see isSoft
	latin   []string     // what Latin makes of it, of given names
	respelt bool         // other romanisations of a given name are among its forms
	number  uint64       // of all the above, where it is remembered what fits it: see fitsAtom; else 0
}

// A manner is how a word may be inflected; manners add up.
type manner uint8

const (
	asName manner = 1 << iota
	asWord
	exactly manner = 0
)

// splitWords reads what a person wrote into words. Dots, quotes and commas part words, hyphens and apostrophes do not.
func splitWords(s string, m manner) []word {
	atoms := atomise(s)
	var words []word
	for i := 0; i < len(atoms); {
		j := i + 1
		for j < len(atoms) && inWord(&atoms[j], &atoms[j-1]) {
			j++
		}
		words = append(words, newWord(s, atoms[i:j], m))
		if i > 0 {
			words[len(words)-1].marks = marksIn(s[atoms[i-1].to:atoms[i].from])
		}
		i = j
	}
	return words
}

// inWord tells that an atom belongs to the same word as the one before it.
func inWord(a, before *atom) bool {
	switch a.gap {
	case gapHyphen:
		return !a.char || !before.char // 弗拉基米尔·普京 is a first name and a surname
	case gapApostrophe:
		return true
	case gapNone:
		return a.char && before.char
	case gapDot:
		return a.end-a.start == 1 && before.end-before.start == 1 && a.shape == capital && before.shape == capital
	}
	return false
}

func newWord(s string, atoms []atom, m manner) word {
	first, last := atoms[0], atoms[len(atoms)-1]
	w := word{written: s[first.from:last.to]}
	var whole strings.Builder
	for _, a := range atoms {
		w.parts = append(w.parts, newPart(s[a.from:a.to], a.fold, m))
		whole.WriteString(a.fold)
	}
	w.joined = w.parts[0]
	if len(atoms) > 1 {
		w.joined = newPart(whole.String(), whole.String(), m)
	}
	w.long = longestOf(w.parts)
	n := utf8.RuneCountInString(w.joined.fold)
	acronym := shapeOf(w.written) == upper && !strings.ContainsFunc(w.written, isHyphen)
	w.caps = acronym && (n == 2 || n == 3)
	if m&asWord != 0 && (w.caps || isNumbered(atoms)) {
		last := &w.parts[len(atoms)-1]
		last.many, w.joined.many = last.fold+"s", w.joined.fold+"s"
	}
	return w
}

// longestOf is the place of the longest part, the first of them, but of a common word only where there is no other.
func longestOf(parts []part) int {
	most, at := 0, 0
	for i := range parts {
		n := 2 * utf8.RuneCountInString(parts[i].fold)
		if isCommonWord(parts[i].fold) {
			n = 1
		}
		if n > most {
			most, at = n, i
		}
	}
	return at
}

func newPart(raw, fold string, m manner) part {
	p := part{fold: fold}
	if m&asName != 0 {
		p.forms = decline(fold)
		if respelt := respell(raw); respelt != "" {
			p.forms = append(p.forms, decline(respelt)...)
		}
		if strings.HasSuffix(strings.ToLower(raw), "á") && strings.HasSuffix(fold, "a") {
			p.forms = append(p.forms, declension{trimLast(fold, 1), sharedEndings(latinAdjective)})
		}
		p.soft, p.marked = isSoft(raw), spelling(raw)
	}
	if m&asWord != 0 {
		p.raw = raw
	}
	return p
}

// respell writes ä, ö, ü, ø and å as those do who have no such letters, "" where that changes nothing.
func respell(raw string) string {
	if !strings.ContainsAny(raw, "äöüøåÄÖÜØÅ\u0308\u030a") {
		return ""
	}
	low := strings.ToLower(raw)
	respelt := strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ø", "oe", "å", "aa").Replace(low)
	if respelt == low {
		return ""
	}
	return wordFold(respelt)
}

// starts are the atoms at which the word may stand, in order. Whoever is done with them leaves them in t.starts.
func (w *word) starts(t *text, f *field) []int {
	list := t.starts[:0]
	t.starts = nil
	if t.cued != nil {
		var ok bool
		if list, ok = t.cued(w, f, list); ok {
			slices.Sort(list)
			return slices.Compact(list)
		}
	}
	for _, p := range []*part{&w.parts[0], &w.joined} {
		list = p.starts(t, f, list)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// keys are the words of Words, one of which every text has that holds the part, in a language of stemLanguages.
func (p *part) keys(language string) []string {
	if p.raw == "" {
		return p.keysWith("")
	}
	return p.keysWith(stem(language, p.raw))
}

// starts adds the first atoms of the units that have one of the keys in the language of the text.
func (p *part) starts(t *text, f *field, list []int) []int {
	for _, d := range p.forms {
		list = f.startsOf(t, keyOf(trimKey(d.base)), list)
	}
	if len(p.forms) == 0 {
		list = f.startsOf(t, keyOf(p.fold), list)
	}
	if p.many != "" {
		list = f.startsOf(t, keyOf(p.many), list)
	}
	if p.raw != "" {
		if s := t.stemOf(p.raw); s != "" {
			list = f.startsOf(t, keyOf(s), list)
		}
	}
	if p.ear != nil {
		for _, key := range p.ear.keys {
			list = f.startsOf(t, key.hash(), list)
		}
	}
	return list
}

// keysWith are the keys beside a stem; "" is none.
func (p *part) keysWith(stemmed string) []string {
	keys := make([]string, 0, 3)
	for _, d := range p.forms {
		keys = append(keys, trimKey(d.base))
	}
	if len(p.forms) == 0 {
		keys = append(keys, p.fold)
	}
	if p.many != "" {
		keys = append(keys, p.many)
	}
	if stemmed != "" {
		keys = append(keys, stemmed)
	}
	if p.ear != nil {
		keys = p.ear.spell(keys)
	}
	for _, form := range p.latin {
		keys = append(keys, trimKey(form))
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
