package discord

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/commands"
)

// vendorDocument is Discord's OpenAPI document, beside the repository. It is a JSON Schema 2020-12 document, so its
// request bodies are checked without any OpenAPI library.
const vendorDocument = "../../../shared/protocol/discord-openapi.json"

// bodyOf compiles the schema of an operation's body.
func bodyOf(t *testing.T, c *jsonschema.Compiler, path, method string) *jsonschema.Schema {
	t.Helper()
	at := strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(path)
	s, err := c.Compile("https://discord/openapi.json#/paths/" + at + "/" + method + "/requestBody/content/application~1json/schema")
	require.NoError(t, err)
	return s
}

func TestWhatIsSentFitsTheVendorsDocument(t *testing.T) {
	data, err := os.ReadFile(filepath.FromSlash(vendorDocument))
	if err != nil {
		t.Skip("SKIPPED: Discord's OpenAPI document is not beside the repository: ", err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	require.NoError(t, c.AddResource("https://discord/openapi.json", doc))
	check := func(s *jsonschema.Schema, v any) error {
		b, err := json.Marshal(v)
		require.NoError(t, err)
		read, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
		require.NoError(t, err)
		return s.Validate(read)
	}

	create := bodyOf(t, c, "/channels/{channel_id}/messages", "post")
	edit := bodyOf(t, c, "/channels/{channel_id}/messages/{message_id}", "patch")
	for _, file := range goldens(t) {
		m := draw(golden(t, file))
		require.NoError(t, check(edit, m), file)
		m.Nonce, m.Enforce, m.Reference = "abcdefghijklmnopqrstuvwx", true, &reference{Message: "1", Channel: "2"}
		m.Mentions.Roles = []string{pingedRole}
		require.NoError(t, check(create, m), file)
		m.Nonce += "too long"
		require.Error(t, check(create, m), "the document takes everything")
	}

	require.NoError(t, check(bodyOf(t, c, "/applications/{application_id}/commands", "put"), applicationCommands(commands.Catalog())))
	answer := bodyOf(t, c, "/interactions/{interaction_id}/{interaction_token}/callback", "post")
	for _, a := range []callback{
		{answerMessage, said("text", true)},
		{answerDeferred, flagged{}},
		{answerDeferred, flagged{flagEphemeral}},
		{answerChoices, suggestions{Choices: []suggestion{}}},
		{answerChoices, suggestions{Choices: []suggestion{{"a", "b"}}}},
	} {
		require.NoError(t, check(answer, a), "%+v", a)
	}
	require.NoError(t, check(bodyOf(t, c, "/webhooks/{webhook_id}/{webhook_token}", "post"), said("text", true)))
	require.NoError(t, check(bodyOf(t, c, "/webhooks/{webhook_id}/{webhook_token}/messages/@original", "patch"), said("text", true)))
}
