package match

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tellsOf tells that what follows a name and a comma is no first name: what somebody is, where he sits, or what he studied.
func tellsOf(name []string, after string, rest []string) bool {
	first := wordFold(strings.TrimRight(rest[0], "."))
	switch {
	case len(rest) > 1 && isCourtesy(first) && !saysOffice(rest[1:]) && !isDegree(rest[1]) && !isHonorificCutShort(titleFold(rest[1])) && !strings.HasSuffix(rest[1], "."):
		return false // López Obrador, Lic. Andrés Manuel
	case isSuffix(first), strings.HasSuffix(rest[0], ".") && isHonorificCutShort(first):
		return true
	case len(name) < 2:
		return len(rest) == 1 && isSurelyDegree(rest[0])
	case saysOffice(rest), len(withoutTitles(name, 2)) < len(name): // H.E. Gabriele Caccia, Apostolic Nuncio
		return true
	}
	mixed := slices.ContainsFunc(name, func(w string) bool { return !inCapitals(w) && lettersIn(w) > 1 })
	for degree := range strings.FieldsSeq(after) {
		if !isDegree(degree) && (!mixed || !isShortInCapitals(degree)) {
			return false
		}
	}
	return true
}

// isCourtesy tells titles, folded, that stand before a first name and are no office by themselves.
func isCourtesy(s string) bool {
	switch s {
	case "mr", "mrs", "ms", "miss", "dr", "dra", "sir", "dame", "hon", "shri", "smt", "lic", "ing", "haji":
		return true
	}
	return isRankOrName(s)
}

// saysOffice tells words of which one is a title or an office, or which no name has: small ones, and figures.
func saysOffice(words []string) bool {
	for i, w := range words {
		fold := titleFold(w)
		switch {
		case strings.ContainsFunc(w, unicode.IsDigit):
			return true
		case i == 0 && opensWithOffice(words):
			return true
		case len(words) > 1 && (isPeerage(fold) || isTitle(fold)) && !isAmbiguousTitle(fold):
			return true
		case isSmallWritten(w) && !isSmallInNames(fold) && !isAmongNames(fold):
			return true
		}
	}
	return false
}

func opensWithOffice(words []string) bool {
	fold := titleFold(words[0])
	if len(words) > 2 && isOfPlace(words[1]) && isTitle(fold) {
		return true // Rey de España
	}
	return isTitleOnly(fold) || isOfficeAlone(fold) || isOfficeLong(fold) || isTitleCompound(words[0])
}

// isAmongNames tells small words that stand among first names and surnames.
func isAmongNames(s string) bool {
	switch s {
	case "y", "e", "i", "und", "san", "st", "d", "l", "t", "ap", "na", "ka":
		return true
	}
	return false
}

// isOfficeLong tells an office of one word that is nobody's first name, behind a comma.
func isOfficeLong(s string) bool {
	switch s {
	case "speaker", "commissioner", "director", "ceo", "cfo", "fm", "pm", "dpm", "chair", "chairperson", "treasurer", "consul", "deputy", "adviser", "advisor", "spokesperson",
		"politician", "diplomat", "lawyer", "actor", "businessman", "judge", "depute", "senateur", "botschafter", "embajador", "deputado", "diputado", "labour", "conservative",
		"democrat", "republican":
		return true
	}
	return false
}

// withoutTitles leaves out the titles that open a name, as long as so many words are left that are a name's.
func withoutTitles(words []string, least int) []string {
	if n := len(words); n > 0 && unicode.Is(unicode.Hangul, firstRune(words[n-1])) {
		least = 1
	}
	for len(words) >= least && !isSeatedPeer(words) {
		words = unglued(words)
		n := titleAt(words)
		if n == 2 && !leaves(words, n, least) && isTitle(titleFold(words[0])) {
			n = 1 // HRH Prince William
		}
		if n == 0 || !leaves(words, n, least) {
			return words
		}
		words = words[n:]
	}
	return words
}

// unglued parts a title from the word behind it: Mr.Rishi.
func unglued(words []string) []string {
	if len(words) == 0 {
		return words
	}
	title, rest, ok := strings.Cut(words[0], ".")
	if fold := titleFold(title); !ok || lettersIn(title) < 2 || lettersIn(rest) < 2 || !isTitle(fold) && !isTitleOnly(fold) && !isHonorificCutShort(fold) {
		return words
	}
	return append([]string{title + ".", rest}, words[1:]...)
}

