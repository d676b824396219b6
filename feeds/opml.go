package feeds

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/net/html"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// The bounds of a list of feeds.
const (
	MaxOPML     = 16 << 20 // bytes
	maxOutlines = 50_000
	maxNesting  = 200
)

// An Outline is a feed as an OPML list names it (OPML 2.0, http://opml.org/spec2.opml). Groups of feeds are read through.
type Outline struct {
	Title string // plain text on one line; "" if the list gives none
	URL   string // as the list has it, not checked
	Line  int    // of the list, from 1; 0 when it is written
}

// ReadOPML reads a list of feeds, more forgivingly than XML allows: any encoding, stray ampersands and brackets, names in any
// case, elements that are not closed. Where the list breaks off, the feeds up to there come with an error that wraps an
// *alerts.Invalid and names the line; so does the error for what is no list, which comes with none.
func ReadOPML(body []byte) ([]Outline, error) {
	if len(body) > MaxOPML {
		return nil, opmlError("The list is larger than %s. Split it.", size(MaxOPML))
	}
	body, err := unpack(body, MaxOPML)
	if err != nil {
		return nil, fmt.Errorf("unpack list: %w", err)
	}
	text, _ := decode(body, "")
	root, _ := findRoot(strings.TrimLeft(text, "\ufeff\x00 \t\r\n"))
	if root != "opml" && root != "outline" {
		return nil, notOPML(root)
	}
	return readOutlines(text, root == "opml")
}

// readOutlines reads tags as browsers do, since no XML parser takes what is in use. whole tells whether the list must end
// with its root's end tag.
func readOutlines(text string, whole bool) (out []Outline, err error) {
	z := html.NewTokenizer(strings.NewReader(text))
	line, depth := 1, 0
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			if whole {
				return out, opmlError("The list breaks off in line %d; what should stand after it is missing.", 1+strings.Count(strings.TrimRight(text, " \t\r\n"), "\n"))
			}
			return out, nil
		}
		here := line
		line += bytes.Count(z.Raw(), []byte("\n"))
		z.NextIsNotRawText() // the elements of this language are others
		name, more := z.TagName()
		switch {
		case kind == html.EndTagToken && string(name) == "opml":
			return out, nil
		case kind == html.EndTagToken:
			depth = max(depth-1, 0)
			continue
		case kind != html.StartTagToken && kind != html.SelfClosingTagToken:
			continue
		case kind == html.StartTagToken:
			depth++
		}
		if depth > maxNesting {
			return out, opmlError("Line %d is nested more than %d deep; what stands after it is not read.", here, maxNesting)
		}
		if string(name) != "outline" {
			continue
		}
		if o, ok := outline(attributes(z, more)); ok {
			o.Line = here
			if out = append(out, o); len(out) >= maxOutlines {
				return out, opmlError("The list has more than %d feeds; what stands after line %d is not read. Split it.", maxOutlines-1, here)
			}
		}
	}
}

// outline reads an element's attributes; ok is false for what is no feed.
func outline(attr map[string]string) (o Outline, ok bool) {
	o.URL = strings.TrimSpace(attr["xmlurl"])
	kind := strings.ToLower(strings.TrimSpace(attr["type"]))
	isFeed := kind == "rss" || kind == "atom"
	if o.URL == "" && isFeed {
		o.URL = strings.TrimSpace(attr["url"])
	}
	if o.Title = oneLine(attr["title"]); o.Title == "" {
		o.Title = oneLine(attr["text"])
	}
	o.Title = cutRunes(o.Title, MaxTitle)
	return o, o.URL != "" || isFeed
}

func opmlError(format string, args ...any) error {
	return fmt.Errorf("read list: %w", &alerts.Invalid{Say: fmt.Sprintf(format, args...)})
}

func notOPML(root string) error {
	switch root {
	case "rss", "feed", "rdf", "channel":
		return opmlError("This is a feed, not a list of feeds. Add it by its address.")
	case "html":
		return opmlError("This is a web page, not a list of feeds (OPML).")
	}
	return opmlError("This is not a list of feeds. Give an OPML file, as feed readers export it.")
}

// WriteOPML writes a list of feeds as OPML 2.0.
func WriteOPML(w io.Writer, title string, at time.Time, feeds []Outline) error {
	type entry struct {
		Type  string `xml:"type,attr"`
		Text  string `xml:"text,attr"`
		Title string `xml:"title,attr"`
		URL   string `xml:"xmlUrl,attr"`
	}
	list := struct {
		XMLName xml.Name `xml:"opml"`
		Version string   `xml:"version,attr"`
		Title   string   `xml:"head>title"`
		Created string   `xml:"head>dateCreated"`
		Feeds   []entry  `xml:"body>outline"`
	}{Version: "2.0", Title: title, Created: at.UTC().Format(time.RFC1123Z)}
	for _, f := range feeds {
		list.Feeds = append(list.Feeds, entry{"rss", f.Title, f.Title, f.URL})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("write list: %w", err)
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(list); err != nil {
		return fmt.Errorf("write list: %w", err)
	}
	if _, err := io.WriteString(w, "\n"); err != nil {
		return fmt.Errorf("write list: %w", err)
	}
	return nil
}
