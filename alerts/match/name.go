package match

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A name is a person's name of two words or more, taken apart.
type name struct {
	written        string
	given          []word // at least one
	whole          *word  // the given names written as one, nil where there is one
	particles      []string
	particlesHeard []hearer  // by their sound
	asOne          *hearer   // the whole name as one word of Hangul
	syllables      int       // of asOne
	heardGiven     []*hearer // what the words of paired sound like
	heardSurname   []*hearer
	surname        word
	suffix         string   // Jr., XIV, folded; "" for none
	rule           Rule     // of its full form: FullName or Alias
	second         bool     // the name in another form of the first name: near misses are the first one's
	partOf         *name    // the name of which this is a part: see asPartials
	long           bool     // newspapers may leave out a part of it
	shorts         []string // other forms of the first name, folded
}

// newName takes a written name apart; false where it is one word.
func newName(s string) (*name, bool) { return namePrinted(PrintedName(s), s, FullName) }

// namePrinted takes a name apart that is printed so, and written otherwise; false where it is one word.
func namePrinted(printed, written string, rule Rule) (*name, bool) {
	words := orderWords(printed)
	if describes(words, rule) {
		return nil, false
	}
	suffix := ""
	if n := len(words); n > 2 && isSuffix(words[n-1].joined.fold) {
		suffix, words = words[n-1].joined.fold, words[:n-1]
	}
	if len(words) < 2 {
		return nil, false
	}
	for i := range words {
		words[i].caps = false // Theresa MAY
	}
	n := &name{written: written, surname: words[len(words)-1], suffix: suffix, rule: rule}
	words = words[:len(words)-1]
	for len(words) > 1 && isParticle(words[len(words)-1].joined.fold) {
		n.particles = append([]string{words[len(words)-1].joined.fold}, n.particles...)
		words = words[:len(words)-1]
	}
	n.given = words
	n.splitArticle()
	n.easeCases()
	if len(n.given) > 1 && !n.optionalGiven() {
		n.whole = joinWords(n.given)
	}
	return n, true
}

func (n *name) optionalGiven() bool {
	return slices.ContainsFunc(n.given, func(w word) bool { return w.optional() })
}

// joinWords writes words as one: Hsien Loong, Hsienloong.
func joinWords(words []word) *word {
	var parts []part
	var whole strings.Builder
	for _, w := range words {
		parts = append(parts, w.parts...)
		whole.WriteString(w.joined.fold)
	}
	return &word{written: words[0].written, parts: parts, long: longestOf(parts), joined: newPart(whole.String(), whole.String(), asName)}
}

// orderWords puts Иванов Иван Иванович into the order of speech.
func orderWords(s string) []word {
	words := splitWords(s, asName)
	if opensWithSurname(words) {
		return []word{words[1], words[2], words[0]}
	}
	return words
}

// opensWithSurname tells the order of East Slavic lists: Иванов Иван Иванович. In Latin letters the surname must look like one, for
// there the last word may be a Serbian's surname.
func opensWithSurname(words []word) bool {
	if len(words) != 3 || !isPatronymic(words[2].joined.fold) || isPatronymic(words[1].joined.fold) || len(words[1].parts) > 1 {
		return false
	}
	first := words[0].joined.fold
	for ending := range strings.SplitSeq("ov ova ev eva sky skiy skyi skaya enko chuk ов ова ев ева єв єва ін ин іна ына ын ина ий ська ская цкая ко ук юк ак як ец ець их", " ") {
		if strings.HasSuffix(first, ending) && len(first) > len(ending)+2 {
			return true
		}
	}
	return false
}

// isPeerage tells a title that stands behind a name and a comma, with what it is of.
func isPeerage(s string) bool {
	switch s {
	case "baron", "baroness", "viscount", "viscountess", "earl", "count", "countess", "marquess", "duke", "duchess", "lord", "lady", "sir", "prince", "princess":
		return true
	}
	return false
}

// splitArticle makes al-Sisi a particle and a surname.
func (n *name) splitArticle() {
	for len(n.surname.parts) > 1 && isArticle(n.surname.parts[0].fold) {
		n.particles = append(n.particles, n.surname.parts[0].fold)
		rest := n.surname.parts[1:]
		bare := word{written: n.surname.written, parts: rest, long: longestOf(rest), joined: rest[0], caps: n.surname.caps}
		if len(rest) > 1 {
			var whole strings.Builder
			for _, p := range rest {
				whole.WriteString(p.fold)
			}
			bare.joined = newPart(whole.String(), whole.String(), asName)
		}
		n.surname = bare
	}
	if slices.ContainsFunc(n.particles, isArticle) && len(n.surname.parts) == 1 {
		base := n.surname.joined.fold
		for _, article := range []string{"al", "el"} {
			n.surname.joined.forms = append(slices.Clone(n.surname.joined.forms), decline(article+base)...)
		}
		n.surname.parts = []part{n.surname.joined}
	}
}

