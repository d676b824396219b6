package commands_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/seed-6c43f0f2/attache/commands"
)

// do carries out a request and checks what holds for every reply.
func do(t *testing.T, d *commands.Desk, r commands.Request) commands.Reply {
	t.Helper()
	reply := d.Do(t.Context(), r)
	wellFormed(t, r, reply)
	return reply
}

func wellFormed(t *testing.T, r commands.Request, reply commands.Reply) {
	t.Helper()
	require.NotEmpty(t, reply.Lines, "%v: a reply is never empty", r)
	for _, l := range reply.Lines {
		require.NotEmpty(t, strings.TrimSpace(l.Text()), "%v: an empty line in\n%s", r, reply.Text())
		for _, s := range l.Spans {
			require.Equal(t, s.Style == commands.Link, s.URL != "", "%v: %v", r, s)
		}
	}
	require.Less(t, len([]rune(reply.Text())), 4000, "fits one message")
	if reply.Failed {
		require.True(t, reply.Private, "a failure is for the person alone: %s", reply.Text())
		require.Regexp(t, `(?i)\b(write|ask|try|give|shorten|put|see|say|open|leave|remove|look|change|begin|did you mean|changes it there|takes it out there|removes it there|the latest of a channel|how it fares)\b`,
			reply.Text(), "a failure says what to do next")
	}
}

func TestWatchAdd(t *testing.T) {
	tests := []struct {
		name   string
		memory *memory
		args   []string
		want   []string // in the reply
		failed bool
		list   string // where the watch is then
		watch  match.Spec
	}{
		{
			name: "the first watch makes a list", memory: &memory{}, args: []string{"name", "Steve Witkoff"},
			want: []string{"Now watching the person Steve Witkoff in main", "new watchlist", "/subscribe list:main"}, list: "main",
			watch: match.Spec{Kind: match.Person, Name: "Steve Witkoff"},
		},
		{
			name: "match makes a topic", memory: &memory{},
			args: []string{"name", "peace talks", "match", "“peace talks” OR ceasefire", "least", "lead", "list", "Peace"},
			want: []string{"the topic peace talks", `"peace talks" OR ceasefire`}, list: "Peace",
			watch: match.Spec{Kind: match.Topic, Name: "peace talks", Query: `"peace talks" OR ceasefire`},
		},
		{
			name: "aliases, near and not", memory: furnished(), list: "climate",
			args:  []string{"name", "Jane Doe", "list", "Climate", "aliases", "J. Doe; Джейн Доу;", "near", "minister", "not", `"Doe Inc"; Doe Ltd`},
			want:  []string{"Now watching the person Jane Doe in climate"},
			watch: match.Spec{Kind: match.Person, Name: "Jane Doe", Aliases: []string{"J. Doe", "Джейн Доу"}, Near: []string{"minister"}, Not: []string{"Doe Inc", "Doe Ltd"}},
		},
		{
			name: "quotes around each value", memory: furnished(), list: "climate",
			args:  []string{"name", "Jane Doe", "list", "Climate", "aliases", "«Джейн Доу»; «Дж. Доу»", "near", `"minister"; "vice president"`, "not", "“Doe Inc”;“Doe Ltd”; ‘Doe’s’"},
			want:  []string{"Now watching the person Jane Doe in climate"},
			watch: match.Spec{Kind: match.Person, Name: "Jane Doe", Aliases: []string{"Джейн Доу", "Дж. Доу"}, Near: []string{"minister", "vice president"}, Not: []string{"Doe Inc", "Doe Ltd", "Doe’s"}},
		},
		{
			name: "what can't be seen in a name is not shown", memory: &memory{}, failed: true,
			args: []string{"name", "👨\u200d👩\u200d👧"}, want: []string{"The name \"👨\u200d👩\u200d👧\" has no letters"},
		},
		{
			name: "bytes that are no UTF-8", memory: &memory{}, failed: true,
			args: []string{"name", "J\xfcrgen"}, want: []string{"That is not UTF-8"},
		},
		{
			name: "several lists", memory: furnished(), args: []string{"name", "Jane Doe"}, failed: true,
			want: []string{"several watchlists: climate and us-russia", "/watch add name:Jane Doe list:climate"},
		},
		{
			name: "the file's list", memory: furnished(), args: []string{"name", "Jane Doe", "list", "File-List"}, failed: true,
			want: []string{"configuration file", "read-only"},
		},
		{
			name: "there already", memory: furnished(), args: []string{"name", "STEVE WITKOFF", "list", "us-russia"}, failed: true,
			want: []string{"there already"},
		},
		{
			name: "a query's mistake is shown at its place", memory: &memory{}, failed: true,
			args: []string{"name", "talks", "match", `peace OR "talks`},
			want: []string{"peace OR \"talks\n         ^"},
		},
		{
			name: "a person has no query", memory: &memory{}, args: []string{"name", "Jane Doe", "kind", "person", "match", "x"},
			failed: true, want: []string{"match: is for a topic, and this is a person."},
		},
		{
			name: "a topic has no aliases", memory: &memory{}, args: []string{"name", "talks", "kind", "topic", "aliases", "x"},
			failed: true, want: []string{"aliases: is for a person or country, and this is a topic."},
		},
		{name: "no name", memory: &memory{}, failed: true, want: []string{"watch add needs a name"}},
		{name: "a name of signs", memory: &memory{}, args: []string{"name", "!"}, failed: true},
		{
			name: "a long name", memory: &memory{}, args: []string{"name", strings.Repeat("я", 101)}, failed: true,
			want: []string{"has 101 characters; shorten it to 100"},
		},
		{
			name: "an option that is not there", memory: &memory{}, args: []string{"name", "x", "lst", "y"}, failed: true,
			want: []string{"Did you mean list:?"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			reply := do(t, newDesk(t, tt.memory), asks("watch add", tt.args...))
			require.Equal(t, tt.failed, reply.Failed, reply.Text())
			for _, want := range tt.want {
				require.Contains(t, reply.Text(), want)
			}
			if tt.failed {
				require.Empty(t, tt.memory.audit)
				return
			}
			require.False(t, reply.Private, "the channel sees changes")
			require.Len(t, tt.memory.audit, 1)
			lists, _ := tt.memory.Watchlists(t.Context(), guild)
			for _, l := range lists {
				if l.Name == tt.list {
					require.Equal(t, tt.watch, l.Watches[len(l.Watches)-1].Spec)
					return
				}
			}
			t.Fatal("no list", tt.list)
		})
	}
}

