package feeds

import (
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// findRoot returns the local name of the outermost element, in lower case, and where to read from: the beginning, so that
// the document type is seen. Where elements stand before a feed's root (a warning that a server printed, say), it is the
// feed's root.
func findRoot(text string) (name string, at int) {
	name, at = nextElement(text, 0)
	if name == "channel" {
		return name, at
	}
	if isRoot(name) {
		return name, 0
	}
	const window = 16 << 10
	first, from := name, at
	for n, i := first, from; n != "" && i < window; n, i = nextElement(text, i+1) {
		if n == "rss" || n == "rdf" || n == "feed" {
			return n, i
		}
	}
	return first, from
}

func isRoot(name string) bool {
	return name == "rss" || name == "rdf" || name == "feed" || name == "channel"
}

// nextElement returns the first start tag at or after from, skipping comments, declarations and instructions.
func nextElement(text string, from int) (name string, at int) {
	for from < len(text) {
		n := strings.IndexByte(text[from:], '<')
		if n < 0 {
			break
		}
		from += n
		rest := text[from:]
		switch {
		case strings.HasPrefix(rest, "<!--"):
			from = after(text, from, "-->")
		case strings.HasPrefix(rest, "<?"):
			from = after(text, from, "?>")
		case strings.HasPrefix(rest, "<!"):
			from = afterDeclaration(text, from)
		default:
			if name := tagName(rest[1:]); name != "" {
				return localName(name), from
			}
			from++
		}
	}
	return "", len(text)
}

func after(text string, from int, end string) int {
	if n := strings.Index(text[from:], end); n >= 0 {
		return from + n + len(end)
	}
	return len(text)
}

// afterDeclaration returns the position behind a document type, whose inside may hold brackets.
func afterDeclaration(text string, from int) int {
	end := after(text, from, ">")
	if strings.IndexByte(text[from:end], '[') >= 0 {
		return after(text, after(text, from, "]"), ">")
	}
	return end
}

// notFeed says what a body is that is no feed, and what to try.
func notFeed(root, text string, base *url.URL) error {
	say := "This is not a feed. Give the address of an RSS, Atom or JSON feed."
	switch {
	case strings.TrimSpace(text) == "":
		say = "The answer is empty. Check the address; if it is right, try again later."
	case root == "opml":
		say = "This is a list of feeds (OPML), not a feed. Give the address of one of the feeds in it."
	case root == "urlset" || root == "sitemapindex":
		say = "This is a site map, not a feed. Look for the site's RSS or Atom address."
	case root == "html" || root == "head" || root == "body" || strings.Contains(strings.ToLower(text[:min(len(text), 1024)]), "<!doctype html"):
		if challenge(text) {
			return &alerts.Invalid{Say: sayBlocked}
		}
		say = "This is a web page, not a feed. Look on the site for a link named RSS or Feed and give that address."
		if alternate := findAlternate(text, base); alternate != "" {
			say = fmt.Sprintf("This is a web page, not a feed. Its feed seems to be at %s: try that address.", alternate)
		}
	}
	return &alerts.Invalid{Say: say}
}

// findAlternate returns the address of the feed that a web page names in its head, "" if it names none.
func findAlternate(page string, base *url.URL) string {
	const window = 256 << 10
	z := html.NewTokenizer(strings.NewReader(page[:min(len(page), window)]))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			attr := map[string]string{}
			for _, a := range token.Attr {
				attr[a.Key] = a.Val
			}
			switch {
			case token.Data == "base":
				if u := parseBase(link(base, attr["href"])); u != nil {
					base = u
				}
			case token.Data == "link" && hasWord(attr["rel"], "alternate") && feedType(attr["type"]):
				if found := link(base, attr["href"]); found != "" && len(found) <= 500 {
					return found
				}
			}
		}
	}
}

func hasWord(list, word string) bool {
	for _, w := range strings.Fields(strings.ToLower(list)) {
		if w == word {
			return true
		}
	}
	return false
}

func feedType(t string) bool {
	t, _, _ = strings.Cut(strings.ToLower(t), ";")
	switch strings.TrimSpace(t) {
	case "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json":
		return true
	}
	return false
}

// sayBlocked is the status of a feed behind a wall against programs.
const sayBlocked = "Blocked: the site answers with a check that only browsers pass. Ask the publisher for a feed address open to programs."

// challenge tells whether a page is one of the known walls against programs.
func challenge(page string) bool {
	page = strings.ToLower(page[:min(len(page), 32<<10)])
	for _, mark := range []string{
		"<title>just a moment...</title>", "cf-challenge", "cf_chl_opt", "challenge-platform", "attention required! | cloudflare",
		"ddos-guard", "_incapsula_resource", "captcha-delivery.com", "px-captcha", "sucuri website firewall", "awswafcookiedomainlist",
	} {
		if strings.Contains(page, mark) {
			return true
		}
	}
	return false
}
