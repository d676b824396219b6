package config_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/config"
)

const placed = `feeds:
  - name: a
    url: https://a.example/rss
    schedule: "*/61 * * * *"
watchlists:
  - name: лист
    watches:
      - topic: plain
        match: мир OR (война
      - topic: double
        match: "foo OR (bar"
      - topic: single
        match: '"peace talks" OR (bar'
      - {topic: flow, match: foo AND}
      - topic: block
        match: |
          foo OR
          (bar
      - topic: escaped
        match: "\"foo\" OR (bar"
      - topic: doubled
        match: 'it''s OR (bar'
      - topic: folded
        match: foo OR
          (bar
      - topic: referred
        match: ${COOKIE} OR (bar
      - topic: spaced
        match: "  foo OR (bar"
      - topic: anchored
        match: &q foo OR (bar
      - topic: aliased
        match: *q
`

func TestAt(t *testing.T) {
	f, err := parse(placed)
	require.NoError(t, err)
	for path, want := range map[string][2]int{
		"":                                  {1, 1},
		"feeds":                             {2, 3},
		"feeds[0]":                          {2, 5},
		"feeds[0].url":                      {3, 10},
		"feeds[0].schedule":                 {4, 15},
		"feeds[0].source":                   {2, 5}, // left out: the feed's
		"feeds[0].source.title":             {2, 5},
		"feeds[7].name":                     {2, 3},
		"platforms.discord.token":           {1, 1},
		"watchlists[0].name":                {6, 11},
		"watchlists[0].watches[0]":          {8, 9},
		"watchlists[0].watches[0].match":    {9, 16},
		"watchlists[0].watches[3]":          {14, 9},
		"watchlists[0].watches[3].match":    {14, 30},
		"watchlists[0].watches[4].match":    {16, 16},
		"watchlists[0].watches[5].match":    {20, 16},
		"watchlists[0].watches[99].near[3]": {8, 7},
		"nonsense[":                         {1, 1},
	} {
		line, column := f.At(path)
		require.Equal(t, want, [2]int{line, column}, path)
	}
}

func TestInside(t *testing.T) {
	f, err := parse(placed)
	require.NoError(t, err)
	for _, c := range []struct {
		path   string
		column int
		want   [2]int
	}{
		{"watchlists[0].watches[0].match", 1, [2]int{9, 16}},
		{"watchlists[0].watches[0].match", 8, [2]int{9, 23}},
		{"watchlists[0].watches[0].match", 14, [2]int{9, 29}}, // just behind the end
		{"watchlists[0].watches[0].match", 15, [2]int{9, 16}}, // no such column
		{"watchlists[0].watches[0].match", 0, [2]int{9, 16}},
		{"watchlists[0].watches[1].match", 8, [2]int{11, 24}},
		{"watchlists[0].watches[2].match", 18, [2]int{13, 34}},
		{"watchlists[0].watches[3].match", 5, [2]int{14, 34}},
		{"watchlists[0].watches[4].match", 5, [2]int{16, 16}}, // a block: where it begins
		{"watchlists[0].watches[5].match", 5, [2]int{20, 16}},
		{"watchlists[0].watches[6].match", 5, [2]int{22, 16}},
		{"watchlists[0].watches[7].match", 5, [2]int{24, 16}},
		{"watchlists[0].watches[8].match", 5, [2]int{27, 16}},
		{"watchlists[0].watches[9].match", 8, [2]int{29, 26}},
		{"watchlists[0].watches[10].match", 8, [2]int{31, 26}},
		{"watchlists[0].watches[11].match", 8, [2]int{31, 26}}, // an alias: where its anchor stands
		{"watchlists[0].watches[0].least", 3, [2]int{8, 9}},
		{"feeds[0].schedule", 1, [2]int{4, 16}},
	} {
		line, column := f.Inside(c.path, c.column)
		require.Equal(t, c.want, [2]int{line, column}, "%s column %d", c.path, c.column)
	}
}

func TestMistakesOfTheCaller(t *testing.T) {
	f, err := parse(placed)
	require.NoError(t, err)
	ms := config.Mistakes{
		f.MistakeInside("watchlists[0].watches[0].match", 8, "this parenthesis is not closed. Add )."),
		f.Mistake("feeds[0].schedule", "61 is no minute. Write 0 to 59."),
		f.Mistake("feeds[0].schedule", "61 is no minute. Write 0 to 59."),
		f.Mistake("watchlists[0].watches[8].match", "nobody knows "+canary+". Write it anew."),
	}
	ms.Sort()
	require.Equal(t, `attache.yaml:4:15: 61 is no minute. Write 0 to 59.
    4 |     schedule: "*/61 * * * *"
      |               ^
attache.yaml:9:23: this parenthesis is not closed. Add ).
    9 |         match: мир OR (война
      |                       ^
attache.yaml:27:16: nobody knows ${COOKIE}. Write it anew.
   27 |         match: ${COOKIE} OR (bar
      |                ^
`, ms.Explain())
	require.Equal(t, "feeds[0].schedule", ms[0].Path)
}

func TestExcerptsPointAtWideText(t *testing.T) {
	ms := mistakes(t, "feeds: [{name: 新华社, colour: x}]\n")
	require.Equal(t, "    1 | feeds: [{name: 新华社, colour: x}]\n      |                        ^", ms[1].Excerpt)
}
