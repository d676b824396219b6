package slack

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
)

// ackLimit is Slack's: https://docs.slack.dev/interactivity/handling-user-interaction
const ackLimit = 3 * time.Second

func envelope(id, kind string, payload any) slacktest.Envelope {
	return slacktest.Envelope{ID: id, Type: kind, Payload: payload}
}

func send(t *testing.T, r *rig, e slacktest.Envelope) slacktest.Ack {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	ack, err := r.Send(ctx, e)
	require.NoError(t, err)
	require.Less(t, ack.Took, ackLimit)
	return ack
}

// TestAcknowledgedFirst: the envelope is acknowledged while the Desk still thinks; the answer comes later.
func TestAcknowledgedFirst(t *testing.T) {
	r := newRig(t, setting{listen: true})
	hold := make(chan struct{})
	r.desk.hold = hold
	send(t, r, envelope("e1", kindCommand, r.Command("U3", "C1", "lookup Putin")))
	require.Empty(t, r.Responses())
	close(hold)
	require.Equal(t, "line lookup Putin", r.desk.next(t).Command)
	until(t, "the answer is there", func() bool { return len(r.Responses()) == 1 })
}

// TestOneEffect: each envelope is sent three times and has one effect.
func TestOneEffect(t *testing.T) {
	r := newRig(t, setting{listen: true})
	const n = 20
	for i := range n {
		payload := r.Command("U3", "C1", fmt.Sprint("lookup ", i))
		e := envelope(fmt.Sprint("e", i), kindCommand, payload)
		for retry := range 3 {
			e.Retry = retry
			send(t, r, e)
		}
		e.ID += "-anew" // the same command in a new envelope
		send(t, r, e)
	}
	event := r.Event("member_joined_channel", map[string]any{"user": slacktest.BotUser, "channel": "C3"})
	for i := range 3 {
		send(t, r, envelope(fmt.Sprint("v", i), kindEvent, event))
	}
	seen := map[string]int{}
	for range n {
		seen[r.desk.next(t).Command]++
	}
	require.Len(t, seen, n)
	until(t, "the greeting is there", func() bool { return len(r.Messages("C3")) == 1 })
	require.NoError(t, r.Adapter.Close())
	require.Empty(t, r.desk.done)
	require.Len(t, r.Messages("C3"), 1)
	require.Contains(t, r.Messages("C3")[0].Read().Text, "Attaché has joined Newsroom")
}

// TestReconnects: after a polite and after a rude end of the connection commands are heard again.
func TestReconnects(t *testing.T) {
	r := newRig(t, setting{listen: true})
	for i, end := range []func(){func() { r.Disconnect("refresh_requested") }, r.Drop, func() { r.Disconnect("warning") }, r.Drop} {
		opened := r.Calls("apps.connections.open")
		end()
		until(t, "a new socket is open", func() bool { return r.Calls("apps.connections.open") > opened && r.Sockets() == 1 })
		until(t, "a command is heard", func() bool {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			_, err := r.Send(ctx, envelope(fmt.Sprint("e", i), kindCommand, r.Command("U3", "C1", fmt.Sprint("lookup ", i))))
			return err == nil
		})
		require.Equal(t, fmt.Sprint("line lookup ", i), r.desk.next(t).Command)
	}
}

// TestUnreadableFrames: what the library can't read is acknowledged, or at least does no harm.
func TestUnreadableFrames(t *testing.T) {
	r := newRig(t, setting{listen: true})
	r.Write("no object")
	r.Write(map[string]any{"type": "something_new", "payload": map[string]any{}})
	send(t, r, envelope("odd1", kindEvent, r.Event("something_new", map[string]any{"user": 7})))
	send(t, r, envelope("odd2", kindCommand, []string{"no", "command"}))
	send(t, r, envelope("odd3", kindInteraction, map[string]any{"type": "shortcut"}))
	send(t, r, envelope("e1", kindCommand, r.Command("U3", "C1", "still here")))
	require.Equal(t, "line still here", r.desk.next(t).Command)
}

// TestRefusedAppToken: Run ends and says what to do; posting goes on.
func TestRefusedAppToken(t *testing.T) {
	for _, f := range []slacktest.Fault{
		{Method: openMethod, Code: "invalid_auth"}, {Method: openMethod, Code: "token_revoked"}, {Method: openMethod, Code: "token_expired"},
	} {
		r := newRig(t, setting{})
		a, err := New(Options{BotToken: botToken, AppToken: appToken, APIURL: r.APIURL(), Desk: r.desk, Pace: fast()})
		require.NoError(t, err)
		r.Fail(f)
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		err = a.Run(ctx)
		cancel()
		require.Contains(t, alerts.Say(err), "app_token", f.Code)
		quiet(t, err.Error())
		require.Equal(t, 1, r.Calls(openMethod))
		_, err = a.Post(t.Context(), news(channel("C1"), "still posts"))
		require.NoError(t, err)
	}
}

