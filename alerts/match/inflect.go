package match

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cases is a set of grammatical cases, to hold the words of a name to one another: "Стива Уиткоффу" is nobody.
type cases uint32

const (
	nominative cases = 1 << iota
	genitive
	dative
	accusative
	instrumental
	locative
	asIs      // the dictionary form
	likeOther // an ending that could as well be another person's first name: Maria for Mario, Martina for Martin
	anyCase   = nominative | genitive | dative | accusative | instrumental | locative
)

// agree tells that a first name and a surname can stand together: in one case, and where the first name could be another
// one, only beside a surname that is inflected too.
func agree(first, surname cases) bool {
	return first&surname&anyCase != 0 && (first&likeOther == 0 || surname&asIs == 0) && agreeInSound(first, surname)
}

// form adds to the cases of a form what it looks like beside its dictionary form.
func (c cases) form(form, dictionary string) cases {
	if form == dictionary {
		return c | asIs
	}
	switch form[len(form)-1] {
	case 'a', 'e', 'o':
		return c | likeOther
	}
	return c
}

// A declension is a name word's base and the endings it takes.
type declension struct {
	base    string
	endings []ending
}

type ending struct {
	suffix string
	cases  cases
}

// decline says how a folded name word is inflected, by its ending alone. The dictionary form comes first.
func decline(word string) []declension {
	n := utf8.RuneCountInString(word)
	last, _ := utf8.DecodeLastRuneInString(word)
	asWritten := declension{word, []ending{{"", anyCase}}}
	switch {
	case n < 2:
		return []declension{asWritten}
	case unicode.Is(unicode.Cyrillic, last):
		return declineBy(word, cyrillicClasses())
	case unicode.Is(unicode.Latin, last):
		return declineBy(word, latinClasses())
	}
	return []declension{asWritten}
}

// A nounClass is how words with one of the finals are inflected: the final is taken off, then an ending put on.
type nounClass struct {
	finals  string // space-separated; "" is any
	strip   int    // letters taken off the word
	endings string // "suffix:CASES", "-" for none
}

func declineBy(word string, classes []nounClass) []declension {
	for _, c := range classes {
		for final := range strings.SplitSeq(c.finals, " ") {
			if !strings.HasSuffix(word, final) {
				continue
			}
			base := trimLast(word, c.strip)
			if utf8.RuneCountInString(base) < 2 {
				continue
			}
			all := []declension{{base, parseEndings(c.endings)}}
			if fleeting := dropFleeting(word); fleeting != "" && c.strip == 0 {
				all = append(all, declension{fleeting, parseEndings(fleetingEndings)})
			}
			return all
		}
	}
	return []declension{{word, []ending{{"", anyCase}}}}
}

