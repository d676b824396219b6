package discord

import (
	"encoding/json"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// FuzzInteraction: whatever the gateway sends as one, it is a request of the server it came from, or none.
func FuzzInteraction(f *testing.F) {
	f.Add([]byte(`{"id":"1","type":2,"guild_id":"5","channel_id":"6","member":{"user":{"id":"7","username":"bo"},"permissions":"8"},
		"data":{"name":"watch","options":[{"name":"add","type":1,"options":[{"name":"name","type":3,"value":"A B","focused":true}]}]}}`))
	f.Add([]byte(`{"id":"1","type":3,"guild_id":"5","data":{"custom_id":"why:abcdefgh","component_type":2}}`))
	f.Add([]byte(`{"id":"1","type":4,"user":{"id":"7"},"data":{"name":"watch","options":[{"type":1,"options":[null]}]}}`))
	f.Add([]byte(`{"id":"1","type":2,"member":{},"data":{"options":[null]}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var i discordgo.Interaction
		if json.Unmarshal(body, &i) != nil || i.Type == 0 {
			return
		}
		r := requestOf(&i)
		require.Equal(t, workspaceOf(i.GuildID), r.Workspace)
		require.True(t, i.GuildID != "" || r.Channel == alerts.Channel(""))
		switch i.Type {
		case discordgo.InteractionApplicationCommand, discordgo.InteractionApplicationCommandAutocomplete:
			typing := fill(&r, i.ApplicationCommandData())
			_, there := r.Args[typing]
			require.True(t, typing == "" || there)
			public(r.Command)
		case discordgo.InteractionMessageComponent:
			_ = i.MessageComponentData().CustomID // of one without data, too
		}
	})
}
