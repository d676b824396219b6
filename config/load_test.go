package config_test

import (
	"io/fs"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/config"
)

func same(t *testing.T, want, got *config.File) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(config.File{}), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("file (-want +got):\n%s", diff)
	}
}

func TestDefaultsAreFilled(t *testing.T) {
	f, err := parse("max_age: 7d\n")
	require.NoError(t, err)
	same(t, config.Defaults(), f)
	require.Equal(t, 7*24*time.Hour, f.MaxAge)
	require.Equal(t, 30*24*time.Hour, f.Retention)
	require.Equal(t, config.Size(5*1024*1024), f.Fetch.MaxBody)
	require.Equal(t, []int{80, 443}, f.Fetch.AllowPorts)
	require.Equal(t, "text", f.Platforms.Console.Format)
}

// Private networks have feeds at any port, but a list that is written is obeyed there too.
func TestPortsOfPrivateNetworks(t *testing.T) {
	for src, ports := range map[string][]int{
		"fetch: {timeout: 9s}":                                          {80, 443},
		"fetch: {allow_private_networks: false}":                        {80, 443},
		"fetch: {allow_private_networks: true}":                         nil,
		"fetch: {allow_private_networks: true, allow_ports: [80]}":      {80},
		"fetch: {allow_ports: [80, 443], allow_private_networks: true}": {80, 443},
	} {
		f, err := parse(src)
		require.NoError(t, err)
		require.Equal(t, ports, f.Fetch.AllowPorts, src)
	}
}

func TestEveryKeyIsRead(t *testing.T) {
	src, err := os.ReadFile("testdata/every-key.yaml")
	require.NoError(t, err)
	f, err := parse(string(src))
	require.NoError(t, err)
	same(t, &config.File{
		Store: "sqlite:/data/" + canary + ".db", MaxAge: 36 * time.Hour, Retention: 14 * 24 * time.Hour,
		Fetch: config.Fetch{
			AllowPrivateNetworks: true, AllowPorts: []int{80, 443, 8080}, MaxBody: 500_000, Timeout: 90 * time.Second,
			Contact: "mailto:desk@example.org", Workers: 64, Proxy: config.NewSecret("socks5://127.0.0.1:9050"),
		},
		Listen: ":9090", PublicURL: "https://bot.example.org/attache",
		Feeds: []config.Feed{
			{
				Name: "un-news", URL: "https://example.org/rss.xml?${literal}", Schedule: "CRON_TZ=Europe/Brussels */10 * * * *", New: 3, FullText: true,
				Source:  config.Source{Title: "UN News", Country: "UN", Language: "pt-BR", Ownership: "official"},
				Headers: config.Headers{"Accept-Language": config.NewSecret("pt, en;q=0.5"), "Cookie": config.NewSecret(canary)},
				Proxy:   config.NewSecret("http://proxy.example:3128"),
			},
			{Name: "other", URL: "http://example.org/", Schedule: "auto", New: config.NewAll, Source: config.Source{
				Title: "UN News", Country: "UN", Language: "pt-BR", Ownership: "official",
			}, Login: &config.Login{User: "desk", Password: config.NewSecret(canary)}},
		},
		Watchlists: []config.Watchlist{{Name: "US-Russia", Watches: []config.Watch{
			{Person: "Steve Witkoff", Aliases: []string{"Стив Уиткофф"}, Near: []string{"envoy"}, Not: []string{"Witkoff Group"}, Surname: true, Exact: true, Least: "lead"},
			{Topic: "peace talks", Match: "\"peace talks\"\nOR ceasefire"},
			{Country: "Georgia", Aliases: []string{"Sakartvelo"}, Not: []string{"Georgia Tech"}},
		}}},
		Subscriptions: []config.Subscription{
			{Channel: "console:desk", Watchlists: []string{"US-Russia"}, Deliver: "at once", Least: "body", WhenUncertain: "repeat"},
			{Channel: "discord:1/2", Watchlists: []string{"US-Russia"}, Deliver: "at once", Least: "headline", Ping: "123", WhenUncertain: "hold"},
		},
		Admins: config.Admins{Channel: "slack:T1/C1", Roles: []string{"discord:1/3"}, Editors: []string{"slack:T1/S1"}},
		Platforms: config.Platforms{
			Discord: &config.Discord{Token: config.NewSecret(canary), API: "https://discord.example.org"},
			Slack: &config.Slack{
				BotToken: config.NewSecret(environment["SLACK_BOT_TOKEN"]), AppToken: config.NewSecret(environment["SLACK_APP_TOKEN"]),
				SigningSecret: config.NewSecret(environment["SLACK_SIGNING_SECRET"]), API: "http://127.0.0.1:4800/api",
			},
			Console: config.Console{Format: "json"},
		},
	}, f)
}

