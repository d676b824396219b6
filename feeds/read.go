package feeds

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"

	"github.com/mmcdole/gofeed"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// maxUnpacked bounds a body that is itself a gzip file, in bytes after unpacking.
const maxUnpacked = 5 << 20

// Read parses an RSS, RDF, Atom or JSON feed. contentType is the HTTP header or ""; base is the URL that it came from,
// or "", against which links are resolved where the feed has no base of its own. Mild faults are mended and named in
// Document.Warnings. An error wraps an *alerts.Invalid that says what the body is instead and what to try.
func Read(body []byte, contentType, base string) (Document, error) {
	return readAnew(body, contentType, base, nil)
}

// readAnew is Read without the items that the sieve knows from before: those are only named.
func readAnew(body []byte, contentType, base string, known *sieve) (Document, error) {
	body, err := unpack(body, maxUnpacked)
	if err != nil {
		return Document{}, fmt.Errorf("unpack feed: %w", err)
	}
	text, warning := decode(body, contentType)
	if mended, ok := undouble(text); ok {
		text, warning = mended, "The feed's text was encoded twice; it was mended."
	}
	doc, err := readText(text, parseBase(base), known)
	if err != nil {
		return Document{}, fmt.Errorf("read feed: %w", err)
	}
	if warning != "" {
		doc.Warnings = append([]string{warning}, doc.Warnings...)
	}
	return doc, nil
}

// cdf finds what only Microsoft's Channel Definition Format has (https://www.w3.org/TR/NOTE-CDFsubmit.html).
var cdf = regexp.MustCompile(`(?i)<(?:item|channel)\s[^<>]*\b(?:href|lastmod)\s*=|<abstract>`)

// readText parses a feed that is decoded.
func readText(text string, base *url.URL, known *sieve) (Document, error) {
	text = strings.TrimLeft(text, "\ufeff\x00 \t\r\n")
	if strings.HasPrefix(text, "{") {
		return readJSON(text, base, known)
	}
	root, at := findRoot(text) // from there on, or from the prolog
	var warnings []string
	switch root {
	case "rss", "feed", "rdf":
	case "channel":
		if !cdf.MatchString(text[at:]) {
			warnings = append(warnings, "The feed lacks its outermost element; it was read as RSS.")
		}
		text, at = "<rss>"+text[at:], 0
		if strings.Contains(text, "</channel") {
			text += "</rss>" // else it ends in the middle
		}
	default:
		return Document{}, notFeed(root, text, base)
	}
	mended, more := mendXML(text[at:], root == "channel", base, known)
	parser := gofeed.NewParser()
	parser.KeepOriginalFeed = true
	parser.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}
	feed, err := parser.ParseString(mended)
	if err != nil {
		return Document{}, fmt.Errorf("%w (%w)", &alerts.Invalid{
			Say: "This looks like a feed but can't be read. Check the address in a browser, or ask the publisher to mend the feed.",
		}, err)
	}
	doc := translate(feed, base)
	doc.Warnings = append(warnings, more...)
	if known != nil {
		doc.sift(known)
	}
	return doc, nil
}

// unpack unpacks a body that is a gzip file, up to limit bytes. Other bodies are returned as they are. Some servers pack
// twice; nobody packs more often.
func unpack(body []byte, limit int64) ([]byte, error) {
	for range 2 {
		if !packed(body) {
			break
		}
		r, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return nil, damaged(err)
		}
		out, err := io.ReadAll(io.LimitReader(r, limit+1))
		if int64(len(out)) > limit {
			return nil, tooLarge(limit)
		}
		if err != nil && (!errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, gzip.ErrChecksum) || len(out) == 0) {
			return nil, damaged(err)
		}
		body = out
	}
	return body, nil
}

// packed tells whether a body is a gzip file (RFC 1952, section 2.3.1).
func packed(body []byte) bool { return bytes.HasPrefix(body, []byte{0x1f, 0x8b, 0x08}) }

func damaged(err error) error {
	return fmt.Errorf("%w (%w)", &alerts.Invalid{Say: "The feed's compressed data is damaged. Try again later, or ask the publisher."}, err)
}

func tooLarge(limit int64) error {
	return &alerts.Invalid{Say: fmt.Sprintf(
		"The feed is larger than %s. If you trust it, raise fetch.max_body in the configuration.", size(limit))}
}

// size writes a number of bytes for people.
func size(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.4g MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.4g KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d bytes", n)
}

// parseBase returns the URL that relative links are resolved against, nil if base is no http(s) URL.
func parseBase(base string) *url.URL {
	u, err := url.Parse(strings.TrimSpace(base))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	u.User = nil
	return u
}

// link returns the absolute http(s) URL of ref, "" if it is none.
func link(base *url.URL, ref string) string {
	ref = strings.TrimSpace(tidy(ref))
	if ref == "" {
		return ""
	}
	u, err := url.Parse(strings.ReplaceAll(ref, " ", "%20"))
	if err != nil {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}
