package discordtest

import (
	"strings"
)

// A View is a message as a reader sees it.
type View struct {
	Text    string // in reading order: content, embeds, buttons
	Links   []string
	Effects []string
}

// View reads the message. Footers have no mark-up; titles and field names have.
func (m Message) View() View {
	var v View
	var lines []string
	marked := func(s string) {
		if s != "" {
			r := Read(s)
			lines = append(lines, r.Text)
			v.Links = append(v.Links, r.Links...)
			v.Effects = append(v.Effects, r.Effects...)
		}
	}
	marked(m.Content)
	for _, e := range m.Embeds {
		if m.Flags&flagSuppress != 0 {
			break
		}
		marked(e.Title)
		if e.URL != "" {
			v.Links = append(v.Links, e.URL)
		}
		marked(e.Description)
		for _, f := range e.Fields {
			marked(f.Name)
			marked(f.Value)
		}
		if e.Footer != nil {
			lines = append(lines, e.Footer.Text)
		}
	}
	for _, row := range m.Components {
		for _, b := range row.Components {
			lines = append(lines, b.Label)
			if b.URL != "" {
				v.Links = append(v.Links, b.URL)
			}
		}
	}
	v.Text = strings.Join(lines, "\n")
	return v
}