// Each row is a request in a workspace in use and what the reply must hold.
func TestReplies(t *testing.T) {
	id := furnished().told[0].Alert.ID
	tests := []struct {
		command string
		args    []string
		want    []string
		failed  bool
		audit   string // the detail of the change
	}{
		{command: "watch remove", args: []string{"name", "steve witkoff"}, want: []string{"No longer watching Steve Witkoff in us-russia", "/watch add name:Steve Witkoff list:us-russia"}, audit: "person Steve Witkoff removed from us-russia"},
		{command: "watch remove", args: []string{"name", "Steve Witkof"}, failed: true, want: []string{"Did you mean Steve Witkoff?", "/watch remove name:Steve Witkoff"}},
		{command: "watch remove", args: []string{"name", "Vladimir Putin"}, failed: true, want: []string{"configuration file"}},
		{command: "watch remove", args: []string{"name", "x", "list", "clmate"}, failed: true, want: []string{"no watchlist clmate", "Did you mean climate?"}},
		{command: "watch list", want: []string{"us-russia · 2 watches · heard in this channel", "climate · 0 watches · heard in no channel", "file-list · 1 watch · from the file, read-only"}},
		{command: "watch list", args: []string{"list", "us-russia"}, want: []string{"Steve Witkoff", "Sergey Lavrov", "this channel"}},
		{command: "watch list", args: []string{"list", "climate"}, want: []string{"no watches", "/watch add"}},
		{command: "watch list", args: []string{"list", "their-secret"}, failed: true, want: []string{"no watchlist their-secret"}},
		{command: "watch show", args: []string{"name", "Vladimir putin"}, want: []string{"read-only", "/lookup name:Vladimir Putin"}},
		{command: "watch show", args: []string{"name", "Nobody Atall"}, failed: true, want: []string{"/watch list"}},

		{command: "subscribe", args: []string{"list", "Climate", "least", "lead"}, want: []string{"This channel hears climate (headlines and leads)", "still empty", "/test"}, audit: "subscribed to climate (headlines and leads)"},
		{command: "subscribe", args: []string{"list", "us-russia", "least", "lead"}, want: []string{"Subscription changed\n", "This channel hears us-russia (headlines and leads) from now on; before it heard all mentions."}, audit: "subscribed to us-russia (headlines and leads)"},
		{command: "subscribe", args: []string{"list", "us-russia"}, want: []string{"Subscribed already\n", "This channel hears us-russia: 2 watches, as before."}, audit: "subscribed to us-russia"},
		{command: "subscribe", args: []string{"list", "climat"}, failed: true, want: []string{"Did you mean climate?"}},
		{command: "subscribe", args: []string{"list", "us-russia", "least", "body"}, want: []string{"Subscribed already\n"}, audit: "subscribed to us-russia"},
		{command: "why", args: []string{"alert", "https://"}, failed: true, want: []string{"“https://” is neither an alert's id nor an article's address."}},
		{command: "subscribe", args: []string{"list", "file-list", "least", "headline"}, failed: true, want: []string{"by the configuration file"}},
		{command: "subscribe", args: []string{"list", "file-list"}, want: []string{"by the configuration file, as before"}, audit: "subscribed to file-list"},
		{command: "unsubscribe", args: []string{"list", "us-russia"}, want: []string{"no longer hears us-russia", "1 other watchlist", "/subscribe list:us-russia"}, audit: "unsubscribed from us-russia"},
		{command: "unsubscribe", args: []string{"list", "us-rusia"}, failed: true, want: []string{"/unsubscribe list:us-russia"}},
		{command: "unsubscribe", args: []string{"list", "file-list"}, failed: true, want: []string{"by the configuration file"}},

		{command: "feeds list", want: []string{"2 feeds", "news · News (US, independent) · */10 * * * * · from the file", "other · Other (RU, state-run) · @every 10m · fails", "/feeds status"}},
		{command: "feeds status", want: []string{"1 feed fails", "other was last read 1 Mar 2026 12:00 UTC; 3 visits failed since: The site answers that the page is gone. Next try: 2 Mar 2026 12:10 UTC.", "1 feed is read without trouble"}},
		{command: "feeds status", args: []string{"name", "news"}, want: []string{"7 articles recorded", "Read without trouble, last 2 Mar 2026 12:00 UTC", "Next visit"}},
		{command: "feeds status", args: []string{"name", "nws"}, failed: true, want: []string{"/feeds status name:news"}},
		{command: "feeds add", args: []string{"url", "un.example/rss.xml"}, want: []string{"un-news-global", "“UN News – Global”", "30 articles now, which are recorded and not announced", "@every 10m"}, audit: "feed un-news-global added: https://un.example/rss.xml, @every 10m"},
		{command: "feeds add", args: []string{"url", "https://un.example/single"}, want: []string{"1 article now, which is recorded and not announced; new ones"}, audit: "feed "},
		{command: "feeds add", args: []string{"url", "<https://un.example/rss|x>", "name", "UN News!", "country", "ch", "ownership", "Official", "schedule", "*/5 * * * *"}, want: []string{"un-news", "(CH, official)"}, audit: "feed un-news added: https://un.example/rss, */5 * * * *"},
		{command: "feeds add", args: []string{"url", "https://un.example/rss", "schedule", "often"}, failed: true, want: []string{"*/10 * * * *"}},
		{command: "feeds add", args: []string{"url", "https://un.example/rss", "country", "Narnia"}, failed: true, want: []string{"two letters"}},
		{command: "feeds add", args: []string{"url", "https://news.example/rss"}, failed: true, want: []string{"read already, as news"}},
		{command: "feeds add", args: []string{"url", "https://un.example/rss", "name", "News"}, failed: true, want: []string{"taken"}},
		{command: "feeds add", args: []string{"url", "https://me:pw@un.example/rss"}, failed: true, want: []string{"A user and password are not for chat. Ask whoever runs Attaché to put the feed into the configuration file, with login:."}},
		{command: "feeds add", args: []string{"url", "file:///etc/passwd"}, failed: true},
		{command: "feeds add", args: []string{"url", "ftp://un.example/rss"}, failed: true, want: []string{"not with ftp:"}},
		{command: "feeds add", args: []string{"url", "un news"}, failed: true, want: []string{"no web address"}},
		{command: "feeds add", args: []string{"url", "https://un.example/page"}, failed: true, want: []string{"web page"}},
		{command: "feeds add", args: []string{"url", "https://un.example/broken"}, failed: true, want: []string{"could not be read", "ref-1"}},
		{command: "feeds remove", args: []string{"name", "other"}, want: []string{"no longer read", "/feeds add url:https://other.example/rss name:other"}, audit: "feed other removed: https://other.example/rss"},
		{command: "feeds remove", args: []string{"name", "news"}, failed: true, want: []string{"read-only"}},
		{command: "feeds accept", args: []string{"name", "news"}, failed: true, want: []string{"asks nothing of you"}},
		{command: "feeds accept", args: []string{"name", "hidden-feed"}, failed: true, want: []string{"no feed hidden-feed"}},
		{command: "feeds remove", args: []string{"name", "hidden-feed"}, failed: true, want: []string{"no feed hidden-feed"}},

		{command: "lookup", args: []string{"name", "Steve Witkoff"}, want: []string{"As the watch on us-russia finds it", "Putin defends Steve Witkoff against charges of bias (https://news.example/witkoff)", "News (US, independent)", "in the headline: *Steve Witkoff* (full name)", "Other (RU, state-run)"}},
		{command: "lookup", args: []string{"name", "the Kremlin"}, want: []string{"*the Kremlin*", "/watch add name:the Kremlin"}},
		{command: "lookup", args: []string{"name", "Steve Witkofp"}, want: []string{"None of the articles", "Did you mean /lookup name:Steve Witkoff?"}},
		{command: "lookup", args: []string{"name", "Sergey Lavrov"}, want: []string{"It is watched"}},
		{command: "lookup", args: []string{"name", `"peace talks" OR "x`}, failed: true, want: []string{"^", "See /help command:lookup."}},

		{command: "recent", want: []string{"Latest alerts", "Putin defends Steve Witkoff", id, "/why alert:" + id}},
		{command: "why", args: []string{"alert", "#" + strings.ToUpper(id)}, want: []string{
			"Steve Witkoff, person on the watchlist us-russia, is mentioned in the headline:",
			"“Putin defends *Steve Witkoff* against charges of bias” in the title · full name: the words of “Steve Witkoff” stand together",
			"this channel: posted, a new story for this channel (Steve Witkoff of us-russia)", "is sent",
			"Told by 2 sources: News (US, independent) and Other (RU, state-run)", "Kremlin backs US envoy Steve Witkoff",
		}},
		{command: "why", args: []string{"alert", "https://news.example/witkoff?utm_source=x"}, want: []string{"It was read 2 Mar 2026 11:30 UTC", "posted, a new story", "/why alert:" + id}},
		{command: "why", args: []string{"alert", "https://other.example/w"}, want: []string{"By now it matches", "newer than that"}},
		{command: "why", args: []string{"alert", "https://news.example/dull"}, want: []string{"read but matched nothing: none of 3 watches"}},
		{command: "why", args: []string{"alert", "https://news.example/unknown"}, want: []string{"never read", "The feed news is of the same site. How it fares: /feeds status name:news"}},
		{command: "why", args: []string{"alert", "https://other.example/unknown"}, want: []string{"The feed other is of the same site. It was last read ", "Next try: 2 Mar 2026 12:10 UTC. How it fares: /feeds status name:other"}},
		{command: "why", args: []string{"alert", "nowhere.example/x"}, want: []string{"No feed here has its address at nowhere.example, though one of another site may carry its articles. All feeds: /feeds list. To add one: /feeds add url:https://nowhere.example/"}},
		{command: "why", args: []string{"alert", "aaaaaaaa"}, failed: true, want: []string{"no alert aaaaaaaa", "/recent"}},
		{command: "why", args: []string{"alert", "some words"}, failed: true, want: []string{"neither an alert's id nor"}},

		{command: "test", want: []string{"on its way", "This channel hears file-list and us-russia"}, audit: "sample alert "},
		{command: "help", want: []string{"/watch add", "/subscribe list:main", "Admins:", "/feeds remove"}},
		{command: "help", want: []string{"/lookup – Recent articles"}},
		{command: "help", args: []string{"command", "/watch Add"}, want: []string{"watch add NAME [list:LIST]", "/watch add name:Steve Witkoff list:us-russia aliases:Стив Уиткофф; Steven Witkoff near:envoy", "person, topic or country"}},
		{command: "help", args: []string{"command", "feeds"}, want: []string{"/feeds status – Which feeds fail"}},
		{command: "help", args: []string{"command", "watch show"}, want: []string{"name – The watch's name"}},
		{command: "help", args: []string{"command", "lokup"}, failed: true, want: []string{"Did you mean lookup?"}},
		{command: "wach add", failed: true, want: []string{"Did you mean watch?"}},
		{command: "watch", failed: true, want: []string{"add, test, remove, list or show"}},
	}
	for _, tt := range tests {
		t.Run(tt.command+" "+strings.Join(tt.args, " "), func(t *testing.T) {
			m := furnished()
			reply := do(t, newDesk(t, m), asks(tt.command, tt.args...))
			require.Equal(t, tt.failed, reply.Failed, reply.Text())
			for _, want := range tt.want {
				require.Contains(t, reply.Text(), want)
			}
			require.NotContains(t, reply.Text(), "secret inside")
			if tt.audit == "" {
				require.Empty(t, m.audit)
				return
			}
			require.Len(t, m.audit, 1)
			c := m.audit[0]
			require.True(t, strings.HasPrefix(c.Detail, tt.audit), c.Detail)
			c.Detail = ""
			require.Equal(t, commands.Change{
				Workspace: guild, Channel: desk, ActorID: "1", ActorName: "Ann", Command: tt.command, RequestID: "r1", At: noon,
			}, c)
		})
	}
}

