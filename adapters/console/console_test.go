package console_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/console"
	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/seed-6c43f0f2/attache/commands"
)

var update = flag.Bool("update", false, "write what is drawn into testdata")

// TestDraw compares each testdata/NAME.alert.json with NAME.txt (a file), NAME.tty.txt (a terminal, its escapes visible)
// and NAME.jsonl. A name that begins with edit- or reply- is drawn as such.
func TestDraw(t *testing.T) {
	files, err := filepath.Glob("testdata/*.alert.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".alert.json")
		t.Run(name, func(t *testing.T) {
			raw, err := os.ReadFile(file)
			require.NoError(t, err)
			var a alerts.Alert
			require.NoError(t, json.Unmarshal(raw, &a))
			d := delivery(a)
			switch kind, _, _ := strings.Cut(name, "-"); kind {
			case "edit":
				d.Part = alerts.EditPart(1)
			case "reply":
				d.Part = alerts.ReplyPart(1)
			}
			width := func() int { return 72 }
			golden(t, name+".txt", posted(t, d, console.Options{Look: console.Look{Width: width}}))
			golden(t, name+".tty.txt", strings.ReplaceAll(
				posted(t, d, console.Options{Look: console.Look{Styles: true, Colour: true, Links: true, Width: width}}), "\x1b", "␛"))
			golden(t, name+".jsonl", posted(t, d, console.Options{Format: console.JSON}))
		})
	}
}

func delivery(a alerts.Alert) alerts.Delivery {
	return alerts.Delivery{Channel: a.Channel, Story: a.Story, Part: alerts.Root, Alert: a, Drawing: alerts.DrawingVersion}
}

func posted(t *testing.T, d alerts.Delivery, o console.Options) string {
	t.Helper()
	var out bytes.Buffer
	o.Out = &out
	o.Zone = time.FixedZone("CET", 3600)
	id, err := console.New(o).Post(t.Context(), d)
	require.NoError(t, err)
	require.Equal(t, d.Ref(), id)
	return out.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "run with -update")
	require.Equal(t, string(want), got, name)
}

func TestHighlightIsWholeWords(t *testing.T) {
	a := alerts.Alert{
		ID: "abcdefgh", Channel: "console:desk", Title: "A woman in Oman, and Омана not", Sources: []alerts.AlertSource{{Name: "X"}},
		Matches: []alerts.Hit{{Watch: "Oman", Evidence: []match.Evidence{{Text: "Oman"}, {Text: "oman"}, {Text: "Оман"}}}},
	}
	out := posted(t, delivery(a), console.Options{Look: console.Look{Styles: true}})
	require.Contains(t, out, "\x1b[1mA woman in \x1b[0m\x1b[1;4mOman\x1b[0m\x1b[1m, and Омана not\x1b[0m")
}

// TestJSONIsSafe: hostile text goes through a JSON line unharmed, and the line commands no terminal.
func TestJSONIsSafe(t *testing.T) {
	const hostile = "a\x1b[31m\u009b1m\u202e\u2066\U000E0041<b>&\nc"
	a := alerts.Alert{ID: "abcdefgh", Channel: "console:desk", Title: hostile, URL: "javascript:x", Sources: []alerts.AlertSource{{Name: "X", URL: "data:x"}}}
	out := posted(t, delivery(a), console.Options{Format: console.JSON})
	require.Equal(t, 1, strings.Count(out, "\n"))
	for _, r := range strings.TrimSuffix(out, "\n") {
		require.False(t, r < ' ' || r >= 0x7F && r < 0xA0 || r == 0x202E || r == 0x2066 || r == 0xE0041, "%U in %s", r, out)
	}
	var line map[string]any
	require.NoError(t, json.Unmarshal([]byte(out), &line))
	require.Equal(t, hostile, line["title"])
	require.Equal(t, "", line["url"])
	require.Equal(t, []any{}, line["matches"])
	require.Nil(t, line["published"])
}

// desk is a Desk that answers with what it was asked.
type desk struct {
	mu    sync.Mutex
	asked []commands.Request
	lines []string
}

func (d *desk) DoLine(_ context.Context, r commands.Request, line string) commands.Reply {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked, d.lines = append(d.asked, r), append(d.lines, line)
	return commands.Reply{Title: "You said", Failed: line == "bad", Lines: []commands.Line{
		{Spans: []commands.Span{{Text: line + "\x1b[2J", Style: commands.Code}, {Text: " at "}, {Style: commands.Time, Unix: 0, Text: "1970"}}},
		{Bullet: true, Spans: []commands.Span{{Text: "read it", Style: commands.Link, URL: "https://news.example.org/a"}, {Text: "evil", Style: commands.Link, URL: "javascript:x"}}},
	}}
}

func TestCommands(t *testing.T) {
	var out bytes.Buffer
	d := &desk{}
	c := console.New(console.Options{
		Out: &out, In: strings.NewReader("watch list\n\n  why abcdefgh  \r\nbad"), Desk: d, Zone: time.UTC, User: "ada",
		NewID: func() string { return "r1" },
	})
	require.NoError(t, c.Run(t.Context()))
	require.Equal(t, []string{"watch list", "why abcdefgh", "bad"}, d.lines)
	require.Equal(t, commands.Request{
		ID: "r1", Workspace: "console", Channel: "console:desk", Actor: commands.Actor{ID: "ada", Name: "ada", Admin: true},
	}, d.asked[0])
	require.Equal(t, `You said
  watch list[2J at Thu 1 Jan 1970 00:00 UTC
  • read it (https://news.example.org/a)evil

`, out.String()[:strings.Index(out.String(), "You said\n  why")])
}

