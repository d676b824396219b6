package main

import (
	"context"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/feeds"
)

// terminal is a terminal with these variables of the environment, in and out.
func terminal(out, errout *lines, env map[string]string) surroundings {
	return surroundings{
		stdin: strings.NewReader(""), stdout: out, stderr: errout, now: time.Now, readFile: os.ReadFile,
		env:      func(name string) (string, bool) { v, ok := env[name]; return v, ok },
		terminal: true, terminalIn: true, terminalErr: true,
	}
}

func TestProgressIsDrawnOnATerminalOnly(t *testing.T) {
	for name, c := range map[string]struct {
		terminal bool
		env      map[string]string
		want     bool
	}{
		"a terminal":        {true, nil, true},
		"without colours":   {true, map[string]string{"NO_COLOR": "1"}, true},
		"one that is dumb":  {true, map[string]string{"TERM": "dumb"}, false},
		"a file or a pipe ": {false, nil, false},
	} {
		out := &lines{}
		s := terminal(nil, out, c.env)
		s.terminalErr = c.terminal
		p := newProgress(s)
		p.show(feeds.Progress{Done: 1, Total: 40, Articles: 1000})
		p.drawn = time.Time{}
		p.show(feeds.Progress{Done: 2, Total: 40})
		p.done()
		require.Equal(t, c.want, strings.Contains(out.String(), "1 of 40"), name)
		require.NotContains(t, out.String(), "\x1b", name)
		if c.want {
			require.True(t, strings.HasSuffix(out.String(), " \r"), "%q is not taken away", out)
		}
	}
}

func TestLogLinesAreColouredWhereThatIsWanted(t *testing.T) {
	for name, c := range map[string]struct {
		env  map[string]string
		want bool
	}{
		"a terminal": {nil, true}, "NO_COLOR": {map[string]string{"NO_COLOR": "1"}, false},
		"an empty NO_COLOR": {map[string]string{"NO_COLOR": ""}, true}, "TERM=dumb": {map[string]string{"TERM": "dumb"}, false},
	} {
		out := &lines{}
		logger(terminal(nil, out, c.env), slog.LevelInfo).Error("spilt")
		require.Contains(t, out.String(), "spilt")
		require.Equal(t, c.want, strings.Contains(out.String(), "\x1b"), name)
	}
}

func TestTheDemoSaysHowItIsUsedAndNothingOfItsWorks(t *testing.T) {
	out, errout := &lines{}, &lines{}
	require.Equal(t, 0, run(t.Context(), []string{"demo"}, terminal(out, errout, map[string]string{"TERM": "dumb"})))
	require.Empty(t, errout.String())
	require.Equal(t, 1, strings.Count(out.String(), "Type help for the commands; Ctrl-D ends.\n"))
	require.Regexp(t, `Ctrl-D ends\.\nattaché> `, out.String())
}

func TestRunSaysOnceHowItIsUsedOnATerminal(t *testing.T) {
	feed, _ := herald(t)
	path := t.TempDir() + "/attache.yaml"
	configure(t, path, "127.0.0.1:0", feed, "Steve Witkoff")
	for _, typed := range []bool{true, false} {
		out, errout := &lines{}, &lines{}
		s := terminal(out, errout, nil)
		s.terminalIn = typed
		ctx, stop := context.WithCancel(t.Context())
		s.stdin = ending{stop}
		require.Equal(t, 0, run(ctx, []string{"run", "-c", path}, s), "%s", errout)
		require.Equal(t, map[bool]int{true: 1}[typed], strings.Count(out.String(), "Type help for the commands; Ctrl-D ends."))
	}
}

// A bot that people meet at the console alone ends when they leave, although listen: is set: it is by default.
func TestLeavingTheConsoleEndsTheBotThatHasNothingElse(t *testing.T) {
	feed, _ := herald(t)
	path := t.TempDir() + "/attache.yaml"
	configure(t, path, "127.0.0.1:0", feed, "Steve Witkoff")
	for name, c := range map[string]struct {
		typed    string
		terminal bool
	}{"Ctrl-D at a terminal": {"", true}, "exit at a terminal": {"exit\n", true}, "exit in a pipe": {"exit\n", false}} {
		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		out, errout := &lines{}, &lines{}
		s := terminal(out, errout, nil)
		s.terminalIn, s.stdin = c.terminal, strings.NewReader(c.typed)
		require.Equal(t, 0, run(ctx, []string{"run", "-c", path}, s), "%s: %s", name, errout)
		require.NoError(t, ctx.Err(), "%s: it ended by itself", name)
		require.Contains(t, errout.String(), "stopped", name)
		stop()
	}
}
