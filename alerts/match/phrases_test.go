package match

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// specOf reads "person:Steve Witkoff|near=envoy|surname".
func specOf(t *testing.T, s string) Spec {
	t.Helper()
	parts := strings.Split(s, "|")
	kind, name, ok := strings.Cut(parts[0], ":")
	require.True(t, ok, s)
	spec := Spec{Kind: Kind(kind), Name: name}
	for _, option := range parts[1:] {
		key, value, _ := strings.Cut(option, "=")
		switch key {
		case "alias":
			spec.Aliases = append(spec.Aliases, value)
		case "near":
			spec.Near = append(spec.Near, value)
		case "not":
			spec.Not = append(spec.Not, value)
		case "match":
			spec.Query = value
		case "surname":
			spec.Surname = true
		default:
			t.Fatalf("unknown option %q", option)
		}
	}
	return spec
}

type phraseCase struct {
	line int
	spec Spec
	doc  Doc
	want string
}

func readPhrases(t *testing.T) []phraseCase {
	t.Helper()
	raw, err := os.ReadFile("testdata/phrases.tsv")
	require.NoError(t, err)
	var cases []phraseCase
	for i, line := range strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cols := strings.Split(strings.ReplaceAll(line, `\n`, "\n"), "\t")
		require.Len(t, cols, 4, "line %d", i+1)
		cases = append(cases, phraseCase{i + 1, specOf(t, cols[0]), Doc{Text: cols[2], Language: cols[1]}, cols[3]})
	}
	return cases
}

func TestPhrases(t *testing.T) {
	positive, negative := 0, 0
	for _, c := range readPhrases(t) {
		got := outcome(find(t, c.spec, c.doc))
		if c.want == "-" || c.want == "~" {
			negative++
		} else {
			positive++
		}
		if !fulfils(got, c.want) {
			t.Errorf("line %d: %s %q in %q\nwant %s\ngot  %s", c.line, c.spec.Kind, c.spec.Name+c.spec.Query, c.doc.Text, c.want, got)
		}
	}
	require.Greater(t, positive, 150)
	require.Greater(t, negative, 150)
}

func outcome(r Result) string {
	switch {
	case len(r.Matches) > 0:
		var found []string
		for _, e := range r.Matches[0].Evidence {
			found = append(found, fmt.Sprintf("%s/%s", e.Text, e.Rule))
		}
		return strings.Join(found, "; ")
	case len(r.NearMisses) > 0:
		return "~"
	}
	return "-"
}

func fulfils(got, want string) bool {
	if want == "-" || want == "~" {
		return got == want
	}
	found := strings.Split(got, "; ")
	for _, w := range strings.Split(want, "; ") {
		ok := false
		for _, g := range found {
			ok = ok || g == w
		}
		if !ok {
			return false
		}
	}
	return true
}
