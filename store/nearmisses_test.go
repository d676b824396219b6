package store

import (
	"io/fs"
	"testing"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/stretchr/testify/require"
)

func nearMiss(c alerts.Channel, r alerts.Recorded) alerts.NearMiss {
	return alerts.NearMiss{
		Channel: c, List: alerts.ListRef{Name: "us-russia"}, Watch: "Kaja Kallas", Feed: r.Article.Feed, ArticleKey: r.Article.Key, At: noon,
		Evidence: match.Evidence{Field: match.Text, End: 7, Text: "Witkoff", Term: "Steve Witkoff", Rule: match.Surname}, Reason: "no full name",
	}
}

func TestNearMissesAreKeptWithTheirArticleAndPruned(t *testing.T) {
	s, _ := open(t)
	f := withFeed(t, s)
	r := article(f, 1)
	o := alerts.Outcome{Visit: visit(f), Recorded: []alerts.Recorded{r}, NearMisses: []alerts.NearMiss{nearMiss(desk, r), nearMiss(office, r)}}
	for range 2 { // repeating is harmless
		require.NoError(t, s.Record(t.Context(), []alerts.Outcome{o}))
	}
	found, decided, ok, err := s.Decided(t.Context(), guild, r.Article.URL)
	require.NoError(t, err)
	require.True(t, ok)
	require.Empty(t, decided)
	require.Equal(t, []alerts.NearMiss{nearMiss(desk, r)}, found.NearMisses, "those of another workspace are not shown")

	p, err := s.Prune(t.Context(), noon)
	require.NoError(t, err)
	require.Zero(t, p.NearMisses)
	p, err = s.Prune(t.Context(), noon.AddDate(0, 0, 1))
	require.NoError(t, err)
	require.Equal(t, 2, p.NearMisses)
	require.Zero(t, count(t, s, `SELECT COUNT(*) FROM near_misses`))
}

// The migration writes the reason as the engine does.
func TestTheMigrationSaysFirstVisitAsTheEngineDoes(t *testing.T) {
	found, err := fs.Glob(migrations, "migrations/*_catalogues.sql")
	require.NoError(t, err)
	require.Len(t, found, 1)
	text, err := migrations.ReadFile(found[0])
	require.NoError(t, err)
	require.Contains(t, string(text), "'"+string(alerts.FirstVisit)+"'")
}
