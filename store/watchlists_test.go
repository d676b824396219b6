package store

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/stretchr/testify/require"
)

func person(name string) alerts.Watch {
	return alerts.Watch{Spec: match.Spec{Kind: match.Person, Name: name, Aliases: []string{name + "'s alias"}}}
}

// subscribed is a file whose one list the channels hear.
func subscribed(channels ...alerts.Channel) FileContent {
	c := FileContent{Now: noon, Feeds: []alerts.Feed{fileFeed("un")}, Watchlists: []alerts.Watchlist{
		{ListRef: alerts.ListRef{Name: "World"}, Watches: []alerts.Watch{person("Ada")}},
	}}
	for _, ch := range channels {
		c.Subscriptions = append(c.Subscriptions, alerts.Subscription{Channel: ch, List: alerts.ListRef{Name: "World"}, FromFile: true})
	}
	return c
}

func lists(t *testing.T, s *Store, w alerts.Workspace) []alerts.Watchlist {
	t.Helper()
	l, err := s.Watchlists(t.Context(), w)
	require.NoError(t, err)
	return l
}

func TestWatchesArePutAndRemoved(t *testing.T) {
	s, _ := open(t)
	topic := alerts.Watch{Least: match.Lead, Spec: match.Spec{Kind: match.Topic, Name: "peace talks", Query: `"peace talks" OR ceasefire`, Near: []string{"a"}, Not: []string{"b"}, Surname: true}}
	require.NoError(t, s.PutWatch(t.Context(), change(guild), "Talks", topic))
	require.NoError(t, s.PutWatch(t.Context(), change(guild), "talks", person("Ada")))
	want := alerts.Watchlist{ListRef: alerts.ListRef{Workspace: guild, Name: "Talks"}, Version: 2, Watches: []alerts.Watch{topic, person("Ada")}}
	require.Equal(t, []alerts.Watchlist{want}, lists(t, s, guild))

	require.Contains(t, alerts.Say(s.PutWatch(t.Context(), change(guild), "TALKS", person("  ada "))), "already")
	require.Contains(t, alerts.Say(s.RemoveWatch(t.Context(), change(guild), "Talks", "nobody")), "no watch named")
	require.Contains(t, alerts.Say(s.RemoveWatch(t.Context(), change(guild), "nothing", "Ada")), "no watchlist named")
	require.Contains(t, alerts.Say(s.PutWatch(t.Context(), change(guild), " ", person("Bo"))), "needs a name")
	require.Contains(t, alerts.Say(s.PutWatch(t.Context(), change(guild), "Talks", person(" "))), "needs a name")
	require.Equal(t, []alerts.Watchlist{want}, lists(t, s, guild), "what is refused changes nothing")

	require.NoError(t, s.RemoveWatch(t.Context(), change(guild), "TALKS", "PEACE  talks"))
	require.NoError(t, s.RemoveWatch(t.Context(), change(guild), "talks", "ADA"))
	require.Equal(t, []alerts.Watchlist{{ListRef: want.ListRef, Version: 4}}, lists(t, s, guild), "an empty list stays")
}

func TestAListOfTheFilesIsSeenWhereItIsSubscribedAndReadOnly(t *testing.T) {
	s, _ := open(t)
	require.NoError(t, s.SyncFile(t.Context(), subscribed(desk)))
	require.Len(t, lists(t, s, guild), 1)
	require.Empty(t, lists(t, s, team))
	require.Contains(t, alerts.Say(s.PutWatch(t.Context(), change(guild), "world", person("Bo"))), "configuration file")
	require.Contains(t, alerts.Say(s.RemoveWatch(t.Context(), change(guild), "world", "Ada")), "configuration file")
	require.Contains(t, alerts.Say(s.PutWatch(t.Context(), change(alerts.File), "world", person("Bo"))), "configuration file")

	require.NoError(t, s.PutWatch(t.Context(), change(team), "world", person("Bo")), "who can't see it may use its name")
	require.Contains(t, alerts.Say(s.Subscribe(t.Context(), change(team), alerts.Subscription{Channel: office, List: alerts.ListRef{Name: "World"}})), "no watchlist")
	require.NoError(t, s.Subscribe(t.Context(), change(guild), alerts.Subscription{Channel: night, List: alerts.ListRef{Name: "world"}}))
	require.Contains(t, alerts.Say(s.Subscribe(t.Context(), change(guild), alerts.Subscription{Channel: desk, List: alerts.ListRef{Name: "world"}, Least: match.Headline})), "configuration file")
	require.NoError(t, s.StopWorkspace(t.Context(), guild, "no access", noon))
	require.NoError(t, s.Subscribe(t.Context(), change(guild), alerts.Subscription{Channel: desk, List: alerts.ListRef{Name: "world"}}), "it starts a stopped channel, and changes nothing")
	stopped, err := s.Stopped(t.Context())
	require.NoError(t, err)
	for _, c := range stopped {
		require.NotEqual(t, desk, c.Channel)
	}
	require.NoError(t, s.StartWorkspace(t.Context(), guild, noon))
	require.Contains(t, alerts.Say(s.Unsubscribe(t.Context(), change(guild), desk, alerts.ListRef{Name: "World"})), "configuration file")

	require.NoError(t, s.SyncFile(t.Context(), FileContent{Now: noon}))
	subs, err := s.Subscriptions(t.Context(), guild)
	require.NoError(t, err)
	require.Empty(t, subs, "a list that is gone is heard nowhere")
}

