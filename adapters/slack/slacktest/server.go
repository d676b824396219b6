package slacktest

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"time"
)

// The identities of the workspace that every Server starts with.
const (
	Team    = "T0NEWS"
	BotUser = "U0BOT"
	BotID   = "B0BOT"
	AppID   = "A0APP"
)

// Config says what kind of Slack to run. The zero value is Slack's own manner, with all scopes.
type Config struct {
	BotToken, AppToken, SigningSecret string           // "" is xoxb-test, xapp-test, sekret
	Now                               func() time.Time // nil is time.Now
	Every                             time.Duration    // the least time between two messages of a channel; 0 is a second
	Scopes                            []string         // nil is AllScopes
	PageLimit                         int              // the most messages of a history page; 0 is 999
	HistoryLag                        time.Duration    // how much later than posted a message appears in the history
	PingEvery                         time.Duration    // WebSocket pings; 0 is five seconds
	Listener                          net.Listener     // such as a network in memory; nil is one on the loopback

	// Draw says how a call of chat.* fails for which Fail named nothing. It is called one at a time; nil is not at all.
	Draw func(method string) (Fault, bool)
}

// AllScopes returns the scopes that the methods served here ask for, and that of slash commands.
func AllScopes() []string {
	return []string{
		"chat:write", "commands", "users:read", "usergroups:read",
		"channels:read", "groups:read", "channels:history", "groups:history",
	}
}

// A Channel of the workspace.
type Channel struct {
	ID, Name                  string
	Private, Archived, Member bool // Member: the bot is in it
}

// A User of the workspace or, with another Team, of a connected one.
type User struct {
	ID, Name, Team               string // Team "" is the workspace
	Admin, Owner, Guest, Deleted bool
}

// Server is the fake Slack. Its methods may be called at any time, from any goroutine.
type Server struct {
	cfg  Config
	http *httptest.Server

	mu         sync.Mutex
	scopes     []string
	channels   map[string]*Channel
	users      map[string]User
	groups     map[string][]string
	messages   map[string][]*Message // by channel, oldest first
	revisions  []revision            // edits that are accepted and not yet seen
	posted     map[string]int        // by delivery id: how often it was posted
	lastTS     int64                 // microseconds, so that each ts is used once
	next       map[string]time.Time  // by channel: when it takes the next message
	paused     map[string]time.Time  // by channel, "" for all: until when a 429 forbids calls
	since      map[string]time.Time  // when that was said
	faults     []Fault
	calls      map[string]int
	complaints []string
	refused    int
	early      int
	revoked    string // the error that every token gets, "" none

	sockets sockets
	urls    responseURLs
	stop    chan struct{}
}

// Start runs a Slack with the channels C1 (articles), C2 (politics), C3 (sport) and the private G1 (desk), of all of
// which the bot is a member, and C9, of which it is not; with the admin U1, the owner U2, the members U3 and U4, the
// guest U5 and U9 of the connected team T0OTHER; and the user group S1 with U3.
func Start(cfg Config) *Server {
	cfg = cfg.withDefaults()
	s := &Server{
		cfg: cfg, scopes: slices.Clone(cfg.Scopes), stop: make(chan struct{}),
		channels: map[string]*Channel{}, users: map[string]User{}, groups: map[string][]string{"S1": {"U3"}},
		messages: map[string][]*Message{}, posted: map[string]int{}, next: map[string]time.Time{}, paused: map[string]time.Time{}, since: map[string]time.Time{}, calls: map[string]int{},
	}
	s.urls.left = map[string]*responseURL{}
	s.sockets.tickets = map[string]bool{}
	s.sockets.pending = map[string]chan Ack{}
	for _, c := range []Channel{
		{ID: "C1", Name: "articles", Member: true},
		{ID: "C2", Name: "politics", Member: true},
		{ID: "C3", Name: "sport", Member: true},
		{ID: "G1", Name: "desk", Private: true, Member: true},
		{ID: "C9", Name: "elsewhere"},
	} {
		s.AddChannel(c)
	}
	for _, u := range []User{
		{ID: "U1", Name: "ada", Admin: true},
		{ID: "U2", Name: "oma", Owner: true},
		{ID: "U3", Name: "edi"},
		{ID: "U4", Name: "vi"},
		{ID: "U5", Name: "guest", Guest: true},
		{ID: "U9", Name: "outsider", Team: "T0OTHER", Admin: true},
	} {
		s.AddUser(u)
	}
	s.http = &httptest.Server{Listener: cfg.Listener, Config: &http.Server{Handler: s.routes()}}
	if cfg.Listener == nil {
		s.http = httptest.NewUnstartedServer(s.routes())
	}
	s.http.Start()
	return s
}

