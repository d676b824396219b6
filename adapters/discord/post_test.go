package discord

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
	"github.com/seed-6c43f0f2/attache/alerts"
)

func delivery(c alerts.Channel) alerts.Delivery {
	story := alerts.NewStoryID("https://example.org/feed", "1")
	return alerts.Delivery{
		Channel: c, Story: story, Part: alerts.Root, Drawing: alerts.DrawingVersion, FirstAttempt: time.Now(),
		Alert: alerts.Alert{ID: alerts.NewAlertID(c, story), Channel: c, Story: story, Title: "Title", Sources: []alerts.AlertSource{{Name: "Post"}}},
	}
}

func TestEveryPostHasItsNonceAndPingsNobody(t *testing.T) {
	p := newPeer(t)
	d := delivery(p.Channel(0))
	_, err := p.adapter.Post(t.Context(), d)
	require.NoError(t, err)
	m := p.Messages(d.Channel.ID())[0]
	require.Equal(t, d.Ref(), m.Nonce)
	require.LessOrEqual(t, len(m.Nonce), maxNonce)
	require.Empty(t, m.Bad)
}

func TestAPostThatWasDeletedIsNotPostedAgain(t *testing.T) {
	p := newPeer(t)
	d := delivery(p.Channel(0))
	id, err := p.adapter.Post(t.Context(), d)
	require.NoError(t, err)
	p.Delete(d.Channel.ID(), id)
	d.Uncertain = true
	id, err = p.adapter.Post(t.Context(), d)
	require.NoError(t, err)
	require.Empty(t, id)
	require.Empty(t, p.Messages(d.Channel.ID()))

	d.RootMessage, d.Part = "600000000000000099", alerts.EditPart(1)
	id, err = p.adapter.Post(t.Context(), d)
	require.NoError(t, err, "the edit of a message that is gone")
	require.Equal(t, d.RootMessage, id)
}

func TestFindSearchesBackToTheFirstAttempt(t *testing.T) {
	p := newPeer(t)
	p.Limits = discordtest.Limits{PerChannel: 1000, Global: 1000}
	d := delivery(p.Channel(0))
	id, err := p.adapter.Post(t.Context(), d)
	require.NoError(t, err)
	c := p.Guilds()[0].Channels[0]
	for n := range 250 {
		c.Messages = append(c.Messages, &discordtest.Message{ID: fmt.Sprint(9e18 + float64(n)), Content: "newer", At: time.Now()})
	}
	for n, m := range c.Messages[1:] {
		m.ID = fmt.Sprint(8000000000000000000 + uint64(n))
	}
	found, err := p.adapter.Find(t.Context(), d)
	require.NoError(t, err)
	require.Equal(t, id, found)

	before := len(p.Calls())
	d.Story, d.FirstAttempt = "another", time.Now().Add(26*time.Hour)
	found, err = p.adapter.Find(t.Context(), d)
	require.NoError(t, err)
	require.Empty(t, found)
	require.Equal(t, before+1, len(p.Calls()), "read on beyond the first attempt")

	before = len(p.Calls())
	d.FirstAttempt, d.Behind = time.Now(), c.Messages[200].ID
	found, err = p.adapter.Find(t.Context(), d)
	require.NoError(t, err)
	require.Empty(t, found)
	require.Equal(t, before+1, len(p.Calls()), "read on beyond what stood there before")
}

func TestFindWithoutTheHistorySaysSo(t *testing.T) {
	p := newPeer(t)
	d := delivery(p.Channel(0))
	_, err := p.adapter.Post(t.Context(), d)
	require.NoError(t, err)
	p.Guilds()[0].Channels[0].Deny = discordtest.ReadHistory
	_, err = p.adapter.Find(t.Context(), d)
	require.ErrorIs(t, err, alerts.ErrNoHistory)
}

func TestCheckNamesWhatIsMissing(t *testing.T) {
	p := newPeer(t)
	g := p.Guilds()[0]
	c := g.Channels[0]
	const invite = "https://discord.com/oauth2/authorize?client_id=900000000000000001&permissions=84992&scope=bot+applications.commands&guild_id="
	for name, x := range map[string]struct {
		bot, allow, deny int64
		channel          alerts.Channel
		say              []string // nil: all is well
	}{
		"all":                  {bot: discordtest.Needed},
		"administrator":        {bot: discordtest.Administrator},
		"allowed in place":     {allow: discordtest.Needed},
		"no embeds":            {bot: discordtest.Needed &^ discordtest.EmbedLinks, say: []string{"lacks Embed Links there", invite + g.ID}},
		"denied in place":      {bot: discordtest.Needed, deny: discordtest.SendMessages | discordtest.ReadHistory, say: []string{"Send Messages, Read Message History there", invite}},
		"hidden":               {bot: discordtest.Needed, deny: discordtest.ViewChannel, say: []string{"View Channel", invite}},
		"no such channel":      {channel: alerts.NewChannel(alerts.Workspace("discord:"+g.ID), "1"), say: []string{"no such channel", invite}},
		"of another server":    {bot: discordtest.Needed, channel: alerts.NewChannel("discord:5", c.ID), say: []string{"another Discord server", "discord:" + g.ID + "/" + c.ID}},
		"not even in the room": {bot: 0, say: []string{"View Channel", invite}},
	} {
		t.Run(name, func(t *testing.T) {
			g.Bot, c.Allow, c.Deny = x.bot, x.allow, x.deny
			at := x.channel
			if at == "" {
				at = p.Channel(0)
			}
			err := p.adapter.Check(t.Context(), at)
			if x.say == nil {
				require.NoError(t, err)
				return
			}
			for _, s := range x.say {
				require.Contains(t, alerts.Say(err), s)
			}
		})
	}
}

func TestOpenTellsOfABadToken(t *testing.T) {
	p := newPeer(t)
	require.NoError(t, p.adapter.Open(t.Context()))
	p = newPeer(t)
	p.Revoke()
	err := p.adapter.Open(t.Context())
	require.Equal(t, sayToken, alerts.Say(err))
	for _, token := range []string{"", " ", "a b", "x\n"} {
		_, err := New(Options{Token: token})
		require.NotEmpty(t, alerts.Say(err), "%q", token)
	}
}
