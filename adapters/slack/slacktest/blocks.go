package slacktest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"unicode/utf16"
)

// Slack's limits, counted in UTF-16 units, the strictest reading.
// https://docs.slack.dev/reference/block-kit/blocks https://docs.slack.dev/reference/methods/chat.postMessage
const (
	maxBlocks     = 50
	maxObject     = 3000
	maxAll        = 13200 // undocumented: github.com/slackapi/bolt-js/issues/2509
	maxText       = 4000  // what Slack advises for the fallback text; it cuts at 40,000
	maxButton     = 75
	maxValue      = 2000
	maxURL        = 3000
	maxID         = 255
	maxContext    = 10
	maxActions    = 25
	maxMetadata   = 8000
	maxHeaderText = 150
)

// An element is any object of Block Kit.
type element = map[string]any

// checker reads blocks as Slack's validator does.
type checker struct {
	complaints []string
	ids        map[string]bool
	total      int
}

// checkMessage returns what is wrong with a message and Slack's error for it, "" if it is accepted.
func checkMessage(text string, blocks json.RawMessage) (complaints []string, code string) {
	c := &checker{ids: map[string]bool{}}
	var list []element
	if len(blocks) > 0 {
		if err := json.Unmarshal(blocks, &list); err != nil {
			return []string{"blocks are no array of objects"}, "invalid_blocks_format"
		}
	}
	switch {
	case text == "" && len(list) == 0:
		return []string{"neither text nor blocks"}, "no_text"
	case units(text) > maxText:
		return []string{fmt.Sprintf("text has %d characters", units(text))}, "msg_too_long"
	case text == "":
		c.bad("no fallback text: a notification would be empty")
	}
	if len(list) > maxBlocks {
		c.bad("%d blocks", len(list))
	}
	for i, b := range list {
		c.block(i, b)
	}
	switch {
	case len(c.complaints) > 0:
		return c.complaints, "invalid_blocks"
	case c.total > maxAll:
		return []string{fmt.Sprintf("the blocks have %d characters in all", c.total)}, "msg_blocks_too_long"
	}
	return nil, ""
}

func (c *checker) bad(format string, args ...any) {
	c.complaints = append(c.complaints, fmt.Sprintf(format, args...))
}

func (c *checker) block(i int, b element) {
	c.id("block_id", b)
	kind, _ := b["type"].(string)
	elements := objects(b["elements"])
	switch kind {
	case "divider":
		c.keys(b, "type", "block_id")
	case "header":
		c.keys(b, "type", "block_id", "text")
		c.text(b["text"], maxHeaderText, "plain_text")
	case "section":
		c.keys(b, "type", "block_id", "text", "fields", "expand")
		if b["text"] == nil && b["fields"] == nil {
			c.bad("block %d: a section without text and fields", i)
		}
		if b["text"] != nil {
			c.text(b["text"], maxObject, "plain_text", "mrkdwn")
		}
	case "context":
		c.keys(b, "type", "block_id", "elements")
		c.count(i, len(elements), maxContext)
		for _, e := range elements {
			c.text(e, maxObject, "plain_text", "mrkdwn")
		}
	case "actions":
		c.keys(b, "type", "block_id", "elements")
		c.count(i, len(elements), maxActions)
		for _, e := range elements {
			c.button(e)
		}
	case "rich_text":
		c.keys(b, "type", "block_id", "elements")
		c.count(i, len(elements), 1<<20)
		for _, e := range elements {
			c.rich(e)
		}
	default:
		c.bad("block %d: unsupported type %q", i, kind)
	}
}

