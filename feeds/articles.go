package feeds

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// The bounds of what is kept of an article, in runes. What is longer is cut at its end, so that places in it stay where they are.
const (
	MaxText       = 200_000
	MaxTitle      = 1_000
	maxAuthor     = 300
	maxCategory   = 200
	maxCategories = 50
	maxKey        = 500
	titleWords    = 12 // of the text, where an item has no title
)

// Articles returns the document's items as articles of f that were first read at seen, in the document's order, each
// key once.
func (d Document) Articles(f alerts.Feed, seen time.Time) []alerts.Article {
	return d.list(f, seen).articles
}

// A listing is a document's items as articles.
type listing struct {
	articles []alerts.Article
	ahead    []int // how many of the articles come before each of the items
	shares   bool  // items have an id or a page in common that names none of them
}

func (d Document) list(f alerts.Feed, seen time.Time) listing {
	articles, ahead := make([]alerts.Article, 0, len(d.Items)), make([]int, 0, len(d.Items))
	canonical := make([]string, len(d.Items))
	for i, item := range d.Items {
		canonical[i] = Canonical(item.URL)
	}
	known := make(map[string]bool, len(d.Items))
	shared, pages := d.sharedIDs(canonical), d.sharedPages(canonical)
	for i, item := range d.Items {
		ahead = append(ahead, len(articles))
		if shared[item.ID] {
			item.ID = ""
		}
		a := alerts.Article{
			Feed: f.ID, URL: unwrap(item.URL), Canonical: canonical[i], Title: cutRunes(item.Title, MaxTitle),
			Text: cutRunes(body(item), MaxText), Author: cutRunes(item.Author, maxAuthor), Categories: kept(item.Categories),
			Language:  firstLanguage(item.language, d.Feed.Language, f.Source.Language),
			Published: believed(item.Published, seen), Updated: believed(item.Updated, seen), Seen: seen.UTC(), Raw: item.raw,
		}
		if pages[a.Canonical] {
			a.Canonical = ""
		}
		if a.Title == "" {
			a.Title = opening(a.Text)
		}
		if a.Title == "" && a.URL == "" {
			continue // nothing to tell
		}
		a.Key = key(item, a)
		if !known[a.Key] {
			known[a.Key] = true
			articles = append(articles, a)
		}
	}
	delete(shared, "")
	delete(pages, "")
	return listing{articles, ahead, len(shared)+len(pages) > 0}
}

// Cut cuts an article that comes from elsewhere as those of feeds are cut, to MaxTitle and MaxText; cut tells whether it was longer.
func Cut(title, text string) (keptTitle, keptText string, cut bool) {
	keptTitle, keptText = cutRunes(title, MaxTitle), cutRunes(text, MaxText)
	return keptTitle, keptText, len(keptTitle) < len(title) || len(keptText) < len(text)
}

// sharedIDs returns the ids that name none of the items that bear them: all items of a feed have it in common, or three
// and more whose titles and pages differ. Two may be one item and its correction.
func (d Document) sharedIDs(canonical []string) map[string]bool {
	first, differ, shared, same := map[string]int{}, map[string]int{}, map[string]bool{}, len(d.Items) > 1
	for i, item := range d.Items {
		other, there := first[item.ID]
		if !there {
			first[item.ID] = i
		} else if d.Items[other].Title != item.Title && (canonical[other] != canonical[i] || item.URL == "") {
			if differ[item.ID]++; differ[item.ID] > 1 {
				shared[item.ID] = true
			}
		}
		same = same && item.ID == d.Items[0].ID
	}
	if same {
		shared[d.Items[0].ID] = true
	}
	return shared
}

// sharedPages returns the canonical URLs that items of different titles and ids have in common, such as a page of
// changes with an anchor for each: they name none of these items.
func (d Document) sharedPages(canonical []string) map[string]bool {
	first, shared := map[string]Item{}, map[string]bool{}
	for i, item := range d.Items {
		page := canonical[i]
		other, there := first[page]
		if !there {
			first[page] = item
		} else if other.Title != item.Title && (other.ID != item.ID || item.ID == "") {
			shared[page] = true
		}
	}
	return shared
}

// key returns the item's id, else its canonical URL, else a hash of title and date (of the text, where there is no title
// and no date). Ids that are URLs are compared as such, since feeds turn from http to https.
func key(item Item, a alerts.Article) string {
	id := item.ID
	if rest, ok := strings.CutPrefix(id, "http://"); ok {
		id = "https://" + rest
	}
	if id == "" {
		id = a.Canonical
	}
	if id != "" && utf8.RuneCountInString(id) <= maxKey {
		return id
	}
	parts := []string{id}
	if id == "" {
		parts = []string{a.Title, value(item.Published).Format(time.RFC3339)}
		if item.Title == "" && item.Published == nil {
			parts = []string{a.Text}
		}
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return "sha256:" + strings.ToLower(base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:]))
}

// body returns the longer of content and summary, without the title that some feeds repeat at its beginning.
func body(item Item) string {
	text := item.Content
	if len(item.Summary) > len(text) {
		text = item.Summary
	}
	if text == item.Title {
		return ""
	}
	if rest, ok := strings.CutPrefix(text, item.Title+"\n"); ok && item.Title != "" {
		return strings.TrimSpace(rest)
	}
	return text
}

// opening returns the first words of a text as a title.
func opening(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	words := strings.Fields(line)
	if len(words) > titleWords {
		return cutRunes(strings.Join(words[:titleWords], " "), 120) + "…"
	}
	if title := strings.Join(words, " "); utf8.RuneCountInString(title) > 120 {
		return cutRunes(title, 119) + "…" // a script without spaces
	}
	return strings.Join(words, " ")
}

func kept(categories []string) []string {
	out := make([]string, 0, min(len(categories), maxCategories))
	for _, c := range categories[:min(len(categories), maxCategories)] {
		out = append(out, cutRunes(c, maxCategory))
	}
	return out
}

// believed returns the date of an item, zero where it is absent, is of before there were feeds (a clock at zero, an empty
// cell) or lies in the future by more than a slip of the time zone.
func believed(t *time.Time, seen time.Time) time.Time {
	const slip, firstFeeds = 36 * time.Hour, 1995
	if t == nil || t.Year() < firstFeeds || t.After(seen.Add(slip)) {
		return time.Time{}
	}
	return *t
}

func value(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

// firstLanguage returns the first of the tags that is one, in its canonical form; "" if none is.
func firstLanguage(tags ...string) string {
	for _, tag := range tags {
		if t, err := language.Parse(strings.TrimSpace(tag)); err == nil && t != language.Und {
			return t.String()
		}
	}
	return ""
}
