package slack

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/slack/slacktest"
)

// TestVerify: one bit, a second too many, a header too many: all refused. No error tells the right signature.
func TestVerify(t *testing.T) {
	now := time.Unix(1773480413, 0)
	body := []byte("command=%2Fattache&text=help")
	signed := func(at time.Time) http.Header { return slacktest.Sign(secret, at, body) }
	right := signed(now).Get(headerSignature)
	with := func(change func(h http.Header)) http.Header {
		h := signed(now)
		change(h)
		return h
	}
	cases := map[string]struct {
		header http.Header
		body   []byte
		ok     bool
	}{
		"right":                 {signed(now), body, true},
		"300 s old":             {signed(now.Add(-300 * time.Second)), body, true},
		"300 s ahead":           {signed(now.Add(300 * time.Second)), body, true},
		"301 s old":             {signed(now.Add(-301 * time.Second)), body, false},
		"301 s ahead":           {signed(now.Add(301 * time.Second)), body, false},
		"without signature":     {with(func(h http.Header) { h.Del(headerSignature) }), body, false},
		"without time":          {with(func(h http.Header) { h.Del(headerTimestamp) }), body, false},
		"two signatures":        {with(func(h http.Header) { h.Add(headerSignature, right) }), body, false},
		"two times":             {with(func(h http.Header) { h.Add(headerTimestamp, h.Get(headerTimestamp)) }), body, false},
		"another version":       {with(func(h http.Header) { h.Set(headerSignature, "v1"+right[2:]) }), body, false},
		"no version":            {with(func(h http.Header) { h.Set(headerSignature, right[3:]) }), body, false},
		"short":                 {with(func(h http.Header) { h.Set(headerSignature, right[:len(right)-2]) }), body, false},
		"long":                  {with(func(h http.Header) { h.Set(headerSignature, right+"00") }), body, false},
		"no hex":                {with(func(h http.Header) { h.Set(headerSignature, right[:len(right)-1]+"g") }), body, false},
		"time with a plus":      {with(func(h http.Header) { h.Set(headerTimestamp, "+"+h.Get(headerTimestamp)) }), body, false},
		"time with a zero":      {with(func(h http.Header) { h.Set(headerTimestamp, "0"+h.Get(headerTimestamp)) }), body, false},
		"time with a fraction":  {with(func(h http.Header) { h.Set(headerTimestamp, h.Get(headerTimestamp)+".0") }), body, false},
		"time beyond all times": {with(func(h http.Header) { h.Set(headerTimestamp, strings.Repeat("9", 30)) }), body, false},
		"another secret":        {slacktest.Sign("other", now, body), body, false},
		"longer body":           {signed(now), append([]byte("x"), body...), false},
		"empty body":            {signed(now), nil, false},
	}
	for i := range body {
		flipped := bytes.Clone(body)
		flipped[i] ^= 1 << (i % 8)
		cases[fmt.Sprintf("bit in byte %d of the body", i)] = struct {
			header http.Header
			body   []byte
			ok     bool
		}{signed(now), flipped, false}
	}
	raw, err := hex.DecodeString(right[3:])
	require.NoError(t, err)
	for i := range raw {
		flipped := bytes.Clone(raw)
		flipped[i] ^= 1 << (i % 8)
		cases[fmt.Sprintf("bit in byte %d of the signature", i)] = struct {
			header http.Header
			body   []byte
			ok     bool
		}{with(func(h http.Header) { h.Set(headerSignature, "v0="+hex.EncodeToString(flipped)) }), body, false}
	}
	for i := range "1773480413" {
		cases[fmt.Sprintf("digit %d of the time", i)] = struct {
			header http.Header
			body   []byte
			ok     bool
		}{with(func(h http.Header) {
			ts := []byte(h.Get(headerTimestamp))
			ts[i] ^= 1
			h.Set(headerTimestamp, string(ts))
		}), body, false}
	}
	for name, c := range cases {
		got, err := verify(secret, c.header, c.body, now)
		require.Equal(t, c.ok, err == nil, name)
		if err != nil {
			require.Empty(t, got, name)
			require.NotContains(t, err.Error(), right[3:], name)
		}
	}
	_, err = verify("", slacktest.Sign("", now, body), body, now)
	require.Error(t, err, "without a secret nothing is believed")
}