func TestWatchOfEachKind(t *testing.T) {
	for want, w := range map[[2]string]config.Watch{
		{"person", "Ann"}: {Person: "Ann"}, {"topic", "peace"}: {Topic: "peace"}, {"country", "Mali"}: {Country: "Mali"}, {}: {},
	} {
		kind, name := w.Kind()
		require.Equal(t, want, [2]string{kind, name})
	}
}

func TestAPIWithoutEncryptionIsForThisMachineAlone(t *testing.T) {
	for url, fine := range map[string]bool{
		"https://proxy.example": true, "HTTPS://proxy.example:8443": true,
		"http://127.0.0.1:1": true, "http://127.9.9.9": true, "http://[::1]:1": true, "http://localhost:1": true, "http://LOCALHOST": true,
		"http://[::ffff:127.0.0.1]:1": true,
		"http://proxy.example":        false, "http://10.0.0.1": false, "http://127.0.0.1.example": false, "http://localhost.example": false,
		"http://2130706433": false, "http://0.0.0.0": false, "https://proxy.example?x": false, "https://proxy.example#x": false,
	} {
		for _, src := range []string{
			"platforms: {discord: {token: a, api: '" + url + "'}}", "platforms: {slack: {bot_token: a, app_token: b, api: '" + url + "'}}",
		} {
			_, err := parse(src)
			require.Equal(t, fine, err == nil, "%s: %v", src, err)
		}
	}
}

func TestLoadOfAMissingFile(t *testing.T) {
	_, err := config.Load("nowhere.yaml", env, os.ReadFile)
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = config.LoadWatchlists("nowhere.yaml", env, os.ReadFile)
	require.ErrorIs(t, err, fs.ErrNotExist)
}

func TestWatchlistsAloneHeedNothingElse(t *testing.T) {
	read := func(src string) (*config.File, error) {
		return config.ParseWatchlists("w.yaml", []byte(src), env, readFile)
	}
	f, err := read(`
x-names: &names [Anna, Änne]
platforms: {discord: {token: "${NOT_SET}"}, nonsense: 1}
watchlists:
  - name: a
    watches: [{person: Ann Example, aliases: *names}]
subscriptions: [{channel: nowhere, watchlists: [b]}]
`)
	require.NoError(t, err)
	require.Equal(t, []config.Watchlist{{Name: "a", Watches: []config.Watch{{Person: "Ann Example", Aliases: []string{"Anna", "Änne"}}}}}, f.Watchlists)
	require.Nil(t, f.Platforms.Discord)
	line, column := f.At("watchlists[0].watches[0].person")
	require.Equal(t, [2]int{6, 24}, [2]int{line, column})

	for src, want := range map[string]string{
		"feeds: []\n":                      "w.yaml:1:1: the file has no top-level watchlists:. Add it as `bot init` shows.",
		"- a\n":                            "w.yaml:1:1: the file must be YAML with a top-level watchlists:. Write it as `bot init` shows.",
		"watchlists: []\nwatchlists: []\n": "w.yaml:2:1: \"watchlists\" is given twice. Keep one of the two.",
		"watchlists: [{name: a, watches: [{person: [b]}]}]\n":    "w.yaml:1:43: person: must be a single value, not a list or keys with values. Write it after the colon.",
		"watchlists: [{name: a, watches: [{persn: b}]}]\nx: 1\n": "w.yaml:1:34: this watch lacks what to look out for. Add person:, topic: or country: with a name.\nw.yaml:1:35: this watch has no key \"persn\". Did you mean person?",
	} {
		_, err := read(src)
		require.EqualError(t, err, want)
	}
}

func TestWindowsAndByteOrderMarks(t *testing.T) {
	f, err := parse("\ufeffstore: sqlite:a.db\r\nlisten: :80\r\nwatchlists:\r\n")
	require.NoError(t, err)
	require.Equal(t, "sqlite:a.db", f.Store)
	require.Equal(t, ":80", f.Listen)
}

func TestAliasesCannotGrowWithoutEnd(t *testing.T) {
	src := "watchlists:\n  - name: a\n    watches: &w\n"
	for i := range 200 {
		src += "      - person: N" + string(rune('a'+i%26)) + string(rune('a'+i/26)) + "\n"
	}
	const lists = 1_500
	for i := range lists {
		src += "  - {name: l" + time.Duration(i).String() + ", watches: *w}\n"
	}
	f, err := parse(src)
	require.ErrorContains(t, err, "the *aliases of this file hold too much")
	require.Len(t, f.Watchlists, lists+1)
}

func TestDeepNestingIsRefused(t *testing.T) {
	for _, open := range []string{"[", "{", "- ", "? ", "{a: ", "&a ", "a: ", "!!seq ["} {
		src := ""
		for range 10_000 {
			src += open
		}
		_, err := parse(src)
		require.ErrorContains(t, err, "nested too deeply", open)
	}
}
