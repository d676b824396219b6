package match

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lists of officials write more around a name than newspapers print: Hon. Peter O'Neill, MP; Shri Narendra Modi; John Smith (diplomat);
// Volodymyr Zelensky, President of Ukraine; LAVROV Sergei (a.k.a. X). A watch finds the name. What is left out is told by what it is, and
// two words are left at least, where there were two.

// A printed is what newspapers print of a name in a list.
type printed struct {
	name   string   // in the order of speech
	others []string // what the list says the person is called besides
}

// PrintedName is a name from a list as newspapers print it: without titles, degrees, offices and notes, in the order of speech. It is what
// a person's watch looks for first; "" of nothing.
func PrintedName(s string) string { return printedName(s).name }

// maxPrinted is how many bytes a name has at most that is taken apart: those of the longest name of a watch, whatever its script.
const maxPrinted = utf8.UTFMax * maxName

// printedName takes apart what a list writes.
func printedName(s string) printed {
	if isPrinted(s) || len(s) > maxPrinted {
		return printed{name: s}
	}
	outside, asides := withoutAsides(foldedSpaces(s))
	main, called := withoutCalled(withoutNotes(withoutHanTitle(outside)))
	main, foreign := inOneScript(main)
	p := printed{others: append(called, foreign...)}
	words := p.inOrder(main)
	if len(words) == 1 && len(asides) > 0 {
		if given := asides[0].given(); given != "" && sameScript(firstLetter(given), firstLetter(words[0])) {
			words, asides = []string{given, words[0]}, asides[1:] // (Rob) Jetten, Macron (M. Emmanuel)
		}
	}
	for _, a := range asides {
		p.others = append(p.others, a.names(words)...)
	}
	if short := withinWithout(words, isWithinName); len(short) < len(words) {
		p.others = append(p.others, strings.Join(short, " "))
	}
	p.name = strings.Join(words, " ")
	if !hasWord(p.name) {
		return printed{name: s}
	}
	p.others = slices.DeleteFunc(p.others, func(o string) bool { return o == p.name || !hasWord(o) })
	return p
}

// hasWord tells that something is left to look for.
func hasWord(s string) bool {
	ascii := func(r rune) bool { return r < utf8.RuneSelf && unicode.IsLetter(r) }
	return strings.ContainsFunc(s, ascii) || len(splitWords(s, exactly)) > 0
}

// isPrinted tells a name of two words or fewer, of letters alone, of which nothing is to be left out.
func isPrinted(s string) bool {
	first, last, two := strings.Cut(s, " ")
	if !two {
		return isOfLetters(first) && !hanTitles.MatchString(first)
	}
	return isOfLetters(first) && isOfLetters(last) && isPairPrinted(first, last)
}

// isPairPrinted tells that of two words of letters none is left out, and that they stay in their order.
func isPairPrinted(first, last string) bool {
	r := firstRune(first)
	switch {
	case r < utf8.RuneSelf && firstRune(last) < utf8.RuneSelf:
	case !sameScript(r, firstRune(last)), isOfficeInHangul(first), isOfficeInHangul(last), unicode.Is(unicode.Han, r) && hanTitles.MatchString(first+" "+last):
		return false
	}
	return !opensInCapitals(first, last)
}

// joints are what programs write in place of a space: Mark_Carney.
var joints = regexp.MustCompile(`([\p{Latin}\p{Cyrillic}\p{Greek}])[_\x{200B}\x{2060}\x{FEFF}]+([\p{Latin}\p{Cyrillic}\p{Greek}])`)

// foldedSpaces has one space for each run of white space, none that stands before a comma, and no broken bytes.
func foldedSpaces(s string) string {
	if strings.ContainsAny(s, "_\u200B\u2060\uFEFF") {
		s = joints.ReplaceAllString(s, "$1 $2")
	}
	return strings.ReplaceAll(strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " "), " ,", ",")
}

// Notes are what stands around a name behind a mark that is no part of one.
var (
	numbering = regexp.MustCompile(`^\(?\d+[.)] *`)
	columns   = regexp.MustCompile(`(?i)^(?:name:? *)?1: `) // of the United Nations' lists of sanctions
	column    = regexp.MustCompile(` *\d+: *`)
	parting   = regexp.MustCompile(` [-–—/] |[|•;]`)
	footnotes = regexp.MustCompile(`[\d¹²³⁰⁴-⁹*†‡]+$`)
)

// withoutNotes leaves out a number in front, and what a dash, a colon or a semicolon parts from the name.
func withoutNotes(s string) string {
	if columns.MatchString(s) {
		parts := slices.DeleteFunc(column.Split(s, -1)[1:], func(p string) bool { return strings.EqualFold(p, "na") || p == "" })
		return strings.Join(parts, " ")
	}
	s = numbering.ReplaceAllString(s, "")
	if before, after, ok := strings.Cut(s, ": "); ok && after != "" {
		switch first, rest := strings.Fields(before), strings.Fields(after); {
		case len(first) > 1 && (!saysOffice(first) || saysOffice(rest)):
			s = before
		case len(rest) > 1:
			s = after // President of France: Emmanuel Macron
		}
	}
	if first, _, ok := strings.Cut(s, ";"); ok && !strings.Contains(first, " ") {
		s = strings.ReplaceAll(s, ";", ", ") // Macron;Emmanuel
	}
	if at := parting.FindStringIndex(s); at != nil && at[0] > 0 && partsNote(s[at[0]:at[1]], s[:at[0]], s[at[1]:]) {
		s = s[:at[0]]
	}
	return strings.TrimSpace(footnotes.ReplaceAllString(s, ""))
}

