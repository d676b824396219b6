package console

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/seed-6c43f0f2/attache/adapters/visible"
	"github.com/seed-6c43f0f2/attache/alerts"
)

// fired returns the different texts that watches fired on, the longest first.
func fired(a alerts.Alert) []string {
	var texts []string
	for _, h := range a.Matches {
		for _, e := range h.Evidence {
			if text := visible.Line(e.Text); text != "" && !slices.Contains(texts, text) && len(texts) < 50 {
				texts = append(texts, text)
			}
		}
	}
	slices.SortStableFunc(texts, func(a, b string) int { return len(b) - len(a) })
	return texts
}

// mark returns text as spans in which what fired stands out, wherever it is a word of its own. The evidence's offsets
// are not used: they count in the article, and what is shown is cut and cleaned.
func mark(text string, found []string, base, hit style) []span {
	var spans []span
	plain := 0
	for at := 0; at < len(text); {
		length := 0
		for _, f := range found {
			if strings.HasPrefix(text[at:], f) && standsAlone(text, at, at+len(f)) {
				length = len(f)
				break
			}
		}
		if length == 0 {
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
			continue
		}
		if plain < at {
			spans = append(spans, span{text: text[plain:at], style: base})
		}
		spans = append(spans, span{text: text[at : at+length], style: hit})
		at += length
		plain = at
	}
	if plain < len(text) {
		spans = append(spans, span{text: text[plain:], style: base})
	}
	return spans
}

// standsAlone tells whether text[from:to] is no part of a longer word or character.
func standsAlone(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	first, _ := utf8.DecodeRuneInString(text[from:])
	last, _ := utf8.DecodeLastRuneInString(text[:to])
	after, _ := utf8.DecodeRuneInString(text[to:])
	return !grown(before, first) && !grown(last, after)
}

// grown tells whether b goes on with the word or character of a. Ideographs are words by themselves.
func grown(a, b rune) bool {
	if unicode.In(b, unicode.Mn, unicode.Me, unicode.Mc) || b == '\u200d' {
		return true
	}
	if ideographic(a) || ideographic(b) {
		return false
	}
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return word(a) && word(b)
}

// address returns an http(s) address in printable ASCII, the rest percent-encoded, or "" if it is none.
func address(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }) {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	u.User = nil // it only looks like another host
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for _, c := range []byte(u.String()) {
		if c > ' ' && c < 0x7F {
			b.WriteByte(c)
			continue
		}
		b.WriteString("%" + string(hex[c>>4]) + string(hex[c&15]))
	}
	return b.String()
}
