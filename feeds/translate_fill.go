package feeds

import (
	"net/mail"
	"strings"

	"github.com/mmcdole/gofeed"
	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"
)

// fill adds what an RSS item says in elements that RSS does not know and readers do.
func fill(out *Item, item *rss.Item) {
	custom := func(names ...string) string {
		for _, name := range names {
			for key, value := range item.Custom {
				if strings.EqualFold(key, name) && value != "" {
					return value
				}
			}
		}
		return ""
	}
	if out.ID == "" {
		out.ID = oneLine(custom("id"))
	}
	if out.Content == "" {
		out.Content = plainText(custom("encoded", "content", "body", "fullitem"))
	}
	if summary := plainText(custom("summary", "abstract", "excerpt")); summary != "" {
		if out.Content == "" {
			out.Content = out.Summary
		}
		out.Summary = summary
	}
	if out.Author == "" {
		out.Author = oneLine(custom("creator"))
	}
	if out.Author == "" && item.Author != "" {
		out.Author = oneLine(item.Author) // neither a name nor an address, as far as gofeed can tell
	}
	if words := strings.Split(custom("tags", "keywords"), ","); words[0] != "" {
		out.Categories = categories(append(words, out.Categories...))
	}
	if out.Published == nil {
		out.Published = moment(nil, custom("published"), custom("issued"), custom("created"), custom("date"))
	}
	if out.Updated == nil {
		out.Updated = moment(nil, custom("updated"), custom("modified"), custom("lastmod"))
	}
}

// made returns the texts that may tell when an item was published, beside the format's own, the likeliest first.
func made(item *gofeed.Item) []string {
	texts := extension(item.Extensions, "dcterms", "issued")
	texts = append(texts, extension(item.Extensions, "dc", "date")...)
	for _, prefix := range []string{"atom", "atom03"} {
		texts = append(texts, extension(item.Extensions, prefix, "published")...)
		texts = append(texts, extension(item.Extensions, prefix, "issued")...)
	}
	return append(texts, extension(item.Extensions, "dcterms", "created")...)
}

// changed returns the texts that may tell when a feed or an item was changed, beside the format's own.
func changed(extensions ext.Extensions) []string {
	texts := extension(extensions, "dcterms", "modified")
	texts = append(texts, extension(extensions, "dc", "date")...)
	for _, prefix := range []string{"atom", "atom03"} {
		texts = append(texts, extension(extensions, prefix, "updated")...)
		texts = append(texts, extension(extensions, prefix, "modified")...)
	}
	return texts
}

// mediaText returns the description of a Media RSS item, in its group or not (https://www.rssboard.org/media-rss): all
// that the feed of a video channel says.
func mediaText(extensions ext.Extensions) string {
	if text := first(extension(extensions, "media", "description")); text != "" {
		return text
	}
	for _, group := range extensions["media"]["group"] {
		for _, d := range group.Children["description"] {
			if d.Value != "" {
				return d.Value
			}
		}
	}
	return ""
}

// alternate returns the address that an item of another format gives with Atom's link.
func alternate(extensions ext.Extensions) string {
	for _, l := range append(extensions["atom"]["link"], extensions["atom03"]["link"]...) {
		if rel := l.Attrs["rel"]; rel == "" || rel == "alternate" {
			return l.Attrs["href"]
		}
	}
	return ""
}

// extension returns the texts of the elements of that name in a namespace's usual prefix.
func extension(extensions ext.Extensions, prefix, name string) []string {
	var texts []string
	for _, e := range extensions[prefix][name] {
		if e.Value != "" {
			texts = append(texts, e.Value)
		}
	}
	return texts
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// author returns who wrote the item: the names, else the first address.
func author(item *gofeed.Item) string {
	var names []string
	for _, p := range item.Authors {
		if p == nil {
			continue
		}
		if name := oneLine(p.Name); name != "" {
			names = append(names, name)
		} else if len(names) == 0 && p.Email != "" {
			return mailbox(p.Email)
		}
	}
	return strings.Join(names, ", ")
}

// mailbox returns the name of "Name <address>", else the address.
func mailbox(s string) string {
	if a, err := mail.ParseAddress(s); err == nil && a.Name != "" {
		return oneLine(a.Name)
	}
	return oneLine(s)
}
