package feeds

import (
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A Document is a feed as it was read: the shape that `bot feed --json` prints. All text is plain, valid UTF-8 without
// control characters but newline; absent text is "", absent times are null, lists are never null; times are UTC in
// whole seconds; links are absolute http or https, or "".
type Document struct {
	Feed     Header         `json:"feed"`
	Items    []Item         `json:"articles"`
	Warnings []string       `json:"-"` // what was mended or left out, one sentence each; empty for a feed without fault
	passed   int            // items that were passed over, being known
	still    []alerts.Still // those items, if it is certain which they are; Ahead counts Items
}

// A Header is what a feed says of itself.
type Header struct {
	Title       string     `json:"title"`
	Link        string     `json:"link"` // of its site
	Description string     `json:"description"`
	Language    string     `json:"language"` // as the feed writes it
	Updated     *time.Time `json:"updated"`
}

// An Item is one article as the feed has it.
type Item struct {
	ID         string     `json:"id"` // the feed's own
	URL        string     `json:"url"`
	Title      string     `json:"title"`
	Summary    string     `json:"summary"`
	Content    string     `json:"content"`
	Author     string     `json:"author"`
	Published  *time.Time `json:"published"`
	Updated    *time.Time `json:"updated"`
	Categories []string   `json:"categories"`
	language   string     // its own, "" if the feed's
	raw        uint64     // a hash of its text in the body, 0 if it would not be known by it
}
