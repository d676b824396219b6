package alerts_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// waiting is n stories of which the channel shall be told, the first the newest.
func waiting(n int, reason alerts.Reason, pings ...string) (all []alerts.Gathering) {
	for i := range n {
		title := fmt.Sprintf("Story %d of Steve Witkoff", i)
		at := len(title) - len("Steve Witkoff")
		all = append(all, alerts.Gathering{
			Channel: desk, Story: alerts.StoryID(fmt.Sprint("story", i)), Feed: 1, Reason: reason, At: noon,
			Piece: alerts.Piece{
				Title: title, URL: fmt.Sprint("https://herald.example/", i), Published: noon.Add(-time.Duration(i) * time.Hour),
				Source: alerts.AlertSource{Name: "herald", URL: "https://herald.example/"}, Pings: pings,
				Matches: []alerts.Hit{{Watchlist: "envoys", Watch: "Steve Witkoff", Kind: match.Person, Mention: match.Headline, Evidence: []match.Evidence{
					{Field: match.Title, Start: at, End: len(title), Text: "Steve Witkoff", Term: "Steve Witkoff", Rule: match.FullName},
				}}},
			},
		})
	}
	return all
}

// A message of several stories names each with its own evidence, and claims none of it for itself.
func TestAMessageOfSeveralStoriesCarriesThem(t *testing.T) {
	for _, n := range []int{1, 25, 4000} {
		batches := alerts.Batches(waiting(n, alerts.LateRead), nil, noon, true)
		require.Len(t, batches, 1)
		require.Len(t, batches[0].Stories, n)
		a := batches[0].Delivery.Alert
		require.Equal(t, n, len(a.Stories)+a.More)
		require.Len(t, a.Stories, min(n, 25))
		for i, p := range a.Stories {
			require.Equal(t, alerts.StoryID(fmt.Sprint("story", i)), p.Story)
			require.Equal(t, fmt.Sprint("https://herald.example/", i), p.URL)
			e := p.Matches[0].Evidence[0]
			require.Equal(t, e.Text, p.Title[e.Start:e.End])
		}
		require.Len(t, a.Matches, 1)
		require.Empty(t, a.Matches[0].Evidence)
		require.Empty(t, a.URL)
		require.Empty(t, a.Sources[0].URL)
		frozen, err := json.Marshal(a)
		require.NoError(t, err)
		require.Less(t, len(frozen), 20_000, "what is frozen is bounded")
	}
}

// What the stories would have pinged alone is pinged by the message, each once, and not everybody.
func TestAMessageOfSeveralStoriesPings(t *testing.T) {
	all := append(waiting(3, alerts.Burst, "@desk", "@night"), waiting(2, alerts.Burst)...)
	a := alerts.Batches(append(all, waiting(1, alerts.Burst, "@chief", "@desk")...), nil, noon, true)[0].Delivery.Alert
	require.Equal(t, []string{"@desk", "@night", "@chief"}, a.Pings())
	require.Empty(t, alerts.Batches(waiting(3, alerts.Burst), nil, noon, true)[0].Delivery.Alert.Pings())
	var many []string
	for i := range 40 {
		many = append(many, fmt.Sprint("@", i))
	}
	require.Len(t, alerts.Batches(waiting(1, alerts.Burst, many...), nil, noon, true)[0].Delivery.Alert.Pings(), 10)
}

// Each subscription that hears an article pings whom it names, whether the article is told alone or with others.
func TestPlanPingsForEachSubscription(t *testing.T) {
	f := feed(1, "herald")
	r := roster(hears(desk, "envoys"), hears(desk, "people"), hears(desk, "names"))
	people, names := person("Steve Witkoff"), person("Steve Witkoff")
	people.Name, names.Name = "people", "names"
	r.Watchlists = append(r.Watchlists, people, names)
	for i, p := range []string{"@desk", "@night", "@desk"} {
		r.Subscriptions[i].Ping = p
	}
	a := article(f, "a", "US envoy Steve Witkoff arrives", text)
	out := alerts.Plan([]alerts.Visit{visit(f, a)}, alerts.World{}, lens(t, r), alerts.Terms{}, noon)
	require.ElementsMatch(t, []string{"@desk", "@night"}, deliveries(out)[0].Alert.Pings())

	f.Due, a.Published = noon.Add(-9*time.Hour), noon.Add(-5*time.Hour)
	out = alerts.Plan([]alerts.Visit{visit(f, a)}, alerts.World{}, lens(t, r), alerts.Terms{}, noon)
	require.ElementsMatch(t, []string{"@desk", "@night"}, out[0].Gathered[0].Piece.Pings)
}

// What an earlier version froze has its stories in the summary, and is read as it was written.
func TestAnOlderMessageOfSeveralStoriesIsRead(t *testing.T) {
	var a alerts.Alert
	old := `{"id":"k3v7q2ma","channel":"console:desk","story":"s","title":"Late: 2 stories from un","url":"","summary":"They are told together.\n• One\n• Two",` +
		`"published":"2026-11-22T12:00:00Z","sources":[{"name":"un","country":"","ownership":"","url":""}],"matches":[],"ping":"@desk"}`
	require.NoError(t, json.Unmarshal([]byte(old), &a))
	require.Empty(t, a.Stories)
	require.Equal(t, []string{"@desk"}, a.Pings())
	require.True(t, strings.HasSuffix(a.Summary, "• Two"))
}
