package feeds

import (
	"html"
	"strings"
)

// Escaped returns the document for those who take its texts for HTML, as programs do that put them on a page: an angle
// bracket or ampersand that would begin a tag or a reference is escaped, and every other is left as it is, so that
// "AT&T, 5 < 6" stays the same. Ids and links are not text and stay.
func (d Document) Escaped() Document {
	d.Feed.Title, d.Feed.Description = escapeHTML(d.Feed.Title), escapeHTML(d.Feed.Description)
	items := make([]Item, len(d.Items))
	for i, item := range d.Items {
		item.Title, item.Author = escapeHTML(item.Title), escapeHTML(item.Author)
		item.Summary, item.Content = escapeHTML(item.Summary), escapeHTML(item.Content)
		categories := make([]string, len(item.Categories))
		for n, c := range item.Categories {
			categories[n] = escapeHTML(c)
		}
		item.Categories = categories
		items[i] = item
	}
	d.Items = items
	return d
}

// escapeHTML escapes what HTML would read as markup (https://html.spec.whatwg.org/multipage/parsing.html, sections
// 13.2.5.6, tag open state, and 13.2.5.72, character reference state).
func escapeHTML(s string) string {
	var out strings.Builder
	last := 0
	for i := range len(s) {
		if s[i] != '<' && s[i] != '&' || i+1 == len(s) || !opens(s[i:]) {
			continue
		}
		out.WriteString(s[last:i])
		if s[i] == '<' {
			out.WriteString("&lt;")
		} else {
			out.WriteString("&amp;")
		}
		last = i + 1
	}
	if last == 0 {
		return s
	}
	return out.String() + s[last:]
}

// longestReference is as long as the longest name of a character reference.
const longestReference = 34

// opens tells whether s begins with markup: a tag, or a character reference that stands for something.
func opens(s string) bool {
	if s[0] == '&' {
		s = s[:min(len(s), longestReference)]
		return html.UnescapeString(s)[0] != '&' || strings.HasPrefix(strings.ToLower(s), "&amp")
	}
	next := s[1]
	return next >= 'a' && next <= 'z' || next >= 'A' && next <= 'Z' || next == '/' || next == '!' || next == '?'
}