func TestSubscriptionsAreAddedChangedAndRemoved(t *testing.T) {
	s, _ := open(t)
	ref := alerts.ListRef{Workspace: guild, Name: "Talks"}
	require.NoError(t, s.PutWatch(t.Context(), change(guild), "Talks", person("Ada")))
	sub := alerts.Subscription{Channel: desk, List: alerts.ListRef{Workspace: guild, Name: "talks"}, Least: match.Lead}
	require.NoError(t, s.Subscribe(t.Context(), change(guild), sub))
	sub.Least, sub.Ping, sub.WhenUncertain = match.Headline, "@x", alerts.Hold
	require.NoError(t, s.Subscribe(t.Context(), change(guild), sub))
	sub.List = ref
	subs, err := s.Subscriptions(t.Context(), guild)
	require.NoError(t, err)
	require.Equal(t, []alerts.Subscription{sub}, subs, "the list is named as it was first written")

	for _, c := range []struct {
		w   alerts.Workspace
		sub alerts.Subscription
	}{
		{team, sub},
		{team, alerts.Subscription{Channel: office, List: ref}},
		{guild, alerts.Subscription{Channel: office, List: ref}},
		{guild, alerts.Subscription{Channel: desk, List: alerts.ListRef{Workspace: guild, Name: "nothing"}}},
		{alerts.File, sub},
	} {
		require.NotEmpty(t, alerts.Say(s.Subscribe(t.Context(), change(c.w), c.sub)), "%v %v", c.w, c.sub)
	}
	require.NotEmpty(t, alerts.Say(s.Unsubscribe(t.Context(), change(team), desk, ref)))
	require.NotEmpty(t, alerts.Say(s.Unsubscribe(t.Context(), change(guild), night, ref)))
	require.NoError(t, s.Unsubscribe(t.Context(), change(guild), desk, ref))
	subs, err = s.Subscriptions(t.Context(), guild)
	require.NoError(t, err)
	require.Empty(t, subs)
}

func TestSubscribingStartsAStoppedChannel(t *testing.T) {
	s, _ := open(t)
	require.NoError(t, s.PutWatch(t.Context(), change(guild), "l", person("Ada")))
	posted(t, s, withFeed(t, s), 1, desk)
	require.NoError(t, s.StopWorkspace(t.Context(), guild, "no access", noon))
	require.Empty(t, claimed(t, s, noon, 1))
	require.NoError(t, s.Subscribe(t.Context(), change(guild), alerts.Subscription{Channel: desk, List: alerts.ListRef{Workspace: guild, Name: "l"}}))
	require.Len(t, claimed(t, s, noon, 1), 1)
}

func TestLeavingStopsAWorkspaceUntilItIsBack(t *testing.T) {
	s, _ := open(t)
	require.NoError(t, s.SyncFile(t.Context(), subscribed(desk, office)))
	require.NoError(t, s.PutWatch(t.Context(), change(guild), "l", person("Ada")))
	require.NoError(t, s.Subscribe(t.Context(), change(guild), alerts.Subscription{Channel: night, List: alerts.ListRef{Workspace: guild, Name: "l"}}))
	require.NoError(t, s.AddFeed(t.Context(), change(guild), chatFeed("ours")))
	f := dueFeeds(t, s, noon)[0]
	posted(t, s, f, 1, desk, night, office)
	require.NoError(t, s.Leave(t.Context(), change(guild)))

	heard := func() (out []alerts.Channel) {
		r, _, err := s.Roster(t.Context(), 0)
		require.NoError(t, err)
		for _, v := range r.Subscriptions {
			out = append(out, v.Channel)
		}
		return out
	}
	require.Equal(t, []alerts.Channel{office}, heard())
	require.NoError(t, s.SyncFile(t.Context(), subscribed(desk, night, office)))
	require.Equal(t, []alerts.Channel{office}, heard(), "not even by a new file")
	d := claimed(t, s, noon, 10)
	require.Len(t, d, 1)
	require.Equal(t, office, d[0].Channel)
	for _, f := range dueFeeds(t, s, noon.Add(lease)) {
		require.NotEqual(t, "ours", f.Name(), "a feed that only they heard rests")
	}
	b, err := s.Backlog(t.Context())
	require.NoError(t, err)
	require.Equal(t, 2, b.States[alerts.StateFailed])

	require.NoError(t, s.StartWorkspace(t.Context(), guild, noon))
	require.Equal(t, []alerts.Channel{desk, night, office}, heard())
	require.Len(t, lists(t, s, guild), 2, "its lists are as they were")
}

