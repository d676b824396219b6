package feeds

import (
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	sayForbidden = "The feed has characters that XML forbids; they were dropped."
	sayHalf      = "The feed ends in the middle; its last item, half-read, was left out."
	sayEnds      = "The feed ends in the middle; what is there was read."
)

// TestReferencesToForbiddenCharacters: one of them, wherever it stands, costs its character and nothing else.
func TestReferencesToForbiddenCharacters(t *testing.T) {
	places := map[string]string{
		"RSS":       `<rss><channel><title>a%sb</title><item><title>One</title></item></channel></rss>`,
		"Atom":      `<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">a%sb</title><entry><title>One</title></entry></feed>`,
		"attribute": `<rss><channel x="%[1]s"><title y='%[1]s'>ab</title><item><title>One</title></item></channel></rss>`,
		"entity":    `<!DOCTYPE rss [<!ENTITY e "%s">]><rss><channel><title>a&e;b</title><item><title e="&e;">One</title></item></channel></rss>`,
	}
	for place, feed := range places {
		for _, ref := range []string{
			"&#0;", "&#1;", "&#8;", "&#11;", "&#12;", "&#x1F;", "&#x1f;", "&#X1F;", "&#27;", "&#xD800;", "&#xFFFE;", "&#xFFFF;", "&#65535;", "&#1114112;",
		} {
			t.Run(place+ref, func(t *testing.T) {
				doc, err := Read(fmt.Appendf(nil, feed, ref), "", "")
				require.NoError(t, err)
				require.Equal(t, "ab", doc.Feed.Title)
				require.Len(t, doc.Items, 1)
				require.Equal(t, []string{sayForbidden}, doc.Warnings)
			})
		}
		for ref, want := range map[string]string{
			"&#128;": "a€b", "&#146;": "a’b", "&#150;": "a–b", "&#x9F;": "aŸb", "&#129;": "ab", "&#x41;": "aAb", "&#X41;": "aAb",
			"&#38;amp;": "a&b", "&#xE9;": "aéb",
		} {
			if place == "attribute" {
				continue
			}
			t.Run(place+ref, func(t *testing.T) {
				doc, err := Read(fmt.Appendf(nil, feed, ref), "", "")
				require.NoError(t, err)
				require.Equal(t, want, doc.Feed.Title)
				require.Empty(t, doc.Warnings)
			})
		}
	}
}

// TestFeedsThatEndInTheMiddle cuts feeds at every byte: what is left is a beginning of the whole feed's items, each as
// it is in the whole, and what was left out is told.
func TestFeedsThatEndInTheMiddle(t *testing.T) {
	cases := map[string]string{
		"RSS": `<?xml version="1.0"?><rss version="2.0"><channel><title>Cut</title><link>https://cut.example/</link>` +
			`<item><title>One</title><link>https://cut.example/one?a=1&amp;b=2</link><guid>1</guid><description><![CDATA[<p>x</p>]]></description></item>` +
			`<item><title>Two</title><link>/two</link><guid>2</guid><description>&lt;b&gt;y</description></item>` +
			`<item><title>Three</title><link>/three</link><guid>3</guid><description>z</description></item></channel></rss>`,
		"no root": `<channel><title>Cut</title><item><guid>1</guid><link>https://cut.example/1</link></item>` +
			`<item><guid>22</guid><link>https://cut.example/22</link></item></channel>`,
		"site last": `<rss><channel><item><link>/1</link></item><item><link>/22</link></item><link>https://cut.example/</link></channel></rss>`,
		"RDF": `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>Cut</title></channel>` +
			`<item rdf:about="https://cut.example/1"><title>One</title><link>https://cut.example/1</link></item>` +
			`<item rdf:about="https://cut.example/22"><title>Two</title><link>https://cut.example/22</link></item></rdf:RDF>`,
		"Atom": `<feed xmlns="http://www.w3.org/2005/Atom"><title>Cut</title><link href="https://cut.example/"/>` +
			`<entry><id>urn:1</id><title>One</title><link href="https://cut.example/one" rel='alternate'/><updated>2026-01-01T00:00:00Z</updated><content>x</content></entry>` +
			`<!-- > between --><entry><id>urn:2</id><title>Two</title><link href="https://cut.example/two"/><updated>2026-01-02T00:00:00Z</updated>` +
			`<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a</p><p>b</p></div></content></entry></feed>`,
		"JSON": `{"version":"https://jsonfeed.org/version/1.1","title":"Cut \"[{","authors":[{"name":"a"}],"items":[` +
			`{"id":"1","url":"https://cut.example/one","content_text":"x","attachments":[{"url":"https://cut.example/a"}],"tags":["a","b"]},` + "\n" +
			`{"id":"2","url":"https://cut.example/two","content_text":"y } ] {"},{"id":"3","url":"https://cut.example/three","content_text":"z"}],"language":"en","hubs":[{"type":"x","url":"https://cut.example/hub"}]}`,
	}
	for name, whole := range cases {
		t.Run(name, func(t *testing.T) {
			want, err := Read([]byte(whole), "", "https://origin.example/")
			require.NoError(t, err)
			require.NotContains(t, strings.Join(want.Warnings, ""), "middle")
			read := 0
			for n := range len(whole) - 1 {
				got, err := Read([]byte(whole[:n]), "", "https://origin.example/")
				if err != nil {
					require.Zero(t, read, "what could be read once can be read when more is there: %s", whole[:n])
					continue
				}
				require.GreaterOrEqual(t, len(got.Items), read-1, "a bracket may be an item's end, or more of it")
				read = max(read, len(got.Items))
				require.LessOrEqual(t, read, len(want.Items))
				for i, item := range got.Items {
					if name == "site last" { // what it is relative to came after it
						require.Contains(t, []string{"https://origin.example", "https://cut.example"}, strings.TrimSuffix(item.URL, []string{"/1", "/22"}[i]), whole[:n])
						continue
					}
					require.Equal(t, want.Items[i], item, whole[:n])
				}
				require.Contains(t, []string{"", want.Feed.Link}, got.Feed.Link, "never a cut address")
				require.Len(t, got.Warnings, 1+len(want.Warnings), whole[:n])
				require.Contains(t, []string{sayHalf, sayEnds}, got.Warnings[len(got.Warnings)-1], whole[:n])
			}
			require.Equal(t, len(want.Items), read, "what is whole was read")
		})
	}
}

