package discord

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A vendor answers calls in memory, so that time can be synthetic. It keeps when each call came.
type vendor struct {
	answer func(n int, r *http.Request) *http.Response
	at     []time.Time
	paths  []string
}

func (v *vendor) RoundTrip(r *http.Request) (*http.Response, error) {
	v.at = append(v.at, time.Now())
	v.paths = append(v.paths, r.Method+" "+r.URL.String())
	resp := v.answer(len(v.at), r)
	if resp == nil {
		return nil, errors.New("connection reset by peer")
	}
	resp.Request = r
	return resp, nil
}

func says(status int, body string, headers ...string) *http.Response {
	h := http.Header{}
	for i := 0; i+1 < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
	}
	return &http.Response{StatusCode: status, Status: fmt.Sprint(status), Header: h, Body: io.NopCloser(strings.NewReader(body))}
}

func fine(int, *http.Request) *http.Response { return says(200, `{"id":"1"}`) }

func quickly(v *vendor) *transport {
	return &transport{base: v, limiter: newLimiter(time.Now)}
}

func do(ctx context.Context, t *transport, method, path string) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, method, "https://discord.com/api/v9/"+path, strings.NewReader("{}"))
	if err != nil {
		return nil, err
	}
	return t.RoundTrip(r)
}

func post(t *transport, channel int) error {
	_, err := do(context.Background(), t, http.MethodPost, fmt.Sprintf("channels/%d/messages", channel))
	return err
}

func TestA429HoldsBackWhatItForbids(t *testing.T) {
	for name, c := range map[string]struct {
		body    string
		headers []string
		after   time.Duration
		global  bool
	}{
		"of the channel":     {`{"retry_after": 1.5, "global": false}`, []string{"Retry-After", "1.5", "X-RateLimit-Scope", "user"}, 1500 * time.Millisecond, false},
		"body alone":         {`{"retry_after": 3.25, "global": false}`, nil, 3250 * time.Millisecond, false},
		"global":             {`{"retry_after": 2, "global": true}`, []string{"Retry-After", "2", "X-RateLimit-Global", "true"}, 2 * time.Second, true},
		"Cloudflare":         {`<html>1015</html>`, []string{"Retry-After", "300"}, 300 * time.Second, true},
		"malformed":          {`{"global": false}`, []string{"Retry-After", "soon"}, retryDefault, false},
		"negative":           {`{"global": false}`, []string{"Retry-After", "-1"}, retryDefault, false},
		"not a number":       {`{"global": false}`, []string{"Retry-After", "NaN"}, retryDefault, false},
		"an age of the word": {`{"global": false}`, []string{"Retry-After", "1e300"}, retryMost, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				v := &vendor{answer: func(n int, _ *http.Request) *http.Response {
					if n == 1 {
						return says(429, c.body, c.headers...)
					}
					return fine(n, nil)
				}}
				tr := quickly(v)
				var limit *limitError
				require.ErrorAs(t, post(tr, 1), &limit)
				require.Equal(t, c.after, limit.after)
				require.Equal(t, c.global, limit.global)
				first := v.at[0]

				other := post(tr, 2)
				if !c.global {
					require.NoError(t, other)
				}
				for range 100 {
					if err := post(tr, 1); err == nil {
						break
					} else {
						require.ErrorAs(t, err, &limit)
						require.True(t, pause(t.Context(), limit.after))
					}
				}
				for n, at := range v.at[1:] {
					if c.global || strings.Contains(v.paths[n+1], "/channels/1/") {
						require.GreaterOrEqual(t, at.Sub(first), c.after, "called too early")
					}
				}
			})
		})
	}
}

func TestAWaitEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := &vendor{answer: func(int, *http.Request) *http.Response {
			return says(200, "{}", "X-RateLimit-Bucket", "b", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset-After", "8")
		}}
		tr := quickly(v)
		require.NoError(t, post(tr, 1))
		began := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := do(ctx, tr, http.MethodPost, "channels/1/messages")
		require.Zero(t, time.Since(began), "waited for what can't come in time")
		require.Equal(t, alerts.Wait, classify(err).Class)

		ctx, cancel = context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		_, err = do(ctx, tr, http.MethodPost, "channels/1/messages")
		require.Equal(t, time.Second, time.Since(began))
		require.Equal(t, alerts.Unsent, classify(err).Class)
		require.Len(t, v.at, 1)

		require.NoError(t, post(tr, 2), "another channel waits for nothing")
		require.NoError(t, post(tr, 1))
		require.GreaterOrEqual(t, v.at[2].Sub(v.at[0]), 8*time.Second)
	})
}

func TestNeverMoreThanFiftyASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := &vendor{answer: fine}
		tr := quickly(v)
		for n := range 300 {
			require.NoError(t, post(tr, n))
		}
		for i, at := range v.at {
			n := 0
			for _, other := range v.at[i:] {
				if other.Sub(at) < time.Second {
					n++
				}
			}
			require.LessOrEqual(t, n, 50)
		}
		require.Less(t, v.at[299].Sub(v.at[0]), 7500*time.Millisecond, "slower than 40 a second")
	})
}

func TestTheBreakerOpensAtATenthOfTheBan(t *testing.T) {
	for name, c := range map[string]struct {
		answer *http.Response
		opens  bool
	}{
		"403":        {says(403, `{"code":50001}`), true},
		"429":        {says(429, `{"retry_after":0,"global":false}`, "Retry-After", "0"), true},
		"429 shared": {says(429, `{"retry_after":0,"global":false}`, "Retry-After", "0", "X-RateLimit-Scope", "shared"), false},
		"404":        {says(404, `{"code":10003}`), false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				v := &vendor{answer: func(int, *http.Request) *http.Response {
					r := *c.answer
					r.Body = io.NopCloser(strings.NewReader("{}"))
					return &r
				}}
				tr := quickly(v)
				for n := range invalidMost + 200 {
					_ = post(tr, n)
				}
				if !c.opens {
					require.Len(t, v.at, invalidMost+200)
					return
				}
				require.Len(t, v.at, invalidMost)
				var limit *limitError
				require.ErrorAs(t, post(tr, 1), &limit)
				require.True(t, limit.global)
				require.True(t, pause(t.Context(), limit.after))
				_ = post(tr, 5000)
				require.Greater(t, len(v.at), invalidMost, "never closes")
			})
		})
	}
}

func TestNoCallAfterARefusedToken(t *testing.T) {
	v := &vendor{answer: func(_ int, r *http.Request) *http.Response {
		if strings.Contains(r.URL.Path, "/webhooks/") || strings.Contains(r.URL.Path, "/channels/401/") {
			return says(401, `{"code":50027,"message":"Invalid Webhook Token"}`)
		}
		return says(200, "{}")
	}}
	tr := quickly(v)
	_, err := do(t.Context(), tr, http.MethodPost, "webhooks/1/expired-interaction")
	require.NoError(t, err)
	require.NoError(t, post(tr, 1), "the token of an interaction is not the bot's")
	require.NoError(t, post(tr, 401))
	before := len(v.at)
	require.ErrorIs(t, post(tr, 1), errTokenRefused)
	require.Len(t, v.at, before)
}

func TestOnlyWhatMayBeRepeatedIsRepeated(t *testing.T) {
	for method, want := range map[string]int{"POST": 1, "PATCH": 1, "GET": 3, "PUT": 3, "DELETE": 3} {
		for _, status := range []int{0, 500, 502, 503, 504} {
			synctest.Test(t, func(t *testing.T) {
				v := &vendor{answer: func(int, *http.Request) *http.Response {
					if status == 0 {
						return nil
					}
					return says(status, "")
				}}
				resp, err := do(t.Context(), quickly(v), method, "channels/1/messages")
				require.Len(t, v.at, want, "%s %d", method, status)
				if status == 0 {
					require.Error(t, err)
				} else {
					require.Equal(t, status, resp.StatusCode)
				}
			})
		}
	}
}