// TestRefusedBotToken: Run ends before it opens a socket.
func TestRefusedBotToken(t *testing.T) {
	r := newRig(t, setting{})
	r.Revoke("account_inactive")
	require.NotEmpty(t, alerts.Say(r.Run(t.Context())))
	require.Zero(t, r.Calls(openMethod))
}

// TestSupervised: where the library gives up, such as after a 404, another session begins.
func TestSupervised(t *testing.T) {
	r := newRig(t, setting{})
	a, err := New(Options{BotToken: botToken, AppToken: appToken, APIURL: r.APIURL(), Desk: r.desk, Pace: fast()})
	require.NoError(t, err)
	r.Fail(slacktest.Fault{Method: openMethod, Status: http.StatusNotFound}, slacktest.Fault{Method: openMethod, Code: "internal_error"})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	until(t, "the socket is open", func() bool { return r.Sockets() == 1 })
	cancel()
	require.NoError(t, <-ended)
}

// TestNothingIsLeft: after Run no goroutine of ours goes on.
func TestNothingIsLeft(t *testing.T) {
	before := goleak.IgnoreCurrent()
	t.Run("run", func(t *testing.T) {
		r := newRig(t, setting{listen: true})
		send(t, r, envelope("e1", kindCommand, r.Command("U3", "C1", "x")))
		r.desk.next(t)
		t.Cleanup(r.gate.next.(*http.Transport).CloseIdleConnections)
	})
	goleak.VerifyNone(t, before)
}

// TestRoles: who is an administrator and in which group, as Slack says, and believed for a while.
func TestRoles(t *testing.T) {
	now := time.Now()
	r := newRig(t, setting{options: Options{
		Groups: []string{"slack:T0NEWS/S1", "slack:T0NEWS/S404", "slack:T0NEWS/U3", "slack:T1/S1", "discord:1/2"}, Now: func() time.Time { return now },
	}})
	me := identity{Team: slacktest.Team}
	r.AddUser(slacktest.User{ID: "U6", Admin: true, Deleted: true})
	r.AddUser(slacktest.User{ID: "U7", Admin: true, Guest: true})
	for user, want := range map[string]commands.Actor{
		"U1": {Admin: true}, "U2": {Admin: true}, "U3": {Groups: []string{"S1"}}, "U4": {}, "U5": {}, "U6": {}, "U7": {}, "U9": {}, "U404": {},
	} {
		want.ID, want.Name = user, "n"
		require.Equal(t, want, r.people.actor(t.Context(), me, user, "n\u202e"), user)
	}
	calls := r.Calls("users.info")
	require.True(t, r.people.actor(t.Context(), me, "U1", "").Admin)
	require.Equal(t, calls, r.Calls("users.info"), "asked once")
	r.AddUser(slacktest.User{ID: "U1"})
	now = now.Add(trust + time.Second)
	require.False(t, r.people.actor(t.Context(), me, "U1", "").Admin, "no longer")

	r.SetScopes("chat:write")
	now = now.Add(trust + time.Second)
	require.False(t, r.people.actor(t.Context(), me, "U2", "").Admin, "what is not known is no")
	require.NoError(t, r.Healthy())
}

// TestWhereAndWho: a direct message has no channel; somebody of a connected workspace is answered nothing.
func TestWhereAndWho(t *testing.T) {
	r := newRig(t, setting{listen: true})
	send(t, r, envelope("e1", kindCommand, r.Command("U3", "D1", "watch add &lt;b&gt; &amp; c")))
	got := r.desk.next(t)
	require.Empty(t, got.Channel)
	require.Equal(t, "line watch add <b> & c", got.Command)
	until(t, "it is answered", func() bool { return len(r.Responses()) == 1 })

	send(t, r, envelope("e2", kindCommand, r.Command("U9", "C1", "watch list")))
	send(t, r, envelope("e3", kindInteraction, r.Click("U9", "C1", "1.1", "why", "aaaabbbb")))
	until(t, "both are refused", func() bool { return len(r.Responses()) == 3 })
	for _, a := range r.Responses()[1:] {
		require.Equal(t, sayOutsider, a.Message.Text)
		require.Equal(t, "ephemeral", a.Type)
	}
	for _, value := range []string{"", "AAAABBBB", "aaaabbbb2", "<!channel>"} {
		send(t, r, envelope("bad"+value, kindInteraction, r.Click("U3", "C1", "1.1", "why", value)))
	}
	send(t, r, envelope("other", kindInteraction, r.Click("U3", "C1", "1.1", "other", "aaaabbbb")))
	require.NoError(t, r.Adapter.Close())
	require.Empty(t, r.desk.done)
}

