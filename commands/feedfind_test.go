package commands_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
)

// site is what is found at a home page: three feeds, of which the memory reads one already.
func site() []commands.FeedSample {
	return []commands.FeedSample{
		{URL: "https://gazette.example/world.xml", Title: "Gazette World", Articles: 20, Newest: []string{"Talks\u202e resume", "Floods"}, Last: noon, PerDay: 12.4, Named: true},
		{URL: "https://news.example/rss", Title: "News", Articles: 3, Named: true},
		{URL: "https://gazette.example/sport.xml", Title: "", Articles: 9, Last: noon, PerDay: 0.4},
	}
}

func finder(found []commands.FeedSample, asked *[]string) func(*commands.Options) {
	return func(o *commands.Options) {
		o.FindFeeds = func(_ context.Context, url string) ([]commands.FeedSample, error) {
			*asked = append(*asked, url)
			return found, nil
		}
	}
}

func TestAHomePageAsksWhichAndOneAnswerAdds(t *testing.T) {
	var asked []string
	m := furnished()
	d := newDesk(t, m, finder(site(), &asked))
	before := len(m.feeds)

	r := do(t, d, asks("feeds add", "url", "gazette.example", "country", "CH", "schedule", "*/5 * * * *", "fulltext", "yes"))
	require.False(t, r.Failed)
	require.True(t, r.Private, "a question is for who asked")
	require.Len(t, m.feeds, before, "nothing is added yet")
	text := r.Text()
	for _, want := range []string{
		"3 feeds at gazette.example", "1 Gazette World (https://gazette.example/world.xml) · about 12 articles a day. Newest: “Talks resume”, “Floods”",
		"Read already, as news: ", "2 https://gazette.example/sport.xml · about 3 articles a week", "/feeds add url:1",
	} {
		require.Contains(t, text, want)
	}
	require.Len(t, r.Offers, 2, "what is read already is not offered")
	require.True(t, strings.HasPrefix(r.Offers[1].Label, "2 "))

	picked := d.DoLine(t.Context(), asks(""), r.Offers[1].Line)
	require.False(t, picked.Failed, picked.Text())
	require.False(t, picked.Private)
	added := m.feeds[len(m.feeds)-1]
	require.Equal(t, "https://gazette.example/sport.xml", added.URL)
	require.Equal(t, "CH", added.Source.Country, "what was said at first counts")
	require.Equal(t, "*/5 * * * *", added.Listings[0].Schedule)
	require.True(t, added.Listings[0].FullText)
	require.Equal(t, []string{"https://gazette.example"}, asked, "what was read is not read again")

	again := d.DoLine(t.Context(), asks(""), r.Offers[1].Line)
	require.True(t, again.Failed)
	require.Contains(t, again.Text(), "read already")
	typed := do(t, d, asks("feeds add", "url", "1", "name", "world"))
	require.False(t, typed.Failed, typed.Text())
	require.Equal(t, "world", m.feeds[len(m.feeds)-1].Listings[0].Name, "what is said now counts more")
}

func TestOneFeedThatThePageNamesIsAddedAtOnce(t *testing.T) {
	var asked []string
	m := &memory{}
	r := do(t, newDesk(t, m, finder(site()[:1], &asked)), asks("feeds add", "url", "gazette.example"))
	require.Len(t, m.feeds, 1)
	require.Equal(t, "https://gazette.example/world.xml", m.feeds[0].URL)
	require.Contains(t, r.Text(), "Newest: “Talks resume”", "it is shown")
	require.Empty(t, r.Offers)

	guessed := site()[2:]
	r = do(t, newDesk(t, &memory{}, finder(guessed, &asked)), asks("feeds add", "url", "gazette.example"))
	require.Len(t, r.Offers, 1, "one that was only guessed is asked about")
}

