package feeds

import (
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestCanonical(t *testing.T) {
	same := [][]string{
		{
			"https://gazette.example/news/1", "http://gazette.example/news/1", "HTTPS://WWW.Gazette.Example:443/news/1/",
			"http://gazette.example:80/news/1#comments", "https://m.gazette.example/news/1?utm_source=rss&fbclid=x",
			"https://amp.gazette.example/news/1", "https://gazette.example/news/1/amp/", "https://gazette.example/./news/x/../1",
			"https://user:pw@gazette.example/news/1?", "https://www.m.gazette.example./news/1.amp", " https://gazette.example/news/1 ",
		},
		{"https://a.example/?b=2&a=1", "http://a.example?a=1&b=2", "https://a.example/index.html?a=1&UTM_Medium=x&b=2&gclid="},
		{"https://xn--kaai-epa.example/x", "https://kaaié.example/x"},
		{"https://a.example/%D0%B0", "https://a.example/а"},
	}
	keys := map[string]bool{}
	for _, group := range same {
		want := Canonical(group[0])
		require.NotEmpty(t, want)
		require.False(t, keys[want], "two groups are one: %s", want)
		keys[want] = true
		for _, u := range group {
			require.Equal(t, want, Canonical(u), u)
		}
	}
	require.Equal(t, "https://gazette.example/news/1", Canonical(same[0][0]))

	different := []string{
		"https://a.example/1", "https://a.example/2", "https://b.a.example/1", "https://a.example:8443/1", "https://a.example/1?id=1",
		"https://a.example/1?id=2", "https://a.example/1?page", "https://a.example/A", "https://a.example/a", "https://a.example/x%2Fy",
		"https://a.example/x/y", "https://a.example/#!/1", "https://www.com/1", "https://[2001:db8::1]/1",
	}
	seen := map[string]string{}
	for _, u := range different {
		c := Canonical(u)
		require.Empty(t, seen[c], "%s and %s", u, seen[c])
		seen[c] = u
	}
	for _, u := range []string{"", "x", "/1", "ftp://a.example/1", "javascript:alert(1)", "https://", "https:///x", "mailto:a@b.example", "http://%41/"} {
		require.Empty(t, Canonical(u), u)
	}
}

func FuzzCanonical(f *testing.F) {
	for _, s := range []string{
		"https://www.a.example/x/?utm_source=a&b=%zz", "http://[::1]:80/", "http://a%20b/", "https://m.m.example//..//x?;a=1",
		"https://a.example/%2e%2e/%2F", "https://ẞ.example/x.amp/amp", "http://a.example?&&=&==", "https://a.example/\u202e",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := Canonical(s)
		if c == "" {
			return
		}
		u, err := url.Parse(c)
		require.NoError(t, err)
		require.Equal(t, "https", u.Scheme)
		require.NotEmpty(t, u.Host)
		require.Equal(t, strings.ToLower(u.Host), u.Host)
		require.True(t, utf8.ValidString(c))
		require.Equal(t, c, Canonical(c), "not stable")
	})
}
