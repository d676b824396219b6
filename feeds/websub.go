package feeds

import (
	"context"
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // some hubs sign with nothing better; it is an HMAC, https://www.w3.org/TR/websub/#signing-content
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	hubLease   = 10 * 24 * time.Hour // what is asked for
	leastLease = time.Hour           // what a hub may give at least, and
	mostLease  = 30 * 24 * time.Hour // at most, whatever it says
	askAgain   = time.Hour           // after a try that was not verified; doubled with each
	askAtMost  = 24 * time.Hour
	hubBatch   = 20
	maxHubBody = 1 << 20
	hubPath    = "/websub/"
)

// Hubs keeps subscriptions.
type Hubs interface {
	// DueHubs returns up to limit subscriptions of feeds that somebody hears and whose hub is to be asked now. It makes one,
	// with the path and secret that random returns, for a feed that has named a hub since.
	DueHubs(ctx context.Context, now time.Time, limit int, random func() string) ([]alerts.HubSubscription, error)
	// Subscribed returns the subscription with that path; ok is false if there is none.
	Subscribed(ctx context.Context, path string) (s alerts.HubSubscription, ok bool, err error)
	// KeepHub stores due, expires and tries of a subscription that is there.
	KeepHub(ctx context.Context, s alerts.HubSubscription) error
	// HurryFeed makes a feed due now, but not before its Retry-After, nor within a minute of its last visit, nor while it
	// fails.
	HurryFeed(ctx context.Context, id alerts.FeedID, now time.Time) error
}

// A Subscriber asks feeds' hubs to tell what is new, so that it is read at once. What a hub sends is not believed: it only
// makes the feed due, and the feed is then fetched as ever. Without a hub that answers, polling goes on as before.
type Subscriber struct {
	Hubs      Hubs
	Fetcher   *Fetcher // whose guard judges the addresses of hubs
	PublicURL string   // under which the handler can be reached, without a slash at the end
	Now       func() time.Time
	Random    func() string // letters and digits that nobody can guess, at least 128 bits
	Nudge     func()        // wakes the poller
	Log       *slog.Logger
}

// Ask asks the hubs that are due: for the first time, again before a lease ends, or since they did not answer.
func (s *Subscriber) Ask(ctx context.Context) error {
	due, err := s.Hubs.DueHubs(ctx, s.Now(), hubBatch, s.Random)
	if err != nil {
		return fmt.Errorf("read hubs: %w", err)
	}
	for _, sub := range due {
		// Stored before it is asked: a hub that verifies at once finds it, and a crash asks no hub again and again.
		sub.Due = s.Now().Add(min(askAgain<<min(sub.Tries, 6), askAtMost))
		sub.Tries++
		if err := s.Hubs.KeepHub(ctx, sub); err != nil {
			return fmt.Errorf("keep hub: %w", err)
		}
		if err := s.Fetcher.askHub(ctx, sub, s.PublicURL+hubPath+sub.Path); err != nil {
			s.Log.Info("a hub was not asked; its feed is polled as ever", "feed", sub.Feed, "err", err)
		}
	}
	return nil
}

// askHub sends the request to subscribe. https://www.w3.org/TR/websub/#subscriber-sends-subscription-request
func (f *Fetcher) askHub(ctx context.Context, sub alerts.HubSubscription, callback string) error {
	ctx, cancel := context.WithTimeout(ctx, f.timeout)
	defer cancel()
	form := url.Values{
		"hub.mode": {"subscribe"}, "hub.topic": {sub.Topic}, "hub.callback": {callback}, "hub.secret": {sub.Secret},
		"hub.lease_seconds": {strconv.Itoa(int(hubLease / time.Second))},
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, sub.Hub, strings.NewReader(form.Encode()))
	if err != nil {
		return fmt.Errorf("ask hub: %w", err)
	}
	if req.URL.Scheme != "http" && req.URL.Scheme != "https" {
		return fmt.Errorf("ask hub: %w", errScheme)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("User-Agent", f.userAgent)
	client := f.plain()
	resp, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("ask hub: %w", err)
	}
	defer resp.Body.Close() //nolint:errcheck // only read
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 4<<10))
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("ask hub: it answered %d", resp.StatusCode)
	}
	return nil
}

// ServeHTTP is the callback: a hub verifies there what was asked for, denies it, and tells that there is news.
func (s *Subscriber) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, ok := strings.CutPrefix(r.URL.Path, hubPath)
	if !ok || path == "" || len(path) > 100 {
		http.NotFound(w, r)
		return
	}
	sub, ok, err := s.Hubs.Subscribed(r.Context(), path)
	switch {
	case err != nil:
		s.Log.Error("a hub's call was not looked up", "err", err)
		http.Error(w, "try again later", http.StatusInternalServerError)
	case !ok:
		http.Error(w, "nobody subscribes here", http.StatusGone) // which tells the hub to stop
	case r.Method == http.MethodGet:
		s.verify(w, r, sub)
	case r.Method == http.MethodPost:
		s.told(w, r, sub)
	default:
		http.Error(w, "GET or POST", http.StatusMethodNotAllowed)
	}
}

// verify confirms a subscription that we asked for. https://www.w3.org/TR/websub/#hub-verifies-intent
func (s *Subscriber) verify(w http.ResponseWriter, r *http.Request, sub alerts.HubSubscription) {
	q, now := r.URL.Query(), s.Now()
	if q.Get("hub.topic") != sub.Topic {
		http.NotFound(w, r)
		return
	}
	challenge := q.Get("hub.challenge")
	switch {
	case q.Get("hub.mode") == "denied":
		sub.Expires, sub.Due = time.Time{}, now.Add(askAtMost)
		challenge = ""
	case q.Get("hub.mode") != "subscribe" || sub.Tries == 0 || challenge == "" || len(challenge) > 1000:
		http.NotFound(w, r) // we asked for nothing of the kind
		return
	default:
		lease := min(max(seconds(q.Get("hub.lease_seconds")), leastLease), mostLease)
		sub.Expires, sub.Due, sub.Tries = now.Add(lease), now.Add(lease*3/4), 0
	}
	if err := s.Hubs.KeepHub(r.Context(), sub); err != nil {
		s.Log.Error("a hub's answer was not kept", "err", err)
		http.Error(w, "try again later", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = io.WriteString(w, challenge) //nolint:gosec // plain text that nothing may take for anything else
}

// told makes the feed due, if what comes is signed by the hub. An answer does not tell whether it was.
func (s *Subscriber) told(w http.ResponseWriter, r *http.Request, sub alerts.HubSubscription) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxHubBody))
	if err != nil {
		http.Error(w, "too large", http.StatusRequestEntityTooLarge)
		return
	}
	if sub.Expires.After(s.Now()) && signed(r.Header.Get("X-Hub-Signature"), sub.Secret, body) {
		if err := s.Hubs.HurryFeed(r.Context(), sub.Feed, s.Now()); err != nil {
			s.Log.Error("a hub's news was not kept", "err", err)
			http.Error(w, "try again later", http.StatusInternalServerError)
			return
		}
		s.Nudge()
	}
	w.WriteHeader(http.StatusAccepted)
}

// signed tells whether the header is the body's HMAC, in constant time. https://www.w3.org/TR/websub/#signature-validation
func signed(header, secret string, body []byte) bool {
	method, text, _ := strings.Cut(header, "=")
	algorithms := map[string]func() hash.Hash{"sha1": sha1.New, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New}
	algorithm, ok := algorithms[strings.ToLower(method)]
	if !ok || secret == "" {
		return false
	}
	got, err := hex.DecodeString(strings.TrimSpace(text))
	if err != nil {
		return false
	}
	mac := hmac.New(algorithm, []byte(secret))
	mac.Write(body)
	return hmac.Equal(got, mac.Sum(nil))
}
