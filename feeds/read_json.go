package feeds

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/mmcdole/gofeed"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// readJSON parses a JSON Feed (https://www.jsonfeed.org/version/1.1/).
func readJSON(text string, base *url.URL) (Document, error) {
	text, warning, ok := mendJSON(text)
	if !ok {
		return Document{}, &alerts.Invalid{Say: "The feed is nested too deeply or has too many parts to be read."}
	}
	if !strings.Contains(text, `"items"`) {
		return Document{}, &alerts.Invalid{Say: "This is JSON but not a JSON Feed. Give the address of an RSS, Atom or JSON feed."}
	}
	parser := gofeed.NewParser()
	parser.KeepOriginalFeed = true
	feed, err := parser.ParseString(text)
	var warnings []string
	if err != nil {
		if mended, ok := retype(text); ok {
			feed, err = parser.ParseString(mended)
			warnings = append(warnings, "The feed has values of the wrong type; they were mended.")
		}
	}
	if err != nil {
		return Document{}, fmt.Errorf("%w (%w)", &alerts.Invalid{
			Say: "This looks like a JSON Feed but can't be read. Check the address in a browser, or ask the publisher to mend the feed.",
		}, err)
	}
	if warning != "" {
		warnings = append(warnings, warning)
	}
	feed.Items = feed.Items[:min(len(feed.Items), maxItems)]
	doc := translate(feed, base)
	doc.Warnings = warnings
	return doc, nil
}