// FuzzVerify: nothing passes but what is signed.
func FuzzVerify(f *testing.F) {
	now := time.Unix(1773480413, 0)
	h := slacktest.Sign(secret, now, []byte("a=b"))
	f.Add(h.Get(headerSignature), h.Get(headerTimestamp), []byte("a=b"))
	f.Add("v0=", "0", []byte(nil))
	f.Fuzz(func(t *testing.T, signature, stamp string, body []byte) {
		_, err := verify(secret, http.Header{headerSignature: {signature}, headerTimestamp: {stamp}}, body, now)
		right := slacktest.Sign(secret, now, body)
		if err == nil && !strings.EqualFold(signature, right.Get(headerSignature)) {
			var at int64
			_, scanned := fmt.Sscan(stamp, &at)
			require.NoError(t, scanned)
			require.True(t, strings.EqualFold(signature, slacktest.Sign(secret, time.Unix(at, 0), body).Get(headerSignature)))
		}
	})
}

// serve puts the adapter's handler on a loopback address.
func serve(t *testing.T, r *rig) string {
	t.Helper()
	s := httptest.NewServer(r.Handler())
	t.Cleanup(s.Close)
	return s.URL
}

func status(t *testing.T, resp *http.Response, err error) (int, string) {
	t.Helper()
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	quiet(t, string(body))
	return resp.StatusCode, string(body)
}

// TestOverHTTP: a command, a click and an event arrive once each, are answered at once, and the answers come through
// the response URL.
func TestOverHTTP(t *testing.T) {
	r := newRig(t, setting{})
	address := serve(t, r)

	code, body := deliver(t, r, address, kindCommand, r.Command("U3", "C1", "watch list"))
	require.Equal(t, 200, code)
	require.Empty(t, body)
	got := r.desk.next(t)
	require.Equal(t, "line watch list", got.Command)
	require.Equal(t, channel("C1"), got.Channel)
	require.Equal(t, workspace, got.Workspace)
	require.Equal(t, "U3", got.Actor.ID)
	until(t, "the answer is there", func() bool { return len(r.Responses()) == 1 })
	answer := r.Responses()[0]
	require.Equal(t, "ephemeral", answer.Type)
	require.False(t, answer.Replace)
	require.Contains(t, answer.Message.Read().Text, "Heard watch list")

	id, err := r.Post(t.Context(), news(channel("C1"), "x"))
	require.NoError(t, err)
	why := r.Messages("C1")[0].Read().Buttons[0]
	code, _ = deliver(t, r, address, kindInteraction, r.Click("U4", "C1", id, "why", why))
	require.Equal(t, 200, code)
	got = r.desk.next(t)
	require.Equal(t, "why", got.Command)
	require.Equal(t, map[string]string{"alert": why}, got.Args)

	code, body = deliver(t, r, address, kindEvent, map[string]any{"type": "url_verification", "challenge": "3eZbrw1"})
	require.Equal(t, 200, code)
	require.Equal(t, "3eZbrw1", body)
	code, _ = deliver(t, r, address, kindEvent, r.Event("member_joined_channel", map[string]any{"user": slacktest.BotUser, "channel": "C2"}))
	require.Equal(t, 200, code)
	until(t, "the greeting is there", func() bool { return len(r.Messages("C2")) == 1 })
}

func deliver(t *testing.T, r *rig, address, kind string, payload any) (int, string) {
	t.Helper()
	resp, err := r.Deliver(t.Context(), address, kind, payload)
	return status(t, resp, err)
}

// TestReplay: a signed request that is sent again has no second effect, nor one whose event was seen.
func TestReplay(t *testing.T) {
	r := newRig(t, setting{})
	address := serve(t, r)
	payload := r.Command("U3", "C1", "help")
	body, contentType := slacktest.Form(kindCommand, payload)
	send := func(h http.Header, query string) int {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+query, bytes.NewReader(body))
		require.NoError(t, err)
		req.Header = h
		req.Header.Set("Content-Type", contentType)
		resp, err := http.DefaultClient.Do(req)
		code, _ := status(t, resp, err)
		return code
	}
	now := time.Now()
	require.Equal(t, 200, send(slacktest.Sign(secret, now, body), ""))
	r.desk.next(t)
	send(slacktest.Sign(secret, now, body), "")
	send(slacktest.Sign(secret, now, body), "?payload=x")
	send(slacktest.Sign(secret, now.Add(time.Second), body), "") // signed anew, but of the same trigger
	require.NoError(t, r.Adapter.Close())
	require.Empty(t, r.desk.done)
}

