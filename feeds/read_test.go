package feeds

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"

	"github.com/seed-6c43f0f2/attache/alerts"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestReadGolden reads each testdata/NAME.xml or .json as if it came from https://origin.example/feeds/NAME and
// compares with NAME.EXT.golden.json: the document and its warnings. Adding a case is adding a file; -update writes its pair.
func TestReadGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.*")
	require.NoError(t, err)
	cases := 0
	for _, file := range files {
		if strings.HasSuffix(file, ".golden.json") {
			continue
		}
		cases++
		t.Run(filepath.Base(file), func(t *testing.T) {
			body, err := os.ReadFile(file)
			require.NoError(t, err)
			doc, err := Read(body, "", "https://origin.example/feeds/"+filepath.Base(file))
			require.NoError(t, err)
			var out bytes.Buffer
			enc := json.NewEncoder(&out)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", "  ")
			require.NoError(t, enc.Encode(struct {
				Document
				Warnings []string `json:"warnings"`
			}{doc, doc.Warnings}))
			golden := file + ".golden.json"
			if *update {
				require.NoError(t, os.WriteFile(golden, out.Bytes(), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			require.Equal(t, string(want), out.String())
			requireClean(t, doc)
		})
	}
	require.GreaterOrEqual(t, cases, 8)
}

func TestDocumentShape(t *testing.T) {
	doc, err := Read([]byte(`<rss><channel><item/></channel></rss>`), "", "")
	require.NoError(t, err)
	out, err := json.Marshal(doc)
	require.NoError(t, err)
	require.Equal(t, `{"feed":{"title":"","link":"","description":"","language":"","updated":null},"articles":[{"id":"","url":"",`+
		`"title":"","summary":"","content":"","author":"","published":null,"updated":null,"categories":[]}]}`, string(out))
	doc, err = Read([]byte(`<rss><channel/></rss>`), "", "")
	require.NoError(t, err)
	out, err = json.Marshal(doc)
	require.NoError(t, err)
	require.Contains(t, string(out), `"articles":[]`)
}

func TestReadSaysWhatElseItIs(t *testing.T) {
	cases := map[string]struct{ body, say string }{
		"web page":      {`<!DOCTYPE html><html><head><title>x</title></head><body>hello</body></html>`, "This is a web page, not a feed. Look on the site"},
		"names a feed":  {`<html><head><link href="/rss.xml" type="application/rss+xml" rel="alternate"></head></html>`, "https://site.example/rss.xml: try that"},
		"evil feed":     {`<html><head><link href="javascript:x" type="application/rss+xml" rel="alternate"></head></html>`, "Look on the site"},
		"wall":          {`<!doctype html><html><head><title>Just a moment...</title></head></html>`, "Blocked:"},
		"empty":         {" \n", "The answer is empty"},
		"opml":          {`<opml version="2.0"><body/></opml>`, "list of feeds (OPML)"},
		"site map":      {`<urlset xmlns="x"><url/></urlset>`, "site map"},
		"other JSON":    {`{"error":"no"}`, "not a JSON Feed"},
		"broken JSON":   {`{"version":"https://jsonfeed.org/version/1","items":[`, "JSON Feed but can't be read"},
		"text":          {`hello`, "This is not a feed"},
		"bad gzip":      {"\x1f\x8b\x08garbage", "damaged"},
		"deep JSON":     {`{"items":` + strings.Repeat("[", 100_000), "nested too deeply"},
		"other XML":     {`<note><to>x</to></note>`, "This is not a feed"},
		"page with rss": {`<html><body>see &lt;rss&gt;</body></html>`, "web page"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := Read([]byte(c.body), "text/html", "https://user:secret@site.example/a/")
			require.Error(t, err)
			require.Contains(t, alerts.Say(err), c.say)
			require.NotContains(t, err.Error(), "secret")
		})
	}
}

func TestDecode(t *testing.T) {
	const rss = `<rss><channel><title>%s</title></channel></rss>`
	utf16 := func(s string) []byte {
		out := []byte{0xff, 0xfe}
		for _, r := range s {
			out = append(out, byte(r), byte(r>>8))
		}
		return out
	}
	utf32 := func(s string) []byte {
		out := []byte{0, 0, 0xfe, 0xff}
		for _, r := range s {
			out = binary.BigEndian.AppendUint32(out, uint32(r))
		}
		return out
	}
	ebcdic := func(s string) []byte {
		out, err := charmap.CodePage037.NewEncoder().Bytes([]byte(s))
		require.NoError(t, err)
		return out
	}
	cases := map[string]struct {
		body        []byte
		contentType string
		title       string
	}{
		"header":                  {[]byte(fmt.Sprintf(rss, "\xcf\xf0\xe0\xe2\xe4\xe0")), "text/xml; charset=windows-1251", "Правда"},
		"header before XML":       {[]byte(`<?xml version="1.0" encoding="iso-8859-1"?>` + fmt.Sprintf(rss, "\xcf\xf0")), "text/xml; charset=windows-1251", "Пр"},
		"UTF-8 beats wrong label": {[]byte(`<?xml version="1.0" encoding="iso-8859-1"?>` + fmt.Sprintf(rss, "Ünïcode")), "", "Ünïcode"},
		"BOM":                     {[]byte("\xef\xbb\xbf" + `<?xml version="1.0" encoding="koi8-r"?>` + fmt.Sprintf(rss, "é")), "", "é"},
		"UTF-16":                  {utf16(fmt.Sprintf(rss, "Ж")), "", "Ж"},
		"unknown label":           {[]byte(`<?xml version="1.0" encoding="x-none"?>` + fmt.Sprintf(rss, "ß")), "", "ß"},
		"stray quote in UTF-8":    {[]byte(fmt.Sprintf(rss, "déjà \x93vu\x94")), "", "déjà “vu”"},
		"cut character":           {[]byte(fmt.Sprintf(rss, "Москва\xd0")), "", "Москва"},
		"guessed":                 {[]byte(fmt.Sprintf(rss, "\xcf\xf0\xe5\xe7\xe8\xe4\xe5\xed\xf2 \xef\xf0\xe8\xed\xff\xeb \xef\xee\xf1\xeb\xe0\xed\xed\xe8\xea\xe0 \xe2 \xca\xf0\xe5\xec\xeb\xe5")), "", "Президент принял посланника в Кремле"},
		"ASCII that says UTF-16":  {[]byte(`<?xml version="1.0" encoding="utf-16"?>` + fmt.Sprintf(rss, "plain")), "application/xml; charset=utf-16", "plain"},
		"UTF-8 that says UTF-16":  {[]byte(`<?xml version="1.0" encoding="UTF-16"?>` + fmt.Sprintf(rss, "é")), "", "é"},
		"UTF-16 without a mark":   {utf16(fmt.Sprintf(rss, "Ж"))[2:], "", "Ж"},
		"UTF-16 that says UTF-8":  {utf16(`<?xml version="1.0" encoding="utf-8"?>` + fmt.Sprintf(rss, "Ж")), "text/xml; charset=utf-8", "Ж"},
		"UTF-16, odd":             {append(utf16(fmt.Sprintf(rss, "Ж")), 'x'), "", "Ж"},
		"server's default":        {[]byte(`<?xml version="1.0" encoding="windows-1251"?>` + fmt.Sprintf(rss, "\xcf\xf0\xe0\xe2\xe4\xe0")), "text/xml; charset=ISO-8859-1", "Правда"},
		"wrong header":            {[]byte(`<?xml version="1.0" encoding="windows-1251"?>` + fmt.Sprintf(rss, "\xcf\xf0\xe0\xe2\xe4\xe0")), "text/xml; charset=utf-8", "Правда"},
		"Latin-1 is Windows-1252": {[]byte(`<?xml version="1.0" encoding="iso-8859-1"?>` + fmt.Sprintf(rss, "\x93caf\xe9\x94 \x80")), "", "“café” €"},
		"ASCII is Windows-1252":   {[]byte(`<?xml version="1.0" encoding="us-ascii"?>` + fmt.Sprintf(rss, "\x93caf\xe9\x94")), "", "“café”"},
		"Shift_JIS":               {[]byte(`<?xml version="1.0" encoding="Shift_JIS"?>` + fmt.Sprintf(rss, "\x93\xfa\x96\x7b")), "", "日本"},
		"EUC-JP":                  {[]byte(`<?xml version="1.0" encoding="euc-jp"?>` + fmt.Sprintf(rss, "\xc6\xfc\xcb\xdc")), "", "日本"},
		"ISO-2022-JP":             {[]byte(`<?xml version="1.0" encoding="iso-2022-jp"?>` + fmt.Sprintf(rss, "\x1b$BF|K\\\x1b(B")), "", "日本"},
		"ISO-2022-JP, unsaid":     {[]byte(fmt.Sprintf(rss, "\x1b$BF|K\\\x1b(B")), "", "日本"},
		"GB2312":                  {[]byte(`<?xml version="1.0" encoding="gb2312"?>` + fmt.Sprintf(rss, "\xc8\xd5\xb1\xbe")), "", "日本"},
		"HZ":                      {[]byte(`<?xml version="1.0" encoding="hz-gb-2312"?>` + fmt.Sprintf(rss, "~{HU1>~}")), "", "日本"},
		"Big5":                    {[]byte(fmt.Sprintf(rss, "\xa4\xe9\xa5\xbb")), "text/xml; charset=big5", "日本"},
		"EUC-KR":                  {[]byte(`<?xml version='1.0' encoding='euc-kr'?>` + fmt.Sprintf(rss, "\xc7\xd1\xb1\xdb")), "", "한글"},
		"KOI8-R":                  {[]byte(`<?xml version="1.0" encoding="KOI8-R"?>` + fmt.Sprintf(rss, "\xf0\xd2\xc1\xd7\xc4\xc1")), "", "Правда"},
		"code page 850":           {[]byte(`<?xml version="1.0" encoding="cp850"?>` + fmt.Sprintf(rss, "caf\x82")), "", "café"},
		"the declared is not it":  {[]byte(`<?xml version="1.0" encoding="shift_jis"?>` + fmt.Sprintf(rss, "Déjà vu à l'été, où est-il né ? \xe9")), "", "Déjà vu à l'été, où est-il né ? é"},
		"Cyrillic says Latin-1":   {[]byte(`<?xml version="1.0" encoding="ISO-8859-1"?>` + fmt.Sprintf(rss, "\xd1\xf2\xe8\xe2 \xd3\xe8\xf2\xea\xee\xf4\xf4 \xef\xf0\xe8\xe1\xfb\xeb \xe2 \xc6\xe5\xed\xe5\xe2\xf3")), "", "Стив Уиткофф прибыл в Женеву"},
		"the header, too":         {[]byte(fmt.Sprintf(rss, "\xd1\xf2\xe8\xe2 \xd3\xe8\xf2\xea\xee\xf4\xf4 \xef\xf0\xe8\xe1\xfb\xeb \xe2 \xc6\xe5\xed\xe5\xe2\xf3")), "text/xml; charset=windows-1252", "Стив Уиткофф прибыл в Женеву"},
		"Greek says Latin-1":      {[]byte(`<?xml version="1.0" encoding="ISO-8859-1"?>` + fmt.Sprintf(rss, "\xc7 \xea\xf5\xe2\xdd\xf1\xed\xe7\xf3\xe7 \xf4\xe7\xf2 \xc5\xeb\xeb\xdc\xe4\xe1\xf2 \xea\xe1\xe9 \xe7 \xc5\xf5\xf1\xf9\xf0\xe1\xfa\xea\xde \xb8\xed\xf9\xf3\xe7")), "", "Η κυβέρνηση της Ελλάδας και η Ευρωπαϊκή Ένωση"},
		"Latin-1 of many letters": {[]byte(`<?xml version="1.0" encoding="iso-8859-1"?>` + fmt.Sprintf(rss, "\xc9t\xe9 cr\xe9\xe9e \xe0 Malm\xf6, \xd6\xe4\xfc, \xe9lev\xe9e, na\xefvet\xe9, gar\xe7on, fa\xe7ade")), "", "Été créée à Malmö, Öäü, élevée, naïveté, garçon, façade"},
		"EBCDIC":                  {ebcdic(`<?xml version="1.0" encoding="ibm037"?>` + fmt.Sprintf(rss, "plain")), "", "plain"},
		"UTF-32":                  {utf32(fmt.Sprintf(rss, "Ж😀")), "", "Ж😀"},
		"honest letters":          {[]byte(fmt.Sprintf(rss, "São Paulo à côté, Ãéä")), "", "São Paulo à côté, Ãéä"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			doc, err := Read(c.body, c.contentType, "")
			require.NoError(t, err)
			require.Equal(t, c.title, doc.Feed.Title)
		})
	}
}

