package config_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/config"
)

// printed is everything that could be made of a value by accident.
func printed(v any) string {
	var b bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		_, _ = fmt.Fprintf(&b, verb+"\n", v)
	}
	_ = json.NewEncoder(&b).Encode(v)
	slog.New(slog.NewTextHandler(&b, nil)).Info("m", "v", v)
	slog.New(slog.NewJSONHandler(&b, nil)).Info("m", "v", v)
	return b.String()
}

func TestSecretIsNeverPrinted(t *testing.T) {
	s := config.NewSecret(canary)
	hex := fmt.Sprintf("%x", canary)
	unexported := struct{ s config.Secret }{s}
	exported := struct{ S config.Secret }{s}
	for _, v := range []any{s, &s, unexported, &unexported, exported, []config.Secret{s}, map[string]config.Secret{"k": s}} {
		require.NotContains(t, printed(v), canary)
		require.NotContains(t, printed(v), hex)
	}
	require.Contains(t, printed(s), "(hidden)")
	require.Contains(t, printed(struct{ S string }{canary}), canary, "the check itself must be able to fail")

	require.Equal(t, canary, s.Reveal())
	require.True(t, s.Given())
	require.True(t, s.Equal(config.NewSecret(canary)))
	require.False(t, s.Equal(config.Secret{}))
	require.False(t, config.NewSecret("").Given())
	require.Empty(t, config.Secret{}.String()+config.Secret{}.Reveal())
}

// places are where a secret may end up, rightly or not; %s is the secret, in quotes.
var places = []string{
	"platforms: {discord: {token: %s}}",
	"platforms: {discord: %s}",
	"platforms: %s",
	"%s",
	"%s: x",
	"? %s\n: x",
	"- %s",
	"platforms: {discord: {tokn: %s}}",
	"platforms: {discord: {token: [%s]}}",
	"platforms: {discord: {token: {a: %s}}}",
	"platforms: {slack: {bot_token: %s}}",
	"platforms: {slack: {bot_token: %[1]s, app_token: %[1]s, signing_secret: %[1]s}}",
	"platforms: {console: {format: %s}}",
	"platforms: {irc: {password: %s}}",
	"store: %s", "max_age: %s", "retention: %s", "listen: %s", "public_url: %s", "feeds: %s", "admins: %s", "nonsense: %s",
	"fetch: {allow_private_networks: %s}", "fetch: {allow_ports: [%s]}", "fetch: {max_body: %s}", "fetch: {timeout: %s}", "fetch: {contact: %s}",
	"feeds: [{name: %[1]s, url: %[1]s, schedule: %[1]s, new: %[1]s, source: {title: %[1]s, country: %[1]s, language: %[1]s, ownership: %[1]s}}]",
	"feeds: [{name: %[1]s, url: 'https://a.example'}, {name: %[1]s, url: 'https://b.example'}]",
	"feeds: [{headers: {Cookie: %s}}]", "feeds: [{name: a, url: 'http://a.example', headers: {X-Api-Key: %[1]s, Cookie: %[1]s}}]",
	"feeds: [{login: {user: me, password: %s}}]", "feeds: [{proxy: %s}]", "fetch: {proxy: %s}", "feeds: [{full_text: %s}]",
	"watchlists: [{name: %[1]s, watches: [{person: %[1]s, topic: %[1]s, match: %[1]s, least: %[1]s}]}]",
	"watchlists: [{name: a, watches: [{person: b, aliases: [%[1]s, %[1]s], near: %[1]s, surname: %[1]s, exact: %[1]s}]}]",
	"watchlists: [{name: %[1]s, watches: []}, {name: %[1]s, watches: []}]",
	"subscriptions: [{channel: %[1]s, watchlists: [%[1]s], deliver: %[1]s, least: %[1]s, ping: %[1]s, when_uncertain: %[1]s, quiet_hours: %[1]s}]",
	"watchlists: [{name: %[1]s, watches: [{topic: a}]}]\nsubscriptions: [{channel: 'console:a', watchlists: [b]}]",
	"admins: {channel: %[1]s, roles: [%[1]s], editors: [%[1]s]}",
	// Not YAML at all:
	"platforms: {discord: {token: %s",
	"platforms:\n  discord:\n    token: %s: x",
	"platforms:\n  discord:\n    token: | %s",
	"token: !!%s", "a: &%[1]s *%[1]s", "a: @%s", "%%%s\n", "- %[1]s\n%[1]s: %[1]s",
}

func TestSecretsAppearInNoMistake(t *testing.T) {
	// Words of a machine's make, as people paste them.
	for _, secret := range []string{
		"xoxb-1234567890-canaryCANARY", "xapp-1-A0123-canary", "0123456789abcdefcanary0123456789",
		"MTEyMjMzNDQ1NTY2Nzc4.GcAnAr.canaryCANARYcanaryCANARY0", "https://canary:canary@example.org/rss?token=canary",
	} {
		assertHidden(t, secret, "canary")
	}
	// Any value that comes by reference.
	for _, reference := range []string{"${COOKIE}", "${file:secret}", "x${COOKIE}y", "${SPACED}", "${DISCORD_TOKEN}"} {
		assertHidden(t, reference, canary)
	}
	require.Contains(t, shown("store: "+canary, canary), canary, "the check itself must be able to fail")
}

// assertHidden puts the text into every place and looks for the secret in all that is printed.
func assertHidden(t *testing.T, text, secret string) {
	t.Helper()
	for _, place := range places {
		for _, quote := range []string{`"`, `'`, ""} {
			src := fmt.Sprintf(place, quote+text+quote) + "\n"
			if out := shown(src, secret); out != "" {
				t.Errorf("%s\nshows it:\n%s", src, out)
			}
		}
	}
}

// shown returns what is printed about the source with the secret in it, "" if it is in nothing.
func shown(src, secret string) string {
	f, err := parse(src)
	out := printed(f.Platforms) + printed(f.Platforms.Discord) + printed(f.Platforms.Slack) + printed(f.Fetch.Proxy)
	for _, feed := range f.Feeds {
		out += printed(feed.Headers) + printed(feed.Login) + printed(feed.Proxy)
	}
	var ms config.Mistakes
	if errors.As(err, &ms) {
		out += ms.Explain() + printed(ms) + printed(ms[0])
	}
	if !strings.Contains(strings.ToLower(out), strings.ToLower(secret)) {
		return ""
	}
	return out
}