func TestAHalfReadItemIsLeftOut(t *testing.T) {
	const one = `<rss><channel><item><title>One</title><link>https://a.example/1</link><guid>1</guid></item>`
	for name, c := range map[string]struct {
		rest    string
		items   int
		warning string
	}{
		"in the link":         {`<item><title>Two</title><link>https://a.exam`, 1, sayHalf},
		"in a tag":            {`<item><title>Two</title><link>https://a.example/2</link><gui`, 1, sayHalf},
		"in an end tag":       {`<item><title>Two</title><link>https://a.example/2</li`, 1, sayHalf},
		"the key is to come":  {`<item><title>Two</title><link>https://a.example/2</link>`, 1, sayHalf},
		"all is there":        {`<item><title>Two</title><link>https://a.example/2</link><guid>2</guid>` + "\n", 2, sayEnds},
		"its end tag is cut":  {`<item><title>Two</title><link>https://a.example/2</link></ite`, 2, sayEnds},
		"between items":       {``, 1, sayEnds},
		"in the channel":      {`<image><url>https://a.exam`, 1, sayEnds},
		"in the feed's end":   {`</channel></rs`, 1, sayEnds},
		"in a bracket":        {`<`, 1, sayEnds},
		"the item's own text": {`<item>Two`, 1, sayHalf},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := Read([]byte(one+c.rest), "", "")
			require.NoError(t, err)
			require.Len(t, doc.Items, c.items)
			require.Equal(t, []string{c.warning}, doc.Warnings)
		})
	}
	doc, err := Read([]byte(`<rss><channel><item><title>Only</title><link>https://a.example/1</link>`), "", "")
	require.NoError(t, err)
	require.Empty(t, doc.Items, "nothing tells whether more was to come")
}

// TestABoundIsNoCut: what is left out beyond a bound is told once, as what it is.
func TestABoundIsNoCut(t *testing.T) {
	items := strings.Repeat("<item><title>a</title></item>", maxItems+1)
	doc, err := Read([]byte("<rss><channel>"+items+"</channel></rss>"), "", "")
	require.NoError(t, err)
	require.Len(t, doc.Items, maxItems)
	require.Equal(t, []string{"The feed has more than 2,000 items; only the first 2,000 were read."}, doc.Warnings)

	doc, err = Read([]byte("<rss><channel><item><title>a</title></item><item><link>https://a.example/"+strings.Repeat("<b/>", maxElements)+"1</link></item></channel></rss>"), "", "")
	require.NoError(t, err)
	require.Len(t, doc.Items, 1)
	require.Equal(t, []string{"The feed has too many elements; only the first part was read."}, doc.Warnings)
}

var named = regexp.MustCompile(`&[A-Za-z][A-Za-z0-9]*;`)

// requireWellFormed reads a document as XML readers do that forgive nothing.
func requireWellFormed(t *testing.T, doc string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(named.ReplaceAllString(doc, "?"))) // gofeed resolves what HTML names
	for {
		if _, err := d.Token(); err != nil {
			require.ErrorIs(t, err, io.EOF, doc)
			return
		}
	}
}
