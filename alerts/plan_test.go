package alerts_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/seed-6c43f0f2/attache/alerts/story"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

const (
	desk  = alerts.Channel("discord:1/10")
	other = alerts.Channel("slack:T1/C1")
	text  = "The Russian president said on Friday that the US special envoy Steve Witkoff had conveyed Washington's position honestly. He dismissed the charge of bias as nonsense."
)

// person returns a watchlist of the file's with one person.
func person(name string) alerts.Watchlist {
	return alerts.Watchlist{
		ListRef: alerts.ListRef{Name: "envoys"},
		Watches: []alerts.Watch{{Spec: match.Spec{Kind: match.Person, Name: name}}},
	}
}

func hears(c alerts.Channel, list string) alerts.Subscription {
	return alerts.Subscription{Channel: c, List: alerts.ListRef{Name: list}}
}

// feed is a feed of the file's that was read before.
func feed(id alerts.FeedID, name string) alerts.Feed {
	return alerts.Feed{
		ID: id, URL: "https://" + name + ".example/feed", Source: alerts.Source{Name: name},
		Listings: []alerts.Listing{{Name: name, Schedule: "@every 15m"}},
		Cursor:   alerts.Cursor{Visited: noon.Add(-time.Hour), Succeeded: noon.Add(-time.Hour)},
	}
}

func article(f alerts.Feed, key, title, text string) alerts.Article {
	return alerts.Article{
		Feed: f.ID, Key: key, URL: f.URL + "/" + key, Canonical: f.URL + "/" + key,
		Title: title, Text: text, Published: noon.Add(-time.Minute), Seen: noon,
	}
}

func visit(f alerts.Feed, articles ...alerts.Article) alerts.Visit {
	return alerts.Visit{Feed: f, At: noon, Articles: articles, NextPoll: noon.Add(time.Hour)}
}

func lens(t *testing.T, r alerts.Roster) *alerts.Lens {
	t.Helper()
	l, err := alerts.NewLens(r)
	require.NoError(t, err)
	return l
}

func roster(subscriptions ...alerts.Subscription) alerts.Roster {
	return alerts.Roster{Watchlists: []alerts.Watchlist{person("Steve Witkoff")}, Subscriptions: subscriptions}
}

func deliveries(out []alerts.Outcome) (all []alerts.Delivery) {
	for _, o := range out {
		all = append(all, o.Deliveries...)
	}
	return all
}

func decisions(out []alerts.Outcome) (all []alerts.Decision) {
	for _, o := range out {
		all = append(all, o.Decisions...)
	}
	return all
}

func TestPlanPostsANewStory(t *testing.T) {
	f := feed(1, "herald")
	out := alerts.Plan([]alerts.Visit{visit(f, article(f, "a", "Putin defends US envoy Witkoff", text))},
		alerts.World{}, lens(t, roster(hears(desk, "envoys"))), alerts.Terms{}, noon)

	require.Len(t, deliveries(out), 1)
	d := deliveries(out)[0]
	require.Equal(t, alerts.Root, d.Part)
	require.Equal(t, desk, d.Channel)
	require.Equal(t, alerts.NewAlertID(desk, d.Story), d.Alert.ID)
	require.Equal(t, "Putin defends US envoy Witkoff", d.Alert.Title)
	require.Equal(t, text, d.Alert.Summary, "the whole lead fits")
	require.Equal(t, "envoys", d.Alert.Matches[0].Watchlist)
	require.Equal(t, []alerts.AlertSource{{Name: "herald", URL: "https://herald.example/feed/a"}}, d.Alert.Sources)

	require.Len(t, decisions(out), 1)
	require.Equal(t, alerts.Posted, decisions(out)[0].Verb)
	require.Equal(t, alerts.NewStory, decisions(out)[0].Reason)
	for _, e := range decisions(out)[0].Evidence {
		field := map[match.Field]string{match.Title: d.Alert.Title, match.Text: text}[e.Field]
		require.Equal(t, e.Text, string([]rune(field)[e.Start:e.End]))
	}
	require.NotEmpty(t, out[0].Recorded[0].Words())
	require.True(t, out[0].Recorded[0].Opens)
}