// rich checks a section, quote, preformatted or list of a rich_text block.
func (c *checker) rich(e element) {
	elements := objects(e["elements"])
	if len(elements) == 0 {
		c.bad("%v without elements", e["type"])
	}
	switch e["type"] {
	case "rich_text_list":
		c.keys(e, "type", "elements", "style", "indent", "border")
		for _, s := range elements {
			c.rich(s)
		}
	case "rich_text_section", "rich_text_quote", "rich_text_preformatted":
		c.keys(e, "type", "elements", "border")
		for _, l := range elements {
			c.leaf(l)
		}
	default:
		c.bad("unsupported rich text %q", e["type"])
	}
}

func (c *checker) leaf(l element) {
	if style, ok := l["style"].(element); ok {
		c.keys(style, "bold", "italic", "strike", "code", "underline")
	}
	text, _ := l["text"].(string)
	switch l["type"] {
	case "text":
		c.keys(l, "type", "text", "style")
		c.length("text", text, 1, maxObject)
	case "link":
		c.keys(l, "type", "url", "text", "style", "unsafe")
		c.length("link text", text, 0, maxObject)
		c.address(l["url"])
	case "date":
		c.keys(l, "type", "timestamp", "format", "fallback", "url", "style")
		if _, ok := l["timestamp"].(float64); !ok || l["format"] == "" {
			c.bad("date without timestamp or format")
		}
	case "emoji":
		c.keys(l, "type", "name", "style", "unicode")
	case "usergroup":
		c.keys(l, "type", "usergroup_id", "style")
	case "user":
		c.keys(l, "type", "user_id", "style")
	case "channel":
		c.keys(l, "type", "channel_id", "style")
	case "broadcast":
		c.keys(l, "type", "range", "style")
	default:
		c.bad("unsupported element %q", l["type"])
	}
}

func (c *checker) button(e element) {
	c.keys(e, "type", "text", "action_id", "value", "url", "style", "accessibility_label")
	if e["type"] != "button" {
		c.bad("unsupported action %q", e["type"])
	}
	c.id("action_id", e)
	c.text(e["text"], maxButton, "plain_text")
	value, _ := e["value"].(string)
	c.length("value", value, 0, maxValue)
	if e["url"] != nil {
		c.address(e["url"])
	}
}

func (c *checker) text(v any, most int, kinds ...string) {
	t, _ := v.(element)
	kind, _ := t["type"].(string)
	if !slices.Contains(kinds, kind) {
		c.bad("text of type %q where %q belongs", kind, kinds)
		return
	}
	if kind == "plain_text" {
		c.keys(t, "type", "text", "emoji")
	} else {
		c.keys(t, "type", "text", "verbatim")
	}
	text, _ := t["text"].(string)
	c.length(kind, text, 1, most)
}

func (c *checker) length(what, text string, least, most int) {
	n := units(text)
	c.total += n
	if n < least || n > most {
		c.bad("%s of %d characters, allowed are %d to %d", what, n, least, most)
	}
}

func (c *checker) address(v any) {
	address, _ := v.(string)
	u, err := url.Parse(address)
	if err != nil || !slices.Contains([]string{"http", "https", "mailto"}, u.Scheme) || units(address) > maxURL {
		c.bad("invalid url %q", address)
	}
}

func (c *checker) id(key string, e element) {
	id, _ := e[key].(string)
	if units(id) > maxID {
		c.bad("%s of %d characters", key, units(id))
	}
	if id != "" && c.ids[key+id] {
		c.bad("%s %q twice", key, id)
	}
	c.ids[key+id] = true
}

func (c *checker) count(i, n, most int) {
	if n < 1 || n > most {
		c.bad("block %d: %d elements", i, n)
	}
}

func (c *checker) keys(e element, known ...string) {
	for k := range e {
		if !slices.Contains(known, k) {
			c.bad("%v: unknown field %q", e["type"], k)
		}
	}
}

func objects(v any) []element {
	list, _ := v.([]any)
	var out []element
	for _, o := range list {
		e, _ := o.(element)
		out = append(out, e)
	}
	return out
}

// units counts UTF-16 units.
func units(s string) int { return len(utf16.Encode([]rune(s))) }
