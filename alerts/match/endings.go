package match

import (
	"strings"
	"unicode/utf8"
)

const (
	fleetingEndings      = "а:GA у:D ом:I ем:I е:DL еві:D ові:D ю:D я:GA ам:I ым:I і:L"
	consonantEndings     = "-:N а:GA у:D ом:I ем:I ым:I им:I ім:I ам:I е:L і:L ові:DL еві:DL ю:D я:GA"
	latinAdjective       = "ou:AI ej:GDL" // of a woman's surname: Novotná, Novotnou
	ownEndings           = "а:N ы:G и:G е:DL і:DL у:A ой:GDIL ою:I ей:I ею:I ам:I аю:I ай:I ом:I"
	severalEndings       = " ых:GAL ыми:I" // of surnames in -ов and -ин: Владимира и Людмилы Путиных
	latinFleetingEndings = "a:GA u:DL em:I om:I ie:L e:GAL owi:D ovi:DL iem:I i:DL"
)

// fleetingBase gives the base of a word that loses a vowel in all other cases, and the endings it then takes: Павел, Павла;
// Кравец, Кравца; Havel, Havla.
func fleetingBase(word string) (base, endings string, ok bool) {
	var room [maxName]rune
	runes := room[:0]
	for _, r := range word {
		runes = append(runes, r)
	}
	n := len(runes)
	switch {
	case word == "лев":
		return "льв", fleetingEndings, true
	case word == "lew":
		return "lw", latinFleetingEndings, true
	case n < 5:
		return "", "", false
	}
	before, vowel, last := runes[n-3], runes[n-2], runes[n-1]
	without := func() string { return string(append(runes[:n-2:n-2], last)) }
	switch {
	case strings.HasSuffix(word, "ей") && !strings.ContainsRune("аеиоуыэюяйгкхнрсі", before):
		return string(runes[:n-2]) + "ь", fleetingEndings, true // Воробей, Воробья
	case strings.ContainsRune("ео", vowel) && strings.ContainsRune("лцк", last) && !strings.ContainsRune("аеиоуыэюяіє", before):
		return without(), fleetingEndings, true
	case vowel == 'і' && n > 4 && strings.ContainsRune("рдбвнлпгкзст", last) && !strings.ContainsRune("аеиоуыэюяіє", before):
		return string(runes[:n-2]) + string(ukrainianOpen(before)) + string(last), fleetingEndings, true // Федір, Федора
	case strings.HasSuffix(word, "андар") || word == "петар" || vowel == 'а' && last == 'ц': // Александар, Александра; Пановац, Пановца
		return without(), fleetingEndings, true
	case vowel == 'a' && last == 'c' && !strings.ContainsRune("aeiouy", before): // Starac, Starca
		return without(), latinFleetingEndings, true
	case last < utf8.RuneSelf && polishFleeting(word) != "":
		return polishFleeting(word), latinFleetingEndings, true
	case vowel == 'e' && strings.ContainsRune("lck", last) && !strings.ContainsRune("aeiouyl", before), latinFleeting(word):
		return without(), latinFleetingEndings, true
	}
	return "", "", false
}

// ukrainianOpen is the vowel in the place of a closed syllable's і: Федора, Чорновола, but Сичіва would have е, as behind every hushing letter.
func ukrainianOpen(before rune) rune {
	if strings.ContainsRune("жчшщй", before) {
		return 'е'
	}
	return 'о'
}

// polishFleeting is the base of names whose vowel went with the softness of what stands before it: Dworzec, Dworca; Krawiec, Krawca;
// Stępień, Stępnia; Marchołek, Marchołka. It is "" for others.
func polishFleeting(word string) string {
	for rule := range strings.SplitSeq("rzec:rc iec:c iek:k dzien:dni ien:ni lek:lk", " ") {
		from, to, _ := strings.Cut(rule, ":")
		if base, ok := strings.CutSuffix(word, from); ok && len(base) > 1 && (from[0] != 'i' || !strings.ContainsRune("aeiouy", rune(base[len(base)-1]))) {
			return base + to
		}
	}
	return ""
}

