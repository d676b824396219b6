package discord

import (
	"strings"
	"unicode"

	"github.com/seed-6c43f0f2/attache/adapters/visible"
)

// strip returns text without what a reader can't see but is steered by.
func strip(text string) string { return visible.Clean(text) }

// clean is strip without white space around.
func clean(text string) string { return strings.TrimSpace(strip(text)) }

// line is clean on one line.
func line(text string) string { return visible.Line(text) }

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
