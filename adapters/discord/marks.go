package discord

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// marked splits a text into runs in which the words that fired are bold. A summary is a cut of the article's text, so
// its words are looked for, not taken from the evidence's offsets.
func marked(text string, hits []alerts.Hit) []run {
	type span struct{ start, end int }
	var spans []span
	for _, w := range fired(hits) {
		for at := 0; at < len(text); {
			i := strings.Index(text[at:], w)
			if i < 0 {
				break
			}
			start, end := at+i, at+i+len(w)
			if stands(text, start, end) {
				spans = append(spans, span{start, end})
			}
			at = end
		}
	}
	slices.SortFunc(spans, func(a, b span) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	var runs []run
	at := 0
	for _, s := range spans {
		if s.start < at {
			continue
		}
		if s.start > at {
			runs = append(runs, run{text: text[at:s.start]})
		}
		runs = append(runs, run{text: text[s.start:s.end], style: bold})
		at = s.end
	}
	if at < len(text) {
		runs = append(runs, run{text: text[at:]})
	}
	return runs
}

// fired returns the different words of the evidence from the article's text, at most maxMarks.
func fired(hits []alerts.Hit) []string {
	var words []string
	for _, h := range hits {
		for _, e := range h.Evidence {
			w := line(e.Text)
			if len(words) == maxMarks {
				return words
			}
			if e.Field == match.Text && w != "" && !slices.Contains(words, w) {
				words = append(words, w)
			}
		}
	}
	return words
}

// stands tells whether text[start:end] is not a part of a longer word or of a grapheme.
func stands(text string, start, end int) bool {
	first, _ := utf8.DecodeRuneInString(text[start:])
	last, _ := utf8.DecodeLastRuneInString(text[:end])
	before, n := utf8.DecodeLastRuneInString(text[:start])
	if n > 0 && (before == '\u200d' || wordly(before) && wordly(first) && spaced(first)) {
		return false
	}
	after, n := utf8.DecodeRuneInString(text[end:])
	if n > 0 && (after == '\u200d' || unicode.In(after, unicode.M, unicode.Sk) || wordly(after) && wordly(last) && spaced(last)) {
		return false
	}
	return true
}

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// spaced tells whether the script of r puts spaces between words.
func spaced(r rune) bool {
	return !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
