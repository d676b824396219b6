package alerts_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// An article that was announced and says something else now changes its message, and makes no other.
func TestAnEditedArticleIsAnEdit(t *testing.T) {
	f := feed(1, "herald")
	first := article(f, "a", "Steve Witkoff arrives", text)
	l := lens(t, roster(hears(desk, "envoys"), hears(other, "envoys")))
	out := alerts.Plan([]alerts.Visit{visit(f, first)}, alerts.World{}, l, alerts.Terms{}, noon)
	require.Len(t, deliveries(out), 2)
	world := alerts.World{
		Known: map[alerts.ArticleKey]bool{{Feed: 1, Key: "a"}: true}, Windows: map[alerts.FeedID]alerts.Window{1: out[0].Window},
		Edited: map[alerts.ArticleKey]alerts.StoryID{{Feed: 1, Key: "a"}: out[0].Recorded[0].Story},
		Alerts: map[alerts.ChannelStory]alerts.Standing{},
	}
	for _, d := range deliveries(out) {
		world.Alerts[alerts.ChannelStory{Channel: d.Channel, Story: d.Story}] = alerts.Standing{Alert: d.Alert, State: alerts.StateSent}
	}

	second := article(f, "a", "Steve Witkoff arrives in Geneva", text)
	out = alerts.Plan([]alerts.Visit{visit(f, second)}, world, l, alerts.Terms{}, noon.Add(time.Hour))
	require.Empty(t, out[0].Recorded)
	require.Empty(t, decisions(out))
	require.Len(t, deliveries(out), 2)
	for _, d := range deliveries(out) {
		require.Equal(t, alerts.EditPart(1), d.Part)
		require.Equal(t, "Steve Witkoff arrives in Geneva", d.Alert.Title)
		require.NotEmpty(t, d.Alert.Matches)
	}

	moved := article(f, "a", "In Geneva Steve Witkoff arrives", text)
	out = alerts.Plan([]alerts.Visit{visit(f, moved)}, world, l, alerts.Terms{}, noon.Add(time.Hour))
	ownPlaces(t, deliveries(out)[0].Alert)

	for name, edit := range map[string]func(*alerts.Standing){
		"the message failed":                   func(s *alerts.Standing) { s.State = alerts.StateFailed },
		"another article heads it":             func(s *alerts.Standing) { s.Alert.URL = "https://courier.example/1" },
		"it says so already":                   func(s *alerts.Standing) { s.Alert.Title = second.Title },
		"it turned to and fro":                 func(s *alerts.Standing) { s.Edits = 20 },
		"it was told in a message with others": func(s *alerts.Standing) { *s = alerts.Standing{Gathered: true} },
	} {
		w := world
		w.Alerts = map[alerts.ChannelStory]alerts.Standing{}
		for k, s := range world.Alerts {
			edit(&s)
			w.Alerts[k] = s
		}
		require.Empty(t, deliveries(alerts.Plan([]alerts.Visit{visit(f, second)}, w, l, alerts.Terms{}, noon)), name)
	}
}

// ownPlaces requires that the evidence in the title is where the alert's title has it, but for what is another article's.
func ownPlaces(t *testing.T, a alerts.Alert) (titled, others int) {
	t.Helper()
	for _, h := range a.Matches {
		if h.Article != "" {
			others++
			continue
		}
		for _, e := range h.Evidence {
			if e.Field == match.Title {
				titled++
				require.Equal(t, e.Text, string([]rune(a.Title)[e.Start:e.End]), a.Title)
			}
		}
	}
	require.Positive(t, titled)
	return titled, others
}

// What another outlet's article brings into a story says of which article its evidence is.
func TestEvidenceOfAnotherArticleSaysSo(t *testing.T) {
	first, next := feed(1, "herald"), feed(2, "courier")
	r := roster(hears(desk, "envoys"), hears(desk, "others"))
	others := person("Sergei Lavrov")
	others.Name = "others"
	r.Watchlists = append(r.Watchlists, others)
	out := alerts.Plan([]alerts.Visit{
		visit(first, article(first, "1", headline, text)),
		visit(next, article(next, "2", headline+", as Sergei Lavrov did", text)),
	}, alerts.World{}, lens(t, r), alerts.Terms{}, noon)
	require.Len(t, deliveries(out), 1)
	a := deliveries(out)[0].Alert
	require.Len(t, a.Matches, 2)
	_, foreign := ownPlaces(t, a)
	require.Equal(t, 1, foreign)
	require.Equal(t, "https://courier.example/feed/2", a.Matches[1].Article)
}
