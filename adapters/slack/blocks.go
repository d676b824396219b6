package slack

import "github.com/slack-go/slack"

// The limits of Block Kit, counted in UTF-16 units. https://docs.slack.dev/reference/block-kit/blocks
const (
	maxObject = 3000  // of a text object
	maxURL    = 3000  // of an address
	maxRoom   = 12000 // of all texts and addresses: Slack refuses blocks above some 13,200 (github.com/slackapi/bolt-js/issues/2509)
	maxText   = 4000  // of the fallback text. https://docs.slack.dev/reference/methods/chat.postMessage
)

// A block of a message. The library's own types write fields that Block Kit does not know.
type block struct {
	Type     string `json:"type"`
	Elements []any  `json:"elements"`
}

// BlockType and ID make a block one of the library's.
func (b block) BlockType() slack.MessageBlockType { return slack.MessageBlockType(b.Type) }

// ID returns "": Slack gives blocks their ids.
func (b block) ID() string { return "" }

// A group is a section, list or preformatted part of a rich_text block.
type group struct {
	Type     string `json:"type"`
	Style    string `json:"style,omitempty"` // of a list
	Elements []any  `json:"elements"`
}

// A leaf is a run in a group: text, link, date, usergroup or channel.
type leaf struct {
	Type        string `json:"type"`
	Text        string `json:"text,omitempty"`
	URL         string `json:"url,omitempty"`
	Timestamp   int64  `json:"timestamp,omitempty"`
	Format      string `json:"format,omitempty"`
	Fallback    string `json:"fallback,omitempty"`
	UsergroupID string `json:"usergroup_id,omitempty"`
	ChannelID   string `json:"channel_id,omitempty"`
	Style       *style `json:"style,omitempty"`
}

type style struct {
	Bold   bool `json:"bold,omitempty"`
	Italic bool `json:"italic,omitempty"`
	Code   bool `json:"code,omitempty"`
}

type plainText struct {
	Type  string `json:"type"`
	Text  string `json:"text"`
	Emoji bool   `json:"emoji"`
}

type button struct {
	Type     string    `json:"type"`
	ActionID string    `json:"action_id"`
	Text     plainText `json:"text"`
	Value    string    `json:"value"`
}

func literal(text string) plainText { return plainText{Type: "plain_text", Text: text} }

// rich makes a rich_text block of groups.
func rich(groups ...group) block {
	b := block{Type: "rich_text"}
	for _, g := range groups {
		b.Elements = append(b.Elements, g)
	}
	return b
}

// section makes a group of the leaves that show something.
func section(leaves []leaf) group {
	g := group{Type: "rich_text_section", Elements: []any{}}
	for _, l := range leaves {
		if l.Type != "text" || l.Text != "" {
			g.Elements = append(g.Elements, l)
		}
	}
	return g
}

// bullets makes a list of sections.
func bullets(items ...group) group {
	g := group{Type: "rich_text_list", Style: "bullet"}
	for _, i := range items {
		g.Elements = append(g.Elements, i)
	}
	return g
}

func text(s string) leaf { return leaf{Type: "text", Text: s} }
func bold(s string) leaf { return leaf{Type: "text", Text: s, Style: &style{Bold: true}} }

// marked is how the words that made a watch fire are drawn.
func marked(s string) leaf {
	return leaf{Type: "text", Text: s, Style: &style{Bold: true, Italic: true}}
}

// linked is a link where there is an address, else the text.
func linked(s, address string, st *style) leaf {
	if address == "" {
		return leaf{Type: "text", Text: s, Style: st}
	}
	return leaf{Type: "link", Text: s, URL: address, Style: st}
}

// dateForm is how Slack draws a time. https://docs.slack.dev/messaging/formatting-message-text#date-formatting
const dateForm = "{date_short_pretty} {time}"

// moment is a time that each reader sees in their own; one before 1970, which some feeds give, is text.
func moment(unix int64, fallback string) leaf {
	if unix <= 0 {
		return text(fallback)
	}
	return leaf{Type: "date", Timestamp: unix, Format: dateForm, Fallback: fallback}
}