func (c Config) withDefaults() Config {
	c.BotToken, c.AppToken, c.SigningSecret = or(c.BotToken, "xoxb-test"), or(c.AppToken, "xapp-test"), or(c.SigningSecret, "sekret")
	c.Every, c.PageLimit, c.PingEvery = or(c.Every, time.Second), or(c.PageLimit, 999), or(c.PingEvery, 5*time.Second)
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Scopes == nil {
		c.Scopes = AllScopes()
	}
	return c
}

func or[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/", s.serveAPI)
	mux.HandleFunc("/link/", s.serveSocket)
	mux.HandleFunc("POST /respond/{id}", s.serveResponse)
	return mux
}

// Close ends all connections.
func (s *Server) Close() {
	s.mu.Lock()
	select {
	case <-s.stop:
	default:
		close(s.stop)
	}
	s.mu.Unlock()
	s.Drop()
	s.http.CloseClientConnections()
	s.http.Close()
}

// APIURL is where the Web API is, with the slash at its end.
func (s *Server) APIURL() string { return s.http.URL + "/api/" }

// AddChannel adds or changes a channel.
func (s *Server) AddChannel(c Channel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[c.ID] = &c
}

// AddUser adds or changes a user.
func (s *Server) AddUser(u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u.Team = or(u.Team, Team)
	s.users[u.ID] = u
}

// SetGroup makes the users the members of a user group.
func (s *Server) SetGroup(id string, users ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.groups[id] = users
}

// SetScopes changes what the bot token may do.
func (s *Server) SetScopes(scopes ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scopes = scopes
}

// Revoke makes every call fail with the error, such as token_revoked; "" undoes it.
func (s *Server) Revoke(code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked = code
}

// Calls tells how often a method was called, "" for all.
func (s *Server) Calls(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if method != "" {
		return s.calls[method]
	}
	n := 0
	for _, c := range s.calls {
		n += c
	}
	return n
}

// Refused tells how many messages came too soon after another in their channel.
func (s *Server) Refused() int { s.mu.Lock(); defer s.mu.Unlock(); return s.refused }

// Early tells how many calls were made before a Retry-After had ended. One that came at the very time at which it was said
// was on its way, as in a bubble of testing/synctest it may be, and is not counted.
func (s *Server) Early() int { s.mu.Lock(); defer s.mu.Unlock(); return s.early }

// Complaints are what Slack had against the messages it was sent.
func (s *Server) Complaints() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.complaints)
}

// Messages returns what a channel's members see, oldest first, replies among them.
func (s *Server) Messages(channel string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revise()
	var seen []Message
	for _, m := range s.messages[channel] {
		if !m.at.After(s.cfg.Now()) {
			seen = append(seen, *m)
		}
	}
	return seen
}

// Count tells how many messages were ever posted with the delivery id, late ones and those that were deleted included.
func (s *Server) Count(deliveryID string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.posted[deliveryID]
}

// stamp returns a ts that was never used, not before t.
func (s *Server) stamp(t time.Time) string {
	s.lastTS = max(s.lastTS+1, t.UnixMicro())
	return fmt.Sprintf("%d.%06d", s.lastTS/1e6, s.lastTS%1e6)
}
