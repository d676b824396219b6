package slack

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
)

// channelID is the form of a channel's id.
var channelID = regexp.MustCompile(`^[CG][A-Z0-9]{1,20}$`)

// drawReply draws an answer in workspace w.
func drawReply(w alerts.Workspace, r commands.Reply) drawing {
	d := drawing{Text: escapeCut(clean(r.Text()), maxText)}
	if strings.TrimSpace(d.Text) == "" {
		return drawing{Text: "Done."}
	}
	page := replyPage{room: maxRoom, workspace: w}
	if t := cut(line(r.Title), maxTitle); t != "" {
		page.paragraph([]leaf{bold(t)})
	}
	for _, l := range r.Lines {
		if page.room <= 0 {
			page.endList()
			page.paragraph([]leaf{text(ellipsis)})
			break
		}
		page.line(l)
	}
	page.endList()
	if len(page.groups) > 0 {
		d.Blocks = []block{rich(page.groups...)}
	}
	if b := offers(r.Offers); len(b.Elements) > 0 {
		d.Blocks = append(d.Blocks, b)
	}
	return d
}

// The limits of buttons. https://docs.slack.dev/reference/block-kit/block-elements/button-element
const (
	offerAction = "do-" // begins the action_id of a button that gives a command; its number follows, and its line is the value
	maxLabel    = 75
	maxButtons  = 25
)

// offers draws what a reply offers as buttons.
func offers(offers []commands.Offer) block {
	b := block{Type: "actions"}
	for i, o := range offers[:min(len(offers), maxButtons)] {
		if label := cut(line(o.Label), maxLabel); label != "" {
			b.Elements = append(b.Elements, button{Type: "button", ActionID: offerAction + strconv.Itoa(i+1), Text: literal(label), Value: o.Line})
		}
	}
	return b
}

// A replyPage collects the groups of an answer as far as the room goes.
type replyPage struct {
	workspace alerts.Workspace
	room      int
	groups    []group
	list      []group
}

func (p *replyPage) line(l commands.Line) {
	var leaves []leaf
	for _, s := range l.Spans {
		if s.Style == commands.Code && strings.Contains(s.Text, "\n") {
			p.put(l.Bullet, leaves)
			leaves = nil
			p.endList()
			if s := p.take(clean(s.Text)); s != "" {
				p.groups = append(p.groups, group{Type: "rich_text_preformatted", Elements: []any{text(s)}})
			}
			continue
		}
		leaves = append(leaves, p.leaf(s))
	}
	p.put(l.Bullet, leaves)
}

// put adds leaves as an entry of the list or as a paragraph.
func (p *replyPage) put(bullet bool, leaves []leaf) {
	s := section(leaves)
	switch {
	case len(s.Elements) == 0:
	case bullet:
		p.list = append(p.list, s)
	default:
		p.endList()
		p.paragraph(leaves)
	}
}

// paragraph adds leaves on a line of their own.
func (p *replyPage) paragraph(leaves []leaf) {
	p.groups = append(p.groups, section(leaves))
}

func (p *replyPage) endList() {
	if len(p.list) > 0 {
		p.groups = append(p.groups, bullets(p.list...))
		p.list = nil
	}
}

// take cuts text to what a text object and the room hold.
func (p *replyPage) take(s string) string {
	s = cut(s, max(min(maxObject, p.room), 1))
	p.room -= units(s)
	return s
}

func (p *replyPage) leaf(s commands.Span) leaf {
	switch s.Style {
	case commands.Time:
		p.room -= units(dateForm)
		return moment(s.Unix, p.take(line(s.Text)))
	case commands.Place:
		if c := alerts.Channel(s.Text); c.Workspace() == p.workspace && channelID.MatchString(c.ID()) {
			p.room -= units(c.ID())
			return leaf{Type: "channel", ChannelID: c.ID()}
		}
	case commands.Link:
		address := webURL(s.URL, min(maxURL, p.room)) // without room for it the text alone
		p.room -= units(address)
		if t := p.take(clean(s.Text)); t != "" {
			return linked(t, address, nil)
		}
		return linked(address, address, nil)
	case commands.Plain, commands.Bold, commands.Code, commands.Mark:
	}
	t := p.take(clean(s.Text))
	switch s.Style {
	case commands.Bold:
		return bold(t)
	case commands.Mark:
		return marked(t)
	case commands.Code:
		return leaf{Type: "text", Text: t, Style: &style{Code: true}}
	case commands.Plain, commands.Link, commands.Time, commands.Place:
	}
	return text(t)
}
