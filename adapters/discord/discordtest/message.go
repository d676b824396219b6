package discordtest

import "time"

// A Message is one as the vendor keeps it.
type Message struct {
	ID         string
	Content    string
	Embeds     []Embed
	Components []Component
	Nonce      string
	Root       string // the id of the message that it replies to
	Flags      int
	Pinged     []string // everybody who was pinged by it, by its edits too
	Bad        []string // what is wrong and not refused
	At         time.Time
	Edited     time.Time
	Deleted    bool
	Other      bool // it is somebody else's
}

// Ephemeral tells whether only one person sees the message.
func (m *Message) Ephemeral() bool { return m.Flags&flagEphemeral != 0 }

// An Embed is an embed of a message, as sent.
type Embed struct {
	Title       string  `json:"title,omitempty"`
	Description string  `json:"description,omitempty"`
	URL         string  `json:"url,omitempty"`
	Color       int     `json:"color,omitempty"`
	Fields      []Field `json:"fields,omitempty"`
	Footer      *Footer `json:"footer,omitempty"`
}

// A Field is a field of an Embed.
type Field struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Inline bool   `json:"inline,omitempty"`
}

// A Footer is the footer of an Embed.
type Footer struct {
	Text string `json:"text"`
}

// A Component is a row, or a button in one.
type Component struct {
	Type       int         `json:"type"`
	Style      int         `json:"style,omitempty"`
	Label      string      `json:"label,omitempty"`
	CustomID   string      `json:"custom_id,omitempty"`
	URL        string      `json:"url,omitempty"`
	Components []Component `json:"components,omitempty"`
}

// A draft is a message as a client sends it.
type draft struct {
	Content    *string      `json:"content"`
	Embeds     *[]Embed     `json:"embeds"`
	Components *[]Component `json:"components"`
	Mentions   *allowed     `json:"allowed_mentions"`
	Flags      int          `json:"flags"`
	Reference  *struct {
		Message string `json:"message_id"`
		Channel string `json:"channel_id"`
		Fail    *bool  `json:"fail_if_not_exists"`
	} `json:"message_reference"`
	Nonce   string `json:"nonce"`
	Enforce bool   `json:"enforce_nonce"`
}
