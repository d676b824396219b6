package commands

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	document = "../docs/commands.md"
	marker   = "<!-- From here on written by: go test ./commands -run TestDocument -update -->\n"
)

// describeCommands writes the part of the document that follows from the catalogue.
func describeCommands() string {
	var b strings.Builder
	b.WriteString("\n## All commands\n")
	for _, p := range paths(Catalog()) {
		who := map[Role]string{Viewer: "Everybody", Editor: "Editors", Admin: "Admins"}[p.Role]
		seen := "the person who asks sees the answer"
		if p.Public {
			seen = "the channel sees the answer"
		}
		fmt.Fprintf(&b, "\n### %s\n\n%s. %s; %s.\n\n", p.Name, p.Say, who, seen)
		fmt.Fprintf(&b, "```\n%s\n```\n\n", p.usage())
		if len(p.Options) > 0 {
			b.WriteString("| option | what it is |\n|---|---|\n")
		}
		for _, o := range p.Options {
			fmt.Fprintf(&b, "| `%s` | %s |\n", o.Name, describeOption(o))
		}
		if p.Example != "" {
			fmt.Fprintf(&b, "\nFor example `%s`", manner("console").example(p))
			fmt.Fprintf(&b, ", on Discord `%s`.\n", manner("discord").example(p))
		}
	}
	return strings.ReplaceAll(b.String(), "\n\n\n", "\n\n")
}

func describeOption(o Option) string {
	say := o.Say
	if len(o.Choices) > 0 {
		say += ": " + or(o.Choices)
	}
	if !o.Required {
		say += ". May be left out"
	}
	return say + "."
}

// The document says of every command what the catalogue says.
func TestDocument(t *testing.T) {
	text, err := os.ReadFile(document)
	require.NoError(t, err)
	head, body, ok := strings.Cut(string(text), marker)
	require.True(t, ok, "the marker is in the document")
	want := describeCommands()
	if updating() {
		require.NoError(t, os.WriteFile(document, []byte(head+marker+want), 0o644))
		body = want
	}
	require.Equal(t, want, body, "write it anew: go test ./commands -run TestDocument -update")
}

// updating tells whether -update was given; the flag belongs to the tests from outside the package.
func updating() bool {
	f := flag.Lookup("update")
	return f != nil && f.Value.String() == "true"
}

// Every command in the document's prose can be given as it stands there.
func TestDocumentedLinesAreRead(t *testing.T) {
	text, err := os.ReadFile(document)
	require.NoError(t, err)
	head, _, _ := strings.Cut(string(text), marker)
	read := 0
	for i, piece := range strings.Split(head, "`") {
		first, _, _ := strings.Cut(piece, " ")
		if i%2 == 0 || !strings.Contains("watch subscribe test feeds lookup", first) || strings.ContainsAny(piece, "…") {
			continue
		}
		_, _, err := ParseLine(piece)
		require.NoError(t, err, piece)
		read++
	}
	require.Greater(t, read, 4)
}
