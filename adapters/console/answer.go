package console

import (
	"fmt"
	"strings"
	"time"

	"github.com/seed-6c43f0f2/attache/adapters/visible"
	"github.com/seed-6c43f0f2/attache/commands"
)

// answer draws a reply of the Desk.
func (c *Console) answer(r commands.Reply) string {
	var b strings.Builder
	if r.Title != "" {
		head := bold
		if r.Failed {
			head = warned
		}
		b.WriteString(c.Look.set(paragraph{spans: []span{{text: visible.Line(r.Title), style: head}}}))
	}
	for _, l := range r.Lines {
		b.WriteString(c.line(l))
	}
	if len(r.Offers) > 0 {
		b.WriteString(c.offer(r.Offers))
	}
	return b.String()
}

// offer says how one of the numbered things above is chosen.
func (c *Console) offer(offers []commands.Offer) string {
	ask := fmt.Sprintf("Type a number from 1 to %d to choose.", len(offers))
	if len(offers) == 1 {
		ask = "Type 1 to choose it."
	}
	return c.Look.set(paragraph{first: indent, rest: indent, spans: []span{{text: ask}}})
}

// line draws a line of a reply: a paragraph, and between its words the blocks that stand as they are.
func (c *Console) line(l commands.Line) string {
	var b strings.Builder
	p := paragraph{first: indent, rest: indent}
	if l.Bullet {
		p.first, p.rest = indent+"• ", indent+"  "
	}
	end := func() {
		if len(p.spans) > 0 {
			b.WriteString(c.Look.set(p))
			p.first, p.spans = p.rest, nil
		}
	}
	for _, s := range l.Spans {
		if s.Style == commands.Code && strings.Contains(s.Text, "\n") {
			end()
			for row := range strings.Lines(visible.Clean(s.Text)) {
				p.whole, p.spans = true, []span{{text: strings.TrimSuffix(row, "\n"), style: named}}
				end()
			}
			p.whole = false
			continue
		}
		if len(p.spans) == 0 && p.first == p.rest {
			s.Text = strings.TrimLeft(s.Text, " ")
		}
		p.spans = append(p.spans, c.spans(s)...)
	}
	end()
	return b.String()
}

// spans draws a span of a reply. White space at its ends is kept, since it stands between it and its neighbours.
func (c *Console) spans(s commands.Span) []span {
	text := strings.ReplaceAll(visible.Clean(s.Text), "\n", " ")
	switch s.Style {
	case commands.Bold:
		return []span{{text: text, style: bold}}
	case commands.Code:
		return []span{{text: text, style: named}}
	case commands.Mark:
		return []span{{text: text, style: marked}}
	case commands.Time:
		return []span{{text: time.Unix(s.Unix, 0).In(c.Zone).Format(clock)}}
	case commands.Link:
		at := address(s.URL)
		switch {
		case at == "", text == s.URL:
			return []span{{text: text, link: at}}
		case c.Look.Links:
			return []span{{text: text, style: bold, link: at}, {text: " (", style: faint}, {text: at, style: faint, link: at}, {text: ")", style: faint}}
		}
		return []span{{text: text}, {text: " (" + at + ")", style: faint}}
	case commands.Plain:
	}
	return []span{{text: text}}
}
