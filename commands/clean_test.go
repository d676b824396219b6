package commands

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestCaret(t *testing.T) {
	long := strings.Repeat("word ", 20) + `"talks`
	tests := []struct {
		query  string
		column int
		want   string
	}{
		{`a AND "b`, 7, "a AND \"b\n      ^"},
		{"AND", 1, "AND\n^"},
		{"a OR", 5, "a OR\n    ^"},
		{"a", 99, "a\n ^"},
		{"普京 OR (", 7, "普京 OR (\n\u3000\u3000    ^"},
		{"e\u0301e OR (", 7, "e\u0301e OR (\n     ^"},
		{long, 101, "…" + long[70:] + "\n" + strings.Repeat(" ", 31) + "^"},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, caret(tt.query, tt.column), tt.query)
	}
}

func TestCut(t *testing.T) {
	require.Equal(t, "short", cut("short", 5))
	require.Equal(t, "shor…", cut("shorter", 5))
	require.Equal(t, "👩‍👩‍👧…", cut("👩‍👩‍👧👩‍👩‍👧", 6), "characters stay whole")
	require.Equal(t, "…", cut("👩‍👩‍👧👩‍👩‍👧", 3))
}

func TestSlug(t *testing.T) {
	for in, want := range map[string]string{
		"UN News – Global": "un-news-global", "Le Monde.fr": "le-monde-fr", "!!!": "", "РИА Новости": "риа-новости", "L’Obs": "lobs",
		"A feed with a title that goes on and on": "a-feed-with-a-title-that", strings.Repeat("x", 50): strings.Repeat("x", 40),
	} {
		require.Equal(t, want, slug(in), in)
	}
}

func TestNearest(t *testing.T) {
	words := []string{"watch", "subscribe", "unsubscribe", "feeds", "lookup", "why"}
	for typed, want := range map[string]string{
		"wacth": "watch", "subscribe": "subscribe", "unsubscribee": "unsubscribe", "feed": "feeds", "look": "lookup", "wy": "why", "zebra": "", "": "",
	} {
		require.Equal(t, want, nearest(typed, words, lower), typed)
	}
}

// A value that was tidied stays as it is when it is tidied again: ParseLine tidies, and so does Do.
func TestTidyingIsIdempotent(t *testing.T) {
	options := []Option{{Name: "a"}, {Name: "b", Query: true}, {Name: "c", Address: true}}
	rapid.Check(t, func(t *rapid.T) {
		pieces := []string{`"`, "“", "”", "'", "’", "«", " ", "a", "b c", "OR", "(", ")", "<https://x.y|z>", "<@U1|n>", "\u200b", "\x00", "|", ">", "&amp;"}
		value := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 9).Draw(t, "pieces"), "")
		for _, o := range options {
			once, err := checkValue(o, value)
			if err != nil {
				t.Fatal(err)
			}
			if twice, _ := checkValue(o, once); twice != once {
				t.Fatalf("%s: %q, then %q, then %q", o.Name, value, once, twice)
			}
		}
	})
}

// What a reply tells people to type is understood when it is typed.
func TestWrittenCommandsAreRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[A-Za-z'’а-я=:.-]{1,8}`)
		name := strings.Join(rapid.SliceOfN(word, 1, 3).Draw(t, "name"), " ")
		if !slices.ContainsFunc([]rune(name), func(r rune) bool { return r >= 'A' && r <= 'z' }) || family([]rune(name)[0]) != "" {
			t.Skip("no name")
		}
		for _, m := range []manner{"console", "slack"} {
			line := m.write("watch add", "name", name, "list", "us-russia")
			_, args, err := parse(line, m)
			if err != nil || args["name"] != unquote(name) || args["list"] != "us-russia" {
				t.Fatalf("%s: %q %v", line, args, err)
			}
		}
	})
}

func TestPlainText(t *testing.T) {
	r := Reply{Title: "T", Lines: []Line{
		say("a ", bold("b"), " ", code("c")), item(link("d", "https://e.f"), " ", mark("g")), say(link("https://h.i", "https://h.i")),
	}}
	require.Equal(t, "T\na b c\n• d (https://e.f) *g*\nhttps://h.i", r.Text())
	require.Equal(t, "", Reply{}.Text())
}
