package feeds

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

func TestAutoFindsItsPace(t *testing.T) {
	walk := func(feed alerts.Feed, news func(i int) bool) time.Duration {
		at := noon
		got := Fetched{Status: 200, URL: public}
		from := 0
		for i := range 12 {
			if news(i) {
				from++
			}
			got.Body = feedOf("T", from, 10)
			v := got.Visit(feed, at)
			require.GreaterOrEqual(t, v.NextPoll.Sub(at), autoLeast)
			require.LessOrEqual(t, v.NextPoll.Sub(at), autoMost)
			feed.Cursor, at = v.Cursor, v.NextPoll
		}
		return feed.Cursor.Manners.Pace
	}
	auto := listed(public, "auto")
	require.Equal(t, autoLeast, walk(auto, func(int) bool { return true }), "busy")
	require.Equal(t, autoMost, walk(auto, func(i int) bool { return i == 0 }), "quiet")
	some := walk(auto, func(i int) bool { return i%3 == 0 })
	require.Greater(t, some, autoLeast)
	require.Less(t, some, autoMost)
}

func TestAutoObeysThePublisher(t *testing.T) {
	for name, c := range map[string]struct {
		m           alerts.Manners
		least, most time.Duration
	}{
		"nothing known":        {alerts.Manners{}, 15 * time.Minute, 17 * time.Minute},
		"ttl":                  {alerts.Manners{Asked: 40 * time.Minute}, 40 * time.Minute, 41 * time.Minute},
		"max-age":              {alerts.Manners{Fresh: 50 * time.Minute}, 50 * time.Minute, 51 * time.Minute},
		"just an hour":         {alerts.Manners{Fresh: time.Hour}, time.Hour, time.Hour},
		"a day is too late":    {alerts.Manners{Asked: 24 * time.Hour}, time.Hour, time.Hour},
		"a second is too fast": {alerts.Manners{Asked: time.Second}, 15 * time.Minute, 17 * time.Minute},
		"quiet":                {alerts.Manners{Pace: time.Hour}, 54 * time.Minute, time.Hour},
	} {
		f := listed(public, "auto")
		f.Cursor.Manners = c.m
		wait := Next(f, noon).Sub(noon)
		require.GreaterOrEqual(t, wait, c.least, name)
		require.LessOrEqual(t, wait, c.most, name)
		f.Listings[0].Schedule = "*/5 * * * *"
		require.Equal(t, 5*time.Minute, Next(f, noon).Sub(noon), "%s: a written cron is obeyed", name)
	}
	f := listed(public, "auto")
	f.Pushed = true
	require.GreaterOrEqual(t, Next(f, noon).Sub(noon), 54*time.Minute, "its hub tells us")
	require.Equal(t, noon.Add(3*time.Hour), nextFrom(listed(public, "auto"), noon, noon.Add(3*time.Hour)), "Retry-After binds beyond the hour")
}

func TestFreshness(t *testing.T) {
	const date, later = "Mon, 02 Mar 2026 12:00:00 GMT", "Mon, 02 Mar 2026 12:30:00 GMT"
	for name, c := range map[string]struct {
		f    Fetched
		want time.Duration
	}{
		"nothing":          {Fetched{Status: 200}, 0},
		"304 says nothing": {Fetched{Status: 304}, 7 * time.Minute},
		"max-age":          {Fetched{Status: 200, CacheControl: "public, Max-Age=1800"}, 30 * time.Minute},
		"quoted":           {Fetched{Status: 304, CacheControl: `max-age="60"`}, time.Minute},
		"age":              {Fetched{Status: 200, CacheControl: "max-age=1800", Age: "600"}, 20 * time.Minute},
		"old already":      {Fetched{Status: 200, CacheControl: "max-age=10", Age: "600"}, 0},
		"expires":          {Fetched{Status: 200, Expires: later, Date: date}, 30 * time.Minute},
		"max-age first":    {Fetched{Status: 200, CacheControl: "max-age=60", Expires: later, Date: date}, time.Minute},
		"expired":          {Fetched{Status: 200, Expires: date, Date: later}, 0},
		"expires zero":     {Fetched{Status: 200, Expires: "0", Date: date}, 0},
		"no-cache":         {Fetched{Status: 200, CacheControl: "no-cache, max-age=600"}, 0},
		"no number":        {Fetched{Status: 200, CacheControl: "max-age=soon"}, 0},
		"negative":         {Fetched{Status: 200, CacheControl: "max-age=-5"}, 0},
		"for ever":         {Fetched{Status: 200, CacheControl: "max-age=999999999999"}, retryMost},
	} {
		require.Equal(t, c.want, c.f.freshFor(7*time.Minute), name)
	}
}

