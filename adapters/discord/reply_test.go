package discord

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
)

var reader = discordtest.User{ID: "800000000000000001", Name: "reader", Roles: []string{"700000000000000009"}}

func answered(a discordtest.Answer) bool { return a.Type != 0 && (a.Type != 5 || a.Filled) }

func text(lines ...string) commands.Reply {
	r := commands.Reply{Title: "Title"}
	for _, l := range lines {
		r.Lines = append(r.Lines, commands.Line{Spans: []commands.Span{{Text: l}}})
	}
	return r
}

func TestASlashCommandReachesTheDesk(t *testing.T) {
	t.Parallel()
	st := play(t, nil)
	g := st.Guilds()[0]
	c := g.Channels[1]
	for _, admin := range []int64{0, discordtest.ManageGuild, discordtest.Administrator, discordtest.SendMessages} {
		u := reader
		u.Permissions = admin
		i := st.Slash(c, u, "watch add", "name", "Steve Witkoff", "list", "us-russia")
		r := next(t, st.desk.asked)
		require.Equal(t, commands.Request{
			ID: i.ID, Workspace: alerts.Workspace("discord:" + g.ID), Channel: alerts.Channel("discord:" + g.ID + "/" + c.ID),
			Actor:   commands.Actor{ID: u.ID, Name: "reader", Admin: admin == discordtest.ManageGuild || admin == discordtest.Administrator, Groups: u.Roles},
			Command: "watch add", Args: map[string]string{"name": "Steve Witkoff", "list": "us-russia"},
		}, r)
		a := i.Wait(limit, answered)
		require.Equal(t, 4, a.Type)
		require.True(t, a.Original.Ephemeral())
		require.Equal(t, "Done", a.Original.View().Text)
	}
}

func TestRolesFitTheDesk(t *testing.T) {
	w := alerts.Workspace("discord:1")
	roles, err := commands.NewRoles(nil, []string{"discord:1/" + reader.Roles[0]})
	require.NoError(t, err)
	require.Equal(t, commands.Editor, roles.Of(w, commands.Actor{ID: reader.ID, Groups: reader.Roles}), "Actor.Groups have another form than the Desk reads")
}

func TestAPublicReplyIsSeenByAll(t *testing.T) {
	t.Parallel()
	st := play(t, func(st *stage) {
		st.desk.do = func(context.Context, commands.Request) commands.Reply {
			return text("@everyone <@1> [x](https://evil.example)")
		}
	})
	a := st.Slash(st.Guilds()[0].Channels[0], reader, "subscribe", "list", "us-russia").Wait(limit, answered)
	require.False(t, a.Original.Ephemeral())
	require.Equal(t, "Title\n@everyone <@1> [x](https://evil.example)", a.Original.View().Text)
	require.Empty(t, a.Original.View().Links)
	require.Empty(t, a.Original.Pinged)
	require.Empty(t, a.Original.Bad)
}

func TestASlowDeskIsDeferred(t *testing.T) {
	for name, c := range map[string]struct {
		command          string
		private          bool // the reply
		deferred, filled bool // the placeholder is private; it holds the answer in the end
	}{
		"private command, private reply": {"lookup", true, true, true},
		"public command, public reply":   {"subscribe", false, false, true},
		"public command, private reply":  {"subscribe", true, false, false},
		"private command, public reply":  {"lookup", false, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			release := make(chan struct{})
			st := play(t, func(st *stage) {
				st.adapter.pace.answer = 20 * time.Millisecond
				st.desk.do = func(context.Context, commands.Request) commands.Reply {
					<-release
					r := text("at last")
					r.Private = c.private
					return r
				}
			})
			i := st.Slash(st.Guilds()[0].Channels[0], reader, c.command, "name", "x")
			a := i.Wait(limit, func(a discordtest.Answer) bool { return a.Type == 5 })
			require.Equal(t, 5, a.Type)
			require.Equal(t, c.deferred, a.Original.Ephemeral())
			require.False(t, a.Filled)
			close(release)
			if c.filled {
				a = i.Wait(limit, answered)
				require.Contains(t, a.Original.Content, "at last")
				return
			}
			a = i.Wait(limit, func(a discordtest.Answer) bool { return len(a.Follow) == 1 })
			require.Len(t, a.Follow, 1)
			require.Contains(t, a.Follow[0].Content, "at last")
			require.Equal(t, c.private, a.Follow[0].Ephemeral())
			if !c.deferred {
				require.Nil(t, a.Original, "an empty placeholder stays for all to see")
			}
		})
	}
}

func TestALongReplyIsWholeAndWithinLimits(t *testing.T) {
	t.Parallel()
	var lines []string
	for n := range 120 {
		lines = append(lines, fmt.Sprintf("line %d %s", n, strings.Repeat("*_ü👩‍🚀", 8)))
	}
	lines = append(lines, strings.Repeat("ж", 5000))
	st := play(t, func(st *stage) {
		st.desk.do = func(context.Context, commands.Request) commands.Reply { return text(lines...) }
	})
	i := st.Slash(st.Guilds()[0].Channels[0], reader, "lookup", "name", "x")
	a := i.Wait(limit, func(a discordtest.Answer) bool {
		n := 0
		for _, m := range a.Follow {
			n += strings.Count(m.Content, "ж")
		}
		return n >= 5000
	})
	whole := a.Original.View().Text
	for _, m := range a.Follow {
		whole += "\n" + m.View().Text
		require.Equal(t, a.Original.Ephemeral(), m.Ephemeral())
	}
	squash := func(s string) string { return strings.Join(strings.Fields(s), "") }
	want, got := []rune(squash("Title "+strings.Join(lines, " "))), []rune(squash(whole))
	for n := range want {
		require.Less(t, n, len(got))
		require.Equal(t, string(want[n]), string(got[n]), "at %d: %q, not %q", n, string(got[max(0, n-20):min(len(got), n+20)]), string(want[max(0, n-20):n+1]))
	}
	require.Len(t, got, len(want))
}