func TestQuitEndsBeforeTheInput(t *testing.T) {
	d := &desk{}
	r, w := io.Pipe()
	defer w.Close()
	go io.WriteString(w, "/quit\n")
	require.NoError(t, console.New(console.Options{Out: io.Discard, In: r, Desk: d}).Run(t.Context()))
	require.Empty(t, d.lines)
}

func TestAnswersInJSON(t *testing.T) {
	var out bytes.Buffer
	c := console.New(console.Options{Out: &out, In: strings.NewReader("bad\n"), Desk: &desk{}, Format: console.JSON})
	require.NoError(t, c.Run(t.Context()))
	require.JSONEq(t, `{"type":"answer","failed":true,"text":"You said\nbad\u001b[2J at 1970\n• read it (https://news.example.org/a)evil (javascript:x)"}`, out.String())
	require.NotContains(t, out.String(), "\x1b")
}

func TestLongLineIsCut(t *testing.T) {
	d := &desk{}
	c := console.New(console.Options{Out: io.Discard, In: strings.NewReader(strings.Repeat("x", 1<<20) + "\nhelp\n"), Desk: d})
	require.NoError(t, c.Run(t.Context()))
	require.Len(t, d.lines, 2)
	require.Less(t, len(d.lines[0]), 1<<15)
	require.Equal(t, "help", d.lines[1])
}

// stuck is an output that nobody reads.
type stuck struct{ began, free chan struct{} }

func (s stuck) Write(p []byte) (int, error) {
	close(s.began)
	<-s.free
	return len(p), nil
}

func TestStuckOutput(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := stuck{make(chan struct{}), make(chan struct{})}
		c := console.New(console.Options{Out: out})
		d := delivery(alerts.Alert{ID: "abcdefgh", Channel: "console:desk", Title: "News"})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		class := func() alerts.Class {
			_, err := c.Post(ctx, d)
			var e *alerts.SendError
			require.ErrorAs(t, err, &e)
			return e.Class
		}
		require.Equal(t, alerts.Ambiguous, class(), "it was begun")
		ctx, cancel = context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		require.Equal(t, alerts.Unsent, class(), "it never had its turn")
		close(out.free)
	})
}

// broken fails after n bytes.
type broken struct {
	n   int
	err error
}

func (b broken) Write([]byte) (int, error) { return b.n, b.err }

func TestErrorClasses(t *testing.T) {
	for _, c := range []struct {
		out  broken
		want alerts.Class
	}{
		{broken{0, syscall.EPIPE}, alerts.ChannelDead},
		{broken{7, syscall.EPIPE}, alerts.ChannelDead},
		{broken{0, os.ErrClosed}, alerts.ChannelDead},
		{broken{0, syscall.ENOSPC}, alerts.Unsent},
		{broken{7, syscall.ENOSPC}, alerts.Ambiguous},
		{broken{7, errors.New("?")}, alerts.Ambiguous},
	} {
		_, err := console.New(console.Options{Out: c.out}).Post(t.Context(), delivery(alerts.Alert{ID: "a", Channel: "console:desk"}))
		var e *alerts.SendError
		require.ErrorAs(t, err, &e)
		require.Equal(t, c.want, e.Class, "%v", c.out)
		require.Equal(t, c.want == alerts.ChannelDead, e.Say != "")
	}
	_, err := console.New(console.Options{Out: io.Discard}).Post(t.Context(), delivery(alerts.Alert{ID: "a", Channel: "slack:T/C"}))
	require.ErrorContains(t, err, "channel dead")
}

func TestLookAt(t *testing.T) {
	env := func(pairs ...string) func(string) (string, bool) {
		return func(k string) (string, bool) {
			for i := 0; i < len(pairs); i += 2 {
				if pairs[i] == k {
					return pairs[i+1], true
				}
			}
			return "", false
		}
	}
	for _, c := range []struct {
		name                  string
		terminal              bool
		env                   []string
		styles, colour, links bool
		width                 int
	}{
		{"terminal", true, nil, true, true, true, 0},
		{"no colour", true, []string{"NO_COLOR", "1"}, true, false, true, 0},
		{"empty NO_COLOR means nothing", true, []string{"NO_COLOR", ""}, true, true, true, 0},
		{"dumb", true, []string{"TERM", "dumb"}, false, false, false, 0},
		{"file", false, []string{"COLUMNS", "132"}, false, false, false, 132},
	} {
		l := console.LookAt(io.Discard, c.terminal, env(c.env...))
		require.Equal(t, []bool{c.styles, c.colour, c.links}, []bool{l.Styles, l.Colour, l.Links}, c.name)
		require.Equal(t, c.width, l.Width(), c.name)
	}
}

// An address that pretends to be another host's is shown as what it is.
func TestAddressesHaveNoUser(t *testing.T) {
	var out bytes.Buffer
	c := console.New(console.Options{Out: &out})
	_, err := c.Post(t.Context(), alerts.Delivery{Channel: "console:desk", Part: alerts.Root, Alert: alerts.Alert{
		ID: "aaaabbbb", Channel: "console:desk", Title: "News", URL: "https://news.example.org@evil.example/é",
	}})
	require.NoError(t, err)
	require.Contains(t, out.String(), "https://evil.example/%C3%A9\n")
	require.NotContains(t, out.String(), "news.example.org")
}
