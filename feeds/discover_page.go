package feeds

import (
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"
)

// The bounds of what is looked at on a page, so that no page is work without end.
const (
	maxPageSeen   = 2 << 20 // bytes
	maxPageAttrs  = 64      // of one tag
	maxCandidates = 12      // of each kind
	maxAddress    = 2000    // bytes of an address, as in chat
)

// candidates are the addresses at which a page's feeds may be, best first, each once.
type candidates struct {
	named  []string // by the page's own link tags
	likely []string // its links whose address or words look like a feed's
	usual  []string // where sites of that kind have them
	seen   map[string]bool
}

// lookFor reads the tags of a page that came from base.
func lookFor(page string, base *url.URL) candidates {
	c := candidates{seen: map[string]bool{}}
	if base == nil {
		return c
	}
	r := pageReader{candidates: &c, from: base}
	z := html.NewTokenizer(strings.NewReader(page[:min(len(page), maxPageSeen)]))
	z.SetMaxBuf(maxPageSeen)
	for {
		switch z.Next() {
		case html.ErrorToken:
			c.guess(base)
			return c
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			if tag := string(name); tag == "base" || tag == "link" || tag == "a" {
				r.tag(tag, attributes(z, more))
			}
		case html.TextToken:
			if r.anchor != "" && feedWord(string(z.Text())) {
				c.likely = c.add(c.likely, r.anchor)
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == "a" {
				r.anchor = ""
			}
		case html.CommentToken, html.DoctypeToken:
		}
	}
}

// A pageReader is a page as far as it was read.
type pageReader struct {
	*candidates
	from   *url.URL // what links are relative to
	anchor string   // the address of the link that is open, "" if none is
}

// tag reads a start tag that may name a feed, or what links are relative to.
func (r *pageReader) tag(name string, attr map[string]string) {
	address := link(r.from, attr["href"])
	switch {
	case name == "base":
		if u := parseBase(address); u != nil {
			r.from = u
		}
	case name == "a":
		r.anchor = address
		if feedType(attr["type"]) || feedLike(address) {
			r.likely = r.add(r.likely, address)
		}
	case hasWord(attr["rel"], "alternate") && pageFeedType(attr["type"]):
		r.named = r.add(r.named, address)
	}
}

func attributes(z *html.Tokenizer, more bool) map[string]string {
	attr := map[string]string{}
	for n := 0; more && n < maxPageAttrs; n++ {
		var key, val []byte
		key, val, more = z.TagAttr()
		if _, twice := attr[string(key)]; !twice {
			attr[string(key)] = string(val)
		}
	}
	return attr
}

// add appends an address that is none of the others.
func (c *candidates) add(list []string, address string) []string {
	u, err := url.Parse(address)
	if err != nil || address == "" || len(address) > maxAddress || len(list) >= maxCandidates {
		return list
	}
	u.Fragment, u.User = "", nil
	if address = u.String(); c.seen[address] {
		return list
	}
	c.seen[address] = true
	return append(list, address)
}

// guess adds the usual addresses: those of the page's own folder, since many a blog is a part of a site, then the site's.
func (c *candidates) guess(page *url.URL) {
	folder := page.Path
	if !strings.HasSuffix(folder, "/") {
		if folder = path.Dir(folder); path.Ext(page.Path) == "" {
			folder = page.Path
		}
	}
	folder = strings.TrimSuffix(folder, "/")
	if folder != "" && folder != "." {
		for _, name := range []string{"feed", "rss.xml", "index.xml", "atom.xml"} {
			c.usual = c.add(c.usual, page.ResolveReference(&url.URL{Path: folder + "/" + name}).String())
		}
	}
	for _, name := range []string{"feed", "rss.xml", "atom.xml", "index.xml", "feed.xml", "rss", "feed.json", "feeds/posts/default"} {
		c.usual = c.add(c.usual, page.ResolveReference(&url.URL{Path: "/" + name}).String())
	}
}

// pageFeedType tells whether a link tag's type may be a feed's. Some sites write plain XML; JSON is a feed's only as such,
// since every page of one of the great blog systems names its application interface as alternate JSON.
func pageFeedType(t string) bool {
	t, _, _ = strings.Cut(strings.ToLower(t), ";")
	switch strings.TrimSpace(t) {
	case "application/xml", "text/xml", "application/rss", "application/atom", "text/rss+xml", "text/atom+xml":
		return true
	}
	return feedType(t)
}

// feedLike tells whether a link's address looks like a feed's.
func feedLike(address string) bool {
	u, err := url.Parse(address)
	if err != nil || address == "" {
		return false
	}
	p := strings.TrimSuffix(strings.ToLower(u.Path), "/")
	for _, end := range []string{".rss", ".atom", ".rdf"} {
		if strings.HasSuffix(p, end) {
			return true
		}
	}
	switch last := path.Base(p); {
	case last == "feed", last == "feeds", last == "rss", last == "atom", last == "feed.json":
		return true
	case path.Ext(last) == ".xml":
		for _, word := range []string{"rss", "feed", "atom", "index"} {
			if strings.Contains(last, word) {
				return !strings.Contains(last, "sitemap")
			}
		}
	}
	for key, values := range u.Query() {
		if key == "feed" || key == "format" || key == "type" || key == "output" {
			for _, v := range values {
				if v = strings.ToLower(v); strings.HasPrefix(v, "rss") || v == "atom" || v == "feed" {
					return true
				}
			}
		}
	}
	return false
}

// feedWord tells whether a link's words say that a feed is behind it.
func feedWord(text string) bool {
	if len(text) > 60 {
		return false
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r == '-' || r == ' ' || r == '\n' || r == '\t' || r == ':' || r == '/' }) {
		if w == "rss" || w == "atom" || w == "rss2" || w == "rss-feed" || w == "xml-feed" {
			return true
		}
	}
	return false
}
