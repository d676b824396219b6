package slack

import (
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// How much of an alert is drawn, in UTF-16 units or in number.
const (
	maxTitle   = 300
	maxSummary = 2900
	maxName    = 80 // of an outlet, a watch, a list or words
	maxWatches = 12
	maxWords   = 3 // for each watch
	maxOutlets = 20
)

// whyAction is the action_id of the Why? button; its value is the alert's id.
const whyAction = "why"

// timeForm is how a time is written where Slack can't draw it.
const timeForm = "2 Jan 2006 15:04 UTC"

// A drawing is a message as it is sent: Text is what notifications show, and all there is where Blocks is nil.
type drawing struct {
	Text   string  `json:"text"`
	Blocks []block `json:"blocks,omitempty"`
}

// draw draws a delivery, the same way every time.
func draw(d alerts.Delivery) drawing {
	if d.Part.Plain() {
		return drawing{Text: plainAlert(d.Alert)}
	}
	var pings []string
	if d.Part.Kind() == "post" {
		pings = subteams(d.Alert)
	}
	return drawing{Text: fallback(d.Alert), Blocks: alertBlocks(d.Alert, pings)}
}

// alertBlocks draws the alert. The parts a reader can't do without take their room first, the outlets what is left.
func alertBlocks(a alerts.Alert, pings []string) []block {
	blocks := []block{rich(section(headline(a, pings)))}
	watches, footer := watchItems(a), footnote(a)
	if s := cut(clean(strings.TrimSpace(a.Summary)), maxSummary); s != "" {
		blocks = append(blocks, rich(section(markWords(s, a.Matches))))
	}
	if len(a.Stories) > 0 {
		blocks = append(blocks, rich(bullets(storyItems(a, maxRoom-weigh(blocks)-weigh(footer))...)))
		return append(blocks, footer...)
	}
	if len(watches) > 0 {
		blocks = append(blocks, rich(bullets(watches...)))
	}
	if len(a.Sources) > 1 {
		blocks = append(blocks, rich(section(outlets(a.Sources[1:], maxRoom-weigh(blocks)-weigh(footer)))))
	}
	return append(blocks, footer...)
}

// headline is the title with its link, then the source with its label and the time.
func headline(a alerts.Alert, pings []string) []leaf {
	var leaves []leaf
	for _, ping := range pings {
		leaves = append(leaves, leaf{Type: "usergroup", UsergroupID: ping}, text(" "))
	}
	if a.Sample {
		leaves = append(leaves, text("Sample: "))
	}
	leaves = append(leaves, linked(title(a), webURL(a.URL, maxURL), &style{Bold: true}))
	if len(a.Stories) > 0 {
		return leaves // each has its own
	}
	under := ""
	if len(a.Sources) > 0 {
		under = sourceLine(a.Sources[0])
	}
	if under != "" {
		leaves = append(leaves, text("\n"+under))
	}
	if !a.Published.IsZero() {
		between := "\n"
		if under != "" {
			between = " · "
		}
		leaves = append(leaves, text(between), moment(a.Published.Unix(), a.Published.UTC().Format(timeForm)))
	}
	return leaves
}

func title(a alerts.Alert) string {
	if t := cut(line(a.Title), maxTitle); t != "" {
		return t
	}
	return "Untitled"
}

// sourceLine is an outlet with its label: Harbour Post (United Kingdom, independent).
func sourceLine(s alerts.AlertSource) string {
	name := cut(line(s.Name), maxName)
	if l := label(s); l != "" {
		return strings.TrimSpace(name + " (" + l + ")")
	}
	return name
}

// label says where an outlet is from and who stands behind it.
func label(s alerts.AlertSource) string {
	var parts []string
	if c := country(s.Country); c != "" {
		parts = append(parts, c)
	}
	switch s.Ownership {
	case alerts.State:
		parts = append(parts, "state-run")
	case alerts.Public, alerts.Independent, alerts.Official:
		parts = append(parts, string(s.Ownership))
	}
	return strings.Join(parts, ", ")
}

// country is the English name of an ISO 3166-1 code; what is none is shown as it stands.
func country(code string) string {
	if r, err := language.ParseRegion(code); err == nil && len(code) == 2 && r.IsCountry() {
		if name := display.English.Regions().Name(r); name != "" {
			return name
		}
	}
	return cut(line(code), maxName)
}

// watchItems are the watches that fired, each with its words and why they count.
func watchItems(a alerts.Alert) []group {
	var items []group
	for i, h := range a.Matches {
		if i == maxWatches {
			return append(items, section([]leaf{text(fmt.Sprintf("and %d more", len(a.Matches)-i))}))
		}
		leaves := []leaf{bold(cut(line(h.Watch), maxName))}
		if list := cut(line(h.Watchlist), maxName); list != "" {
			leaves = append(leaves, text(" in "+list))
		}
		items = append(items, section(append(leaves, wordLeaves(h)...)))
	}
	return items
}

// wordLeaves are the distinct words on which a watch fired.
func wordLeaves(h alerts.Hit) []leaf {
	var leaves []leaf
	shown := map[string]bool{}
	between := ": "
	for _, e := range h.Evidence {
		words := cut(line(e.Text), maxName)
		if words == "" || shown[words] {
			continue
		}
		if len(shown) == maxWords {
			leaves = append(leaves, text(", "+ellipsis))
			break
		}
		shown[words] = true
		leaves = append(leaves, text(between), marked(words), text(" ("+cut(line(string(e.Rule)), maxName)+")"))
		between = ", "
	}
	switch h.Mention {
	case match.Headline:
		leaves = append(leaves, text(" · in the headline"))
	case match.Lead:
		leaves = append(leaves, text(" · in the lead"))
	case match.Body:
		leaves = append(leaves, text(" · further down"))
	}
	return leaves
}

// outlets lists who else carries the story, as far as the room goes.
func outlets(sources []alerts.AlertSource, room int) []leaf {
	leaves := []leaf{text("Also: ")}
	room -= 40
	for i, s := range sources {
		name := cut(line(s.Name), maxName)
		if name == "" {
			name = "unnamed outlet"
		}
		address, after := webURL(s.URL, maxURL), ""
		if l := label(s); l != "" {
			after = " (" + l + ")"
		}
		if i > 0 {
			leaves = append(leaves, text(", "))
		}
		room -= units(name) + units(address) + units(after) + 2
		if i == maxOutlets || room < 0 {
			return append(leaves, text(fmt.Sprintf("and %d more", len(sources)-i)))
		}
		leaves = append(leaves, linked(name, address, nil), text(after))
	}
	return leaves
}

// footnote is the Why? button, and the short id by which /why finds the alert.
func footnote(a alerts.Alert) []block {
	if a.Notice {
		return []block{{Type: "context", Elements: []any{literal("Attaché · " + shortID(a))}}}
	}
	why := button{Type: "button", ActionID: whyAction, Text: literal("Why?"), Value: shortID(a)}
	return []block{
		{Type: "actions", Elements: []any{why}},
		{Type: "context", Elements: []any{literal("/attache why " + shortID(a))}},
	}
}

func shortID(a alerts.Alert) string { return cut(line(a.ID), maxName) }

// weigh is how much of the room blocks take.
func weigh(blocks []block) int {
	n := 0
	for _, b := range blocks {
		for _, e := range b.Elements {
			n += weighElement(e)
		}
	}
	return n
}

func weighElement(e any) int {
	switch e := e.(type) {
	case group:
		n := 0
		for _, i := range e.Elements {
			n += weighElement(i)
		}
		return n
	case leaf:
		return units(e.Text) + units(e.URL) + units(e.Format) + units(e.Fallback)
	case plainText:
		return units(e.Text)
	case button:
		return units(e.Text.Text) + units(e.Value)
	}
	return 0
}

// subteamID is the form of a user group's id.
var subteamID = regexp.MustCompile(`^S[A-Z0-9]{1,20}$`)

// subteam is the user group that a ping in the channel names, "" for none: S…, <!subteam^S…> or slack:TEAM/S….
func subteam(c alerts.Channel, ping string) string {
	id := strings.TrimSuffix(strings.TrimPrefix(ping, "<!subteam^"), ">")
	id = strings.TrimPrefix(id, string(c.Workspace())+"/")
	if subteamID.MatchString(id) {
		return id
	}
	return ""
}
