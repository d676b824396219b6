package match

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold makes spellings of one word equal: lower case, compatibility forms, no diacritics (but й stays й, and marks that
// are letters of their script stay), no soft hyphens or other invisible characters, one kind of apostrophe. It is
// idempotent.
func Fold(s string) string {
	if folded, ok := foldASCII(s); ok {
		return folded
	}
	for range foldRounds {
		next := foldOnce(s)
		if next == s {
			break
		}
		s = next
	}
	return s
}

// foldRounds bounds the passes until nothing changes; real text needs two.
const foldRounds = 8

func foldASCII(s string) (string, bool) {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c == '`' {
			return "", false
		}
	}
	return strings.ToLower(s), true
}

func foldOnce(s string) string {
	if !norm.NFKC.IsNormalString(s) {
		s = norm.NFKC.String(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		foldRune(&b, r)
	}
	folded := b.String()
	if !norm.NFKC.IsNormalString(folded) {
		folded = norm.NFKC.String(folded)
	}
	return folded
}

// foldRune writes what one rune of NFKC text folds to.
func foldRune(b *strings.Builder, r rune) {
	switch {
	case r < utf8.RuneSelf && r != '`':
		b.WriteRune(unicode.ToLower(r))
	case isApostrophe(r):
		b.WriteByte('\'')
	case dropped(r):
	default:
		foldLetter(b, r)
	}
}

func foldLetter(b *strings.Builder, r rune) {
	r = unicode.ToLower(r)
	if special := foldSpecial(r); special != "" {
		b.WriteString(special)
		return
	}
	if r == 'й' || unicode.In(r, unicode.Hangul, unicode.Han, unicode.Hiragana, unicode.Katakana) {
		b.WriteRune(r)
		return
	}
	decomposed := norm.NFD.PropertiesString(string(r)).Decomposition()
	if len(decomposed) == 0 {
		b.WriteRune(unicode.ToLower(unicode.ToUpper(r))) // the final ς becomes σ
		return
	}
	for _, part := range string(decomposed) {
		if dropped(part) {
			continue
		}
		if special := foldSpecial(part); special != "" {
			b.WriteString(special)
			continue
		}
		b.WriteRune(part)
	}
}

// foldSpecial gives the letters that Unicode does not decompose, and those that writers of Arabic and Persian interchange.
//
//nolint:gocyclo // a table of letters
func foldSpecial(r rune) string {
	switch r {
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'ø':
		return "o"
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ı':
		return "i"
	case 'þ':
		return "th"
	case 'ħ':
		return "h"
	case 'ŧ':
		return "t"
	case 'ŋ':
		return "n"
	case 'ə', 'ǝ':
		return "a"
	case 'ґ':
		return "г"
	case 'ى', 'ی', 'ئ':
		return "ي"
	case 'ة':
		return "ه"
	case 'ک':
		return "ك"
	case 'ٱ':
		return "ا"
	}
	if r >= '٠' && r <= '٩' {
		return string('0' + r - '٠')
	}
	if r >= '۰' && r <= '۹' {
		return string('0' + r - '۰')
	}
	return ""
}

// dropped tells the runes that Fold leaves out: diacritics of Latin, Greek, Cyrillic, Hebrew and Arabic, and what cannot
// be seen. Marks of other scripts are letters in all but name and stay.
func dropped(r rune) bool {
	switch {
	case r >= 0x300 && r <= 0x36F, r >= 0x483 && r <= 0x489, r >= 0x1AB0 && r <= 0x1AFF, r >= 0x1DC0 && r <= 0x1DFF:
		return true
	case r >= 0x591 && r <= 0x5BD, r == 0x5BF, r == 0x5C1, r == 0x5C2, r == 0x5C4, r == 0x5C5, r == 0x5C7:
		return true
	case r >= 0x610 && r <= 0x61A, r >= 0x64B && r <= 0x65F, r == 0x670, r >= 0x6D6 && r <= 0x6DC, r == 0x640:
		return true
	case r >= 0xFE00 && r <= 0xFE0F, r >= 0xFE20 && r <= 0xFE2F:
		return true
	}
	return unicode.Is(unicode.Cf, r)
}

// isApostrophe tells the marks that stand for an apostrophe, the half rings of romanised Arabic among them.
func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', '‛', '`', '´', 'ʼ', 'ʻ', 'ʽ', 'ʾ', 'ʿ', 'ʹ', '′', '＇', '׳', 'ꞌ':
		return true
	}
	return false
}