// latinFleeting tells the first names in -er and -ar that lose their vowel: Alexandra, Petra.
func latinFleeting(word string) bool {
	return strings.HasSuffix(word, "ander") || strings.HasSuffix(word, "andar") || word == "peter" || word == "petar"
}

// isCzechWoman tells the form that Czech and Slovak give to the surname of any woman, where it ends in a vowel that this takes the
// place of, or not: Zana, Zanová, Zanaová. The accent tells it from Romanova. Other surnames take it as one of their endings.
func (p *part) isCzechWoman(u *unit) (cases, bool) {
	set, ending := nominative, "ova"
	switch last, _ := utf8.DecodeLastRuneInString(u.raw); last {
	case 'á', 'Á':
	case 'é', 'É':
		set, ending = genitive|dative|locative, "ove"
	default:
		return 0, false
	}
	stem, ok := strings.CutSuffix(u.reads[0], ending)
	if !ok || len(p.forms) == 0 || strings.IndexByte("ao", p.fold[len(p.fold)-1]) < 0 {
		return 0, false
	}
	return set, stem == p.fold || stem == p.fold[:len(p.fold)-1]
}

// cyrillicClasses serve Russian, Ukrainian, Belarusian and Serbian; the first class whose final fits is taken. Every
// suffix is folded (ї is і) and made of letters that trimKey takes off.
func cyrillicClasses() []nounClass {
	return []nounClass{
		{
			"ский цкий ський цький", 2,
			"ий:N ый:N ого:GA ому:DL ому:D им:IL ым:IL ом:L ім:L ем:L его:GA ему:D ие:N их:GAL ими:I",
		},
		{
			"кий чий ший щий жий хий ный вый рый лый тый пый мый бый дый", 2,
			"ий:N ый:N ого:GA ому:DL ому:D им:IL ым:IL ом:L ім:L ем:L его:GA ему:D",
		},
		{"скі цкі", 1, "і:N ага:GA аму:D ім:IL"},
		{"ой", 2, "ой:N ого:GA ому:D ым:I им:I ом:L"},
		{"ій", 2, "ій:N ія:GA ію:D ієві:D ієм:I іі:L ием:I іем:I"},
		{"ий", 2, "ий:N ия:GA ию:D ием:I ии:L его:GA ему:D им:I ем:L ого:GA ому:D ім:L"},
		{"й", 1, "й:N я:GA ю:D ем:I е:L і:L єм:I єві:D еві:D"},
		{"ая яя", 2, "ая:N ой:GDIL ую:A ою:I ей:GDIL юю:A ай:GDIL аю:I"},
		{"ська цька зька", 1, "а:N оі:G ій:DL у:A ою:I"},
		{"уа оа эа", 0, "-:*"},
		{"ия", 2, "ия:N ии:GDL ию:A ией:I иею:I"},
		{"ія", 2, "ія:N іі:GDL ію:A ією:I іей:I"},
		{"ка га ха", 1, "а:N ы:G и:G е:DL і:GDL у:A ой:GDIL ою:I ей:I ею:I ам:I аю:I ай:GDIL ом:I"},
		{"ова ева ина ына", 1, ownEndings + severalEndings},
		{"а", 1, ownEndings},
		{"я", 1, "я:N и:G і:GDL е:DL ю:A ей:I ею:I єю:I яй:I яю:I ем:I"},
		{"ь", 1, "ь:* я:GA ю:D ем:I е:L и:GDL ью:I єм:I еві:D і:GDL ю:DI"},
		{"о", 1, "о:* а:GA у:DL ом:I ові:DL і:L ою:I и:G ам:I"},
		{"ые ие", 2, "ые:NA ие:NA ых:GAL их:GAL ым:D им:D ыми:I ими:I"},
		{"ы и", 1, "ы:* и:* ов:GA ев:GA ам:D ям:D ами:I ями:I ах:L ях:L ів:GA й:GA"},
		{"ђе", 1, "е:N а:GA у:DL ем:I"},
		{"е у ю э ё і ї є ых гих ких хих жих чих ших щих", 0, "-:*"},
		{"ов ев єв", 0, consonantEndings + severalEndings + " ы:N"},
		{"ин ын ін", 0, consonantEndings + severalEndings},
		{"", 0, consonantEndings},
	}
}

