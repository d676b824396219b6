package config_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/config"
)

const guide = "../docs/configuration.md"

func TestGuideNamesEveryKey(t *testing.T) {
	text, err := os.ReadFile(guide)
	require.NoError(t, err)
	schema, err := config.Schema()
	require.NoError(t, err)
	type object struct{ Properties map[string]any }
	var doc struct {
		object
		Defs map[string]object `json:"$defs"`
	}
	require.NoError(t, json.Unmarshal(schema, &doc))
	objects := []object{doc.object}
	for _, d := range doc.Defs {
		objects = append(objects, d)
	}
	named := func(key string) bool { return regexp.MustCompile("`(\\w+\\.)?" + key + "`").Match(text) }
	for _, o := range objects {
		for key := range o.Properties {
			require.True(t, named(key) || key == "discord" || key == "slack" || key == "console", key)
		}
	}
	require.False(t, named("shedule"), "the check itself must be able to fail")
}

// The guide's examples, put together, are a configuration.
func TestGuidesExamplesLoad(t *testing.T) {
	text, err := os.ReadFile(guide)
	require.NoError(t, err)
	var src string
	for _, block := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(text, -1) {
		src += string(block[1])
	}
	f, err := parse(src)
	require.NoError(t, err)
	require.Len(t, f.Feeds, 1)
	require.Len(t, f.Watchlists, 1)
	require.Len(t, f.Subscriptions, 2)
	require.NotNil(t, f.Platforms.Slack)
}

// No guide ends in a heading with nothing under it.
func TestNoGuideEndsInAHeading(t *testing.T) {
	files, err := filepath.Glob("../docs/*.md")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		require.NotRegexp(t, `\n#+ [^\n]*\s*$`, string(text), file)
	}
}

// What a country fires on is said alike wherever it is said.
func TestACountrysPeopleAndCapitalAreSaidAlike(t *testing.T) {
	schema, err := config.Schema()
	require.NoError(t, err)
	guide, err := os.ReadFile(guide)
	require.NoError(t, err)
	for _, text := range [][]byte{schema, guide} {
		require.Regexp(t, `its people( \(.Iranian.\))? and its capital`, string(text))
	}
}
