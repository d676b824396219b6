package feeds

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// FuzzAnswer: whatever a server writes into its headers and whatever a cursor was left with, the next poll is later and not
// before what the server asks, validators go back byte for byte, and what is said is text.
func FuzzAnswer(f *testing.F) {
	f.Add(200, "120", "max-age=60", "", "", "1", `<https://h.example/>; rel="hub"`, `W/"a"`, "", "", []byte(newsRSS))
	f.Add(304, "", "no-store", "Thu, 01 Dec 1994 16:00:00 GMT", "Thu, 01 Dec 1994 16:00:00 GMT", "-1", "", "\x00", "AAAA", "", []byte(nil))
	f.Add(503, "Wed, 21 Oct 2099 07:28:00 GMT", "", "0", "", "99999999999999999999", "<", "", "!", "x", []byte("<title>Just a moment...</title>"))
	f.Fuzz(func(t *testing.T, status int, retry, cache, expires, date, age, link, tag, known, items string, body []byte) {
		at := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
		feed := alerts.Feed{URL: "https://example.org/feed", Cursor: alerts.Cursor{
			ETag: "before", Visited: at.Add(-time.Hour), Succeeded: at.Add(-time.Hour), Manners: alerts.Manners{Known: known, Items: items},
		}, Listings: []alerts.Listing{{Schedule: "auto"}}}
		got := Fetched{
			Status: status, RetryAfter: retry, CacheControl: cache, Expires: expires, Date: date, Age: age, ETag: tag, Body: body, URL: feed.URL,
			Links: linkValues(http.Header{"Link": {link}}),
		}
		v := got.Visit(feed, at)
		require.True(t, v.NextPoll.After(at))
		require.False(t, v.NextPoll.Before(at.Add(retryAfter(retry, at))))
		require.True(t, utf8.ValidString(v.Cursor.Failure+v.Cursor.Warning+v.Title))
		for _, a := range v.Articles {
			require.True(t, utf8.ValidString(a.Key+a.URL+a.Title+a.Text+a.Author+a.Language))
		}
		if !v.Failed() && v.Cursor.ETag != "" && v.Cursor.ETag != "before" {
			require.Equal(t, tag, v.Cursor.ETag)
		}
		got.Visit(withCursor(feed, v.Cursor), at) // what was remembered can be read again
	})
}

const newsRSS = `<rss version="2.0"><channel><title>News</title><item><title>One</title><guid>1</guid><link>https://example.org/1</link></item></channel></rss>`

// FuzzHub: nothing that is not signed makes a feed due, and nothing that was not asked for changes a subscription.
func FuzzHub(f *testing.F) {
	f.Add("GET", "/websub/p", "hub.mode=subscribe&hub.topic=t&hub.challenge=c&hub.lease_seconds=60", "", []byte(nil))
	f.Add("GET", "/websub/p", "hub.mode=denied&hub.topic=t", "", []byte(nil))
	f.Add("POST", "/websub/p", "", "sha256=00", []byte("body"))
	f.Add("POST", "/websub/", "%", "sha1=", []byte("\x00"))
	f.Fuzz(func(t *testing.T, method, path, query, signature string, body []byte) {
		now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
		book := &hubBook{sub: alerts.HubSubscription{Feed: 1, Path: "p", Secret: "secret", Topic: "t", Expires: now.Add(time.Hour)}}
		before := book.sub
		s := &Subscriber{Hubs: book, Now: func() time.Time { return now }, Nudge: func() {}, Log: slog.New(slog.DiscardHandler)}
		r := httptest.NewRequest(http.MethodGet, "http://bot.example/", bytes.NewReader(body))
		r.Method, r.URL.Path, r.URL.RawQuery = method, path, query
		r.Header.Set("X-Hub-Signature", signature)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		require.Empty(t, book.hurried, "nobody knows the secret")
		if r.URL.Query().Get("hub.mode") != "denied" {
			require.Equal(t, before, book.sub, "nothing was asked for")
		}
		answer, err := io.ReadAll(w.Result().Body)
		require.NoError(t, err)
		require.Less(t, len(answer), 100, "nothing is echoed")
	})
}

// FuzzSchedule: whatever somebody types, a schedule that is taken has a turn to come, not sooner than promised.
func FuzzSchedule(f *testing.F) {
	for _, s := range []string{"auto", "*/5 * * * *", "@every 10m", "CRON_TZ=Europe/Brussels 0 9 * * 1-5", "@hourly", "0 0 30 2 *", "TZ= * * * * *", "@every -1h"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, expr string) {
		s, err := ScheduleFor("https://example.org", expr)
		if err != nil {
			require.NotEmpty(t, alerts.Say(err))
			return
		}
		now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
		require.True(t, s.Next(now).After(now))
	})
}
