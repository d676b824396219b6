package match

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"
)

// without are members of the United Nations whose capital bears their name, or is left out because it is an everyday word.
const without = "AD LU SM MC SG DJ KW GT VA MV SC PS BE HK XK TW"

func TestEveryCountryIsFoundByItsPeopleAndCapital(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(englishPeoples), "\n")
	require.GreaterOrEqual(t, len(lines), 193)
	for i, line := range lines {
		if i%oneIn(6) > 0 {
			continue
		}
		code, _, _ := strings.Cut(line, "|")
		region, err := language.ParseRegion(code)
		require.NoError(t, err)
		p, err := Compile(Spec{Kind: Country, Name: region.String()})
		require.NoError(t, err, line)
		x := NewIndex()
		x.Put("w", p)
		capitals := 0
		for _, in := range standInsOf(code, "en", englishPeoples) {
			if !in.people {
				capitals++
			}
			r := x.Find(Doc{Text: "They were " + in.written + " last week.", Language: "en"})
			require.Len(t, r.Matches, 1, "%s by %s", code, in.written)
			require.Empty(t, x.Find(Doc{Text: "They were x" + strings.ToLower(in.written) + "x last week.", Language: "en"}).Matches, in.written)
		}
		if !strings.Contains(without, code) {
			require.Positive(t, capitals, "%s has no capital", code)
		}
	}
}

func TestStandInsOfOtherLanguagesAreFound(t *testing.T) {
	fired := map[string]int{}
	for _, code := range []string{"US", "RU", "UA", "DE", "CN", "IR"} {
		p, err := Compile(Spec{Kind: Country, Name: code})
		require.NoError(t, err)
		x := NewIndex()
		x.Put("w", p)
		for _, in := range standIns(code) {
			r := x.Find(Doc{Text: in.written, Language: in.language})
			require.Len(t, r.Matches, 1, "%s by %s in %s", code, in.written, in.language)
			fired[in.language]++
		}
	}
	for tongue := range tongues() {
		require.GreaterOrEqual(t, fired[tongue], 4, tongue)
	}
}

func TestTablesOfCountriesAreWellFormed(t *testing.T) {
	for _, tables := range []map[string]string{romancePeoples(), germanicPeoples(), slavicPeoples(), otherPeoples(), {"en": englishPeoples}} {
		for lang, table := range tables {
			seen := map[string]bool{}
			for _, line := range strings.Split(strings.TrimSpace(table), "\n") {
				parts := strings.Split(line, "|")
				require.Len(t, parts, 3, "%s: %s", lang, line)
				_, err := language.ParseRegion(parts[0])
				require.NoError(t, err, "%s: %s", lang, line)
				require.False(t, seen[parts[0]], "%s: %s twice", lang, parts[0])
				seen[parts[0]] = true
			}
		}
	}
}
