package match

import (
	"unicode"
	"unicode/utf8"
)

// A speller tells which letters at byte i of a folded word belong together, and what they sound like; 0 where it
// does not know the letter.
type speller func(fold string, i int) (width int, spec string)

// writtenIn is the script of a letter, how it writes sounds, and who spells it.
func writtenIn(r rune) (*unicode.RangeTable, writing, speller) {
	switch {
	case r < 0x250:
		if r >= 'a' && r <= 'z' || r >= 0xC0 {
			return unicode.Latin, latin, spellLatin
		}
	case r < 0x370:
	case r < 0x400:
		return unicode.Greek, alphabet, spellGreek
	case r < 0x530:
		return unicode.Cyrillic, alphabet, spellCyrillic
	case r < 0x590:
		return unicode.Armenian, alphabet, byLetters(armenianPair, armenianLetter)
	case r < 0x600:
		return unicode.Hebrew, abjad, spellHebrew
	case r < 0x700:
		return unicode.Arabic, abjad, spellArabic
	case r >= 0x900 && r < 0xD80:
		return unicode.Devanagari, abugida, spellIndic
	case r >= 0x10D0 && r < 0x1100:
		return unicode.Georgian, alphabet, byLetters(noPair, georgianLetter)
	case r >= 0x3041 && r < 0x3100:
		return unicode.Katakana, syllabic, spellKana
	case r >= 0xAC00 && r < 0xD7A4:
		return unicode.Hangul, syllabic, spellHangul
	}
	return nil, silent, nil
}

// byLetters reads two letters where they make one sound, else one.
func byLetters(pair func(two, behind string) string, letter func(rune) string) speller {
	return func(fold string, i int) (int, string) {
		r, n := utf8.DecodeRuneInString(fold[i:])
		if m := i + n; m < len(fold) {
			_, k := utf8.DecodeRuneInString(fold[m:])
			if spec := pair(fold[i:m+k], fold[m+k:]); spec != "" {
				return n + k, spec
			}
		}
		spec := letter(r)
		if spec == "" {
			return 0, ""
		}
		return n, spec
	}
}

func noPair(_, _ string) string { return "" }

// soundEndings are what languages put behind names, and transcriptions bring along.
func soundEndings(script *unicode.RangeTable) string {
	switch script {
	case unicode.Cyrillic:
		return "а я у ю ом ем єм ым им ім е і и ой ого ому ої ою ей ові еві ів"
	case unicode.Greek:
		return "σ οσ ησ ασ ου"
	case unicode.Georgian:
		return "ი ს მა ის ით მ"
	case unicode.Armenian:
		return "ի ը ին ից ով ն"
	case byEarScript():
		return "s is as us ys es a e o u am ui im em om ova i"
	case unicode.Latin:
		return "s is as us ius a u em om ova ove owi ovi"
	}
	return ""
}
