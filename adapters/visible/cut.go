package visible

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// A Measure is how a platform counts the length of text.
type Measure func(s string) int

// Runes counts Unicode code points.
func Runes(s string) int { return utf8.RuneCountInString(s) }

// UTF16 counts the units of UTF-16, as JavaScript does.
func UTF16(s string) int {
	n := 0
	for _, r := range s {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

// Bytes counts bytes of UTF-8.
func Bytes(s string) int { return len(s) }

// ellipsis ends what was cut.
const ellipsis = "…"

// Cut returns s if it measures at most limit, else as many of its grapheme clusters as leave room for an ellipsis, and
// the ellipsis. A limit too small for that gives "". The measure must be additive over clusters, as those here are.
func Cut(s string, limit int, measure Measure) string {
	if measure(s) <= limit {
		return s
	}
	room := limit - measure(ellipsis)
	if room <= 0 {
		return ""
	}
	end := 0
	for g := graphemes.FromString(s); g.Next(); {
		if room -= measure(g.Value()); room < 0 {
			break
		}
		end += len(g.Value())
	}
	kept := strings.TrimRight(s[:end], " \n")
	if kept == "" {
		return ""
	}
	return kept + ellipsis
}
