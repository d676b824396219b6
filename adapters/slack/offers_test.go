package slack

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/commands"
)

// What an answer offers are buttons, and clicking one is as good as typing its command.
func TestOffersAreButtons(t *testing.T) {
	r := newRig(t, setting{listen: true})
	r.desk.reply = func(got commands.Request, line string) commands.Reply {
		if line == "" {
			return commands.Reply{Title: "added " + got.Command + " " + got.Args["url"]}
		}
		return commands.Reply{Title: "Which?", Private: true, Offers: []commands.Offer{
			{Label: "1 World", Line: "feeds add k3v7q2ma-1"}, {Label: "2 " + strings.Repeat("x", 100), Line: "feeds add k3v7q2ma-2"},
		}}
	}
	send(t, r, envelope("ask", kindCommand, r.Command("U3", "C1", "feeds add gazette.example")))
	until(t, "it is answered", func() bool { return len(r.Responses()) == 1 })
	blocks := string(r.Responses()[0].Message.Blocks)
	require.Contains(t, blocks, `"type":"actions"`)
	require.Contains(t, blocks, `"action_id":"do-2"`)
	require.Contains(t, blocks, `"value":"feeds add k3v7q2ma-2"`)
	require.NotContains(t, blocks, strings.Repeat("x", maxLabel))

	send(t, r, envelope("click", kindInteraction, r.Click("U3", "C1", "1.1", "do-2", "feeds add k3v7q2ma-2")))
	until(t, "it is answered", func() bool { return len(r.Responses()) == 2 })
	require.Contains(t, r.Responses()[1].Message.Text, "added feeds add k3v7q2ma-2")
	require.Equal(t, "in_channel", r.Responses()[1].Type, "a success is for the channel")
}

func TestOnlyOurButtonsAreRead(t *testing.T) {
	for _, c := range []struct {
		id, value string
		ok        bool
	}{
		{"why", "aaaabbbb", true},
		{"why", "feeds add x", false},
		{"do-1", "feeds add a-1", true},
		{"do-1", "rm -rf", false},
		{"other", "feeds add a-1", false},
		{"", "", false},
	} {
		_, _, ok := asked(c.id, c.value)
		require.Equal(t, c.ok, ok, c)
	}
}
