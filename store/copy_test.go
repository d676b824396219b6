package store

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/stretchr/testify/require"
)

// busyTeam is a database with rows in every table that a team fills; what was leased is over, by any clock.
func busyTeam(t *testing.T, s *Store) {
	t.Helper()
	f := withFeed(t, s)
	content := subscribed(desk)
	content.Feeds, content.Now = []alerts.Feed{fileFeed("un")}, noon
	require.NoError(t, s.SyncFile(t.Context(), content))
	require.NoError(t, s.PutWatch(t.Context(), change(guild), "Own", person("Ada Bo")))
	require.NoError(t, s.PutWatch(t.Context(), change(guild), "Own", alerts.Watch{Spec: match.Spec{Kind: match.Topic, Name: "a\x00b", Query: "grain"}}))
	require.NoError(t, s.Subscribe(t.Context(), change(guild), alerts.Subscription{Channel: night, List: alerts.ListRef{Workspace: guild, Name: "Own"}}))
	_, err := s.ImportCatalogue(t.Context(), operator, "a", yields(alerts.Person{Key: "1", Names: []string{"Ada Bo", "Ада Бо"}}))
	require.NoError(t, err)
	require.NoError(t, s.SetMeta(t.Context(), "k", "v"))
	require.NoError(t, s.KeepUnheard(t.Context(), alerts.Unheard{Platform: "discord", From: noon, To: noon.Add(time.Hour)}))
	recorded := posted(t, s, f, 130, desk, night, office)
	for i, d := range claimed(t, s, noon, 3) {
		if i > 0 { // one is left as it was being sent
			settled(t, s, d, sent(fmt.Sprint("m", i)), noon)
		}
	}
	_, err = s.Prune(t.Context(), noon.Add(time.Minute))
	require.NoError(t, err)
	told := visit(f)
	told.Cursor.Manners.Hub, told.Cursor.Manners.Topic = "https://hub.example", "t"
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{
		Visit: told, NearMisses: []alerts.NearMiss{nearMiss(desk, recorded[0])},
		Window: alerts.Window{{Item: "i", Text: "t"}}, Gap: &alerts.Gap{Feed: f.ID, From: noon, To: noon, Found: noon},
		Gathered: []alerts.Gathering{{Channel: desk, Story: "s", Feed: f.ID, ArticleKey: "k", Reason: alerts.LateRead, At: noon}},
		Steps:    []alerts.Step{{Channel: desk, Slot: 1, Brought: alerts.Brought{Fresh: 2, Posted: 1}}},
	}}))
	require.NoError(t, s.Leave(t.Context(), change(team)))
	for _, table := range []string{"channels", "feeds"} {
		_, err := s.write.Exec(`UPDATE ` + table + ` SET lease_until = 1 WHERE lease_until > 0`)
		require.NoError(t, err)
	}
}

// rowsOf are a table's rows as text, in one order, whichever engine has them.
func rowsOf(t *testing.T, s *Store, table string) (out []string) {
	t.Helper()
	require.NoError(t, s.look(t.Context(), "read", func(tx txn) error {
		names, _, err := tx.columns(t.Context(), table)
		if err != nil {
			return err
		}
		slices.Sort(names)
		return tx.values(t.Context(), `SELECT `+strings.Join(names, ", ")+` FROM `+table, len(names), func(row []any) error {
			for i, v := range row {
				row[i] = postgresArgument(asKind(v, "INTEGER"))
			}
			out = append(out, fmt.Sprintf("%q", row))
			return nil
		})
	}))
	slices.Sort(out)
	return out
}

// target is a database that nothing is in, not even tables; a file where there is no PostgreSQL.
func target(t *testing.T) string {
	t.Helper()
	if os.Getenv(templateURL) != "" {
		return newPostgres(t, "")
	}
	return "sqlite:" + filepath.Join(t.TempDir(), "target.db")
}

func TestACopyMovesATeamWholeAndBack(t *testing.T) {
	later := noon.Add(time.Hour)
	file, path := openFile(t)
	busyTeam(t, file)
	made, err := readSchema()
	require.NoError(t, err)
	before := map[string][]string{}
	rows := 0
	for _, table := range made.tables {
		before[table] = rowsOf(t, file, table)
		rows += len(before[table])
		require.NotEmpty(t, before[table], "the test has a row of %s", table)
	}
	require.NoError(t, file.Close())

	there, back := target(t), "sqlite:"+filepath.Join(t.TempDir(), "back.db")
	for from, to := "sqlite:"+path, there; to != ""; {
		done, err := Copy(t.Context(), from, to, later, Options{})
		require.NoError(t, err)
		require.Equal(t, Copied{Tables: len(made.tables), Rows: rows}, done)
		s := reopenReading(t, to)
		for _, table := range made.tables {
			require.Equal(t, before[table], rowsOf(t, s, table), table)
		}
		found, err := s.Lookup(t.Context(), guild, [][]string{{"spoke", "100"}}, 10)
		require.NoError(t, err)
		require.Len(t, found, 1, "the words are found again")
		require.NoError(t, s.Close())
		from, to = to, map[bool]string{true: back}[to == there]
	}

	s := reopen(t, there)
	f := dueFeeds(t, s, later)[0]
	last := count(t, s, `SELECT MAX(id) FROM deliveries`)
	r := article(f, 1000)
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{Visit: visit(f), Recorded: []alerts.Recorded{r}, Deliveries: []alerts.Delivery{root(desk, r)}}}))
	require.Equal(t, last+1, count(t, s, `SELECT MAX(id) FROM deliveries`), "ids go on behind those that were copied")
	doubted := 0
	for _, d := range claimed(t, s, later, 10) {
		if d.Uncertain {
			doubted++
		}
	}
	require.Equal(t, 1, doubted, "what was being sent is doubted there too")
}