func TestWhyButtonAsksForItsAlert(t *testing.T) {
	t.Parallel()
	st := play(t, func(st *stage) {
		st.desk.do = func(context.Context, commands.Request) commands.Reply { return text("because") } // public, if it could
	})
	c := st.Guilds()[0].Channels[0]
	d := delivery(alerts.Channel("discord:" + st.Guilds()[0].ID + "/" + c.ID))
	_, err := st.adapter.Post(t.Context(), d)
	require.NoError(t, err)
	button := st.Messages(c.ID)[0].Components[0].Components[0]
	require.Equal(t, "Why?", button.Label)
	a := st.Press(c, reader, button.CustomID).Wait(limit, answered)
	r := next(t, st.desk.asked)
	require.Equal(t, "why", r.Command)
	require.Equal(t, map[string]string{"alert": d.Alert.ID}, r.Args)
	require.True(t, a.Original.Ephemeral())
	require.Contains(t, a.Original.Content, "because")
}

func TestAutocompleteKeepsTheLimits(t *testing.T) {
	t.Parallel()
	st := play(t, func(st *stage) {
		st.desk.complete = func(_ context.Context, r commands.Request, option, typed string) []commands.Choice {
			if option != "name" || typed != "wit" || r.Command != "watch remove" {
				return nil
			}
			choices := []commands.Choice{{Label: strings.Repeat("ä", 300), Value: "long label"}, {Label: "long value", Value: strings.Repeat("x", 101)}, {Label: "", Value: "x"}}
			for n := range 60 {
				choices = append(choices, commands.Choice{Label: fmt.Sprint("Label ", n), Value: fmt.Sprint("value ", n)})
			}
			return choices
		}
	})
	a := st.Type(st.Guilds()[0].Channels[0], reader, "watch remove", "name", "name", "wit").Wait(limit, answered)
	require.Equal(t, 8, a.Type)
	require.Len(t, a.Choices, 25)
	require.Equal(t, "long label", a.Choices[0].Value)
	require.Equal(t, "value 0", a.Choices[1].Value)
}

func TestASlowSuggestionIsEmptyAndInTime(t *testing.T) {
	t.Parallel()
	st := play(t, func(st *stage) {
		st.adapter.pace.answer = 20 * time.Millisecond
		st.desk.complete = func(ctx context.Context, _ commands.Request, _, _ string) []commands.Choice {
			<-ctx.Done()
			return nil
		}
	})
	a := st.Type(st.Guilds()[0].Channels[0], reader, "why", "alert", "alert", "a").Wait(limit, answered)
	require.Equal(t, 8, a.Type)
	require.Empty(t, a.Choices)
}

// A late answer is refused by the vendor with an error of its own; the bot goes on.
func TestALateAnswerHarmsNothing(t *testing.T) {
	t.Parallel()
	st := play(t, func(st *stage) { st.Limits.Interaction = time.Nanosecond })
	i := st.Slash(st.Guilds()[0].Channels[0], reader, "help")
	next(t, st.desk.asked)
	require.Eventually(t, func() bool { return strings.Contains(st.log.String(), "10062") }, limit, 5*time.Millisecond)
	require.Zero(t, i.Wait(0, answered).Type)
	require.NoError(t, st.adapter.Healthy())
}

func TestSpansAreDrawnInTheirStyle(t *testing.T) {
	r := commands.Reply{Lines: []commands.Line{
		{Bullet: true, Spans: []commands.Span{
			{Text: "bold", Style: commands.Bold},
			{Text: " "},
			{Text: "/watch add", Style: commands.Code},
			{Text: " "},
			{Text: "a [link]", Style: commands.Link, URL: "https://example.org/a_(b)"},
			{Text: " "},
			{Text: "bad", Style: commands.Link, URL: "javascript:x"},
			{Text: " "},
			{Text: "later", Style: commands.Time, Unix: 1700000000},
			{Text: " "},
			{Text: "fired*", Style: commands.Mark},
		}},
		{Spans: []commands.Span{{Text: "a OR\n  ^", Style: commands.Code}}},
		{Spans: []commands.Span{{Text: "tick ` tick", Style: commands.Code}}},
		{Spans: []commands.Span{{Text: "discord:1/22", Style: commands.Place}, {Text: " "}, {Text: "discord:9/22", Style: commands.Place}}},
	}}
	require.Equal(t, []string{"- **bold** `/watch add` [a \\[link\\]](<https://example.org/a_%28b%29>) bad <t:1700000000:f> **fired\\***\n" +
		"```\na OR\n  ^\n```\ntick \\` tick\n<#22> discord\\:9/22"}, chunks("discord:1", r))
	require.Equal(t, []string{"Done."}, chunks("discord:1", commands.Reply{Lines: []commands.Line{{Spans: []commands.Span{{Text: " \u200b "}}}}}))
}