// TestReadIsBounded gives what would take gofeed or a careless mender minutes or gigabytes.
func TestReadIsBounded(t *testing.T) {
	if racing {
		t.Skip("NOT RUN: one goroutine, and the bounds are of time and memory; the same test runs without the race detector")
	}
	type sized func(size int) string
	fill := func(head, unit, tail string) sized {
		return func(size int) string { return head + strings.Repeat(unit, (size-len(head)-len(tail))/len(unit)) + tail }
	}
	cases := map[string]struct {
		body    sized
		items   int
		warning string
	}{
		"items":            {fill("<rss><channel>", "<item><title>a</title></item>", "</channel></rss>"), maxItems, "2,000"},
		"depth":            {fill("<rss><channel><item/><item>", "<a>", ""), 1, "nested too deeply"},
		"elements":         {fill("<rss><channel><item/><item>", "<x:y/>", ""), 1, "too many elements"},
		"attributes":       {fill("<rss><channel><item ", `a="1" `, "/></channel></rss>"), 1, ""},
		"many attributes":  {fill("<rss><channel><item/><item>", `<b c="1" d="2" e="3"/>`, "</item></channel></rss>"), 1, "too many elements"},
		"namespaces":       {fill("<rss><channel><item/><item>", `<b xmlns:p="u" xmlns:q="v">`, ""), 1, ""},
		"brackets":         {fill("<rss><channel><item/><item>", "<a", ">"), 1, ""},
		"end brackets":     {fill("<rss><channel><item/><item>", "</a", ">"), 1, ""},
		"open quotes":      {fill("<rss><channel><item/><item>", `<a b="`, ""), 1, ""},
		"attribute quotes": {fill("<rss><channel><item/><item><a ", `b="`, ""), 1, ""},
		"comments":         {fill("<rss><channel><item/><item>", "<!--", ""), 1, ""},
		"CDATA":            {fill("<rss><channel><item/><item>", "<![CDATA[", ""), 1, ""},
		"ampersands":       {fill("<rss><channel><item><title>", "&", "</title></item></channel></rss>"), 1, ""},
		"entities":         {fill("<!DOCTYPE rss [", `<!ENTITY a "b">`, "]><rss><channel><item>&a;</item></channel></rss>"), 1, ""},
		"HTML depth":       {fill("<rss><channel><item><description><![CDATA[", "<div>", "]]></description></item></channel></rss>"), 1, ""},
		"Atom HTML depth":  {fill(`<feed><entry><content type="html">`, "&lt;div>", "</content></entry></feed>"), 1, ""},
		"JSON items":       {fill(`{"items":[`, `{"id":1,"url":"https://a.example/1","title":"a","content_text":"`+strings.Repeat("b", 100)+`"},`, "{}]}"), maxItems, "2,000"},
		"doubly encoded":   {fill("<rss><channel><item><title>", "ð\u009f", "</title></item></channel></rss>"), 1, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			const whole = 5 << 20
			part := []byte(c.body(whole / 8))
			small := cpu(func() { _, _ = Read(part, "", "") })
			var doc Document
			var err error
			body := []byte(c.body(whole))
			large := cpu(func() { doc, err = Read(body, "", "") })
			require.NoError(t, err)
			require.Len(t, doc.Items, c.items)
			if c.warning != "" {
				require.Contains(t, strings.Join(doc.Warnings, " "), c.warning)
			}
			t.Log(large.Round(time.Millisecond))
			require.True(t, linear(small, large, 8), "an eighth took %s, all took %s", small, large)
		})
	}
}