func TestEveryChangeIsAuditedInItsTransaction(t *testing.T) {
	s, _ := open(t)
	r := article(alerts.Feed{ID: 1, URL: "u"}, 1)
	ref := alerts.ListRef{Workspace: guild, Name: "l"}
	for _, c := range []struct {
		command       string
		do            func(alerts.Change) error
		before, after string // a part of each
	}{
		{"watch add", func(c alerts.Change) error { return s.PutWatch(t.Context(), c, "l", person("Ada")) }, "null", `"name":"Ada"`},
		{"subscribe", func(c alerts.Change) error {
			return s.Subscribe(t.Context(), c, alerts.Subscription{Channel: desk, List: ref, Least: "lead"})
		}, "null", `"least":"lead"`},
		{"subscribe", func(c alerts.Change) error {
			return s.Subscribe(t.Context(), c, alerts.Subscription{Channel: desk, List: ref})
		}, `"least":"lead"`, `"least":""`},
		{"watch remove", func(c alerts.Change) error { return s.RemoveWatch(t.Context(), c, "l", "ada") }, `"name":"Ada"`, "null"},
		{"unsubscribe", func(c alerts.Change) error { return s.Unsubscribe(t.Context(), c, desk, ref) }, `"list":"l"`, "null"},
		{"feeds add", func(c alerts.Change) error { return s.AddFeed(t.Context(), c, chatFeed("x")) }, "null", `"url":"https://example.org/x"`},
		{"feeds accept", func(c alerts.Change) error { return s.AcceptFeed(t.Context(), c, "X") }, "{}", `"retried"`},
		{"feeds remove", func(c alerts.Change) error { return s.RemoveFeed(t.Context(), c, "x") }, `"url":"https://example.org/x"`, "null"},
		{"test", func(c alerts.Change) error { return s.Enqueue(t.Context(), c, root(desk, r)) }, "null", `"title":"Title 1 root"`},
		{"leave", func(c alerts.Change) error { return s.Leave(t.Context(), c) }, "[]", "null"},
	} {
		t.Run(c.command, func(t *testing.T) {
			rows := count(t, s, `SELECT COUNT(*) FROM audit`)
			by := change(guild)
			by.Command, by.Channel = c.command, desk
			require.NoError(t, c.do(by))
			require.Equal(t, rows+1, count(t, s, `SELECT COUNT(*) FROM audit`))
			var got alerts.Change
			var before, after string
			require.NoError(t, s.read.QueryRow(`SELECT at, workspace, channel, actor_id, actor_name, command, request_id, detail, before, after
				FROM audit ORDER BY id DESC LIMIT 1`).Scan(moment{&got.At}, &got.Workspace, &got.Channel, &got.ActorID, &got.ActorName,
				&got.Command, &got.RequestID, &got.Detail, &before, &after))
			require.Equal(t, by, got)
			require.Contains(t, before, c.before)
			require.Contains(t, after, c.after)
			require.True(t, json.Valid([]byte(before)) && json.Valid([]byte(after)))
		})
	}

	breakAudit(t, s)
	before := lists(t, s, guild)
	require.ErrorContains(t, s.PutWatch(t.Context(), change(guild), "l", person("Bo")), "no audit")
	require.Equal(t, before, lists(t, s, guild), "no change without its audit row")
}

func TestASampleIsQueuedOnce(t *testing.T) {
	s, _ := open(t)
	d := root(desk, article(alerts.Feed{ID: 1, URL: "u"}, 1))
	require.NoError(t, s.Enqueue(t.Context(), change(guild), d))
	require.NoError(t, s.Enqueue(t.Context(), change(guild), d))
	require.Len(t, claimed(t, s, noon, 10), 1)
	require.Equal(t, 1, count(t, s, `SELECT COUNT(*) FROM audit`))
	require.NotEmpty(t, alerts.Say(s.Enqueue(t.Context(), change(team), d)), "not into another workspace's channel")
}

