package config_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// flat are files with one entry n times, whose levels end several at once, by dedent or in other ways.
func flat(n int) map[string]string {
	repeat := func(head, entry string) string {
		var b strings.Builder
		b.WriteString(head)
		for i := range n {
			b.WriteString(strings.ReplaceAll(entry, "N", fmt.Sprint(i)))
		}
		return b.String()
	}
	return map[string]string{
		"feeds that end in a block": repeat("feeds:\n", "- name: f-N\n  url: https://o.example/N\n  source:\n    title: Outlet N\n"),
		"feeds further in":          repeat("feeds:\n", "    - name: f-N\n      url: https://o.example/N\n      source:\n            title: Outlet N\n# further left\n\n"),
		"persons that end in a list": repeat("watchlists:\n- name: w\n  watches:\n",
			"  - person: Ann Example N\n    aliases:\n    - Anna Example N\n    - Anne Example N\n"),
		"subscriptions that end in a list": repeat("watchlists: [{name: w, watches: [{person: Ann Example}]}]\nsubscriptions:\n",
			"  - channel: console:cN\n    watchlists:\n      - w\n"),
		"watchlists of one watch": repeat("watchlists:\n", "- name: wN\n  watches:\n  - person: Ann Example\n    least: lead\n"),
		"queries in blocks":       repeat("watchlists:\n- name: w\n  watches:\n", "  - topic: tN\n    match: | # words\n       a\n        b\n"),
		"feeds in brackets":       repeat("feeds: [\n", "{name: f-N, url: 'https://o.example/N', source: {title: Outlet N}},\n") + "]\n",
		"feeds that end in brackets": repeat("feeds:\n",
			"  - &aN\n    name: f-N\n    url: https://o.example/N\n    source: {\n  title: Outlet N\n      }\n"),
	}
}

func TestAFlatFileIsNotDeep(t *testing.T) {
	for _, n := range []int{1, 50, 99, 1000} {
		for name, src := range flat(n) {
			_, err := parse(src)
			require.NoError(t, err, "%s, %d of them", name, n)
		}
	}
}

func TestALongFlatFileTakesNoLonger(t *testing.T) {
	if testing.Short() {
		t.Skip("reads files of megabytes, ten times slower with the race detector; one goroutine does")
	}
	took := func(n int) time.Duration {
		begun := time.Now()
		_, err := parse(flat(n)["feeds that end in a block"])
		require.NoError(t, err)
		return time.Since(begun)
	}
	took(1000)
	short := took(2000)
	require.Less(t, took(20_000), 40*short+time.Second, "of ten times the entries")
}

func TestADeepFileIsRefusedHoweverItIsWritten(t *testing.T) {
	var steps, dashes, lines, texts, both strings.Builder
	for i := range 300 {
		in := strings.Repeat(" ", 2*i)
		steps.WriteString(in + "a:\n")
		dashes.WriteString(in + "-\n")
		lines.WriteString(in + "b: 1\n" + in + "a:\n")
		texts.WriteString(in + "b: |\n" + in + " text\n" + in + "a:\n")
	}
	for i := range 20 {
		both.WriteString(strings.Repeat(" ", 20*i) + strings.Repeat("- ", 9) + "a:\n")
	}
	for name, src := range map[string]string{
		"keys": steps.String(), "dashes": dashes.String(), "keys with others beside": lines.String(),
		"texts between": texts.String(), "dashes and keys in many lines": both.String(),
		"brackets behind others": strings.Repeat("[[], ", 300), "braces behind others": strings.Repeat("{a: {}, b: ", 300),
		"brackets in lines": strings.Repeat("[\n1,\n", 300), "brackets that would end": strings.Repeat("- [", 300) + strings.Repeat("]", 300),
	} {
		_, err := parse(src)
		require.ErrorContains(t, err, "nested too deeply", name)
	}
}
