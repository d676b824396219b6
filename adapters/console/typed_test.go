package console_test

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/console"
	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
)

// A service that has nothing on standard input goes on when that ends, and ends when somebody types exit into it.
func TestAnInputThatNobodyTypesInto(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for typed, ends := range map[string]bool{"": false, "watch list\n": false, "watch list\nexit\n": true, "QUIT\n": true} {
			d := &desk{}
			c := console.New(console.Options{Out: io.Discard, In: strings.NewReader(typed), Desk: d, Unread: true})
			ctx, stop := context.WithTimeout(t.Context(), time.Hour)
			began := time.Now()
			require.NoError(t, c.Run(ctx))
			stop()
			require.Equal(t, ends, time.Since(began) < time.Hour, "%q", typed)
		}
	})
}

// Where the bot goes on without its console, whoever leaves is told so, and commands are taken until the input ends.
func TestLeavingABotThatGoesOn(t *testing.T) {
	const ends = "No more commands are taken here; the bot goes on. Ctrl-C ends it.\n"
	for _, tt := range []struct {
		name, typed string
		prompt      bool
		goesOn      bool
		format      console.Format
		lines       []string
		said        []string
		unsaid      string
	}{
		{name: "Ctrl-D at a terminal", prompt: true, goesOn: true, said: []string{"attaché> \n" + ends}},
		{name: "exit does not stop reading", typed: "exit\nquit\n/exit\nwatch list\n", prompt: true, goesOn: true, lines: []string{"watch list"}, said: []string{"  Ctrl-C ends the bot; until then it goes on.\n\n", ends}},
		{name: "a pipe that ends says nothing", typed: "watch list\n", goesOn: true, lines: []string{"watch list"}, unsaid: "No more commands"},
		{name: "exit in a pipe", typed: "exit\nwatch list\n", goesOn: true, lines: []string{"watch list"}, said: []string{"Ctrl-C ends the bot"}},
		{name: "for programs", typed: "quit\n", goesOn: true, format: console.JSON, said: []string{`{"type":"answer","failed":false,"text":"Ctrl-C ends the bot; until then it goes on."}` + "\n"}},
		{name: "a bot that ends with its console", typed: "exit\nwatch list\n", prompt: true, unsaid: "goes on"},
		{name: "Ctrl-D ends a bot that ends with its console", prompt: true, unsaid: "goes on"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			d := &desk{}
			c := console.New(console.Options{Out: &out, In: strings.NewReader(tt.typed), Desk: d, Prompt: tt.prompt, GoesOn: tt.goesOn, Format: tt.format})
			require.NoError(t, c.Run(t.Context()))
			require.Equal(t, tt.lines, d.lines)
			for _, said := range tt.said {
				require.Contains(t, out.String(), said)
			}
			if tt.unsaid != "" {
				require.NotContains(t, out.String(), tt.unsaid)
			}
		})
	}
}

// speaks is a Desk that always answers the same.
type speaks commands.Reply

func (s speaks) DoLine(context.Context, commands.Request, string) commands.Reply {
	return commands.Reply(s)
}

func answered(t *testing.T, r commands.Reply, look console.Look) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, console.New(console.Options{Out: &out, In: strings.NewReader("x\n"), Desk: speaks(r), Look: look, Zone: time.UTC}).Run(t.Context()))
	return out.String()
}

// A query and the mark below it stand as they are, however narrow the terminal: the mark is under its place.
func TestBlocksAreDrawnAsTheyAre(t *testing.T) {
	query := "peace   OR talks AND (Иран OR \x1b[31mfoo"
	r := commands.Reply{Failed: true, Lines: []commands.Line{
		{Spans: []commands.Span{{Text: query + "\n" + strings.Repeat(" ", 21) + "^", Style: commands.Code}}},
		{Spans: []commands.Span{{Text: "Here:\n"}, {Text: "a\nb", Style: commands.Code}, {Text: " and on."}}},
	}}
	require.Equal(t, "  peace   OR talks AND (Иран OR [31mfoo\n"+strings.Repeat(" ", 23)+"^\n  Here:\n  a\n  b\n  and on.\n\n",
		answered(t, r, console.Look{Width: func() int { return 24 }}))
	require.Contains(t, answered(t, r, console.Look{Styles: true}), "\x1b[1mpeace   OR talks AND (Иран OR [31mfoo\x1b[0m\n")
}

