package alerts_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

func TestPlanKeepsNearMissesForWhoHearsTheWatch(t *testing.T) {
	f := feed(1, "herald")
	bare := article(f, "a", "Witkoff is late", "The envoy Witkoff came late.")
	l := lens(t, roster(hears(desk, "envoys"), hears(other, "envoys"), hears(desk, "unknown")))
	out := alerts.Plan([]alerts.Visit{visit(f, bare)}, alerts.World{}, l, alerts.Terms{}, noon)
	require.Empty(t, decisions(out))
	require.Empty(t, deliveries(out))
	require.Len(t, out[0].NearMisses, 2)
	miss := out[0].NearMisses[0]
	require.Equal(t, desk, miss.Channel)
	require.Equal(t, "Steve Witkoff", miss.Watch)
	require.Equal(t, "a", miss.ArticleKey)
	require.Equal(t, "Witkoff", miss.Evidence.Text)
	require.NotEmpty(t, miss.Reason)
	require.Equal(t, noon, miss.At)
	require.Equal(t, out, alerts.Plan([]alerts.Visit{visit(f, bare)}, alerts.World{}, l, alerts.Terms{}, noon), "still a function of values")

	f.Listings[0].Workspace = "discord:1"
	out = alerts.Plan([]alerts.Visit{visit(f, bare)}, alerts.World{}, l, alerts.Terms{}, noon)
	require.Len(t, out[0].NearMisses, 1, "the other workspace does not hear this feed")
	out = alerts.Plan([]alerts.Visit{visit(f, article(f, "b", "Steve Witkoff is late", "Witkoff came late."))}, alerts.World{}, l, alerts.Terms{}, noon)
	require.Empty(t, out[0].NearMisses, "what fires is no near miss")
}

func TestPlanRecordsWhyAnArticleIsBarred(t *testing.T) {
	f := feed(1, "herald")
	f.Cursor = alerts.Cursor{}
	out := alerts.Plan([]alerts.Visit{visit(f, article(f, "a", "Grain", ""))}, alerts.World{}, lens(t, roster()), alerts.Terms{}, noon)
	require.Equal(t, alerts.FirstVisit, out[0].Recorded[0].Barred, "whatever it matches")
}

// replay is a backtest of one watch over articles that come a day apart; each is a story of its own unless it says so.
func replay(t *testing.T, r alerts.Roster, tried string, past ...alerts.Past) alerts.Report {
	t.Helper()
	b := alerts.NewBacktest(lens(t, r), func(_ alerts.ListRef, watch string) bool { return watch == tried })
	for i, p := range past {
		p.Article.Key = fmt.Sprint(i)
		p.Article.Seen = noon.Add(time.Duration(i) * 24 * time.Hour)
		if p.Story == "" {
			p.Story = alerts.StoryID(p.Article.Key)
		}
		b.Add(p)
	}
	return b.Report(noon.Add(time.Duration(len(past)) * 24 * time.Hour))
}