// partsNote tells that a mark parts a name from what follows; a dash between words of a name does not: Anna Kuprova - Denisova.
func partsNote(mark, before, after string) bool {
	if !strings.HasPrefix(mark, " ") {
		return true
	}
	first, rest := strings.Fields(before), strings.Fields(after)
	if len(rest) == 1 && isSmallWritten(rest[0]) && !isTitle(titleFold(rest[0])) {
		return false // Kim Jong - un
	}
	return len(first) > 1 && len(rest) > 0 && (len(rest) > 1 || saysOffice(rest))
}

// hanTitles are offices and titles that are written onto a name in Chinese characters, or behind it.
var hanTitles = regexp.MustCompile(`^(\p{Han}{2,4}?) ?(先生|女士|小姐|主席|首相|总统|總統|总理|總理|总书记|總書記|部长|部長|外长|外長|院长|院長|市长|市長|省长|委员长|委員長|行政长官|行政長官|議員|议员|大臣|大統領|知事|総理|総理大臣|議長|氏|君|さん|様|閣下)$`)

// withoutHanTitle leaves out what stands behind a name in Chinese characters.
func withoutHanTitle(s string) string {
	if at := hanTitles.FindStringSubmatchIndex(s); at != nil {
		return s[:at[3]]
	}
	return s
}

// calledAs are the words behind which another name stands.
var calledAs = regexp.MustCompile(`,? +(a\.?k\.?a\.?|A\.?K\.?A\.?|f\.?k\.?a\.?|F\.?K\.?A\.?|[Aa]lias|[Aa]lso known as|formerly known as|dit|n[ée]e?|geb\.|geborene?|épouse|veuve) +`)

// calledBetween parts several such names.
var calledBetween = regexp.MustCompile(`;|,? *\b(?:a\.?k\.?a\.?|A\.?K\.?A\.?|f\.?k\.?a\.?|F\.?K\.?A\.?|[Aa]lias|[Aa]lso known as|formerly known as) +`)

// withoutCalled parts what somebody is also called; a maiden name, or a married one, is nobody's alone.
func withoutCalled(s string) (name string, called []string) {
	at := calledAs.FindStringSubmatchIndex(s)
	if at == nil || at[0] == 0 {
		return s, nil
	}
	if isFormerName(s[at[2]:at[3]]) {
		return s[:at[0]], nil
	}
	return s[:at[0]], calledNames(s[at[1]:])
}

// isFormerName tells words of calledAs before a maiden name, or a married one.
func isFormerName(by string) bool {
	return strings.HasPrefix(by, "n") || strings.HasPrefix(by, "geb") || by == "épouse" || by == "veuve"
}

// calledNames are the names of a list of some, with a.k.a. before each or none.
func calledNames(s string) []string {
	var names []string
	for _, piece := range calledBetween.Split(s, -1) {
		if piece = strings.Trim(piece, " ,."); strings.ContainsFunc(piece, unicode.IsLetter) {
			names = append(names, ownName(piece)...)
		}
	}
	return names
}

// ownName is what a list calls somebody besides, where that is somebody's own: two words or more, or one that has all of a name. A word alone
// is borne by many, and an office by all who hold it.
func ownName(s string) []string {
	name := printedName(s).name
	if words := strings.Fields(name); areTitles(words) || saysOffice(words) || len(words) < 2 && !isWholeName(name) {
		return nil
	}
	return []string{name}
}

// endsNoName are characters with which places, parties and offices end, and next to no names: 中国, 自民党, 외교부.
const endsNoName = "党黨国國部省市县縣府院军軍社会會交务務州区區당국부원회"

// isWholeName tells a word of a script that has no space between surname and first name: 王毅, 이재명.
func isWholeName(word string) bool {
	r, n := firstLetter(word), utf8.RuneCountInString(word)
	last, _ := utf8.DecodeLastRuneInString(word)
	return n > 1 && n < 5 && (unicode.Is(unicode.Han, r) || unicode.Is(unicode.Hangul, r)) && !strings.ContainsRune(endsNoName, last)
}

// inOneScript parts words in another script than the first one's: Wang Yi 王毅. Titles in one script do not count: Mr. 王毅.
func inOneScript(s string) (main string, others []string) {
	if !strings.ContainsFunc(s, func(r rune) bool { return r == '/' || r >= utf8.RuneSelf }) {
		return s, nil
	}
	s = strings.ReplaceAll(s, "/", " / ")
	var own, foreign []string
	first := rune(0)
	for _, word := range strings.Fields(s) {
		r := firstLetter(word)
		if first == 0 {
			first = r
		}
		if r != 0 && !sameScript(r, first) {
			foreign = append(foreign, word)
			continue
		}
		own = append(own, word)
	}
	if len(foreign) > 0 {
		own = slices.DeleteFunc(own, func(w string) bool { return w == "/" })
		if areTitles(own) {
			own = foreign
		} else {
			others = ownName(strings.Join(foreign, " "))
		}
	}
	return strings.NewReplacer(" / ", "/", " /", "/", "/ ", "/").Replace(strings.Join(own, " ")), others
}

func firstLetter(word string) rune {
	for _, r := range word {
		if unicode.IsLetter(r) {
			return r
		}
	}
	return 0
}

// sameScript tells letters of which one name may be written.
func sameScript(a, b rune) bool {
	for _, script := range [...]*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Arabic, unicode.Hebrew, unicode.Hangul} {
		if unicode.Is(script, a) || unicode.Is(script, b) {
			return unicode.Is(script, a) && unicode.Is(script, b)
		}
	}
	return true // Han and Kana, and all that is not told apart here
}