// An alert shows where a watch fired that is not in the title nor in the lead, as far into a page's text as that may be.
func TestAnAlertShowsThePlaceThatFired(t *testing.T) {
	f := feed(1, "herald")
	dull := strings.Repeat("Members spoke of drains and of the price of salt. ", 40)
	for name, c := range map[string]struct {
		title, text string
		excerpt     string
	}{
		"deep in the text": {"The council meets", dull + "US envoy Steve Witkoff listened. " + dull, "Members spoke of drains and of the price of salt. … US envoy Steve Witkoff listened. Members"},
		"in the title too": {"Steve Witkoff listens", dull + "US envoy Steve Witkoff listened. " + dull, "Members spoke of drains and of the price of salt. Members"},
		"in the lead":      {"The council meets", "US envoy Steve Witkoff listened. " + dull + "Steve Witkoff left.", "US envoy Steve Witkoff listened. Members"},
	} {
		a := article(f, "a", c.title, c.text)
		out := alerts.Plan([]alerts.Visit{visit(f, a)}, alerts.World{}, lens(t, roster(hears(desk, "envoys"))), alerts.Terms{}, noon)
		got := deliveries(out)[0].Alert.Summary
		require.True(t, strings.HasPrefix(got, c.excerpt), "%s: %s", name, got)
		require.LessOrEqual(t, len(got), 410, name)
	}
}

func TestPlanDecidesWithAReason(t *testing.T) {
	read, unread := feed(1, "herald"), feed(2, "courier")
	unread.Cursor = alerts.Cursor{}
	old := article(read, "old", "US envoy Steve Witkoff arrives", text)
	old.Published = noon.Add(-30 * 24 * time.Hour)
	low := article(read, "low", "What happened today in the region, in brief", fmt.Sprintf("%0400d. %s", 7, text))
	for _, c := range []struct {
		name   string
		visit  alerts.Visit
		verb   alerts.Verb
		reason alerts.Reason
	}{
		{"new", visit(read, article(read, "a", "Steve Witkoff arrives", text)), alerts.Posted, alerts.NewStory},
		{"the first visit", visit(unread, article(unread, "a", "Steve Witkoff arrives", text)), alerts.Skipped, alerts.FirstVisit},
		{"too old", visit(read, old), alerts.Skipped, alerts.TooOld},
		{"below the bar", visit(read, low), alerts.Skipped, alerts.BelowBar},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := hears(desk, "envoys")
			s.Least = match.Lead
			out := alerts.Plan([]alerts.Visit{c.visit}, alerts.World{}, lens(t, roster(s)), alerts.Terms{MaxAge: 7 * 24 * time.Hour}, noon)
			require.Len(t, decisions(out), 1)
			require.Equal(t, c.verb, decisions(out)[0].Verb)
			require.Equal(t, c.reason, decisions(out)[0].Reason)
			require.Len(t, out[0].Recorded, 1, "the article is recorded whatever is decided")
			require.Equal(t, c.verb == alerts.Posted, len(deliveries(out)) == 1)
		})
	}
}

func TestPlanFirstVisitAnnouncesTheNewest(t *testing.T) {
	for announce, want := range map[int]int{0: 0, 2: 2, 9: 4, alerts.NewAll: 4} {
		f := feed(1, "herald")
		f.Cursor, f.New = alerts.Cursor{}, announce
		var items []alerts.Article
		for i, place := range []string{"Geneva", "Abu Dhabi", "Istanbul", "Riyadh"} { // the newest first, as feeds have it
			a := article(f, place, "Steve Witkoff goes to "+place+" for "+[]string{"grain", "prisoners", "gas", "borders"}[i], "")
			a.Published = noon.Add(-time.Duration(i) * time.Hour)
			items = append(items, a)
		}
		out := alerts.Plan([]alerts.Visit{visit(f, items...)}, alerts.World{}, lens(t, roster(hears(desk, "envoys"))), alerts.Terms{}, noon)
		got := deliveries(out)
		require.Len(t, got, want, "new: %d", announce)
		if want == 2 {
			require.Contains(t, got[0].Alert.Title, "Abu Dhabi", "oldest first")
			require.Contains(t, got[1].Alert.Title, "Geneva")
		}
	}
}

