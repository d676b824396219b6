package discord

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
	"github.com/seed-6c43f0f2/attache/alerts"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden reads testdata/NAME.alert.json: an alert, with the part that it is sent as beside its fields.
func golden(t *testing.T, file string) alerts.Delivery {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	var d alerts.Delivery
	require.NoError(t, json.Unmarshal(data, &d.Alert))
	var as struct {
		Part alerts.Part `json:"part"`
	}
	require.NoError(t, json.Unmarshal(data, &as))
	d.Part, d.Channel, d.Story, d.Drawing = as.Part, d.Alert.Channel, d.Alert.Story, alerts.DrawingVersion
	return d
}

func goldens(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.alert.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	return files
}

// TestDrawings holds every drawing to its golden file: adding a case is adding a file and running with -update.
func TestDrawings(t *testing.T) {
	for _, file := range goldens(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			var b bytes.Buffer
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			e.SetIndent("", "  ")
			require.NoError(t, e.Encode(draw(golden(t, file))))
			want := strings.TrimSuffix(file, ".alert.json") + ".discord.json"
			if *update {
				require.NoError(t, os.WriteFile(want, b.Bytes(), 0o600))
			}
			data, err := os.ReadFile(want)
			require.NoError(t, err)
			require.Empty(t, cmp.Diff(string(data), b.String()))
		})
	}
}

func TestCutsBetweenGraphemes(t *testing.T) {
	family := "👨‍👩‍👧‍👦"
	for _, c := range []struct {
		text string
		most int
		want string
	}{
		{"short", 5, "short"},
		{"longer", 5, "long…"},
		{"a b c", 4, "a b…"},
		{"ab " + family, 6, "ab…"},
		{family + family, units(family) + 1, family + "…"},
		{"e" + strings.Repeat("\u0301", 100), 10, "…"},
		{"🇺🇳🇺🇳", 5, "🇺🇳…"},
	} {
		require.Equal(t, c.want, cut(c.text, c.most), "%q to %d", c.text, c.most)
		require.LessOrEqual(t, units(cut(c.text, c.most)), max(c.most, 1))
	}
}

func TestAddresses(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.org/a b":                   "",
		"https://example.org/a_(b)?c=d*e":           "https://example.org/a_%28b%29?c=d*e",
		"http://user:pw@example.org/":               "http://example.org/",
		"https://bücher.example/ü":                  "https://xn--bcher-kva.example/%C3%BC",
		"https://[2001:db8::1]:8080/x":              "https://[2001:db8::1]:8080/x",
		"HTTPS://EXAMPLE.org":                       "https://EXAMPLE.org",
		"ftp://example.org":                         "",
		"https:///x":                                "",
		"//example.org":                             "",
		"":                                          "",
		"https://example.org/" + longWord(maxURL+1): "",
	} {
		require.Equal(t, want, webURL(in), in)
	}
}

func longWord(n int) string { return strings.Repeat("x", n) }

// FuzzEscape: what is escaped is read by a client as the text that it was, and as nothing more.
func FuzzEscape(f *testing.F) {
	for _, s := range []string{
		"@everyone", "<@1>", "<t:1>", "[x](https://evil.example)", "# h", "-# s", "> q", "* i", "12. i", ":a:", "a\n> b", "https://x.example", "\\", "\\\\*",
		"```\nx\n```", "||s||", "__u__", "~~s~~", "_i_", "</c:1>", "<id:x>", "  - x", "¯\\_(ツ)_/¯", "[", "]:", "a:b:c", "1.\n2. ", "<a@b.c>",
	} {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, s string, lineStart bool) {
		if !utf8.ValidString(s) {
			t.Skip()
		}
		prefix := ""
		if !lineStart {
			prefix = "x"
		}
		r := discordtest.Read(prefix + escape(s, lineStart))
		if r.Text != prefix+s || len(r.Links)+len(r.Effects) > 0 {
			t.Errorf("%q is drawn as %q and read as %q, %q, %q", s, escape(s, lineStart), r.Text, r.Effects, r.Links)
		}
	})
}

// FuzzRuns: styled runs next to each other are read as their texts and their styles alone, cut to any length.
func FuzzRuns(f *testing.F) {
	f.Add("a*", "*b", "c", 20)
	f.Add("x\n", "- y", ":", 3)
	f.Add("<", "t:1>", "://x", 9)
	f.Fuzz(func(t *testing.T, a, b, c string, most int) {
		a, b, c = strip(a), strip(b), strip(c)
		drawn, rest := write([]run{{text: a}, {text: b, style: bold}, {text: c}}, max(0, most%300))
		if units(drawn) > max(0, most%300) {
			t.Fatalf("%q is longer than %d", drawn, most%300)
		}
		left := ""
		for _, r := range rest {
			left += r.text
		}
		r := discordtest.Read(drawn)
		if r.Text+left != a+b+c {
			t.Errorf("%q %q %q are drawn as %q, read as %q, with %q left", a, b, c, drawn, r.Text, left)
		}
		for _, e := range r.Effects {
			if e != "bold" {
				t.Errorf("%q %q %q are drawn as %q, read with %q", a, b, c, drawn, r.Effects)
			}
		}
	})
}
