package match

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lists of officials write more around a name than newspapers print: Hon. Peter O'Neill, MP; Shri Narendra Modi; John Smith (diplomat);
// Volodymyr Zelensky, President of Ukraine. A watch finds the name. What is left out is told by what it is, never by where it
// stands alone, and two words are left at least.

// PrintedName is a name from a list as newspapers print it: without titles, degrees, offices and notes, in the order of speech. It is what
// a person's watch looks for, and "" of nothing but spaces.
func PrintedName(s string) string { return plainWritten(s) }

// plainWritten is a name as newspapers print it, in the order of speech.
func plainWritten(s string) string {
	if !strings.ContainsAny(s, ` ,.([（“"«„`) {
		return s
	}
	name := withoutAsides(s)
	before, after, comma := strings.Cut(name, ",")
	first, rest := strings.Fields(before), strings.Fields(after)
	switch {
	case len(first) == 0:
		return s
	case comma && len(rest) > 0 && !tellsOf(first, after, rest):
		after, _, _ = strings.Cut(after, ",") // Witkoff, Steve, Ph.D.
		first = append(withoutTitles(strings.Fields(after), 1), withoutTitles(first, 1)...)
	}
	return strings.Join(withoutDegrees(withoutTitles(first, 2)), " ")
}

// withoutAsides leaves out what stands in brackets or quotation marks, unless nothing is left.
func withoutAsides(s string) string {
	const opening, closing = `([（“"«„`, `)]）”"»“`
	var b strings.Builder
	rest := s
	for {
		i := strings.IndexAny(rest, opening)
		if i < 0 {
			break
		}
		open, size := utf8.DecodeRuneInString(rest[i:])
		closes := []rune(closing)[slices.Index([]rune(opening), open)]
		end := strings.IndexFunc(rest[i+size:], func(r rune) bool { return r == closes || open == '„' && r == '”' })
		if end < 0 {
			break
		}
		_, closed := utf8.DecodeRuneInString(rest[i+size+end:])
		b.WriteString(rest[:i])
		b.WriteByte(' ')
		rest = rest[i+size+end+closed:]
	}
	b.WriteString(rest)
	if !strings.ContainsFunc(b.String(), unicode.IsLetter) {
		return s
	}
	return b.String()
}

// tellsOf tells that what follows a name and a comma is no first name: what somebody is, where he sits, or what he studied.
func tellsOf(name []string, after string, rest []string) bool {
	first := wordFold(strings.TrimRight(rest[0], ".,"))
	switch {
	case isSuffix(first):
		return true
	case len(name) < 2:
		return false
	case isTitleOnly(first), isOfficeAlone(first), isPeerage(first) && len(rest) > 1, isTitle(first) && len(rest) > 1:
		return true
	}
	for degree := range strings.FieldsFuncSeq(after, func(r rune) bool { return r == ',' || unicode.IsSpace(r) }) {
		if !isDegree(degree) {
			return false
		}
	}
	return true
}

// withoutTitles leaves out the titles that open a name, as long as so many words are left.
func withoutTitles(words []string, least int) []string {
	if n := len(words); n > 0 && isSuffix(wordFold(words[n-1])) {
		least++
	}
	for len(words) > least {
		n := titleAt(words)
		if n == 0 || len(words)-n < least || isOfPlace(words[n]) {
			return words
		}
		words = words[n:]
	}
	return words
}

// isOfPlace tells a small word that says of what somebody is president.
func isOfPlace(s string) bool {
	switch s {
	case "of", "de", "del", "della", "der", "des", "du", "da", "do":
		return true
	}
	return false
}

// titleAt is how many words that open a name are a title.
func titleAt(words []string) int {
	first, next := titleFold(words, 0), titleFold(words, 1)
	switch {
	case isTitleOfTwo(first + " " + next):
		return 2
	case isPeerage(first) && titleFold(words, 2) == "of":
		return 0 // Lord Cameron of Chipping Norton: see withoutDegrees
	case isHonorific(first), isTitleOnly(first), strings.HasSuffix(words[0], ".") && isHonorificCutShort(first):
		return 1
	case first == "tun" && (isHonorific(next) || isTitleOnly(next)), first == "u" && !strings.HasSuffix(words[0], "."): // Malay; Burmese
		return 1
	}
	return 0
}

// titleFold is a word of a name, folded as a title may be; "" where there is none.
func titleFold(words []string, i int) string {
	if i >= len(words) {
		return ""
	}
	return wordFold(strings.NewReplacer(".", "", "'", "", "’", "").Replace(words[i]))
}