// TestOnlyTheBodyCounts: a payload smuggled into the query of a signed request is not seen.
func TestOnlyTheBodyCounts(t *testing.T) {
	r := newRig(t, setting{})
	address := serve(t, r)
	evil := r.Click("U1", "C1", "1.1", "why", "aaaabbbb")
	form, contentType := slacktest.Form(kindInteraction, evil)
	body := []byte("nothing=here")
	for _, target := range []string{address + "?" + string(form), address + "?payload=" + url.QueryEscape("{}")} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, target, bytes.NewReader(body))
		require.NoError(t, err)
		req.Header = slacktest.Sign(secret, time.Now(), body)
		req.Header.Set("Content-Type", contentType)
		resp, err := http.DefaultClient.Do(req)
		status(t, resp, err)
	}
	require.NoError(t, r.Adapter.Close())
	for len(r.desk.done) > 0 {
		require.NotEqual(t, "why", (<-r.desk.done).Command)
	}
}

// TestRefusals: what is no request of Slack's is refused, and reaches nobody.
func TestRefusals(t *testing.T) {
	r := newRig(t, setting{})
	address := serve(t, r)
	do := func(method, contentType string, header func(body []byte) http.Header, body []byte) int {
		req, err := http.NewRequestWithContext(t.Context(), method, address, io.NopCloser(bytes.NewReader(body))) // of unknown length: chunked
		require.NoError(t, err)
		req.Header = header(body)
		req.Header.Set("Content-Type", contentType)
		resp, err := http.DefaultClient.Do(req)
		code, _ := status(t, resp, err)
		return code
	}
	signed := func(body []byte) http.Header { return slacktest.Sign(secret, time.Now(), body) }
	unsigned := func([]byte) http.Header { return http.Header{} }
	const form, js = "application/x-www-form-urlencoded", "application/json"
	require.Equal(t, 401, do("POST", form, unsigned, []byte("text=help")))
	require.Equal(t, 401, do("POST", form, func([]byte) http.Header { return signed([]byte("text=list")) }, []byte("text=help")))
	require.Equal(t, 405, do("GET", form, signed, nil))
	require.Equal(t, 405, do("PUT", form, signed, []byte("text=help")))
	require.Equal(t, 413, do("POST", form, signed, bytes.Repeat([]byte("a"), maxBody+1)))
	require.Equal(t, 400, do("POST", "text/plain", signed, []byte("text=help")))
	require.Equal(t, 400, do("POST", "", signed, []byte("text=help")))
	require.Equal(t, 400, do("POST", form, signed, []byte("payload=%zz")))
	require.Equal(t, 400, do("POST", form, signed, []byte("payload=nojson")))
	require.Equal(t, 400, do("POST", js, signed, []byte("[")))
	require.NoError(t, r.Adapter.Close())
	require.Empty(t, r.desk.done)

	r.secret = ""
	require.Equal(t, 404, do("POST", form, signed, []byte("text=help")))
}

// TestBusy: where there is no room the request is refused, so that Slack sends it again, and then it counts.
func TestBusy(t *testing.T) {
	r := newRig(t, setting{})
	address := serve(t, r)
	r.desk.hold = make(chan struct{})
	for range maxWork {
		code, _ := deliver(t, r, address, kindCommand, r.Command("U3", "C1", "help"))
		require.Equal(t, 200, code)
	}
	late := r.Command("U3", "C1", "late")
	code, _ := deliver(t, r, address, kindCommand, late)
	require.Equal(t, 503, code)
	close(r.desk.hold)
	for range maxWork {
		r.desk.next(t)
	}
	until(t, "there is room again", func() bool { return len(r.slots) == 0 })
	code, _ = deliver(t, r, address, kindCommand, late)
	require.Equal(t, 200, code)
	require.Equal(t, "line late", r.desk.next(t).Command)
	require.NoError(t, r.Adapter.Close())
}
