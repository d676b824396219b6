package console

import (
	"fmt"

	"github.com/seed-6c43f0f2/attache/adapters/visible"
	"github.com/seed-6c43f0f2/attache/alerts"
)

// stories is a paragraph for each story of a message that tells several: its title, whose it is and when, what fired, and
// its address; and how many more there are.
func (c *Console) stories(a alerts.Alert) (drawn string) {
	for _, p := range a.Stories {
		at := address(p.URL)
		title := visible.Cut(visible.Line(p.Title), maxTitle, visible.Runes)
		if title == "" {
			title = "(without a title)"
		}
		spans := []span{{text: title, style: bold, link: at}, {text: " · "}}
		spans = append(spans, byline(alerts.Alert{Sources: []alerts.AlertSource{p.Source}, Published: p.Published}, c.Zone)...)
		for i, h := range p.Matches[:min(len(p.Matches), maxHits)] {
			between := " · "
			if i > 0 {
				between = ", "
			}
			spans = append(spans, span{text: between}, span{text: visible.Cut(visible.Line(h.Watch), maxName, visible.Runes), style: named})
		}
		drawn += c.Look.set(paragraph{first: indent + "• ", rest: indent + "  ", spans: spans})
		if at != "" {
			drawn += c.Look.set(paragraph{first: indent + "  ", whole: true, spans: []span{{text: at, style: faint, link: at}}})
		}
	}
	if a.More > 0 {
		drawn += c.Look.set(paragraph{first: indent + "• ", spans: []span{
			{text: fmt.Sprintf("and %d more: ", a.More), style: faint}, {text: "why " + visible.Line(a.ID), style: named}, {text: " shows all", style: faint},
		}})
	}
	return drawn
}
