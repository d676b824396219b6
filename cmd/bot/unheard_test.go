package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
)

// TestCoverageTellsThatDiscordWasNotHeard: a session that Discord ends is in the answer, through the whole program; a
// connection that it resumes is not.
func TestCoverageTellsThatDiscordWasNotHeard(t *testing.T) {
	feed, _ := herald(t, "Nothing about anybody")
	p := startOnDiscord(t, feed)
	require.True(t, p.Await(time.Minute, func(n discordtest.Signs) bool { return n.Ready == 1 }))
	p.Drop()
	require.True(t, p.Await(time.Minute, func(n discordtest.Signs) bool { return n.Resumes == 1 && n.Ready == 1 }))
	require.NotContains(t, p.answers("1 feed", "coverage"), "not heard")
	p.Send(9, false)
	require.True(t, p.Await(time.Minute, func(n discordtest.Signs) bool { return n.Identifies == 2 && n.Ready == 1 }))
	said := p.answers("1 time in which commands and buttons were not heard", "coverage")
	require.Contains(t, said, "\nDiscord: ")
}