// cpu returns the processor's time that f takes, whatever else the machine is doing.
func cpu(f func()) time.Duration {
	var before, after syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &before) // it fails for a wrong argument only
	f()
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &after)
	return time.Duration(after.Utime.Nano() - before.Utime.Nano() + after.Stime.Nano() - before.Stime.Nano())
}

// linear tells whether large, for times as much as small, is far from the square of it. What takes no time to speak of
// is linear.
func linear(small, large time.Duration, times int) bool {
	const slight = 100 * time.Millisecond
	return large <= slight*time.Duration(times) || large <= small*time.Duration(times*times/2)
}

// The check must be able to fail.
func TestLinearKnowsASquare(t *testing.T) {
	require.True(t, linear(time.Second, 9*time.Second, 8))
	require.False(t, linear(time.Second, 64*time.Second, 8))
}

func TestReadUnpacks(t *testing.T) {
	pack := func(s string) []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		w.Write([]byte(s))
		w.Close()
		return b.Bytes()
	}
	doc, err := Read(pack(`<rss><channel><title>packed</title></channel></rss>`), "", "")
	require.NoError(t, err)
	require.Equal(t, "packed", doc.Feed.Title)

	_, err = Read(pack(strings.Repeat(" ", 8<<20)), "", "")
	require.Contains(t, alerts.Say(err), "larger than 5 MiB")
}

