package feeds

import (
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/json"
	"github.com/mmcdole/gofeed/rss"
)

// translate makes the plain document of what gofeed parsed.
func translate(feed *gofeed.Feed, base *url.URL) Document {
	if base == nil {
		base = parseBase(feed.FeedLink)
	}
	home := link(base, feed.Link)
	// RSS has no rule for relative links, and its authors mean their site; Atom and JSON Feed mean the feed's address.
	if site := parseBase(home); site != nil && (base == nil || feed.FeedType == "rss") {
		base = site
	}
	doc := Document{
		Feed: Header{
			Title: oneLine(feed.Title), Link: home, Description: plainText(feed.Description),
			Language: oneLine(feed.Language), Updated: moment(feed.UpdatedParsed, append([]string{feed.Updated}, changed(feed.Extensions)...)...),
		},
		Items: make([]Item, 0, len(feed.Items)),
	}
	if doc.Feed.Updated == nil {
		doc.Feed.Updated = moment(feed.PublishedParsed, feed.Published)
	}
	for i, item := range feed.Items {
		if item != nil {
			doc.Items = append(doc.Items, translateItem(item, original(feed.OriginalFeed(), i), base))
		}
	}
	return doc
}

// original returns the item as its own format has it, nil if there is none.
func original(feed any, i int) any {
	switch f := feed.(type) {
	case *rss.Feed:
		if i < len(f.Items) {
			return f.Items[i]
		}
	case *atom.Feed:
		if i < len(f.Entries) {
			return f.Entries[i]
		}
	case *json.Feed:
		if i < len(f.Items) {
			return f.Items[i]
		}
	}
	return nil
}

func translateItem(item *gofeed.Item, raw any, base *url.URL) Item {
	out := Item{
		ID: oneLine(item.GUID), URL: link(base, item.Link), Title: oneLine(item.Title),
		Summary: plainText(item.Description), Content: plainText(item.Content), Author: author(item),
		Published:  moment(item.PublishedParsed, append([]string{item.Published}, made(item)...)...),
		Updated:    moment(item.UpdatedParsed, append([]string{item.Updated}, changed(item.Extensions)...)...),
		Categories: categories(item.Categories), language: first(extension(item.Extensions, "dc", "language")),
	}
	switch r := raw.(type) {
	case *atom.Entry:
		out.Categories = terms(r.Categories)
	case *rss.Item:
		fill(&out, r)
		if out.URL == "" && r.GUID != nil && !strings.EqualFold(r.GUID.IsPermalink, "false") && parseBase(r.GUID.Value) != nil {
			out.URL = link(nil, r.GUID.Value)
		}
	case *json.Item:
		out.language = r.Language
		if out.URL == "" {
			out.URL = link(base, r.ExternalURL)
		}
		if r.ContentHTML == "" {
			out.Content = tidy(r.ContentText) // not HTML: brackets are text
		}
		out.Summary, out.Title = tidy(r.Summary), strings.Join(strings.Fields(tidy(r.Title)), " ")
	}
	for i := 0; out.URL == "" && i < len(item.Links); i++ {
		out.URL = link(base, item.Links[i])
	}
	if out.URL == "" {
		out.URL = link(base, alternate(item.Extensions))
	}
	if out.Summary == "" {
		out.Summary = plainText(mediaText(item.Extensions))
	}
	if out.Summary == "" {
		out.Summary = out.Content
	}
	return out
}

// terms returns Atom categories by their term, or by their label where the term is only an address.
func terms(list []*atom.Category) []string {
	names := make([]string, 0, len(list))
	for _, c := range list {
		if c.Label != "" && (c.Term == "" || strings.Contains(c.Term, "://")) {
			names = append(names, c.Label)
		} else {
			names = append(names, c.Term)
		}
	}
	return categories(names)
}

// categories returns the list as plain text, each once.
func categories(list []string) []string {
	out := make([]string, 0, len(list))
	seen := map[string]bool{}
	for _, c := range list {
		if c = oneLine(c); c != "" && !seen[c] {
			seen[c] = true
			out = append(out, c)
		}
	}
	return out
}

// maxMoments is how many texts of one item are tried as one of its dates.
const maxMoments = 4

// moment returns the first of the texts that is a date, else what gofeed read, in UTC and whole seconds; nil if there is
// none or its year can't be written in RFC 3339.
func moment(parsed *time.Time, texts ...string) *time.Time {
	tried := 0
	for _, s := range texts {
		if s == "" {
			continue
		}
		if tried++; tried > maxMoments {
			break
		}
		if t, ok := readDate(s); ok {
			return &t
		}
	}
	if parsed == nil || parsed.IsZero() {
		return nil
	}
	t := parsed.UTC().Truncate(time.Second)
	if t.Year() < 1 || t.Year() > 9999 {
		return nil
	}
	return &t
}