func TestAReportCountsStoriesAndWhatOverlaps(t *testing.T) {
	herald, courier := feed(1, "herald"), feed(2, "courier")
	r := roster(hears(desk, "envoys"), hears(other, "envoys"))
	r.Watchlists[0].Watches = append(r.Watchlists[0].Watches,
		alerts.Watch{Spec: match.Spec{Kind: match.Person, Name: "Kaja Kallas"}, Least: match.Lead})
	past := func(f alerts.Feed, story, title, text string) alerts.Past {
		return alerts.Past{Feed: f, Story: alerts.StoryID(story), Article: alerts.Article{Title: title, Text: text}}
	}
	first := past(herald, "", "Kaja Kallas speaks", "")
	first.Barred = alerts.FirstVisit
	report := replay(t, r, "Kaja Kallas",
		first,
		past(herald, "talks", "Kaja Kallas meets Steve Witkoff", ""),
		past(courier, "talks", "Kaja Kallas and Steve Witkoff meet", ""),
		past(courier, "", "In brief", fmt.Sprintf("%0400d. Kaja Kallas.", 7)),
		past(herald, "", "Kallas is late", ""),
		past(herald, "", "Kaja Kallas resigns", ""),
		past(courier, "", "Rain", ""),
	)
	require.Equal(t, 7, report.Articles)
	require.InDelta(t, 7, report.Days(), 0)
	require.Len(t, report.Trials, 1)
	trial := report.Trials[0]
	require.Equal(t, 5, trial.Articles, "two channels hear it, and it is counted once")
	require.Equal(t, 2, trial.Stories)
	require.Equal(t, 1, trial.Alone, "the talks were told by another watch as well")
	require.Equal(t, 1, trial.NearMisses)
	require.Equal(t, "Kallas is late", trial.Nearly[0].Article.Title)
	require.Equal(t, map[alerts.Reason]int{alerts.FirstVisit: 1, alerts.BelowBar: 1}, trial.Silent)
	require.Equal(t, []alerts.FeedShare{{Feed: "herald", Fired: 3, Read: 4}, {Feed: "courier", Fired: 2, Read: 3}}, trial.Feeds)
	require.Equal(t, []alerts.Overlap{{List: alerts.ListRef{Name: "envoys"}, Watch: "Steve Witkoff", Articles: 2}}, trial.Overlaps)
	require.Equal(t, 1, trial.Busiest)
	require.Equal(t, "Kaja Kallas resigns", trial.Samples[0].Article.Title, "the newest first")
	require.Equal(t, "Kaja Kallas", trial.Samples[0].Evidence[0].Text)
	require.Len(t, trial.Samples, 2, "one of a story")

	require.Empty(t, replay(t, r, "Kaja Kallas").Trials)
	many := make([]alerts.Past, 40)
	for i := range many {
		many[i] = past(herald, "", fmt.Sprintf("Kaja Kallas speaks again %d", i), "long text")
	}
	trial = replay(t, r, "Kaja Kallas", many...).Trials[0]
	require.Equal(t, 40, trial.Stories)
	require.Len(t, trial.Samples, 5, "what is kept is bounded")
	require.Empty(t, trial.Samples[0].Article.Text)
}

func TestParseSpan(t *testing.T) {
	for text, want := range map[string]time.Duration{"12h": 12 * time.Hour, "7d": 7 * 24 * time.Hour, "2w": 14 * 24 * time.Hour, "3660d": 3660 * 24 * time.Hour} {
		got, ok := alerts.ParseSpan(text)
		require.True(t, ok, text)
		require.Equal(t, want, got)
	}
	for _, text := range []string{"", "d", "0d", "-1d", "7", "7m", "1.5d", "d7", "3661d", "65535w", "99999999999999999999d", "7 d"} {
		_, ok := alerts.ParseSpan(text)
		require.False(t, ok, text)
	}
}

func TestAWatchLearnsWhatItsPersonIsCalled(t *testing.T) {
	w := alerts.Watch{Spec: match.Spec{Kind: match.Person, Name: "Steve Witkoff", Aliases: []string{"Стив Уиткофф"}}}
	other := alerts.Person{Names: []string{"Alex Witkoff", "Алекс Уиткофф"}}
	w.Learn(other)
	require.Empty(t, w.Imported)
	p := alerts.Person{Names: []string{"Steven  Witkoff", "STÉVE Witkoff", "стив уиткофф", "スティーブ"}, Bare: []string{"Witkoff"}}
	for range 2 {
		w.Learn(p)
	}
	require.Equal(t, []string{"Steven  Witkoff", "スティーブ"}, w.Imported)
	require.Equal(t, []string{"Стив Уиткофф", "Steven  Witkoff", "スティーブ"}, w.Terms().Aliases)
	require.Equal(t, []string{"Стив Уиткофф"}, w.Aliases, "its own stay its own")

	many := alerts.Person{Names: []string{"Steve Witkoff"}}
	for i := range 2 * alerts.MaxAliases {
		many.Names = append(many.Names, fmt.Sprintf("Steve Number%d", i))
	}
	w.Learn(many)
	_, err := match.Compile(w.Terms())
	require.NoError(t, err, "as many as a watch may have")
	require.Len(t, w.Terms().Aliases, alerts.MaxAliases)
}
