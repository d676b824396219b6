package feeds

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// feedOf is a feed of that title with the items from to from+n-1.
func feedOf(title string, from, n int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "<rss version=\"2.0\"><channel><title>%s</title>", title)
	for i := range n {
		fmt.Fprintf(&b, "<item><title>Story %d</title><guid>g%d</guid></item>", from+i, from+i)
	}
	b.WriteString("</channel></rss>")
	return []byte(b.String())
}

// seen lets a feed be visited with the same answer so often, so far apart, and returns the feed as it stands then.
func seen(feed alerts.Feed, at *time.Time, times int, apart time.Duration, got Fetched) (alerts.Feed, alerts.Visit) {
	var v alerts.Visit
	for range times {
		*at = at.Add(apart)
		v = got.Visit(feed, *at)
		feed.Cursor = v.Cursor
	}
	return feed, v
}

func TestAPermanentMoveIsBelievedLate(t *testing.T) {
	const home, there, elsewhere = "https://www.example.co.uk/rss", "https://feeds.example.co.uk/rss", "https://other.co.uk/rss"
	ok := Fetched{Status: 304}
	to := func(target string) Fetched { return Fetched{Status: 304, Moved: target} }
	cases := []struct {
		name  string
		walk  func(f alerts.Feed, at *time.Time) alerts.Feed
		where string
		asks  bool
	}{
		{"ten times in eight days", func(f alerts.Feed, at *time.Time) alerts.Feed {
			f, _ = seen(f, at, 10, 19*time.Hour, to(there))
			return f
		}, there, false},
		{"nine times", func(f alerts.Feed, at *time.Time) alerts.Feed {
			f, _ = seen(f, at, 9, 24*time.Hour, to(there))
			return f
		}, home, false},
		{"a hundred times in a day", func(f alerts.Feed, at *time.Time) alerts.Feed {
			f, _ = seen(f, at, 100, 14*time.Minute, to(there))
			return f
		}, home, false},
		{"taken back in between", func(f alerts.Feed, at *time.Time) alerts.Feed {
			f, _ = seen(f, at, 9, 24*time.Hour, to(there))
			f, _ = seen(f, at, 1, time.Hour, ok)
			f, _ = seen(f, at, 9, 12*time.Hour, to(there))
			return f
		}, home, false},
		{"another target each time", func(f alerts.Feed, at *time.Time) alerts.Feed {
			for i := range 30 {
				f, _ = seen(f, at, 1, 24*time.Hour, to(fmt.Sprintf("%s?%d", there, i)))
			}
			return f
		}, home, false},
		{"to another owner", func(f alerts.Feed, at *time.Time) alerts.Feed {
			f, _ = seen(f, at, 50, 24*time.Hour, to(elsewhere))
			return f
		}, home, true},
		{"to another owner, and an admin says yes", func(f alerts.Feed, at *time.Time) alerts.Feed {
			f, _ = seen(f, at, 12, 24*time.Hour, to(elsewhere))
			f.Cursor.Manners = f.Cursor.Manners.Accepted(time.Time{})
			f, _ = seen(f, at, 1, time.Hour, to(elsewhere))
			return f
		}, elsewhere, false},
		{"an admin's word is for one target", func(f alerts.Feed, at *time.Time) alerts.Feed {
			f, _ = seen(f, at, 12, 24*time.Hour, to(elsewhere))
			f.Cursor.Manners = f.Cursor.Manners.Accepted(time.Time{})
			f, _ = seen(f, at, 12, 24*time.Hour, to("https://third.example/rss"))
			return f
		}, home, true},
		{"the new address fails for long", func(f alerts.Feed, at *time.Time) alerts.Feed {
			f, _ = seen(f, at, 12, 24*time.Hour, to(there))
			f, _ = seen(f, at, 5, time.Hour, Fetched{Status: 404})
			return f
		}, home, false},
	}
	for _, c := range cases {
		at := noon
		f := c.walk(alerts.Feed{URL: home, Cursor: alerts.Cursor{Succeeded: noon}}, &at)
		require.Equal(t, c.where, f.Address(), c.name)
		require.Equal(t, home, f.URL, c.name)
		require.Equal(t, c.asks, f.Cursor.Manners.Move.Asks, c.name)
	}
}

