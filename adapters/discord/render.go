package discord

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// How much of each part is drawn, in characters before escaping. What a reader can't do without is drawn first and the
// summary takes what is left.
const (
	colour       = 0x2B6CB0
	maxName      = 100  // of an outlet or a watch
	maxListName  = 60   // of a watchlist
	maxWords     = 80   // of one thing that fired
	maxFired     = 5    // different things that fired, of one watch
	maxPlainURL  = 1000 // a longer address is left out of a plain message
	maxPlainHead = 400  // of the title in a plain message
	maxMarks     = 64   // different words that are marked in a summary
	untitled     = "Untitled"
	whyID        = "why:" // begins the custom id of the Why? button; the alert's id follows
)

// draw draws a delivery, the same way every time. It does not say who is pinged, but for the text.
func draw(d alerts.Delivery) message {
	m := message{Content: pingText(d), Embeds: []embed{}, Components: []component{}, Mentions: nobody()}
	if d.Part.Plain() {
		m.Content, m.Flags = drawPlain(d), flagSuppressEmbeds // nothing in it unfolds
		return m
	}
	m.Embeds = append(m.Embeds, drawEmbed(d))
	if !d.Alert.Notice {
		m.Components = append(m.Components, component{Type: componentRow, Components: []component{{
			Type: componentButton, Style: buttonSecondary, Label: "Why?", CustomID: cut(whyID+d.Alert.ID, 100),
		}}})
	}
	return m
}

func drawEmbed(d alerts.Delivery) embed {
	a := d.Alert
	e := embed{
		Title: fit([]run{{text: title(a)}}, maxTitle), URL: webURL(a.URL), Color: colour,
		Footer: &footer{Text: cut(line(signature(d)), maxFooter)},
	}
	if len(a.Stories) > 0 {
		e.add("Watches that fired", drawHits(a.Matches, maxWatchField), false)
		e.Description = storiesBody(a, min(maxDescription, maxEmbed-e.total()))
		return e
	}
	if len(a.Sources) > 0 {
		e.add("Source", fit(sourceRuns(a.Sources[0], false), maxFieldValue), true)
		e.add("Published", drawTime(a.Published), true)
	}
	e.add("Watches that fired", drawHits(a.Matches, maxFieldValue), false)
	if len(a.Sources) > 1 {
		e.add("Also in", drawOthers(a.Sources[1:], maxFieldValue), false)
	}
	e.Description = fit(summaryRuns(a), min(maxDescription, maxEmbed-e.total()))
	return e
}

// add adds a field; one without a value is refused by the vendor and left out.
func (e *embed) add(name, value string, inline bool) {
	if strings.TrimSpace(value) != "" {
		e.Fields = append(e.Fields, field{name, value, inline})
	}
}

// drawPlain draws the second try of a refused message: content alone, as little as can be refused.
func drawPlain(d alerts.Delivery) string {
	a := d.Alert
	head := fit([]run{{text: title(a)}}, maxPlainHead)
	if p := pingText(d); p != "" {
		head = p + " " + head
	}
	var tail []string
	if len(a.Sources) > 0 && len(a.Stories) == 0 {
		tail = append(tail, fit(sourceRuns(a.Sources[0], false), maxPlainHead))
	}
	if address := webURL(a.URL); address != "" && len(address) <= maxPlainURL {
		tail = append(tail, "<"+address+">")
	}
	tail = append(tail, escape(cut(line(signature(d)), maxPlainHead/2), true))
	end := "\n" + strings.Join(tail, "\n")
	left := maxContent - units(head) - units(end) - 1
	if len(a.Stories) > 0 {
		return head + "\n" + storiesBody(a, left) + end
	}
	if body := fit(summaryRuns(a), left); body != "" {
		return head + "\n" + body + end
	}
	return head + end
}

func title(a alerts.Alert) string {
	if t := line(a.Title); t != "" {
		return t
	}
	return untitled
}

// signature ends every message: what /why takes, and what Find looks for.
func signature(d alerts.Delivery) string { return "/why " + d.Alert.ID + " · " + shortRef(d) }

// shortRef is the delivery's short reference: 10 of the 24 characters of its Ref, enough among one channel's messages.
func shortRef(d alerts.Delivery) string { return "ref " + d.Ref()[:10] }

