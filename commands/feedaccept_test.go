package commands_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
	"github.com/seed-6c43f0f2/attache/feeds"
)

func TestAFeedThatAsksIsAccepted(t *testing.T) {
	for name, c := range map[string]struct {
		manners        alerts.Manners
		status, answer string
	}{
		"held":  {alerts.Manners{Trouble: alerts.TroubleHeld, Title: "x"}, "takes it as it is now with /feeds accept name:other", "taken as it is now"},
		"gone":  {alerts.Manners{Trouble: alerts.TroubleGone}, "An admin takes it as it is now", "is asked again"},
		"moved": {alerts.Manners{Move: alerts.Move{To: "https://new.example/rss", Since: time.Unix(0, 0), Asks: true}}, "moved for good to new.example, another owner's site", "is read from new.example"},
	} {
		m := furnished()
		for i := range m.feeds {
			if m.feeds[i].Listings[0].Name == "other" {
				m.feeds[i].Cursor.Manners = c.manners
			}
		}
		d := newDesk(t, m)
		require.Regexp(t, "(?s)"+c.status[:20], do(t, d, asks("feeds status", "name", "other")).Text(), name)
		r := do(t, d, asks("feeds accept", "name", "other"))
		require.False(t, r.Failed, name)
		require.Contains(t, r.Text(), c.answer, name)
		require.True(t, do(t, d, asks("feeds accept", "name", "other")).Failed, "%s: once is enough", name)
	}
}

// A move that is not believed yet is told, without its query.
func TestAMoveThatWaitsIsTold(t *testing.T) {
	m := furnished()
	m.feeds[1].Cursor.Manners.Move = alerts.Move{To: "https://other.example/new?key=s3cr3t", Since: noon.Add(-48 * time.Hour), Seen: 4}
	text := do(t, newDesk(t, m), asks("feeds status", "name", "other")).Text()
	require.Contains(t, text, "It says that it moved for good to https://other.example/new?… since 28 Feb 2026 12:00 UTC; that is not believed yet, ")
	require.NotContains(t, text, "s3cr3t")
	require.NotContains(t, text, "feeds accept")
	m.feeds[1].Cursor.Manners.Move = alerts.Move{}
	require.NotContains(t, do(t, newDesk(t, m), asks("feeds status", "name", "other")).Text(), "moved")
}

// Why a feed is gone says already that it is no longer asked.
func TestThatAFeedIsGoneIsSaidOnce(t *testing.T) {
	m := furnished()
	v := feeds.Fetched{Status: http.StatusGone}.Visit(m.feeds[1], noon)
	m.feeds[1].Cursor = v.Cursor
	for _, command := range []string{"feeds status", "coverage"} {
		text := do(t, newDesk(t, m), asks(command)).Text()
		require.Equal(t, 1, strings.Count(text, "no longer asked"), text)
		require.NotContains(t, text, "Next try", "there is none")
	}
}

// What is removed can be given again as it was: with all that feeds add takes.
func TestARemovedFeedIsTakenBackAsItWas(t *testing.T) {
	for _, first := range []string{
		"feeds add https://un.example/rss",
		`feeds add https://un.example/rss name:un schedule:"*/5 * * * *" source:"UN News, Geneva" country:CH ownership:official fulltext:yes`,
	} {
		m := &memory{}
		d := newDesk(t, m)
		require.False(t, d.DoLine(t.Context(), atConsole(), first).Failed, first)
		was := m.feeds[0]
		text := d.DoLine(t.Context(), atConsole(), "feeds remove "+was.Listings[0].Name).Text()
		require.Empty(t, m.feeds)
		_, again, ok := strings.Cut(text, "To take it back: ")
		require.True(t, ok, text)
		require.False(t, d.DoLine(t.Context(), atConsole(), again).Failed, again)
		require.Equal(t, was, m.feeds[0], again)
		if !strings.Contains(first, "name:") {
			continue
		}
		_, args, err := commands.ParseLine(again)
		require.NoError(t, err)
		require.Len(t, args, len(optionsOf(t, "feeds", "add")), "an option is forgotten: %s", again)
	}
}

func optionsOf(t *testing.T, command, sub string) []commands.Option {
	t.Helper()
	for _, c := range commands.Catalog() {
		for _, s := range c.Subs {
			if c.Name == command && s.Name == sub {
				return s.Options
			}
		}
	}
	t.Fatal(command, sub)
	return nil
}
