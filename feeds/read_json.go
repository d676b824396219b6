package feeds

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/mmcdole/gofeed"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// maxObjects bounds the objects of a JSON feed; items, authors and attachments are such.
const maxObjects = 50_000

// readJSON parses a JSON Feed (https://www.jsonfeed.org/version/1.1/).
func readJSON(text string, base *url.URL) (Document, error) {
	text, ok := boundJSON(text)
	if !ok {
		return Document{}, &alerts.Invalid{Say: "The feed is nested too deeply or has too many parts to be read."}
	}
	if !strings.Contains(text, `"items"`) {
		return Document{}, &alerts.Invalid{Say: "This is JSON but not a JSON Feed. Give the address of an RSS, Atom or JSON feed."}
	}
	parser := gofeed.NewParser()
	parser.KeepOriginalFeed = true
	feed, err := parser.ParseString(text)
	if err != nil {
		return Document{}, fmt.Errorf("%w (%w)", &alerts.Invalid{
			Say: "This looks like a JSON Feed but can't be read. Check the address in a browser, or ask the publisher to mend the feed.",
		}, err)
	}
	var warnings []string
	if len(feed.Items) > maxItems {
		feed.Items = feed.Items[:maxItems]
		warnings = []string{"The feed has more than 2,000 items; only the first 2,000 were read."}
	}
	doc := translate(feed, base)
	doc.Warnings = warnings
	return doc, nil
}

// boundJSON returns the text with raw control characters inside strings made spaces and commas before a closing bracket
// dropped, both of which JSON forbids, and whether its depth and number of objects are within bounds.
func boundJSON(text string) (string, bool) {
	out := []byte(text)
	depth, objects, quoted := 0, 0, false
	comma := -1 // a comma with nothing but white space after it
	for i := 0; i < len(out); i++ {
		switch c := out[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted, comma = !quoted, -1
		case quoted && c < 0x20:
			out[i] = ' '
		case quoted, c == ' ', c == '\n', c == '\r', c == '\t':
		case c == ',':
			comma = i
		case c == '{' || c == '[':
			comma = -1
			if c == '{' {
				objects++
			}
			if depth++; depth > maxDepth || objects > maxObjects {
				return "", false
			}
		case c == '}' || c == ']':
			if comma >= 0 {
				out[comma] = ' '
			}
			depth, comma = depth-1, -1
		default:
			comma = -1
		}
	}
	return string(out), true
}
