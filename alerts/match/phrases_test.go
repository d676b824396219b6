package match

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the table of docs/matching.md anew")

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
	line  int
	spec  Spec
	doc   Doc
	want  string
	known bool // the matcher does not give it, and docs/matching.md says so

	pattern *Pattern
}

func readPhrases(t *testing.T) []phraseCase {
	t.Helper()
	raw, err := os.ReadFile("testdata/phrases.tsv")
	require.NoError(t, err)
	var cases []phraseCase
	patterns, rows := map[string]*Pattern{}, map[string]bool{}
	for i, line := range strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cols := strings.Split(strings.ReplaceAll(line, `\n`, "\n"), "\t")
		require.Len(t, cols, 4, "line %d", i+1)
		row := strings.Join(cols[:3], "\t")
		require.False(t, rows[row], "line %d stands twice", i+1)
		rows[row] = true
		want, known := strings.CutPrefix(cols[3], "!")
		c := phraseCase{i + 1, specOf(t, cols[0]), Doc{Text: cols[2], Language: cols[1]}, want, known, patterns[cols[0]]}
		if c.pattern == nil {
			c.pattern, err = Compile(c.spec)
			require.NoError(t, err, "line %d", c.line)
			patterns[cols[0]] = c.pattern
		}
		cases = append(cases, c)
	}
	return cases
}

func (c *phraseCase) negative() bool { return c.want == "-" || c.want == "~" }

// A score counts the cases of one language.
type score struct {
	positive, found int // cases that should fire, and do as wanted
	negative, quiet int // cases that should not fire, and do not
}

func (s *score) add(c *phraseCase, right, fired bool) {
	switch {
	case c.negative():
		s.negative++
		if !fired {
			s.quiet++
		}
	default:
		s.positive++
		if right {
			s.found++
		}
	}
}

// The floors of the corpus: of what should be found, and of what should not.
const (
	minCases  = 400
	minFound  = .99
	minQuiet  = .99
	minTongue = 12 // cases that should fire, and cases that should not, in each language of diplomacy
)

// oneIn is n with the race detector, else one: there the matcher takes ten times as long, and what every case says is held
// without it. Of such tests the detector sees every n-th.
func oneIn(n int) int {
	if raced {
		return n
	}
	return 1
}

func TestPhrases(t *testing.T) {
	scores := map[string]*score{"": {}}
	rules := map[Rule]int{}
	for i, c := range readPhrases(t) {
		if i%oneIn(8) > 0 {
			continue
		}
		x := NewIndex()
		x.Put("w", c.pattern)
		r := x.Find(c.doc)
		got := outcome(r)
		right := fulfils(got, c.want)
		switch {
		case !right && !c.known:
			t.Errorf("line %d: %s %q in %q\nwant %s\ngot  %s", c.line, c.spec.Kind, c.spec.Name+c.spec.Query, c.doc.Text, c.want, got)
		case right && c.known:
			t.Errorf("line %d: %q is found as it should be; take the ! away", c.line, c.doc.Text)
		}
		for _, m := range r.Matches {
			rules[m.Evidence[0].Rule]++
		}
		if scores[c.doc.Language] == nil {
			scores[c.doc.Language] = &score{}
		}
		scores[c.doc.Language].add(&c, right, len(r.Matches) > 0)
	}
	if raced {
		return // the rest counts all phrases
	}
	checkFloors(t, scores)
	for _, rule := range []Rule{FullName, InitialAndSurname, Alias, Surname, NearAndSurname, Word, ExactWord, Phrase, Prefix, Near, CountryName} {
		require.GreaterOrEqual(t, rules[rule], 3, "cases of the rule %q", rule)
	}
	checkTable(t, scores)
}

func checkFloors(t *testing.T, scores map[string]*score) {
	t.Helper()
	all := total(scores)
	require.GreaterOrEqual(t, all.positive, minCases)
	require.GreaterOrEqual(t, all.negative, minCases)
	require.GreaterOrEqual(t, float64(all.found)/float64(all.positive), minFound)
	require.GreaterOrEqual(t, float64(all.quiet)/float64(all.negative), minQuiet)
	for language := range tongues() {
		s := scores[language]
		require.NotNil(t, s, language)
		require.GreaterOrEqual(t, s.positive, minTongue, "cases in %s that should fire", language)
		require.GreaterOrEqual(t, s.negative, minTongue, "cases in %s that should not fire", language)
	}
}

func total(scores map[string]*score) score {
	var all score
	for _, s := range scores {
		all.positive += s.positive
		all.found += s.found
		all.negative += s.negative
		all.quiet += s.quiet
	}
	return all
}

// tongues are the languages that the corpus must hold enough of.
func tongues() map[string]string {
	return map[string]string{
		"en": "English", "fr": "French", "es": "Spanish", "pt": "Portuguese", "it": "Italian", "de": "German", "nl": "Dutch", "pl": "Polish",
		"cs": "Czech", "sk": "Slovak", "sl": "Slovene", "hr": "Croatian", "sr": "Serbian", "bg": "Bulgarian", "ru": "Russian", "uk": "Ukrainian",
		"be": "Belarusian", "el": "Greek", "tr": "Turkish", "hu": "Hungarian", "fi": "Finnish", "ar": "Arabic", "he": "Hebrew", "fa": "Persian",
	}
}

const guide = "../../docs/matching.md"

// checkTable holds docs/matching.md to the figures; -update writes them.
func checkTable(t *testing.T, scores map[string]*score) {
	t.Helper()
	raw, err := os.ReadFile(guide)
	require.NoError(t, err)
	before, rest, ok := strings.Cut(string(raw), "<!-- corpus -->\n")
	require.True(t, ok)
	old, after, ok := strings.Cut(rest, "<!-- /corpus -->\n")
	require.True(t, ok)
	table := tableOf(scores)
	if *update {
		require.NoError(t, os.WriteFile(guide, []byte(before+"<!-- corpus -->\n"+table+"<!-- /corpus -->\n"+after), 0o600))
		return
	}
	require.Equal(t, table, old, "renew it with: go test ./alerts/match -run TestPhrases -update")
}

func tableOf(scores map[string]*score) string {
	names := tongues()
	rows := map[string]*score{}
	for language, s := range scores {
		name := cmp.Or(names[language], "others, and texts of no stated language")
		if rows[name] == nil {
			rows[name] = &score{}
		}
		sum := total(map[string]*score{"a": rows[name], "b": s})
		rows[name] = &sum
	}
	var keys []string
	for name := range rows {
		keys = append(keys, name)
	}
	slices.Sort(keys)
	all := total(scores)
	rows["**all**"] = &all
	var b strings.Builder
	b.WriteString("| language | should fire | do | should not | do not |\n|---|--:|--:|--:|--:|\n")
	for _, name := range append(keys, "**all**") {
		s := rows[name]
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d |\n", name, s.positive, s.found, s.negative, s.quiet)
	}
	return b.String()
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
