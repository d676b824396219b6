//go:build e2e

package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
)

const (
	slackBlocks = "../../shared/protocol/slack-blocks.schema.json" // the vendor's types as a JSON Schema, where there is one
	botToken    = "xoxb-feedbot"                                   // as peers/slack.yaml says
	adminToken  = "xoxp-admin"
	appToken    = "xapp-newsroom"
	signing     = "signing-secret-of-the-newsroom"
	editors     = "S0EDITORS" // the user group that reader is in
)

// newsroom is a Slack workspace: emulate has its channels, people and messages, our own fake the Socket Mode and the
// response URLs that emulate lacks, and a proxy before both holds every message against Slack's types.
type newsroom struct {
	api     string // the proxy's address
	emulate string
	fake    *slacktest.Server
	blocks  *jsonschema.Schema // nil: not checked

	Team, BotUser, Channel, Reader, Admin string

	mu      sync.Mutex
	checked int
	wrong   []string
}

func newNewsroom(t *testing.T) *newsroom {
	t.Helper()
	port := freePort(t)
	start(t, nil, node(t), "node_modules/.bin/emulate", "start", "-s", "slack", "-p", fmt.Sprint(port), "--host", "127.0.0.1", "--seed", "peers/slack.yaml")
	n := &newsroom{emulate: fmt.Sprintf("http://127.0.0.1:%d", port), blocks: newBlocks(t)}
	n.fake = slacktest.Start(slacktest.Config{AppToken: appToken, SigningSecret: signing})
	t.Cleanup(n.fake.Close)
	var me struct {
		Team string `json:"team_id"`
		User string `json:"user_id"`
	}
	eventually(t, "emulate starts", func() bool { return n.ask("auth.test", botToken, nil, &me) == nil })
	n.Team, n.BotUser = me.Team, me.User
	n.meet(t)
	server := httptest.NewServer(http.HandlerFunc(n.proxy))
	t.Cleanup(server.Close)
	n.api = server.URL
	return n
}

// meet finds the channel and the people, and has the bot invited.
func (n *newsroom) meet(t *testing.T) {
	t.Helper()
	var found struct {
		Channels []struct{ ID, Name string }
		Members  []struct{ ID, Name string }
	}
	require.NoError(t, n.ask("conversations.list", botToken, nil, &found))
	require.NoError(t, n.ask("users.list", botToken, nil, &found))
	for _, c := range found.Channels {
		if c.Name == "articles" {
			n.Channel = c.ID
		}
	}
	for _, u := range found.Members {
		switch u.Name {
		case "reader":
			n.Reader = u.ID
		case "admin":
			n.Admin = u.ID
		}
	}
	require.NotEmpty(t, n.Channel)
	require.NotEmpty(t, n.Reader)
	require.NotEmpty(t, n.Admin)
	require.NoError(t, n.ask("conversations.invite", adminToken, url.Values{"channel": {n.Channel}, "users": {n.BotUser}}, nil))
}

