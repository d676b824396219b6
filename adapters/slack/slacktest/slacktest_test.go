package slacktest_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
)

type answer map[string]any

func call(t *testing.T, s *slacktest.Server, method string, args ...string) (answer, *http.Response) {
	t.Helper()
	form := url.Values{"token": {"xoxb-test"}}
	for i := 0; i < len(args); i += 2 {
		form.Set(args[i], args[i+1])
	}
	resp, err := http.PostForm(s.APIURL()+method, form)
	require.NoError(t, err)
	defer resp.Body.Close()
	var a answer
	require.NoError(t, json.NewDecoder(resp.Body).Decode(&a))
	return a, resp
}

func start(t *testing.T, c slacktest.Config) *slacktest.Server {
	t.Helper()
	s := slacktest.Start(c)
	t.Cleanup(s.Close)
	return s
}

// TestRefuses: each of Slack's rules refuses what breaks it. A fake that takes everything proves nothing.
func TestRefuses(t *testing.T) {
	rich := func(leaf string) string {
		return `[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[` + leaf + `]}]}]`
	}
	button := `{"type":"button","action_id":"a","text":{"type":"plain_text","text":"x"}}`
	for blocks, want := range map[string]string{
		rich(`{"type":"text","text":"fine"}`):  "",
		`{}`:                                   "invalid_blocks_format",
		`[{"type":"section"}]`:                 "invalid_blocks",
		`[{"type":"rich_text","elements":[]}]`: "invalid_blocks",
		`[{"type":"moon"}]`:                    "invalid_blocks",
		rich(``):                               "invalid_blocks",
		rich(`{"type":"text","text":""}`):      "invalid_blocks",
		rich(`{"type":"text","text":"` + strings.Repeat("x", 3001) + `"}`):                                          "invalid_blocks",
		rich(`{"type":"text","text":"x","colour":"red"}`):                                                           "invalid_blocks",
		rich(`{"type":"text","text":"x","style":{"loud":true}}`):                                                    "invalid_blocks",
		rich(`{"type":"link","url":"javascript:alert(1)","text":"x"}`):                                              "invalid_blocks",
		rich(`{"type":"date","format":"{time}"}`):                                                                   "invalid_blocks",
		`[{"type":"actions","elements":[` + button + `,` + button + `]}]`:                                           "invalid_blocks",
		`[{"type":"context","elements":[{"type":"text","text":"x"}]}]`:                                              "invalid_blocks",
		`[` + strings.Repeat(`{"type":"divider"},`, 50) + `{"type":"divider"}]`:                                     "invalid_blocks",
		rich(strings.TrimSuffix(strings.Repeat(`{"type":"text","text":"`+strings.Repeat("x", 2900)+`"},`, 5), ",")): "msg_blocks_too_long",
	} {
		s := start(t, slacktest.Config{})
		a, _ := call(t, s, "chat.postMessage", "channel", "C1", "text", "t", "blocks", blocks)
		got, _ := a["error"].(string)
		require.Equal(t, want, got, blocks[:min(len(blocks), 120)])
		require.Equal(t, want == "", len(s.Complaints()) == 0)
	}
	for _, c := range []struct{ want, method, args string }{
		{"no_text", "chat.postMessage", "channel=C1"},
		{"msg_too_long", "chat.postMessage", "channel=C1&text=" + strings.Repeat("x", 4001)},
		{"invalid_metadata_format", "chat.postMessage", "channel=C1&text=x&metadata={}"},
		{"metadata_too_large", "chat.postMessage", `channel=C1&text=x&metadata={"event_type":"e","event_payload":{"x":"` + strings.Repeat("x", 9000) + `"}}`},
		{"channel_not_found", "chat.postMessage", "channel=C404&text=x"},
		{"not_in_channel", "chat.postMessage", "channel=C9&text=x"},
		{"invalid_auth", "chat.postMessage", "channel=C1&text=x&token=xoxb-other"},
		{"message_not_found", "chat.update", "channel=C1&text=x&ts=1.1"},
		{"user_not_found", "users.info", "user=U404"},
		{"no_such_subteam", "usergroups.users.list", "usergroup=S404"},
		{"unknown_method", "chat.sing", "channel=C1"},
		{"invalid_auth", "apps.connections.open", ""},
	} {
		form, err := url.ParseQuery(c.args)
		require.NoError(t, err)
		var args []string
		for k := range form {
			args = append(args, k, form.Get(k))
		}
		a, _ := call(t, start(t, slacktest.Config{}), c.method, args...)
		require.Equal(t, c.want, a["error"], c.args[:min(len(c.args), 80)])
	}
	s := start(t, slacktest.Config{Scopes: []string{"users:read"}})
	a, _ := call(t, s, "chat.postMessage", "channel", "C1", "text", "x")
	require.Equal(t, "missing_scope", a["error"])
	require.Equal(t, "chat:write", a["needed"])
}