// view is all that a workspace can see.
func view(t *testing.T, s *Store, w alerts.Workspace, ch alerts.Channel) string {
	t.Helper()
	watch := lists(t, s, w)
	subs, err := s.Subscriptions(t.Context(), w)
	require.NoError(t, err)
	feeds, err := s.Feeds(t.Context(), w)
	require.NoError(t, err)
	recent, err := s.Recent(t.Context(), ch, 10)
	require.NoError(t, err)
	found, err := s.Lookup(t.Context(), w, [][]string{{"witkoff"}}, 10)
	require.NoError(t, err)
	var told []any
	for _, r := range recent {
		v, ok, err := s.Told(t.Context(), w, r.Alert.ID, 0)
		require.NoError(t, err)
		require.True(t, ok)
		told = append(told, v)
	}
	for _, f := range found {
		_, d, _, err := s.Decided(t.Context(), w, f.Article.Canonical)
		require.NoError(t, err)
		told = append(told, d)
	}
	b, err := json.MarshalIndent([]any{watch, subs, feeds, recent, found, told}, "", " ")
	require.NoError(t, err)
	return string(b)
}

func TestAWorkspaceSeesNothingOfAnother(t *testing.T) {
	s, _ := open(t)
	require.NoError(t, s.SyncFile(t.Context(), subscribed(desk)))
	shared := dueFeeds(t, s, noon)[0]
	posted(t, s, shared, 1, desk)
	before := view(t, s, guild, desk)

	name := `l'); DROP TABLE watches; --"`
	require.NoError(t, s.PutWatch(t.Context(), change(team), name, person("Ada")))
	require.NoError(t, s.PutWatch(t.Context(), change(team), "World", person("Bo")))
	require.NoError(t, s.Subscribe(t.Context(), change(team), alerts.Subscription{Channel: office, List: alerts.ListRef{Workspace: team, Name: name}}))
	require.NoError(t, s.AddFeed(t.Context(), change(team), chatFeed("theirs")))
	theirs := dueFeeds(t, s, noon)[0]
	require.Equal(t, "theirs", theirs.Name())
	r := article(theirs, 5)
	r.Story, r.Opens = article(shared, 0).Story, false // it joins the story that both have
	require.NoError(t, s.Record(t.Context(), []alerts.Outcome{{
		Visit: visit(theirs), Recorded: []alerts.Recorded{r},
		Decisions: []alerts.Decision{decision(office, r)}, Deliveries: []alerts.Delivery{root(office, r)},
	}}))
	require.NoError(t, s.StopWorkspace(t.Context(), team, "x", noon))

	require.Equal(t, before, view(t, s, guild, desk))
	require.Contains(t, view(t, s, team, office), "DROP TABLE", "and the other sees its own")
	_, ok, err := s.Told(t.Context(), guild, root(office, r).Alert.ID, 0)
	require.NoError(t, err)
	require.False(t, ok)
	_, _, ok, err = s.Decided(t.Context(), guild, r.Article.URL)
	require.NoError(t, err)
	require.False(t, ok)

	require.NoError(t, s.AddFeed(t.Context(), change(guild), func() alerts.Feed { f := chatFeed("theirs"); f.Source.Name = "ours"; return f }()))
	_, d, ok, err := s.Decided(t.Context(), guild, r.Article.URL)
	require.NoError(t, err)
	require.True(t, ok, "once it hears the feed it sees the article")
	require.Empty(t, d, "but not what was decided elsewhere")
	require.Contains(t, view(t, s, guild, desk), `"Name": "ours"`, "each has its own label")
	require.Contains(t, view(t, s, team, office), `"Name": "as theirs"`)
}

func TestNamesAreValuesAndNeverStatements(t *testing.T) {
	s, _ := open(t)
	for i, name := range []string{`'; DROP TABLE feeds; --`, `" OR 1=1`, `%_\`, "$1", "?1", "Ünïcödé 北京", "a\x00b", `{"json":1}`} {
		require.NoError(t, s.PutWatch(t.Context(), change(guild), name, person(name)))
		l := lists(t, s, guild)
		require.Len(t, l, i+1)
		require.Contains(t, fmt.Sprint(l), name)
		require.NoError(t, s.RemoveWatch(t.Context(), change(guild), name, name))
		require.NoError(t, s.SetMeta(t.Context(), name, name))
		got, err := s.Meta(t.Context(), name)
		require.NoError(t, err)
		require.Equal(t, s.engine.argument(name), got)
	}
	none, err := s.Meta(t.Context(), "nothing")
	require.NoError(t, err)
	require.Empty(t, none)
}
