package store

import (
	"database/sql"
	"fmt"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/stretchr/testify/require"
)

// busy does what a bot does that polls and posts: it changes the rows of all channels and of the feeds of that condition,
// unless somebody keeps it out.
func busy(t *testing.T, db *sql.DB, feeds string) (changed bool) {
	t.Helper()
	for _, query := range []string{`UPDATE feeds SET articles = articles WHERE ` + feeds, `UPDATE channels SET served = served`} {
		_, err := db.ExecContext(t.Context(), query)
		if sqlstate(err) == "55P03" {
			return false
		}
		require.NoError(t, err)
	}
	return true
}

// A bot that is started beside one that works takes its file over, however often that one comes between: rows that the
// file leaves as they are stand in nobody's way, and where it changes them the other is kept out in the end.
func TestABotBeginsBesideABusyOne(t *testing.T) {
	dsn := newDatabaseOnServer(t)
	s, other := reopen(t, dsn), administer(t, with(t, dsn, "lock_timeout", "20ms"))
	file := FileContent{Now: noon}
	list := alerts.Watchlist{ListRef: alerts.ListRef{Name: "chaos"}}
	file.Watchlists = []alerts.Watchlist{list}
	for i := range 20 {
		file.Feeds = append(file.Feeds, fileFeed(fmt.Sprint("feed-", i)))
		file.Subscriptions = append(file.Subscriptions, alerts.Subscription{Channel: alerts.NewChannel("console", fmt.Sprint("c", i)), List: list.ListRef})
	}
	require.NoError(t, s.SyncFile(t.Context(), file))

	others := `url <> '` + file.Feeds[0].URL + `'` // than the first, whose row the transaction has when it asks
	for _, c := range []struct {
		polls, schedule string
		changed, asked  int
	}{
		{`FALSE`, "@every 2h", 1, 1},
		{others, "@every 3h", 1, 1},
		{others, "@every 4h", 2, patient + 2},
		{others, "@every 5h", len(file.Feeds), patient + len(file.Feeds)},
	} {
		asked, came := 0, 0
		file.Due = func(string, time.Time) time.Time { // asked within the transaction for each feed whose schedule is a new one
			asked++
			if busy(t, other, c.polls) {
				came++
			}
			return noon
		}
		for i := range c.changed {
			file.Feeds[i].Listings[0].Schedule = c.schedule
		}
		require.NoError(t, s.SyncFile(t.Context(), file))
		require.Equal(t, c.asked, asked, "%+v", c)
		require.Equal(t, min(c.asked, patient), came, "%+v", c)
		require.Equal(t, c.changed, count(t, s, `SELECT COUNT(*) FROM listings WHERE schedule = '`+c.schedule+`'`))
		require.True(t, busy(t, other, `TRUE`), "nobody is kept out any more")
	}
}