func TestSpeaksV10AndHidesTheLimitsFromTheLibrary(t *testing.T) {
	v := &vendor{answer: func(int, *http.Request) *http.Response {
		return says(200, "{}", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset-After", "60", "X-RateLimit-Bucket", "b", "Date", "today")
	}}
	resp, err := do(t.Context(), quickly(v), http.MethodPost, "channels/1/messages?x=1")
	require.NoError(t, err)
	require.Equal(t, []string{"POST https://discord.com/api/v10/channels/1/messages?x=1"}, v.paths)
	require.Equal(t, http.Header{"Date": {"today"}}, resp.Header)
}

func TestRoutes(t *testing.T) {
	for path, want := range map[string]route{
		"/api/v10/channels/12/messages":                          {"POST channels/{id}/messages", "12"},
		"/api/v9/channels/12/messages/34":                        {"POST channels/{id}/messages/{id}", "12"},
		"/api/v10/guilds/5/members/6":                            {"POST guilds/{id}/members/{id}", "5"},
		"/api/v10/users/@me":                                     {"POST users/@me", ""},
		"/api/v10/webhooks/1/token/messages/@original":           {"POST webhooks/{id}/{token}/messages/@original", "1/token"},
		"/api/v10/interactions/1/token/callback":                 {"POST interactions/{id}/{token}/callback", "1/token"},
		"/api/v10/applications/900000000000000001/commands":      {"POST applications/{id}/commands", ""},
		"/api/v10/channels/12/messages/34/reactions/%F0%9F/@me/": {"POST channels/{id}/messages/{id}/reactions/%F0%9F/@me", "12"},
	} {
		require.Equal(t, want, routeOf("POST", path), path)
	}
	require.True(t, routeOf("POST", "/api/v10/interactions/1/t/callback").free())
	require.False(t, routeOf("POST", "/api/v10/channels/1/messages").free())
}

func TestBucketsAreForgotten(t *testing.T) {
	now := time.Now()
	l := newLimiter(func() time.Time { return now })
	for n := range 5 * bucketsKept {
		now = now.Add(time.Second)
		l.learn(route{"POST interactions/{id}/{token}/callback", fmt.Sprint(n)}, answer{status: 204, remaining: 1, resetAfter: time.Second})
	}
	require.LessOrEqual(t, len(l.buckets), bucketsKept)
}

// Together, replicas make no more calls a second than one, and stop as early for refused ones.
func TestReplicasShareTheLimits(t *testing.T) {
	made := func(replicas int) (calls int) {
		now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
		l := newLimiter(func() time.Time { return now })
		l.replicas = func() int { return replicas }
		for range 1000 { // ten seconds
			for n := range 20 {
				if wait, err := l.reserve(route{"POST channels/{id}/messages", fmt.Sprint(n)}); err == nil && wait == nil {
					calls++
				}
			}
			now = now.Add(10 * time.Millisecond)
		}
		return calls
	}
	alone := made(1)
	require.InDelta(t, 10*globalPerSecond, alone, globalBurst+1)
	for replicas := 2; replicas <= 5; replicas++ {
		require.LessOrEqual(t, replicas*made(replicas), alone+globalBurst, "%d replicas", replicas)
		require.GreaterOrEqual(t, replicas*made(replicas), alone*9/10, "%d replicas", replicas)
	}

	now := time.Now()
	l := newLimiter(func() time.Time { return now })
	l.replicas = func() int { return 4 }
	for range invalidMost / 4 {
		require.Zero(t, l.breaker(now))
		l.learn(route{"POST channels/{id}/messages", "1"}, answer{status: 403, remaining: -1})
	}
	require.Positive(t, l.breaker(now))
}
