package slacktest

import (
	"encoding/json"
	"regexp"
	"strings"
)

// A Reading is a message as Slack's clients show it.
type Reading struct {
	Text     string   // all visible text in reading order, blocks separated by \n
	Links    []string // every address that a click would open
	Mentions []string // everybody who is pinged: a user's or group's id, or here, channel, everyone
	Buttons  []string // values of the buttons, by order
}

// Read interprets the message: its blocks, or if it has none, its text. Mentions in the fallback text count too.
func (m Message) Read() Reading {
	var r reader
	var blocks []element
	if json.Unmarshal(m.Blocks, &blocks) == nil && len(blocks) > 0 {
		fallback := reader{}
		fallback.markup(m.Text, m.Mrkdwn, m.Parse, m.LinkNames)
		r.got.Mentions = fallback.got.Mentions
		for _, b := range blocks {
			r.block(b)
		}
	} else {
		r.markup(m.Text, m.Mrkdwn, m.Parse, m.LinkNames)
	}
	r.got.Text = strings.Trim(r.text.String(), "\n")
	return r.got
}

type reader struct {
	text strings.Builder
	got  Reading
}

func (r *reader) block(b element) {
	switch b["type"] {
	case "rich_text":
		for _, e := range objects(b["elements"]) {
			r.rich(e)
		}
	case "section", "header":
		r.object(b["text"])
		for _, f := range objects(b["fields"]) {
			r.object(f)
		}
	case "context", "actions":
		for _, e := range objects(b["elements"]) {
			if e["type"] == "button" {
				value, _ := e["value"].(string)
				r.got.Buttons = append(r.got.Buttons, value)
				r.object(e["text"])
				if u, ok := e["url"].(string); ok {
					r.got.Links = append(r.got.Links, u)
				}
				continue
			}
			r.object(e)
		}
	}
	r.text.WriteByte('\n')
}

func (r *reader) object(v any) {
	t, _ := v.(element)
	text, _ := t["text"].(string)
	if t["type"] == "mrkdwn" {
		r.markup(text, true, "", false)
	} else {
		r.text.WriteString(text)
	}
	r.text.WriteByte('\n')
}

func (r *reader) rich(e element) {
	for _, l := range objects(e["elements"]) {
		text := func(key string) string { s, _ := l[key].(string); return s }
		switch l["type"] {
		case "rich_text_section":
			r.text.WriteString("• ")
			r.rich(l)
		case "text":
			r.text.WriteString(text("text"))
		case "link":
			r.got.Links = append(r.got.Links, text("url"))
			r.text.WriteString(or(text("text"), text("url")))
		case "date":
			r.text.WriteString(text("fallback"))
		case "usergroup":
			r.mention(text("usergroup_id"))
		case "user":
			r.mention(text("user_id"))
		case "broadcast":
			r.mention(text("range"))
		case "channel":
			r.text.WriteString("#" + text("channel_id"))
		case "emoji":
			r.text.WriteString(":" + text("name") + ":")
		}
	}
	r.text.WriteByte('\n')
}

func (r *reader) mention(who string) {
	r.got.Mentions = append(r.got.Mentions, who)
	r.text.WriteString("@" + who)
}

var (
	control  = regexp.MustCompile(`<([^<>\n]*)>`)
	bareLink = regexp.MustCompile(`\bhttps?://[^\s<>|]+`)
	names    = regexp.MustCompile(`@(everyone|channel|here)\b`)
	styles   = regexp.MustCompile("[*_~`]")
)

// unescape reads Slack's three escapes.
func unescape(s string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}

// markup reads text with Slack's control sequences.
// https://docs.slack.dev/messaging/formatting-message-text
func (r *reader) markup(text string, mrkdwn bool, parse string, linkNames bool) {
	at := 0
	for _, m := range control.FindAllStringSubmatchIndex(text, -1) {
		r.plain(text[at:m[0]], mrkdwn, parse, linkNames)
		r.sequence(text[m[2]:m[3]])
		at = m[1]
	}
	r.plain(text[at:], mrkdwn, parse, linkNames)
}

func (r *reader) plain(text string, mrkdwn bool, parse string, linkNames bool) {
	if parse != "none" {
		r.got.Links = append(r.got.Links, bareLink.FindAllString(text, -1)...)
	}
	if linkNames || parse == "full" {
		for _, m := range names.FindAllStringSubmatch(text, -1) {
			r.got.Mentions = append(r.got.Mentions, m[1])
		}
	}
	if mrkdwn {
		text = styles.ReplaceAllString(text, "")
	}
	r.text.WriteString(unescape(text))
}

// sequence reads what stands between < and >.
func (r *reader) sequence(s string) {
	target, label, labelled := strings.Cut(s, "|")
	switch {
	case strings.HasPrefix(target, "!subteam^"):
		r.mention(strings.TrimPrefix(target, "!subteam^"))
	case strings.HasPrefix(target, "!date^"):
		r.text.WriteString(unescape(label))
	case strings.HasPrefix(target, "!"):
		r.mention(strings.TrimPrefix(target, "!"))
	case strings.HasPrefix(target, "@"):
		r.mention(strings.TrimPrefix(target, "@"))
	case strings.HasPrefix(target, "#"):
		r.text.WriteString("#" + or(label, target[1:]))
	default:
		target = unescape(target)
		r.got.Links = append(r.got.Links, target)
		if labelled {
			r.text.WriteString(unescape(label))
		} else {
			r.text.WriteString(target)
		}
	}
}
