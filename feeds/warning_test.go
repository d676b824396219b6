package feeds

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	cutFeed   = `<rss><channel><item><title>One</title><guid>1</guid></item><item><title>Two</title><link>https://a.exam`
	wholeFeed = `<rss><channel><item><title>One</title><guid>1</guid></item></channel></rss>`
)

// TestWhatIsLeftOutIsToldOfTheVisit: until the feed is read anew, and only what readers may miss.
func TestWhatIsLeftOutIsToldOfTheVisit(t *testing.T) {
	long := "<rss><channel>" + strings.Repeat("<item><title>a</title></item>", maxItems+1) + "</channel></rss>"
	cyrillic := "<rss><channel><title>\xcf\xf0\xe5\xe7\xe8\xe4\xe5\xed\xf2 \xef\xf0\xe8\xed\xff\xeb \xef\xee\xf1\xeb\xe0\xed\xed\xe8\xea\xe0</title></channel></rss>"
	for name, c := range map[string]struct{ body, warning string }{
		"too many items": {long, warnItems},
		"too many, JSON": {`{"items":[` + strings.Repeat(`{"id":1,"title":"a"},`, maxItems) + `{"id":1,"title":"a"}]}`, warnItems},
		"cut":            {cutFeed, warnHalf},
		"guessed":        {cyrillic, warnGuessed},
		"cut, guessed":   {cyrillic[:len(cyrillic)-20], warnGuessed + " " + warnEnds},
		"mended":         {`<rss><channel><title>R&D</title></b></channel></rss>`, ""},
		"whole":          {wholeFeed, ""},
	} {
		t.Run(name, func(t *testing.T) {
			feed := alerts.Feed{URL: public, Cursor: alerts.Cursor{Warning: "of the last body"}}
			v := Fetched{Status: 200, Body: []byte(c.body)}.Visit(feed, noon)
			require.False(t, v.Failed())
			require.Equal(t, c.warning, v.Cursor.Warning)

			feed.Cursor = v.Cursor
			require.Equal(t, c.warning, Fetched{Status: 304}.Visit(feed, noon).Cursor.Warning)
			require.Equal(t, c.warning, Fetched{Status: 200, Body: []byte(c.body)}.Visit(feed, noon).Cursor.Warning)
			require.Equal(t, c.warning, Fetched{Status: 500}.Visit(feed, noon).Cursor.Warning)
			require.Empty(t, Fetched{Status: 200, Body: []byte(wholeFeed + " ")}.Visit(feed, noon).Cursor.Warning)
		})
	}
}

// TestAHalfReadFeedIsAskedForWhole: with the validators of the whole feed the answer would be that nothing changed.
func TestAHalfReadFeedIsAskedForWhole(t *testing.T) {
	got := Fetched{Status: 200, Body: []byte(cutFeed), ETag: `"whole"`, LastModified: "Mon, 2 Mar 2026 9:00:00 EST"}
	feed := alerts.Feed{URL: public, Cursor: alerts.Cursor{ETag: "old", LastModified: "old"}}
	v := got.Visit(feed, noon)
	require.Empty(t, v.Cursor.ETag)
	require.Empty(t, v.Cursor.LastModified)
	require.Equal(t, got.Hash(), v.Cursor.BodyHash)

	feed.Cursor = v.Cursor // the same once more: so it is, and need not be sent again
	require.Equal(t, `"whole"`, got.Visit(feed, noon).Cursor.ETag)
}

func TestAWarningIsLoggedOnce(t *testing.T) {
	var out bytes.Buffer
	poll := func(before alerts.Cursor) alerts.Cursor {
		out.Reset()
		m := hold(alerts.Feed{URL: "https://a.example/", Cursor: before})
		p := &Poller{
			Queue: m, Ingest: m.ingest, Log: slog.New(slog.NewTextHandler(&out, nil)),
			Fetch: func(context.Context, alerts.Feed) Fetched { return Fetched{Status: 200, Body: []byte(cutFeed)} },
		}
		_, err := p.PollDue(t.Context())
		require.NoError(t, err)
		return m.batches[0][0].Cursor
	}
	cursor := poll(alerts.Cursor{Warning: "another"})
	require.Equal(t, 1, strings.Count(out.String(), "level=WARN"))
	require.Contains(t, out.String(), "half-read")
	poll(cursor)
	require.NotContains(t, out.String(), "level=WARN")
}