// isSeatedPeer tells a peer with what he is of: Lord Cameron of Chipping Norton, but neither the Lord Mayor of London nor Prince Albert of
// Monaco, who is told by it from others.
func isSeatedPeer(words []string) bool {
	rank := wordFold(words[0])
	return len(words) > 3 && words[2] == "of" && isPeerage(rank) && rank != "prince" && rank != "princess" && !isTitle(titleFold(words[1]))
}

// leaves tells that so many words behind the first n are a name's, neither particles nor Jr.; initials are, unless those words are
// initials themselves. A name in Hangul is one.
func leaves(words []string, n, least int) bool {
	if n >= len(words) {
		return false
	}
	title, rest, count := words[n-1], words[n:], 0
	if isOfPlace(rest[0]) && !strings.HasSuffix(title, ".") && lettersIn(title) > 3 {
		return false // President of Ukraine
	}
	if len(rest) > 2 && len(rest) < 5 && isOfPlace(rest[1]) && isTitle(titleFold(rest[0])) {
		return false // Vice President of Ukraine
	}
	for _, w := range rest {
		fold := wordFold(w)
		switch {
		case unicode.Is(unicode.Hangul, firstRune(w)) && utf8.RuneCountInString(w) > 1 && !isOfficeInHangul(w):
			return true
		case isInitials(w) && isInitials(title): // Rowling, J. K.
		case least == 1, !isSuffix(fold) && !isParticle(fold):
			count++
		}
	}
	return count >= least
}

// isInitials tells single letters with full stops: J.K.
func isInitials(word string) bool {
	letter := false
	for _, r := range word {
		if unicode.IsLetter(r) == letter {
			return false
		}
		letter = !letter
		if !letter && r != '.' {
			return false
		}
	}
	return true
}

// isOfPlace tells a small word that says of what somebody is president.
func isOfPlace(s string) bool {
	switch s {
	case "of", "de", "del", "der", "des", "du", "da", "do":
		return true
	}
	return false
}

// titleAt is how many words that open a name are a title.
func titleAt(words []string) int {
	if len(words) == 0 {
		return 0
	}
	first, next, dotted := titleFold(words[0]), "", strings.HasSuffix(strings.TrimRight(words[0], "ºª"), ".")
	if len(words) > 1 {
		next = titleFold(words[1])
	}
	switch {
	case isTitleOfTwo(first + " " + next):
		return 2
	case isArticleOfTitle(words[0]) && len(words) > 2:
		if n := titleAt(words[1:]); n > 0 {
			return 1 + n // le Général
		}
		return 0
	case len(words) == 5 && words[1] == "of" && isTitle(first):
		return 3 // President of France Emmanuel Macron
	case isRankOrName(first) && !slices.ContainsFunc(words[1:], isArabicWritten):
		return 0
	case isTitleWritten(words[0], first), first == "tun" && isTitle(next), first == "u" && !dotted, dotted && isCutTitle(words): // Malay; Burmese
		return 1
	}
	return 0
}

// isCutTitle tells words that open with an abbreviation which is a title, M. and S.E. among them. Before an initial it may be a first name:
// Yu. A. Gagarin.
func isCutTitle(words []string) bool {
	first := titleFold(words[0])
	switch {
	case isInitials(words[0]), isHonorificCutShort(first):
		return true
	case lettersIn(words[0]) < 2, isCutName(first):
		return false
	}
	return len(words) < 2 || !isInitials(words[1])
}

// isRankOrName tells what is a title before an Arabic name, and may be a first name before others: Sheikh Rashid Ahmed, Prince Kwame Mensah.
func isRankOrName(s string) bool {
	switch s {
	case "sheikh", "shaikh", "sheik", "shaykh", "cheikh", "sheikha", "prince", "princess":
		return true
	}
	return false
}

// isArabicWritten tells a word by which a name is Arabic: bin, Al, al-Thani.
func isArabicWritten(word string) bool {
	first := wordFold(word[:len(word)-len(strings.TrimLeftFunc(word, unicode.IsLetter))])
	return isKinship(first) || isArticle(first) && first != "as" && first != "an"
}

