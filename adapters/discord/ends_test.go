package discord

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
)

func small(c alerts.Channel) alerts.Delivery {
	return alerts.Delivery{Channel: c, Part: alerts.Root, Alert: alerts.Alert{ID: "aaaabbbb", Channel: c, Title: "x"}}
}

func TestNoCallAfterAFatalClose(t *testing.T) {
	for code, say := range map[int]string{4004: "token", 4014: "intent"} {
		st := play(t, nil)
		g := st.Guilds()[0]
		st.Close(code)
		require.Error(t, st.over(t))
		_, err := st.adapter.Post(t.Context(), small(alerts.Channel("discord:"+g.ID+"/"+g.Channels[0].ID)))
		var e *alerts.SendError
		require.ErrorAs(t, err, &e)
		require.Equal(t, alerts.Credential, e.Class)
		require.Contains(t, e.Say, say)
		require.Empty(t, st.Messages(g.Channels[0].ID), "posted after %d", code)
	}
}

func TestNoCallAfterABlock(t *testing.T) {
	v := &vendor{answer: func(int, *http.Request) *http.Response {
		return says(403, `{"code":40333,"message":"internal network error"}`)
	}}
	a, err := New(Options{Token: "x", Transport: v})
	require.NoError(t, err)
	for range 3 {
		_, err := a.Post(t.Context(), small("discord:1/2"))
		e := classify(err)
		require.Equal(t, alerts.Credential, e.Class)
		require.Contains(t, e.Say, "40333")
		require.Error(t, a.Healthy())
	}
	require.Len(t, v.at, 1)
}

func TestAWaitLeavesTimeForTheCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := &vendor{answer: func(int, *http.Request) *http.Response {
			return says(200, "{}", "X-RateLimit-Bucket", "b", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset-After", "8")
		}}
		tr := quickly(v)
		require.NoError(t, post(tr, 1))
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		_, err := do(ctx, tr, http.MethodPost, "channels/1/messages")
		require.Equal(t, alerts.Wait, classify(err).Class, "two seconds are too few for a call: it would be cut off and in doubt")
		ctx, cancel = context.WithTimeout(t.Context(), 12*time.Second)
		defer cancel()
		_, err = do(ctx, tr, http.MethodPost, "channels/1/messages")
		require.NoError(t, err)
	})
}

func TestRepliesWithWhatNoMessageHolds(t *testing.T) {
	long := "https://news.example.org/" + strings.Repeat("a", 1990)
	for style := commands.Plain; style <= commands.Place; style++ {
		for _, text := range []string{"Story", "e" + strings.Repeat("\u0301", 9000), strings.Repeat("*", 9000), "`" + strings.Repeat("x ", 4000)} {
			r := commands.Reply{Title: "Title", Lines: []commands.Line{{Spans: []commands.Span{{Text: text, Style: style, URL: long}}}}}
			for _, c := range chunks("discord:1", r) {
				require.LessOrEqual(t, units(c), maxContent)
			}
		}
	}
	r := commands.Reply{Lines: []commands.Line{{Spans: []commands.Span{{Text: "Story", Style: commands.Link, URL: long}}}}}
	require.Equal(t, []string{"Story"}, chunks("discord:1", r), "without its address rather than not at all")
	require.Equal(t, "- Post", drawOthers([]alerts.AlertSource{{Name: "Post", URL: long}}, maxFieldValue))
}

func TestAnEntryOfAListIsNoHeading(t *testing.T) {
	entry := func(spans ...string) commands.Line {
		l := commands.Line{Bullet: true}
		for _, s := range spans {
			l.Spans = append(l.Spans, commands.Span{Text: s})
		}
		return l
	}
	for _, l := range []commands.Line{entry("# huge"), entry(" ", "# huge"), entry("> quote"), entry("1. item"), entry("-# small")} {
		drawn := chunks("discord:1", commands.Reply{Lines: []commands.Line{l}})[0]
		require.Equal(t, []string{"list"}, discordtest.Read(drawn).Effects, drawn)
		l.Bullet = false
		drawn = chunks("discord:1", commands.Reply{Lines: []commands.Line{l}})[0]
		require.Empty(t, discordtest.Read(drawn).Effects, drawn)
	}
}

func TestTooManyInteractionsAtOnce(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	st := play(t, func(st *stage) {
		st.adapter.slots = make(chan struct{}, 1)
		st.desk.do = func(context.Context, commands.Request) commands.Reply {
			<-release
			return text("at last")
		}
	})
	c := st.Guilds()[0].Channels[0]
	first := st.Slash(c, reader, "lookup", "name", "x")
	next(t, st.desk.asked)
	st.Slash(c, reader, "lookup", "name", "y")
	require.Eventually(t, func() bool { return strings.Contains(st.log.String(), "too many at once") }, limit, time.Millisecond)
	close(release)
	first.Wait(limit, answered)
	require.Eventually(t, func() bool { return len(st.adapter.slots) == 0 }, limit, time.Millisecond)
	st.Slash(c, reader, "lookup", "name", "z").Wait(limit, answered)
}

func TestAPanicEndsOneEventOnly(t *testing.T) {
	t.Parallel()
	st := play(t, nil)
	st.adapter.begin(t.Context(), func() { panic("a fault of ours") })
	require.Eventually(t, func() bool { return strings.Contains(st.log.String(), "a fault of ours") }, limit, time.Millisecond)
	st.Slash(st.Guilds()[0].Channels[0], reader, "lookup", "name", "x").Wait(limit, answered)
}
