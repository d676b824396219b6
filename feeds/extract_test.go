package feeds

import (
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

func TestExtractDecodes(t *testing.T) {
	russian := strings.Repeat("Президент встретился с посланником во вторник, сообщили чиновники. ", 6)
	cp1251, err := charmap.Windows1251.NewEncoder().String(russian)
	require.NoError(t, err)
	sjis, err := japanese.ShiftJIS.NewEncoder().String(strings.Repeat("大統領は火曜日に特使と会談したと当局者が述べた。", 12))
	require.NoError(t, err)
	utf16, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(pageOf(russian))
	require.NoError(t, err)
	for name, c := range map[string]struct{ page, kind, want string }{
		"header":             {pageOf(cp1251), "text/html; charset=windows-1251", "посланником"},
		"meta":               {strings.Replace(pageOf(cp1251), "<title>", `<meta charset="windows-1251"><title>`, 1), "text/html", "посланником"},
		"old meta":           {strings.Replace(pageOf(sjis), "<title>", `<meta http-equiv="content-type" content="text/html; charset=shift_jis"><title>`, 1), "text/html", "大統領"},
		"nobody says":        {pageOf(cp1251), "text/html", "посланником"},
		"UTF-8 all the same": {strings.Replace(pageOf(russian), "<title>", `<meta charset="iso-8859-1"><title>`, 1), "text/html; charset=iso-8859-1", "посланником"},
		"UTF-16":             {utf16, "text/html", "посланником"},
	} {
		text, err := extract([]byte(c.page), c.kind, "https://gazette.example/1")
		require.NoError(t, err, name)
		require.Contains(t, text, c.want, name)
	}
}

func TestExtractCleans(t *testing.T) {
	text, err := extract([]byte(pageOf("\u202eHid\u0007den \U000E0041"+story)), "", "https://gazette.example/1")
	require.NoError(t, err)
	for _, r := range text {
		require.False(t, r != '\n' && dropped(r), "%U", r)
	}
	require.Contains(t, text, "Hidden")
	long, err := extract([]byte(pageOf(strings.Repeat(story+" ", 500))), "", "https://gazette.example/1")
	require.NoError(t, err)
	require.Equal(t, mostText, utf8.RuneCountInString(long))
	_, err = extract([]byte(`<html><title>Just a moment...</title>`+pageOf(story)), "", "https://gazette.example/1")
	require.ErrorIs(t, err, errNoText)
}

// bombs are pages that cost a parser much more than their size.
func bombs() map[string]string {
	words := strings.Repeat("<p>The envoy met the minister, officials said, for hours.</p>", 9_000)
	var styled strings.Builder
	for i := range 400 {
		styled.WriteString("<p><b id=" + strings.Repeat("x", i) + "></p>")
	}
	return map[string]string{
		"styles that each paragraph opens again": styled.String() + words,
		"depth":                                  strings.Repeat("<div>", 60_000) + story,
		"depth that closes":                      strings.Repeat("<div><p>a, b</p>", 500) + words,
		"attributes":                             "<p " + strings.Repeat("a=1 ", 500_000) + ">" + story,
		"distinct attributes": "<p " + func() string {
			var b strings.Builder
			for i := range 200_000 {
				b.WriteString(" a" + strings.Repeat("b", i%7) + string(rune('a'+i%26)) + "=" + "1")
			}
			return b.String()
		}() + ">" + story,
		"tags":     strings.Repeat("<i></i>", 400_000),
		"tables":   strings.Repeat("<table><tr><td>a, b<table>", 7_000) + words,
		"lists":    strings.Repeat("<ul><li>a, b, c", 7_000),
		"one word": "<p>" + strings.Repeat("a", 3<<20),
		"commas":   "<p>" + strings.Repeat(",", 3<<20),
		"breaks":   "<div>" + strings.Repeat("a<br>", 29_000) + "</div>",
		"open":     "<p " + strings.Repeat("<", 1<<20), "comment": "<!--" + strings.Repeat("-", 2<<20), "entities": "<p>" + strings.Repeat("&amp;", 500_000),
		"selects": strings.Repeat("<select><option>", 14_000), "links": strings.Repeat("<a href=/x>x</a> ", 14_000),
		"spans": "<article><p>" + strings.Repeat("<span class=x>word, </span>", 14_000), "words": words + words + words[:60_000],
	}
}

func TestExtractIsBounded(t *testing.T) {
	if racing {
		t.Skip("NOT RUN: one goroutine, and the bounds are of time and memory; the same test runs without the race detector")
	}
	for name, page := range bombs() {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		begun := time.Now()
		_, err := extract([]byte(page), "text/html", "https://gazette.example/1")
		took := time.Since(begun)
		runtime.ReadMemStats(&after)
		allocated := (after.TotalAlloc - before.TotalAlloc) >> 20
		t.Logf("%-40s %8v %5d MiB %v", name, took.Round(time.Millisecond), allocated, err)
		require.Less(t, took, 20*time.Second, name) // a busy machine, and the race detector
		require.Less(t, allocated, uint64(150), name)
	}
}

// TestSlimIsWhatBounds is the negative control: the first bomb becomes a tree of millions of nodes without slim.
func TestSlimIsWhatBounds(t *testing.T) {
	nodes := func(page string) (n int) {
		tree, err := html.Parse(strings.NewReader(page))
		require.NoError(t, err)
		for range tree.Descendants() {
			n++
		}
		return n
	}
	page := bombs()["styles that each paragraph opens again"]
	page = page[:140_000]
	slimmed, ok := slim(page)
	require.True(t, ok)
	require.Less(t, nodes(slimmed), 10_000)
	require.Greater(t, nodes(page), 300_000)
}

func FuzzExtract(f *testing.F) {
	f.Add([]byte(pageOf(story)), "text/html")
	f.Add([]byte("<table><tr><td><select><option><svg><style><p>"+story), "text/html; charset=gbk")
	f.Add([]byte("<template><math><annotation-xml encoding=text/html><p>"), "")
	f.Add([]byte("\xff\xfe<\x00p\x00>\x00"), "text/html")
	f.Fuzz(func(t *testing.T, body []byte, kind string) {
		text, err := extract(body, kind, "https://gazette.example/1")
		if err != nil {
			require.Empty(t, text)
			return
		}
		require.True(t, utf8.ValidString(text))
		require.GreaterOrEqual(t, utf8.RuneCountInString(text), leastText)
		for _, r := range text {
			require.False(t, r != '\n' && dropped(r), "%U", r)
		}
	})
}

func FuzzRobots(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /*?x=$\nCrawl-delay: 1e9\n"), "/a?x=1")
	f.Add([]byte("User-agent: attache\rAllow: /\xff\nDisallow: *(*\n"), "")
	f.Fuzz(func(t *testing.T, body []byte, path string) {
		rules := parseRobots(200, body)
		require.NotNil(t, rules)
		rules.TestAgent(path, robotsAgent)
		require.GreaterOrEqual(t, rules.FindGroup(robotsAgent).CrawlDelay, time.Duration(0))
	})
}
