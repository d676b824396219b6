package feeds

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestFormats reads one item in every format and version that is read.
func TestFormats(t *testing.T) {
	const date = "2026-03-04T05:06:07Z"
	for name, feed := range map[string]string{
		"RSS 0.90":                         `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>Pier</title><link>https://pier.example/</link></channel><item><title>Boat &amp; crew</title><link>https://pier.example/1</link></item></rdf:RDF>`,
		"RSS 0.91":                         `<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>Pier</title><link>https://pier.example/</link><item><title>Boat &amp; crew</title><link>https://pier.example/1</link></item></channel></rss>`,
		"RSS 0.92":                         `<rss version="0.92"><channel><title>Pier</title><link>https://pier.example/</link><item><title>Boat &amp; crew</title><link>https://pier.example/1</link></item></channel></rss>`,
		"RSS 1.0":                          `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://pier.example/"><title>Pier</title><link>https://pier.example/</link><items><rdf:Seq><rdf:li resource="https://pier.example/1"/></rdf:Seq></items></channel><item rdf:about="https://pier.example/1"><title>Boat &amp; crew</title><link>https://pier.example/1</link></item></rdf:RDF>`,
		"RSS 1.0 with prefix":              `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rss="http://purl.org/rss/1.0/"><rss:channel><rss:title>Pier</rss:title><rss:link>https://pier.example/</rss:link></rss:channel><rss:item rdf:about="https://pier.example/1"><rss:title>Boat &amp; crew</rss:title></rss:item></rdf:RDF>`,
		"RSS 1.0 in another namespace":     `<RDF:RDF xmlns:RDF="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/2.0/"><channel><title>Pier</title><link>https://pier.example/</link></channel><item><title>Boat &amp; crew</title><link>https://pier.example/1</link></item></RDF:RDF>`,
		"RSS 1.1":                          `<Channel xmlns="http://purl.org/net/rss1.1#" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about="https://pier.example/feed"><title>Pier</title><link>https://pier.example/</link><items rdf:parseType="Collection"><item rdf:about="https://pier.example/1"><title>Boat &amp; crew</title><link>https://pier.example/1</link></item></items></Channel>`,
		"RSS 2.0":                          `<rss version="2.0"><channel><title>Pier</title><link>https://pier.example/</link><item><title>Boat &amp;amp; crew</title><guid>https://pier.example/1</guid></item></channel></rss>`,
		"RSS 2.0 in a namespace":           `<rss version="2.0" xmlns="http://backend.userland.com/rss2"><channel><title>Pier</title><link>https://pier.example/</link><item><title>Boat &amp; crew</title><link>https://pier.example/1</link></item></channel></rss>`,
		"RSS 2.0 in Atom's namespace":      `<rss version="2.0" xmlns="http://www.w3.org/2005/Atom"><channel><title>Pier</title><link>https://pier.example/</link><item><title>Boat &amp; crew</title><link>https://pier.example/1</link></item></channel></rss>`,
		"RSS in capitals":                  `<RSS VERSION="2.0"><CHANNEL><TITLE>Pier</TITLE><LINK>https://pier.example/</LINK><ITEM><TITLE>Boat &amp; crew</TITLE><LINK>https://pier.example/1</LINK></ITEM></CHANNEL></RSS>`,
		"RSS without channel":              `<rss><item><title>Boat &amp; crew</title><link>https://pier.example/1</link></item></rss>`,
		"RSS without rss":                  `<channel><title>Pier</title><link>https://pier.example/</link><item><title>Boat &amp; crew</title><link>https://pier.example/1</link></item></channel>`,
		"Atom in RSS":                      `<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"><channel><title>Pier</title><a:link rel="self" href="https://pier.example/feed"/><a:link href="https://pier.example/"/><item><title>Boat &amp; crew</title><a:link href="https://pier.example/1"/></item></channel></rss>`,
		"Atom 0.3":                         `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Pier</title><link rel="alternate" href="https://pier.example/"/><entry><title mode="escaped" type="text/html">Boat &amp;amp; crew</title><link rel="alternate" type="text/html" href="https://pier.example/1"/><issued>` + date + `</issued></entry></feed>`,
		"Atom 1.0":                         `<feed xmlns="http://www.w3.org/2005/Atom"><title>Pier</title><link href="https://pier.example/"/><entry><title>Boat &amp; crew</title><link href="https://pier.example/1"/></entry></feed>`,
		"Atom with prefix":                 `<atom:feed xmlns:atom="http://www.w3.org/2005/Atom"><atom:title>Pier</atom:title><atom:link href="https://pier.example/"/><atom:entry><atom:title>Boat &amp; crew</atom:title><atom:link href="https://pier.example/1"/></atom:entry></atom:feed>`,
		"Atom with a draft's namespace":    `<feed xmlns="http://purl.org/atom/ns#draft-ietf-atompub-format-03"><title>Pier</title><link href="https://pier.example/"/><entry><title>Boat &amp; crew</title><link href="https://pier.example/1"/></entry></feed>`,
		"Atom with a draft's prefix":       `<a:feed xmlns:a="http://purl.org/atom/ns#draft"><a:title>Pier</a:title><a:link href="https://pier.example/"/><a:entry><a:title>Boat &amp; crew</a:title><a:link href="https://pier.example/1"/></a:entry></a:feed>`,
		"Atom without namespace":           `<feed><title>Pier</title><link>https://pier.example/</link><entry><title>Boat &amp; crew</title><link>https://pier.example/1</link></entry></feed>`,
		"CDF":                              `<?XML version="1.0"?><CHANNEL HREF="https://pier.example/" BASE="https://pier.example/"><TITLE>Pier</TITLE><ABSTRACT>x</ABSTRACT><ITEM HREF="https://pier.example/1" LASTMOD="` + date + `"><TITLE>Boat &amp; crew</TITLE><ABSTRACT>y</ABSTRACT></ITEM></CHANNEL>`,
		"JSON Feed 1":                      `{"version":"https://jsonfeed.org/version/1","title":"Pier","home_page_url":"https://pier.example/","items":[{"id":"1","url":"https://pier.example/1","title":"Boat & crew"}]}`,
		"JSON Feed 1.1 with nulls":         `{"title":"Pier","home_page_url":"https://pier.example/","author":null,"authors":[null],"items":[null,{"id":"1","url":"https://pier.example/1","title":"Boat & crew","tags":[null],"authors":[null],"attachments":[null]},null]}`,
		"JSON Feed 1.1 of the wrong types": `{"version":1.1,"title":"Pier","home_page_url":"https://pier.example/","authors":{"name":"x"},"items":[{"id":1,"url":"https://pier.example/1","title":"Boat & crew","tags":"a","author":"me","authors":["me"],"attachments":{},"date_published":1772600767}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := Read([]byte(feed), "", "https://pier.example/feed")
			require.NoError(t, err)
			require.Len(t, doc.Items, 1)
			assert.Equal(t, "Boat & crew", doc.Items[0].Title)
			assert.Equal(t, "https://pier.example/1", doc.Items[0].URL)
			if name != "RSS without channel" {
				assert.Equal(t, "Pier", doc.Feed.Title)
				assert.Equal(t, "https://pier.example/", doc.Feed.Link)
			}
		})
	}
}

// TestAtomTexts: what each type and mode of Atom means, as plain text.
func TestAtomTexts(t *testing.T) {
	b64 := base64.StdEncoding.EncodeToString([]byte("<p>5 &lt; 6 &amp; <b>bold</b></p>"))
	const ns03 = ` version="0.3" xmlns="http://purl.org/atom/ns#"`
	for _, c := range []struct{ attributes, text, want string }{
		{``, `5 &lt; 6 &amp; more`, "5 < 6 & more"},
		{``, `the &lt;b> tag`, "the <b> tag"},
		{``, `&lt;b&gt;bold&lt;/b&gt;`, "bold"},
		{``, `AT&amp;amp;T`, "AT&T"},
		{``, `<![CDATA[<b>bold</b>]]>`, "bold"},
		{` type="text"`, `the &lt;b&gt;bold&lt;/b&gt; &amp;amp;`, "the <b>bold</b> &amp;"},
		{` type="TEXT"`, `<![CDATA[the <b>bold</b> &amp;]]>`, "the <b>bold</b> &amp;"},
		{` type="text/plain"`, `vector&lt;int&gt;`, "vector<int>"},
		{` type="html"`, `the &lt;b&gt;bold&lt;/b&gt; &amp;lt;i&amp;gt;`, "the bold <i>"},
		{` type="HTML"`, `<![CDATA[the <b>bold</b> &lt;i&gt;]]>`, "the bold <i>"},
		{` type="html"`, `inline <b>bold</b>`, "inline bold"},
		{` type="xhtml"`, `<div xmlns="http://www.w3.org/1999/xhtml">the <b>bold</b> &lt;i&gt; 5 &amp;lt; 6</div>`, "the bold <i> 5 &lt; 6"},
		{` type="xhtml"`, `<x:div xmlns:x="http://www.w3.org/1999/xhtml">the <x:b>bold</x:b></x:div>`, "the bold"},
		{` type="application/xhtml+xml"`, `<div xmlns="http://www.w3.org/1999/xhtml">the &lt;i&gt;</div>`, "the <i>"},
		{` type="text/html" mode="escaped"`, `&lt;b&gt;bold&lt;/b&gt; &amp;amp;`, "bold &"},
		{` mode="escaped"`, `&lt;b&gt;bold&lt;/b&gt;`, "bold"},
		{` type="text/plain" mode="escaped"`, `the &lt;i&gt;`, "the <i>"},
		{` type="application/xhtml+xml" mode="xml"`, `<b xmlns="http://www.w3.org/1999/xhtml">bold</b> &lt;i&gt;`, "bold <i>"},
		{` type="text/html" mode="xml"`, `<b>bold</b>`, "bold"},
		{` mode="base64"`, b64, "5 < 6 & bold"},
		{` type="text/html" mode="base64"`, "\n  " + b64[:20] + "\n  " + b64[20:] + "\n", "5 < 6 & bold"},
		{` type="application/octet-stream"`, b64, "5 < 6 & bold"},
		{` type="text/html" mode="base64"`, `<![CDATA[` + b64 + `]]>`, "5 < 6 & bold"},
		{` type="image/png"`, b64, ""},
		{` type="text/html; charset=utf-8"`, `&lt;b&gt;bold&lt;/b&gt;`, "bold"},
	} {
		for _, element := range []string{"title", "summary", "content", "subtitle"} {
			for _, ns := range []string{"", ns03} {
				feed := "<feed" + ns + "><entry><id>1</id><" + element + c.attributes + ">" + c.text + "</" + element + "></entry></feed>"
				if element == "subtitle" {
					feed = "<feed" + ns + "><subtitle" + c.attributes + ">" + c.text + "</subtitle></feed>"
				}
				doc, err := Read([]byte(feed), "", "")
				require.NoError(t, err)
				got := doc.Feed.Description
				if element != "subtitle" {
					got = map[string]string{"title": doc.Items[0].Title, "summary": doc.Items[0].Summary, "content": doc.Items[0].Content}[element]
				}
				assert.Equal(t, c.want, strings.Join(strings.Fields(got), " "), feed)
			}
		}
	}
}

// TestItemsSayItElsewhere: elements that are not the format's own, and what is made of them.
func TestItemsSayItElsewhere(t *testing.T) {
	when := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	const date = "2026-03-04T05:06:07Z"
	const ns = ` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:a="http://www.w3.org/2005/Atom"`
	title := func(i Item) string { return i.Title }
	_ = title
	for item, check := range map[string]func(Item) (want, got any){
		`<pubDate>Wed, 04 Mar 2026 05:06:07 GMT</pubDate>`:                     func(i Item) (any, any) { return &when, i.Published },
		`<pubDate>4 martie 2026 05:06:07</pubDate>`:                            func(i Item) (any, any) { return &when, i.Published },
		`<pubDate>today</pubDate><dc:date>` + date + `</dc:date>`:              func(i Item) (any, any) { return &when, i.Published },
		`<dcterms:issued>` + date + `</dcterms:issued>`:                        func(i Item) (any, any) { return &when, i.Published },
		`<dcterms:created>` + date + `</dcterms:created>`:                      func(i Item) (any, any) { return &when, i.Published },
		`<dcterms:modified>` + date + `</dcterms:modified>`:                    func(i Item) (any, any) { return &when, i.Updated },
		`<dc:date>` + date + `</dc:date>`:                                      func(i Item) (any, any) { return &when, i.Updated },
		`<published>` + date + `</published>`:                                  func(i Item) (any, any) { return &when, i.Published },
		`<a:published>` + date + `</a:published>`:                              func(i Item) (any, any) { return &when, i.Published },
		`<updated>` + date + `</updated>`:                                      func(i Item) (any, any) { return &when, i.Updated },
		`<date>` + date + `</date>`:                                            func(i Item) (any, any) { return &when, i.Published },
		`<content:encoded><![CDATA[<p>x</p>]]></content:encoded>`:              func(i Item) (any, any) { return "x", i.Content },
		`<encoded><![CDATA[<p>x</p>]]></encoded>`:                              func(i Item) (any, any) { return "x", i.Content },
		`<fullitem>&lt;p>x&lt;/p></fullitem>`:                                  func(i Item) (any, any) { return "x", i.Content },
		`<body xmlns="http://www.w3.org/1999/xhtml"><p>x &lt;b&gt;</p></body>`: func(i Item) (any, any) { return "x <b>", i.Content },
		`<description>y</description><summary>x</summary>`:                     func(i Item) (any, any) { return "x / y", i.Summary + " / " + i.Content },
		`<summary>x</summary>`:                                                 func(i Item) (any, any) { return "x", i.Summary },
		`<abstract>x</abstract>`:                                               func(i Item) (any, any) { return "x", i.Summary },
		`<content:encoded>x</content:encoded>`:                                 func(i Item) (any, any) { return "x", i.Summary },
		`<media:group><media:title>no</media:title><media:description>x &amp;lt; y</media:description></media:group>`: func(i Item) (any, any) { return "x < y", i.Summary },
		`<media:description>x</media:description>`:                func(i Item) (any, any) { return "x", i.Summary },
		`<description><p>x <i>&lt;b&gt;</i></p></description>`:    func(i Item) (any, any) { return "x <b>", i.Summary },
		`<title>x</title><media:title>no</media:title>`:           func(i Item) (any, any) { return "x", i.Title },
		`<dc:title>x</dc:title>`:                                  func(i Item) (any, any) { return "x", i.Title },
		`<id>x</id>`:                                              func(i Item) (any, any) { return "x", i.ID },
		`<author>me@pier.example (Ada Quill)</author>`:            func(i Item) (any, any) { return "Ada Quill", i.Author },
		`<author>Ada Quill &lt;me@pier.example&gt;</author>`:      func(i Item) (any, any) { return "Ada Quill", i.Author },
		`<author>Ada (of the pier) Quill</author>`:                func(i Item) (any, any) { return "Ada (of the pier) Quill", i.Author },
		`<author><name>Ada Quill</name></author>`:                 func(i Item) (any, any) { return "Ada Quill", i.Author },
		`<dc:creator>Ada Quill</dc:creator>`:                      func(i Item) (any, any) { return "Ada Quill", i.Author },
		`<a:author><a:name>Ada Quill</a:name></a:author>`:         func(i Item) (any, any) { return "Ada Quill", i.Author },
		`<tags>x, y</tags><category>z</category>`:                 func(i Item) (any, any) { return []string{"x", "y", "z"}, i.Categories },
		`<dc:subject>x</dc:subject>`:                              func(i Item) (any, any) { return []string{"x"}, i.Categories },
		`<dc:language>fr</dc:language>`:                           func(i Item) (any, any) { return "fr", i.language },
		`<link>//pier.example/x y</link>`:                         func(i Item) (any, any) { return "https://pier.example/x%20y", i.URL },
		`<link href="/x"/>`:                                       func(i Item) (any, any) { return "https://pier.example/x", i.URL },
		`<link><![CDATA[ /x?a=1&b=2 ]]></link>`:                   func(i Item) (any, any) { return "https://pier.example/x?a=1&b=2", i.URL },
		`<guid>https://pier.example/x</guid>`:                     func(i Item) (any, any) { return "https://pier.example/x", i.URL },
		`<guid isPermaLink="false">https://pier.example/x</guid>`: func(i Item) (any, any) { return "", i.URL },
		`<link>javascript:x</link>`:                               func(i Item) (any, any) { return "", i.URL },
	} {
		doc, err := Read([]byte(`<rss version="2.0"`+ns+`><channel><link>https://pier.example/</link><item>`+item+`</item></channel></rss>`), "", "https://feeds.example/pier")
		require.NoError(t, err, item)
		require.Len(t, doc.Items, 1, item)
		want, got := check(doc.Items[0])
		assert.Equal(t, want, got, item)
	}
}

