package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/store"
)

// withDeadLetter makes a configuration whose store has a message that failed, and one that waits for a stopped channel.
func withDeadLetter(t *testing.T) (path string) {
	t.Helper()
	dir := t.TempDir()
	path = filepath.Join(dir, "attache.yaml")
	dsn := "sqlite:" + filepath.Join(dir, "attache.db")
	require.NoError(t, os.WriteFile(path, []byte("store: "+dsn+"\nplatforms: {console: {format: text}}\n"), 0o600))
	db, err := store.Open(t.Context(), dsn, store.Options{})
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for i, as := range []alerts.Settlement{
		{State: alerts.StateFailed, Reason: "the platform refused it"},
		{State: alerts.StatePending, NotBefore: now, Stop: "the channel is gone"},
	} {
		c := alerts.Channel("discord:1/" + string(rune('5'+i)))
		change := alerts.Change{Workspace: c.Workspace(), At: now}
		require.NoError(t, db.Enqueue(t.Context(), change, alerts.Delivery{
			Channel: c, Story: "s", Part: alerts.Root, Drawing: alerts.DrawingVersion, Alert: alerts.Alert{ID: "a", Title: "Ceasefire\nholds", URL: "https://e.example/1"},
		}))
		claimed, err := db.Claim(t.Context(), []string{"discord"}, now, time.Minute, 1)
		require.NoError(t, err)
		require.NoError(t, db.Settle(t.Context(), claimed[0], as, now))
	}
	return path
}

func TestDeliveriesListsWhatDidNotArrive(t *testing.T) {
	path := withDeadLetter(t)
	list := func(args ...string) (string, string, int) {
		out, errout := &lines{}, &lines{}
		status := run(t.Context(), append([]string{"deliveries", "-c", path}, args...), surroundings{
			stdin: strings.NewReader(""), stdout: out, stderr: errout, env: os.LookupEnv, readFile: os.ReadFile, now: time.Now,
		})
		return out.String(), errout.String(), status
	}
	out, said, status := list()
	require.Zero(t, status)
	require.Contains(t, out, "1  failed  22 Nov 2026 12:00 UTC  discord:1/5  root\n    Ceasefire holds\n    the platform refused it\n")
	require.Contains(t, out, "2  held  22 Nov 2026 12:00 UTC  discord:1/6  root\n    Ceasefire holds\n    the channel is stopped: the channel is gone\n")
	require.Contains(t, said, "2 deliveries")

	out, said, status = list("uncertain")
	require.Zero(t, status)
	require.Empty(t, out)
	require.Contains(t, said, "all messages arrived")

	out, _, status = list("failed", "--json")
	require.Zero(t, status)
	require.Equal(t, `{"number":1,"state":"failed","channel":"discord:1/5","part":"root","alert":"a","title":"Ceasefire\nholds",`+
		`"url":"https://e.example/1","reason":"the platform refused it","attempts":1,"at":"2026-11-22T12:00:00Z"}`+"\n", out)

	_, said, status = list("lost")
	require.Equal(t, 2, status)
	require.Contains(t, said, "failed")
}