// What a bare workspace answers always names the next step.
func TestEmpty(t *testing.T) {
	for command, want := range map[string]string{
		"watch list": "/watch add", "feeds list": "/feeds add", "feeds status": "/feeds add", "coverage": "/feeds add", "recent": "/watch add", "test": "/watch add",
	} {
		reply := do(t, newDesk(t, &memory{}), asks(command))
		require.False(t, reply.Failed, command)
		require.Contains(t, reply.Text(), want, command)
	}
	for command, arg := range map[string]string{"unsubscribe": "list", "subscribe": "list", "feeds remove": "name", "watch remove": "name", "watch show": "name"} {
		require.True(t, do(t, newDesk(t, &memory{}), asks(command, arg, "thing")).Failed, command)
	}
	r := do(t, newDesk(t, &memory{}), asks("lookup", "name", "Steve Witkoff"))
	require.Contains(t, r.Text(), "/feeds add")
	r = do(t, newDesk(t, furnished()), commands.Request{Workspace: guild, Channel: lounge, Command: "recent"})
	require.Contains(t, r.Text(), "An admin writes here: /subscribe list:climate")
}

func TestLongAnswersAreBounded(t *testing.T) {
	m := furnished()
	for i := range 300 {
		name := strings.Repeat("Long Name ", 9) + string(rune('a'+i%26)) + strings.Repeat("x", i/26)
		m.lists[0].Watches = append(m.lists[0].Watches, alerts.Watch{Spec: match.Spec{Kind: match.Person, Name: name}})
		m.lists = append(m.lists, alerts.Watchlist{ListRef: alerts.ListRef{Workspace: guild, Name: name}})
		m.feeds = append(m.feeds, alerts.Feed{URL: "https://" + strings.Repeat("x", 200), Listings: []alerts.Listing{{Workspace: guild, Name: name, Schedule: "@daily"}}, Cursor: alerts.Cursor{Failures: 1, Failure: strings.Repeat("why ", 200)}})
	}
	for _, r := range []commands.Request{
		asks("watch list"), asks("watch list", "list", "us-russia"), asks("feeds list"), asks("feeds status"), asks("coverage"), asks("subscribe", "list", "nope"),
	} {
		reply := do(t, newDesk(t, m), r)
		require.Contains(t, reply.Text(), " more", r.Command)
	}
}

