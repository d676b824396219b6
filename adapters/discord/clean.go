package discord

import (
	"strings"
	"unicode"
)

// clean is strip without white space around.
func clean(text string) string { return strings.TrimSpace(strip(text)) }

// strip returns text without what a reader can't see but is steered by: controls but for line ends, marks that turn the
// direction of text, tags, invisible spaces. Joiners stay where a script or an emoji needs them.
func strip(text string) string {
	in := []rune(strings.ToValidUTF8(strings.ReplaceAll(text, "\r\n", "\n"), "\uFFFD"))
	out := make([]rune, 0, len(in))
	for i, r := range in {
		switch {
		case r == '\u2028', r == '\u2029', r == '\u0085', r == '\r', r == '\v', r == '\f':
			r = '\n'
		case r == '\t':
			r = ' '
		case r == '\u200c', r == '\u200d':
			if i == 0 || i+1 == len(in) || !joins(in[i-1], in[i+1]) {
				continue
			}
		case r != '\n' && unicode.IsControl(r), unseen(r):
			continue
		}
		out = append(out, r)
	}
	return string(out)
}

// line is clean on one line.
func line(text string) string { return strings.Join(strings.Fields(clean(text)), " ") }

// paragraphs is clean with at most one empty line between lines.
func paragraphs(text string) string {
	lines := strings.Split(clean(text), "\n")
	kept := lines[:0]
	for _, l := range lines {
		l = strings.TrimRightFunc(l, unicode.IsSpace)
		if l == "" && (len(kept) == 0 || kept[len(kept)-1] == "") {
			continue
		}
		kept = append(kept, l)
	}
	return strings.Join(kept, "\n")
}

// unseen tells whether r shows nothing and steers: bidi controls, tags, word joiners, fillers.
func unseen(r rune) bool {
	switch {
	case r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F, r >= 0xFFF9 && r <= 0xFFFB, r >= 0xE0000 && r <= 0xE007F:
		return true
	}
	switch r {
	case 0x00AD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0xFEFF, 0x115F, 0x1160, 0x3164, 0xFFA0:
		return true
	}
	return false
}

// joins tells whether a joiner between before and after means something: in scripts whose letters change their form,
// and between the parts of an emoji.
func joins(before, after rune) bool {
	return unicode.In(before, unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Nko, unicode.Devanagari, unicode.Bengali,
		unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam,
		unicode.Sinhala, unicode.Khmer, unicode.Myanmar, unicode.Tibetan, unicode.Mandaic, unicode.Adlam) ||
		pictured(before) && unicode.Is(unicode.So, after)
}

// pictured tells whether r can end a part of an emoji: a picture, a skin tone or the sign that asks for the picture.
func pictured(r rune) bool {
	return unicode.Is(unicode.So, r) || r == 0xFE0F || r >= 0x1F3FB && r <= 0x1F3FF
}