// latinClasses serve Polish, Czech, Slovak, Slovenian, Croatian and the genitive s of German and others, folded.
func latinClasses() []nounClass {
	const otherEndings = "-:N a:GA u:DL em:I om:I ie:L e:L owi:D ovi:DL s:* iem:I ova:N ove:GDL ovou:AI ovej:GDL ovu:A"
	const adjective = " iego:GA iemu:D im:IL eho:GA emu:DL ym:IL s:* ega:GA og:GA oga:GA omu:D om:DL"
	return []nounClass{
		{"skyj skyi skyy skiy skij", 2, "yj:N yi:N yy:N iy:N ij:N i:N y:N" + adjective},
		{"ski cki dzki sky cky", 1, "i:N y:N" + adjective},
		{"ska cka", 1, "a:NAI iej:GDL e:GDL ej:GDL ou:AI s:* u:A oj:DL om:I o:AI i:DL"},
		{"ova eva", 1, "a:NI e:GDL ej:GDL y:G ou:AI u:A oj:DL om:I o:AI i:DL s:G as:*"},
		{"a", 1, "a:NIA i:GDL y:G e:GDLA ie:DL u:A ou:I o:AI ovi:DL s:G as:* om:I em:I"},
		{"o", 1, "o:* a:GAI owi:D ovi:DL u:DL em:I om:I os:* y:G i:G e:A"},
		{
			"y", 1, "y:* ego:GA emu:DL ym:IL eho:GA yho:GA ymu:DL ys:* yjem:I yja:GA yju:D yova:N yove:GDL yovou:AI" +
				" yego:GA yemu:DL",
		},
		{"i", 0, "-:* ego:GA emu:DL m:IL ho:GA mu:DL s:* jem:I ja:GA ju:D ova:N ove:GDL ovou:AI"},
		{"u", 0, "-:* s:*"},
		{"e", 0, "-:N a:GA u:DL m:IL em:I go:GA mu:D s:* owi:D ovi:DL ho:GA om:I jem:I ja:GA ova:N ove:GDL ovou:AI"},
		{"s c z j x", 0, "-:N a:GA u:DL em:I om:I ie:L e:GAL i:DL owi:D ovi:DL s:* iem:I ova:N ove:GDL ovou:AI ovej:GDL ovu:A"},
		{"r", 0, otherEndings + " ja:GA ju:DL jem:I"}, // Slovene: Pahorja
		{"", 0, otherEndings},
	}
}

// greekClasses are Greek names, folded: Μητσοτάκης, Μητσοτάκη. Foreign names that end otherwise take no ending.
func greekClasses() []nounClass {
	return []nounClass{
		{"ησ", 2, "ησ:N η:GA"},
		{"ευσ", 3, "ευσ:N εα:GA εωσ:G"},
		{"ουσ", 3, "ουσ:N ου:GA"},
		{"οσ", 2, "οσ:N ου:G ο:A ε:N"},
		{"ασ", 2, "ασ:N α:GA"},
		{"ισ", 2, "ισ:N ι:GA"},
		{"εσ", 2, "εσ:NA ων:G"},
		{"ου", 0, "-:*"},
		{"α", 1, "α:NA ασ:G"},
		{"η", 1, "η:NA ησ:G εωσ:G"},
		{"ω", 1, "ω:NA ωσ:G"},
		{"ο", 1, "ο:NA ου:G"},
		{"ι", 0, "-:* ου:G"},
		{"", 0, "-:*"},
	}
}
