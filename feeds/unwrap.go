package feeds

import (
	"encoding/base64"
	"net/url"
	"strings"
)

// unwrap returns the address of the page itself where link is one of the well-known links that only lead there and carry
// their destination with them; any other link as it stands. It asks nobody. What it returns is shorter than what it was
// given, so that wrapping within wrapping ends.
func unwrap(link string) string {
	for {
		u, err := url.Parse(link)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" {
			return link
		}
		inner, err := url.Parse(strings.TrimSpace(destination(u)))
		if err != nil || !strings.Contains(inner.Hostname(), ".") || inner.Scheme != "http" && inner.Scheme != "https" {
			return link
		}
		inner.User = nil
		if len(inner.String()) >= len(link) {
			return link
		}
		link = inner.String()
	}
}

// destination returns where such a link says that it leads; "" if it is none.
func destination(u *url.URL) string {
	host := canonicalHost(u)
	if strings.HasPrefix(host, "google.") {
		host = "google.com" // in any country
	}
	for _, w := range wrappers() {
		if (host == w.host || w.below && strings.HasSuffix(host, "."+w.host)) && strings.HasPrefix(u.Path, w.path) {
			if to := w.inside(u, w.key); to != "" {
				return to
			}
		}
	}
	return ""
}

// A wrapper is a kind of link that carries its destination.
type wrapper struct {
	host   string
	below  bool // hosts below it, too
	path   string
	key    string
	inside func(u *url.URL, key string) string
}

// wrappers are those that feeds and alert services are known to write.
func wrappers() []wrapper {
	return []wrapper{
		{host: "google.com", path: "/url", key: "url", inside: inQuery}, // Google Alerts
		{host: "google.com", path: "/url", key: "q", inside: inQuery},
		{host: "google.com", path: "/amp/", inside: inAMP},
		{host: "ampproject.org", below: true, inside: inAMP},
		{host: "news.google.com", inside: inGoogleNews},
		{host: "bing.com", path: "/news/apiclick.aspx", key: "url", inside: inQuery}, // Bing News
		{host: "facebook.com", below: true, path: "/l.php", key: "u", inside: inQuery},
		{host: "linkedin.com", path: "/redir/redirect", key: "url", inside: inQuery},
		{host: "youtube.com", path: "/redirect", key: "q", inside: inQuery},
		{host: "duckduckgo.com", path: "/l/", key: "uddg", inside: inQuery},
		{host: "out.reddit.com", key: "url", inside: inQuery},
		{host: "slack-redir.net", path: "/link", key: "url", inside: inQuery},
		{host: "safelinks.protection.outlook.com", below: true, key: "url", inside: inQuery},
		{host: "search.yahoo.com", below: true, inside: inYahoo},
	}
}

// inQuery takes the destination from a parameter.
func inQuery(u *url.URL, key string) string { return u.Query().Get(key) }

// inAMP takes it from the path of a cached copy: /amp/s/HOST/PATH, /c/s/HOST/PATH.
func inAMP(u *url.URL, _ string) string {
	rest := u.EscapedPath()
	for _, prefix := range []string{"/amp/", "/c/", "/v/"} {
		if after, ok := strings.CutPrefix(rest, prefix); ok {
			rest = after
			scheme := "http://"
			if after, ok := strings.CutPrefix(rest, "s/"); ok {
				scheme, rest = "https://", after
			}
			if host, _, _ := strings.Cut(rest, "/"); !strings.Contains(host, ".") {
				return ""
			}
			if u.RawQuery != "" {
				rest += "?" + u.RawQuery
			}
			return scheme + rest
		}
	}
	return ""
}

// inYahoo takes it from a segment of the path: /RU=https%3a%2f%2f.../RK=...
func inYahoo(u *url.URL, _ string) string {
	_, rest, ok := strings.Cut(u.EscapedPath(), "/RU=")
	if !ok {
		return ""
	}
	rest, _, _ = strings.Cut(rest, "/")
	to, err := url.PathUnescape(rest)
	if err != nil {
		return ""
	}
	return to
}

// inGoogleNews takes it from an article's id: a protocol buffer in base64, whose fourth field is the address in ids of the
// older form. The newer form holds nothing but a key to Google's own table, and cannot be resolved by reading it.
func inGoogleNews(u *url.URL, _ string) string {
	id := ""
	for _, before := range []string{"/articles/", "/read/"} {
		if _, rest, ok := strings.Cut(u.Path, before); ok {
			id, _, _ = strings.Cut(rest, "/")
		}
	}
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(id, "="))
	if err != nil || len(raw) == 0 {
		return ""
	}
	for at := range raw { // a field of bytes: its tag, its length as a varint, and the address
		if raw[at] != 0x22 {
			continue
		}
		size, n := 0, 0
		for _, b := range raw[at+1 : min(at+3, len(raw))] {
			size |= int(b&0x7F) << (7 * n)
			if n++; b < 0x80 {
				break
			}
		}
		from := at + 1 + n
		if from+size > len(raw) || size < len("http://a.b") {
			continue
		}
		if to := string(raw[from : from+size]); strings.HasPrefix(to, "http://") || strings.HasPrefix(to, "https://") {
			return to
		}
	}
	return ""
}

// leadsOn tells whether an address is of a host that only sends readers on, and must be asked where to.
func leadsOn(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	switch canonicalHost(u) {
	case "news.google.com", "feedproxy.google.com", "feeds.feedburner.com", "t.co", "bit.ly", "j.mp", "tinyurl.com", "ow.ly", "buff.ly",
		"dlvr.it", "ift.tt", "trib.al", "is.gd", "goo.gl", "lnkd.in", "fb.me", "reut.rs", "nyti.ms", "wapo.st", "bbc.in", "apne.ws", "bloom.bg",
		"on.ft.com", "on.wsj.com", "cnn.it", "ebx.sh", "shorturl.at", "rb.gy", "cutt.ly":
		return len(strings.Trim(u.Path, "/")) > 0
	}
	return false
}