func TestOwners(t *testing.T) {
	for _, same := range [][2]string{
		{"https://example.org/a", "http://feeds.example.org/b"},
		{"https://A.example.CO.UK", "https://b.example.co.uk."},
		{"http://10.0.0.1/a", "http://10.0.0.1/b"},
		{"http://localhost/a", "http://localhost:81/b"},
	} {
		require.True(t, sameOwner(same[0], same[1]), "%v", same)
	}
	for _, other := range [][2]string{
		{"https://a.co.uk", "https://b.co.uk"},
		{"https://a.github.io", "https://b.github.io"},
		{"http://10.0.0.1", "http://20.0.0.1"},
		{"https://example.org", "https://example.org.evil.example"},
		{"", ""},
		{":", ":"},
	} {
		require.False(t, sameOwner(other[0], other[1]), "%v", other)
	}
}

func TestAFeedThatChangesHandsIsHeld(t *testing.T) {
	at := noon
	get := func(b []byte, from string) Fetched { return Fetched{Status: 200, Body: b, URL: from, ETag: `"1"`} }
	feed, _ := seen(alerts.Feed{URL: "https://news.example/rss"}, &at, 1, time.Hour, get(feedOf("Daily News", 0, 20), "https://news.example/rss"))
	for name, c := range map[string]struct {
		got  Fetched
		held bool
	}{
		"all new, another title":              {get(feedOf("Casino Bonus", 100, 20), "https://news.example/rss"), true},
		"all new, from elsewhere":             {get(feedOf("Daily News", 100, 20), "https://parked.example/rss"), true},
		"all new, the same feed":              {get(feedOf("Daily News", 100, 20), "https://news.example/rss"), false},
		"renamed, most items known":           {get(feedOf("The Morning Paper", 4, 20), "https://news.example/rss"), false},
		"a date in the title":                 {get(feedOf("Daily News 3.3.2026", 100, 20), "https://news.example/rss"), false},
		"another host of the same owner":      {get(feedOf("Daily News", 100, 20), "https://cdn.news.example/rss"), false},
		"too few items to tell":               {get(feedOf("Casino Bonus", 100, 3), "https://news.example/rss"), false},
		"exactly four in five new, new title": {get(feedOf("Casino Bonus", 16, 20), "https://news.example/rss"), false},
	} {
		at := at
		after, v := seen(feed, &at, 1, time.Hour, c.got)
		require.Equal(t, c.held, v.Cursor.Manners.Trouble == alerts.TroubleHeld, name)
		require.Equal(t, c.held, v.Failed(), name)
		if !c.held {
			require.NotEmpty(t, v.Articles, name)
			continue
		}
		require.Nil(t, v.Articles, name)
		require.Contains(t, v.Cursor.Failure, "/feeds accept", name)
		require.Equal(t, feed.Cursor.BodyHash, after.Cursor.BodyHash, "%s: what it was is not forgotten", name)
		_, v = seen(after, &at, 3, 24*time.Hour, c.got)
		require.Equal(t, alerts.TroubleHeld, v.Cursor.Manners.Trouble, "%s: it stays so", name)
		_, v = seen(after, &at, 1, time.Hour, get(feedOf("Daily News", 1, 20), "https://news.example/rss"))
		require.False(t, v.Failed(), "%s: until the feed is itself again", name)
		after.Cursor.Manners = after.Cursor.Manners.Accepted(time.Time{})
		_, v = seen(after, &at, 1, time.Hour, c.got)
		require.Len(t, v.Articles, 20, "%s: or an admin accepts it", name)
		require.False(t, v.First(), name)
	}
}

func TestAFeedThatIsGoneIsAskedNoMore(t *testing.T) {
	at := noon
	feed, v := seen(alerts.Feed{URL: public, Cursor: alerts.Cursor{Succeeded: noon}}, &at, 1, time.Hour, Fetched{Status: 410})
	require.Equal(t, alerts.TroubleGone, v.Cursor.Manners.Trouble)
	require.Equal(t, never(), v.NextPoll, "410 stops at once")
	feed.Cursor.Manners = feed.Cursor.Manners.Accepted(time.Time{})
	_, v = seen(feed, &at, 1, time.Hour, Fetched{Status: 304})
	require.Empty(t, v.Cursor.Manners.Trouble, "until an admin wants it asked again")
	require.True(t, v.NextPoll.Before(at.Add(2*time.Hour)))

	_, v = seen(alerts.Feed{URL: public}, &at, 1, time.Hour, Fetched{Status: 403})
	require.Equal(t, alerts.TroubleBlocked, v.Cursor.Manners.Trouble, "who blocks us is not gone")
	require.NotEqual(t, never(), v.NextPoll)
}
