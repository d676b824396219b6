package feeds

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// tidy folds white space, keeps line breaks (never more than two), and drops what must not reach a reader.
//
//nolint:gocyclo // a switch over kinds of characters
func tidy(s string) string {
	var out strings.Builder
	out.Grow(len(s))
	space, lines := false, 0
	var last rune
	for i, r := range s {
		if r >= 0x80 && r < 0xA0 && r != 0x85 {
			r = charmap.Windows1252.DecodeByte(byte(r)) // a quote or dash that was never converted
		}
		switch {
		case r > ' ' && r < 0x7F: // nearly all text is this
		case r == '\n' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			lines++
			continue
		case r == '\t' || r == '\r' || unicode.Is(unicode.Zs, r):
			space = true
			continue
		case r == zwnj || r == zwj:
			next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
			if space || lines > 0 || !joins(last, r, next) {
				continue
			}
		case unicode.Is(unicode.Variation_Selector, r):
			if space || lines > 0 || !selects(last, r) {
				continue
			}
		case dropped(r):
			continue
		}
		if out.Len() > 0 {
			switch {
			case lines > 0:
				out.WriteString("\n\n"[:min(lines, 2)])
			case space:
				out.WriteByte(' ')
			}
		}
		space, lines = false, 0
		out.WriteRune(r)
		last = r
	}
	return snug(out.String(), len(s))
}

// snug returns a text that was cut out of so many bytes without what is left of them, where that is much.
func snug(text string, of int) string {
	const much = 1 << 10
	if of-len(text) > much && len(text) < of/2 {
		return strings.Clone(text)
	}
	return text
}

// oneLine is plainText for titles and names.
func oneLine(src string) string {
	return strings.Join(strings.Fields(plainText(src)), " ")
}

// The joiners: characters without width that change how their neighbours are drawn.
const (
	zwnj = '\u200c'
	zwj  = '\u200d'
)

// joins tells whether a joiner between the two is meant. As in internationalized domain names (RFC 5892, appendix A.1 and
// A.2), it is after a virama and between letters of scripts that join; and a zero-width joiner is between emoji (UTS 51,
// section 2.3).
func joins(last, joiner, next rune) bool {
	const virama = 9 // the canonical combining class
	if norm.NFC.PropertiesString(string(last)).CCC() == virama {
		return true
	}
	if joiner == zwj && (emoji(last) || last == 0xFE0F || modifies(last)) && emoji(next) {
		return true
	}
	return joining(last) && joining(next)
}

// joining tells whether r is of a script whose letters join.
func joining(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Nko, unicode.Mandaic, unicode.Adlam, unicode.Hanifi_Rohingya,
		unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada,
		unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar, unicode.Tibetan) ||
		r >= 0x064B && r <= 0x0655 || r == 0x0670 // marks over Arabic letters, which other scripts share
}

// emoji tells whether r may be a part of a joined emoji: a pictograph or one of the symbols beside it.
func emoji(r rune) bool {
	return r >= 0x1F000 && r <= 0x1FAFF || r >= 0x2600 && r <= 0x27BF || r >= 0x2B00 && r <= 0x2BFF || r >= 0x2190 && r <= 0x21FF
}

// modifies tells whether r is a skin tone.
func modifies(r rune) bool { return r >= 0x1F3FB && r <= 0x1F3FF }

// selects tells whether a variation selector after last is meant. A row of them hides bytes in a text.
func selects(last, selector rune) bool {
	switch {
	case selector >= 0x180B && selector <= 0x180F:
		return unicode.Is(unicode.Mongolian, last)
	case selector >= 0xE0100: // ideographs
		return unicode.Is(unicode.Han, last)
	case selector == 0xFE0E || selector == 0xFE0F:
		return emoji(last) || last >= 0x2000 && last < 0x3300 || last >= '0' && last <= '9' || last == '#' || last == '*' || last == 0xA9 || last == 0xAE
	}
	return unicode.In(last, unicode.Han, unicode.Myanmar) || unicode.Is(unicode.Sm, last)
}

// dropped tells whether r never reaches a reader: control characters, bidi controls, tag characters, characters without
// width that hide in words, and what is no character at all.
func dropped(r rune) bool {
	switch {
	case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Bidi_Control, r), unicode.Is(unicode.Noncharacter_Code_Point, r):
		return true
	case r == 0xAD, r == 0x200B, r >= 0x2060 && r <= 0x206F, r == 0xFEFF, r >= 0xFFF9 && r <= 0xFFFD, r >= 0xE0000 && r <= 0xE00FF, r == 0x180E, r == 0x115F, r == 0x1160, r == 0x3164, r == 0xFFA0, r == 0x034F:
		return true
	}
	return false
}

// cutRunes returns the first n runes of s, without holding on to a much longer one.
func cutRunes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n--; n < 0 {
			return snug(s[:i], len(s))
		}
	}
	return s
}
