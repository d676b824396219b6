package match

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
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
		for i, in := range standIns(code) {
			if i%oneIn(2) > 0 {
				continue
			}
			r := x.Find(Doc{Text: in.written, Language: in.language})
			require.Len(t, r.Matches, 1, "%s by %s in %s", code, in.written, in.language)
			fired[in.language]++
		}
	}
	for tongue := range tongues() {
		require.GreaterOrEqual(t, fired[tongue], 4/oneIn(4), tongue)
	}
}

func TestTablesOfCountriesAreWellFormed(t *testing.T) {
	for _, tables := range []map[string]string{romancePeoples(), germanicPeoples(), slavicPeoples(), otherPeoples(), asianPeoples(), {"en": englishPeoples}} {
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

func TestNoCountryIsCalledByOneCharacter(t *testing.T) {
	for i, r := range regions() {
		if i%oneIn(8) > 0 {
			continue
		}
		names := regionNames(r)
		for _, in := range standIns(r.String()) {
			names = append(names, in.name())
		}
		for _, n := range names {
			require.False(t, n.isCharacter(), "%s by %s", r, n.written)
		}
	}
	n := countryName{bridged: newBridged("金", asName)}
	require.True(t, n.isCharacter())
}

func TestEveryCountryIsFoundByItsEnglishName(t *testing.T) {
	namer := display.Regions(language.English)
	for i, r := range regions() {
		name := namer.Name(r)
		if name == "" || i%oneIn(8) > 0 {
			continue
		}
		written := []string{name, strings.ReplaceAll(name, "&", "and"), strings.ReplaceAll(name, "St.", "Saint"), strings.ReplaceAll(name, "St.", "St")}
		for _, written := range slices.Compact(written) {
			p, err := Compile(Spec{Kind: Country, Name: written})
			require.NoError(t, err, written)
			hits, _ := p.find(read(Doc{Text: written + " votes on Sunday.", Language: "en"}))
			require.NotEmpty(t, hits, "%s by %s", r, written)
		}
	}
}

// Of a country that stands in a table twice only the first line would be read.
func TestTablesOfNamesAreWellFormed(t *testing.T) {
	for _, table := range []string{everydayNames, misleading, misleadingWide} {
		seen := map[string]bool{}
		for _, line := range strings.Split(strings.TrimSpace(table), "\n") {
			code, rest, ok := strings.Cut(line, "|")
			require.True(t, ok, line)
			_, err := language.ParseRegion(code)
			require.NoError(t, err, line)
			require.NotEmpty(t, rest, line)
			require.False(t, seen[code], "%s twice", code)
			seen[code] = true
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(everydayNames), "\n") {
		code, _, _ := strings.Cut(line, "|")
		names := everyday(code)
		require.NotEmpty(t, names, line)
		for _, n := range names {
			_, err := language.Parse(n.language)
			require.True(t, n.language == "" || err == nil, "%s: language %q", line, n.language)
			r, ok := regionOf(n.written)
			require.True(t, ok, n.written)
			require.True(t, r.String() == code || code == "CD" && r.String() == "CG", "%s is %s", n.written, r)
		}
	}
}