// TestBases: what a relative link is relative to (RFC 3986, section 5; XML Base).
func TestBases(t *testing.T) {
	for name, c := range map[string]struct{ feed, want string }{
		"the feed":      {`<feed><entry><link href="x"/></entry></feed>`, "https://origin.example/feeds/x"},
		"a directory":   {`<feed xml:base="https://pier.example/a/"><entry><link href="x"/></entry></feed>`, "https://pier.example/a/x"},
		"a file":        {`<feed xml:base="https://pier.example/a/feed.xml"><entry><link href="x"/></entry></feed>`, "https://pier.example/a/x"},
		"a host":        {`<feed xml:base="https://pier.example"><entry><link href="x"/></entry></feed>`, "https://pier.example/x"},
		"nested":        {`<feed xml:base="https://pier.example/a/"><entry xml:base="b/"><link href="x"/></entry></feed>`, "https://pier.example/a/b/x"},
		"to the root":   {`<feed xml:base="https://pier.example/a/"><entry xml:base="/b/"><link href="x"/></entry></feed>`, "https://pier.example/b/x"},
		"relative":      {`<feed xml:base="a/"><entry><link href="x"/></entry></feed>`, "https://origin.example/feeds/a/x"},
		"an empty one":  {`<feed xml:base=""><entry><link href="x"/></entry></feed>`, "https://origin.example/feeds/x"},
		"a broken one":  {`<feed xml:base="http://[::1"><entry><link href="x"/></entry></feed>`, "https://origin.example/feeds/x"},
		"a query":       {`<feed xml:base="https://pier.example/a/b?c/d"><entry><link href="x"/></entry></feed>`, "https://pier.example/a/x"},
		"of a link":     {`<feed><entry><link xml:base="https://pier.example/a/b" href="../x"/></entry></feed>`, "https://pier.example/x"},
		"RSS":           {`<rss xml:base="https://pier.example/a/b"><channel><link>https://pier.example/</link><item><link>x</link></item></channel></rss>`, "https://pier.example/a/x"},
		"RSS, the site": {`<rss><channel><link>https://pier.example/</link><item><link>/x</link></item></channel></rss>`, "https://pier.example/x"},
		"no scheme":     {`<rss><channel><link>https://pier.example/</link><item><link>//pier.example/x</link></item></channel></rss>`, "https://pier.example/x"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := Read([]byte(c.feed), "", "https://origin.example/feeds/feed.xml")
			require.NoError(t, err)
			assert.Equal(t, c.want, doc.Items[0].URL)
		})
	}
}