func TestDirectMessages(t *testing.T) {
	d := newDesk(t, furnished())
	for _, command := range []string{"subscribe", "unsubscribe", "recent", "test"} {
		r := asks(command, "list", "climate")
		r.Channel = ""
		reply := do(t, d, r)
		require.True(t, reply.Failed, command)
		require.Contains(t, reply.Text(), "about a channel")
	}
	r := asks("watch list")
	r.Channel = ""
	require.False(t, do(t, d, r).Failed, "what needs no channel works")

	r.Workspace = alerts.File
	reply := do(t, d, r)
	require.True(t, reply.Failed, "without a workspace nothing of the file is shown")
	require.NotContains(t, reply.Text(), "file-list")
	r.Command = "help"
	require.False(t, do(t, d, r).Failed)
}

func TestTestSendsASample(t *testing.T) {
	m := furnished()
	nudged := 0
	d := newDesk(t, m, func(o *commands.Options) { o.Nudge = func() { nudged++ } })
	do(t, d, asks("test"))
	second := asks("test")
	second.ID = "r2"
	do(t, d, second)
	require.Len(t, m.sent, 2)
	require.Equal(t, 2, nudged)
	require.NotEqual(t, m.sent[0].Story, m.sent[1].Story)
	for _, s := range m.sent {
		require.True(t, s.Alert.Sample)
		require.Equal(t, alerts.Root, s.Part)
		require.Equal(t, desk, s.Channel)
		require.Equal(t, alerts.NewAlertID(desk, s.Story), s.Alert.ID)
		require.NotEmpty(t, s.Alert.Sources)
		require.Empty(t, s.Alert.Ping)
		e := s.Alert.Matches[0].Evidence[0]
		require.Equal(t, e.Text, string([]rune(s.Alert.Title)[e.Start:e.End]))
	}
}