func TestPlanNamesASourceByTheFeedsTitle(t *testing.T) {
	l := lens(t, roster(hears(desk, "envoys")))
	for _, c := range []struct{ label, title, want string }{
		{"The Herald", "herald rss", "The Herald"}, {"", "Herald Online", "Herald Online"}, {"", "", "herald"},
	} {
		f := feed(1, "herald")
		f.Source.Name = c.label
		v := visit(f, article(f, "a", "Steve Witkoff arrives", text))
		v.Title = c.title
		out := alerts.Plan([]alerts.Visit{v}, alerts.World{}, l, alerts.Terms{}, noon)
		require.Equal(t, c.want, deliveries(out)[0].Alert.Sources[0].Name)
	}
}

func TestPlanTellsAStoryOnce(t *testing.T) {
	a, b, c := feed(1, "herald"), feed(2, "courier"), feed(3, "gazette")
	title := "Putin defends US envoy Steve Witkoff against charges of bias"
	l := lens(t, roster(hears(desk, "envoys")))

	out := alerts.Plan([]alerts.Visit{visit(a, article(a, "1", title, text)), visit(b, article(b, "2", title, text))}, alerts.World{}, l, alerts.Terms{}, noon)
	require.Len(t, deliveries(out), 1, "two outlets in one batch are one message")
	root := deliveries(out)[0]
	require.Len(t, root.Alert.Sources, 2)
	require.Equal(t, alerts.Joined, decisions(out)[1].Verb)

	world := alerts.World{
		Stories: []story.Candidate{{ID: string(root.Story), Newest: noon, Members: []story.Fingerprint{out[0].Recorded[0].Fingerprint}}},
		Alerts:  map[alerts.ChannelStory]alerts.Standing{{Channel: desk, Story: root.Story}: {Alert: root.Alert}},
	}
	out = alerts.Plan([]alerts.Visit{visit(c, article(c, "3", title, text))}, world, l, alerts.Terms{}, noon)
	require.Len(t, deliveries(out), 1)
	require.Equal(t, alerts.EditPart(1), deliveries(out)[0].Part, "a third outlet later edits the root")
	require.Len(t, deliveries(out)[0].Alert.Sources, 3)
	require.Len(t, world.Alerts[alerts.ChannelStory{Channel: desk, Story: root.Story}].Alert.Sources, 2, "the world it was given stays as it was")

	out = alerts.Plan([]alerts.Visit{visit(a, article(a, "4", title, text))}, world, l, alerts.Terms{}, noon)
	require.Empty(t, deliveries(out), "the same outlet again adds nothing")
	require.Equal(t, alerts.SameStory, decisions(out)[0].Reason)
}

func TestPlanKnowsWhatItHasSeen(t *testing.T) {
	f := feed(1, "herald")
	a := article(f, "a", "Steve Witkoff arrives", text)
	l := lens(t, roster(hears(desk, "envoys")))
	out := alerts.Plan([]alerts.Visit{visit(f, a, a)}, alerts.World{}, l, alerts.Terms{}, noon)
	require.Len(t, out[0].Recorded, 1, "twice in one feed is once")
	out = alerts.Plan([]alerts.Visit{visit(f, a)}, alerts.World{Known: map[alerts.ArticleKey]bool{{Feed: 1, Key: "a"}: true}}, l, alerts.Terms{}, noon)
	require.Empty(t, out[0].Recorded)
	require.Empty(t, deliveries(out))
}

func TestPlanKeepsWorkspacesApart(t *testing.T) {
	f := feed(1, "herald")
	f.Listings = []alerts.Listing{{Workspace: "discord:1", Name: "herald", Schedule: "@hourly"}}
	r := roster(hears(desk, "envoys"), hears(other, "envoys"))
	out := alerts.Plan([]alerts.Visit{visit(f, article(f, "a", "Steve Witkoff arrives", text))}, alerts.World{}, lens(t, r), alerts.Terms{}, noon)
	require.Len(t, deliveries(out), 1, "the other workspace does not hear this feed")
	require.Equal(t, desk, deliveries(out)[0].Channel)
}

