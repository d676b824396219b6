//go:build e2e

package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// discordAPI is the vendor's document, where there is one.
const discordAPI = "../../shared/protocol/discord-openapi.json"

// twin is discord-digital-twin with a proxy before it that holds each request against the vendor's document.
type twin struct {
	ctl, api string
	Port     int    `json:"port"`
	Token    string `json:"token"`
	App      string `json:"app_id"`
	Guild    string `json:"guild_id"`
	Channel  string `json:"channel_id"`
	User     string `json:"user_id"`

	mu      sync.Mutex
	checked int
	wrong   []string
	answers []map[string]any
}

func newTwin(t *testing.T) *twin {
	t.Helper()
	port := freePort(t)
	start(t, []string{fmt.Sprintf("TWIN_CTL=%d", port)}, node(t), "peers/discord.mjs")
	w := &twin{ctl: fmt.Sprintf("http://127.0.0.1:%d", port)}
	eventually(t, "the twin starts", func() bool { return call(w.ctl+"/info", nil, w) == nil })
	server := httptest.NewServer(w.proxy(newContract(t, discordAPI)))
	t.Cleanup(server.Close)
	w.api = server.URL
	return w
}

// proxy checks and hands on. The twin lacks two things of the vendor's: GET /gateway, and applications/@me.
func (w *twin) proxy(c *contract) http.HandlerFunc {
	return func(out http.ResponseWriter, in *http.Request) {
		body, _ := io.ReadAll(in.Body)
		w.note(c, in, body)
		target := *in.URL
		if target.Path == "/api/v10/gateway" {
			target.Path = "/api/v10/gateway/bot"
		}
		if target.Path == "/api/v10/applications/@me" {
			_ = json.NewEncoder(out).Encode(map[string]any{"id": w.App})
			return
		}
		target.Scheme, target.Host = "http", fmt.Sprintf("127.0.0.1:%d", w.Port)
		q, _ := http.NewRequestWithContext(in.Context(), in.Method, target.String(), bytes.NewReader(body))
		q.Header = in.Header.Clone()
		r, err := http.DefaultTransport.RoundTrip(q)
		if err != nil {
			http.Error(out, err.Error(), http.StatusBadGateway)
			return
		}
		defer r.Body.Close()
		for k, v := range r.Header {
			out.Header()[k] = v
		}
		out.WriteHeader(r.StatusCode)
		_, _ = io.Copy(out, r.Body)
	}
}

func (w *twin) note(c *contract, in *http.Request, body []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if c != nil {
		w.checked++
		if err := c.check(in, body); err != nil {
			w.wrong = append(w.wrong, fmt.Sprintf("%s %s: %v\n%s", in.Method, in.URL.Path, err, body))
		}
	}
	if strings.HasSuffix(in.URL.Path, "/callback") || in.Method == http.MethodPatch && strings.Contains(in.URL.Path, "/webhooks/") {
		var answer map[string]any
		_ = json.Unmarshal(body, &answer)
		w.answers = append(w.answers, answer)
	}
}

// expect waits until the bot answers what act does with a text that holds each of want.
func (w *twin) expect(t *testing.T, act func() error, want ...string) {
	t.Helper()
	w.mu.Lock()
	before := len(w.answers)
	w.mu.Unlock()
	require.NoError(t, act())
	said := ""
	ok := wait(func() bool {
		w.mu.Lock()
		defer w.mu.Unlock()
		b, _ := json.Marshal(w.answers[before:])
		said = string(b)
		for _, s := range want {
			if !strings.Contains(said, s) {
				return false
			}
		}
		return true
	})
	require.True(t, ok, "the answer holds %q: %s", want, said)
}

// shown is what stands in the channel.
func (w *twin) shown(t *testing.T) string {
	t.Helper()
	var messages any
	require.NoError(t, call(w.ctl+"/messages", map[string]any{}, &messages))
	b, err := json.Marshal(messages)
	require.NoError(t, err)
	return string(b)
}

func option(name string, value any) map[string]any {
	return map[string]any{"type": 3, "name": name, "value": value}
}

