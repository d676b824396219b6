package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

const (
	apiVersion = "v10"                  // the library speaks v9
	bodyMost   = 8 << 20                // bytes of an answer that are read
	retries    = 2                      // of calls that may be repeated
	retryPause = 250 * time.Millisecond // doubled for each
)

var anyVersion = regexp.MustCompile(`^/api/v\d+`)

// errUnsent wraps the failure of a call of which no byte left: no connection was ever made.
var errUnsent = errors.New("not sent")

// A transport is the only way to the vendor's REST API. It speaks v10 whatever the caller wrote, waits for the limits,
// turns every form of 429 into a *limitError, makes no call once the token was refused, and repeats only what may be
// repeated: GET, PUT and DELETE. A POST is made once.
//
// Answers lose their rate limit headers: the library would sleep on them without listening to the context.
type transport struct {
	base    http.RoundTripper
	api     *url.URL // where the API is, if not where the request says; nil is there
	limiter *limiter
}

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := readAll(req.Body)
	if err != nil {
		return nil, err
	}
	r := routeOf(req.Method, req.URL.Path)
	for try := 0; ; try++ {
		t.limiter.recall(req.Context(), r)
		t.limiter.recallRoute(req.Context(), r)
		if err := t.limiter.admit(req.Context(), r); err != nil {
			if req.Context().Err() != nil {
				return nil, errors.Join(errUnsent, err)
			}
			return nil, err
		}
		resp, err := t.send(req, body)
		if err == nil {
			if resp, err = t.judge(req.Context(), r, resp); err == nil && (resp.StatusCode < 500 || try == retries || !repeatable(req)) {
				return resp, nil
			}
		}
		var limit *limitError
		if err != nil && (errors.As(err, &limit) || try == retries || !repeatable(req)) {
			return nil, err
		}
		if !pause(req.Context(), retryPause<<try) {
			return nil, req.Context().Err()
		}
	}
}

// send makes one call. An error wraps errUnsent if the base transport never had a connection to write to.
func (t *transport) send(req *http.Request, body []byte) (*http.Response, error) {
	var asked, connected atomic.Bool
	ctx := httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{
		GetConn: func(string) { asked.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { connected.Store(true) },
	})
	q := req.Clone(ctx)
	q.URL.Path, q.URL.RawPath = anyVersion.ReplaceAllString(q.URL.Path, "/api/"+apiVersion), ""
	if t.api != nil {
		q.URL.Scheme, q.URL.Host, q.Host = t.api.Scheme, t.api.Host, t.api.Host
	}
	q.Body, q.ContentLength, q.GetBody = http.NoBody, 0, nil
	if len(body) > 0 { // read anew only where nothing of it was written, on a connection that the other end had closed
		q.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
		q.Body, q.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
	resp, err := t.base.RoundTrip(q)
	if err != nil && asked.Load() && !connected.Load() {
		return nil, errors.Join(errUnsent, err)
	}
	return resp, err
}

// judge reads the answer whole and learns from it.
func (t *transport) judge(ctx context.Context, r route, resp *http.Response) (*http.Response, error) {
	body, err := readAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if limit := t.limiter.learn(r, read(resp, body)); limit != nil {
		if limit.global {
			t.limiter.keep(ctx)
		} else {
			t.limiter.keepRoute(ctx, r, limit.after)
		}
		return nil, limit
	}
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	for name := range resp.Header {
		if strings.HasPrefix(strings.ToLower(name), "x-ratelimit-") {
			resp.Header.Del(name)
		}
	}
	return resp, nil
}

func repeatable(req *http.Request) bool {
	switch req.Method {
	case http.MethodGet, http.MethodPut, http.MethodDelete:
		return true
	}
	return false
}

// readAll reads and closes; nil gives nothing.
func readAll(body io.ReadCloser) ([]byte, error) {
	if body == nil {
		return nil, nil
	}
	data, err := io.ReadAll(io.LimitReader(body, bodyMost))
	return data, errors.Join(err, body.Close())
}

// An answer is what a response says about limits.
type answer struct {
	status     int
	bucket     string
	remaining  int // -1 if it does not say
	resetAfter time.Duration
	limited    bool          // it asks to wait
	retryAfter time.Duration // how long
	global     bool          // the wait is for all calls
	shared     bool          // of a 429: not counted as our fault
}

// read reads the headers and, for a 429, the body: JSON from the API, a page of HTML from Cloudflare, whose limit is of
// the whole address. Its 403 is such a limit too: it is about the address, not about the message.
func read(resp *http.Response, body []byte) answer {
	h := resp.Header
	a := answer{status: resp.StatusCode, bucket: h.Get("X-RateLimit-Bucket"), remaining: -1}
	if left, err := strconv.Atoi(h.Get("X-RateLimit-Remaining")); err == nil && left >= 0 {
		if after, ok := seconds(h.Get("X-RateLimit-Reset-After")); ok {
			a.remaining, a.resetAfter = left, after
		}
	}
	page := len(body) > 0 && !json.Valid(body)
	switch resp.StatusCode {
	case http.StatusTooManyRequests:
		a.retryAfter = retryDefault
	case http.StatusForbidden:
		if !page {
			return a
		}
		a.retryAfter = blockedFor
	default:
		return a
	}
	a.limited = true
	var said struct {
		RetryAfter *float64 `json:"retry_after"`
		Global     bool     `json:"global"`
	}
	page = json.Unmarshal(body, &said) != nil || page
	if after, ok := seconds(h.Get("Retry-After")); ok {
		a.retryAfter = after
	} else if said.RetryAfter != nil {
		if after, ok := seconds(strconv.FormatFloat(*said.RetryAfter, 'f', -1, 64)); ok {
			a.retryAfter = after
		}
	}
	a.global = page || said.Global || h.Get("X-RateLimit-Global") != "" || h.Get("X-RateLimit-Scope") == "global"
	a.shared = h.Get("X-RateLimit-Scope") == "shared"
	return a
}

// seconds reads a number of seconds such as "1.25", rounded up to the millisecond and at most retryMost.
func seconds(s string) (time.Duration, bool) {
	f, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || math.IsNaN(f) || f < 0 {
		return 0, false
	}
	if f >= retryMost.Seconds() {
		return retryMost, true
	}
	return time.Duration(math.Ceil(f*1000)) * time.Millisecond, true
}

// pause waits for d; it tells whether ctx was still alive at the end.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}
