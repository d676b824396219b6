package slack

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/seed-6c43f0f2/attache/commands"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares the drawing with its file, and writes the file with -update.
func golden(t *testing.T, path string, d drawing) {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	require.NoError(t, e.Encode(d))
	if *update {
		require.NoError(t, os.WriteFile(path, b.Bytes(), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), b.String())
}

// TestAlertDrawings draws testdata/*.alert.json; adding a case is adding a file. "-plain" in its name draws the text.
func TestAlertDrawings(t *testing.T) {
	files, err := filepath.Glob("testdata/*.alert.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".alert.json")
		t.Run(name, func(t *testing.T) {
			raw, err := os.ReadFile(f)
			require.NoError(t, err)
			d := alerts.Delivery{Part: alerts.Root}
			require.NoError(t, json.Unmarshal(raw, &d.Alert))
			if strings.Contains(name, "-plain") {
				d.Part = d.Part.AsPlain()
			}
			drawn := draw(d)
			golden(t, filepath.Join("testdata", name+".slack.json"), drawn)
			valid(t, drawn)
		})
	}
}

// TestReplyDrawings draws every style that an answer has.
func TestReplyDrawings(t *testing.T) {
	span := func(style commands.Style, s string) commands.Span { return commands.Span{Style: style, Text: s} }
	every := commands.Reply{Title: "Why *this* <!channel> alert", Lines: []commands.Line{
		{Spans: []commands.Span{span(commands.Plain, "Plain & <@U1>, "), span(commands.Bold, "bold"), span(commands.Code, "/attache why abc"), span(commands.Mark, "Уиткофф")}},
		{Bullet: true, Spans: []commands.Span{{Text: "an article", Style: commands.Link, URL: "https://news.example.org/1?a=b&c=d"}}},
		{Bullet: true, Spans: []commands.Span{{Text: "no article", Style: commands.Link, URL: "javascript:alert(1)"}}},
		{Spans: []commands.Span{{Text: "14 Mar 2026 09:26 UTC", Style: commands.Time, Unix: 1773480413}, span(commands.Place, "slack:T0NEWS/C1"), span(commands.Place, "slack:T1/C1")}},
		{Spans: []commands.Span{span(commands.Plain, "Column 9:"), span(commands.Code, "peace AND\n         ^")}},
		{},
	}}
	long := commands.Reply{Title: "Long"}
	for range 2000 {
		long.Lines = append(long.Lines, commands.Line{Bullet: true, Spans: []commands.Span{span(commands.Plain, strings.Repeat("👩‍🚀 word ", 20))}})
	}
	for name, r := range map[string]commands.Reply{
		"every-style": every, "empty": {}, "title-only": {Title: "Done"}, "long": long,
		"one-long-span": {Lines: []commands.Line{{Spans: []commands.Span{span(commands.Code, strings.Repeat("x", 50000))}}}},
	} {
		t.Run(name, func(t *testing.T) {
			drawn := drawReply(workspace, r)
			if !strings.Contains(name, "long") {
				golden(t, filepath.Join("testdata", name+".reply.json"), drawn)
			}
			valid(t, drawn)
		})
	}
}

// valid holds a drawing against the fake Slack's rules and, where it is there, the schema made from Slack's own types.
func valid(t *testing.T, d drawing) {
	t.Helper()
	r := newRig(t, setting{})
	_, err := r.send(t.Context(), "C1", r.content(d))
	require.NoError(t, err, "%q", r.Complaints())
	if d.Blocks == nil {
		return
	}
	schema := blockKit(t)
	if schema == nil {
		return
	}
	raw, err := json.Marshal(d.Blocks)
	require.NoError(t, err)
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	require.NoError(t, err)
	require.NoError(t, schema.Validate(v))
	v.([]any)[0].(map[string]any)["colour"] = "red"
	require.Error(t, schema.Validate(v), "the schema must be able to refuse")
}

// blockKit returns the schema of a message's blocks, nil if it is not beside this repository.
func blockKit(t *testing.T) *jsonschema.Schema {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "protocol", "slack-blocks.schema.json")
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Logf("NOT CHECKED AGAINST THE BLOCK KIT SCHEMA: %s is not here", path)
		return nil
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("slack.json", doc))
	schema, err := c.Compile("slack.json#/definitions/SlackMessageBlocks")
	require.NoError(t, err)
	return schema
}

// TestMarkWords marks whole words only, in scripts with spaces and without.
func TestMarkWords(t *testing.T) {
	hits := func(words ...string) []alerts.Hit {
		h := alerts.Hit{}
		for _, w := range words {
			h.Evidence = append(h.Evidence, match.Evidence{Text: w})
		}
		return []alerts.Hit{h}
	}
	for _, c := range []struct{ text, want string }{
		{"Oman and a woman", "[Oman] and a woman"},
		{"Oman", "[Oman]"},
		{"Omanis, Oman's, Oman.", "Omanis, [Oman]'s, [Oman]."},
		{"普京在北京", "[普京]在北京"},
		{"Путин и Путина", "[Путин] и Путина"},
		{"Steve Witkoff, Witkoff", "[Steve Witkoff], [Witkoff]"},
		{"nothing", "nothing"},
		{"Oman\u0301", "Oman\u0301"},
		{"", ""},
	} {
		var b strings.Builder
		for _, l := range markWords(c.text, hits("Oman", "普京", "Путин", "Witkoff", "Steve Witkoff", " ", "")) {
			if l.Style != nil {
				b.WriteString("[" + l.Text + "]")
			} else {
				b.WriteString(l.Text)
			}
		}
		require.Equal(t, c.want, b.String())
	}
}

// TestPing: a group is pinged only if its id is one, and only by the root of a story.
func TestPing(t *testing.T) {
	for ping, want := range map[string]string{
		"S012AB": "S012AB", "<!subteam^S012AB>": "S012AB", "slack:T0NEWS/S012AB": "S012AB", "": "",
		"@desk": "", "<!channel>": "", "channel": "", "U1": "", "slack:T1/S012AB": "", "S01\n2": "", "<!subteam^S1|x>": "",
	} {
		require.Equal(t, want, subteam(channel("C1"), ping), ping)
	}
}

// FuzzEscape: whatever is escaped, a reader sees letter by letter, and it pings and links nothing.
func FuzzEscape(f *testing.F) {
	for _, s := range []string{"", "a", "<!channel>", "<https://evil.example|x>", "&lt;!here&gt;", "a & b", "👩‍🚀<@U1>", "\xff", "&amp;lt;"} {
		f.Add(s, 20)
	}
	f.Fuzz(func(t *testing.T, s string, most int) {
		s = clean(s)
		m := slacktest.Message{Text: escape(s), Parse: "none"}
		r := m.Read()
		require.Equal(t, strings.Trim(s, "\n"), r.Text)
		require.Empty(t, r.Links)
		require.Empty(t, r.Mentions)
		require.Equal(t, s, unescape(escape(s)))
		require.True(t, utf8.ValidString(s))
		if most > 0 {
			require.LessOrEqual(t, units(escapeCut(s, most)), max(most, 1))
		}
	})
}