func TestNothingIsExpandedOrFetched(t *testing.T) {
	doc, err := Read([]byte(`<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;"><!ENTITY x SYSTEM "file:///etc/passwd">`+
		`<!ENTITY % p SYSTEM "http://127.0.0.1/"> %p;]><rss><channel><title>[&a;][&b;][&c;][&x;]</title></channel></rss>`), "", "")
	require.NoError(t, err)
	require.Equal(t, "[ha][&a;&a;][&b;&b;][&x;]", doc.Feed.Title)
}

// knownFailures are the public sample feeds that do not read, and why. docs/feeds.md lists them too.
var knownFailures = map[string]string{
	"rbren/unrecognized.rss": "a web page that says the feed has moved",
}

// withoutItems are those that read, and have no items.
var withoutItems = map[string]bool{"codehollow/Rss20DailyMail.xml": true}

func TestSharedFeeds(t *testing.T) {
	root := beside(t, "feeds")
	files := 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Base(path) == "README.md" {
			return err
		}
		files++
		name, _ := filepath.Rel(root, path)
		t.Run(name, func(t *testing.T) {
			body, err := os.ReadFile(path)
			require.NoError(t, err)
			doc, err := Read(body, "", "")
			if why := knownFailures[filepath.ToSlash(name)]; why != "" {
				require.Error(t, err, "this reads now: take it off the list")
				require.NotEmpty(t, alerts.Say(err))
				return
			}
			require.NoError(t, err)
			require.Equal(t, withoutItems[filepath.ToSlash(name)], len(doc.Items) == 0)
			requireClean(t, doc)
			requireNoMojibake(t, doc)
			require.Equal(t, len(doc.Items) > 0, len(doc.Articles(alerts.Feed{}, time.Now())) > 0 || strings.HasSuffix(name, "-fields.atom"))
		})
		return nil
	})
	require.NoError(t, err)
	require.Greater(t, files, 70)
}

