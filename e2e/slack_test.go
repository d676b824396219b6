//go:build e2e

package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
)

// forSlack is a configuration; way is how Slack reaches the bot.
func (n *newsroom) forSlack(p *press, port int, way string) string {
	return fmt.Sprintf(`
store: sqlite:attache.db
fetch: {allow_private_networks: true, contact: "https://example.org/bot"}
listen: 127.0.0.1:%d
feeds:
  - {name: herald, url: %q, schedule: "@every 1s", source: {title: The Herald, country: US, ownership: independent}}
watchlists:
  - name: envoys
    watches: [{person: Steve Witkoff}]
subscriptions:
  - {channel: "slack:%s/%s", watchlists: [envoys]}
admins: {editors: ["slack:%s/%s"]}
platforms:
  slack: {bot_token: "${SLACK_BOT_TOKEN}", %s, api: "%s/api"}
`, port, p.url, n.Team, n.Channel, n.Team, editors, way, n.api)
}

var slackSecrets = []string{"SLACK_BOT_TOKEN=" + botToken, "SLACK_APP_TOKEN=" + appToken, "SLACK_SIGNING_SECRET=" + signing}

func TestSlack(t *testing.T) {
	n := newNewsroom(t)
	p := newPress(t)
	p.publish("Harbour opens after the storm", "Ships left the harbour on Sunday.")
	b := runBot(t, n.forSlack(p, freePort(t), `app_token: "${SLACK_APP_TOKEN}"`), slackSecrets, "run", "--debug")
	b.until(t, "the bot is connected", func() bool { return n.fake.Sockets() == 1 })

	joined := n.fake.Event("member_joined_channel", map[string]any{"user": n.BotUser, "channel": n.Channel, "team": n.Team})
	joined["team_id"] = n.Team
	n.socket(t, "events_api", "joined", joined)
	b.until(t, "the bot greets the channel", func() bool { return strings.Contains(n.shown(t), "/attache") })

	b.until(t, "the feed was visited", func() bool { return p.visits() > 0 })
	p.publish("Kremlin defends US envoy Steve Witkoff", "The president rejected charges of bias on Sunday.")
	b.until(t, "an alert arrives", func() bool { return strings.Contains(n.shown(t), "Kremlin defends US envoy") })
	require.NotContains(t, n.shown(t), "Harbour opens", "what fires no watch is not posted")

	command := func(id, user, name, text string) func() {
		return func() { n.socket(t, "slash_commands", id, n.typed(user, name, text)) }
	}
	n.expect(t, "in_channel", command("add", n.Reader, "reader", "watch add “Ursula von der Leyen” list:europe"), "Ursula von der Leyen", "europe")
	n.expect(t, "ephemeral", command("dare", n.Reader, "reader", "subscribe europe"), "admin")
	n.expect(t, "in_channel", command("subscribe", n.Admin, "admin", "subscribe europe"), "Subscribed")
	n.expect(t, "ephemeral", command("typo", n.Reader, "reader", "wach list"), "watch")
	p.publish("Commission presents its budget", "Ursula von der Leyen presented the budget in Strasbourg on Sunday.")
	b.until(t, "the next article fires it", func() bool { return strings.Contains(n.shown(t), "Commission presents its budget") })

	message, value := n.findButton(t, "Kremlin defends")
	n.expect(t, "ephemeral", func() { n.socket(t, "interactive", "why", n.clicked(n.Reader, message, "why", value)) }, "full name", "Steve Witkoff")

	b.stop(t)
	b.holdsBack(t, botToken, appToken, "/respond/")
	n.done(t)
}