func (w *twin) slash(name, sub string, options ...any) func() error {
	if sub != "" {
		options = []any{map[string]any{"type": 1, "name": sub, "options": options}}
	}
	return w.do("/slash", map[string]any{"name": name, "options": options})
}

// do lets the person in the twin act.
func (w *twin) do(what string, with map[string]any) func() error {
	return func() error { return call(w.ctl+what, with, nil) }
}

// done requires that every request was as the vendor's document says.
func (w *twin) done(t *testing.T) {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	require.Empty(t, w.wrong)
	if _, err := os.Stat(discordAPI); err == nil {
		require.Greater(t, w.checked, 5)
		t.Logf("%d requests held against Discord's OpenAPI document", w.checked)
	}
}

func TestDiscord(t *testing.T) {
	w := newTwin(t)
	p := newPress(t)
	p.publish("Harbour opens after the storm", "Ships left the harbour on Sunday.")
	configuration := fmt.Sprintf(`
store: sqlite:attache.db
fetch: {allow_private_networks: true, contact: "https://example.org/bot"}
listen: 127.0.0.1:%d
feeds:
  - {name: herald, url: %q, schedule: "@every 1s", source: {title: The Herald, country: US, ownership: independent}}
watchlists:
  - name: envoys
    watches: [{person: Steve Witkoff}]
subscriptions:
  - {channel: "discord:%s/%s", watchlists: [envoys]}
platforms:
  discord: {token: "${DISCORD_TOKEN}", api: %q}
`, freePort(t), p.url, w.Guild, w.Channel, w.api)
	b := runBot(t, configuration, []string{"DISCORD_TOKEN=" + w.Token}, "run", "--debug")

	b.until(t, "the bot is connected", func() bool { return strings.Contains(b.errout.String(), "commands registered") })
	b.until(t, "the feed was visited", func() bool { return p.visits() > 0 })
	p.publish("Kremlin defends US envoy Steve Witkoff", "The president rejected charges of bias on Sunday.")
	b.until(t, "an alert arrives", func() bool { return strings.Contains(w.shown(t), "Kremlin defends US envoy") })
	require.NotContains(t, w.shown(t), "Harbour opens", "what fires no watch is not posted")

	w.expect(t, w.slash("watch", "add", option("name", "Ursula von der Leyen"), option("list", "europe")), "von der Leyen", "europe")
	w.expect(t, w.slash("subscribe", "", option("list", "europe")), "Subscribed")
	p.publish("Commission presents its budget", "Ursula von der Leyen presented the budget in Strasbourg on Sunday.")
	b.until(t, "the next article fires it", func() bool { return strings.Contains(w.shown(t), "Commission presents its budget") })

	w.expect(t, w.do("/interaction", map[string]any{"type": 4, "data": map[string]any{
		"id": "1", "name": "watch", "type": 1, "options": []any{map[string]any{"type": 1, "name": "show", "options": []any{
			map[string]any{"type": 3, "name": "name", "value": "leyen", "focused": true},
		}}},
	}}), `"choices"`, "Ursula von der Leyen")

	message, button := findButton(t, w)
	w.expect(t, w.do("/button", map[string]any{"messageId": message, "customId": button}), "full name", "Steve Witkoff")

	b.stop(t)
	b.holdsBack(t, w.Token)
	w.done(t)
}

// findButton returns the message and custom id of an alert's button.
func findButton(t *testing.T, w *twin) (message, id string) {
	t.Helper()
	var messages []struct {
		ID         string          `json:"id"`
		Components json.RawMessage `json:"components"`
	}
	require.NoError(t, call(w.ctl+"/messages", map[string]any{}, &messages))
	for _, m := range messages {
		text := string(m.Components)
		var unquoted string
		if json.Unmarshal(m.Components, &unquoted) == nil {
			text = unquoted
		}
		if _, after, ok := strings.Cut(text, `"custom_id":"`); ok {
			id, _, _ = strings.Cut(after, `"`)
			return m.ID, id
		}
	}
	require.FailNow(t, "no message has a button", w.shown(t))
	return "", ""
}
