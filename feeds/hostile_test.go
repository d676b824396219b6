package feeds

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// maxHeap is what reading one hostile body may take beside the body itself, in bytes (PROMISES F3).
const maxHeap = 64 << 20

// maxWork is what reading one may take of computing time (PROMISES F3).
const maxWork = time.Second

// TestHostileBodies gives what was made to break readers: none of it takes much memory or time, and none a panic.
func TestHostileBodies(t *testing.T) {
	if testing.Short() {
		t.Skip("NOT READ: bodies of 5 MiB take one goroutine's time; the same test runs without -short")
	}
	const whole = 5 << 20
	fill := func(head, unit, tail string) string {
		return head + strings.Repeat(unit, (whole-len(head)-len(tail))/len(unit)) + tail
	}
	attributes := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, ` a%d=""`, i)
		}
		return b.String()
	}
	noDate := strings.TrimSpace(strings.Repeat("a1 ", 60))
	laughs := `<!DOCTYPE rss [<!ENTITY a "ha">`
	for i := range 30 {
		laughs += fmt.Sprintf(`<!ENTITY a%d "%s">`, i, strings.Repeat(fmt.Sprintf("&a%d;", i-1), 10))
	}
	for name, body := range map[string]string{
		"a billion laughs":         laughs + "]><rss><channel><title>&a29;</title></channel></rss>",
		"one laugh many times":     fill(`<!DOCTYPE rss [<!ENTITY a "`+strings.Repeat("x", maxEntityText)+`">]><rss><channel><item><title>`, "&a;", "</title></item></channel></rss>"),
		"a laugh in attributes":    fill(`<!DOCTYPE rss [<!ENTITY a "`+strings.Repeat("x", maxEntityText)+`">]><rss><channel><item><link href="`, "&a;", `"/></item></channel></rss>`),
		"outside entities":         `<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY % b SYSTEM "http://127.0.0.1/"> %b;]><rss><channel><title>&a;</title></channel></rss>`,
		"a million deep":           strings.Repeat("<a>", 1_000_000) + "<rss>",
		"a million deep in RSS":    "<rss><channel><item>" + strings.Repeat("<a>", 1_000_000),
		"a million deep in text":   "<rss><channel><item><description>" + strings.Repeat("&lt;div>", 1_000_000),
		"a million deep in Atom":   `<feed><entry><content type="xhtml">` + strings.Repeat("<div>", 1_000_000),
		"a million attributes":     "<rss" + attributes(1_000_000) + "><channel><item><title>a</title></item></channel></rss>",
		"attributes everywhere":    fill("<rss><channel><item>", "<x:y"+attributes(maxAttributes)+"/>", "</item></channel></rss>"),
		"namespaces everywhere":    fill("<rss><channel><item>", `<x:y xmlns:a="a" xmlns:b="b" xmlns:c="c" xmlns:d="d">`, ""),
		"half a million items":     "<rss><channel>" + strings.Repeat("<item><title>a</title><link>https://a.example/</link></item>", 500_000) + "</channel></rss>",
		"extensions":               fill("<rss><channel><item>", "<x:y/>", "</item></channel></rss>"),
		"extensions of many names": "<rss><channel><item>" + numbered("<x:y%d>a</x:y%[1]d>", 150_000) + "</item></channel></rss>",
		"nested extensions":        fill("<rss><channel><item>", strings.Repeat("<x:y>", 200)+strings.Repeat("</x:y>", 200), "</item></channel></rss>"),
		"custom elements":          "<rss><channel><item>" + numbered("<y%d>a</y%[1]d>", 150_000) + "</item></channel></rss>",
		"categories":               fill("<rss><channel><item>", "<category>a</category>", "</item></channel></rss>"),
		"links":                    fill("<feed><entry>", `<link href="a"/>`, "</entry></feed>"),
		"authors":                  fill("<feed><entry>", "<author><name>a</name></author>", "</entry></feed>"),
		"one title":                fill("<rss><channel><item><title>", "a", "</title></item></channel></rss>"),
		"one title of entities":    fill("<rss><channel><item><title>", "&lt;", "</title></item></channel></rss>"),
		"one literal text":         fill(`<feed><entry><title type="text">`, "&lt;", "</title></entry></feed>"),
		"one base64":               fill(`<feed><entry><content mode="base64">`, "PGI+", "</content></entry></feed>"),
		"one bad comment":          fill("<rss><channel><item><title>", "&lt;!", "</title></item></channel></rss>"),
		"CDATA":                    fill("<rss><channel><item><title>", "<![CDATA[a]]>", "</title></item></channel></rss>"),
		"CDATA open":               fill("<rss><channel><item>", "<title><![CDATA[a</title>", "</item></channel></rss>"),
		"titles open":              fill("<rss><channel><item>", "<title>a", "</item></channel></rss>"),
		"bases":                    fill("<feed><entry>", `<link xml:base="a/" href="b"/>`, "</entry></feed>"),
		"bases, nested":            fill("<feed><entry>", `<a xml:base="a/">`, ""),
		"dates":                    fill("<rss><channel><item>", "<pubDate>4 March 2026 05:06:07 +0100</pubDate>", "</item></channel></rss>"),
		"dates that are none":      fill("<rss><channel><item>", "<pubDate>"+noDate+"</pubDate>", "</item></channel></rss>"),
		"dates of an extension":    fill("<rss><channel><item>", "<dc:date>"+noDate+"</dc:date>", "</item></channel></rss>"),
		"items of many dates":      fill("<rss><channel>", "<item><title>a</title>"+strings.Repeat("<dc:date>"+noDate+"</dc:date>", 12)+"</item>", "</channel></rss>"),
		"items of unknown dates":   fill("<rss><channel>", "<item><title>a</title><issued>"+noDate+"</issued><date>"+noDate+"</date><modified>"+noDate+"</modified></item>", "</channel></rss>"),
		"JSON, dates":              fill(`{"version":"https://jsonfeed.org/version/1","items":[`, `{"id":"a","date_published":"`+noDate+`","date_modified":"`+noDate+`"},`, `{"id":"b"}]}`),
		"items of links":           fill("<rss><channel>", "<item><title>a</title><link>https://a.example/?"+strings.Repeat("a=b&amp;", 300)+"</link></item>", "</channel></rss>"),
		"items of tags":            fill("<rss><channel>", "<item><title>a</title><description>"+strings.Repeat("&lt;b>", 400)+"</description></item>", "</channel></rss>"),
		"items unclosed":           fill("<rss><channel>", "<item><title>"+strings.Repeat("a", 2500), "</item></channel></rss>"),
		"joiners":                  fill("<rss><channel><item><title>", "\u200d\u0627", "</title></item></channel></rss>"),
		"a date without end":       fill("<rss><channel><item><pubDate>", "1 ", "</pubDate></item></channel></rss>"),
		"NUL":                      strings.Repeat("\x00", whole),
		"NUL in RSS":               fill("<rss><channel><item><title>", "\x00", "</title></item></channel></rss>"),
		"JSON, a million deep":     `{"version":"https://jsonfeed.org/version/1","items":` + strings.Repeat(`[`, 1_000_000),
		"JSON, objects deep":       `{"version":"https://jsonfeed.org/version/1","items":[` + strings.Repeat(`{"a":`, 1_000_000),
		"JSON, numbers":            fill(`{"version":"https://jsonfeed.org/version/1","items":[`, "1,", "1]}"),
		"JSON, lists":              fill(`{"version":"https://jsonfeed.org/version/1","items":[`, "[],", "1]}"),
		"JSON, tags":               fill(`{"version":"https://jsonfeed.org/version/1","items":[{"id":1,"tags":[`, `"a",`, `"b"]}]}`),
		"JSON, items":              fill(`{"version":"https://jsonfeed.org/version/1","items":[`, `{"id":1},`, `{"id":1}]}`),
		"JSON, text":               fill(`{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","content_html":"`, `<b>`, `"}]}`),
		"brackets":                 strings.Repeat("<", whole),
		"quotes":                   "<rss " + strings.Repeat(`a="`, whole/3),
		"ampersands":               fill("<rss><channel><item><title>", "&&amp;", "</title></item></channel></rss>"),
		"UTF-16":                   "\xff\xfe" + strings.Repeat("<\x00a\x00>\x00", whole/6),
		"UTF-32":                   "\x00\x00\xfe\xff" + strings.Repeat("\x00\x00\x00<", whole/4),
		"no UTF-8":                 fill("<rss><channel><item><title>", "\xff", "</title></item></channel></rss>"),
		"twice encoded":            fill("<rss><channel><item><title>", "Ã©", "</title></item></channel></rss>"),
		"a page":                   fill("<!doctype html><html>", "<link rel=alternate>", ""),
		"a document type unclosed": fill("<!DOCTYPE rss [", "<!ENTITY a ", ""),
	} {
		t.Run(name, func(t *testing.T) {
			data := []byte(body)
			var doc Document
			var err error
			var took time.Duration
			heap := peak(func() { took = cpu(func() { doc, err = Read(data, "", "https://a.example/") }) })
			for try := 0; try < 2 && heap > maxHeap; try++ { // where others compute too, what is garbage already is seen as well
				heap = min(heap, peak(func() { _, _ = Read(data, "", "https://a.example/") }))
			}
			t.Log(name, took.Round(time.Millisecond), heap>>20, "MiB", err)
			require.LessOrEqual(t, heap, uint64(maxHeap+3*max(0, len(data)-whole)))
			for range 3 { // the garbage is collected ten times as often while memory is watched, and others compute too
				if took > maxWork {
					took = min(took, cpu(func() { Fetched{Status: 200, Body: data, URL: "https://a.example/"}.Visit(alerts.Feed{}, time.Now()) }))
				}
			}
			if !racing {
				require.LessOrEqual(t, took, maxWork)
			}
			require.Less(t, took, 10*time.Second, "what is not linear takes minutes")
			require.LessOrEqual(t, len(doc.Items), maxItems)
			requireClean(t, doc)
		})
	}
}

