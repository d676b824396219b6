package config_test

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/config"
)

var update = flag.Bool("update", false, "write the golden files and the schema anew")

// canary is a value that must never appear in anything printed.
const canary = "canary-that-nobody-may-see"

// environment is what the tests' configurations may refer to.
var environment = map[string]string{
	"DISCORD_TOKEN": canary + "-discord", "SLACK_BOT_TOKEN": "xoxb-" + canary, "SLACK_APP_TOKEN": "xapp-" + canary,
	"SLACK_SIGNING_SECRET": canary + "-signing", "COOKIE": canary, "EMPTY": "", "SPACED": canary + " and more",
	"ATTACHE_CONTACT": "https://example.org/bot",
}

func env(name string) (string, bool) { v, ok := environment[name]; return v, ok }

func readFile(path string) ([]byte, error) {
	switch path {
	case "/run/secrets/slack_bot_token":
		return []byte("xoxb-" + canary + "\n"), nil
	case "/run/secrets/slack_app_token":
		return []byte("xapp-" + canary + "\r\n"), nil
	case "secret":
		return []byte(canary + "\n"), nil
	case "forbidden":
		return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrPermission}
	}
	return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
}

func parse(src string) (*config.File, error) {
	return config.Parse("attache.yaml", []byte(src), env, readFile)
}

// mistakes parses what is expected to have some.
func mistakes(t *testing.T, src string) config.Mistakes {
	t.Helper()
	f, err := parse(src)
	require.NotNil(t, f)
	var ms config.Mistakes
	require.True(t, errors.As(err, &ms), "no Mistakes: %v", err)
	return ms
}

// Adding a case is adding a file NAME.yaml and running with -update.
func TestMistakes(t *testing.T) {
	files, err := filepath.Glob("testdata/mistakes/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			src, err := os.ReadFile(file)
			require.NoError(t, err)
			ms := mistakes(t, string(src))
			compare(t, strings.TrimSuffix(file, ".yaml")+".mistakes", ms.Explain())
			for _, m := range ms {
				require.Regexp(t, wellSaid, m.Say, "says what is wrong and what to do")
				require.NotContains(t, m.Error()+m.Excerpt, "canary")
				require.NotContains(t, m.Error()+m.Excerpt, "hunter2")
			}
		})
	}
}

// wellSaid is a sentence on what is wrong and one on what to do.
var wellSaid = regexp.MustCompile(`^.+\. .+[.?]$`)

func compare(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err, "run with -update to write it")
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}
