package match

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// withoutEnds leaves out what stands behind a name: degrees, orders and seats, an initial, and what a peer is lord of; and Jr. and titles
// inside it.
func withoutEnds(words []string) []string {
	if isSeatedPeer(words) {
		return words[:2]
	}
	for len(words) > 1 {
		last := words[len(words)-1]
		initial := endsInInitial(last) && !endsInInitial(words[1]) // but not of Smith J. K.
		if len(words) == 2 && !isHangulTitle(words) || len(words) > 2 && !isSurelyDegree(last) && !initial && !isOrderBehind(words) && !isHangulTitle(words) {
			break
		}
		words = words[:len(words)-1]
	}
	if len(words) < 3 {
		return words
	}
	return withinWithout(words, func(w string) bool { return w == "Jr." || w == "Jr" || w == "Sr." || w == "Dr." })
}

// withinWithout leaves out words between the first of a name and the last.
func withinWithout(words []string, out func(string) bool) []string {
	if len(words) < 3 {
		return words
	}
	last := len(words) - 1
	within := slices.DeleteFunc(slices.Clone(words[1:last]), out)
	if len(within) == last-1 {
		return words
	}
	return slices.Concat(words[:1], within, words[last:])
}

// isWithinName tells a title that stands before the surname, and that newspapers mostly leave out: Alexander Graf Lambsdorff.
func isWithinName(w string) bool {
	switch w {
	case "Graf", "Gräfin", "Freiherr", "Freifrau", "Fürst", "Cardinal", "Kardinal", "Cardenal", "Cardinale":
		return true
	}
	return false
}

// isHangulTitle tells an office behind a name in Hangul: 이재명 대통령.
func isHangulTitle(words []string) bool {
	last := words[len(words)-1]
	return unicode.Is(unicode.Hangul, firstRune(last)) && unicode.Is(unicode.Hangul, firstRune(words[0])) && utf8.RuneCountInString(words[0]) > 1 && isOfficeInHangul(last)
}

// isOrderBehind tells a degree, an order or a seat in capitals behind two words that are not in capitals: Kevin Rudd AC; or with full stops.
func isOrderBehind(words []string) bool {
	last, rest := words[len(words)-1], words[:len(words)-1]
	if !isDegree(last) {
		return false
	}
	if strings.Contains(last, ".") && lettersIn(last) > 1 {
		return true
	}
	n := 0
	for _, w := range rest {
		if lettersIn(w) > 1 && !inCapitals(w) {
			n++
		}
	}
	return n > 1 && !isNameInCapitals(last)
}

// isNameInCapitals tells surnames that a list may write like a degree.
func isNameInCapitals(s string) bool {
	switch s {
	case "MA", "BA", "SAN", "CON", "AM", "OM", "SE", "SS", "MM":
		return true
	}
	return false
}

// endsInInitial tells a letter by itself, which abbreviates a name: S., but not the Vietnamese Y.
func endsInInitial(word string) bool {
	letter, dotted := strings.CutSuffix(word, ".")
	r, size := utf8.DecodeRuneInString(letter)
	return size == len(letter) && unicode.IsUpper(r) && (dotted || !strings.ContainsRune("AEIOUY", r))
}

// isShortInCapitals tells what looks like a degree or an order: MSc, Ph.D., GCFR, but no word.
func isShortInCapitals(word string) bool {
	n := lettersIn(word)
	word = undotted(word)
	return n >= 1 && n <= 5 && len(word) <= 8 && firstRune(word) < utf8.RuneSelf && unicode.IsUpper(rune(word[len(word)-1]))
}

// isDegree tells a degree, an order or a seat as it is written behind a name and a comma, with full stops or without.
func isDegree(word string) bool {
	switch undotted(word) {
	case "MLC", "MNA", "MPA", "MPP", "MHR", "MHA", "TD", "SC", "PC", "CC", "CM", "OC", "AO", "AC", "AM", "CH", "OM", "KG", "KT", "CB", "LVO", "DL", "JP", "ADC", "VC", "MD", "MA", "BA", "JD", "SH",
		"SE", "ST", "ME", "SS", "SIP", "SSos", "SPd", "SAg", "SKom", "MM", "MH", "MSi", "MSI", "MHum", "MPd", "MKn", "MAP", "MAg", "MKes", "MEng", "MEd", "Lc", "RN", "USA", "USN", "USAF", "USMC", "USCG",
		"CPA", "FBA", "GBM", "GBS", "SBS", "BBS", "IAS", "IPS", "IFS", "VSM", "SAN", "CON", "CFR", "OFR", "OON", "MFR", "EBS", "MGH", "CBS", "CGH", "QSO", "ONZ", "DDS", "MPH", "SJ", "OFM", "OP",
		"CD", "OQ", "OJ", "ON", "CF", "MSD", "OF", "FCA", "PEng", "BEng", "CDU", "SPD":
		return true
	}
	return isSurelyDegree(word)
}

// isSurelyDegree tells one that is nobody's name.
func isSurelyDegree(word string) bool {
	switch undotted(word) {
	case "MP", "MEP", "MLA", "MSP", "QC", "KC", "OAM", "OBE", "MBE", "CBE", "KBE", "DBE", "GBE", "CMG", "KCMG", "GCMG", "KCB", "FRS", "PhD", "PHD", "ThD", "DPhil", "MSc", "MSC", "BSc", "MBA", "LLB",
		"LLM", "LLD", "EdD", "Esq", "CSc", "DrSc", "DSc", "DiS", "MPhil", "FRCP", "GCFR", "GCON", "EGH", "GNZM", "CNZM", "DNZM", "PVSM", "AVSM", "UYSM", "MdB", "MdL", "MdEP", "FCCA", "OMRI":
		return true
	}
	return false
}

func undotted(word string) string { return leftOut(word, ".;,") }

// leftOut is a word without some signs.
func leftOut(word, signs string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(signs, r) {
			return -1
		}
		return r
	}, word)
}