func TestFaultsShowOnlyAReference(t *testing.T) {
	for name, broken := range map[string]error{"a store's error": errors.New("sql: secret inside"), "a deadline": context.DeadlineExceeded} {
		t.Run(name, func(t *testing.T) {
			m := furnished()
			m.broken = broken
			var log bytes.Buffer
			d := newDesk(t, m, func(o *commands.Options) { o.Log = slog.New(slog.NewTextHandler(&log, nil)) })
			for _, r := range []commands.Request{asks("watch list"), asks("recent"), asks("lookup", "name", "Steve Witkoff"), asks("test"), asks("feeds list"), asks("why", "alert", "aaaaaaaa")} {
				log.Reset()
				reply := do(t, d, r)
				require.True(t, reply.Failed, r.Command)
				require.Contains(t, reply.Text(), "ref-1")
				require.NotContains(t, reply.Text(), "secret")
				require.Contains(t, log.String(), "reference=ref-1")
				require.Contains(t, log.String(), broken.Error())
			}
		})
	}
	t.Run("a panic", func(t *testing.T) {
		d := newDesk(t, furnished(), func(o *commands.Options) { o.Archive = nil })
		require.Contains(t, do(t, d, asks("recent")).Text(), "ref-1")
	})
	t.Run("a channel of another workspace", func(t *testing.T) {
		r := asks("recent")
		r.Channel = "discord:200/7"
		require.Contains(t, do(t, newDesk(t, furnished()), r).Text(), "ref-1")
	})
}

