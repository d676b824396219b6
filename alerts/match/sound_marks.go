package match

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Folding leaves diacritics out, but a watch's name may have them, and they tell sounds: Milošević is no Milosevic, Đ is no D. So a watch's
// word in Latin letters is heard with the marks that tell something.

// markedLetters are the letters that are heard with their marks.
const markedLetters = "ąęłđćčçšşșśžżźñńňöőøüűåäřţțé"

// spelling is a word as it is heard: folded, but with its markedLetters; "" where it has none.
func spelling(raw string) string {
	if !strings.ContainsFunc(raw, func(r rune) bool { return r >= 0x80 }) {
		return ""
	}
	var b strings.Builder
	marked := false
	for _, r := range norm.NFC.String(raw) {
		switch low := unicode.ToLower(r); {
		case low >= 0x250 || isVietnamese(low):
			return ""
		case strings.ContainsRune(markedLetters, low):
			marked = true
			b.WriteRune(low)
		default:
			b.WriteString(Fold(string(r)))
		}
	}
	if !marked {
		return ""
	}
	return b.String()
}

// isVietnamese tells a letter of Vietnamese alone, which has marks for tones.
func isVietnamese(r rune) bool {
	return strings.ContainsRune("ơưăậấầẩẫ", r) || r >= 0x1EA0 && r <= 0x1EF9
}

// heardAs is how a part is heard.
func (p *part) heardAs() string {
	if p.marked != "" {
		return p.marked
	}
	return p.fold
}

// spellMarked reads a letter with a mark, or two letters of which one has a mark.
func spellMarked(s string) (int, string) {
	_, n := utf8.DecodeRuneInString(s)
	if n < len(s) {
		_, k := utf8.DecodeRuneInString(s[n:])
		if spec := latinMarked(s[:n+k]); spec != "" {
			return n + k, spec
		}
	}
	if spec := latinMarked(s[:n]); spec != "" {
		return n, spec
	}
	return 0, ""
}

// latinMarked are letters with marks, and what they make together with others.
func latinMarked(s string) string {
	switch s {
	case "dž", "dź", "dż":
		return "J/dZz"
	case "äu":
		return "oae iu?"
	case "ą":
		return "oa n?"
	case "ę":
		return "e/ia n?"
	case "ł":
		return "lw"
	case "đ":
		return "Jd y?"
	case "ć", "č":
		return "C/cJSk"
	case "ç":
		return "sC/ckJ"
	case "š", "ş", "ș":
		return "S/sZ"
	case "ś":
		return "Ss/Z"
	case "ž", "ż":
		return "Z/zJS"
	case "ź":
		return "zZ/s"
	case "ñ", "ń", "ň":
		return "n y?"
	case "ö", "ő", "ø":
		return "oe/u"
	case "ü", "ű":
		return "ui/oay"
	case "å":
		return "oa/ue"
	case "ä":
		return "ae/io"
	case "ř":
		return "r ZS?"
	case "ţ", "ț":
		return "c/tsz"
	case "é":
		return "e/ia"
	}
	return ""
}