func reopenReading(t *testing.T, dsn string) *Store {
	t.Helper()
	s, err := View(t.Context(), dsn)
	require.NoError(t, err)
	return s
}

// One database is refused as its own copy at once, under whatever name.
func TestADatabaseIsNotCopiedToItself(t *testing.T) {
	file, path := openFile(t)
	require.NoError(t, file.Close())
	folder := t.TempDir()
	linked, named := filepath.Join(folder, "linked.db"), filepath.Join(folder, "named.db")
	require.NoError(t, os.Symlink(path, linked))
	require.NoError(t, os.Link(path, named))
	for _, to := range []string{path, filepath.Dir(path) + "/./" + filepath.Base(path), linked, named} {
		_, err := Copy(t.Context(), "sqlite:"+path, "sqlite:"+to, noon, Options{})
		require.Contains(t, alerts.Say(err), "FROM and TO are the same database", to)
	}
	server := newPostgres(t, "")
	_, _, err := Migrate(t.Context(), server)
	require.NoError(t, err)
	u, err := url.Parse(server)
	require.NoError(t, err)
	again := "postgresql" + strings.TrimPrefix(server, "postgres") + "&sslmode=prefer&user=" + u.User.Username()
	_, err = Copy(t.Context(), server, again, noon, Options{})
	require.Contains(t, alerts.Say(err), "FROM and TO are the same database")
	require.NoError(t, onServer(server, `CREATE SCHEMA other`))
	_, err = Copy(t.Context(), server, server+"&search_path=other", noon, Options{})
	require.NoError(t, err, "another schema is another database")
	_, err = Copy(t.Context(), server, newPostgres(t, ""), noon, Options{})
	require.NoError(t, err, "and so is another of the server's")
}

func TestACopyIsRefusedWhileSomebodyUsesTheDatabase(t *testing.T) {
	file, path := openFile(t)
	posted(t, file, withFeed(t, file), 1, desk)
	require.Len(t, claimed(t, file, noon, 1), 1)
	_, err := Copy(t.Context(), "sqlite:"+path, target(t), noon.Add(time.Hour), Options{})
	require.Contains(t, alerts.Say(err), "Another process")
	require.NoError(t, file.Close())
	to := target(t)
	_, err = Copy(t.Context(), "sqlite:"+path, to, noon.Add(lease-time.Second), Options{})
	require.Contains(t, alerts.Say(err), "Stop it, and try again after 12:00:30 UTC")
	_, err = Copy(t.Context(), "sqlite:"+path, to, noon.Add(lease), Options{})
	require.NoError(t, err)
	_, err = Copy(t.Context(), "sqlite:"+path, to, noon.Add(lease), Options{})
	require.Contains(t, alerts.Say(err), "holds a team already")
	_, err = Copy(t.Context(), "sqlite:"+path+".absent", target(t), noon, Options{})
	require.Contains(t, alerts.Say(err), "no database at")
	require.NoFileExists(t, path+".absent")
}

// A copy that fails leaves nothing behind, and can be made again.
func TestACopyIsWholeOrNothing(t *testing.T) {
	file, path := openFile(t)
	busyTeam(t, file)
	require.NoError(t, file.Close())
	to := target(t)
	s := reopen(t, to)
	breakAudit(t, s)
	require.NoError(t, s.Close())
	_, err := Copy(t.Context(), "sqlite:"+path, to, noon.Add(time.Hour), Options{})
	require.ErrorContains(t, err, "no audit")
	s = reopen(t, to)
	require.Zero(t, count(t, s, `SELECT (SELECT COUNT(*) FROM feeds) + (SELECT COUNT(*) FROM articles) + (SELECT COUNT(*) FROM deliveries)`))
	query := `DROP TRIGGER broken`
	if s.engine.name == "PostgreSQL" {
		query += ` ON audit`
	}
	_, err = s.write.Exec(query)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	_, err = Copy(t.Context(), "sqlite:"+path, to, noon.Add(time.Hour), Options{})
	require.NoError(t, err)
}

// No table of a later migration is forgotten.
func TestACopyKnowsEveryTable(t *testing.T) {
	made, err := readSchema()
	require.NoError(t, err)
	s, _ := openFile(t)
	var there []string
	require.NoError(t, s.look(t.Context(), "read", func(tx txn) error {
		there, err = ids[string](t.Context(), tx, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'
			AND name NOT LIKE 'goose%' AND name NOT LIKE 'article_words%'`)
		return err
	}))
	require.ElementsMatch(t, there, append(made.tables, ofProcesses()...))
}

// A copy that wrote something else than it read would be noticed.
func TestRowsAreToldApart(t *testing.T) {
	one := fingerprint([]any{int64(1), "a", "b"})
	for _, other := range [][]any{{int64(1), "ab", ""}, {"1", "a", "b"}, {int64(1), "a", nil}, {int64(1), "b", "a"}, {int64(1), "a"}} {
		require.NotEqual(t, one, fingerprint(other))
	}
	require.Equal(t, one, fingerprint([]any{int64(1), "a", "b"}))
}
