package discord

// The vendor's limits on a message, in characters.
// https://discord.com/developers/docs/resources/message#embed-object-embed-limits
// https://discord.com/developers/docs/resources/message#create-message
const (
	maxContent     = 2000
	maxTitle       = 256
	maxDescription = 4096
	maxFieldValue  = 1024
	maxFooter      = 2048
	maxEmbed       = 6000 // titles, descriptions, field names and values, footers together
	maxURL         = 2048
	maxNonce       = 25
)

// Flags of a message.
// https://discord.com/developers/docs/resources/message#message-object-message-flags
const (
	flagSuppressEmbeds = 1 << 2
	flagEphemeral      = 1 << 6
)

// A message is what the vendor is sent. The library's own type has no nonce that is enforced.
type message struct {
	Content    string      `json:"content"`
	Embeds     []embed     `json:"embeds"`
	Components []component `json:"components"`
	Mentions   mentions    `json:"allowed_mentions"`
	Flags      int         `json:"flags,omitempty"`
	Reference  *reference  `json:"message_reference,omitempty"`
	Nonce      string      `json:"nonce,omitempty"`
	Enforce    bool        `json:"enforce_nonce,omitempty"`
}

// mentions say who is pinged. An edit without them falls back to pinging everybody whom the text names, so they are
// never left out.
type mentions struct {
	Parse   []string `json:"parse"`
	Roles   []string `json:"roles,omitempty"`
	Replied bool     `json:"replied_user"`
}

// nobody pings nobody.
func nobody() mentions { return mentions{Parse: []string{}} }

type embed struct {
	Title       string  `json:"title,omitempty"`
	Description string  `json:"description,omitempty"`
	URL         string  `json:"url,omitempty"`
	Color       int     `json:"color,omitempty"`
	Fields      []field `json:"fields,omitempty"`
	Footer      *footer `json:"footer,omitempty"`
}

type field struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Inline bool   `json:"inline,omitempty"`
}

type footer struct {
	Text string `json:"text"`
}

// A component is a row of buttons or a button.
type component struct {
	Type       int         `json:"type"`
	Style      int         `json:"style,omitempty"`
	Label      string      `json:"label,omitempty"`
	CustomID   string      `json:"custom_id,omitempty"`
	Components []component `json:"components,omitempty"`
}

const (
	componentRow    = 1
	componentButton = 2
	buttonSecondary = 2
)

// A reference makes the message a reply.
type reference struct {
	Message string `json:"message_id"`
	Channel string `json:"channel_id"`
	Fail    bool   `json:"fail_if_not_exists"`
}

// total counts what maxEmbed bounds.
func (e embed) total() int {
	n := units(e.Title) + units(e.Description)
	for _, f := range e.Fields {
		n += units(f.Name) + units(f.Value)
	}
	if e.Footer != nil {
		n += units(e.Footer.Text)
	}
	return n
}
