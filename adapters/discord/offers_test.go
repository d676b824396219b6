package discord

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/commands"
)

// What an answer offers are buttons, and pressing one is as good as typing its command.
func TestOffersAreButtons(t *testing.T) {
	t.Parallel()
	st := play(t, func(st *stage) {
		st.desk.do = func(_ context.Context, r commands.Request) commands.Reply {
			if r.Args["url"] != "gazette.example" {
				return text("added")
			}
			reply := text("two feeds")
			reply.Private = true
			reply.Offers = []commands.Offer{{Label: "1 World", Line: "feeds add k3v7q2ma-1"}, {Label: "2 @everyone", Line: "feeds add k3v7q2ma-2"}}
			return reply
		}
	})
	c := st.Guilds()[0].Channels[1]
	a := st.Slash(c, reader, "feeds add", "url", "gazette.example").Wait(limit, answered)
	next(t, st.desk.asked)
	require.True(t, a.Original.Ephemeral())
	row := a.Original.Components[0]
	require.Len(t, row.Components, 2)
	require.Equal(t, "do:feeds add k3v7q2ma-2", row.Components[1].CustomID)

	pressed := st.Press(c, reader, row.Components[1].CustomID).Wait(limit, answered)
	r := next(t, st.desk.asked)
	require.Equal(t, "feeds add", r.Command)
	require.Equal(t, map[string]string{"url": "k3v7q2ma-2"}, r.Args)
	require.Equal(t, reader.ID, r.Actor.ID, "it is who presses that asks")
	require.False(t, pressed.Original.Ephemeral())
	require.Empty(t, pressed.Original.Components)
}

func TestButtonsKeepDiscordsLimits(t *testing.T) {
	var offers []commands.Offer
	for n := range 30 {
		offers = append(offers, commands.Offer{Label: fmt.Sprint(n, strings.Repeat("x", 100)), Line: "feeds add a-1"})
	}
	offers[3].Line = strings.Repeat("x", 100)
	rows := buttons(offers)
	require.Len(t, rows, 5)
	n := 0
	for _, r := range rows {
		require.LessOrEqual(t, len(r.Components), 5)
		for _, b := range r.Components {
			n++
			require.LessOrEqual(t, units(b.Label), 80)
			require.LessOrEqual(t, units(b.CustomID), 100)
		}
	}
	require.Equal(t, 25, n)
	require.Empty(t, buttons(nil))
}
