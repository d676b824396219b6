package config_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/config"
)

const schemaFile = "../docs/attache.schema.json"

func TestSchemaIsCommitted(t *testing.T) {
	text, err := config.Schema()
	require.NoError(t, err)
	compare(t, schemaFile, string(text))
}

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := config.Schema()
	require.NoError(t, err)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	require.NoError(t, c.AddResource(config.SchemaURL, doc))
	s, err := c.Compile(config.SchemaURL)
	require.NoError(t, err)
	return s
}

// against validates YAML as an editor does.
func against(t *testing.T, s *jsonschema.Schema, src []byte) error {
	t.Helper()
	text, err := yaml.YAMLToJSON(src)
	require.NoError(t, err)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	return s.Validate(doc)
}

func TestSchemaTakesWhatTheLoaderTakes(t *testing.T) {
	s := compileSchema(t)
	files, err := filepath.Glob("../examples/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range append(files, "init.yaml") {
		src, err := os.ReadFile(file)
		require.NoError(t, err)
		require.NoError(t, against(t, s, src), file)
	}
	src, err := os.ReadFile("testdata/every-key.yaml")
	require.NoError(t, err)
	require.NoError(t, against(t, s, src))
}

func TestSchemaRefusesWhatTheLoaderRefuses(t *testing.T) {
	s := compileSchema(t)
	for _, src := range []string{
		"stor: x", "max_age: 7", "max_age: 7 days", "store: postgres://x", "fetch: {max_body: big}", "fetch: {allow_ports: []}",
		"fetch: {allow_private_networks: maybe}", "feeds: {}", "feeds: [{name: a}]", "feeds: [{url: 'https://a.example'}]",
		"feeds: [{name: a, url: 'https://a.example', new: some}]", "feeds: [{name: a, url: 'https://a.example', headers: {}}]",
		"fetch: {workers: 0}", "fetch: {workers: 1000}", "feeds: [{name: a, url: 'https://a.example', login: {user: a}}]",
		"feeds: [{name: a, url: 'https://a.example', source: {country: Germany}}]",
		"feeds: [{name: a, url: 'https://a.example', source: {ownership: private}}]",
		"watchlists: [{name: a}]", "watchlists: [{name: a, watches: []}]", "watchlists: [{name: a, watches: [{least: lead}]}]",
		"watchlists: [{name: a, watches: [{person: b, topic: c}]}]", "watchlists: [{name: a, watches: [{person: b, match: c}]}]",
		"watchlists: [{name: a, watches: [{topic: b, aliases: [c]}]}]", "watchlists: [{name: a, watches: [{country: b, near: [c]}]}]",
		"watchlists: [{name: a, watches: [{person: 7}]}]", "watchlists: [{name: a, watches: [{person: a, least: title}]}]",
		"subscriptions: [{channel: 'console:a', watchlists: []}]", "subscriptions: [{channel: desk, watchlists: [a]}]",
		"subscriptions: [{channel: 'discord:1', watchlists: [a]}]", "subscriptions: [{channel: 'console:a', watchlists: [a], deliver: '@daily'}]",
		"subscriptions: [{channel: 'console:a', watchlists: [a], quiet_hours: x}]", "admins: {channel: desk}",
		"platforms: {discord: {}}", "platforms: {slack: {bot_token: a}}", "platforms: {slack: {app_token: a}}",
		"platforms: {discord: {token: a, api: proxy.example}}", "platforms: {discord: {token: a, api: 'https://proxy.example/api'}}",
		"platforms: {slack: {bot_token: a, app_token: b, api: 'ftp://proxy.example'}}",
		"platforms: {console: {format: xml}}", "platforms: {irc: {}}",
	} {
		require.Error(t, against(t, s, []byte(src)), src)
		_, err := parse(src)
		require.Error(t, err, src)
	}
}

// The keys of the schema and those of the loader are the same: each mapping is given a key that nobody knows, and the
// loader's answer names them all.
func TestSchemaKnowsTheLoadersKeys(t *testing.T) {
	text, err := config.Schema()
	require.NoError(t, err)
	type object struct {
		Properties map[string]struct{ Description string }
	}
	var doc struct {
		object
		Defs map[string]object `json:"$defs"`
	}
	require.NoError(t, json.Unmarshal(text, &doc))
	const key = "zzzzzzzz: 1"
	for name, src := range map[string]string{
		"": key, "Fetch": "fetch: {" + key + "}", "Feed": "feeds: [{" + key + "}]", "Source": "feeds: [{source: {" + key + "}}]",
		"Login":     "feeds: [{login: {" + key + "}}]",
		"Watchlist": "watchlists: [{" + key + "}]", "Watch": "watchlists: [{watches: [{" + key + "}]}]",
		"Subscription": "subscriptions: [{" + key + "}]", "Admins": "admins: {" + key + "}", "Platforms": "platforms: {" + key + "}",
		"Discord": "platforms: {discord: {" + key + "}}", "Slack": "platforms: {slack: {" + key + "}}", "Console": "platforms: {console: {" + key + "}}",
	} {
		want := doc.object
		if name != "" {
			want = doc.Defs[name]
			delete(doc.Defs, name)
		}
		var listed string
		for _, m := range mistakes(t, src) {
			if _, keys, ok := strings.Cut(m.Say, "the keys here are "); ok {
				listed = strings.TrimSuffix(keys, ".")
			}
		}
		var got []string
		for k, property := range want.Properties {
			got = append(got, k)
			require.NotEmpty(t, property.Description, "%s.%s", name, k)
		}
		require.ElementsMatch(t, strings.Split(listed, ", "), got, name)
	}
	require.Empty(t, doc.Defs, "no mapping is forgotten here")
}