// Whatever the one workspace asks, nothing of the other's is in the answer, and its changes stay its own.
func TestWorkspacesAreApart(t *testing.T) {
	m := furnished()
	d := newDesk(t, m)
	before, _ := m.Watchlists(t.Context(), other)
	for _, name := range []string{"their-secret", "Hidden Person", "hidden-feed", "https://hidden.example/a"} {
		for _, command := range []string{"watch list", "watch show", "watch remove", "subscribe", "unsubscribe", "feeds status", "feeds remove", "lookup", "why"} {
			arg := map[string]string{"watch list": "list", "subscribe": "list", "unsubscribe": "list", "why": "alert"}[command]
			if arg == "" {
				arg = "name"
			}
			r := asks(command, arg, "zz "+name)
			require.NotContains(t, strings.ReplaceAll(do(t, d, r).Text(), "zz "+name, ""), name, command)
			do(t, d, asks(command, arg, name))
		}
	}
	after, _ := m.Watchlists(t.Context(), other)
	require.Equal(t, before, after)
	for _, c := range m.audit {
		require.Equal(t, guild, c.Workspace)
	}
	id := m.told[0].Alert.ID
	r := asks("why", "alert", id)
	r.Workspace, r.Channel = other, "discord:200/7"
	require.Contains(t, do(t, d, r).Text(), "no alert")
	require.Contains(t, do(t, d, asks("why", "alert", id)).Text(), "Why this alert", "the control: its own workspace sees it")
}

