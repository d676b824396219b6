package storm

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/adaptertest/memnet"
	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
	"github.com/seed-6c43f0f2/attache/alerts"
)

// waiting is how many messages wait in a channel when it is refused.
const waiting = 5

// An end is what a class of errors may cost: the table of docs/architecture.md in figures.
type end struct {
	calls   int                          // at most, in the channel, in the hour after the refusal began
	states  map[alerts.DeliveryState]int // what becomes of the messages that wait there
	stopped bool                         // the channel
	told    int                          // notices to the admins, of the channel or the platform
	others  bool                         // other channels go on
}

func ends(platform string) map[alerts.Class]end {
	pending := map[alerts.DeliveryState]int{alerts.StatePending: waiting}
	return map[alerts.Class]end{
		alerts.Wait:          {calls: 61, states: pending, others: true}, // one a minute, where the platform names no time
		alerts.Ambiguous:     {calls: 360, states: pending, others: true},
		alerts.ChannelDead:   {calls: 3, states: pending, stopped: true, told: 1, others: true},
		alerts.WorkspaceDead: {calls: 1, states: pending, stopped: true, told: 1, others: platform == "discord"}, // an app speaks to one workspace of Slack's
		alerts.Credential:    {calls: 1, states: pending, told: 1},
		alerts.Poison:        {calls: 2 * waiting, states: map[alerts.DeliveryState]int{alerts.StateFailed: waiting}, others: true},
		alerts.Unknown:       {calls: 2 * waiting, states: map[alerts.DeliveryState]int{alerts.StateFailed: waiting}, told: 1, others: true},
	}
}

// A refusal is an answer of a platform's, and the class that it belongs to.
type refusal struct {
	name    string
	class   alerts.Class
	discord discordtest.Fault
	slack   slacktest.Fault
}

// refusals are all codes of the tables of error classes, for one platform.
func refusals(platform string) (all []refusal) {
	d := func(class alerts.Class, name string, f discordtest.Fault) {
		if platform == "discord" {
			all = append(all, refusal{name: name, class: class, discord: f})
		}
	}
	s := func(class alerts.Class, codes ...string) {
		for _, c := range codes {
			if platform == "slack" {
				all = append(all, refusal{name: c, class: class, slack: slacktest.Fault{Code: c}})
			}
		}
	}
	status := func(class alerts.Class, name string, f slacktest.Fault) {
		if platform == "slack" {
			all = append(all, refusal{name: name, class: class, slack: f})
		}
	}
	const minute = time.Minute
	d(alerts.Wait, "429", discordtest.Fault{Status: 429, Scope: "user", After: minute})
	d(alerts.Wait, "429 shared", discordtest.Fault{Status: 429, Scope: "shared", After: minute})
	d(alerts.Wait, "20016", discordtest.Fault{Status: 429, Code: 20016, After: minute})
	d(alerts.Wait, "20028", discordtest.Fault{Status: 400, Code: 20028})
	d(alerts.Wait, "40062", discordtest.Fault{Status: 400, Code: 40062})
	d(alerts.Ambiguous, "500", discordtest.Fault{Status: 500})
	d(alerts.Ambiguous, "502", discordtest.Fault{Status: 502, Page: true})
	for code, status := range map[int]int{10003: 404, 50001: 403, 50013: 403, 50008: 400} {
		d(alerts.ChannelDead, fmt.Sprint(code), discordtest.Fault{Status: status, Code: code})
	}
	d(alerts.ChannelDead, "403, a code unknown", discordtest.Fault{Status: 403, Code: 424242})
	d(alerts.WorkspaceDead, "10004", discordtest.Fault{Status: 404, Code: 10004})
	d(alerts.Credential, "401", discordtest.Fault{Status: 401})
	d(alerts.Credential, "401 with a code", discordtest.Fault{Status: 401, Code: 50013})
	d(alerts.Credential, "40333", discordtest.Fault{Status: 403, Code: 40333})
	d(alerts.Poison, "50035", discordtest.Fault{Status: 400, Code: 50035})
	d(alerts.Poison, "400", discordtest.Fault{Status: 400, Code: 50109})
	d(alerts.Unknown, "404 without a code", discordtest.Fault{Status: 404})
	d(alerts.Unknown, "418", discordtest.Fault{Status: 418, Code: 9})

	s(alerts.Wait, "ratelimited", "rate_limited", "message_limit_exceeded", "team_added_to_org")
	status(alerts.Wait, "429", slacktest.Fault{Status: 429, RetryAfter: "60"})
	s(alerts.Ambiguous, "fatal_error", "internal_error", "service_unavailable", "request_timeout")
	s(alerts.ChannelDead, "channel_not_found", "is_archived", "not_in_channel", "restricted_action", "restricted_action_read_only_channel", "ekm_access_denied")
	status(alerts.ChannelDead, "403", slacktest.Fault{Status: 403})
	s(alerts.WorkspaceDead, "account_inactive", "token_revoked", "app_uninstalled", "team_access_not_granted")
	s(alerts.Credential, "invalid_auth", "token_expired", "missing_scope", "not_authed")
	status(alerts.Credential, "401", slacktest.Fault{Status: 401})
	s(alerts.Poison, "invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "metadata_too_large", "no_text")
	s(alerts.Unknown, "moon_phase")
	return all
}

// raced are all of them, or with the race detector one of each class: what each code costs is held without it.
func raced(all []refusal) []refusal {
	if !racing {
		return all
	}
	seen := map[alerts.Class]bool{}
	return slices.DeleteFunc(all, func(f refusal) bool {
		had := seen[f.class]
		seen[f.class] = true
		return had
	})
}

// refuse makes every call of the channel fail so from here on.
func (r *rig) refuse(c alerts.Channel, f refusal) {
	f.discord.Channel, f.discord.Times = c.ID(), 1e6
	f.slack.Channel, f.slack.Times = c.ID(), 1e6
	if r.slack != nil {
		r.slack.Fail(f.slack)
		return
	}
	r.discord.Fail(f.discord)
}

// TestARefusalCostsWhatItsClassSays is D17 of the promises: for every code, how often is called after it, what becomes of
// what waits, what the admins are told, and that others go on.
func TestARefusalCostsWhatItsClassSays(t *testing.T) {
	for name, make := range both() {
		for _, f := range raced(refusals(name)) {
			t.Run(name+" "+f.name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) { costs(t, newRig(t, make), f) })
			})
		}
	}
}

