package slack

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
	"github.com/seed-6c43f0f2/attache/alerts"
)

// TestFindBeyondAPage: the delivery is found behind 40 newer messages where a page holds 15.
func TestFindBeyondAPage(t *testing.T) {
	r := newRig(t, setting{slack: slacktest.Config{PageLimit: 15}})
	d := news(channel("G1"), "wanted")
	id, err := r.Post(t.Context(), d)
	require.NoError(t, err)
	for i := range 40 {
		_, err := r.Post(t.Context(), news(channel("G1"), fmt.Sprint("newer ", i)))
		require.NoError(t, err)
	}
	found, err := r.Find(t.Context(), d)
	require.NoError(t, err)
	require.Equal(t, id, found)
	require.Equal(t, 3, r.Calls("conversations.history"))
	found, err = r.Find(t.Context(), news(channel("G1"), "never posted"))
	require.NoError(t, err)
	require.Empty(t, found)
}

// TestFindReply: a reply is sought in its thread.
func TestFindReply(t *testing.T) {
	r := newRig(t, setting{})
	root := news(channel("C1"), "root")
	id, err := r.Post(t.Context(), root)
	require.NoError(t, err)
	d := root
	d.Part, d.RootMessage = alerts.ReplyPart(1), id
	found, err := r.Find(t.Context(), d)
	require.NoError(t, err)
	require.Empty(t, found)
	posted, err := r.Post(t.Context(), d)
	require.NoError(t, err)
	found, err = r.Find(t.Context(), d)
	require.NoError(t, err)
	require.Equal(t, posted, found)
}

// TestEditOfADeletedMessage: what somebody took away needs no edit, and is no dead letter; other refusals stay.
func TestEditOfADeletedMessage(t *testing.T) {
	r := newRig(t, setting{})
	root := news(channel("C1"), "root")
	id, err := r.Post(t.Context(), root)
	require.NoError(t, err)
	edit := root
	edit.Part, edit.RootMessage = alerts.EditPart(1), id
	r.Delete("C1", id)
	edited, err := r.Post(t.Context(), edit)
	require.NoError(t, err)
	require.Equal(t, id, edited)
	r.Fail(slacktest.Fault{Code: "cant_update_message"})
	_, err = r.Post(t.Context(), edit)
	var e *alerts.SendError
	require.ErrorAs(t, err, &e)
	require.Equal(t, alerts.Poison, e.Class)
}

// TestFindAfterDoubt: what was accepted without an answer is found, and appears once.
func TestFindAfterDoubt(t *testing.T) {
	r := newRig(t, setting{})
	for i, f := range []slacktest.Fault{{Drop: true, Accept: true}, {Code: "fatal_error", Accept: true}, {Status: 502, Accept: true}, {Body: "<html>", Accept: true}} {
		d := news(channel("C1"), fmt.Sprint("story ", i))
		r.Fail(f)
		_, err := r.Post(t.Context(), d)
		var e *alerts.SendError
		require.ErrorAs(t, err, &e)
		require.Equal(t, alerts.Ambiguous, e.Class)
		found, err := r.Find(t.Context(), d)
		require.NoError(t, err)
		require.NotEmpty(t, found)
		require.Equal(t, 1, r.Count(d.Ref()))
	}
}

// TestFindFails: without the scope it says so; with a deep history it does not claim that the message is not there.
func TestFindFails(t *testing.T) {
	r := newRig(t, setting{slack: slacktest.Config{Scopes: []string{"chat:write", "groups:history"}}})
	_, err := r.Find(t.Context(), news(channel("C1"), "x"))
	require.ErrorIs(t, err, alerts.ErrNoHistory)
	_, err = r.Find(t.Context(), news(channel("G1"), "x"))
	require.NoError(t, err)
	require.NoError(t, r.Healthy(), "posting goes on")

	r.SetScopes(slacktest.AllScopes()...)
	r.Fail(slacktest.Fault{Method: "conversations.history", Status: 429, RetryAfter: "30"})
	_, err = r.Find(t.Context(), news(channel("C1"), "x"))
	var e *alerts.SendError
	require.ErrorAs(t, err, &e)
	require.Equal(t, alerts.Wait, e.Class)
	require.Equal(t, 30*time.Second, e.After)
	calls := r.Calls("conversations.history")
	_, err = r.Find(t.Context(), news(channel("C1"), "x"))
	require.ErrorAs(t, err, &e)
	require.Equal(t, alerts.Wait, e.Class)
	require.Greater(t, e.After, 25*time.Second)
	require.Equal(t, calls, r.Calls("conversations.history"), "asked before its time")

	deep := newRig(t, setting{slack: slacktest.Config{PageLimit: 1}})
	d := news(channel("C1"), "first")
	_, err = deep.Post(t.Context(), d)
	require.NoError(t, err)
	for i := range maxPages {
		_, err = deep.Post(t.Context(), news(channel("C1"), fmt.Sprint(i)))
		require.NoError(t, err)
	}
	_, err = deep.Find(t.Context(), d)
	require.ErrorAs(t, err, &e)
	require.Equal(t, alerts.Wait, e.Class)
	found, err := deep.Find(t.Context(), d)
	require.NoError(t, err)
	require.NotEmpty(t, found, "it goes on where it was")
}

