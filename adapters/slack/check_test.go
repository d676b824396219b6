package slack

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/slack-go/slack"
	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
	"github.com/seed-6c43f0f2/attache/alerts"
)

func marshal(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return b
}

// TestCheck: what is missing is named with its cure.
func TestCheck(t *testing.T) {
	r := newRig(t, setting{})
	r.AddChannel(slacktest.Channel{ID: "C8", Name: "old", Member: true, Archived: true})
	r.AddChannel(slacktest.Channel{ID: "G9", Name: "secret", Private: true})
	require.NoError(t, r.Check(t.Context(), channel("C1")))
	require.NoError(t, r.Check(t.Context(), channel("G1")))
	for c, want := range map[alerts.Channel]string{
		channel("C9"):       "/invite @attache",
		channel("G9"):       "/invite @attache",
		channel("C404"):     "knows no channel C404",
		channel("C8"):       "archived",
		"slack:T0OTHER/C1":  "slack:T0NEWS/C1",
		"slack:T0OTHER/C10": "belongs to the workspace T0NEWS",
	} {
		err := r.Check(t.Context(), c)
		require.Contains(t, alerts.Say(err), want, c)
		require.Contains(t, err.Error(), string(c))
	}
	without := func(gone ...string) {
		r.SetScopes(slices.DeleteFunc(slacktest.AllScopes(), func(s string) bool { return slices.Contains(gone, s) })...)
	}
	without("channels:history")
	require.Contains(t, alerts.Say(r.Check(t.Context(), channel("C1"))), "lacks channels:history (without it")
	require.Contains(t, alerts.Say(r.Check(t.Context(), channel("C1"))), "reinstall")
	require.NoError(t, r.Check(t.Context(), channel("G1")), "that is for public channels")
	without("chat:write", "commands")
	require.Contains(t, alerts.Say(r.Check(t.Context(), channel("C1"))), "chat:write")
	require.Contains(t, alerts.Say(r.Check(t.Context(), channel("C1"))), "commands")
	without("channels:read")
	require.Contains(t, alerts.Say(r.Check(t.Context(), channel("C1"))), "channels:read")
	without()
	r.Fail(slacktest.Fault{Method: "conversations.info", Status: 500})
	err := r.Check(t.Context(), channel("C1"))
	require.Error(t, err)
	require.Empty(t, alerts.Say(err), "an outage says nothing about the channel")
	r.Revoke("invalid_auth")
	require.Contains(t, alerts.Say(r.Check(t.Context(), channel("C1"))), "bot_token")
}

type manifest struct {
	OAuth struct {
		Scopes struct {
			Bot  []string `yaml:"bot"`
			User []string `yaml:"user"`
		} `yaml:"scopes"`
	} `yaml:"oauth_config"`
	Features struct {
		Commands []struct {
			Command string `yaml:"command"`
			Escape  bool   `yaml:"should_escape"`
		} `yaml:"slash_commands"`
	} `yaml:"features"`
	Settings struct {
		Events struct {
			Bot []string `yaml:"bot_events"`
		} `yaml:"event_subscriptions"`
		Interactivity struct {
			On bool `yaml:"is_enabled"`
		} `yaml:"interactivity"`
		Socket bool `yaml:"socket_mode_enabled"`
	} `yaml:"settings"`
}

// TestManifest: the manifest asks for what the code needs and for nothing else, in both modes.
func TestManifest(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "..", "docs", "slack-manifest.yaml"))
	require.NoError(t, err)
	var m manifest
	require.NoError(t, yaml.Unmarshal(raw, &m))
	var needed []string
	for _, s := range Scopes() {
		needed = append(needed, s.Name)
		line := regexp.MustCompile(`(?m)^ *- ` + regexp.QuoteMeta(s.Name) + ` +# .+`)
		require.Regexp(t, line, string(raw), "each scope has its reason beside it")
	}
	require.ElementsMatch(t, needed, m.OAuth.Scopes.Bot)
	require.ElementsMatch(t, needed, slacktest.AllScopes())
	require.Empty(t, m.OAuth.Scopes.User)
	require.Equal(t, "/attache", m.Features.Commands[0].Command)
	require.False(t, m.Features.Commands[0].Escape)
	require.True(t, m.Settings.Interactivity.On)
	require.True(t, m.Settings.Socket)
	require.ElementsMatch(t, []string{
		"app_uninstalled", "member_joined_channel", "tokens_revoked",
		"member_left_channel", "channel_left", "group_left", "channel_archive", "group_archive", "channel_deleted", "group_deleted",
	}, m.Settings.Events.Bot)

	// The variant over HTTP is in comments; taken out of them it is a manifest too.
	overHTTP := strings.NewReplacer("    socket_mode_enabled: true\n", "", "#~ ", "").Replace(string(raw))
	var h struct {
		Settings struct {
			Socket        bool `yaml:"socket_mode_enabled"`
			Interactivity struct {
				URL string `yaml:"request_url"`
			} `yaml:"interactivity"`
			Events struct {
				URL string `yaml:"request_url"`
			} `yaml:"event_subscriptions"`
		} `yaml:"settings"`
	}
	overHTTP = regexp.MustCompile(`(?m)^ *socket_mode_enabled: true.*\n`).ReplaceAllString(overHTTP, "")
	require.NoError(t, yaml.Unmarshal([]byte(overHTTP), &h))
	require.False(t, h.Settings.Socket)
	require.Contains(t, h.Settings.Interactivity.URL, "https://")
	require.Equal(t, h.Settings.Events.URL, h.Settings.Interactivity.URL)
}

// TestEachScopeIsNeeded: with all scopes all of it works, and without any one of them something does not.
func TestEachScopeIsNeeded(t *testing.T) {
	works := func(scopes []string) bool {
		r := newRig(t, setting{slack: slacktest.Config{Scopes: scopes}, options: Options{Groups: []string{"slack:T0NEWS/S1"}}})
		me := identity{Team: slacktest.Team}
		resp, err := r.Deliver(t.Context(), serve(t, r), kindCommand, r.Command("U3", "C1", "help"))
		if err != nil {
			return false
		}
		require.NoError(t, resp.Body.Close())
		for _, c := range []alerts.Channel{channel("C1"), channel("G1")} {
			d := news(c, "x")
			if _, err := r.Post(t.Context(), d); err != nil {
				return false
			}
			if _, err := r.Find(t.Context(), d); err != nil {
				return false
			}
			if _, err := r.api.GetConversationInfoContext(t.Context(), &slack.GetConversationInfoInput{ChannelID: c.ID()}); err != nil {
				return false
			}
		}
		return r.people.actor(t.Context(), me, "U1", "").Admin && len(r.people.actor(t.Context(), me, "U3", "").Groups) == 1
	}
	require.True(t, works(slacktest.AllScopes()))
	for _, s := range slacktest.AllScopes() {
		require.False(t, works(slices.DeleteFunc(slacktest.AllScopes(), func(x string) bool { return x == s })), s)
	}
}
