package feeds

import (
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTidy: what must not reach a reader does not, and what scripts and emoji need does.
func TestTidy(t *testing.T) {
	for s, want := range map[string]string{
		"a\x00b\x1bc\x7fd\u0085e": "abcd\ne", "a\u202eb\u202cc\u2066d\u2069e\u200ef\u200fg\u061ch": "abcdefgh",
		"a\U000e0041\U000e007fb": "ab", "a\u200bb\u2060c\ufeffd\u00ade": "abcde", "a\xffb\xc3": "ab", "a\ufffdb\uffffc\U0001ffffd": "abcd",
		"\x93a\x94": "a", "\u0093a\u0094": "“a”", " a \t b\u00a0c\u3000d ": "a b c d", "a\n\n\n\nb\r\nc": "a\n\nb\nc",
		// Joiners.
		"a\u200db": "ab", "a\u200cb": "ab", "pay\u200cpal": "paypal", "а\u200dб": "аб", "中\u200d文": "中文", "\u200da": "a", "a\u200d": "a", "1\u200d2": "12",
		"می\u200cخواهم": "می\u200cخواهم", "क्\u200dष": "क्\u200dष", "क्\u200c": "क्\u200c", "ന്\u200d അ": "ന്\u200d അ", "ශ්\u200dරී": "ශ්\u200dරී", "می\u200c ": "می",
		"👩\u200d💻": "👩\u200d💻", "👩🏽\u200d🚒": "👩🏽\u200d🚒", "🏳\ufe0f\u200d🌈": "🏳\ufe0f\u200d🌈", "❤\ufe0f\u200d🔥": "❤\ufe0f\u200d🔥", "👩\u200da": "👩a", "👩\u200c💻": "👩💻",
		"👩\u200d\u200d💻": "👩\u200d💻", "👩\u200d\u202e💻": "👩💻",
		// Variation selectors.
		"❤\ufe0f": "❤\ufe0f", "1\ufe0f\u20e3": "1\ufe0f\u20e3", "a\ufe0f\ufe01b": "ab", "😀\U000e0101\U000e0102": "😀", "葛\U000e0100": "葛\U000e0100", "葛\U000e0100\U000e0101": "葛\U000e0100", "\ufe0fa": "a",
	} {
		assert.Equal(t, want, tidy(s), "%q", s)
		assert.Equal(t, want, tidy(want), "twice is as once")
	}
}

// TestWhatIsCutHoldsNoMore: what is left of a text does not keep all of it in memory.
func TestWhatIsCutHoldsNoMore(t *testing.T) {
	const long = 16 << 20
	inUse := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := inUse()
	kept := []string{cutRunes(strings.Repeat("a", long), 10), tidy("b" + strings.Repeat("\u200b", long/3)), tidy(strings.Repeat("\u200b", long/3))}
	require.Equal(t, []string{"aaaaaaaaaa", "b", ""}, kept)
	require.Less(t, int64(inUse())-int64(before), int64(long/2))
	runtime.KeepAlive(kept)
}

func TestPlainText(t *testing.T) {
	for s, want := range map[string]string{
		"a<b>b</b>c": "abc", "<p>a</p><p>b": "a\n\nb", "a<br>b": "a\nb", "5 < 6 & 7 > 2": "5 < 6 & 7 > 2", "vector<int> x": "vector<int> x",
		"<script>x</script>a<style>y</style>": "a", "<math><mi>a</mi><mo>+</mo><mi>b</mi></math> c<d>": "a+b c<d>", "<svg><circle/><title>x</title></svg>y": "xy",
		"</svg></math><q1>": "<q1>", "<!' <a href='x'>y</a>": "<!' y", "a<!-- b -->c": "ac", "<!DOCTYPE html>a<b>": "a", "<![CDATA[x]]>a<b>": "a", "a <!b": "a <!b", "x<o:span>y</o:span>": "xy",
	} {
		assert.Equal(t, want, plainText(s), "%q", s)
	}
}

// FuzzText: whatever HTML comes in, what goes out is clean, and cleaning it again changes nothing.
func FuzzText(f *testing.F) {
	for _, s := range []string{
		"<p>a</p>", "vector<int>", "<!' <a", "&#8238;&#x202e;", "<svg><x></svg>", "👩\u200d💻\ufe0f", "\x93a\x94", "<script><script></script>", "می\u200cخ", strings.Repeat("<div>", 300),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := plainText(s)
		require.Empty(t, unclean(got), "%q", got)
		require.Equal(t, got, tidy(got))
		require.LessOrEqual(t, len(got), 3*len(s)+8)
		require.NotContains(t, oneLine(s), "\n")
	})
}

// FuzzDecode: whatever bytes and labels come in, what goes out is UTF-8, and UTF-8 is not changed.
func FuzzDecode(f *testing.F) {
	for _, label := range []string{"", "text/xml; charset=shift_jis", "text/xml; charset=utf-16", "charset", "text/xml; charset=hz-gb-2312", "text/xml;charset=iso-8859-1"} {
		for _, body := range []string{"a", "\xff\xfea\x00", "\x00\x00\xfe\xff", "<?xml encoding='koi8-r'?>\xf0", "\x1b$BF|", "é\x93", "\x4c\x6f\xa7\x94", "~{HU1>~}"} {
			f.Add([]byte(body), label)
		}
	}
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		text, _ := decode(body, contentType)
		require.Equal(t, strings.ToValidUTF8(text, ""), text)
		require.LessOrEqual(t, len(text), 6*len(body)+8)
		mended, _ := undouble(text)
		require.Equal(t, strings.ToValidUTF8(mended, ""), mended)
	})
}

// FuzzLink: what is taken for a link is absolute, and is the same when it is read again.
func FuzzLink(f *testing.F) {
	for _, s := range []string{"x", "//x", "https://a.example/ä b", "javascript:x", "http://[::1", "HTTP://A.example", "\thttps://a.example\n", "https://a:b@c.example/%zz", "?a=%", "#"} {
		f.Add("https://base.example/a/b", s)
	}
	f.Fuzz(func(t *testing.T, base, ref string) {
		got := link(parseBase(base), ref)
		if got == "" {
			return
		}
		require.True(t, strings.HasPrefix(got, "https://") || strings.HasPrefix(got, "http://"), got)
		require.Empty(t, unclean(got))
		require.Equal(t, got, link(nil, got))
	})
}

// FuzzMend: what is mended needs no more mending, but for what a bound cut off.
func FuzzMend(f *testing.F) {
	for _, s := range []string{
		`<rss><channel><item><title>a</title></item></channel></rss>`, `<feed><title type="text">&lt;b></title><entry xml:base="x"><link>y</link></entry></feed>`,
		`<CHANNEL><ITEM HREF="x"><ABSTRACT>y`, `<rss><![CDATA[a<![CDATA[b</rss>`, `<!DOCTYPE x [<!ENTITY a "b">]><rss>&a;`, `{"items":[{"a":[1,]},]}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "")
		mended, _ := mendXML(s, strings.HasPrefix(s, "<C"), nil, nil)
		require.Equal(t, strings.ToValidUTF8(mended, ""), mended)
		requireWellFormed(t, mended)
		mendJSON(s, nil)
		retype(s)
	})
}