// easeCases lets the dictionary form stand for any case where languages do not inflect: a surname behind a woman's first
// name (Ангелы Меркель), a short word in an Asian name (Ким Чен Ына).
func (n *name) easeCases() {
	if n.easesSurname() {
		n.surname.easeBase()
	}
	for i := range n.given {
		if utf8.RuneCountInString(n.given[i].joined.fold) <= maxEased || i == 0 && ofWoman(&n.given[0], &n.surname) {
			n.given[i].easeBase()
		}
	}
}

// ofWoman tells a woman's first name that is not inflected beside a surname that is: Мехрибан Алиеву.
func ofWoman(given, surname *word) bool {
	last, _ := utf8.DecodeLastRuneInString(given.joined.fold)
	return !strings.ContainsRune(cyrillicVowels, last) && surname.isHers()
}

// isHers tells a Cyrillic surname that only women have.
func (w *word) isHers() bool {
	for _, ending := range []string{"ова", "ева", "ина", "ская", "цкая", "ська", "цька"} {
		if strings.HasSuffix(w.joined.fold, ending) {
			return true
		}
	}
	return false
}

// maxEased is how many letters an Asian name has at most that is not inflected.
const maxEased = 3

// easesSurname tells a first name such as women have.
func (n *name) easesSurname() bool {
	last, _ := utf8.DecodeLastRuneInString(n.given[0].joined.fold)
	return strings.ContainsRune("aая", last)
}

func (w *word) easeBase() {
	ease := func(p *part) {
		for i, d := range p.forms {
			eased := slices.Clone(d.endings)
			for k := range eased {
				if d.base+eased[k].suffix == p.fold {
					eased[k].cases = anyCase
				}
			}
			p.forms[i].endings = eased
		}
	}
	for i := range w.parts {
		ease(&w.parts[i])
	}
	ease(&w.joined)
}

// optional tells a middle word of the watch that texts leave out.
func (w *word) optional() bool {
	return utf8.RuneCountInString(w.joined.fold) == 1 || isPatronymic(w.joined.fold)
}

// hasPatronymic tells that the watch says whose child the person is.
func (n *name) hasPatronymic() bool {
	return slices.ContainsFunc(n.given[1:], func(w word) bool { return isPatronymic(w.joined.fold) })
}

// initialAt tells that atom i abbreviates the word: V. for Vladimir, Дж. for Джордж.
func (w *word) initialAt(f *field, i int) bool {
	a := f.atom(i)
	return f.isInitial(i) && strings.HasPrefix(w.joined.fold, a.fold)
}

// isInitial tells a letter or two with a full stop that stand for a name. Where a sentence begins, Г. is Mr.
func (f *field) isInitial(i int) bool {
	a := f.atom(i)
	n := utf8.RuneCountInString(a.fold)
	if n == 1 && a.shape == uncased && !a.char { // of a script without capitals
		return unicode.IsLetter(firstRune(a.fold)) && f.dotted(i)
	}
	if a.shape == uncased && isPersianLetter(a.fold) {
		return f.dotted(i)
	}
	if f.monsieur && a.fold == "m" {
		return false
	}
	return n <= 2 && a.shape == capital && !a.char && f.dotted(i) && (!f.calls(i, callsTitle) || a.fold == "г" && f.linked(i))
}

// isPersianLetter tells the name of a Latin letter as Persian writes foreigners' initials, folded: اس. for S.
func isPersianLetter(fold string) bool {
	switch fold {
	case "اي", "بي", "سي", "دي", "اف", "جي", "اچ", "كي", "ال", "ام", "ان", "او", "پي", "كيو", "ار", "اس", "تي", "يو", "وي", "دبليو", "ايكس", "واي", "زد":
		return true
	}
	return false
}

// dotted tells that a full stop stands right behind atom i.
func (f *field) dotted(i int) bool {
	return strings.HasPrefix(f.src[f.atom(i).to:], ".")
}

// linked tells that atom i continues the name in which the atom before it stands.
func (f *field) linked(i int) bool {
	if i <= 0 || i >= len(f.atoms) {
		return false
	}
	if f.sifted != nil && f.spaced(i) {
		return true
	}
	switch f.atom(i).gap {
	case gapSpace, gapNone, gapHyphen, gapApostrophe:
		return true
	case gapDot, gapDotSpace:
		return f.isInitial(i-1) || f.abbreviated(i-1) && f.calls(i-1, callsTitle)
	case gapBreak:
		return linksKana(f.src[f.atom(i-1).to:f.atom(i).from], f.atom(i).fold)
	}
	return false
}

// linksKana tells the sign between two words of Katakana with which some papers part a first name from a surname: ウラジーミル=プーチン.
func linksKana(between, behind string) bool {
	return between == "=" && unicode.Is(unicode.Katakana, firstRune(behind))
}

// isNumberedOtherwise tells that what follows a name is another numeral than the watch's, or Sr. where that is Jr.: Pope Leo XIII for Leo XIV.
func (n *name) isNumberedOtherwise(f *field, next int) bool {
	if n.suffix == "" || next >= len(f.atoms) || f.atom(next).gap != gapSpace {
		return false
	}
	a := f.atom(next)
	return a.fold != n.suffix && (isSuffix(a.fold) || a.shape.capitalised() && a.fold != "i" && strings.Trim(a.fold, "ivx") == "")
}
