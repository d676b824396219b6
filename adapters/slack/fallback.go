package slack

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// How much room the parts of a text without blocks take, escaped, so that all fits into maxText.
const (
	maxPlainTitle   = 700
	maxPlainURL     = 1200
	maxPlainSource  = 300
	maxPlainSummary = 1000
	maxPlainWatches = 500
	maxNotification = 300 // of the summary
)

// fallback is what notifications and screen readers have of an alert: the title, its source and how the summary begins.
func fallback(a alerts.Alert) string {
	var b strings.Builder
	if a.Sample {
		b.WriteString("Sample: ")
	}
	b.WriteString(escapeCut(title(a), maxPlainTitle))
	if len(a.Sources) > 0 && len(a.Stories) == 0 {
		if s := sourceLine(a.Sources[0]); s != "" {
			b.WriteString(" – " + escapeCut(s, maxPlainSource))
		}
	}
	if s := line(a.Summary); s != "" {
		b.WriteString("\n" + escapeCut(s, maxNotification))
	}
	return b.String()
}

// plainAlert is the whole alert as text, for an alert whose blocks Slack refused.
func plainAlert(a alerts.Alert) string {
	var lines []string
	add := func(s string) {
		if s != "" {
			lines = append(lines, s)
		}
	}
	head := escapeCut(title(a), maxPlainTitle)
	if a.Sample {
		head = "Sample: " + head
	}
	add(head)
	if u := webURL(a.URL, maxPlainURL); u != "" {
		add("<" + escape(u) + ">")
	}
	if len(a.Sources) > 0 && len(a.Stories) == 0 {
		under := escapeCut(sourceLine(a.Sources[0]), maxPlainSource)
		if !a.Published.IsZero() {
			under = strings.TrimPrefix(under+" · "+a.Published.UTC().Format(timeForm), " · ")
		}
		add(under)
	}
	add(escapeCut(strings.TrimSpace(clean(a.Summary)), maxPlainSummary))
	add(escapeCut(plainWatches(a), maxPlainWatches))
	if len(a.Stories) > 0 {
		lines = append(lines, plainStories(a, maxText-units(strings.Join(lines, "\n"))-2*maxName)...)
	}
	add("/attache why " + escape(shortID(a)))
	return strings.Join(lines, "\n")
}

func plainWatches(a alerts.Alert) string {
	var names []string
	for _, h := range a.Matches {
		name := cut(line(h.Watch), maxName)
		if len(h.Evidence) > 0 {
			name += ": " + cut(line(h.Evidence[0].Text), maxName)
		}
		names = append(names, name)
	}
	return strings.Join(names, "; ")
}

// markWords draws text with the words marked on which the alert's watches fired, wherever they stand as whole words.
func markWords(s string, hits []alerts.Hit) []leaf {
	words := evidenceWords(hits)
	var leaves []leaf
	plain := 0 // where the text that is not drawn yet begins
	for at := 0; at < len(s); {
		if w := wordAt(s, at, words); w > 0 {
			if plain < at {
				leaves = append(leaves, text(s[plain:at]))
			}
			leaves = append(leaves, marked(s[at:at+w]))
			at += w
			plain = at
			continue
		}
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	if plain < len(s) {
		leaves = append(leaves, text(s[plain:]))
	}
	return leaves
}

// maxMarked bounds how many words are looked for in a summary.
const maxMarked = 50

func evidenceWords(hits []alerts.Hit) []string {
	var words []string
	seen := map[string]bool{}
	for _, h := range hits {
		for _, e := range h.Evidence {
			if w := clean(e.Text); strings.TrimSpace(w) == w && w != "" && !seen[w] && len(words) < maxMarked {
				seen[w] = true
				words = append(words, w)
			}
		}
	}
	return words
}

// wordAt returns the length of the longest of the words that stands whole at that place, 0 if none does.
func wordAt(s string, at int, words []string) int {
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	if inWord(before) {
		return 0
	}
	longest := 0
	for _, w := range words {
		if len(w) > longest && strings.HasPrefix(s[at:], w) {
			after, _ := utf8.DecodeRuneInString(s[at+len(w):])
			last, _ := utf8.DecodeLastRuneInString(w)
			if !attaches(after) && (!inWord(after) || !inWord(last) || unspaced(last)) {
				longest = len(w)
			}
		}
	}
	return longest
}

// inWord tells whether a rune is part of a word that goes on; scripts without spaces have no such words.
func inWord(r rune) bool {
	return !unspaced(r) && (unicode.IsLetter(r) || unicode.IsDigit(r) || attaches(r))
}

// attaches tells whether a rune belongs to the one before it, so that no cut may come between.
func attaches(r rune) bool {
	return unicode.IsMark(r) || r == '\u200c' || r == '\u200d' || unicode.Is(unicode.Sk, r)
}

func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
