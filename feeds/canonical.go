package feeds

import (
	"fmt"
	"net"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/idna"
)

// Canonical returns the address by which two links to one page are known to be equal: "" if rawURL is no absolute
// http(s) URL. It is a key, not a link to follow: http counts as https, and the host lacks "www." and "m."; a link that
// only leads on and carries its destination counts as that. Applying it again changes nothing.
func Canonical(rawURL string) string {
	key := canonical(rawURL)
	for {
		inner := canonical(unwrap(key))
		if inner == "" || len(inner) >= len(key) {
			return key
		}
		key = inner
	}
}

// canonical is Canonical of the link as it stands.
func canonical(rawURL string) string {
	u, err := url.Parse(strings.TrimSpace(rawURL))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	host := canonicalHost(u)
	if host == "" {
		return ""
	}
	out := url.URL{Scheme: "https", Host: host}
	out.Path, out.RawPath = canonicalPath(u)
	out.RawQuery = canonicalQuery(u.RawQuery)
	if strings.HasPrefix(u.Fragment, "!") {
		out.Fragment = u.Fragment // an old way to name pages
	}
	return out.String()
}

// canonicalHost returns the host in lower case and ASCII, without the prefixes of mobile and AMP versions, with its port
// unless that is the scheme's own.
func canonicalHost(u *url.URL) string {
	host, port := strings.TrimRight(strings.ToLower(u.Hostname()), "."), u.Port()
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		host = ascii
	}
	if host == "" || strings.ContainsAny(host, "%/?#@[] \\<>\"") {
		return ""
	}
	for trimmed := true; trimmed; {
		trimmed = false
		for _, prefix := range []string{"www.", "m.", "mobile.", "amp."} {
			if rest, ok := strings.CutPrefix(host, prefix); ok && strings.Contains(rest, ".") {
				host, trimmed = rest, true
			}
		}
	}
	if port == "80" || port == "443" {
		port = ""
	}
	switch {
	case port != "":
		return net.JoinHostPort(host, port)
	case strings.Contains(host, ":"):
		return "[" + host + "]"
	}
	return host
}

// canonicalPath returns the path without dot segments, trailing slash, index page and AMP suffix; "" for the root.
// The escaped form is kept where it differs, so that %2F stays apart from a slash.
func canonicalPath(u *url.URL) (plain, raw string) {
	p := u.EscapedPath()
	for before := ""; p != before; {
		before = p
		p = path.Clean("/" + p)
		for _, suffix := range []string{"/amp", "/index.html", "/index.htm", "/index.php", ".amp"} {
			p = strings.TrimSuffix(p, suffix)
		}
		p = strings.TrimSuffix(p, "/")
	}
	plain, err := url.PathUnescape(p)
	if err != nil {
		return p, ""
	}
	return plain, p
}

// canonicalQuery drops the parameters that only count visitors and sorts the rest; equal ones stay in order.
func canonicalQuery(query string) string {
	var kept []string
	for _, part := range strings.FieldsFunc(query, func(r rune) bool { return r == '&' }) {
		name, _, _ := strings.Cut(part, "=")
		if plain, err := url.QueryUnescape(name); err == nil {
			name = plain
		}
		if !tracks(strings.ToLower(name)) {
			kept = append(kept, escapeBytes(part))
		}
	}
	slices.SortStableFunc(kept, func(a, b string) int {
		an, _, _ := strings.Cut(a, "=")
		bn, _, _ := strings.Cut(b, "=")
		return strings.Compare(an, bn)
	})
	return strings.Join(kept, "&")
}

// escapeBytes writes every byte that a URL may not hold as it stands as %XX.
func escapeBytes(s string) string {
	var out strings.Builder
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7F || strings.IndexByte("\"<>\\^`{|}#", c) >= 0 {
			fmt.Fprintf(&out, "%%%02X", c)
		} else {
			out.WriteByte(c)
		}
	}
	return out.String()
}

// tracks tells whether a query parameter of that name, in lower case, says where a visitor came from and never which
// page is meant.
func tracks(name string) bool {
	for _, prefix := range []string{"utm_", "at_medium", "at_campaign", "at_custom", "mtm_", "pk_", "hsa_", "ns_", "wt_", "itm_", "__hs"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	switch name {
	case "", "fbclid", "gclid", "dclid", "gclsrc", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid", "ttclid", "igshid",
		"igsh", "mc_cid", "mc_eid", "mkt_tok", "oly_anon_id", "oly_enc_id", "vero_id", "_hsenc", "_hsmi", "_ga", "_gl",
		"wt.mc_id", "wtmc", "cmpid", "cmp", "ito", "ftag", "partner", "xtor", "ocid", "ncid", "smid", "sref", "traffic_source",
		"amp", "outputtype", "rss", "feature", "guccounter", "guce_referrer", "guce_referrer_sig", "ref_src", "ref_url", "taid",
		"spm", "from_rss", "mod", "srnd", "cid_source", "_openstat":
		return true
	}
	return false
}