// TestAnswers: an answer for all is for all, a failed one never, and one from a thread goes into it.
func TestAnswers(t *testing.T) {
	r := newRig(t, setting{listen: true})
	r.desk.reply = func(_ commands.Request, line string) commands.Reply {
		return commands.Reply{Title: line, Private: line == "mine", Failed: line == "wrong"}
	}
	for i, want := range []struct{ line, kind string }{{"all", "in_channel"}, {"mine", "ephemeral"}, {"wrong", "ephemeral"}} {
		send(t, r, envelope(want.line, kindCommand, r.Command("U3", "C1", want.line)))
		until(t, "it is answered", func() bool { return len(r.Responses()) == i+1 })
		require.Equal(t, want.kind, r.Responses()[i].Type, want.line)
	}
	root, err := r.Post(t.Context(), news(channel("C1"), "root"))
	require.NoError(t, err)
	d := news(channel("C1"), "reply")
	d.Part, d.RootMessage = alerts.ReplyPart(1), root
	in, err := r.Post(t.Context(), d)
	require.NoError(t, err)
	send(t, r, envelope("why", kindInteraction, r.Click("U3", "C1", in, "why", "aaaabbbb")))
	until(t, "it is answered", func() bool { return len(r.Responses()) == 4 })
	last := r.Responses()[3]
	require.Equal(t, root, last.Thread)
	require.Equal(t, "ephemeral", last.Type, "a click is answered to who clicked")
}

// TestAnswersAreTriedAgain: where they surely did not arrive, and nowhere else.
func TestAnswersAreTriedAgain(t *testing.T) {
	r := newRig(t, setting{})
	r.Fail(slacktest.Fault{Method: "response_url", Status: 429, RetryAfter: "1"})
	r.respond(t.Context(), response{URL: r.ResponseURL(), drawing: drawing{Text: "x"}})
	require.Len(t, r.Responses(), 1)
	require.Equal(t, 2, r.Calls("response_url"))
	r.Fail(slacktest.Fault{Method: "response_url", Status: 500, Times: 5})
	r.respond(t.Context(), response{URL: r.ResponseURL(), drawing: drawing{Text: "x"}})
	require.Equal(t, 3, r.Calls("response_url"))
}

// TestResponseURLs: nothing is sent where a payload pleases, however its address is spelt.
func TestResponseURLs(t *testing.T) {
	a, err := New(Options{BotToken: botToken, Transport: none{t}})
	require.NoError(t, err)
	for address, ok := range map[string]bool{
		"https://hooks.slack.com/commands/T/1/x":        true,
		"https://HOOKS.slack.com/actions/T/1/x":         true,
		"https://slack.com/api/x":                       true,
		"http://hooks.slack.com/commands/T/1/x":         false,
		"https://hooks.slack.com.evil.example/x":        false,
		"https://hooks.slack.com@evil.example/x":        false,
		"https://u:p@hooks.slack.com/x":                 false,
		"https://evil.example/https://hooks.slack.com/": false,
		"https://hooks.slack.com:8443/x":                false,
		"https://hooks.slack.com\\@evil.example/":       false,
		"http://169.254.169.254/latest":                 false,
		"http://127.0.0.1:80/":                          false,
		"file:///etc/passwd":                            false,
		"//hooks.slack.com/x":                           false,
		"":                                              false,
	} {
		_, err := a.responseURL(address)
		require.Equal(t, ok, err == nil, address)
		if !ok {
			require.Error(t, a.respondOnce(t.Context(), response{URL: address}))
		}
	}
	// A redirect of Slack's own host is not followed.
	r := newRig(t, setting{})
	hits := 0
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits++ }))
	t.Cleanup(elsewhere.Close)
	front := httptest.NewServer(http.RedirectHandler(elsewhere.URL, http.StatusTemporaryRedirect))
	t.Cleanup(front.Close)
	b, err := New(Options{BotToken: botToken, APIURL: front.URL + "/api/"})
	require.NoError(t, err)
	require.Error(t, b.respondOnce(t.Context(), response{URL: front.URL + "/x", drawing: drawing{Text: "x"}}))
	_, err = b.Post(t.Context(), news(channel("C1"), "x"))
	require.Error(t, err)
	require.Zero(t, hits)
	_ = r
}