// An address can be read and copied also where the title links to it.
func TestLinksShowTheirAddress(t *testing.T) {
	r := commands.Reply{Lines: []commands.Line{{Bullet: true, Spans: []commands.Span{
		{Text: "Title", Style: commands.Link, URL: "https://news.example/a"}, {Text: " · end"},
	}}}}
	open, shut := "\x1b]8;;https://news.example/a\x1b\\", "\x1b]8;;\x1b\\"
	require.Equal(t, "  • "+open+"\x1b[1mTitle\x1b[0m"+shut+"\x1b[2m (\x1b[0m"+open+"\x1b[2mhttps://news.example/a\x1b[0m"+shut+"\x1b[2m)\x1b[0m · end\n\n",
		answered(t, r, console.Look{Styles: true, Links: true}))
	require.Equal(t, "  • Title (https://news.example/a) · end\n\n", answered(t, r, console.Look{}))
}

// An alert that comes while the prompt stands there is followed by the prompt. What somebody is typing stays on the screen when an alert comes: the terminal keeps it, and so does its line.
func TestAnAlertLeavesWhatIsTyped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		ctx, cancel := context.WithCancel(t.Context())
		r, w := io.Pipe()
		c := console.New(console.Options{Out: &out, In: r, Desk: &desk{}, Prompt: true, Look: console.Look{Styles: true}})
		ended := make(chan error)
		go func() { ended <- c.Run(ctx) }()
		synctest.Wait()
		require.Equal(t, "\x1b[2mattaché> \x1b[0m", out.String())
		out.WriteString("watch li") // as the terminal echoes it
		_, err := c.Post(ctx, delivery(alerts.Alert{ID: "abcdefgh", Channel: "console:desk", Title: "News"}))
		require.NoError(t, err)
		require.Contains(t, out.String(), "watch li\n")
		require.NotContains(t, out.String(), "\r")
		require.NotContains(t, out.String(), "\x1b[K")
		require.True(t, strings.HasSuffix(out.String(), "\n\n\x1b[2mattaché> \x1b[0m"), "%q", out.String())
		cancel()
		require.NoError(t, <-ended)
		w.Close()
	})
}

// offering answers every line with two things to choose from, and numbers with what they chose.
type offering struct{ lines []string }

func (d *offering) DoLine(_ context.Context, _ commands.Request, line string) commands.Reply {
	d.lines = append(d.lines, line)
	if line != "feeds add gazette.example" {
		return commands.Reply{Title: "Done"}
	}
	return commands.Reply{Title: "2 feeds", Offers: []commands.Offer{{Label: "1 World", Line: "feeds add abc-1"}, {Label: "2 Sport", Line: "feeds add abc-2"}}}
}

func TestANumberChooses(t *testing.T) {
	var out bytes.Buffer
	d := &offering{}
	in := strings.NewReader("2\nfeeds add gazette.example\n3\nfeeds add gazette.example\n2\n1\n")
	require.NoError(t, console.New(console.Options{Out: &out, In: in, Desk: d}).Run(t.Context()))
	require.Equal(t, []string{"2", "feeds add gazette.example", "3", "feeds add gazette.example", "feeds add abc-2", "1"}, d.lines,
		"a number is a choice only right after one is offered")
	require.Contains(t, out.String(), "Type a number from 1 to 2 to choose.")

	out.Reset()
	in = strings.NewReader("feeds add gazette.example\n")
	require.NoError(t, console.New(console.Options{Out: &out, In: in, Desk: d, Format: console.JSON}).Run(t.Context()))
	require.JSONEq(t, `{"type":"answer","failed":false,"text":"2 feeds","offers":[{"label":"1 World","line":"feeds add abc-1"},{"label":"2 Sport","line":"feeds add abc-2"}]}`, out.String())
}
