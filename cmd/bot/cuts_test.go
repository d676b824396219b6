package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/feeds"
)

// What bot match looks at of an article is what a feed's reader keeps of it; places before the cut stay where they are.
func TestMatchLooksAtWhatLiveMatchingSees(t *testing.T) {
	lists := filepath.Join(t.TempDir(), "lists.yaml")
	require.NoError(t, os.WriteFile(lists, []byte("watchlists: [{name: w, watches: [{person: Steve Witkoff}]}]\n"), 0o600))
	const name = "Steve Witkoff"
	at := feeds.MaxText - len(name)
	text := strings.Repeat("ж ", feeds.MaxText/2)
	long := string([]rune(text)[:at-1]) + " " + name + ". Then Steve Witkoff left."
	line, err := json.Marshal(map[string]string{"id": "long", "title": "Talks", "text": long})
	require.NoError(t, err)
	var out, errout strings.Builder
	status := run(t.Context(), []string{"match", "-w", lists}, surroundings{
		stdin: strings.NewReader(string(line) + "\n" + `{"id":"short","title":"Steve Witkoff"}` + "\n"), stdout: &out, stderr: &errout,
		env: os.LookupEnv, readFile: os.ReadFile, now: time.Now,
	})
	require.Equal(t, 0, status, errout.String())
	require.Equal(t, "bot: warning: 1 article is longer than a feed's and looked at only as far as bot run keeps them, "+
		"1000 characters of the title and 200000 of the text: \"long\".\n", errout.String())
	first, second, _ := strings.Cut(out.String(), "\n")
	var got struct{ Matches []alerts.Hit }
	require.NoError(t, json.Unmarshal([]byte(first), &got))
	require.Len(t, got.Matches, 1)
	require.Len(t, got.Matches[0].Evidence, 1, "what is behind the cut is not looked at")
	e := got.Matches[0].Evidence[0]
	require.Equal(t, []any{at, feeds.MaxText, name}, []any{e.Start, e.End, e.Text})
	require.Contains(t, second, `"id":"short"`)

	kept := feeds.Document{Items: []feeds.Item{{ID: "1", Title: "Talks", Content: long}}}.Articles(alerts.Feed{}, time.Now())
	_, cut, longer := feeds.Cut("Talks", long)
	require.True(t, longer)
	require.Equal(t, kept[0].Text, cut, "as it is of a feed")
}

// Every command that reads articles cuts them alike, and names a few.
func TestWhatIsCutIsTold(t *testing.T) {
	var in strings.Builder
	for i := range 7 {
		fmt.Fprintf(&in, "{\"id\":\"a%d\\u001b\",\"title\":%q,\"text\":\"b\"}\n", i, strings.Repeat("ж", feeds.MaxTitle+i))
	}
	for _, command := range []string{"stories", "summarize"} {
		var errout strings.Builder
		require.Equal(t, 0, run(t.Context(), []string{command}, surroundings{
			stdin: strings.NewReader(in.String()), stdout: &strings.Builder{}, stderr: &errout, env: os.LookupEnv, readFile: os.ReadFile, now: time.Now,
		}))
		require.Contains(t, errout.String(), "bot: warning: 6 articles are longer")
		require.Contains(t, errout.String(), `: "a1\x1b", "a2\x1b", "a3\x1b", "a4\x1b", "a5\x1b" and 1 more.`, "the one that fits is not named")
	}
	var seen []article
	require.NoError(t, eachCut(surroundings{stdin: strings.NewReader(in.String()), stderr: &strings.Builder{}}, nil, func(a article) error {
		seen = append(seen, a)
		return nil
	}))
	require.Len(t, seen, 7)
	for _, a := range seen {
		require.Equal(t, strings.Repeat("ж", feeds.MaxTitle), a.Title)
		require.Equal(t, "b", a.Text)
	}
}
