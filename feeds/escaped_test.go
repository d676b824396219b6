package feeds

import (
	"html"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	tokens "golang.org/x/net/html"
)

func TestEscaped(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "AT&T, 5 < 6 & 7 > 2": "AT&T, 5 < 6 & 7 > 2", "vector<int>": "vector&lt;int>", "</b><!-- x --><?x": "&lt;/b>&lt;!-- x -->&lt;?x",
		"&lt;": "&amp;lt;", "&#60;": "&amp;#60;", "a <": "a <", "&": "&", "<é": "<é", "Q & A": "Q & A",
	} {
		require.Equal(t, want, escapeHTML(text))
	}
	doc := Document{Feed: Header{Title: "<a>", Link: "https://a.example/?a=1&b=2"}, Items: []Item{{
		ID: "a&b", URL: "https://a.example/?a=1&b=2", Title: "<a>", Summary: "<a>", Content: "<a>", Author: "<a>", Categories: []string{"<a>"},
	}}}
	got := doc.Escaped()
	const a = "&lt;a>"
	require.Equal(t, Document{Feed: Header{Title: a, Link: "https://a.example/?a=1&b=2"}, Items: []Item{{
		ID: "a&b", URL: "https://a.example/?a=1&b=2", Title: a, Summary: a, Content: a, Author: a, Categories: []string{a},
	}}}, got)
	require.Equal(t, "<a>", doc.Items[0].Title, "the document itself stays")
	require.Equal(t, "<a>", doc.Items[0].Categories[0])
}

// FuzzEscaped: an HTML parser reads of the escaped text what the text was, and no tag.
func FuzzEscaped(f *testing.F) {
	for _, s := range []string{"AT&T", "<b>x</b>", "&amp;lt;", "<!--", "<?php", "&#x3c;b>", "a<", "&notit;"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = tidy(s)
		escaped := escapeHTML(s)
		z := tokens.NewTokenizer(strings.NewReader(escaped))
		for z.Next() != tokens.ErrorToken {
			require.Equal(t, tokens.TextToken, z.Token().Type, "%q", escaped)
		}
		require.Equal(t, s, html.UnescapeString(escaped))
	})
}