// TestBrokenMarkup: two items in each, whatever is wrong with the first.
func TestBrokenMarkup(t *testing.T) {
	for name, first := range map[string]string{
		"no end of the item":     `<item><title>One</title><link>https://pier.example/1</link>`,
		"no end of the title":    `<item><title>One<link>https://pier.example/1</link></item>`,
		"no end of the text":     `<item><title>One</title><link>https://pier.example/1</link><description>x</item>`,
		"wrongly nested":         `<item><title>One</title><link>https://pier.example/1</link><description><b><i>x</b></i></description></item>`,
		"an end too many":        `<item><title>One</b></title></p><link>https://pier.example/1</link></item>`,
		"no end of CDATA":        `<item><title>One</title><link>https://pier.example/1</link><description><![CDATA[x</description></item>`,
		"CDATA twice":            `<item><title><![CDATA[O]]><![CDATA[ne]]></title><link>https://pier.example/1</link></item>`,
		"CDATA in CDATA":         `<item><title>One</title><link>https://pier.example/1</link><description><![CDATA[a <![CDATA[b]]> c]]></description></item>`,
		"ampersands":             `<item><title>One</title><link>https://pier.example/1?a=b&c=d&copy=1</link><description>a & b &c; &#xZZ; &amp</description></item>`,
		"brackets":               `<item><title>One</title><link>https://pier.example/1</link><description>1 < 2 > 0 <3 <- -></description></item>`,
		"quotes":                 `<item x=1 y='2 z="3'><title a=>One</title><link rel=x>https://pier.example/1</link></item>`,
		"an attribute twice":     `<item x="1" x="2"><title>One</title><link>https://pier.example/1</link></item>`,
		"unknown prefixes":       `<item><title>One</title><foo:bar foo:baz="1">x</foo:bar><link>https://pier.example/1</link></item>`,
		"HTML in the text":       `<item><title>One</title><link>https://pier.example/1</link><description><p>a<br>b<img src=x><hr></description></item>`,
		"control characters":     "<item><title>O\x00\x01\x0bne</title><link>https://pier.example/1</link></item>",
		"a comment":              `<item><!-- <title>No</title> -- > --><title>One</title><link>https://pier.example/1</link></item>`,
		"an instruction":         `<item><?php echo "</item>" ?><title>One</title><link>https://pier.example/1</link></item>`,
		"capital and small ends": `<item><Title>One</title><LINK>https://pier.example/1</link></Item>`,
		"a bracket forgotten":    `<item><title>One</title<link>https://pier.example/1</link></item>`,
		"a slash forgotten":      `<item><title>One<title><link>https://pier.example/1</link></item>`,
		"white space in tags":    "<item\n><title\t>One</title ><link >https://pier.example/1</link\n></item >",
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := Read([]byte(`<?xml version="1.0"?><rss version="2.0"><channel><title>Pier</title>`+first+
				`<item><title>Two</title><link>https://pier.example/2</link><description><![CDATA[y]]></description></item></channel></rss>`), "", "")
			require.NoError(t, err)
			require.Len(t, doc.Items, 2)
			assert.Equal(t, "Pier", doc.Feed.Title)
			assert.Equal(t, "One", doc.Items[0].Title)
			assert.True(t, strings.HasPrefix(doc.Items[0].URL, "https://pier.example/1"), doc.Items[0].URL)
			assert.Equal(t, Item{Title: "Two", URL: "https://pier.example/2", Summary: "y", Categories: []string{}}, doc.Items[1])
		})
	}
}

// TestEntities: those that HTML knows are known in XML too, and no other is invented.
func TestEntities(t *testing.T) {
	for ref, want := range map[string]string{
		"&eacute;": "é", "&nbsp;x": "x", "&hellip;": "…", "&apos;": "'", "&lang;": "\u2329", "&rang;": "\u232a", "&sdot;": "⋅", "&#8217;": "’", "&#x2019;": "’",
		"&unknown;": "&unknown;", "&": "&", "&;": "&;", "&amp;eacute;": "é", "&amp;amp;": "&", "&AMP;": "&", "&CounterClockwiseContourIntegral;": "∳",
	} {
		for _, feed := range []string{"<rss><channel><title>%</title></channel></rss>", "<feed><title>%</title></feed>", "<rss><channel><title><b>%</b></title></channel></rss>"} {
			if strings.Contains(feed, "<b>") && strings.HasPrefix(ref, "&amp;") {
				continue // XHTML says what it says
			}
			doc, err := Read([]byte(strings.Replace(feed, "%", ref, 1)), "", "")
			require.NoError(t, err)
			assert.Equal(t, want, doc.Feed.Title, feed+ref)
		}
	}
}