// TestRates: a second message within the second is refused, and a call before a Retry-After has ended is counted.
func TestRates(t *testing.T) {
	now := time.Now()
	s := start(t, slacktest.Config{Now: func() time.Time { return now }})
	a, _ := call(t, s, "chat.postMessage", "channel", "C1", "text", "x")
	require.Equal(t, true, a["ok"])
	a, resp := call(t, s, "chat.postMessage", "channel", "C1", "text", "x")
	require.Equal(t, "ratelimited", a["error"])
	require.Equal(t, 429, resp.StatusCode)
	require.Equal(t, 1, s.Refused())
	a, _ = call(t, s, "chat.postMessage", "channel", "C2", "text", "x")
	require.Equal(t, true, a["ok"])
	now = now.Add(time.Second)
	a, _ = call(t, s, "chat.postMessage", "channel", "C1", "text", "x")
	require.Equal(t, true, a["ok"])

	s.Fail(slacktest.Fault{Code: "ratelimited", RetryAfter: "30", Everywhere: true})
	_, resp = call(t, s, "chat.postMessage", "channel", "C3", "text", "x")
	require.Equal(t, "30", resp.Header.Get("Retry-After"))
	call(t, s, "chat.postMessage", "channel", "C1", "text", "x")
	require.Zero(t, s.Early(), "it was on its way")
	now = now.Add(time.Millisecond)
	_, resp = call(t, s, "chat.postMessage", "channel", "C1", "text", "x")
	require.Equal(t, 1, s.Early())
	require.Equal(t, "30", resp.Header.Get("Retry-After"), "what is left of it")
	now = now.Add(31 * time.Second)
	call(t, s, "chat.postMessage", "channel", "C1", "text", "x")
	require.Equal(t, 1, s.Early())
}

// TestReads: mark-up is read as Slack's clients read it, so that an unescaped text is caught.
func TestReads(t *testing.T) {
	for _, c := range []struct {
		m    slacktest.Message
		want slacktest.Reading
	}{
		{slacktest.Message{Text: "<!channel> &lt;!here&gt;"}, slacktest.Reading{Text: "@channel <!here>", Mentions: []string{"channel"}}},
		{slacktest.Message{Text: "<@U1> <!subteam^S1>"}, slacktest.Reading{Text: "@U1 @S1", Mentions: []string{"U1", "S1"}}},
		{slacktest.Message{Text: "<https://x.example/?a&amp;b|go>"}, slacktest.Reading{Text: "go", Links: []string{"https://x.example/?a&b"}}},
		{slacktest.Message{Text: "see https://x.example"}, slacktest.Reading{Text: "see https://x.example", Links: []string{"https://x.example"}}},
		{slacktest.Message{Text: "see https://x.example", Parse: "none"}, slacktest.Reading{Text: "see https://x.example"}},
		{slacktest.Message{Text: "*b* _i_", Mrkdwn: true}, slacktest.Reading{Text: "b i"}},
		{slacktest.Message{Text: "@here", LinkNames: true}, slacktest.Reading{Text: "@here", Mentions: []string{"here"}}},
		{
			slacktest.Message{Text: "<!here>", Blocks: []byte(`[{"type":"section","text":{"type":"mrkdwn","text":"*x* <#C1|a>"}}]`)},
			slacktest.Reading{Text: "x #a", Mentions: []string{"here"}},
		},
	} {
		require.Equal(t, c.want, c.m.Read(), c.m.Text)
	}
}

