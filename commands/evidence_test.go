package commands

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

func TestEveryRuleIsExplained(t *testing.T) {
	rules := []match.Rule{
		match.FullName, match.InitialAndSurname, match.Alias, match.Surname, match.NearAndSurname, match.SoundsLike, match.Word,
		match.ExactWord, match.Phrase, match.Prefix, match.Near, match.CountryName,
	}
	unknown := explain(match.Evidence{Term: "x", Rule: "of tomorrow"}, nil)
	seen := map[string]bool{}
	for _, r := range rules {
		why := explain(match.Evidence{Term: "x", Rule: r}, nil)
		require.NotEqual(t, unknown, why, r)
		require.False(t, seen[why], "two rules with one explanation: %s", why)
		seen[why] = true
	}
	require.Contains(t, explain(match.Evidence{Term: "Putin", Rule: match.FullName, Form: "Путин"}, nil), "taken for “Путин”")
}

// The reason given is the one that held; where two may have held, both are.
func TestWhyBare(t *testing.T) {
	of := func(rule match.Rule, term string) match.Evidence { return match.Evidence{Rule: rule, Term: term} }
	bare := of(match.Surname, "Jane Doe")
	const (
		named  = "the full name stands elsewhere in the article"
		flag   = "the watch says that it does"
		either = "the full name stands elsewhere in the article or the watch says so"
	)
	for want, all := range map[string][][]match.Evidence{
		named:  {{bare, of(match.FullName, "Jane Doe")}, {of(match.InitialAndSurname, "Jane Doe"), bare}, {of(match.Alias, "Jenny Doe"), bare}},
		flag:   {{bare}, {bare, bare}, {of(match.NearAndSurname, "Jane Doe"), bare}, {of(match.Phrase, "peace talks"), bare}},
		either: {{of(match.Alias, "Jenny"), bare}, {bare, bare, bare, bare, bare, bare, bare, bare}},
	} {
		for _, evidence := range all {
			require.Equal(t, want, whyBare(evidence), "%v", evidence)
		}
	}
}

func TestQuotes(t *testing.T) {
	text := strings.Repeat("before ", 20) + "the envoy\nWitkoff came" + strings.Repeat(" after", 20)
	start := strings.Index(text, "Witkoff")
	e := match.Evidence{Field: match.Text, Start: start, End: start + 7, Text: "Witkoff", Term: "Steve Witkoff", Rule: match.NearAndSurname}
	a := &alerts.Article{Title: "T", Text: text}
	lines := quotes(alerts.Hit{Evidence: []match.Evidence{e, e}}, a)
	require.Equal(t, "“…before before before before the envoy *Witkoff* came after after after after after after…” in the text · "+
		"near and surname: the surname of “Steve Witkoff” with one of the watch's near: words beside it", lines[0].Text())
	require.Equal(t, "and 1 more place", lines[1].Text())

	t.Run("a pruned or another article is not quoted", func(t *testing.T) {
		for _, a := range []*alerts.Article{nil, {}, {Text: "quite another text that is long enough to hold all of these offsets, whatever they may be, " + text}} {
			require.True(t, strings.HasPrefix(quotes(alerts.Hit{Evidence: []match.Evidence{e}}, a)[0].Text(), "“*Witkoff*” in the text"))
		}
	})
}
