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

// printedName takes apart what a list writes.
func printedName(s string) printed {
	if isPrinted(s) {
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
	if len(splitWords(p.name, exactly)) == 0 {
		return printed{name: s}
	}
	p.others = slices.DeleteFunc(p.others, func(o string) bool { return o == p.name || len(splitWords(o, exactly)) == 0 })
	return p
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

// foldedSpaces has one space for each run of white space, none that stands before a comma, and no broken bytes.
func foldedSpaces(s string) string {
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
	if at := parting.FindStringIndex(s); at != nil && at[0] > 0 && parts(s[at[0]:at[1]], s[:at[0]], s[at[1]:]) {
		s = s[:at[0]]
	}
	return strings.TrimSpace(footnotes.ReplaceAllString(s, ""))
}

// parts tells that a mark parts a name from what follows; a dash between words of a name does not: Anna Kuprova - Denisova.
func parts(mark, before, after string) bool {
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
	by := strings.ToLower(s[at[2]:at[3]])
	if strings.HasPrefix(by, "n") || strings.HasPrefix(by, "geb") || by == "épouse" || by == "veuve" {
		return s[:at[0]], nil
	}
	return s[:at[0]], calledNames(s[at[1]:])
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

// isWholeName tells a word of a script that has no space between surname and first name: 王毅, 이재명.
func isWholeName(word string) bool {
	r := firstLetter(word)
	return utf8.RuneCountInString(word) > 1 && (unicode.Is(unicode.Han, r) || unicode.Is(unicode.Hangul, r))
}

// inOneScript parts words in another script than the first one's: Wang Yi 王毅. Titles in one script do not count: Mr. 王毅.
func inOneScript(s string) (main string, others []string) {
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

// inOrder puts a name into the order of speech, without what stands before and behind it.
func (p *printed) inOrder(s string) []string {
	pieces := slices.DeleteFunc(strings.Split(s, ","), func(piece string) bool { return strings.TrimSpace(piece) == "" })
	if len(pieces) == 0 {
		return strings.Fields(s)
	}
	words := strings.Fields(pieces[0])
	if len(pieces) > 1 && isSuffix(wordFold(pieces[1])) {
		words, pieces = append(words, strings.Fields(pieces[1])...), slices.Delete(pieces, 1, 2) // Donald Trump, Jr.
	}
	if len(pieces) > 1 && saysOffice(words) && isTitleWritten(words[0], titleFold(words[0])) {
		if rest := strings.Fields(pieces[1]); len(rest) > 1 && !saysOffice(rest) {
			words, pieces = rest, pieces[:1] // President of France, Emmanuel Macron
		}
	}
	if len(pieces) > 1 && !tellsOf(words, strings.Join(pieces[1:], " "), strings.Fields(pieces[1])) {
		return p.firstNamesFirst(words, pieces[1:])
	}
	bare := withoutTitles(words, 2)
	if n := len(bare); isHonorificName(titleFold(bare[0])) && (n > 3 || n == 3 && n < len(words)) {
		p.others = append(p.others, strings.Join(withoutEnds(bare[1:]), " ")) // Syed Yousaf Raza Gillani
	}
	return withoutTitles(surnameLast(initialsFirst(withoutEnds(bare))), 2) // SMITH Dr John
}

// initialsFirst turns a surname round that has nothing but initials behind it: Smith J. K., Иванов И. И.
func initialsFirst(words []string) []string {
	rest := words[1:]
	if len(rest) == 0 || lettersIn(strings.Join(rest, "")) < 2 || slices.ContainsFunc(rest, func(w string) bool { return !isInitials(w) || !strings.HasSuffix(w, ".") }) {
		return words
	}
	return append(slices.Clone(rest), words[0])
}

// firstNamesFirst puts first names, which a comma parts from the surname, before it, and Jr. behind: Witkoff, Steve, Ph.D.; Trump, Donald J., Jr.
func (p *printed) firstNamesFirst(surname, behind []string) []string {
	given, family, suffix := withoutTitles(strings.Fields(behind[0]), 1), withoutTitles(surname, 1), ""
	if isRankOrName(titleFold(given[0])) && len(given) > 1 && slices.ContainsFunc(family, isArabicWritten) {
		given = given[1:] // Al-Thani, Sheikh Tamim
	}
	if len(behind) > 1 {
		suffix, _ = suffixOf(strings.Fields(behind[1]), 0)
	}
	for _, part := range []*[]string{&given, &family} {
		if found, rest := suffixOf(*part, 1); found != "" {
			suffix, *part = found, rest
		}
	}
	p.shorten(given, family, suffix)
	return append(withoutEnds(slices.Concat(given, family)), strings.Fields(suffix)...)
}

// suffixOf is the Jr. or the numeral among words from one on, and the words without it.
func suffixOf(words []string, from int) (suffix string, rest []string) {
	for i := from; i < len(words); i++ {
		if isSuffix(wordFold(words[i])) {
			return words[i], slices.Delete(slices.Clone(words), i, i+1)
		}
	}
	return "", words
}

// shorten adds what newspapers print of a name that a comma parts: the first of several first names, the first of two Spanish surnames.
func (p *printed) shorten(given, family []string, suffix string) {
	one := given[0]
	if lettersIn(one) < 2 || strings.HasSuffix(one, ".") || isTitle(titleFold(one)) || isParticle(wordFold(family[0])) || isEastAsian(family[0]) {
		return
	}
	add := func(surname ...string) {
		p.others = append(p.others, strings.TrimSpace(one+" "+strings.Join(surname, " ")+" "+suffix))
	}
	if len(given) > 1 {
		add(family...)
	}
	if areSpanish(family) {
		add(family[0])
	}
}

// areSpanish tells a father's and a mother's surname as Spanish has them, as far as their endings tell: Maduro Moros, not Duncan Smith.
func areSpanish(family []string) bool {
	if len(family) != 2 {
		return false
	}
	first, second := wordFold(family[0]), wordFold(family[1])
	switch first {
	case "abu", "bou", "ould", "abdul", "abdel", "san", "santa", "santo":
		return false
	}
	ends := func(s string) bool {
		return strings.HasSuffix(s, "o") || strings.HasSuffix(s, "a") || strings.HasSuffix(s, "z") || strings.HasSuffix(s, "os") || strings.HasSuffix(s, "es")
	}
	return utf8.RuneCountInString(first) > 2 && !isSmallInNames(first) && (ends(first) || ends(second))
}

// lettersIn counts those of a word, as far as two.
func lettersIn(word string) int {
	n := 0
	for _, r := range word {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// surnameLast turns a name round that has its surname in front, in capitals as nothing else of it: MACRON Emmanuel, von der LEYEN Ursula.
// Chinese, Korean and Vietnamese names stay.
func surnameLast(words []string) []string {
	n := 0
	for n < len(words) && (inCapitals(words[n]) || isParticle(words[n])) {
		n++
	}
	for n > 0 && isParticle(words[n-1]) {
		n--
	}
	if n == 0 || n == len(words) || isSmallWritten(words[n]) || !isSurnameInCapitals(words[n-1]) || slices.ContainsFunc(words[n:], func(w string) bool { return inCapitals(w) && lettersIn(w) > 1 }) {
		return words
	}
	if isEastAsian(words[n-1]) && !isParticle(words[0]) || isTitle(titleFold(words[0])) {
		return words
	}
	return append(slices.Clone(words[n:]), words[:n]...)
}

// isEastAsian tells a word that may be a family name of Chinese, Korean or Vietnamese.
func isEastAsian(word string) bool { return syllablesOfHangul(wordFold(word)) == 1 }

// opensInCapitals tells two words that surnameLast turns round.
func opensInCapitals(first, last string) bool {
	return isSurnameInCapitals(first) && !inCapitals(last) && !endsInInitial(last) && !isEastAsian(first) && !isTitle(titleFold(last))
}

// isSurnameInCapitals tells three capitals or more: JD is two initials.
func isSurnameInCapitals(word string) bool { return inCapitals(word) && lettersIn(word) > 2 }

// inCapitals tells a word of two capitals or more, and nothing small.
func inCapitals(word string) bool { return shapeOf(word) == upper }

// An aside is what stands in brackets or quotation marks.
type aside struct {
	text          string
	before, quote bool // it stands before a word of the name; in quotation marks
}

// The marks that open asides, and those that close them, in the same order.
const (
	opensAside  = "([（{<“\"«„‘'`"
	closesAside = ")]）}>”\"»“’'`"
	bracketed   = 5 // of which so many are brackets
)

// withoutAsides takes out what stands in brackets or quotation marks, unless nothing is left. An apostrophe opens nothing within a word.
func withoutAsides(s string) (outside string, asides []aside) {
	var b strings.Builder
	rest, before := s, ' '
	for i, r := range s {
		if len(s)-i > len(rest) {
			continue // in an aside
		}
		kind := strings.IndexRune(opensAside, r)
		if kind >= 0 && (!unicode.IsLetter(before) || kind < bracketed) {
			if text, next, ok := asideAt(s[i:], r); ok {
				b.WriteByte(' ')
				asides = append(asides, aside{text: text, before: strings.ContainsFunc(s[i+next:], unicode.IsLetter), quote: utf8.RuneCountInString(opensAside[:kind]) >= bracketed})
				rest, before = s[i+next:], ' '
				continue
			}
			if kind < bracketed && strings.ContainsFunc(b.String(), unicode.IsLetter) {
				break // which is never closed
			}
		}
		b.WriteRune(r)
		rest, before = s[i+utf8.RuneLen(r):], r
	}
	if outside = foldedSpaces(b.String()); !strings.ContainsFunc(outside, unicode.IsLetter) {
		return s, nil
	}
	return outside, asides
}

// asideAt is the text of an aside that opens a string, and how long it is with its marks.
func asideAt(s string, opening rune) (text string, next int, ok bool) {
	at := slices.Index([]rune(opensAside), opening)
	closing := []rune(closesAside)[at]
	from := utf8.RuneLen(opening)
	for i, r := range s[from:] {
		if r != closing && (opening != '„' || r != '”') {
			continue
		}
		end := from + i + utf8.RuneLen(r)
		follows, _ := utf8.DecodeRuneInString(s[end:])
		if at >= bracketed && end < len(s) && unicode.IsLetter(follows) {
			continue // an apostrophe
		}
		return strings.TrimSpace(s[from : from+i]), end, true
	}
	return "", 0, false
}

// given is the first name that an aside is beside a single word; "" where it is none.
func (a aside) given() string {
	words := strings.Fields(a.text)
	if len(words) == 0 || a.quote {
		return ""
	}
	words = withoutTitles(words, 1)
	if text := strings.Join(words, " "); isNickname(text) && !saysOffice(words) && !isTitle(wordFold(text)) && !strings.HasPrefix(wordFold(text), "politi") {
		return text
	}
	return ""
}

// names are what an aside says the person is called besides: in another script, behind a.k.a., or a nickname before the surname.
func (a aside) names(words []string) []string {
	r := firstLetter(a.text)
	switch {
	case r == 0 || len(words) == 0:
		return nil
	case calledAs.MatchString(" " + a.text):
		if by := calledAs.FindStringSubmatch(" " + a.text); strings.HasPrefix(strings.ToLower(by[1]), "n") || strings.HasPrefix(by[1], "g") {
			return nil
		}
		return calledNames(" " + a.text)
	case !sameScript(r, firstLetter(words[0])):
		return ownName(a.text)
	case !isNickname(a.text):
		return nil
	case a.quote && !a.before && strings.Contains(a.text, " "):
		return ownName(a.text) // "Abu Mazen"
	case a.quote, a.before, !slices.ContainsFunc(words[:len(words)-1], func(w string) bool { return lettersIn(w) > 1 && !isInitials(w) }):
		return []string{a.text + " " + surnameOf(words)}
	}
	return nil
}

// surnameOf is the last word of a name that is none of Jr. and the like, with the particles before it.
func surnameOf(words []string) string {
	n := len(words)
	for n > 1 && isSuffix(wordFold(words[n-1])) {
		n--
	}
	first := n - 1
	for first > 0 && isParticle(wordFold(words[first-1])) {
		first--
	}
	return strings.Join(words[max(0, first):n], " ")
}

// isNickname tells one word or two, each with a capital and without a full stop or a figure.
func isNickname(s string) bool {
	words := strings.Fields(s)
	for _, w := range words {
		if first := firstRune(w); !isCapital(first) || lettersIn(w) < 2 || strings.ContainsFunc(w, unicode.IsDigit) || strings.HasSuffix(w, ".") || inCapitals(w) {
			return false
		}
	}
	return len(words) == 1 || len(words) == 2
}