// TestForeignMetadata: another app's message does not pass for ours, though its metadata says so.
func TestForeignMetadata(t *testing.T) {
	r := newRig(t, setting{})
	d := news(channel("C1"), "x")
	_, err := r.Post(t.Context(), d)
	require.NoError(t, err)
	me, err := r.whoami(t.Context())
	require.NoError(t, err)
	me.Bot = "B0OTHER"
	r.me.Store(&me)
	found, err := r.Find(t.Context(), d)
	require.NoError(t, err)
	require.Empty(t, found)
}

// TestAsSent: what every message carries besides its content.
func TestAsSent(t *testing.T) {
	r := newRig(t, setting{})
	d := news(channel("C1"), "x")
	id, err := r.Post(t.Context(), d)
	require.NoError(t, err)
	d.Part, d.RootMessage = alerts.EditPart(1), id
	_, err = r.Post(t.Context(), d)
	require.NoError(t, err)
	m := r.Messages("C1")[0]
	require.True(t, m.Edited)
	require.Equal(t, slacktest.Metadata{EventType: "attache_delivery", EventPayload: map[string]any{"delivery_id": d.Ref()}}, m.Metadata)
	require.False(t, m.Mrkdwn || m.LinkNames || m.UnfurlLinks || m.UnfurlMedia)
	require.Equal(t, "none", m.Parse)
	require.Equal(t, []string{d.Alert.ID}, m.Read().Buttons)

	d.Part = d.Part.AsPlain()
	_, err = r.Post(t.Context(), d)
	require.NoError(t, err)
	require.JSONEq(t, "[]", string(r.Messages("C1")[0].Blocks), "a plain edit takes the blocks away")

	d.Part, d.RootMessage = alerts.EditPart(2), ""
	_, err = r.Post(t.Context(), d)
	var e *alerts.SendError
	require.ErrorAs(t, err, &e)
	require.Equal(t, alerts.Poison, e.Class, "there is nothing to edit")
	require.Equal(t, alerts.Manner{Settle: 30 * time.Second}, r.Manner())
}

// A reluctant Slack lets a page of history be read a minute.
type reluctant struct {
	next http.RoundTripper
	now  func() time.Time
	last time.Time
}

func (s *reluctant) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, "conversations.history") {
		if s.now().Sub(s.last) < time.Minute {
			return &http.Response{StatusCode: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"60"}}, Body: http.NoBody, Request: r}, nil
		}
		s.last = s.now()
	}
	return s.next.RoundTrip(r)
}

// TestFindComesToAnEnd: where only one page a minute may be read, a look goes on where it was; else it would block its
// channel for ever.
func TestFindComesToAnEnd(t *testing.T) {
	var passed atomic.Int64
	began := time.Now()
	clock := func() time.Time { return began.Add(time.Duration(passed.Load())) }
	pass := func(d time.Duration) { passed.Add(int64(d)) }
	r := newRig(t, setting{
		slack:   slacktest.Config{PageLimit: 15, Now: clock},
		options: Options{Transport: &reluctant{next: http.DefaultTransport, now: clock}, Now: clock},
	})
	d := news(channel("C1"), "wanted")
	want, err := r.Post(t.Context(), d)
	require.NoError(t, err)
	for i := range 40 {
		pass(time.Second)
		_, err := r.Post(t.Context(), news(channel("C1"), fmt.Sprint("newer ", i)))
		require.NoError(t, err)
	}
	look := func(d alerts.Delivery) (id string, err error) {
		for range 3 {
			if id, err = r.Find(t.Context(), d); err == nil {
				break
			}
			require.Equal(t, alerts.Wait, classify(err, false).Class)
			pass(61 * time.Second)
		}
		return id, err
	}
	id, err := look(d)
	require.NoError(t, err)
	require.Equal(t, want, id)
	pass(61 * time.Second)
	id, err = look(news(channel("C1"), "never posted"))
	require.NoError(t, err)
	require.Empty(t, id)
}
