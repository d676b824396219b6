package config_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// whole has something to read and somebody to tell.
const whole = `
feeds: [{name: a, url: "https://a.example/rss"}]
watchlists: [{name: w, watches: [{person: Ann Example}]}]
subscriptions: [{channel: "console:desk", watchlists: [w]}]
`

func TestATokenInTheFileIsWarnedOf(t *testing.T) {
	f, err := parse(whole + "platforms:\n  discord:\n    token: hunter2hunter2\n  slack: {bot_token: xoxb-hunter2, app_token: \"${SLACK_APP_TOKEN}\"}\n")
	require.NoError(t, err, "it works all the same")
	require.Equal(t, "hunter2hunter2", f.Platforms.Discord.Token.Reveal())
	w := f.Warnings()
	require.Len(t, w, 2)
	require.Equal(t, []int{7, 12}, []int{w[0].Line, w[0].Column})
	require.Equal(t, "platforms.slack.bot_token", w[1].Path)
	require.NotContains(t, w.Explain(), "hunter2")
	for _, m := range w {
		require.Regexp(t, wellSaid, m.Say)
		require.Contains(t, m.Say, "${")
	}
}

func TestTokensFromElsewhereAreNot(t *testing.T) {
	f, err := parse(whole + "platforms: {discord: {token: \"${DISCORD_TOKEN}\"}, slack: {bot_token: \"${file:/run/secrets/slack_bot_token}\", app_token: \"xapp-${COOKIE}\"}}\n")
	require.NoError(t, err)
	require.Empty(t, f.Warnings())
}

func TestAFileWithNothingToDoIsWarnedOf(t *testing.T) {
	for src, lacks := range map[string][]string{
		"max_age: 7d\n":               {"feeds", "subscriptions"},
		"feeds: []\nwatchlists: []\n": {"feeds", "subscriptions"},
		"feeds: [{name: a, url: \"https://a.example/rss\"}]\n": {"subscriptions"},
		strings.Replace(whole, "feeds: [", "# [", 1):           {"feeds"},
		whole: nil,
	} {
		f, err := parse(src)
		require.NoError(t, err)
		w := f.Warnings()
		require.Len(t, w, len(lacks), src)
		for i, key := range lacks {
			require.Contains(t, w[i].Error(), "attache.yaml: there are no "+key+":")
			require.Regexp(t, wellSaid, w[i].Say)
		}
	}
}

func TestWhatInitWritesIsWarnedOfNothing(t *testing.T) {
	src, err := os.ReadFile("init.yaml")
	require.NoError(t, err)
	f, err := parse(string(src))
	require.NoError(t, err)
	require.Empty(t, f.Warnings())
}
