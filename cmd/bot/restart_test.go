package main

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/config"
)

const before = `
feeds: [{name: herald, url: "https://herald.example/rss.xml"}]
watchlists: [{name: envoys, watches: [{person: Steve Witkoff}]}]
subscriptions: [{channel: "console:desk", watchlists: [envoys]}]
admins: {roles: ["discord:1/2", "slack:T1/S1"]}
platforms: {discord: {token: "${TOKEN}"}, slack: {bot_token: "${TOKEN}", app_token: "${TOKEN}"}}
`

// The keys that change only with a restart are those that the guide names.
func TestWhatNeedsARestart(t *testing.T) {
	read := func(src string) *config.File {
		file, err := config.Parse("attache.yaml", []byte(src), func(string) (string, bool) { return "t", true }, os.ReadFile)
		require.NoError(t, err)
		return file
	}
	guide, err := os.ReadFile("../../docs/configuration.md")
	require.NoError(t, err)
	_, guided, ok := strings.Cut(string(guide), "These change only with a restart")
	require.True(t, ok)
	guided, _, _ = strings.Cut(guided, "\n\n")
	for key, after := range map[string]string{
		"store": before + "store: sqlite:other.db", "max_age": before + "max_age: 2d", "retention": before + "retention: 40d",
		"listen": before + "listen: :9", "fetch": before + "fetch: {timeout: 9s}",
		"admins.channel":          strings.Replace(before, "admins: {", "admins: {channel: \"console:ops\", ", 1),
		"platforms":               strings.Replace(before, "platforms: {", "platforms: {console: {format: json}, ", 1),
		"slack: groups in admins": strings.Replace(before, "slack:T1/S1", "slack:T1/S2", 1),
	} {
		require.Equal(t, []string{key}, needsRestart(read(before), read(after)))
		named, _, _ := strings.Cut(key, ":")
		require.Contains(t, guided, named, "the guide names it")
	}
	for _, after := range []string{
		before, before + "public_url: https://bot.example", strings.Replace(before, "herald", "courier", 2),
		strings.Replace(before, "Steve Witkoff", "Ann Example", 1), strings.Replace(before, "console:desk", "console:night", 1),
		strings.Replace(before, "discord:1/2", "discord:1/3", 1),
	} {
		require.Empty(t, needsRestart(read(before), read(after)), after)
	}
}
