package feeds

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"

	"github.com/seed-6c43f0f2/attache/alerts"
)

func opmlOf(outlines string) string {
	return "<?xml version=\"1.0\"?>\n<opml version=\"1.0\"><head/><body>\n" + outlines + "\n</body></opml>"
}

func TestReadOPML(t *testing.T) {
	one := Outline{"Gazette", "https://gazette.example/rss", 3}
	cp1251, err := charmap.Windows1251.NewEncoder().String("Газета")
	require.NoError(t, err)
	for name, c := range map[string]struct {
		list string
		want []Outline
	}{
		"title before text":  {opmlOf(`<outline type="rss" text="x" title="Gazette" xmlUrl="https://gazette.example/rss"/>`), []Outline{one}},
		"text alone":         {opmlOf(`<outline text="Gazette" xmlUrl="https://gazette.example/rss"/>`), []Outline{one}},
		"nested, not closed": {opmlOf(`<outline text=a><outline text=b><outline text="Gazette" xmlUrl="https://gazette.example/rss">`), []Outline{one}},
		"a feed with feeds below": {
			opmlOf(`<outline text="Gazette" xmlUrl="https://gazette.example/rss"><outline text="B" xmlUrl="https://b.example/"/></outline>`),
			[]Outline{one, {"B", "https://b.example/", 3}},
		},
		"names in any case":  {opmlOf(`<OUTLINE TEXT='Gazette' XmlURL=' https://gazette.example/rss '></OUTLINE>`), []Outline{one}},
		"url for xmlUrl":     {opmlOf(`<outline type="RSS" text="Gazette" url="https://gazette.example/rss"/><outline type="link" url="https://a.example/"/>`), []Outline{one}},
		"stray marks":        {opmlOf(`<outline text="Gaz&amp;ette &eacute; & <b>co</b>" xmlUrl="https://gazette.example/rss?a=1&b=2&amp;c=3"/>`), []Outline{{"Gaz&ette é & co", "https://gazette.example/rss?a=1&b=2&c=3", 3}}},
		"control characters": {opmlOf("<outline text=\"Gaz\x01ette\u202e\" xmlUrl=\"https://gazette.example/rss\"/>"), []Outline{{"Gazette", "https://gazette.example/rss", 3}}},
		"another encoding":   {strings.Replace(opmlOf(`<outline text="`+cp1251+`" xmlUrl="https://gazette.example/rss"/>`), `"1.0"?`, `"1.0" encoding="windows-1251"?`, 1), []Outline{{"Газета", "https://gazette.example/rss", 3}}},
		"a byte order mark":  {"\ufeff" + opmlOf(`<outline text="Gazette" xmlUrl="https://gazette.example/rss"/>`), []Outline{one}},
		"an entity bomb":     {`<!DOCTYPE o [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>` + "\n\n" + `<opml><body><outline text="Gazette" xmlUrl="https://gazette.example/rss"/></body></opml>`, []Outline{one}},
		"no address":         {opmlOf(`<outline type="rss" text="Gazette"/><outline text="a folder"/>`), []Outline{{"Gazette", "", 3}}},
		"none":               {opmlOf(""), nil},
		"without prolog":     {"\n\n<outline text='Gazette' xmlUrl='https://gazette.example/rss'/>", []Outline{one}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := ReadOPML([]byte(c.list))
			require.NoError(t, err)
			require.Equal(t, c.want, got)
		})
	}
}

func TestReadOPMLSaysWhatIsWrong(t *testing.T) {
	feed := `<outline text="Gazette" xmlUrl="https://gazette.example/rss"/>` + "\n"
	for name, c := range map[string]struct {
		list, want string
		feeds      int
	}{
		"cut":         {strings.TrimSuffix(opmlOf(feed+"<outline text=\"Two\n"), "\n</body></opml>"), "breaks off in line 4", 1},
		"deep":        {opmlOf(feed + strings.Repeat("<outline>", 300)), "Line 4 is nested more than 200 deep", 1},
		"many":        {opmlOf(strings.Repeat(feed, maxOutlines+5)), "more than 49999 feeds", maxOutlines},
		"large":       {strings.Repeat(" ", MaxOPML+1), "larger than 16 MiB", 0},
		"empty":       {"", "not a list of feeds", 0},
		"a feed":      {sample, "This is a feed", 0},
		"a page":      {"<!doctype html><html></html>", "web page", 0},
		"JSON":        {`{"version": "https://jsonfeed.org/version/1"}`, "not a list of feeds", 0},
		"other XML":   {"<a><b/></a>", "not a list of feeds", 0},
		"gzip, wrong": {"\x1f\x8b\x08xx", "damaged", 0},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := ReadOPML([]byte(c.list))
			require.Error(t, err)
			require.Contains(t, alerts.Say(err), c.want)
			require.Len(t, got, c.feeds)
		})
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	var out bytes.Buffer
	list := []Outline{{Title: `A "quoted" & <b> title` + "\n", URL: "https://a.example/rss?x=1&y=<2>"}, {Title: "Газета", URL: "https://b.example/"}}
	require.NoError(t, WriteOPML(&out, "Feeds of <us>", noon, list))
	require.Contains(t, out.String(), "<title>Feeds of &lt;us&gt;</title>")
	require.Contains(t, out.String(), "<dateCreated>Mon, 02 Mar 2026 12:00:00 +0000</dateCreated>")
	got, err := ReadOPML(out.Bytes())
	require.NoError(t, err)
	require.Equal(t, []string{list[0].URL, list[1].URL}, []string{got[0].URL, got[1].URL})
	require.Equal(t, "Газета", got[1].Title)
}

func FuzzOPML(f *testing.F) {
	for _, s := range []string{
		opmlOf(`<outline text="a" title="b" type="rss" xmlUrl="https://a.example/"/>`), "\ufeff<opml><outline xmlurl='x' <!-- > -->", "<?xml version='1.1' encoding='utf-16'?><opml>",
		`<!DOCTYPE opml [<!ENTITY x "y">]><opml><body><outline text="&x;" url="feed:http://a" type=rss>`, "<opml><![CDATA[<outline]]></opml>",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := ReadOPML(body)
		if err != nil {
			require.NotEmpty(t, alerts.Say(err))
		}
		lines := 1 + bytes.Count(body, []byte("\n"))
		for _, o := range got {
			require.GreaterOrEqual(t, o.Line, 1)
			if !bytes.ContainsAny(body, "\x00\x1f\x25\x85\xfe\xff") { // in other encodings a line break has other bytes
				require.LessOrEqual(t, o.Line, lines)
			}
			for _, r := range o.Title {
				require.False(t, dropped(r), "%U", r)
			}
		}
		var out bytes.Buffer
		require.NoError(t, WriteOPML(&out, "x", noon, got))
		again, err := ReadOPML(out.Bytes())
		if len(got) > 0 && len(out.Bytes()) < MaxOPML {
			require.NoError(t, err)
			require.Len(t, again, len(got))
			for i := range got {
				require.Equal(t, squeezed(got[i].URL), squeezed(again[i].URL))
			}
		}
	})
}

// squeezed is a text without what XML cannot carry.
func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0xFFFD || r == 0xFFFE || r == 0xFFFF || r == 0x85 || r == 0xA0 {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}