// ask calls a method of emulate as the test itself.
func (n *newsroom) ask(method, token string, args url.Values, out any) error {
	req, err := http.NewRequest(http.MethodPost, n.emulate+"/api/"+method, strings.NewReader(args.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Authorization", "Bearer "+token)
	r, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	var said struct {
		OK    bool
		Error string
	}
	if err := json.Unmarshal(body, &said); err != nil || !said.OK {
		return fmt.Errorf("%s: %s: %s", method, r.Status, body)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(body, out)
}

// proxy checks and hands on, and answers what emulate lacks.
func (n *newsroom) proxy(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	form, _ := url.ParseQuery(string(body))
	method := strings.TrimPrefix(r.URL.Path, "/api/")
	target := n.emulate
	switch {
	case method == "apps.connections.open" || strings.HasPrefix(r.URL.Path, "/respond/"):
		target = strings.TrimSuffix(n.fake.APIURL(), "/api/")
	case method == "usergroups.users.list":
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{"ok": form.Get("usergroup") == editors, "users": []string{n.Reader}})
		return
	}
	n.note(r.URL.Path, form, body)
	q, _ := http.NewRequestWithContext(r.Context(), r.Method, target+r.URL.RequestURI(), bytes.NewReader(body))
	q.Header = r.Header.Clone()
	if form.Get("token") != "" { // emulate reads it from the header alone
		q.Header.Set("Authorization", "Bearer "+form.Get("token"))
	}
	resp, err := http.DefaultTransport.RoundTrip(q)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer resp.Body.Close()
	w.Header().Set("Content-Type", resp.Header.Get("Content-Type"))
	w.WriteHeader(resp.StatusCode)
	_, _ = io.Copy(w, resp.Body)
}

// note checks what is shown to people: posts, edits and answers.
func (n *newsroom) note(path string, form url.Values, body []byte) {
	var blocks []byte
	switch {
	case path == "/api/chat.postMessage" || path == "/api/chat.update":
		blocks = []byte(form.Get("blocks"))
		if form.Get("unfurl_links") != "false" || form.Get("unfurl_media") != "false" {
			n.complain(path+": unfurls are not off", body)
		}
		if form.Get("text") == "" {
			n.complain(path+": no text for notifications", body)
		}
	case strings.HasPrefix(path, "/respond/"):
		var answer struct{ Blocks json.RawMessage }
		if err := json.Unmarshal(body, &answer); err != nil {
			n.complain(path+": "+err.Error(), body)
		}
		blocks = answer.Blocks
	default:
		return
	}
	if len(blocks) == 0 || n.blocks == nil {
		return
	}
	n.mu.Lock()
	n.checked++
	n.mu.Unlock()
	if err := checkBlocks(n.blocks, blocks); err != nil {
		n.complain(path+": "+err.Error(), blocks)
	}
}

func (n *newsroom) complain(what string, body []byte) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.wrong = append(n.wrong, fmt.Sprintf("%s\n%s", what, body))
}

// done requires that nothing was wrong with any message.
func (n *newsroom) done(t *testing.T) {
	t.Helper()
	n.mu.Lock()
	defer n.mu.Unlock()
	require.Empty(t, n.wrong)
	require.Empty(t, n.fake.Complaints())
	if n.blocks != nil {
		require.NotZero(t, n.checked)
		t.Logf("the blocks of %d messages held against Slack's types", n.checked)
	}
}

// newBlocks compiles the schema of a message's blocks.
func newBlocks(t *testing.T) *jsonschema.Schema {
	t.Helper()
	source, err := os.ReadFile(slackBlocks)
	if os.IsNotExist(err) {
		t.Logf("NOT CHECKED: %s is absent, so messages are not held against Slack's types", slackBlocks)
		return nil
	}
	require.NoError(t, err)
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(source))
	require.NoError(t, err)
	const at = "https://slack.invalid/blocks.json"
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource(at, document))
	schema, err := compiler.Compile(at + "#/definitions/SlackMessageBlocks")
	require.NoError(t, err)
	return schema
}

func checkBlocks(schema *jsonschema.Schema, blocks []byte) error {
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(blocks))
	if err != nil {
		return fmt.Errorf("read blocks: %w", err)
	}
	return schema.Validate(value)
}

// shown is what stands in the channel, oldest last.
func (n *newsroom) shown(t *testing.T) string {
	t.Helper()
	var history struct{ Messages json.RawMessage }
	require.NoError(t, n.ask("conversations.history", botToken, url.Values{"channel": {n.Channel}}, &history))
	return string(history.Messages)
}

// typed is the payload of a slash command.
func (n *newsroom) typed(user, name, text string) map[string]string {
	c := n.fake.Command(user, n.Channel, text)
	c["team_id"], c["user_name"], c["channel_name"] = n.Team, name, "articles"
	c["response_url"] = n.own(c["response_url"])
	return c
}

// clicked is the payload of a click on a button.
func (n *newsroom) clicked(user, message, action, value string) map[string]any {
	c := n.fake.Click(user, n.Channel, message, action, value)
	c["team"] = map[string]any{"id": n.Team, "domain": "newsroom"}
	c["user"] = map[string]any{"id": user, "username": "reader", "team_id": n.Team}
	c["response_url"] = n.own(c["response_url"].(string))
	return c
}

// own makes an address of the fake's one of the proxy's.
func (n *newsroom) own(address string) string {
	return strings.Replace(address, strings.TrimSuffix(n.fake.APIURL(), "/api/"), n.api, 1)
}

// socket sends a payload through the bot's socket and requires that it is acknowledged in Slack's three seconds.
func (n *newsroom) socket(t *testing.T, kind, id string, payload any) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	ack, err := n.fake.Send(ctx, slacktest.Envelope{ID: id, Type: kind, Payload: payload})
	require.NoError(t, err)
	require.Less(t, ack.Took.Seconds(), 3.0)
}

// expect waits until the bot answers what act does with a text that holds each of want, to whom kind says.
func (n *newsroom) expect(t *testing.T, kind string, act func(), want ...string) {
	t.Helper()
	before := len(n.fake.Responses())
	act()
	var got []slacktest.Response
	eventually(t, fmt.Sprintf("an answer that holds %q", want), func() bool {
		got = n.fake.Responses()[before:]
		return len(got) > 0
	})
	text := got[0].Message.Read().Text
	for _, s := range want {
		require.Contains(t, text, s)
	}
	require.Equal(t, kind, got[0].Type)
	require.False(t, got[0].Replace)
}
