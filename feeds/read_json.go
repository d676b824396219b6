package feeds

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/json"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// readJSON parses a JSON Feed (https://www.jsonfeed.org/version/1.1/).
func readJSON(text string, base *url.URL, known *sieve) (Document, error) {
	text, warning, ok := mendJSON(text, known)
	if !ok {
		return Document{}, &alerts.Invalid{Say: "The feed is nested too deeply or has too many parts to be read."}
	}
	if !strings.Contains(text, `"items"`) {
		return Document{}, &alerts.Invalid{Say: "This is JSON but not a JSON Feed. Give the address of an RSS, Atom or JSON feed."}
	}
	parser := gofeed.NewParser()
	parser.KeepOriginalFeed = true
	parser.JSONTranslator = noNulls{}
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
	if known != nil {
		known.mixed = known.mixed || len(warnings) > 0 // one value of the wrong type, and all items are read in another way
		doc.sift(known)
	}
	return doc, nil
}

// noNulls translates as gofeed does, which takes no null in a list for an item or an author.
type noNulls struct{}

func (noNulls) Translate(feed any) (*gofeed.Feed, error) {
	if f, ok := feed.(*json.Feed); ok {
		f.Authors = withoutNulls(f.Authors)
		f.Items = withoutNulls(f.Items)
		for _, item := range f.Items {
			item.Authors = withoutNulls(item.Authors)
		}
	}
	return (&gofeed.DefaultJSONTranslator{}).Translate(feed)
}

func withoutNulls[T any](list []*T) []*T {
	return slices.DeleteFunc(list, func(v *T) bool { return v == nil })
}