func TestComplete(t *testing.T) {
	m := furnished()
	d := newDesk(t, m)
	tests := []struct {
		command, option, typed string
		want                   []string
	}{
		{"watch show", "name", "", []string{"Sergey Lavrov", "Steve Witkoff", "Vladimir Putin"}},
		{"watch show", "name", "wit", []string{"Steve Witkoff"}},
		{"watch show", "name", "LAV", []string{"Sergey Lavrov"}},
		{"watch show", "name", "ev", []string{"Steve Witkoff"}},
		{"watch remove", "name", "", []string{"Sergey Lavrov", "Steve Witkoff"}},
		{"watch add", "list", "", []string{"climate", "us-russia"}},
		{"subscribe", "list", "", []string{"climate", "file-list", "us-russia"}},
		{"unsubscribe", "list", "", []string{"file-list", "us-russia"}},
		{"feeds status", "name", "", []string{"news", "other"}},
		{"feeds remove", "name", "", []string{"other"}},
		{"why", "alert", "witkoff", []string{m.told[0].Alert.ID}},
		{"help", "command", "watch l", []string{"watch list"}},
		{"watch add", "name", "x", nil},
		{"nonsense", "name", "x", nil},
	}
	for _, tt := range tests {
		var got []string
		for _, c := range d.Complete(t.Context(), asks(tt.command), tt.option, tt.typed) {
			got = append(got, c.Value)
			require.LessOrEqual(t, len([]rune(c.Label)), 100)
		}
		require.ElementsMatch(t, tt.want, got, "%v", tt)
	}
	t.Run("words that begin so come first", func(t *testing.T) {
		m := &memory{}
		for _, n := range []string{"Xian", "Ana", "Joan Ander"} {
			m.lists = append(m.lists, alerts.Watchlist{ListRef: alerts.ListRef{Workspace: guild, Name: n}})
		}
		got := newDesk(t, m).Complete(t.Context(), asks("subscribe"), "list", "an")
		require.Equal(t, "Ana", got[0].Value)
		require.Equal(t, "Joan Ander", got[1].Value)
		require.Equal(t, "Xian", got[2].Value)
	})
	t.Run("at most 25, none too long", func(t *testing.T) {
		m := furnished()
		for i := range 60 {
			m.lists = append(m.lists, alerts.Watchlist{ListRef: alerts.ListRef{Workspace: guild, Name: strings.Repeat("a", 50+i)}})
		}
		got := newDesk(t, m).Complete(t.Context(), asks("subscribe"), "list", "a")
		require.Len(t, got, 25)
		for _, c := range got {
			require.LessOrEqual(t, len(c.Value), 100)
		}
	})
	t.Run("a broken store suggests nothing", func(t *testing.T) {
		m := furnished()
		m.broken = errors.New("down")
		require.Empty(t, newDesk(t, m).Complete(t.Context(), asks("subscribe"), "list", ""))
	})
}