func TestAHeadAsks(t *testing.T) {
	rss := func(head string) string {
		return `<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel><title>T</title>` + head +
			`<item><title>i</title><ttl>999</ttl></item></channel></rss>`
	}
	for name, c := range map[string]struct {
		body string
		want asks
	}{
		"nothing":       {rss(""), asks{}},
		"ttl":           {rss("<ttl> 40 </ttl>"), asks{wait: 40 * time.Minute}},
		"ttl of image":  {rss("<image><a><ttl>40</ttl></a></image>"), asks{}},
		"ttl no number": {rss("<ttl>soon</ttl>"), asks{}},
		"sy":            {rss("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>"), asks{wait: 30 * time.Minute}},
		"sy daily":      {rss("<sy:updatePeriod>\n daily </sy:updatePeriod>"), asks{wait: 24 * time.Hour}},
		"both":          {rss("<ttl>10</ttl><sy:updatePeriod>hourly</sy:updatePeriod>"), asks{wait: time.Hour}},
		"hub in rss": {
			rss(`<atom:link rel="hub" href="https://hub.example/"/><atom:link href="https://a.example/f" rel="self" />`),
			asks{hub: "https://hub.example/", self: "https://a.example/f"},
		},
		"atom": {
			`<feed xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="https://h.example"/><entry><link rel="self" href="x"/></entry></feed>`,
			asks{hub: "https://h.example"},
		},
		"rdf":     {`<rdf:RDF><channel><sy:updatePeriod>weekly</sy:updatePeriod></channel><item/></rdf:RDF>`, asks{wait: 168 * time.Hour}},
		"json":    {`{"version":"https://jsonfeed.org/version/1.1","feed_url":"https://a.example/j","hubs":[{"type":"rssCloud","url":"x"},{"type":"WebSub","url":"https://h.example/"}]}`, asks{hub: "https://h.example/", self: "https://a.example/j"}},
		"garbage": {"<<<&&&", asks{}},
		"empty":   {"", asks{}},
	} {
		require.Equal(t, c.want, asksOf([]byte(c.body)), name)
	}
}

func TestHubsAreNamedInTheHeaderToo(t *testing.T) {
	h := http.Header{"Link": {`<https://h.example/?a,b>; rel="hub", </feed>; rel=self`}}
	f := Fetched{URL: "https://a.example/x", Links: linkValues(h)}
	hub, topic := f.hub(asks{hub: "https://other.example/"})
	require.Equal(t, []string{"https://h.example/?a,b", "https://a.example/feed"}, []string{hub, topic})
	hub, topic = Fetched{URL: "https://a.example/x"}.hub(asks{hub: "/hub"})
	require.Equal(t, []string{"https://a.example/hub", "https://a.example/x"}, []string{hub, topic})
	for _, bad := range []string{"", "javascript:alert(1)", "file:///etc/passwd", "https://"} {
		hub, topic = f.hub(asks{hub: bad})
		_ = topic
		require.NotEqual(t, bad+"x", hub)
		hub, _ = Fetched{URL: "https://a.example/x"}.hub(asks{hub: bad})
		require.Empty(t, hub, bad)
	}
}

func FuzzAsks(f *testing.F) {
	f.Add([]byte("<rss><channel><ttl>5</ttl><atom:link rel='hub' href='x'/></channel></rss>"))
	f.Add([]byte(`{"hubs":[{"type":"WebSub","url":"https://h"}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		a := asksOf(b)
		if a.wait < 0 || a.wait > 365*24*time.Hour {
			t.Fatal(a.wait)
		}
	})
}
