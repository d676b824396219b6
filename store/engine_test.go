package store

import (
	"context"
	"errors"
	"fmt"
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

	told, ok, err := s.Told(t.Context(), "console", press.posted[0].Alert.ID, 0)
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

// censor is a platform that refuses the first messages it is given.
type censor struct {
	paper
	refuse int
}

func (c *censor) Post(ctx context.Context, d alerts.Delivery) (string, error) {
	if c.refuse > 0 {
		c.refuse--
		return "", &alerts.SendError{Class: alerts.Poison, Say: "The platform refuses it.", Err: errors.New("400")}
	}
	return c.paper.Post(ctx, d)
}

// TestARefusedRootMutesNoStory: n messages are refused while five outlets tell one story, one after the other.
func TestARefusedRootMutesNoStory(t *testing.T) {
	const again, same = alerts.Reposted, alerts.SamePage
	for refuse, want := range map[int]struct {
		reasons []alerts.Reason
		parts   []alerts.Part
	}{
		0: {[]alerts.Reason{alerts.NewStory, same, same, same, same}, []alerts.Part{"root", "edit:1", "edit:2", "edit:3", "edit:4"}},
		1: {[]alerts.Reason{alerts.NewStory, same, same, same, same}, []alerts.Part{"root+plain", "edit:1", "edit:2", "edit:3", "edit:4"}},
		2: {[]alerts.Reason{alerts.NewStory, again, same, same, same}, []alerts.Part{"root:2", "edit:1", "edit:2", "edit:3"}},
		5: {[]alerts.Reason{alerts.NewStory, again, again, same, same}, []alerts.Part{"root:3+plain", "edit:1", "edit:2"}},
		6: {[]alerts.Reason{alerts.NewStory, again, again, alerts.Refused, alerts.Refused}, nil},
	} {
		t.Run(fmt.Sprint(refuse), func(t *testing.T) {
			s, _ := open(t)
			content := subscribed("console:desk")
			content.Feeds = nil
			for _, name := range []string{"a", "b", "c", "d", "e"} {
				content.Feeds = append(content.Feeds, fileFeed(name))
			}
			content.Watchlists[0].Watches = []alerts.Watch{{Spec: match.Spec{Kind: match.Person, Name: "Steve Witkoff"}}}
			require.NoError(t, s.SyncFile(t.Context(), content))
			now := func() time.Time { return noon }
			engine := alerts.NewEngine(s, alerts.Terms{}, now, slog.New(slog.DiscardHandler))
			press := &censor{refuse: refuse}
			dispatcher := alerts.NewDispatcher(s, map[string]alerts.Poster{"console": press}, alerts.LifePace(), now, nil, slog.New(slog.DiscardHandler))
			for _, f := range dueFeeds(t, s, noon) {
				f.New = alerts.NewAll
				v := visit(f)
				v.Articles = []alerts.Article{{
					Feed: f.ID, Key: "1", URL: f.URL + "/1", Canonical: "https://example.org/the-same", Seen: noon, Published: noon,
					Title: "Steve Witkoff in Moscow", Text: "The envoy Steve Witkoff met the president on Sunday.",
				}}
				_, err := engine.Ingest(t.Context(), []alerts.Visit{v})
				require.NoError(t, err)
				_, err = dispatcher.Drain(t.Context())
				require.NoError(t, err)
			}
			var parts []alerts.Part
			var message string
			for _, d := range press.posted {
				parts = append(parts, d.Part)
				require.Equal(t, message, d.RootMessage, "an edit changes the message that stands")
				if d.Part.Kind() == "post" {
					message = "m" + d.Ref()
				}
			}
			require.Equal(t, want.parts, parts)

			recent, err := s.Recent(t.Context(), "console:desk", 10)
			require.NoError(t, err)
			require.Len(t, recent, 1, "one story is one alert, however often it was tried")
			require.Equal(t, message, recent[0].MessageID)
			told, ok, err := s.Told(t.Context(), "console", recent[0].Alert.ID, 0)
			require.NoError(t, err)
			require.True(t, ok)
			require.Equal(t, message, told.MessageID)
			require.Equal(t, map[bool]alerts.DeliveryState{true: alerts.StateSent, false: alerts.StateFailed}[message != ""], told.State)
			var reasons []alerts.Reason
			for _, d := range told.Decisions {
				reasons = append(reasons, d.Reason)
			}
			require.Equal(t, want.reasons, reasons)
			require.Zero(t, count(t, s, `SELECT COUNT(*) FROM deliveries WHERE kind <> 'post' AND state = 'failed'`), "no edit dies of its root")
		})
	}
}
