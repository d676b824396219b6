package slack

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
	"github.com/seed-6c43f0f2/attache/alerts"
)

// TestClasses is the table of what Slack's codes mean, written a second time so that a slip in either shows.
func TestClasses(t *testing.T) {
	for class, codes := range map[alerts.Class][]string{
		alerts.Wait:      {"ratelimited", "rate_limited", "message_limit_exceeded", "team_added_to_org"},
		alerts.Ambiguous: {"fatal_error", "internal_error", "service_unavailable", "request_timeout"},
		alerts.ChannelDead: {
			"channel_not_found", "is_archived", "not_in_channel", "restricted_action", "restricted_action_read_only_channel",
			"restricted_action_thread_only_channel", "restricted_action_non_threadable_channel", "ekm_access_denied",
		},
		alerts.WorkspaceDead: {"account_inactive", "token_revoked", "app_uninstalled", "team_access_not_granted"},
		alerts.Credential:    {"invalid_auth", "token_expired", "missing_scope", "not_authed"},
		alerts.Poison: {
			"invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "msg_attachments_too_long",
			"metadata_too_large", "no_text", "message_not_found",
		},
		alerts.Unknown: {"", "moon_phase", "not_in_channel_either", "msg_too_short"},
	} {
		for _, code := range codes {
			e := classify(slack.SlackErrorResponse{Err: code}, false)
			require.Equal(t, class, e.Class, code)
			require.Contains(t, e.Error(), code)
			if class == alerts.ChannelDead || class == alerts.WorkspaceDead || class == alerts.Credential {
				require.NotEmpty(t, e.Say, code)
			}
		}
	}
}

// TestLostAnswers: what surely did not leave is unsent, all else may have been accepted.
func TestLostAnswers(t *testing.T) {
	secretURL := func(err error) error {
		return &url.Error{Op: "Post", URL: "https://hooks.slack.com/commands/T0/1/canary-url", Err: err}
	}
	for name, c := range map[string]struct {
		err    error
		unsent bool
		want   alerts.Class
	}{
		"dial refused":           {&net.OpError{Op: "dial", Err: errors.New("connection refused")}, false, alerts.Unsent},
		"no such host":           {&net.DNSError{Err: "no such host"}, false, alerts.Unsent},
		"reset while reading":    {&net.OpError{Op: "read", Err: errors.New("connection reset by peer")}, false, alerts.Ambiguous},
		"reset, nothing written": {&net.OpError{Op: "read", Err: errors.New("connection reset by peer")}, true, alerts.Unsent},
		"end of file":            {io.EOF, false, alerts.Ambiguous},
		"deadline":               {context.DeadlineExceeded, false, alerts.Ambiguous},
		"500":                    {slack.StatusCodeError{Code: 500}, false, alerts.Ambiguous},
		"504":                    {slack.StatusCodeError{Code: 504}, false, alerts.Ambiguous},
		"408":                    {slack.StatusCodeError{Code: 408}, false, alerts.Ambiguous},
		"401":                    {slack.StatusCodeError{Code: 401}, false, alerts.Credential},
		"403":                    {slack.StatusCodeError{Code: 403}, false, alerts.ChannelDead},
		"429":                    {slack.StatusCodeError{Code: 429}, false, alerts.Wait},
		"307":                    {slack.StatusCodeError{Code: 307}, false, alerts.Ambiguous},
		"400":                    {slack.StatusCodeError{Code: 400}, false, alerts.Ambiguous},
		"413":                    {slack.StatusCodeError{Code: 413}, false, alerts.Poison},
	} {
		e := classify(secretURL(c.err), c.unsent)
		require.Equal(t, c.want, e.Class, name)
		require.NotContains(t, e.Error(), "canary", name)
	}
}

