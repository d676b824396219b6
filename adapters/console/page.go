package console

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"golang.org/x/text/width"
)

// A span is a run of clean text in one style. Link is an http(s) address in ASCII, or "".
type span struct {
	text  string
	style style
	link  string
}

// A paragraph is spans that are set between margins: first before its first line, rest before the others. Whole ones are
// not wrapped, so that an address can be copied.
type paragraph struct {
	first, rest string
	spans       []span
	whole       bool
}

// A cell is one grapheme cluster as the terminal shows it.
type cell struct {
	text    string
	columns int
	span    int // which of the paragraph's
}

// set lays the paragraph out for the look's width, each line ended by a newline.
func (l Look) set(p paragraph) string {
	cells := cellsOf(p.spans)
	var b strings.Builder
	margin := p.first
	for {
		n := len(cells)
		if !p.whole {
			n = fit(cells, l.width()-columns(margin))
		}
		line := trim(cells[:n])
		if len(line) > 0 {
			b.WriteString(margin)
			l.write(&b, p.spans, line)
		}
		b.WriteByte('\n')
		for n < len(cells) && cells[n].blank() {
			n++
		}
		if cells = cells[n:]; len(cells) == 0 {
			return b.String()
		}
		margin = p.rest
	}
}

// write writes cells with the sequences that their spans ask for, and none open at the end.
func (l Look) write(b *strings.Builder, spans []span, cells []cell) {
	open := "" // the link that is
	follow := func(link string) {
		if l.Links && link != open {
			b.WriteString("\x1b]8;;" + link + "\x1b\\")
			open = link
		}
	}
	for i := 0; i < len(cells); {
		var run strings.Builder
		s := cells[i].span
		for ; i < len(cells) && cells[i].span == s; i++ {
			run.WriteString(cells[i].text)
		}
		follow(spans[s].link)
		b.WriteString(l.paint(spans[s].style, run.String()))
	}
	follow("")
}

func cellsOf(spans []span) []cell {
	var all []cell
	for i, s := range spans {
		for g := graphemes.FromString(s.text); g.Next(); {
			all = append(all, cell{g.Value(), columns(g.Value()), i})
		}
	}
	return all
}

// fit returns how many cells go on a line of that many columns: up to the last place where a line may break, and all that
// fit if there is none. At least one.
func fit(cells []cell, room int) int {
	used, last := 0, 0
	for i, c := range cells {
		if i > 0 && mayBreak(cells[i-1], c) {
			last = i
		}
		if used += c.columns; used > room && !c.blank() {
			if last == 0 {
				last = max(i, 1)
			}
			return last
		}
	}
	return len(cells)
}

// mayBreak tells whether a line may end between two cells: after a blank, and beside an ideograph unless a mark stands
// there that belongs to it (a simple form of UAX 14).
func mayBreak(before, after cell) bool {
	if before.blank() {
		return !after.blank()
	}
	if after.blank() {
		return false
	}
	b, _ := utf8.DecodeLastRuneInString(before.text)
	a, _ := utf8.DecodeRuneInString(after.text)
	if strings.ContainsRune("、。，．！？：；）〕】」』》〉’”…—", a) || strings.ContainsRune("（〔【「『《〈‘“", b) {
		return false
	}
	return ideographic(b) || ideographic(a)
}

func ideographic(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || strings.ContainsRune("、。，！？：；」』》）", r)
}

func (c cell) blank() bool { return c.text == " " }

func trim(cells []cell) []cell {
	for len(cells) > 0 && cells[len(cells)-1].blank() {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// columns returns how many columns text takes in a terminal: two for a wide character or an emoji, none for a mark.
func columns(text string) int {
	n := 0
	for g := graphemes.FromString(text); g.Next(); {
		widest := 0
		for _, r := range g.Value() {
			switch k := width.LookupRune(r).Kind(); {
			case k == width.EastAsianWide, k == width.EastAsianFullwidth, r == 0xFE0F, r >= 0x1F1E6 && r <= 0x1F1FF:
				widest = 2
			case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
			default:
				widest = max(widest, 1)
			}
		}
		n += widest
	}
	return n
}