// TestLate: what is accepted late appears late, and in the history later still.
func TestLate(t *testing.T) {
	now := time.Now()
	s := start(t, slacktest.Config{Now: func() time.Time { return now }, HistoryLag: time.Minute})
	s.Fail(slacktest.Fault{Status: 502, Body: "{}", Accept: true, Late: 10 * time.Second})
	call(t, s, "chat.postMessage", "channel", "C1", "text", "x", "metadata", `{"event_type":"e","event_payload":{"delivery_id":"d"}}`)
	require.Empty(t, s.Messages("C1"))
	require.Equal(t, 1, s.Count("d"))
	now = now.Add(11 * time.Second)
	require.Len(t, s.Messages("C1"), 1)
	read := func() int {
		a, _ := call(t, s, "conversations.history", "channel", "C1", "include_all_metadata", "true")
		return len(a["messages"].([]any))
	}
	require.Zero(t, read())
	now = now.Add(time.Minute)
	require.Equal(t, 1, read())
	s.Delete("C1", s.Messages("C1")[0].TS)
	require.Zero(t, read())
	require.Equal(t, 1, s.Count("d"), "it was posted, though it is deleted")
	call(t, s, "chat.postMessage", "channel", "C2", "text", "x", "metadata", `{"event_type":"e","event_payload":{"delivery_id":"d"}}`)
	require.Equal(t, 2, s.Count("d"), "whatever the channel")
	require.Zero(t, s.Count("e"))
}

// TestLateEdits: an edit is accepted late, whether or not it was answered, and what is accepted last stands.
func TestLateEdits(t *testing.T) {
	now := time.Now()
	s := start(t, slacktest.Config{Now: func() time.Time { return now }})
	posted, _ := call(t, s, "chat.postMessage", "channel", "C1", "text", "posted")
	shows := func() string { return s.Messages("C1")[0].Text }
	update := func(text string) {
		call(t, s, "chat.update", "channel", "C1", "ts", posted["ts"].(string), "text", text)
	}
	s.Fail(slacktest.Fault{Status: 502, Body: "{}", Accept: true, Late: 10 * time.Second}, slacktest.Fault{Status: 502, Body: "{}"})
	update("late")
	update("never")
	require.Equal(t, "posted", shows())
	update("at once")
	require.Equal(t, "at once", shows())
	now = now.Add(11 * time.Second)
	require.Equal(t, "late", shows())
}

// TestSockets: a ticket is good once, and the eleventh connection is turned away.
func TestSockets(t *testing.T) {
	s := start(t, slacktest.Config{})
	open := func() string {
		a, _ := call(t, s, "apps.connections.open", "token", "xapp-test")
		return a["url"].(string)
	}
	first := open()
	for i := range 11 {
		address := first
		if i > 0 {
			address = open()
		}
		c, _, err := websocket.DefaultDialer.Dial(address, nil)
		require.NoError(t, err)
		t.Cleanup(func() { _ = c.Close() })
		var hello answer
		require.NoError(t, c.ReadJSON(&hello))
		require.Equal(t, i == 10, hello["type"] == "disconnect", fmt.Sprint(hello))
	}
	_, resp, err := websocket.DefaultDialer.Dial(first, nil)
	require.Error(t, err)
	require.Equal(t, http.StatusForbidden, resp.StatusCode)
}

// TestResponseURL: it is good five times, for half an hour.
func TestResponseURL(t *testing.T) {
	now := time.Now()
	s := start(t, slacktest.Config{Now: func() time.Time { return now }})
	post := func(u string) string {
		resp, err := http.Post(u, "application/json", strings.NewReader(`{"text":"x"}`))
		require.NoError(t, err)
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		return strings.TrimSpace(string(b))
	}
	u, old := s.ResponseURL(), s.ResponseURL()
	for range 5 {
		require.Equal(t, "ok", post(u))
	}
	require.Equal(t, "used_url", post(u))
	now = now.Add(31 * time.Minute)
	require.Equal(t, "expired_url", post(old))
	require.Len(t, s.Responses(), 5)
}
