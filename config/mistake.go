package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/width"
)

// A Mistake is one thing wrong in the configuration, and what to do about it.
type Mistake struct { //nolint:errname // a mistake is what people make; it reads so everywhere
	File    string // as it was named to Load
	Path    string // of the value: watchlists[0].watches[2].match; "" is the whole file
	Line    int    // from 1; 0 where the file as a whole is meant
	Column  int    // in runes, from 1; 0 with Line 0
	Say     string // what is wrong. What to do. Holds no secret.
	Excerpt string // the line and under it a caret, secrets masked; "" where there is none
}

// Error returns FILE:LINE:COL: what is wrong. What to do.
func (m Mistake) Error() string {
	if m.Line == 0 {
		return m.File + ": " + m.Say
	}
	return fmt.Sprintf("%s:%d:%d: %s", m.File, m.Line, m.Column, m.Say)
}

// Mistakes are all that is wrong, an error that is shown to people as it stands.
type Mistakes []Mistake //nolint:errname // as Mistake

// Error returns a line for each.
func (ms Mistakes) Error() string {
	lines := make([]string, len(ms))
	for i, m := range ms {
		lines[i] = m.Error()
	}
	return strings.Join(lines, "\n")
}

// Explain returns what a terminal shows: each mistake with its excerpt, ending in a newline.
func (ms Mistakes) Explain() string {
	var b strings.Builder
	for _, m := range ms {
		b.WriteString(m.Error() + "\n")
		if m.Excerpt != "" {
			b.WriteString(m.Excerpt + "\n")
		}
	}
	return b.String()
}

// Sort orders the mistakes by position and takes out repeated ones.
func (ms *Mistakes) Sort() {
	slices.SortStableFunc(*ms, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Say, b.Say))
	})
	*ms = slices.Compact(*ms)
}

// maxExcerpt bounds an excerpt's line, in runes; a longer one is cut around the column.
const maxExcerpt = 100

// excerpt returns the line with a caret under the column (runes, from 1). Wide characters take two cells.
func excerpt(line string, number, column int) string {
	runes := []rune(mask(line))
	at := min(max(column-1, 0), len(runes))
	if from := at - maxExcerpt*3/4; from > 0 {
		runes, at = runes[from:], at-from
	}
	if len(runes) > maxExcerpt {
		runes = runes[:maxExcerpt]
	}
	var pad strings.Builder
	for i, r := range runes {
		if r != '\t' && r < ' ' {
			runes[i] = ' '
		}
		if i >= at {
			continue
		}
		switch k := width.LookupRune(r).Kind(); {
		case r == '\t':
			pad.WriteByte('\t')
		case k == width.EastAsianWide || k == width.EastAsianFullwidth:
			pad.WriteString("  ")
		default:
			pad.WriteByte(' ')
		}
	}
	gutter := fmt.Sprintf("%5d | ", number)
	blank := strings.Repeat(" ", len(gutter)-2) + "| "
	return gutter + string(runes) + "\n" + blank + pad.String() + "^"
}