func TestPlanShowsNoWorkspaceTheLabelOfAnother(t *testing.T) {
	f := feed(1, "herald")
	f.Source = alerts.Source{Name: "a joke of ours", Ownership: alerts.State}
	f.Labels = map[alerts.Workspace]alerts.Source{"slack:T1": {}}
	f.Listings = []alerts.Listing{{Workspace: "discord:1", Name: "ours"}, {Workspace: "slack:T1", Name: "theirs"}}
	r := roster(hears(desk, "envoys"), hears(other, "envoys"))
	state := match.Spec{Kind: match.Topic, Name: "state media", Query: "bias source.ownership:state"}
	r.Watchlists[0].Watches = append(r.Watchlists[0].Watches, alerts.Watch{Spec: state})
	v := visit(f, article(f, "a", "Steve Witkoff arrives", text))
	for _, title := range []string{"", "Herald Online"} {
		v.Title = title
		got := deliveries(alerts.Plan([]alerts.Visit{v}, alerts.World{}, lens(t, r), alerts.Terms{}, noon))
		require.Len(t, got, 2)
		require.Equal(t, "a joke of ours", got[0].Alert.Sources[0].Name)
		require.Len(t, got[0].Alert.Matches, 2)
		require.Equal(t, map[string]string{"": "theirs", "Herald Online": "Herald Online"}[title], got[1].Alert.Sources[0].Name)
		require.Empty(t, got[1].Alert.Sources[0].Ownership)
		require.Len(t, got[1].Alert.Matches, 1, "a query for the source asks for the workspace's own label")
	}
}

func TestPlanIsAFunctionOfValues(t *testing.T) {
	a, b := feed(1, "herald"), feed(2, "courier")
	visits := []alerts.Visit{
		visit(a, article(a, "1", "Steve Witkoff arrives in Moscow for talks", text), article(a, "2", "Grain prices fall again in Chicago", "")),
		visit(b, article(b, "3", "Envoy Steve Witkoff lands in Moscow for talks", text)),
	}
	r := roster(hears(desk, "envoys"), hears(other, "envoys"))
	first := alerts.Plan(visits, alerts.World{}, lens(t, r), alerts.Terms{}, noon)
	for range 20 {
		require.Equal(t, first, alerts.Plan(visits, alerts.World{}, lens(t, r), alerts.Terms{}, noon))
	}
}

func TestLensGoesOnWithoutABrokenWatch(t *testing.T) {
	r := roster(hears(desk, "envoys"))
	r.Watchlists[0].Watches = append(r.Watchlists[0].Watches, alerts.Watch{Spec: match.Spec{Kind: match.Topic, Name: "talks", Query: `"peace talks`}})
	l, err := alerts.NewLens(r)
	require.ErrorContains(t, err, `watch "talks" of watchlist "envoys"`)
	f := feed(1, "herald")
	out := alerts.Plan([]alerts.Visit{visit(f, article(f, "a", "Steve Witkoff arrives", text))}, alerts.World{}, l, alerts.Terms{}, noon)
	require.Len(t, deliveries(out), 1)
}

func TestPlanBelievesNoImpossibleDate(t *testing.T) {
	l := lens(t, roster(hears(desk, "envoys")))
	for _, published := range []time.Time{{}, time.Unix(0, 0), noon.AddDate(10, 0, 0), noon.Add(-time.Hour)} {
		f := feed(1, "herald")
		a := article(f, "a", "Steve Witkoff arrives", text)
		a.Published = published
		out := alerts.Plan([]alerts.Visit{visit(f, a)}, alerts.World{}, l, alerts.Terms{MaxAge: 7 * 24 * time.Hour}, noon)
		require.Equal(t, alerts.Posted, decisions(out)[0].Verb, "published %s", published)
		require.WithinRange(t, deliveries(out)[0].Alert.Published, noon.Add(-time.Hour), noon)
	}
}
