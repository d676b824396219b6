// Package summary picks the sentences worth showing. It is pure, and it quotes: every word of a summary stands in the
// text, in the same order.
//
// This first version takes the lead: whole sentences from the start of the text, as many as fit.
//
// # Invariants
//
//   - A summary is never longer than asked for, counted in runes.
//   - It ends at the end of a sentence, or, where even the first does not fit, at the end of a word with an ellipsis.
//   - It never cuts a grapheme.
package summary

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/clipperhouse/uax29/v2/sentences"
)

// DefaultLength is how long a summary is unless told, in runes: about two sentences of a news agency.
const DefaultLength = 400

const ellipsis = "…"

// Lead returns the beginning of text, at most limit runes: whole sentences where the first fits, else words.
// White space is folded. A limit below 1 gives "".
func Lead(text string, limit int) string {
	text = strings.Join(strings.Fields(text), " ")
	if limit < 1 || text == "" {
		return ""
	}
	end := 0
	for _, s := range split(text) {
		if utf8.RuneCountInString(strings.TrimRightFunc(text[:end+len(s)], unicode.IsSpace)) > limit {
			break
		}
		end += len(s)
	}
	if end > 0 {
		return strings.TrimSpace(text[:end])
	}
	return Cut(text, limit)
}

// Cut shortens s to at most limit runes: at the end of a word where there is one in the last half, never inside a
// grapheme, with an ellipsis. What fits is returned as it is.
func Cut(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	if limit < 1 {
		return ""
	}
	end, word, runes := 0, 0, 0
	for g := graphemes.FromString(s); g.Next(); {
		n := utf8.RuneCountInString(g.Value())
		if runes+n > limit-1 {
			if strings.TrimSpace(g.Value()) == "" {
				word = end
			}
			break
		}
		if strings.TrimSpace(g.Value()) == "" {
			word = end
		}
		end, runes = end+len(g.Value()), runes+n
	}
	if word > end/2 {
		end = word
	}
	return strings.TrimRightFunc(s[:end], func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:–—-", r) }) + ellipsis
}

// split returns the sentences of text, which join to text again. It follows UAX 29 and mends its breaks after
// abbreviations, which the standard leaves to tailoring (section 5).
func split(text string) []string {
	var out []string
	for it := sentences.FromString(text); it.Next(); {
		s := it.Value()
		if n := len(out); n > 0 && !ends(out[n-1]) {
			out[n-1] += s
			continue
		}
		out = append(out, s)
	}
	return out
}

// ends tells whether a sentence really ends here: not after "U.S.", "Mr." or an initial.
func ends(s string) bool {
	s = strings.TrimRightFunc(s, unicode.IsSpace)
	before, dotted := strings.CutSuffix(s, ".")
	if !dotted {
		return true
	}
	last := before[strings.LastIndexFunc(before, unicode.IsSpace)+1:]
	last = strings.TrimLeft(last, `("'“„«[`)
	if strings.Contains(last, ".") && !strings.ContainsFunc(last, unicode.IsDigit) {
		return false // U.S, e.g, т.е
	}
	r, size := utf8.DecodeRuneInString(last)
	if size == len(last) && unicode.IsUpper(r) {
		return false // an initial
	}
	return !abbreviation(strings.ToLower(last))
}

// abbreviation tells whether a word that ends with a full stop more often goes on than ends a sentence, in the
// languages of the news agencies; titles above all.
func abbreviation(word string) bool {
	switch word {
	case "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "sgt", "capt", "sen", "rep", "gov", "hon", "st", "jr", "sr",
		"no", "vs", "approx", "jan", "feb", "aug", "sept", "oct", "nov", "dec",
		"bzw", "ca", "nr", "hr", "fr", "mme", "mlle", "sra", "dra", "av", "art",
		"г", "гг", "ул", "им", "тыс", "млн", "млрд", "руб", "проф", "ген", "св", "стр", "див", "ім":
		return true
	}
	return false
}