// A choice is of one workspace, waits for an hour, and is checked like any command.
func TestChoicesAreOverAndOfOneWorkspace(t *testing.T) {
	var asked []string
	now := noon
	m := furnished()
	d := newDesk(t, m, finder(site(), &asked), func(o *commands.Options) { o.Now = func() time.Time { return now } })
	line := do(t, d, asks("feeds add", "url", "gazette.example")).Offers[0].Line
	fails := func(r commands.Request, line, want string) {
		t.Helper()
		reply := d.DoLine(t.Context(), r, line)
		require.True(t, reply.Failed)
		require.Contains(t, reply.Text(), want)
	}
	elsewhere := asks("")
	elsewhere.Workspace, elsewhere.Channel = other, alerts.NewChannel(other, "1")
	fails(elsewhere, line, "There is no such choice")
	viewer := asks("")
	viewer.Actor = commands.Actor{ID: "nobody"}
	fails(viewer, line, "is for admins")
	somebody := asks("")
	somebody.Actor.ID = "another admin"
	fails(somebody, "feeds add 1", "There is no such choice")
	fails(asks(""), "feeds add 9", "There is no such choice")
	now = now.Add(time.Hour + time.Second)
	fails(asks(""), line, "it is over")
	require.Len(t, asked, 1)
}

func TestPagesAreToldOf(t *testing.T) {
	m := furnished()
	d := newDesk(t, m)
	require.NotContains(t, do(t, d, asks("feeds status", "name", "other")).Text(), "Full text")
	m.pages = commands.FeedStatus{PagesRead: 3, PagesFailed: 1, PageFailure: "The page did not come in time."}
	require.Contains(t, do(t, d, asks("feeds status", "name", "other")).Text(),
		"Full text: 3 of 4 pages read; the other articles have what the feed says. The last that was not read: The page did not come in time.")
}

// A web page that somebody listed as a feed is searched for feeds all the same, and is said to be none.
func TestAPageThatIsListedAsAFeedIsSearched(t *testing.T) {
	m := furnished()
	const page = "https://single.example/"
	m.feeds[1].URL, m.feeds[1].Cursor = page, alerts.Cursor{Visited: noon, Failures: 2, Failure: "That is a web page."}
	found := func(url string) func(*commands.Options) {
		return func(o *commands.Options) {
			o.FindFeeds = func(context.Context, string) ([]commands.FeedSample, error) {
				return []commands.FeedSample{{URL: url, Title: "Single", Articles: 3, Named: true}}, nil
			}
		}
	}
	added := do(t, newDesk(t, m, found("https://single.example/rss")), asks("feeds add", "url", page)).Text()
	require.Contains(t, added, "Feed added")
	require.Contains(t, added, "The page itself is listed as the feed other, and was never read as one. Remove it: /feeds remove name:other")
	require.Contains(t, do(t, newDesk(t, m, found(page)), asks("feeds add", "url", page)).Text(), "That feed is read already, as other", "by now it is one")
	m.feeds[1].Cursor.Succeeded = noon
	require.Contains(t, do(t, newDesk(t, m, found("https://single.example/rss2")), asks("feeds add", "url", page)).Text(), "That feed is read already")
}

func TestAFeedWithADoubtfulScheduleIsAddedAndSaysSo(t *testing.T) {
	d := newDesk(t, furnished(), func(o *commands.Options) {
		o.DoubtSchedule = func(s string) string {
			if s == "*/45 * * * *" {
				return "That is uneven."
			}
			return ""
		}
	})
	r := do(t, d, asks("feeds add", "url", "https://un.example/rss", "schedule", "*/45 * * * *"))
	require.False(t, r.Failed, r.Text())
	require.Contains(t, r.Text(), "\nCareful: That is uneven.\n")
	r = do(t, d, asks("feeds add", "url", "https://uno.example/rss", "schedule", "*/30 * * * *"))
	require.False(t, r.Failed, r.Text())
	require.NotContains(t, r.Text(), "Careful")
}
