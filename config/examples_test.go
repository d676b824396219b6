package config_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/config"
)

func TestExamplesLoad(t *testing.T) {
	for _, name := range []string{"console", "discord", "slack", "newsroom"} {
		file := filepath.Join("../examples", name+".yaml")
		src, err := os.ReadFile(file)
		require.NoError(t, err)
		f, err := config.Parse(file, src, env, readFile)
		require.NoError(t, err)
		require.NotEmpty(t, f.Subscriptions, name)
		require.True(t, bytes.HasPrefix(src, []byte("# yaml-language-server: $schema=../docs/attache.schema.json\n")), name)
	}
	all, err := filepath.Glob("../examples/*.yaml")
	require.NoError(t, err)
	require.Len(t, all, 4, "each example is loaded here")
}

func TestExamplesOfTheConsoleNeedNoToken(t *testing.T) {
	none := func(string) (string, bool) { return "", false }
	_, err := config.Load("../examples/console.yaml", none, os.ReadFile)
	require.NoError(t, err)
}

func TestInitLoadsWithNothingSet(t *testing.T) {
	none := func(string) (string, bool) { return "", false }
	f, err := config.Parse("attache.yaml", config.Init(), none, os.ReadFile)
	require.NoError(t, err)
	require.Equal(t, "console:desk", f.Subscriptions[0].Channel)
	require.True(t, strings.HasPrefix(string(config.Init()), "# yaml-language-server: $schema="+config.SchemaURL+"\n"))
	config.Init()[0] = 'x'
	require.Equal(t, byte('#'), config.Init()[0], "what is returned belongs to the caller")
}

// What stands behind a # without a space loads too, once the # is taken out and the words in capitals are replaced.
func TestInitLoadsUncommented(t *testing.T) {
	head, body, ok := strings.Cut(string(config.Init()), "\nstore:")
	require.True(t, ok)
	body = regexp.MustCompile(`(?m)^#.*$`).ReplaceAllStringFunc(body, func(line string) string {
		if strings.HasPrefix(line, "# ") && !strings.HasPrefix(line, "#  ") {
			return line // prose
		}
		return line[1:]
	})
	src := head + "\nstore:" + strings.NewReplacer("GUILD", "1", "CHANNEL", "2", "ROLE", "3", "TEAM", "T1", "GROUP", "S1").Replace(body)
	f, err := parse(src)
	require.NoError(t, err, src)
	require.Len(t, f.Subscriptions, 3)
	require.Equal(t, "https://example.org/press-bot", f.Fetch.Contact)
	require.NotEmpty(t, f.Admins.Editors)
	require.True(t, f.Platforms.Discord.Token.Given())
	require.True(t, f.Platforms.Slack.AppToken.Given())
}
