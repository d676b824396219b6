package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/stretchr/testify/require"
)

// yields is a file of these persons.
func yields(all ...alerts.Person) func(func(alerts.Person) error) error {
	return func(yield func(alerts.Person) error) error {
		for _, p := range all {
			if err := yield(p); err != nil {
				return err
			}
		}
		return nil
	}
}

var operator = alerts.Change{ActorID: "operator", Command: "aliases import", At: noon}

func envoy() alerts.Watch {
	return alerts.Watch{Spec: match.Spec{Kind: match.Person, Name: "Steve  WITKOFF", Aliases: []string{"S. Witkoff"}}}
}

func version(t *testing.T, s *Store) int64 {
	t.Helper()
	r, _, err := s.Roster(t.Context(), -1)
	require.NoError(t, err)
	return r.Version
}

func imported(t *testing.T, s *Store) []string {
	t.Helper()
	r, _, err := s.Roster(t.Context(), -1)
	require.NoError(t, err)
	return r.Watchlists[0].Watches[0].Imported
}

func TestACatalogueJoinsTheWatchesOfItsPersons(t *testing.T) {
	s, _ := open(t)
	c := subscribed(desk)
	topic := alerts.Watch{Spec: match.Spec{Kind: match.Topic, Name: "Steve Witkoff", Query: "envoy"}}
	c.Watchlists[0].Watches = []alerts.Watch{envoy(), person("Kaja Kallas")}
	c.Watchlists = append(c.Watchlists, alerts.Watchlist{ListRef: alerts.ListRef{Name: "ztopics"}, Watches: []alerts.Watch{topic}})
	require.NoError(t, s.SyncFile(t.Context(), c))
	before := version(t, s)

	steve := alerts.Person{Key: "Q1", Names: []string{"Steven Witkoff", "Steve Witkoff", "Стив Уиткофф"}, Bare: []string{"Witkoff"}}
	other := alerts.Person{Key: "Q2", Names: []string{"Nobody Known"}}
	done, err := s.ImportCatalogue(t.Context(), operator, "Officials", yields(steve, other))
	require.NoError(t, err)
	require.Equal(t, Imported{Persons: 2, Names: 5, Added: 2}, done)
	require.Greater(t, version(t, s), before, "the engine reads the roster anew")
	require.Equal(t, []string{"Steven Witkoff", "Стив Уиткофф"}, imported(t, s), "what it has already it does not learn")

	r, _, err := s.Roster(t.Context(), -1)
	require.NoError(t, err)
	require.Empty(t, r.Watchlists[0].Watches[1].Imported)
	require.Empty(t, r.Watchlists[1].Watches[0].Imported, "a topic of that name learns nothing")
	lens, err := alerts.NewLens(r)
	require.NoError(t, err)
	hits, _ := lens.Look(match.Doc{Title: "Путин принял Стива Уиткоффа"})
	require.Len(t, hits, 1)
	require.Equal(t, match.Alias, hits[0].Evidence[0].Rule)
	require.Equal(t, "Стив Уиткофф", hits[0].Evidence[0].Term)

	require.NoError(t, s.SyncFile(t.Context(), c), "the file has not changed")
	moved := version(t, s)
	again, err := s.ImportCatalogue(t.Context(), operator, "OFFICIALS", yields(other, steve))
	require.NoError(t, err)
	require.Equal(t, Imported{Persons: 2, Names: 5}, again, "the same file changes nothing")
	require.Equal(t, moved, version(t, s))

	steve.Names = append(steve.Names, "ウィトコフ")
	changed, err := s.ImportCatalogue(t.Context(), operator, "officials", yields(steve))
	require.NoError(t, err)
	require.Equal(t, Imported{Persons: 1, Names: 5, Changed: 1, Removed: 1}, changed)
	require.Len(t, imported(t, s), 3)
	all, err := s.Catalogues(t.Context())
	require.NoError(t, err)
	require.Equal(t, []Catalogue{{Name: "Officials", Persons: 1, Names: 5, At: noon}}, all)

	require.Contains(t, alerts.Say(s.RemoveCatalogue(t.Context(), operator, "nothing")), "bot aliases list")
	require.NoError(t, s.RemoveCatalogue(t.Context(), operator, "officials"))
	require.Empty(t, imported(t, s))
	require.Zero(t, count(t, s, `SELECT (SELECT COUNT(*) FROM catalogues) + (SELECT COUNT(*) FROM persons) + (SELECT COUNT(*) FROM person_names)`))
}

func TestABareNameFindsThePersonAndIsNotLearned(t *testing.T) {
	s, _ := open(t)
	c := subscribed(desk)
	c.Watchlists[0].Watches = []alerts.Watch{{Spec: match.Spec{Kind: match.Person, Name: "Witkoff"}}}
	require.NoError(t, s.SyncFile(t.Context(), c))
	_, err := s.ImportCatalogue(t.Context(), operator, "a", yields(alerts.Person{Key: "1", Names: []string{"Steve Witkoff"}, Bare: []string{"Witkoff", "Steve"}}))
	require.NoError(t, err)
	require.Equal(t, []string{"Steve Witkoff"}, imported(t, s))
}

func TestAnImportIsWholeOrNothing(t *testing.T) {
	s, _ := open(t)
	a := alerts.Person{Key: "1", Names: []string{"Ada Bo"}}
	_, err := s.ImportCatalogue(t.Context(), operator, "a", yields(a))
	require.NoError(t, err)
	boom := errors.New("line 2")
	_, err = s.ImportCatalogue(t.Context(), operator, "a", func(yield func(alerts.Person) error) error {
		return errors.Join(yield(alerts.Person{Key: "2", Names: []string{"Bo Ada"}}), boom)
	})
	require.ErrorIs(t, err, boom)
	require.Equal(t, 1, count(t, s, `SELECT COUNT(*) FROM persons WHERE item = '1'`))
	require.Equal(t, 1, count(t, s, `SELECT COUNT(*) FROM persons`))
	_, err = s.ImportCatalogue(t.Context(), operator, " ", yields(a))
	require.Contains(t, alerts.Say(err), "needs a name")
}

