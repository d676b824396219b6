//go:build e2e

package e2e

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
)

// A contract is a vendor's OpenAPI document, ready to check requests against.
type contract struct {
	mux    *http.ServeMux
	bodies map[string]*jsonschema.Schema // by pattern of the mux; nil takes no JSON
}

const openapiURL = "https://discord.invalid/openapi.json"

// newContract compiles the document. It is OpenAPI 3.1, so its schemas are JSON Schema 2020-12 and its path templates are
// patterns of net/http.
func newContract(t *testing.T, path string) *contract {
	t.Helper()
	source, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		t.Logf("NOT CHECKED: %s is absent, so requests are not held against Discord's OpenAPI document", path)
		return nil
	}
	require.NoError(t, err)
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(source))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.AssertFormat()
	require.NoError(t, compiler.AddResource(openapiURL, document))
	c := &contract{mux: http.NewServeMux(), bodies: map[string]*jsonschema.Schema{}}
	for path, item := range document.(map[string]any)["paths"].(map[string]any) {
		for method, operation := range item.(map[string]any) {
			if method == "parameters" {
				continue
			}
			c.add(t, compiler, path, method, operation.(map[string]any))
		}
	}
	return c
}

func (c *contract) add(t *testing.T, compiler *jsonschema.Compiler, path, method string, operation map[string]any) {
	pattern := strings.ToUpper(method) + " /api/v10" + path
	defer func() {
		if recover() != nil { // two of the document's paths conflict as patterns: they are not ours
			delete(c.bodies, pattern)
		}
	}()
	c.mux.HandleFunc(pattern, func(http.ResponseWriter, *http.Request) {})
	c.bodies[pattern] = nil
	request, _ := operation["requestBody"].(map[string]any)
	content, _ := request["content"].(map[string]any)
	if content["application/json"] == nil {
		return
	}
	pointer := strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(path)
	schema, err := compiler.Compile(openapiURL + "#/paths/" + pointer + "/" + method + "/requestBody/content/application~1json/schema")
	require.NoError(t, err, pattern)
	c.bodies[pattern] = schema
}

// check returns what the request breaks, or nil.
func (c *contract) check(r *http.Request, body []byte) error {
	_, pattern := c.mux.Handler(r)
	schema, known := c.bodies[pattern]
	switch {
	case !known:
		return fmt.Errorf("no such operation: %s %s", r.Method, r.URL.Path)
	case schema == nil:
		return nil
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("read body: %w", err)
	}
	return schema.Validate(value)
}

// The document catches what the vendor would refuse, and lets pass what it would take.
func TestContract(t *testing.T) {
	c := newContract(t, discordAPI)
	if c == nil {
		t.Skip("SKIPPED: no document of Discord's is here")
	}
	post := func(path, body string) error {
		r, err := http.NewRequest(http.MethodPost, "http://127.0.0.1/api/v10"+path, strings.NewReader(body))
		require.NoError(t, err)
		return c.check(r, []byte(body))
	}
	require.NoError(t, post("/channels/112233445566778899/messages", `{"content":"a"}`))
	require.Error(t, post("/channels/112233445566778899/messages", `{"content":7}`))
	require.Error(t, post("/channels/112233445566778899/messages", `{"embeds":[{"title":"`+strings.Repeat("a", 257)+`"}]}`))
	require.Error(t, post("/channels/112233445566778899/nonsense", `{}`))
}