// numbered repeats a form with a number in it.
func numbered(form string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, form, i)
	}
	return b.String()
}

// peak returns the most memory that live objects took while f ran, beside what was live before.
func peak(f func()) uint64 {
	defer debug.SetGCPercent(debug.SetGCPercent(10))
	runtime.GC()
	live := func() uint64 {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	before, most := live(), uint64(0)
	done := make(chan struct{})
	var watch sync.WaitGroup
	watch.Go(func() {
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		for {
			most = max(most, live())
			select {
			case <-done:
				return
			case <-tick.C:
			}
		}
	})
	f()
	close(done)
	watch.Wait()
	return most - min(before, most)
}

// The measure must see what it is there for.
func TestPeakSees(t *testing.T) {
	var kept [][]byte
	require.Greater(t, peak(func() {
		for range 100 {
			kept = append(kept, make([]byte, 1<<20))
			runtime.Gosched()
		}
	}), uint64(maxHeap)) // garbage of other tests may go meanwhile
	require.Len(t, kept, 100)
	require.Less(t, peak(func() {}), uint64(10<<20))
}

// TestBombs: what unpacks to more than a feed may have is refused where it passes the bound, packed once or twice.
func TestBombs(t *testing.T) {
	pack := func(r io.Reader) []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, err := io.Copy(w, r)
		require.NoError(t, err)
		require.NoError(t, w.Close())
		return b.Bytes()
	}
	size := int64(256 << 20)
	if testing.Short() {
		size /= 2 // twice what may be held; the race detector looks at each byte
	}
	bomb := pack(io.LimitReader(blanks{}, size))
	for name, body := range map[string][]byte{"once": bomb, "twice": pack(bytes.NewReader(bomb))} {
		var err error
		heap := peak(func() { _, err = Read(body, "", "") })
		require.Contains(t, alerts.Say(err), "larger than 5 MiB", name)
		require.LessOrEqual(t, heap, uint64(maxHeap), name)
	}
	feed := pack(bytes.NewReader(pack(strings.NewReader(`<rss><channel><title>packed</title></channel></rss>`))))
	doc, err := Read(feed, "", "")
	require.NoError(t, err)
	require.Equal(t, "packed", doc.Feed.Title)
	deep := feed
	for range 5 {
		deep = pack(bytes.NewReader(deep))
	}
	_, err = Read(deep, "", "")
	require.Error(t, err, "nobody packs a feed so often")
}

// blanks never end.
type blanks struct{}

func (blanks) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}