func TestRowsOfOneKeyAreOnePerson(t *testing.T) {
	s, _ := open(t)
	rows := yields(alerts.Person{Key: "ada bo", Names: []string{"Ada Bo", "Ada B."}}, alerts.Person{Key: "ada bo", Names: []string{"Ada Bo", "Ада Бо"}})
	for range 2 {
		done, err := s.ImportCatalogue(t.Context(), operator, "a", rows)
		require.NoError(t, err)
		require.Equal(t, 1, done.Persons)
		require.Equal(t, 3, done.Names)
	}
	require.Equal(t, 1, count(t, s, `SELECT COUNT(*) FROM persons WHERE names = '["Ada Bo","Ada B.","Ада Бо"]'`))
}

func TestAViewReadsBesideTheBot(t *testing.T) {
	s, dsn := open(t)
	require.NoError(t, s.SyncFile(t.Context(), subscribed(desk)))
	v, err := View(t.Context(), dsn)
	require.NoError(t, err, "the bot holds the lock")
	defer v.Close()
	r, ok, err := v.Roster(t.Context(), -1)
	require.NoError(t, err)
	require.True(t, ok)
	require.Len(t, r.Watchlists, 1)
	require.Contains(t, alerts.Say(v.PutWatch(t.Context(), change(guild), "a", person("Bo"))), "reading only")
	require.NoError(t, s.PutWatch(t.Context(), change(guild), "a", person("Bo")), "and is not kept from writing")
	require.Len(t, lists(t, v, guild), 2, "what is committed is seen")

	_, err = View(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "absent"))
	require.Contains(t, alerts.Say(err), "no database")
	_, err = s.write.Exec(`DELETE FROM goose_db_version WHERE version_id = (SELECT MAX(version_id) FROM goose_db_version)`)
	require.NoError(t, err)
	_, err = View(t.Context(), dsn)
	require.Contains(t, alerts.Say(err), "bot migrate")
}

func TestNamesBeyondTheMostOfAPersonAreCounted(t *testing.T) {
	s, _ := open(t)
	part := func(n int) alerts.Person {
		p := alerts.Person{Key: "Q1"}
		for i := range alerts.MaxAliases {
			p.Names = append(p.Names, fmt.Sprintf("Ada Bo %d %d", n, i))
		}
		return p
	}
	done, err := s.ImportCatalogue(t.Context(), operator, "officials", yields(part(1), part(1), part(2)))
	require.NoError(t, err)
	require.Equal(t, Imported{Persons: 1, Names: alerts.MaxAliases, Added: 1, Cut: alerts.MaxAliases}, done)
}

// A catalogue that was imported before names were compared as they are printed is found by them as well, from the next start on.
func TestACatalogueOfBeforeIsFoundByPrintedNames(t *testing.T) {
	s, dsn := open(t)
	c := subscribed(desk)
	c.Watchlists[0].Watches = []alerts.Watch{person("Witkoff, Steve")}
	require.NoError(t, s.SyncFile(t.Context(), c))
	steve := alerts.Person{Key: "Q1", Names: []string{"Hon. Steve Witkoff, MP", "Стив Уиткофф"}}
	_, err := s.ImportCatalogue(t.Context(), operator, "a", yields(steve))
	require.NoError(t, err)
	require.Equal(t, []string{"Стив Уиткофф"}, imported(t, s))
	for _, query := range []string{`DELETE FROM person_names WHERE name = 'steve witkoff'`, `DELETE FROM meta WHERE name = 'catalogues.keys'`} {
		_, err = s.write.Exec(query)
		require.NoError(t, err)
	}
	require.Empty(t, imported(t, s))
	before := version(t, s)
	require.NoError(t, s.Close())

	for range 2 {
		s, err = Open(t.Context(), dsn, Options{})
		require.NoError(t, err)
		require.Equal(t, []string{"Стив Уиткофф"}, imported(t, s))
		require.Equal(t, before+1, version(t, s), "once")
		done, err := s.ImportCatalogue(t.Context(), operator, "a", yields(steve))
		require.NoError(t, err)
		require.Equal(t, Imported{Persons: 1, Names: 2}, done, "keys that are no names are not counted")
		require.NoError(t, s.Close())
	}
}

func TestNamesakesOfACatalogueAreSaid(t *testing.T) {
	s, _ := open(t)
	_, err := s.ImportCatalogue(t.Context(), operator, "Officials", yields(alerts.Person{Key: "1", Names: []string{"John Smith (diplomat)"}}, alerts.Person{Key: "2", Names: []string{"John Smith (actor)"}}))
	require.NoError(t, err)
	lists := []alerts.Watchlist{{Watches: []alerts.Watch{person("John Smith"), person("Jane Roe")}}}
	found, err := s.Study(t.Context(), lists)
	require.NoError(t, err)
	require.Equal(t, []*alerts.Watch{&lists[0].Watches[1]}, found.Unknown)
	require.Equal(t, []alerts.Namesakes{{Watch: &lists[0].Watches[0], Catalogue: "Officials", Names: []string{"John Smith (diplomat)", "John Smith (actor)"}}}, found.Unsure)
	require.Empty(t, lists[0].Watches[0].Imported)
}
