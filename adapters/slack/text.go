package slack

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
)

// clean returns text as a reader may see it: valid UTF-8, no control character but newlines, no marks that turn the
// direction of text, no tags, and joiners only where a script or an emoji needs them.
func clean(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	var before rune
	for i, r := range s {
		switch {
		case r == '\t' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			r = ' '
		case r == utf8.RuneError, r != '\n' && unicode.IsControl(r), steers(r):
			continue
		case r == zeroWidthJoiner || r == zeroWidthNonJoiner:
			next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
			if !joins(before, r) || !joins(next, r) && next != utf8.RuneError {
				continue
			}
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

// steers tells whether a rune turns text about, or is a tag: nothing that a reader sees.
func steers(r rune) bool {
	switch {
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x200E, r == 0x200F, r == 0x061C, r == 0xFEFF:
		return true
	}
	return r >= 0xE0000 && r <= 0xE007F
}

// joins tells whether a joiner has a meaning beside r: in scripts that shape their letters, and in emoji.
func joins(r, joiner rune) bool {
	if unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Nko, unicode.Mongolian, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi,
		unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer,
		unicode.Myanmar, unicode.Tibetan, unicode.Thaana) {
		return true
	}
	return joiner == zeroWidthJoiner && (unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r) || r == 0xFE0F || r == 0x20E3)
}

// line is clean as one line.
func line(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// units counts UTF-16 units, the strictest way in which Slack may count characters.
func units(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

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

// webURL returns an address that may be a link: absolute http(s) with a host, without a user, white space or control
// characters, of at most most units; "" for any other. What could end a link in the fallback text is percent-encoded.
func webURL(s string, most int) string {
	if strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || steers(r) }) >= 0 {
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