// Why an article did not come: almost a match, nobody listens, or nothing.
func TestWhyNot(t *testing.T) {
	m := furnished()
	m.found[2].Article.Text = "Mr Witkoff was not amused by the rain."
	d := newDesk(t, m)
	text := do(t, d, asks("why", "alert", "https://news.example/dull")).Text()
	require.Contains(t, text, "Almost:")
	require.Contains(t, text, "Steve Witkoff of us-russia: *Witkoff*; only the surname behind a title stands here")
	require.Contains(t, text, "To be told of such articles: /watch add name:")

	m.subs = m.subs[1:] // nobody hears us-russia
	require.Contains(t, do(t, d, asks("why", "alert", "https://other.example/w")).Text(), "no channel hears the list")

	m.found[2].Article.Title, m.found[2].Article.Text = "", ""
	require.Contains(t, do(t, d, asks("why", "alert", "https://news.example/dull")).Text(), "Its text is no longer kept")

	m.feeds = nil
	require.Contains(t, do(t, d, asks("why", "alert", "https://other.example/w")).Text(), "Nothing is read")
}

func TestWhyTellsASampleFromNews(t *testing.T) {
	m := furnished()
	d := newDesk(t, m)
	do(t, d, asks("test"))
	m.told = append(m.told, commands.Told{Alert: m.sent[0].Alert, State: alerts.StateFailed, Reason: "The bot may not write here."})
	text := do(t, d, asks("why", "alert", m.sent[0].Alert.ID)).Text()
	require.Contains(t, text, "It is a sample")
	require.Contains(t, text, "is not sent: The bot may not write here.")
	require.NotContains(t, text, "Told by")
}

func TestWelcomeAndLeave(t *testing.T) {
	m := furnished()
	d := newDesk(t, m)
	text := d.Welcome(t.Context(), team, "Acme\u202e").Text()
	for _, want := range []string{"joined Acme\n", "/attache watch add Steve Witkoff", "/attache subscribe main", "/attache test", "1 feed is read already"} {
		require.Contains(t, text, want)
	}
	require.NoError(t, d.Leave(t.Context(), guild))
	require.Len(t, m.subs, 1, "only the other workspace's is left")
	require.Equal(t, "leave", m.audit[0].Command)
	require.NoError(t, d.Leave(t.Context(), alerts.File))
	require.Len(t, m.audit, 1, "the file's workspace can't be left")
}

func TestDoLine(t *testing.T) {
	d := newDesk(t, furnished())
	r := commands.Request{Workspace: "console", Channel: "console:desk", Actor: commands.Actor{ID: "me"}}
	for _, tt := range [][2]string{
		{"", "The first steps"},
		{"watch add “Steve Witkoff”", "Now watching the person Steve Witkoff in main"},
		{"wach list", "Did you mean watch?"},
		{"lookup caf\xe9", "That is not UTF-8"},
		{"subscribe main", "This channel hears main"},
	} {
		reply := d.DoLine(t.Context(), r, tt[0])
		wellFormed(t, r, reply)
		require.Contains(t, reply.Text(), tt[1])
	}
	r.Workspace, r.Channel = team, "slack:T1/C1"
	require.Contains(t, d.DoLine(t.Context(), r, "watch ad").Text(), "/attache watch add NAME")
}

func TestTimeIsInEveryReader(t *testing.T) {
	for _, l := range do(t, newDesk(t, furnished()), asks("recent")).Lines {
		for _, s := range l.Spans {
			if s.Style == commands.Time {
				require.Equal(t, time.Unix(s.Unix, 0).UTC().Format("2 Jan 2006 15:04 UTC"), s.Text)
				return
			}
		}
	}
	t.Fatal("no time in the reply")
}