// none is a transport that must not be used.
type none struct{ t *testing.T }

func (n none) RoundTrip(r *http.Request) (*http.Response, error) {
	n.t.Errorf("a request went to %s", r.URL.Host)
	return nil, http.ErrUseLastResponse
}

// TestRemoved: the app is uninstalled, or its token revoked: the workspace's subscriptions stop, and no call is made.
func TestRemoved(t *testing.T) {
	for name, event := range map[string]map[string]any{
		"app_uninstalled": nil,
		"tokens_revoked":  {"tokens": map[string]any{"bot": []string{slacktest.BotUser}}},
	} {
		r := newRig(t, setting{})
		require.NoError(t, r.take(t.Context(), kindEvent, "", marshal(t, r.Event("tokens_revoked", map[string]any{"tokens": map[string]any{"oauth": []string{"U1"}}}))))
		require.NoError(t, r.take(t.Context(), kindEvent, "", marshal(t, r.Event("member_joined_channel", map[string]any{"user": "U1", "channel": "C1"}))))
		require.NoError(t, r.Adapter.Close())
		require.NoError(t, r.Healthy(), "a person's token or joining is none of ours")
		require.Zero(t, r.desk.welcome)
		require.NoError(t, r.take(t.Context(), kindEvent, "", marshal(t, r.Event(name, event))))
		require.NoError(t, r.Adapter.Close())
		require.Equal(t, []alerts.Workspace{workspace}, r.desk.left, name)
		_, err := r.Post(t.Context(), news(channel("C1"), "x"))
		var e *alerts.SendError
		require.ErrorAs(t, err, &e)
		require.Equal(t, alerts.WorkspaceDead, e.Class)
		require.Zero(t, r.Calls("chat.postMessage"))
	}
	r := newRig(t, setting{})
	foreign := r.Event("app_uninstalled", nil)
	foreign["team_id"] = "T0OTHER"
	require.NoError(t, r.take(t.Context(), kindEvent, "", marshal(t, foreign)))
	require.NoError(t, r.Adapter.Close())
	require.Empty(t, r.desk.left, "another workspace's event changes nothing here")
}

// TestAChannelIsLost: one that the app is removed from, or that is closed, stops before a post is refused there.
func TestAChannelIsLost(t *testing.T) {
	lost := map[alerts.Channel]string{}
	r := newRig(t, setting{options: Options{Lost: func(_ context.Context, c alerts.Channel, say string) error {
		lost[c] = say
		return nil
	}}})
	for i, kind := range []string{"member_left_channel", "channel_left", "group_left", "channel_archive", "group_archive", "channel_deleted", "group_deleted"} {
		id := fmt.Sprint("C7", i)
		require.NoError(t, r.take(t.Context(), kindEvent, "", marshal(t, r.Event(kind, map[string]any{"user": slacktest.BotUser, "channel": id}))))
		require.NoError(t, r.Adapter.Close())
		require.NotEmpty(t, lost[channel(id)], kind)
	}
	n := len(lost)
	require.NoError(t, r.take(t.Context(), kindEvent, "", marshal(t, r.Event("member_left_channel", map[string]any{"user": "U1", "channel": "C1"}))))
	require.NoError(t, r.take(t.Context(), kindEvent, "", marshal(t, r.Event("channel_left", map[string]any{"channel": "no channel"}))))
	require.NoError(t, r.Adapter.Close())
	require.Len(t, lost, n, "a person leaving is none of ours")
}

// TestNew: mistakes in the options are named, without the tokens.
func TestNew(t *testing.T) {
	_, err := New(Options{BotToken: "canary-no-token", AppToken: "xoxb-canary", Desk: &desk{}})
	require.Contains(t, err.Error(), "bot_token")
	require.Contains(t, err.Error(), "app_token")
	require.NotContains(t, err.Error(), "canary")
	_, err = New(Options{BotToken: botToken, Desk: &desk{}})
	require.True(t, strings.Contains(alerts.Say(err), "signing_secret"))
	_, err = New(Options{BotToken: botToken, APIURL: "://"})
	require.NotEmpty(t, alerts.Say(err))
}
