package adaptertest

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// squash removes what a reader can't tell apart: white space, so that wrapping and paragraphs don't matter, and the
// zero-width space and word joiner by which some adapters break up a mention.
func squash(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u200b' || r == '\u2060' {
			return -1
		}
		return r
	}, s)
}

// sees fails t unless a reader of m sees want, letter by letter.
func sees(t testing.TB, m Message, what, want string) {
	t.Helper()
	if !strings.Contains(squash(m.Text), squash(want)) {
		t.Errorf("%s: a reader does not see %q in\n%s", what, want, m.Text)
	}
}

// leadsTo fails t unless the reader can get at the address, by a link or by reading it.
func leadsTo(t testing.TB, m Message, what, address string) {
	t.Helper()
	readable := slices.Concat(m.Links, strings.Fields(m.Text))
	if !slices.ContainsFunc(readable, func(l string) bool { return sameAddress(l, address) }) &&
		!strings.Contains(squash(m.Text), squash(address)) {
		t.Errorf("%s: no way to %s from links %q and text\n%s", what, address, m.Links, m.Text)
	}
}

// harmless fails t if the message pings somebody, leads elsewhere than the alert says, holds characters that lie about
// the text, or breaks a rule of the vendor's.
func harmless(t testing.TB, m Message, what string, a alerts.Alert) {
	t.Helper()
	if len(m.Mentions) > 0 {
		t.Errorf("%s: pinged %q by\n%s", what, m.Mentions, m.Text)
	}
	sound(t, m, what, a)
}

// sound is harmless but for pings.
func sound(t testing.TB, m Message, what string, a alerts.Alert) {
	t.Helper()
	if len(m.Bad) > 0 {
		t.Errorf("%s: the vendor complains: %q", what, m.Bad)
	}
	for _, l := range m.Links {
		if !ours(l, a) {
			t.Errorf("%s: leads to %q, which is no http(s) address of the alert's, by\n%s", what, l, m.Text)
		}
	}
	for i, r := range m.Text {
		if lies(r) {
			t.Errorf("%s: shows the character %U at byte %d of %q", what, r, i, m.Text)
			return
		}
	}
}

// ours tells whether the link is one of the alert's own http(s) addresses.
func ours(link string, a alerts.Alert) bool {
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return false
	}
	return sameAddress(link, a.URL) ||
		slices.ContainsFunc(a.Stories, func(p alerts.Piece) bool { return sameAddress(link, p.URL) }) ||
		slices.ContainsFunc(a.Sources, func(s alerts.AlertSource) bool { return sameAddress(link, s.URL) })
}

// sameAddress compares addresses as a browser would: however much of them is percent-encoded.
func sameAddress(a, b string) bool {
	if a == b {
		return true
	}
	u, errU := url.Parse(a)
	v, errV := url.Parse(b)
	if errU != nil || errV != nil {
		return false
	}
	plain := func(s string) string {
		if p, err := url.PathUnescape(s); err == nil {
			return p
		}
		return s
	}
	rooted := func(p string) string { return "/" + strings.TrimPrefix(p, "/") }
	return strings.EqualFold(u.Scheme, v.Scheme) && strings.EqualFold(u.Host, v.Host) && rooted(u.Path) == rooted(v.Path) &&
		plain(u.RawQuery) == plain(v.RawQuery) && u.Fragment == v.Fragment
}

// lies tells whether a character must never reach a reader: controls, bidi controls, tags.
// Zero-width joiners are checked where they stand, since emoji and some scripts need them.
func lies(r rune) bool {
	switch {
	case r == '\n':
		return false
	case unicode.Is(unicode.Cc, r):
		return true
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x200E, r == 0x200F, r == 0x061C:
		return true
	}
	return r >= 0xE0000 && r <= 0xE007F
}