// isTitleOfTwo tells two words, folded, that are a title together and may be names by themselves.
func isTitleOfTwo(s string) bool {
	switch s {
	case "the hon", "the honourable", "the honorable", "the rt", "the right", "the rev", "the reverend", "rt hon", "right hon", "right honourable", "rt rev", "right reverend",
		"hon dr", "hon mr", "hon mrs", "tan sri", "dato sri", "dato seri", "datuk sri", "datuk seri", "datin sri", "datin seri", "field marshal", "crown prince", "crown princess":
		return true
	}
	return false
}

// withoutDegrees leaves out what stands behind a name: degrees, orders and seats, an initial, and what a peer is lord of.
func withoutDegrees(words []string) []string {
	if len(words) > 3 && isPeerage(wordFold(words[0])) && words[2] == "of" {
		return words[:2]
	}
	for len(words) > 2 {
		last := words[len(words)-1]
		if !isSurelyDegree(last) && !endsInInitial(last) {
			break
		}
		words = words[:len(words)-1]
	}
	if len(words) < 3 {
		return words
	}
	isAside := func(w string) bool { return w == "Jr." || w == "Jr" || w == "Sr." || w == "Dr." }
	if left := slices.DeleteFunc(slices.Clone(words), isAside); len(left) > 1 {
		return left
	}
	return words
}

// endsInInitial tells a letter by itself, which abbreviates a name: S., but not the Vietnamese Y.
func endsInInitial(word string) bool {
	letter, dotted := strings.CutSuffix(word, ".")
	r, size := utf8.DecodeRuneInString(letter)
	return size == len(letter) && unicode.IsUpper(r) && (dotted || !strings.ContainsRune("AEIOUY", r))
}

// isHonorific tells a title, folded, that is nobody's first name, beside those of isTitleOnly.
func isHonorific(s string) bool {
	switch s {
	case "honourable", "honorable", "shri", "smt", "shrimati", "alhaji", "alhaja", "haji", "hajji", "hajia", "hajiya", "engr", "drs",
		"dato", "datuk", "datin", "encik", "puan", "hrh", "sem", "rev", "reverend", "pastor", "bishop", "cardinal", "rabbi", "monsignor", "msgr",
		"maulana", "mullah", "mufti", "sheikh", "shaikh", "sheik", "sheikha", "prince", "princess", "baroness", "viscountess",
		"capt", "captain", "maj", "major", "cmdr", "commander", "cdr", "brig", "brigadier", "sgt", "sergeant", "marshal", "chief", "daw", "cde", "comrade",
		"dipling", "mudr", "judr", "phdr", "rndr", "mvdr", "paeddr", "thdr", "mgr", "dott", "dottssa", "avv", "onorevole", "sra", "srta", "srita", "mlle",
		"гн", "гжа", "господин", "госпожа", "проф", "академик", "пан", "пані", "sayin":
		return true
	}
	return false
}

// isHonorificCutShort tells what is a title, folded, where a full stop stands behind it, and else may be a name.
func isHonorificCutShort(s string) bool {
	switch s {
	case "hon", "on", "mag", "ing", "inz", "ir", "dra", "hj", "he", "se", "hm", "hh", "fr", "hr", "bc", "doc", "adv", "av", "lic", "arq", "ifj", "sr", "pr", "ak", "ген", "акад":
		return true
	}
	return false
}

// isDegree tells a degree, an order or a seat as it is written behind a name and a comma, with full stops or without.
func isDegree(word string) bool {
	switch undotted(word) {
	case "MLC", "MNA", "MPA", "MPP", "TD", "SC", "PC", "CC", "CM", "OC", "AO", "AC", "CH", "OM", "KG", "KT", "CB", "MD", "MA", "BA", "JD", "SH", "SE", "SS", "SIP",
		"SSos", "SPd", "SAg", "SKom", "MM", "MH", "MSi", "MSI", "MHum", "MPd", "MKn", "MAP", "MEng", "MEd", "Lc", "RN", "USN", "USMC", "CPA", "FBA":
		return true
	}
	return isSurelyDegree(word)
}

// isSurelyDegree tells one that is nobody's name.
func isSurelyDegree(word string) bool {
	switch undotted(word) {
	case "MP", "MEP", "MLA", "MSP", "QC", "KC", "OAM", "OBE", "MBE", "CBE", "KBE", "DBE", "GBE", "CMG", "KCMG", "GCMG", "KCB", "FRS", "PhD", "PHD", "DPhil", "MSc",
		"MSC", "BSc", "MBA", "LLB", "LLM", "LLD", "EdD", "Esq", "CSc", "DrSc", "DSc", "MPhil":
		return true
	}
	return false
}

func undotted(word string) string { return strings.NewReplacer(".", "", ";", "").Replace(word) }