func requireNoMojibake(t *testing.T, doc Document) {
	t.Helper()
	out, err := json.Marshal(doc)
	require.NoError(t, err)
	require.Empty(t, mojibake(string(out)))
}

// mojibake returns the first trace of text that was decoded wrongly.
func mojibake(s string) string {
	for _, trace := range []string{"\ufffd", "Ã©", "Ã¨", "Ã¤", "Ã¶", "Ã¼", "Ã±", "Ã³", "â€™", "â€œ", "Ð°", "Ð¸", "Ñ€", "Â»", "Â ", "Ã§"} {
		if strings.Contains(s, trace) {
			return trace
		}
	}
	return ""
}

func TestMojibakeIsFound(t *testing.T) {
	require.NotEmpty(t, mojibake("actualitÃ©"))
	require.NotEmpty(t, mojibake("a\ufffdb"))
	require.Empty(t, mojibake("NAPOLEÃO à l'été, Путин"))
}

// requireClean holds what Document promises of its text and links.
func requireClean(t *testing.T, doc Document) {
	t.Helper()
	texts := []string{doc.Feed.Title, doc.Feed.Description, doc.Feed.Language}
	links := []string{doc.Feed.Link}
	for _, item := range doc.Items {
		texts = append(append(texts, item.ID, item.Title, item.Summary, item.Content, item.Author), item.Categories...)
		links = append(links, item.URL)
		require.NotNil(t, item.Categories)
	}
	for _, s := range texts {
		require.Empty(t, unclean(s), "%q", s)
	}
	for _, l := range links {
		require.True(t, l == "" || strings.HasPrefix(l, "https://") || strings.HasPrefix(l, "http://"), l)
		require.Empty(t, unclean(l))
	}
}

func unclean(s string) string {
	if !utf8.ValidString(s) {
		return "not UTF-8"
	}
	for _, r := range s {
		if unicode.Is(unicode.Cc, r) && r != '\n' || unicode.Is(unicode.Bidi_Control, r) || r >= 0xE0000 && r <= 0xE007F {
			return fmt.Sprintf("%U", r)
		}
	}
	return ""
}

func TestUncleanIsFound(t *testing.T) {
	for _, s := range []string{"a\tb", "a\u202eb", "a\U000e0041", "a\xff"} {
		require.NotEmpty(t, unclean(s))
	}
	require.Empty(t, unclean("a\nb é 中"))
}

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.*")
	for _, file := range files {
		body, _ := os.ReadFile(file)
		f.Add(body, "")
	}
	f.Add([]byte(`<rss><channel><item><title>a</title`), "text/xml; charset=koi8-r")
	f.Add([]byte("<feed xml:base='http://[::1'><entry><link href='//x'/></entry></feed>"), "")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		doc, err := Read(body, contentType, "https://base.example/feed")
		if err != nil {
			require.NotEmpty(t, alerts.Say(err), "%v", err)
			return
		}
		requireClean(t, doc)
		_, err = json.Marshal(doc)
		require.NoError(t, err)
		for _, a := range doc.Articles(alerts.Feed{}, time.Unix(0, 0)) {
			require.NotEmpty(t, a.Key)
			require.True(t, a.Title != "" || a.URL != "")
			require.Empty(t, unclean(a.Title)+unclean(a.Text)+unclean(a.Key))
		}
	})
}