// Over HTTP the same commands come signed to the bot's own address.
func TestSlackOverHTTP(t *testing.T) {
	n := newNewsroom(t)
	p := newPress(t)
	port := freePort(t)
	b := runBot(t, n.forSlack(p, port, `signing_secret: "${SLACK_SIGNING_SECRET}"`), slackSecrets, "run", "--debug")
	address := fmt.Sprintf("http://127.0.0.1:%d/slack/events", port)
	b.until(t, "the bot listens", func() bool {
		r, err := http.Get(fmt.Sprintf("http://127.0.0.1:%d/readyz", port))
		return err == nil && r.Body.Close() == nil && r.StatusCode == http.StatusOK
	})
	post := func(secret string, at time.Time, kind string, payload any) int {
		body, contentType := slacktest.Form(kind, payload)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, bytes.NewReader(body))
		require.NoError(t, err)
		r.Header = slacktest.Sign(secret, at, body)
		r.Header.Set("Content-Type", contentType)
		resp, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		return resp.StatusCode
	}
	require.Equal(t, http.StatusOK, post(signing, time.Now(), "events_api", map[string]any{"type": "url_verification", "challenge": "c"}))
	add := n.typed(n.Admin, "admin", "watch add Ursula von der Leyen list:europe")
	require.Equal(t, http.StatusUnauthorized, post("another secret", time.Now(), "slash_commands", add))
	require.Equal(t, http.StatusUnauthorized, post(signing, time.Now().Add(-time.Hour), "slash_commands", add))
	require.Empty(t, n.fake.Responses(), "what Slack did not sign is not worked on")
	n.expect(t, "in_channel", func() { require.Equal(t, http.StatusOK, post(signing, time.Now(), "slash_commands", add)) }, "von der Leyen")
	n.expect(t, "in_channel", func() {
		require.Equal(t, http.StatusOK, post(signing, time.Now(), "slash_commands", n.typed(n.Admin, "admin", "subscribe europe")))
	}, "Subscribed")
	p.publish("Harbour opens after the storm", "Ships left the harbour on Sunday.")
	b.until(t, "the feed was visited", func() bool { return p.visits() > 1 })
	p.publish("Commission presents its budget", "Ursula von der Leyen presented the budget in Strasbourg on Sunday.")
	b.until(t, "an alert arrives", func() bool { return strings.Contains(n.shown(t), "Commission presents its budget") })
	message, value := n.findButton(t, "Commission presents")
	n.expect(t, "ephemeral", func() {
		require.Equal(t, http.StatusOK, post(signing, time.Now(), "interactive", n.clicked(n.Reader, message, "why", value)))
	}, "full name")

	b.stop(t)
	b.holdsBack(t, botToken, signing, "/respond/")
	n.done(t)
}

// findButton returns the time stamp of the message that holds text, and its button's value.
func (n *newsroom) findButton(t *testing.T, text string) (message, value string) {
	t.Helper()
	var messages []struct {
		TS     string `json:"ts"`
		Blocks json.RawMessage
	}
	require.NoError(t, json.Unmarshal([]byte(n.shown(t)), &messages))
	for _, m := range messages {
		if buttons := (slacktest.Message{Blocks: m.Blocks}).Read().Buttons; strings.Contains(string(m.Blocks), text) && len(buttons) == 1 {
			return m.TS, buttons[0]
		}
	}
	require.FailNow(t, "no message has the button", n.shown(t))
	return "", ""
}

// The schema catches what Slack would refuse, and lets pass what it would take.
func TestBlocks(t *testing.T) {
	schema := newBlocks(t)
	if schema == nil {
		t.Skip("SKIPPED: no schema of Slack's is here")
	}
	for blocks, fine := range map[string]bool{
		`[{"type":"section","text":{"type":"plain_text","text":"a"}}]`: true,
		`[{"type":"section","text":{"type":"plain_text","text":7}}]`:   false,
		`[{"type":"chapter"}]`: false,
		`[{"type":"header","text":{"type":"plain_text","text":"` + strings.Repeat("a", 151) + `"}}]`:          false,
		`[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text"}]}]}]`:       false,
		`[{"type":"actions","elements":[{"type":"button","text":{"type":"mrkdwn","text":"a"},"value":"b"}]}]`: false,
	} {
		require.Equal(t, fine, checkBlocks(schema, []byte(blocks)) == nil, blocks)
	}
}
