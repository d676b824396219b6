package feeds

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

const (
	maxTags   = 30_000 // of a page; newspapers' have some 10,000
	leastText = 140    // runes of a text that may be an article
	mostText  = 50_000 // runes of a page's text that are kept
)

var (
	errNoText = errors.New("no article on the page")
	errTags   = errors.New("too many tags")
)

// extract returns the article on a page as plain text. A panic of the library is that page's failure.
func extract(body []byte, contentType, address string) (text string, err error) {
	defer func() {
		if p := recover(); p != nil {
			text, err = "", fmt.Errorf("%w: panic: %v", errNoText, p)
		}
	}()
	source := decodePage(body, contentType)
	if challenge(source) {
		return "", errNoText
	}
	base, err := url.Parse(address)
	if err != nil {
		return "", fmt.Errorf("%w (%w)", errNoText, err)
	}
	slimmed, ok := slim(source)
	if !ok {
		return "", errTags
	}
	parser := readability.NewParser()
	parser.DisableJSONLD = true
	tree, err := html.Parse(strings.NewReader(slimmed)) // the library's own way there guesses the encoding anew
	if err != nil {
		return "", fmt.Errorf("%w (%w)", errNoText, err)
	}
	article, err := parser.ParseAndMutate(tree, base)
	switch {
	case err != nil:
		return "", fmt.Errorf("%w (%w)", errNoText, err)
	case article.Node == nil:
		return "", errNoText
	}
	var out bytes.Buffer
	if err := article.RenderText(&out); err != nil {
		return "", fmt.Errorf("%w (%w)", errNoText, err)
	}
	if text = cutRunes(tidy(out.String()), mostText); utf8.RuneCountInString(text) < leastText {
		return "", errNoText
	}
	return text, nil
}

// decodePage returns a page as UTF-8. What it declares counts, but for a page that is UTF-8 all the same.
func decodePage(body []byte, contentType string) string {
	if utf8.Valid(body) {
		return strings.TrimPrefix(string(body), "\ufeff")
	}
	enc, name, certain := charset.DetermineEncoding(body, contentType)
	if certain && name != "utf-8" {
		return convert(enc, body)
	}
	if good, bad := countUTF8(body); good >= bad {
		return mendUTF8(body)
	}
	text, _ := guess(body)
	return text
}

// slim returns the page with what an article's text can be found by and nothing else: no scripts, styles, drawings, comments,
// no other attributes, and no tags that only style words. Those a parser must open again in each paragraph if they were not
// closed, so that a page of 100 KiB becomes a tree of millions of nodes. ok is false for a page of too many tags.
func slim(page string) (slimmed string, ok bool) {
	var out strings.Builder
	z := html.NewTokenizer(strings.NewReader(page))
	z.SetMaxBuf(pageMost * 2)
	skip, depth := "", 0
	for tags := 0; tags <= maxTags; {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return out.String(), true
		case html.TextToken:
			if skip == "" {
				out.Write(z.Raw())
			}
			continue
		case html.CommentToken, html.DoctypeToken:
			continue
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
		}
		tags++
		name, more := z.TagName()
		tag := string(name)
		end := kind == html.EndTagToken
		switch {
		case skip == "" && unread(tag) && kind == html.StartTagToken:
			skip, depth = tag, 1
		case skip == "" && !styles(tag):
			writeTag(&out, z, tag, more, end)
		case tag == skip && end:
			if depth--; depth == 0 {
				skip = ""
			}
		case tag == skip && kind == html.StartTagToken:
			depth++
		}
	}
	return "", false
}

// unread tells whether an element's inside is no part of an article's text.
func unread(tag string) bool {
	switch tag {
	case "svg", "math", "canvas", "video", "audio", "picture", "map", "plaintext", "xmp", "textarea", "button", "dialog", "frameset":
		return true
	}
	return unseen(atom.Lookup([]byte(tag)))
}

// styles tells whether an element only styles words (the "formatting elements" of the HTML standard, section 13.2.4.3, but
// for links, by whose share navigation is told from text).
func styles(tag string) bool {
	switch tag {
	case "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u", "span", "wbr", "img", "source", "track", "input", "embed",
		"param", "svg":
		return true
	}
	return false
}

// writeTag writes a tag with those of its attributes that tell articles from what stands around them.
func writeTag(out *strings.Builder, z *html.Tokenizer, tag string, more, end bool) {
	if end {
		out.WriteString("</" + tag + ">")
		return
	}
	out.WriteString("<" + tag)
	for n := 0; more && n < maxPageAttrs; n++ {
		var key, val []byte
		key, val, more = z.TagAttr()
		switch string(key) {
		case "class", "id", "role", "style", "hidden", "aria-hidden", "aria-modal", "href", "rel", "itemprop", "name", "property", "content", "lang", "dir":
			if len(val) <= maxAddress {
				out.WriteString(" " + string(key) + `="` + html.EscapeString(string(val)) + `"`)
			}
		}
	}
	out.WriteString(">")
}
