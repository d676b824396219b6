package visible_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/visible"
)

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "Talks resume.\nMore follows.", "Talks resume.\nMore follows."},
		{"line ends", "a\r\nb\rc\u0085d\u2028e", "a\nb\nc\nd\ne"},
		{"tab", "a\tb", "a b"},
		{"controls", "a\x00b\x1b[31mc\u009bd\x7f", "ab[31mcd"},
		{"bidi", "a\u202Eb\u2066c\u200Fd\u061Ce", "abcde"},
		{"tags", "a\U000E0041\U000E007Fb", "ab"},
		{"fillers", "O\u00ADman\uFEFF\u200B\u3164", "Oman"},
		{"emoji family", "👩\u200d🚀 ❤\uFE0F\u200d🔥 👍🏽", "👩\u200d🚀 ❤\uFE0F\u200d🔥 👍🏽"},
		{"joiner in Latin", "Wit\u200dk\u200coff", "Witkoff"},
		{"non-joiner in Persian", "می\u200cخواهم", "می\u200cخواهم"},
		{"joiner in Devanagari", "क्\u200dष", "क्\u200dष"},
		{"many joiners", "م\u200c\u200c\u200cخ", "م\u200cخ"},
		{"invalid UTF-8", "a\xffb", "a\uFFFDb"},
		{"marks on end", "e" + strings.Repeat("\u0301", 100), "e" + strings.Repeat("\u0301", 8)},
		{"vowels of Hebrew", "שָׁלוֹם", "שָׁלוֹם"},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, visible.Clean(c.in)) })
	}
	require.Equal(t, "a b c", visible.Line(" a\n\tb\u2028 c "))
}

func TestCut(t *testing.T) {
	const family = "👨\u200d👩\u200d👧\u200d👦"
	for _, c := range []struct {
		in      string
		limit   int
		measure visible.Measure
		want    string
	}{
		{"short", 5, visible.Runes, "short"},
		{"longer", 5, visible.Runes, "long…"},
		{"a b c d", 3, visible.Runes, "a…"},
		{"", 0, visible.Runes, ""},
		{"ab", 1, visible.Runes, ""},
		{family + family, 14, visible.Runes, family + family},
		{family + family, 13, visible.Runes, family + "…"},
		{family + family, 21, visible.UTF16, family + "…"},
		{family + "a", 7, visible.Runes, ""},
		{"e\u0301e\u0301e\u0301", 5, visible.Runes, "e\u0301e\u0301…"},
		{"e\u0301e\u0301e\u0301", 4, visible.Runes, "e\u0301…"},
		{"普京总统", 10, visible.Bytes, "普京…"},
	} {
		require.Equal(t, c.want, visible.Cut(c.in, c.limit, c.measure), "%q at %d", c.in, c.limit)
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"a\x00\u202e", "م\u200c\u200d\u200cخ", "👩\u200d🚀", "\xff\u0301\r\n"} {
		f.Add(s, 7)
	}
	f.Fuzz(func(t *testing.T, s string, limit int) {
		clean := visible.Clean(s)
		require.True(t, utf8.ValidString(clean))
		require.Equal(t, clean, visible.Clean(clean))
		if cut := visible.Cut(clean, limit, visible.Runes); limit >= 0 {
			require.LessOrEqual(t, visible.Runes(cut), limit)
		}
	})
}
