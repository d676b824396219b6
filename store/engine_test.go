package store

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/stretchr/testify/require"
)

// paper is a platform on which every message is accepted.
type paper struct{ posted []alerts.Delivery }

func (p *paper) Post(_ context.Context, d alerts.Delivery) (string, error) {
	p.posted = append(p.posted, d)
	return "m" + d.Ref(), nil
}
func (p *paper) Find(context.Context, alerts.Delivery) (string, error) { return "", nil }
func (p *paper) Manner() alerts.Manner                                 { return alerts.Manner{} }

func TestTheEngineAndTheDispatcherWorkOverTheStore(t *testing.T) {
	s, _ := open(t)
	content := subscribed("console:desk")
	content.Feeds = []alerts.Feed{fileFeed("un"), fileFeed("other")}
	content.Watchlists[0].Watches = []alerts.Watch{{Spec: match.Spec{Kind: match.Person, Name: "Steve Witkoff"}}}
	require.NoError(t, s.SyncFile(t.Context(), content))

	now := func() time.Time { return noon }
	engine := alerts.NewEngine(s, alerts.Terms{}, now, slog.New(slog.DiscardHandler))
	press := &paper{}
	dispatcher := alerts.NewDispatcher(s, map[string]alerts.Poster{"console": press}, alerts.LifePace(), now, nil, slog.New(slog.DiscardHandler))
	for i, f := range dueFeeds(t, s, noon) {
		f.New = alerts.NewAll
		v := visit(f)
		v.Articles = []alerts.Article{{
			Feed: f.ID, Key: "1", URL: f.URL + "/1", Canonical: "https://example.org/the-same", Seen: noon, Published: noon,
			Title: "Steve Witkoff in Moscow", Text: "The envoy Steve Witkoff met the president on Sunday.",
		}}
		in, err := engine.Ingest(t.Context(), []alerts.Visit{v})
		require.NoError(t, err)
		require.Equal(t, 1, in.Articles)
		done, err := dispatcher.Drain(t.Context())
		require.NoError(t, err)
		require.Equal(t, alerts.Dispatched{Sent: 1}, done)
		require.Len(t, press.posted, i+1)
	}
	require.Equal(t, alerts.Root, press.posted[0].Part)
	require.Equal(t, alerts.EditPart(1), press.posted[1].Part, "the second outlet joins the story")
	require.Equal(t, "m"+press.posted[0].Ref(), press.posted[1].RootMessage)
	require.Len(t, press.posted[1].Alert.Sources, 2)

	told, ok, err := s.Told(t.Context(), "console", press.posted[0].Alert.ID)
	require.NoError(t, err)
	require.True(t, ok)
	require.Len(t, told.Articles, 2)
	require.Equal(t, []alerts.Verb{alerts.Posted, alerts.Joined}, []alerts.Verb{told.Decisions[0].Verb, told.Decisions[1].Verb})
	pattern, err := match.Compile(match.Spec{Kind: match.Person, Name: "Steve Witkoff"})
	require.NoError(t, err)
	found, err := s.Lookup(t.Context(), "console", pattern.Lookup(), 10)
	require.NoError(t, err)
	require.Len(t, found, 2, "a lookup finds what a watch finds")
}

func TestAnArticleUnderEverNewKeysIsToldOnce(t *testing.T) {
	s, _ := open(t)
	content := subscribed("console:desk")
	content.Watchlists[0].Watches = []alerts.Watch{{Spec: match.Spec{Kind: match.Person, Name: "Steve Witkoff"}}}
	require.NoError(t, s.SyncFile(t.Context(), content))
	now := noon
	engine := alerts.NewEngine(s, alerts.Terms{MaxAge: 7 * 24 * time.Hour}, func() time.Time { return now }, slog.New(slog.DiscardHandler))
	f := dueFeeds(t, s, noon)[0]
	f.New = alerts.NewAll
	told := 0
	for ; now.Before(noon.Add(8 * 24 * time.Hour)); now = now.Add(11 * time.Hour) {
		v := visit(f)
		v.At = now
		v.Articles = []alerts.Article{{
			Feed: f.ID, Key: now.String(), URL: f.URL + "/1", Canonical: f.URL + "/1", Seen: now, Published: noon,
			Title: "Steve Witkoff in Moscow", Text: "The envoy Steve Witkoff met the president on Sunday.",
		}}
		in, err := engine.Ingest(t.Context(), []alerts.Visit{v})
		require.NoError(t, err)
		require.Equal(t, 1, in.Articles)
		told += in.Deliveries
	}
	require.Equal(t, 1, told)
}
