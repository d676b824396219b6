package feeds

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A hubBook keeps one subscription, as a store would.
type hubBook struct {
	sub     alerts.HubSubscription
	hurried []alerts.FeedID
}

func (s *hubBook) DueHubs(_ context.Context, now time.Time, _ int, random func() string) ([]alerts.HubSubscription, error) {
	if s.sub.Due.After(now) {
		return nil, nil
	}
	if s.sub.Path == "" {
		s.sub.Path, s.sub.Secret = random(), random()
	}
	return []alerts.HubSubscription{s.sub}, nil
}

func (s *hubBook) Subscribed(_ context.Context, path string) (alerts.HubSubscription, bool, error) {
	return s.sub, s.sub.Path == path, nil
}

func (s *hubBook) KeepHub(_ context.Context, sub alerts.HubSubscription) error {
	s.sub = sub
	return nil
}

func (s *hubBook) HurryFeed(_ context.Context, id alerts.FeedID, _ time.Time) error {
	s.hurried = append(s.hurried, id)
	return nil
}

// A rig is a subscriber between a hub and a clock.
type rig struct {
	*Subscriber
	hubBook *hubBook
	now     time.Time
	forms   []url.Values // what the hub was asked
	status  int          // what it answers
	nudges  int
}

func newRig(t *testing.T) *rig {
	r := &rig{now: noon, status: http.StatusAccepted}
	hub := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		require.NoError(t, req.ParseForm())
		require.Empty(t, req.Header.Get("Cookie"))
		r.forms = append(r.forms, req.PostForm)
		w.WriteHeader(r.status)
	}))
	t.Cleanup(hub.Close)
	r.hubBook = &hubBook{sub: alerts.HubSubscription{Feed: 7, Hub: hub.URL, Topic: "https://news.example/rss"}}
	n := 0
	f := local(Options{})
	t.Cleanup(f.Close)
	r.Subscriber = &Subscriber{
		Hubs: r.hubBook, Fetcher: f, PublicURL: "https://bot.example", Now: func() time.Time { return r.now },
		Random: func() string { n++; return fmt.Sprintf("random%d", n) }, Nudge: func() { r.nudges++ }, Log: slog.New(slog.DiscardHandler),
	}
	return r
}

func (r *rig) get(query string) (int, string) {
	w := httptest.NewRecorder()
	r.ServeHTTP(w, httptest.NewRequest(http.MethodGet, hubPath+r.hubBook.sub.Path+"?"+query, nil))
	return w.Code, w.Body.String()
}

func (r *rig) post(path, body, signature string) int {
	w := httptest.NewRecorder()
	req := httptest.NewRequest(http.MethodPost, hubPath+path, strings.NewReader(body))
	req.Header.Set("X-Hub-Signature", signature)
	r.ServeHTTP(w, req)
	return w.Code
}

func signature(secret, body string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	io.WriteString(mac, body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

const verifies = "hub.mode=subscribe&hub.topic=https%3A%2F%2Fnews.example%2Frss&hub.challenge=c4&hub.lease_seconds="

func TestAHubIsAskedVerifiedAndRenewed(t *testing.T) {
	r := newRig(t)
	require.NoError(t, r.Ask(t.Context()))
	require.Len(t, r.forms, 1)
	require.Equal(t, url.Values{
		"hub.mode": {"subscribe"}, "hub.topic": {"https://news.example/rss"}, "hub.callback": {"https://bot.example/websub/random1"},
		"hub.secret": {"random2"}, "hub.lease_seconds": {"864000"},
	}, r.forms[0])
	require.NoError(t, r.Ask(t.Context()))
	require.Len(t, r.forms, 1, "not again at once")

	code, said := r.get(verifies + "864000")
	require.Equal(t, 200, code)
	require.Equal(t, "c4", said)
	require.Equal(t, noon.Add(240*time.Hour), r.hubBook.sub.Expires)
	require.Equal(t, noon.Add(180*time.Hour), r.hubBook.sub.Due, "asked again before it ends")
	require.Zero(t, r.hubBook.sub.Tries)

	r.now = r.hubBook.sub.Due
	require.NoError(t, r.Ask(t.Context()))
	require.Len(t, r.forms, 2)
	require.Equal(t, "https://bot.example/websub/random1", r.forms[1].Get("hub.callback"))
	code, _ = r.get(verifies + "10")
	require.Equal(t, 200, code)
	require.Equal(t, r.now.Add(leastLease), r.hubBook.sub.Expires, "a lease is bounded")
	r.now = r.hubBook.sub.Due
	require.NoError(t, r.Ask(t.Context()))
	r.get(verifies + "99999999999")
	require.Equal(t, r.now.Add(mostLease), r.hubBook.sub.Expires)
}

func TestAHubThatDoesNotAnswerIsAskedEverLess(t *testing.T) {
	r := newRig(t)
	r.status = 500
	last := time.Duration(0)
	for range 10 {
		require.NoError(t, r.Ask(t.Context()))
		wait := r.hubBook.sub.Due.Sub(r.now)
		require.GreaterOrEqual(t, wait, last)
		require.LessOrEqual(t, wait, askAtMost)
		last, r.now = wait, r.hubBook.sub.Due
	}
	require.Len(t, r.forms, 10)
	require.Equal(t, askAtMost, last)
	require.False(t, r.hubBook.sub.Expires.After(r.now), "polled as ever")
}

func TestOnlyWhatWeAskedForIsVerified(t *testing.T) {
	r := newRig(t)
	require.NoError(t, r.Ask(t.Context()))
	before := r.hubBook.sub
	for _, query := range []string{
		"", "hub.mode=subscribe", strings.Replace(verifies, "news.example", "evil.example", 1) + "10", strings.Replace(verifies, "subscribe", "unsubscribe", 1) + "10",
		strings.Replace(verifies, "c4", "", 1) + "10", strings.Replace(verifies, "c4", strings.Repeat("x", 2000), 1) + "10",
	} {
		code, said := r.get(query)
		require.Equal(t, 404, code, query)
		require.NotContains(t, said, "c4")
		require.Equal(t, before, r.hubBook.sub)
	}
	r.get(verifies + "864000")
	code, _ := r.get(verifies + "864000")
	require.Equal(t, 404, code, "not twice for one question")
	code, said := r.get(strings.Replace(verifies, "subscribe", "denied", 1))
	require.Equal(t, 200, code)
	require.Empty(t, said)
	require.True(t, r.hubBook.sub.Expires.IsZero(), "denied: polled as ever")
	w := httptest.NewRecorder()
	r.ServeHTTP(w, httptest.NewRequest(http.MethodDelete, hubPath+"random1", nil))
	require.Equal(t, 405, w.Code)
	require.Equal(t, 410, r.post("unknown", "x", ""))
	require.Equal(t, 404, r.post("", "x", ""))
}

func TestOnlySignedNewsHurriesAFeed(t *testing.T) {
	r := newRig(t)
	require.NoError(t, r.Ask(t.Context()))
	good := signature("random2", "<rss/>")
	require.Equal(t, 202, r.post("random1", "<rss/>", good))
	require.Empty(t, r.hubBook.hurried, "not verified yet")
	r.get(verifies + "864000")
	for name, bad := range map[string]string{
		"none": "", "no method": strings.TrimPrefix(good, "sha256="), "other secret": signature("random3", "<rss/>"), "other body": signature("random2", "<rss />"),
		"md5": "md5=" + good[7:], "sha1 of sha256": "sha1=" + good[7:], "cut": good[:len(good)-2], "longer": good + "00", "flipped": good[:8] + flip(good[8:9]) + good[9:], "no hex": "sha256=zz",
	} {
		require.Equal(t, 202, r.post("random1", "<rss/>", bad), "%s: the answer does not tell", name)
		require.Empty(t, r.hubBook.hurried, name)
	}
	require.Equal(t, 413, r.post("random1", strings.Repeat("x", maxHubBody+1), good))
	require.Empty(t, r.hubBook.hurried)
	require.Equal(t, 202, r.post("random1", "<rss/>", good))
	require.Equal(t, []alerts.FeedID{7}, r.hubBook.hurried)
	require.Equal(t, 1, r.nudges)
	r.now = r.hubBook.sub.Expires
	require.Equal(t, 202, r.post("random1", "<rss/>", good))
	require.Len(t, r.hubBook.hurried, 1, "the lease is over")
}

func flip(hexDigit string) string {
	if hexDigit == "0" {
		return "1"
	}
	return "0"
}

// TestHubsAreGuarded: a feed must not make us post into a private network.
func TestHubsAreGuarded(t *testing.T) {
	for _, ip := range forbidden {
		for _, hub := range []string{"http://hub.example/", "http://" + hostLiteral(ip) + "/"} {
			f := NewFetcher(Options{Resolver: fakeDNS(ip), Timeout: 3 * time.Second})
			dialled := record(f)
			require.Error(t, f.askHub(context.Background(), alerts.HubSubscription{Hub: hub}, "https://bot.example/websub/x"))
			require.Empty(t, dialled.passed, ip)
			f.Close()
		}
	}
	f := NewFetcher(Options{Resolver: fakeDNS("8.8.8.8")})
	defer f.Close()
	dialled := record(f)
	require.Error(t, f.askHub(context.Background(), alerts.HubSubscription{Hub: "https://hub.example/"}, "x"))
	require.Equal(t, []string{"8.8.8.8:443"}, dialled.passed, "the guard is what refuses")
	for _, hub := range []string{"file:///etc/passwd", "gopher://x", ""} {
		require.Error(t, f.askHub(context.Background(), alerts.HubSubscription{Hub: hub}, "x"))
	}
}

func hostLiteral(ip string) string {
	if strings.Contains(ip, ":") {
		return "[" + ip + "]"
	}
	return ip
}
