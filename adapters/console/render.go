package console

import (
	"fmt"
	"strings"
	"time"

	"github.com/seed-6c43f0f2/attache/adapters/visible"
	"github.com/seed-6c43f0f2/attache/alerts"
)

// How much of an alert is shown, in runes and entries. The terminal would take more; its reader would not.
const (
	maxTitle   = 300
	maxSummary = 1200
	maxName    = 120
	maxWords   = 100
	maxOutlets = 12
	maxHits    = 12
	maxFound   = 4 // words a watch fired on
)

const indent = "  "

// clock is how moments are written: local, with the zone, since who reads an alert later must not guess.
const clock = "Mon 2 Jan 2006 15:04 MST"

// alert draws the delivery: a rule with its kind, the title, who says it and when, the summary, what fired, who else has
// it, the address, and the short id with what to type for more.
func (c *Console) alert(d alerts.Delivery) string {
	a := d.Alert
	found := fired(a)
	var b strings.Builder
	b.WriteString(c.rule(kindOf(d), a))
	if a.URL == "" && a.Title == "" {
		a.Title = "(without a title)"
	}
	title := mark(visible.Cut(visible.Line(a.Title), maxTitle, visible.Runes), found, bold, headed)
	if at := address(a.URL); at != "" {
		for i := range title {
			title[i].link = at
		}
	}
	b.WriteString(c.Look.set(paragraph{spans: title}))
	if len(a.Sources) > 0 && len(a.Stories) == 0 {
		b.WriteString(c.Look.set(paragraph{first: indent, rest: indent, spans: byline(a, c.Zone)}))
	}
	for text := range strings.Lines(visible.Cut(visible.Clean(a.Summary), maxSummary, visible.Runes)) {
		if text = visible.Line(text); text != "" {
			b.WriteString(c.Look.set(paragraph{first: indent, rest: indent, spans: mark(text, found, normal, marked)}))
		}
	}
	if len(a.Stories) > 0 {
		b.WriteString(c.stories(a))
	} else {
		b.WriteString(c.hits(a.Matches))
		b.WriteString(c.others(a.Sources))
	}
	if at := address(a.URL); at != "" {
		b.WriteString(c.Look.set(paragraph{first: indent, whole: true, spans: []span{{text: at, style: faint, link: at}}}))
	}
	if !a.Notice {
		b.WriteString(c.Look.set(paragraph{first: indent, spans: []span{{text: "More: ", style: faint}, {text: "why " + visible.Line(a.ID), style: named}}}))
	}
	return b.String()
}

// kindOf says in a word or two what the delivery is.
func kindOf(d alerts.Delivery) string {
	switch kind := d.Part.Kind(); {
	case d.Alert.Sample:
		return "Sample"
	case d.Alert.Notice:
		return "Notice"
	case kind == "reply":
		return "More on this story"
	case kind == "edit":
		return "Updated"
	}
	return "Alert"
}

// rule is the line above an alert: its kind, the watchlists it is for, the channel.
func (c *Console) rule(kind string, a alerts.Alert) string {
	words := []string{kind}
	if lists := watchlists(a.Matches); lists != "" {
		words = append(words, lists)
	}
	words = append(words, a.Channel.ID())
	text := "── " + visible.Cut(visible.Line(strings.Join(words, " · ")), c.Look.width()-4, visible.Runes) + " "
	if missing := c.Look.width() - columns(text); missing > 0 {
		text += strings.Repeat("─", missing)
	}
	return c.Look.paint(faint, text) + "\n"
}

func watchlists(hits []alerts.Hit) string {
	var names []string
	seen := map[string]bool{}
	for _, h := range hits {
		if name := visible.Line(h.Watchlist); name != "" && !seen[name] && len(names) < 3 {
			names = append(names, visible.Cut(name, 30, visible.Runes))
			seen[name] = true
		}
	}
	return strings.Join(names, ", ")
}

// byline says whose the title is and when it was published.
func byline(a alerts.Alert, zone *time.Location) []span {
	spans := outlet(a.Sources[0])
	if !a.Published.IsZero() {
		spans = append(spans, span{text: " · " + a.Published.In(zone).Format(clock), style: faint})
	}
	return spans
}

// outlet is a source with its label; what a state runs stands out.
func outlet(s alerts.AlertSource) []span {
	name := visible.Cut(visible.Line(s.Name), maxName, visible.Runes)
	if name == "" {
		name = "an unnamed outlet"
	}
	spans := []span{{text: name}}
	label := []span{{text: visible.Cut(visible.Line(s.Country), maxName, visible.Runes), style: faint}}
	if s.Ownership == alerts.State {
		label = append(label, span{text: "state-run", style: warned})
	} else {
		label = append(label, span{text: visible.Cut(visible.Line(string(s.Ownership)), maxName, visible.Runes), style: faint})
	}
	before := " ("
	for _, l := range label {
		if l.text != "" {
			spans = append(spans, span{text: before, style: faint}, l)
			before = ", "
		}
	}
	if before != " (" {
		spans = append(spans, span{text: ")", style: faint})
	}
	return spans
}

// hits is a paragraph for each watch that fired: its name, and the words it fired on.
func (c *Console) hits(hits []alerts.Hit) string {
	var b strings.Builder
	for _, h := range hits[:min(len(hits), maxHits)] {
		spans := []span{{text: visible.Cut(visible.Line(h.Watch), maxName, visible.Runes), style: named}}
		if words := foundWords(h); len(words) > 0 {
			spans = append(spans, span{text: ": “" + strings.Join(words, "”, “") + "”"})
		}
		if h.Mention != "" {
			spans = append(spans, span{text: " in the " + visible.Line(string(h.Mention)), style: faint})
		}
		b.WriteString(c.Look.set(paragraph{first: indent + "▸ ", rest: indent + "  ", spans: spans}))
	}
	if n := len(hits) - maxHits; n > 0 {
		b.WriteString(c.Look.set(paragraph{first: indent + "▸ ", spans: []span{{text: fmt.Sprintf("and %d watches more", n), style: faint}}}))
	}
	return b.String()
}

// foundWords are the different words a watch fired on, in the order of the text.
func foundWords(h alerts.Hit) []string {
	var words []string
	seen := map[string]bool{}
	for _, e := range h.Evidence {
		word := visible.Cut(visible.Line(e.Text), maxWords, visible.Runes)
		if word != "" && !seen[word] && len(words) < maxFound {
			words = append(words, word)
			seen[word] = true
		}
	}
	return words
}

// others is the paragraph of the outlets that have the story too.
func (c *Console) others(sources []alerts.AlertSource) string {
	if len(sources) < 2 {
		return ""
	}
	rest := sources[1:]
	spans := []span{{text: "Also: ", style: faint}}
	for i, s := range rest[:min(len(rest), maxOutlets)] {
		if i > 0 {
			spans = append(spans, span{text: " · ", style: faint})
		}
		name := outlet(s)
		name[0].link = address(s.URL)
		spans = append(spans, name...)
	}
	if n := len(rest) - maxOutlets; n > 0 {
		spans = append(spans, span{text: fmt.Sprintf(" · and %d more", n), style: faint})
	}
	return c.Look.set(paragraph{first: indent, rest: indent, spans: spans})
}
