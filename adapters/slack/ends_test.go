package slack

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
)

// TestWorkEnds: work that does not end is told to, a few seconds after Run's end; what comes later is not taken.
func TestWorkEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, err := New(Options{BotToken: botToken, Desk: &desk{}, SigningSecret: secret})
		require.NoError(t, err)
		ctx, cancel := context.WithCancel(t.Context())
		a.finish(ctx)
		require.True(t, a.begin(func() { <-a.hurry.Done() }), "Run has ended by an error, requests over HTTP go on")
		cancel()
		began := time.Now()
		a.finish(ctx)
		require.Equal(t, graceTime, time.Since(began))
		require.False(t, a.begin(func() {}))
		payload := []byte(`{"team_id":"` + slacktest.Team + `","trigger_id":"1"}`)
		require.ErrorIs(t, a.take(t.Context(), kindCommand, "e1", payload), errBusy)
		require.Empty(t, a.slots)
	})
}

// TestPanics: a request that makes us panic harms no other.
func TestPanics(t *testing.T) {
	r := newRig(t, setting{listen: true})
	r.desk.reply = func(_ commands.Request, line string) commands.Reply {
		if line == "bad" {
			panic("a fault of ours")
		}
		return commands.Reply{Title: line}
	}
	send(t, r, envelope("e1", kindCommand, r.Command("U3", "C1", "bad")))
	send(t, r, envelope("e2", kindCommand, r.Command("U3", "C1", "good")))
	until(t, "the other is answered", func() bool { return len(r.Responses()) == 1 })
	until(t, "the panic is logged", func() bool { return strings.Contains(r.log.String(), "a fault of ours") })
	until(t, "its place is free again", func() bool { return len(r.slots) == 0 })
}

// TestWhoIsUnknown: while Slack does not say who the bot is, people are told to try again, not that they are strangers.
func TestWhoIsUnknown(t *testing.T) {
	r := newRig(t, setting{})
	r.Fail(slacktest.Fault{Method: "auth.test", Status: 503, Times: 2})
	require.NoError(t, r.take(t.Context(), kindCommand, "", marshal(t, r.Command("U3", "C1", "watch list"))))
	require.NoError(t, r.Adapter.Close())
	require.NoError(t, r.take(t.Context(), kindInteraction, "", marshal(t, r.Click("U3", "C1", "1.1", "why", "aaaabbbb"))))
	require.NoError(t, r.Adapter.Close())
	require.Len(t, r.Responses(), 2)
	for _, a := range r.Responses() {
		require.Equal(t, sayUnreachable, a.Message.Text)
		require.Equal(t, "ephemeral", a.Type)
	}
	require.Empty(t, r.desk.done)
}

// TestHealthKnowsTheSocket: a bot that hears no command is not healthy.
func TestHealthKnowsTheSocket(t *testing.T) {
	r := newRig(t, setting{})
	a, err := New(Options{BotToken: botToken, AppToken: appToken, APIURL: r.APIURL(), Desk: r.desk, Pace: fast()})
	require.NoError(t, err)
	r.Fail(slacktest.Fault{Method: openMethod, Code: "internal_error"})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	until(t, "it is not connected", func() bool { return a.Healthy() != nil })
	until(t, "it is connected", func() bool { return a.Healthy() == nil && r.Sockets() == 1 })
	cancel()
	require.NoError(t, <-ended)

	r.Fail(slacktest.Fault{Method: openMethod, Code: "invalid_auth"})
	require.Error(t, a.Run(t.Context()))
	require.Contains(t, alerts.Say(a.Healthy()), "app_token")
	quiet(t, a.Healthy().Error())
}

// TestAnswersHaveRoom: an answer whose addresses are longer than a message is told without them.
func TestAnswersHaveRoom(t *testing.T) {
	address := "https://news.example.org/" + strings.Repeat("a", 2900)
	entry := commands.Line{Bullet: true, Spans: []commands.Span{
		{Text: "2 Mar", Style: commands.Time, Unix: 1773480413}, {Text: strings.Repeat("x", 2900)}, {Text: "Story", Style: commands.Link, URL: address},
	}}
	d := drawReply(workspace, commands.Reply{Title: "T", Lines: []commands.Line{entry, entry, entry, entry, entry}})
	require.LessOrEqual(t, weigh(d.Blocks), maxRoom+10)
	require.Contains(t, string(marshal(t, d.Blocks)), address, "where there is room they are there")

	_, err := New(Options{BotToken: "xoxp-canary-of-a-person", SigningSecret: secret})
	require.Contains(t, alerts.Say(err), "xoxb-", "a person's token could do more than the bot may")
}

// TestAWaitLeavesTimeForTheCall: else the call would be cut off, and nobody would know whether the message arrived.
func TestAWaitLeavesTimeForTheCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(Pace{Channel: 2 * time.Second}, time.Now, alone)
		require.NoError(t, l.wait(t.Context(), "C1"))
		ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
		defer cancel()
		var e *alerts.SendError
		require.ErrorAs(t, l.wait(ctx, "C1"), &e)
		require.Equal(t, alerts.Wait, e.Class)
		require.Equal(t, 2*time.Second, e.After)
		ctx, cancel = context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		require.NoError(t, l.wait(ctx, "C1"))
	})
}

// TestAnotherProcessTookIt: what Slack sends to two processes has its effect in one.
func TestAnotherProcessTookIt(t *testing.T) {
	r := newRig(t, setting{})
	var asked []string
	elsewhere := map[string]bool{}
	var failure error
	r.first = func(_ context.Context, name string) (bool, error) {
		asked = append(asked, name)
		return !elsewhere[name], failure
	}
	give := func(envelope, line string) int {
		t.Helper()
		before := len(r.Responses())
		command := r.Command("U3", "C1", line)
		require.NoError(t, r.take(t.Context(), kindCommand, envelope, marshal(t, command)))
		r.work.Wait()
		return len(r.Responses()) - before
	}
	require.Equal(t, 1, give("e1", "watch list"))
	require.Contains(t, asked, "envelope e1")
	elsewhere["envelope e2"] = true
	require.Zero(t, give("e2", "watch list"))
	failure = errors.New("no answer")
	require.Equal(t, 1, give("e3", "watch list"), "without an answer it is worked on")
}
