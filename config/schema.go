package config

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/invopop/jsonschema"
)

// SchemaURL is where editors find the JSON Schema of the configuration.
const SchemaURL = "https://github.com/seed-6c43f0f2/attache/raw/main/docs/attache.schema.json"

// orReference lets a pattern take ${NAME} and ${file:PATH} too.
const orReference = `|.*\$\{.*`

// Schema returns the JSON Schema (draft 2020-12) of the configuration, for editors. It is made from File and what it holds;
// the loader is stricter where one value depends on another.
func Schema() ([]byte, error) {
	r := &jsonschema.Reflector{RequiredFromJSONSchemaTags: true, ExpandedStruct: true, Mapper: mapped}
	s := r.Reflect(&File{})
	s.ID = SchemaURL
	s.Title = "Attaché configuration"
	s.Description = "What `bot run -c FILE` reads. Any text may hold ${NAME}, from the environment, or ${file:PATH}, from a file."
	oneKind(s.Definitions["Watch"])
	slack := s.Definitions["Slack"]
	slack.AnyOf = []*jsonschema.Schema{{Required: []string{"app_token"}}, {Required: []string{"signing_secret"}}}
	for _, d := range s.Definitions {
		enumsOrReference(d)
	}
	defaults(s)
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write schema: %w", err)
	}
	return append(text, '\n'), nil
}

// mapped describes the types that YAML writes as text.
func mapped(t reflect.Type) *jsonschema.Schema {
	switch t {
	case reflect.TypeFor[time.Duration]():
		return &jsonschema.Schema{Type: "string", Pattern: `^(([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h|d|w))+` + orReference + `)$`, Examples: []any{"30s", "12h", "7d", "2w"}}
	case reflect.TypeFor[Secret]():
		return &jsonschema.Schema{Type: "string", MinLength: ptr(1), Examples: []any{"${NAME}", "${file:/run/secrets/name}"}}
	case reflect.TypeFor[Headers]():
		return &jsonschema.Schema{Type: "object", MinProperties: ptr(1), AdditionalProperties: &jsonschema.Schema{Type: "string", MinLength: ptr(1)}}
	case reflect.TypeFor[Size]():
		return &jsonschema.Schema{OneOf: []*jsonschema.Schema{
			{Type: "integer", Minimum: "65536"},
			{Type: "string", Pattern: `^([0-9]+(\.[0-9]+)? ?([KMGkmg]i?)?[Bb]?` + orReference + `)$`},
		}}
	case reflect.TypeFor[New]():
		return &jsonschema.Schema{OneOf: []*jsonschema.Schema{
			{Type: "integer", Minimum: "0", Maximum: "1000"},
			{Type: "string", Pattern: `^(none|all` + orReference + `)$`},
		}}
	}
	return nil
}

func ptr(n uint64) *uint64 { return &n }

// oneKind says that a watch is for a person, a topic or a country, and which keys go with which.
func oneKind(watch *jsonschema.Schema) {
	without := func(kind string, keys ...string) *jsonschema.Schema {
		var none []*jsonschema.Schema
		for _, k := range keys {
			none = append(none, &jsonschema.Schema{Required: []string{k}})
		}
		return &jsonschema.Schema{Required: []string{kind}, Not: &jsonschema.Schema{AnyOf: none}}
	}
	watch.OneOf = []*jsonschema.Schema{
		without("person", "match", "topic", "country"),
		without("topic", "aliases", "near", "not", "surname", "exact", "person", "country"),
		without("country", "match", "near", "surname", "exact", "person", "topic"),
	}
}

// enumsOrReference leaves ${NAME} possible where only some words are.
func enumsOrReference(d *jsonschema.Schema) {
	for p := d.Properties.Oldest(); p != nil; p = p.Next() {
		if len(p.Value.Enum) > 0 && p.Value.Type == "string" {
			p.Value.AnyOf = []*jsonschema.Schema{{Enum: p.Value.Enum}, {Pattern: strings.TrimPrefix(orReference, "|")}}
			p.Value.Enum = nil
		}
	}
}

// defaults fills in what the tags cannot say.
func defaults(s *jsonschema.Schema) {
	set := func(definition, property string, value any) {
		if p, ok := s.Definitions[definition].Properties.Get(property); ok {
			p.Default = value
		}
	}
	d := Defaults()
	set("Fetch", "max_body", d.Fetch.MaxBody.String())
	set("Fetch", "timeout", d.Fetch.Timeout.String())
	set("Fetch", "allow_ports", d.Fetch.AllowPorts)
	set("Feed", "new", "none")
	for property, value := range map[string]string{"max_age": "7d", "retention": "30d"} {
		if p, ok := s.Properties.Get(property); ok {
			p.Default = value
		}
	}
}
