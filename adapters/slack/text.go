package slack

import (
	"net/url"
	"strings"
	"unicode"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"github.com/seed-6c43f0f2/attache/adapters/visible"
)

// clean returns text as a reader may see it.
func clean(s string) string { return visible.Clean(s) }

// line is clean as one line.
func line(s string) string { return visible.Line(s) }

// units counts UTF-16 units, the strictest way in which Slack may count characters.
func units(s string) int { return visible.UTF16(s) }

const ellipsis = "…"

// cut shortens text to at most most units, at the end of a grapheme and with an ellipsis.
func cut(s string, most int) string {
	return cutDrawn(s, most, func(grapheme string) string { return grapheme })
}

// escapeCut escapes text for the fallback, at most most units long afterwards.
func escapeCut(s string, most int) string { return cutDrawn(s, most, escape) }

// cutDrawn draws text grapheme by grapheme into at most most units.
func cutDrawn(s string, most int, draw func(string) string) string {
	if drawn := draw(s); units(drawn) <= most {
		return drawn
	}
	var b strings.Builder
	left := most - units(ellipsis)
	for it := graphemes.FromString(s); it.Next(); {
		g := draw(it.Value())
		if left -= units(g); left < 0 {
			break
		}
		b.WriteString(g)
	}
	return strings.TrimRightFunc(b.String(), unicode.IsSpace) + ellipsis
}

// escape writes text so that Slack reads no link, mention or date in it.
// https://docs.slack.dev/messaging/formatting-message-text#escaping
func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// unescape undoes escape, in what people typed.
func unescape(s string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}

// webURL returns an address that may be a link: absolute http(s) with a host, without a user, white space or what can't be
// seen, of at most most units; "" for any other. What could end a link in the fallback text is percent-encoded.
func webURL(s string, most int) string {
	if strings.ContainsFunc(s, unicode.IsSpace) || visible.Clean(s) != s {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return ""
	}
	u.User = nil
	address := strings.NewReplacer("<", "%3C", ">", "%3E", "|", "%7C", `"`, "%22").Replace(u.String())
	if units(address) > most {
		return ""
	}
	return address
}
