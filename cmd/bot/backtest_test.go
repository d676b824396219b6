package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A backtest runs beside the bot: it waits for nothing, and the bot goes on reading and posting.
func TestABacktestRunsBesideTheBot(t *testing.T) {
	feed, publish := herald(t, "Harbour opens")
	r := startProgram(t, feed)
	r.errout.wait(t, "msg=running")
	publish("Envoy Steve Witkoff arrives")
	r.out.wait(t, "Witkoff arrives")

	lists := filepath.Join(t.TempDir(), "lists.yaml")
	require.NoError(t, os.WriteFile(lists, []byte("watchlists: [{name: trial, watches: [{topic: harbour}]}]\n"), 0o600))
	backtest := func() string {
		out, errout := &lines{}, &lines{}
		status := run(t.Context(), []string{"backtest", "-c", r.config, "-w", lists}, surroundings{
			stdin: strings.NewReader(""), stdout: out, stderr: errout, env: os.LookupEnv, readFile: os.ReadFile, now: time.Now,
		})
		require.Zero(t, status, errout.String())
		return out.String()
	}
	require.Contains(t, backtest(), "harbour (trial): 1 alert")
	publish("Envoy Steve Witkoff leaves the harbour at night")
	r.out.wait(t, "leaves the harbour")
	require.Contains(t, backtest(), "harbour (trial): 2 alerts")

	errout := &lines{}
	require.Equal(t, 1, run(t.Context(), []string{"aliases", "import", "-c", r.config, lists}, surroundings{
		stdin: strings.NewReader(""), stdout: io.Discard, stderr: errout, env: os.LookupEnv, readFile: os.ReadFile, now: time.Now,
	}))
	require.Contains(t, errout.String(), "Another process is using", "what writes is one process")
	require.Equal(t, 0, r.stop())
}

// What is not listed is counted.
func TestATrialSaysHowMuchItDoesNotList(t *testing.T) {
	var b strings.Builder
	trial := alerts.Trial{Articles: 9, Feeds: []alerts.FeedShare{{Feed: "one", Fired: 4, Read: 5}, {Feed: "two", Fired: 2, Read: 5}}, More: 3}
	showTrial(&b, alerts.Report{Articles: 10}, trial)
	require.Contains(t, b.String(), "  feed two: 2 of 5 articles\n  other feeds: 3 articles\n  overlaps with more watches: 3\n")
	b.Reset()
	trial.Articles, trial.More = 6, 0
	showTrial(&b, alerts.Report{Articles: 10}, trial)
	require.NotContains(t, b.String(), "other feeds")
	require.NotContains(t, b.String(), "more watches")
}