func trimLast(s string, n int) string {
	for range n {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return s
}

func parseEndings(s string) []ending {
	var list []ending
	for item := range strings.FieldsSeq(s) {
		suffix, letters, _ := strings.Cut(item, ":")
		if suffix == "-" {
			suffix = ""
		}
		var set cases
		for _, l := range letters {
			switch l {
			case 'N':
				set |= nominative
			case 'G':
				set |= genitive
			case 'D':
				set |= dative
			case 'A':
				set |= accusative
			case 'I':
				set |= instrumental
			case 'L':
				set |= locative
			case '*':
				set = anyCase
			}
		}
		list = append(list, ending{suffix, set})
	}
	return list
}

const fleetingEndings = "а:GA у:D ом:I ем:I е:DL еві:D ові:D ю:D я:GA"

// dropFleeting leaves out a vowel that the other cases lose: Павел, Павла; Кравец, Кравца.
func dropFleeting(word string) string {
	runes := []rune(word)
	n := len(runes)
	if n < 5 || runes[n-2] != 'е' && runes[n-2] != 'о' || !strings.ContainsRune("лцк", runes[n-1]) || strings.ContainsRune("аеиоуыэюя", runes[n-3]) {
		return ""
	}
	return string(append(runes[:n-2:n-2], runes[n-1]))
}

// cyrillicClasses serve Russian, Ukrainian and Belarusian; the first class whose final fits is taken. Every suffix is made
// of letters that trimKey takes off.
func cyrillicClasses() []nounClass {
	return []nounClass{
		{
			"ский цкий ський цький кий чий ший щий жий хий ный вый рый лый тый пый мый бый дый", 2,
			"ий:N ый:N ого:GA ому:DL ому:D им:IL ым:IL ом:L ім:L ем:L его:GA ему:D",
		},
		{"ой", 2, "ой:N ого:GA ому:D ым:I им:I ом:L"},
		{"ій", 2, "ій:N ія:GA ію:D ієві:D ієм:I ії:L"},
		{"ий", 2, "ий:N ия:GA ию:D ием:I ии:L его:GA ему:D им:I ем:L ого:GA ому:D ого:GA"},
		{"й", 1, "й:N я:GA ю:D ем:I е:L і:L єм:I єві:D еві:D ї:L"},
		{"ая яя", 2, "ая:N ой:GDIL ую:A ою:I ей:GDIL юю:A"},
		{"уа оа эа", 0, "-:*"},
		{"ия", 2, "ия:N ии:GDL ию:A ией:I иею:I"},
		{"ія", 2, "ія:N ії:GDL ію:A ією:I іі:GDL"},
		{"а", 1, "а:N ы:G и:G е:DL і:DL у:A ой:GDIL ою:I ей:I ею:I ої:G"},
		{"я", 1, "я:N и:G і:GDL е:DL ю:A ей:I ею:I єю:I ї:GDL"},
		{"ь", 1, "ь:* я:GA ю:D ем:I е:L и:GDL ью:I єм:I еві:D і:L ю:DI"},
		{"о", 1, "о:* а:GA у:DL ом:I ові:DL і:L ою:I и:G"},
		{"ые ие", 2, "ые:NA ие:NA ых:GAL их:GAL ым:D им:D ыми:I ими:I"},
		{"ы и", 1, "ы:* и:* ов:GA ев:GA ам:D ям:D ами:I ями:I ах:L ях:L ів:GA й:GA"},
		{"е у ю э ё і ї є", 0, "-:*"},
		{"", 0, "-:N а:GA у:D ом:I ем:I ым:I им:I е:L і:L ові:DL еві:DL ю:D я:GA"},
	}
}

// latinClasses serve Polish, Czech, Slovak, Slovenian, Croatian and the genitive s of German and others, folded.
func latinClasses() []nounClass {
	return []nounClass{
		{"ski cki dzki sky cky", 1, "i:N y:N iego:GA iemu:D im:IL eho:GA emu:DL ym:IL s:* ega:GA"},
		{"ska cka", 1, "a:NAI iej:GDL e:GDL ou:AI s:* u:A"},
		{"a", 1, "a:NIA i:GDL y:G e:DLA u:A ou:I o:AI ovi:DL s:G as:* om:I"},
		{"o", 1, "o:* a:GA owi:D ovi:DL u:DL em:I om:I os:* y:G i:G"},
		{"y i", 0, "-:* ego:GA emu:DL m:IL ho:GA mu:DL s:* jem:I ja:GA ju:D"},
		{"u", 0, "-:* s:*"},
		{"e", 0, "-:N a:GA u:DL m:IL em:I go:GA mu:D s:* owi:D ovi:DL ho:GA om:I jem:I ja:GA"},
		{"", 0, "-:N a:GA u:DL em:I om:I ie:L e:L owi:D ovi:DL s:* iem:I"},
	}
}

// trimKey is what all inflections of a name word share: the word without its last letters as far as endings are made
// of them, at least two letters. Weak for short names, never wrong.
func trimKey(word string) string {
	last, size := utf8.DecodeLastRuneInString(word)
	var letters string
	switch {
	case last < utf8.RuneSelf && 'a' <= last && last <= 'z':
		letters = latinTrim
	case unicode.Is(unicode.Cyrillic, last):
		letters = cyrillicTrim
	default:
		return word
	}
	keep := len(word)
	for keep > 0 && strings.ContainsRune(letters, last) {
		keep -= size
		last, size = utf8.DecodeLastRuneInString(word[:keep])
	}
	first := 0
	for range 2 {
		_, size := utf8.DecodeRuneInString(word[first:])
		first += size
	}
	return word[:max(keep, min(first, len(word)))]
}

const (
	cyrillicTrim = "аеиоуыэюяйьмхгвіїє"
	latinTrim    = "aeiouymwhvgjs"
)
