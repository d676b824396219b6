package discord

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"github.com/seed-6c43f0f2/attache/adapters/visible"
)

// escape writes text so that Discord's clients show it letter by letter: a backslash before every character that could
// begin mark-up, a mention, a time, an emoji or a link. lineStart says that the text begins a line, where more characters
// have a meaning.
//
// A backslash takes the meaning of any character that is no letter, digit or space; "https\://" is no link.
// https://support.discord.com/hc/en-us/articles/210298617
func escape(text string, lineStart bool) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	number := false // only digits since the line began
	for i, r := range text {
		if meaningful(text[i:], r, lineStart, number) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		switch {
		case r == '\n':
			lineStart, number = true, false
		case unicode.IsSpace(r): // the line has still not begun
		case unicode.IsDigit(r) && (lineStart || number):
			lineStart, number = false, true
		default:
			lineStart, number = false, false
		}
	}
	return b.String()
}

// meaningful tells whether r, with which rest begins, would be taken for mark-up.
func meaningful(rest string, r rune, lineStart, number bool) bool {
	switch r {
	case '\\', '*', '_', '~', '`', '|', '<', '[', ']', '@':
		return true
	case '#', '>', '-', '+':
		return lineStart
	case '.', ')':
		return number
	case ':': // an emoji or the scheme of a link
		next, size := utf8.DecodeRuneInString(rest[1:])
		return size == 0 || !unicode.IsSpace(next)
	}
	return false
}

// units counts characters in UTF-16, as Discord's clients do. Its servers count code points, which are never more.
func units(s string) int { return visible.UTF16(s) }

// ellipsis ends what was cut.
const ellipsis = "…"

// cut shortens plain text to at most most units, at the end of a grapheme and with an ellipsis.
func cut(text string, most int) string {
	if units(text) <= most {
		return text
	}
	kept, _ := take(text, most-1, func(s string) string { return s })
	return strings.TrimRightFunc(kept, unicode.IsSpace) + ellipsis
}

// take returns as many whole graphemes of text as, drawn, fit into most units, and the rest.
func take(text string, most int, draw func(string) string) (kept, rest string) {
	if units(text) <= most && units(draw(text)) <= most {
		return text, ""
	}
	var ends []int // of graphemes that may fit: drawing never shortens
	end, used := 0, 0
	for g := graphemes.FromString(text); g.Next(); {
		if used += units(g.Value()); used > most {
			break
		}
		end += len(g.Value())
		ends = append(ends, end)
	}
	low, high := 0, len(ends)
	for low < high { // the most graphemes whose drawing fits
		mid := (low + high + 1) / 2
		if units(draw(text[:ends[mid-1]])) <= most {
			low = mid
		} else {
			high = mid - 1
		}
	}
	if low == 0 {
		return "", text
	}
	return text[:ends[low-1]], text[ends[low-1]:]
}
