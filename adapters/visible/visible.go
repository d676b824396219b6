// Package visible makes untrusted text fit to be shown: what hides, reorders or commands is taken out, and what is too
// long is cut where no reader's character is split. Every adapter draws through it, and escapes for its platform after.
//
// Invariants:
//   - Clean leaves no control character but the newline, no bidi control, no tag and no invisible filler; a zero-width
//     joiner stays only between characters that need one.
//   - Clean(Clean(s)) == Clean(s), and the result is valid UTF-8.
//   - Cut never returns more than it was allowed, and never a part of a grapheme cluster.
package visible

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMarks is how many combining marks one letter keeps. Unicode's Stream-Safe Text Format allows 30 (UAX 15, section
// 13); no written language needs more than a handful, and more of them paint over neighbouring lines.
const maxMarks = 8

// Clean returns s as it may be shown. Tabs and separators become blanks, line ends newlines.
func Clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	var kept strings.Builder
	kept.Grow(len(s))
	var before rune // the last rune that was kept
	marks := 0
	for i, r := range s {
		switch r {
		case '\t', '\v', '\f':
			r = ' '
		case '\r', '\u0085', '\u2028', '\u2029':
			r = '\n'
		}
		if r == zwj || r == zwnj {
			after, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
			if !needsJoiner(before, r, after) {
				continue
			}
		} else if hidden(r) {
			continue
		}
		if unicode.In(r, unicode.Mn, unicode.Me) {
			if marks++; marks > maxMarks {
				continue
			}
		} else if r != zwj && r != zwnj {
			marks = 0
		}
		kept.WriteRune(r)
		before = r
	}
	return kept.String()
}

// Line is Clean on one line: runs of blanks and line ends become one blank, none at the ends.
func Line(s string) string { return strings.Join(strings.Fields(Clean(s)), " ") }

// hidden tells whether r has no place in text that people read.
func hidden(r rune) bool {
	return r != '\n' && unicode.IsControl(r) || unicode.Is(unseen, r) || r&0xFFFE == 0xFFFE // no character at all
}

// unseen are the bidi controls, tags, annotations, fillers and invisible operators: by them words that look alike differ,
// or read otherwise than they are stored.
var unseen = &unicode.RangeTable{ //nolint:gochecknoglobals // a table, never written
	R16: []unicode.Range16{
		{0x00AD, 0x00AD, 1}, // soft hyphen
		{0x034F, 0x034F, 1}, // grapheme joiner
		{0x061C, 0x061C, 1}, // Arabic letter mark
		{0x115F, 0x1160, 1}, // Hangul fillers
		{0x17B4, 0x17B5, 1}, // Khmer inherent vowels
		{0x180E, 0x180E, 1}, // Mongolian vowel separator
		{0x200B, 0x200B, 1}, // zero-width space
		{0x200E, 0x200F, 1}, // direction marks
		{0x202A, 0x202E, 1}, // embeddings and overrides
		{0x2060, 0x206F, 1}, // word joiner, invisible operators, isolates, deprecated controls
		{0x3164, 0x3164, 1}, // Hangul filler
		{0xFDD0, 0xFDEF, 1}, // no characters
		{0xFEFF, 0xFEFF, 1}, // byte order mark
		{0xFFA0, 0xFFA0, 1}, // half-width Hangul filler
		{0xFFF9, 0xFFFB, 1}, // annotations
	},
	R32:         []unicode.Range32{{0xE0000, 0xE0FFF, 1}}, // tags, and variation selectors beyond the 16th
	LatinOffset: 1,
}

const (
	zwnj = '\u200C'
	zwj  = '\u200D'
)

// joining are the scripts in which a joiner changes how a word is written: those that join letters, and those that
// stack them by a virama.
var joining = []*unicode.RangeTable{ //nolint:gochecknoglobals // a table, never written
	unicode.Arabic, unicode.Syriac, unicode.Mandaic, unicode.Mongolian, unicode.Nko, unicode.Phags_Pa, unicode.Adlam,
	unicode.Hanifi_Rohingya, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya,
	unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar,
	unicode.Tibetan, unicode.Balinese, unicode.Javanese,
}

// needsJoiner tells whether the joiner means something between these two: in a joining script, or as the glue of emoji.
func needsJoiner(before, joiner, after rune) bool {
	if unicode.In(before, joining...) {
		return after != zwj && after != zwnj
	}
	return joiner == zwj && (pictographic(before) || before == 0xFE0F || before >= 0x1F3FB && before <= 0x1F3FF) && pictographic(after)
}

// pictographic covers what Unicode calls Extended_Pictographic (UTS 51), a little generously.
func pictographic(r rune) bool {
	switch {
	case r >= 0x2190 && r <= 0x2BFF, r >= 0x1F000 && r <= 0x1FAFF:
		return true
	}
	switch r {
	case 0xA9, 0xAE, 0x203C, 0x2049, 0x2122, 0x2139, 0x3030, 0x303D, 0x3297, 0x3299:
		return true
	}
	return false
}