func costs(t *testing.T, r *rig, f refusal) {
	r.start()
	r.tick = 10 * time.Second
	want := ends(r.name)[f.class]
	ill, well := r.channel(0), r.elsewhere()
	r.refuse(ill, f)
	for n := range waiting {
		r.record(news(ill, n))
	}
	r.run(time.Minute)
	r.record(news(well, 100))
	r.run(time.Hour)
	calls := r.calls() - len(r.shown(well))
	require.LessOrEqual(t, calls, want.calls, "calls after the refusal")
	require.Positive(t, calls)
	states := r.backlog().States
	if !want.others {
		require.Empty(t, r.shown(well), "another channel was called")
		states[alerts.StatePending]--
	} else {
		require.Len(t, r.shown(well), 1, "another channel waits")
	}
	require.Equal(t, want.states, states)
	stopped, err := r.store.Stopped(t.Context())
	require.NoError(t, err)
	require.Equal(t, want.stopped, len(stopped) > 0)
	require.Equal(t, want.told, r.messages(), "messages to the admins")
	require.Zero(t, r.early())
}

// TestWhatBefallsManyChannelsIsToldOnce: a hundred channels that are refused for one reason are one message to the admins.
func TestWhatBefallsManyChannelsIsToldOnce(t *testing.T) {
	for name, f := range map[string]refusal{
		"discord": {discord: discordtest.Fault{Status: 403, Code: 50001}},
		"slack":   {slack: slacktest.Fault{Code: "is_archived"}},
	} {
		in(t, map[string]func(*testing.T, *memnet.Network) *vendor{name: both()[name]}, func(t *testing.T, r *rig) {
			r.start()
			for n := range 100 {
				r.refuse(r.channel(n), f)
				r.record(news(r.channel(n), 1), news(r.channel(n), 2))
			}
			r.run(10 * time.Minute)
			require.LessOrEqual(t, r.calls(), 100)
			require.Equal(t, 1, r.messages())
			stopped, err := r.store.Stopped(t.Context())
			require.NoError(t, err)
			require.Len(t, stopped, 100)
		})
	}
}