// isArticleOfTitle tells small words before a title.
func isArticleOfTitle(s string) bool {
	switch s {
	case "the", "le", "la", "el", "il", "lo", "o", "der", "die", "de", "het":
		return true
	}
	return false
}

// isTitleWritten tells a title of one word as a list writes it, and folded.
func isTitleWritten(word, fold string) bool {
	return isTitleOnly(fold) || isTitle(fold) && !isAmbiguousTitle(fold) || isTitleCompound(word) || isOfficeInHangul(word) || isVietnameseTitle(word)
}

// isOfficeInHangul tells an office in front of a name in Hangul, or behind it: 국회의원.
func isOfficeInHangul(word string) bool {
	return unicode.Is(unicode.Hangul, firstRune(word)) && (isOfficeBeside(word) || strings.HasSuffix(word, "의원") || strings.HasSuffix(word, "장관"))
}

// isVietnameseTitle tells words whose marks alone tell them from names.
func isVietnameseTitle(word string) bool { return word == "Ông" || word == "Bà" }

// titleFold is a word of a name, folded as a title may be.
func titleFold(word string) string {
	return wordFold(leftOut(word, ".'’`ºª"))
}

// isTitleCompound tells titles that hyphens join, or full stops without a space: Vice-President, Prof.Dr., Hon'ble.
func isTitleCompound(word string) bool {
	parts := strings.FieldsFunc(word, func(r rune) bool { return strings.ContainsRune("-‐‑.", r) })
	return len(parts) > 1 && !slices.ContainsFunc(parts, func(p string) bool {
		fold := titleFold(p)
		return !isTitle(fold) && !isTitleOnly(fold) && !isHonorificCutShort(fold)
	})
}

// isCutName tells first names that are written short with a full stop, and Saint.
func isCutName(s string) bool {
	switch s {
	case "st", "ste", "wm", "jos", "chas", "geo", "jas", "thos", "robt", "alex", "edw", "jr", "sr", "hadj", "abd", "ant", "chr", "fco", "fredk", "joh", "ph", "seb", "th":
		return true
	}
	return false
}

// isAmbiguousTitle tells titles, folded, that are names as often, or that stand with a numeral behind the name.
func isAmbiguousTitle(s string) bool {
	switch s {
	case "king", "queen", "pope", "don", "pan", "rey", "papa", "bay", "us", "st", "san", "chef", "boss", "roi", "reine", "capo", "elect", "coach", "leader", "foreign",
		"interior", "finance", "mp", "mep", "рад", "princesse", "koning", "abbe", "maire", "mons", "pastor", "pere", "sem", "tuan":
		return true
	}
	return false
}

// areTitles tells words of which nothing is left without titles.
func areTitles(words []string) bool {
	for len(words) > 0 {
		n := titleAt(words)
		if n == 0 && (isTitle(titleFold(words[0])) || isDegree(words[0]) || isSuffix(wordFold(words[0]))) {
			n = 1
		}
		if n == 0 {
			return false
		}
		words = words[n:]
	}
	return true
}

// isTitleOfTwo tells two words, folded, that are a title together and may be names by themselves.
func isTitleOfTwo(s string) bool {
	switch s {
	case "the hon", "the honourable", "the honorable", "the rt", "the right", "the rev", "the reverend", "the most", "the very", "the late", "rt hon", "right hon",
		"right honourable", "rt rev", "right reverend", "most rev", "most reverend", "most revd", "hon dr", "hon mr", "hon mrs", "hon justice", "he mr", "he mrs", "he ms", "he dr",
		"he sheikh", "h e", "s e", "s m", "hm king", "hm queen", "hrh prince", "hrh princess", "his excellency", "her excellency", "his holiness", "his eminence", "his highness",
		"his majesty", "her majesty", "son excellence", "sua excelencia", "sua eccellenza", "mr justice", "chief justice", "air marshal", "air commodore", "chief marshal", "group captain",
		"wing commander", "rear admiral", "vice admiral", "associate professor", "assoc prof", "asst prof", "deputy prime", "foreign minister", "finance minister", "first minister",
		"el hadj", "tan sri", "puan sri", "toh puan", "dato sri", "dato seri", "datuk sri", "datuk seri", "datuk amar", "datin sri", "datin seri", "field marshal",
		"crown prince", "crown princess", "grand ayatollah", "de heer", "dong chi", "его превосходительство", "генерал армии":
		return true
	}
	return false
}
