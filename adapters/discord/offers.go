package discord

import (
	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
)

// The limits of buttons. https://discord.com/developers/docs/components/reference#button
const (
	offerID   = "do:" // begins the custom id of a button that gives a command; its line follows
	maxID     = 100
	maxLabel  = 80
	maxInRow  = 5
	maxInRows = 5 * maxInRow
)

// drawReply draws a reply as one message or more; what it offers stands as buttons under the last.
func drawReply(w alerts.Workspace, r commands.Reply) []message {
	var parts []message
	for _, text := range chunks(w, r) {
		parts = append(parts, said(text, r.Private))
	}
	parts[len(parts)-1].Components = buttons(r.Offers)
	return parts
}

// buttons draws offers in rows. One whose line does not fit is left out: what it would do stands in the reply.
func buttons(offers []commands.Offer) []component {
	rows := []component{}
	drawn := 0
	for _, o := range offers {
		label := cut(line(o.Label), maxLabel)
		if label == "" || units(offerID+o.Line) > maxID || drawn == maxInRows {
			continue
		}
		if drawn%maxInRow == 0 {
			rows = append(rows, component{Type: componentRow})
		}
		drawn++
		row := &rows[len(rows)-1]
		row.Components = append(row.Components, component{Type: componentButton, Style: buttonSecondary, Label: label, CustomID: offerID + o.Line})
	}
	return rows
}