// pingText mentions the roles to ping; a reply never does.
func pingText(d alerts.Delivery) string {
	if roles := rolesOf(d.Alert); len(roles) > 0 && d.Part.Kind() != "reply" {
		return "<@&" + strings.Join(roles, "> <@&") + ">"
	}
	return ""
}

// roleOf reads a role's id, as it is, as a mention or as discord:GUILD/ROLE; "" if it is none.
func roleOf(ping string) string {
	id := strings.TrimSuffix(strings.TrimPrefix(ping, "<@&"), ">")
	if strings.HasPrefix(id, "discord:") {
		id = alerts.Channel(id).ID()
	}
	if !snowflake(id) {
		return ""
	}
	return id
}

func drawTime(t time.Time) string {
	if t.IsZero() || t.Year() > 9999 {
		return ""
	}
	return run{style: moment, unix: t.Unix()}.draw(false)
}

func summaryRuns(a alerts.Alert) []run {
	var runs []run
	if a.Sample {
		runs = append(runs, run{text: "This is a sample, sent by /test.\n", style: raw})
	}
	return append(runs, marked(paragraphs(a.Summary), a.Matches)...)
}

// sourceRuns draws an outlet with its label: the country's flag, and who stands behind it.
func sourceRuns(s alerts.AlertSource, linked bool) []run {
	name := run{text: cut(line(s.Name), maxName)}
	if name.text == "" {
		name.text = "Unknown outlet"
	}
	if linked {
		name.style, name.url = link, s.URL
	}
	runs := []run{name}
	if f := flagOf(s.Country); f != "" {
		runs = []run{{text: f + " ", style: raw}, name}
	}
	if o := ownership(s.Ownership); o != "" {
		runs = append(runs, run{text: " · " + o, style: raw})
	}
	return runs
}

func ownership(o alerts.Ownership) string {
	switch o {
	case alerts.State:
		return "state-run"
	case alerts.Public:
		return "public"
	case alerts.Independent:
		return "independent"
	case alerts.Official:
		return "official"
	}
	return ""
}

// flagOf is the flag of an ISO 3166-1 alpha-2 country, "" for anything else.
func flagOf(country string) string {
	if len(country) != 2 || country[0] < 'A' || country[0] > 'Z' || country[1] < 'A' || country[1] > 'Z' {
		return ""
	}
	return string([]rune{0x1F1E6 + rune(country[0]-'A'), 0x1F1E6 + rune(country[1]-'A')})
}

func drawOthers(sources []alerts.AlertSource, most int) string {
	return listed(len(sources), most, func(i int) []run { return sourceRuns(sources[i], true) })
}

// drawHits lists the watches that fired, and on which words: those are bold.
func drawHits(hits []alerts.Hit, most int) string {
	return listed(len(hits), most, func(i int) []run { return hitRuns(hits[i]) })
}

func hitRuns(h alerts.Hit) []run {
	runs := []run{{text: cut(line(h.Watch), maxName)}}
	if list := cut(line(h.Watchlist), maxListName); list != "" {
		runs = append(runs, run{text: " (" + list + ")"})
	}
	var fired []string
	separator := ": "
	for _, e := range h.Evidence {
		words := cut(line(e.Text), maxWords)
		key := words + "\n" + string(e.Rule)
		if words == "" || slices.Contains(fired, key) {
			continue
		}
		if len(fired) == maxFired {
			runs = append(runs, run{text: ", …", style: raw})
			break
		}
		fired = append(fired, key)
		runs = append(runs, run{text: separator, style: raw}, run{text: words, style: bold})
		why := line(string(e.Rule))
		if form := cut(line(e.Form), maxWords); form != "" {
			why += ", taken for " + form
		}
		runs = append(runs, run{text: " (" + cut(why, 2*maxWords) + ")"})
		separator = ", "
	}
	return runs
}

// listed draws n lines as a list of at most most characters: whole lines, and how many more there are.
func listed(n, most int, entry func(int) []run) string {
	var b strings.Builder
	for i := range n {
		bullet := "- "
		if i > 0 {
			bullet = "\n- "
		}
		s := bullet + fit(entry(i), most/2)
		more := ""
		if i+1 < n {
			more = "\n- and " + strconv.Itoa(n-i-1) + " more"
		}
		if i > 0 && units(b.String())+units(s)+units(more) > most {
			b.WriteString("\n- and " + strconv.Itoa(n-i) + " more")
			break
		}
		b.WriteString(s)
	}
	return b.String()
}