// TestRefusedTokenIsFinal: after a refused token no call is made, by whatever method.
func TestRefusedTokenIsFinal(t *testing.T) {
	for _, code := range []string{"invalid_auth", "token_expired", "token_revoked", "account_inactive"} {
		r := newRig(t, setting{})
		r.Revoke(code)
		require.NoError(t, r.Healthy())
		_, err := r.Post(t.Context(), news(channel("C1"), "one"))
		require.Error(t, err)
		calls := r.Calls("")
		r.Revoke("")
		for range 3 {
			_, err = r.Post(t.Context(), news(channel("C2"), "two"))
			var e *alerts.SendError
			require.ErrorAs(t, err, &e)
			require.Contains(t, []alerts.Class{alerts.Credential, alerts.WorkspaceDead}, e.Class)
			_, err = r.Find(t.Context(), news(channel("C2"), "two"))
			require.ErrorAs(t, err, &e)
			require.NotEmpty(t, alerts.Say(r.Check(t.Context(), channel("C1"))))
			r.people.actor(t.Context(), identity{Team: slacktest.Team}, "U1", "ada")
		}
		require.Equal(t, calls, r.Calls(""), "%s: called after it", code)
		require.NotEmpty(t, alerts.Say(r.Healthy()))
	}
}

// TestALackingScopeStopsWhatNeedsIt: without chat:write nothing is posted, after one refusal, and all else goes on: looking,
// checking, and telling who asks.
func TestALackingScopeStopsWhatNeedsIt(t *testing.T) {
	r := newRig(t, setting{})
	r.SetScopes("channels:read", "channels:history", "users:read")
	for range 3 {
		_, err := r.Post(t.Context(), news(channel("C1"), "one"))
		var e *alerts.SendError
		require.ErrorAs(t, err, &e)
		require.Equal(t, alerts.Credential, e.Class)
		require.Contains(t, e.Error(), "chat:write")
	}
	require.Equal(t, 1, r.Calls("chat.postMessage"))
	require.NotEmpty(t, alerts.Say(r.Healthy()))
	_, err := r.Find(t.Context(), news(channel("C1"), "one"))
	require.NoError(t, err)
	require.Contains(t, alerts.Say(r.Check(t.Context(), channel("C1"))), "chat:write")
	require.Positive(t, r.Calls("conversations.history"))
	require.Positive(t, r.Calls("conversations.info"))
	before := r.Calls("users.info")
	r.people.actor(t.Context(), identity{Team: slacktest.Team}, "U1", "ada")
	require.Greater(t, r.Calls("users.info"), before)
}

// TestOnePostIsOneRequest: whatever becomes of the answer, a post is never repeated by itself.
func TestOnePostIsOneRequest(t *testing.T) {
	for _, f := range []slacktest.Fault{{Status: 502, Accept: true}, {Drop: true, Accept: true}, {Status: 307}, {Status: 503}, {Code: "fatal_error", Accept: true}} {
		r := newRig(t, setting{})
		_, err := r.Post(t.Context(), news(channel("C1"), "warm the connection up"))
		require.NoError(t, err)
		r.Fail(f)
		_, err = r.Post(t.Context(), news(channel("C1"), "once"))
		require.Error(t, err)
		require.Equal(t, 2, r.Calls("chat.postMessage"))
	}
}

// TestNothingListens: a post without a connection is surely not accepted.
func TestNothingListens(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := "http://" + l.Addr().String() + "/api/"
	require.NoError(t, l.Close())
	a, err := New(Options{BotToken: botToken, APIURL: address})
	require.NoError(t, err)
	_, err = a.Post(t.Context(), news(channel("C1"), "x"))
	var e *alerts.SendError
	require.ErrorAs(t, err, &e)
	require.Equal(t, alerts.Unsent, e.Class)
	quiet(t, e.Error())
}

// TestHungPost: a post whose context ends while Slack is silent may have been accepted.
func TestHungPost(t *testing.T) {
	r := newRig(t, setting{})
	r.Fail(slacktest.Fault{Hang: true, Accept: true})
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err := r.Post(ctx, news(channel("C1"), "x"))
	var e *alerts.SendError
	require.ErrorAs(t, err, &e)
	require.Equal(t, alerts.Ambiguous, e.Class)
}

// TestUntracedTransport: a transport that never traces its requests must not make doubt look like certainty.
func TestUntracedTransport(t *testing.T) {
	r := newRig(t, setting{options: Options{Transport: cutting{}}})
	_, err := r.Post(t.Context(), news(channel("C1"), "x"))
	var e *alerts.SendError
	require.ErrorAs(t, err, &e)
	require.Equal(t, alerts.Ambiguous, e.Class)
}

type cutting struct{}

func (cutting) RoundTrip(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF }
