package alerts

import (
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strings"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// StoryID names a story: 16 characters of a-z2-7, made from its first article, so that planning twice gives it once.
type StoryID string

// A Story is articles about one event.
type Story struct {
	ID     StoryID
	Title  string // of its first article
	Opened time.Time
}

// NewStoryID returns the id of the story that the article opens. The feed is named by its URL, which outlives the store.
func NewStoryID(feedURL, articleKey string) StoryID {
	return StoryID(digest(16, "story", feedURL, articleKey))
}

// NewAlertID returns the short id of a story in a channel, as /why takes it: 8 characters of a-z2-7.
func NewAlertID(c Channel, s StoryID) string { return digest(8, "alert", string(c), string(s)) }

// digest returns n characters of a-z2-7 that are the same for the same parts.
func digest(n int, parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return strings.ToLower(base32.StdEncoding.EncodeToString(h.Sum(nil)))[:n]
}

// An Alert is a story as one channel sees it, as meaning: the adapter draws it, the same way every time. It is frozen
// into the delivery as JSON, so its field names are a contract with rows already stored.
type Alert struct {
	ID        string        `json:"id"` // NewAlertID
	Channel   Channel       `json:"channel"`
	Story     StoryID       `json:"story"`
	Title     string        `json:"title"`
	URL       string        `json:"url"` // http(s) or ""
	Summary   string        `json:"summary"`
	Language  string        `json:"language,omitempty"`
	Published time.Time     `json:"published"`
	Sources   []AlertSource `json:"sources"` // at least one, unless Notice; the first is where Title and URL are from
	Matches   []Hit         `json:"matches"` // at least one, unless Sample or Notice
	Ping      string        `json:"ping,omitempty"`
	AlsoPing  []string      `json:"also_ping,omitempty"` // whom else the subscriptions name, each once
	Sample    bool          `json:"sample,omitempty"`    // sent by /test
	Notice    bool          `json:"notice,omitempty"`    // the bot itself tells the admins: Title and Summary are all there is

	// Of a message that tells gathered stories: those that it names, the newest first, and how many there are beyond. Its
	// own URL is "" and its own Matches have no evidence: what fired stands in the stories.
	Stories []Piece `json:"stories,omitempty"`
	More    int     `json:"more,omitempty"`
}

// Pings are whom the alert's root pings, each once.
func (a Alert) Pings() []string {
	if a.Ping == "" {
		return nil
	}
	return append([]string{a.Ping}, a.AlsoPing...)
}

// ping adds whom the alert pings, each once.
func (a *Alert) ping(names ...string) {
	for _, name := range names {
		switch {
		case name == "" || slices.Contains(a.Pings(), name) || len(a.AlsoPing) == maxPings-1:
		case a.Ping == "":
			a.Ping = name
		default:
			a.AlsoPing = append(slices.Clip(a.AlsoPing), name)
		}
	}
}

// maxPings is how many roles or groups one message pings: more would be everybody.
const maxPings = 10

// An AlertSource is an outlet that carries the story.
type AlertSource struct {
	Name      string    `json:"name"`
	Country   string    `json:"country"`
	Ownership Ownership `json:"ownership"`
	URL       string    `json:"url"`
}

// A Hit is a watch that fired, and on what.
type Hit struct {
	Watchlist string           `json:"watchlist"`
	Watch     string           `json:"watch"`
	Kind      match.Kind       `json:"kind"`
	Mention   match.Mention    `json:"mention"`
	Evidence  []match.Evidence `json:"evidence"`
	Article   string           `json:"article,omitempty"` // the address of the article it is of, where that is not the alert's own
}
