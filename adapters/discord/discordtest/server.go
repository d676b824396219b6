package discordtest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Limits are the rules that a test may change before the first call.
type Limits struct {
	PerChannel  int           // posts in a Window; 0 is 5
	Window      time.Duration // 0 is 200 ms, where the vendor takes seconds
	Global      int           // calls a second; 0 is 50
	Nonce       time.Duration // how long a nonce is remembered; 0 is 5 minutes, less than 0 not at all
	Interaction time.Duration // for the first answer; 0 is 3 s
	HistoryLag  time.Duration // how much later than posted a message appears in the list of its channel
}

// A Server is the vendor. Its fields are set before the first call.
type Server struct {
	URL    string
	Token  string
	AppID  string
	BotID  string
	Limits Limits
	Now    func() time.Time
	Draw   func() (Fault, bool) // how a post or edit fails for which Fail named nothing; it is called one at a time; nil is not at all

	http *httptest.Server
	gate gateway

	mu           sync.Mutex
	lastID       int64
	places       int
	guilds       map[string]*Guild
	channels     map[string]*Channel
	posted       map[string]int // by nonce: how often it was posted
	interactions map[string]*Interaction
	commands     []Command
	overwrites   int
	faults       []Fault
	calls        []string
	complaints   []string
	windows      map[string]*window
	global       []time.Time
	paused       map[string]time.Time // by channel, "" for all
	since        map[string]time.Time // when that was said
	early        int
	dead         bool // the token is revoked
}

type window struct {
	left  int
	reset time.Time
}

// New returns a running Discord with the guild "Newsroom" in which the bot may post in the channels 0, 1 and 2. It stops
// with t.
func New(t testing.TB) *Server { return On(t, nil) }

// On is New on a listener of the test's own, such as a network in memory; nil is one on the loopback.
func On(t testing.TB, l net.Listener) *Server {
	s := &Server{
		Token: "MTIz.fake.token", AppID: "900000000000000001", BotID: "900000000000000002", Now: time.Now,
		guilds: map[string]*Guild{}, channels: map[string]*Channel{}, posted: map[string]int{}, interactions: map[string]*Interaction{},
		windows: map[string]*window{}, paused: map[string]time.Time{}, since: map[string]time.Time{},
	}
	s.gate.server = s
	s.gate.sessions = map[string]*session{}
	s.http = &httptest.Server{Listener: l, Config: &http.Server{Handler: s}}
	if l == nil {
		s.http = httptest.NewUnstartedServer(s)
	}
	s.http.Start()
	s.URL = s.http.URL
	t.Cleanup(func() {
		s.gate.stop()
		s.http.CloseClientConnections()
		s.http.Close()
	})
	g := s.AddGuild("Newsroom", false)
	for i := range 3 {
		g.AddChannel(fmt.Sprint("articles-", i))
	}
	return s
}

// id makes a snowflake of now, greater than any before it.
func (s *Server) id() string {
	ms := s.Now().UnixMilli() - 1420070400000
	s.lastID = max(s.lastID+1, ms<<22)
	return strconv.FormatInt(s.lastID, 10)
}

// place makes an id of a guild, role or channel: the same in every run.
func (s *Server) place() string {
	s.places++
	return strconv.Itoa(600000000000000000 + s.places)
}

// Calls returns the calls so far, as "POST /channels/1/messages".
func (s *Server) Calls() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.calls...)
}

// Complaints returns what clients did wrong without a refusal of their call.
func (s *Server) Complaints() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.complaints...)
}

// Early returns how many calls came before the time that the vendor had named, or over a rate limit. One that came at the
// very time at which it was named was on its way, as in a bubble of testing/synctest it may be, and is not counted.
func (s *Server) Early() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.early
}

// Revoke makes the token invalid: every call and sign-in is refused.
func (s *Server) Revoke() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dead = true
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/gateway" || r.URL.Path == "/gateway/" {
		s.gate.serve(w, r)
		return
	}
	path, ok := strings.CutPrefix(r.URL.Path, "/api/v10")
	if !ok {
		s.complain("speaks another version: " + r.URL.Path)
		refuse(w, 404, 0, "404: Not Found")
		return
	}
	s.mu.Lock()
	s.calls = append(s.calls, r.Method+" "+path)
	s.mu.Unlock()
	parts := strings.Split(strings.Trim(path, "/"), "/")
	own := parts[0] == "interactions" || parts[0] == "webhooks"
	if !own && !s.authorised(w, r) {
		return
	}
	if !own && s.limited(w, r, parts) {
		return
	}
	s.route(w, r, parts)
}

func (s *Server) authorised(w http.ResponseWriter, r *http.Request) bool {
	s.mu.Lock()
	dead := s.dead
	s.mu.Unlock()
	if agent := r.Header.Get("User-Agent"); !strings.HasPrefix(agent, "DiscordBot (") {
		s.complain("is not an honest User-Agent: " + agent)
	}
	if r.Header.Get("Authorization") == "Bot "+s.Token && !dead {
		return true
	}
	refuse(w, 401, 0, "401: Unauthorized")
	return false
}

func (s *Server) route(w http.ResponseWriter, r *http.Request, parts []string) {
	at := func(pattern string) bool {
		method, path, _ := strings.Cut(pattern, " ")
		want := strings.Split(path, "/")
		if method != r.Method || len(want) != len(parts) {
			return false
		}
		for i, p := range want {
			if p != "*" && p != parts[i] {
				return false
			}
		}
		return true
	}
	switch {
	case at("GET gateway"):
		answer(w, 200, map[string]any{"url": strings.Replace(s.URL, "http", "ws", 1) + "/gateway"})
	case at("GET users/@me"):
		answer(w, 200, s.user())
	case at("GET applications/@me"):
		answer(w, 200, map[string]any{"id": s.AppID, "name": "Attaché"})
	case at("GET channels/*"), at("GET guilds/*"), at("GET guilds/*/members/*"):
		s.look(w, parts)
	case at("POST channels/*/messages"):
		s.create(w, r, parts[1])
	case at("GET channels/*/messages"):
		s.list(w, r, parts[1])
	case at("PATCH channels/*/messages/*"):
		s.edit(w, r, parts[1], parts[3])
	case at("PUT applications/*/commands"):
		s.overwrite(w, r, parts[1])
	case at("POST interactions/*/*/callback"):
		s.callback(w, r, parts[1], parts[2])
	case at("POST webhooks/*/*"), at("PATCH webhooks/*/*/messages/@original"), at("DELETE webhooks/*/*/messages/@original"):
		s.hook(w, r, parts)
	default:
		s.complain("no such operation: " + r.Method + " " + r.URL.Path)
		refuse(w, 404, 0, "404: Not Found")
	}
}

func (s *Server) user() map[string]any {
	return map[string]any{"id": s.BotID, "username": "attache", "discriminator": "0", "bot": true}
}

func (s *Server) complain(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.complaints = append(s.complaints, what)
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

func refuse(w http.ResponseWriter, status, code int, say string) {
	answer(w, status, map[string]any{"code": code, "message": say})
}

// limited answers a call that comes too early with 429, and writes the headers of the channel's window for others.
func (s *Server) limited(w http.ResponseWriter, r *http.Request, parts []string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Now()
	for len(s.global) > 0 && now.Sub(s.global[0]) >= time.Second {
		s.global = s.global[1:]
	}
	major := ""
	if parts[0] == "channels" && len(parts) > 1 {
		major = parts[1]
	}
	switch {
	case now.Before(s.paused[""]):
		s.tooEarly("", now)
		tooMany(w, "global", s.paused[""].Sub(now), false)
		return true
	case major != "" && now.Before(s.paused[major]):
		s.tooEarly(major, now)
		tooMany(w, "user", s.paused[major].Sub(now), false)
		return true
	case len(s.global) >= cmp.Or(s.Limits.Global, 50):
		s.early++
		tooMany(w, "global", time.Second-now.Sub(s.global[0]), false)
		return true
	}
	s.global = append(s.global, now)
	if r.Method != http.MethodPost || major == "" {
		return false
	}
	most, length := cmp.Or(s.Limits.PerChannel, 5), cmp.Or(s.Limits.Window, 200*time.Millisecond)
	win := s.windows[major]
	if win == nil || !now.Before(win.reset) {
		win = &window{most, now.Add(length)}
		s.windows[major] = win
	}
	h := w.Header()
	h.Set("X-RateLimit-Bucket", "abcd1234")
	h.Set("X-RateLimit-Limit", strconv.Itoa(most))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(max(0, win.left-1)))
	h.Set("X-RateLimit-Reset", strconv.FormatFloat(float64(win.reset.UnixMilli())/1000, 'f', 3, 64))
	h.Set("X-RateLimit-Reset-After", strconv.FormatFloat(win.reset.Sub(now).Seconds(), 'f', 3, 64))
	if win.left <= 0 {
		s.early++
		tooMany(w, "user", win.reset.Sub(now), false)
		return true
	}
	win.left--
	return false
}

// tooEarly counts a call within a pause. The caller holds mu.
func (s *Server) tooEarly(channel string, now time.Time) {
	if now.After(s.since[channel]) {
		s.early++
	}
}

// tooMany writes a 429 as the vendor does: of a global one there is no Reset-After; Cloudflare's is a page.
func tooMany(w http.ResponseWriter, scope string, after time.Duration, page bool) {
	h, seconds := w.Header(), strconv.FormatFloat(after.Seconds()+0.001, 'f', 3, 64)
	h.Set("Retry-After", seconds)
	if page {
		h.Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusTooManyRequests)
		_, _ = fmt.Fprint(w, "<!doctype html><title>Access denied | discord.com used Cloudflare</title>error 1015")
		return
	}
	h.Set("X-RateLimit-Scope", scope)
	if scope == "global" {
		h.Set("X-RateLimit-Global", "true")
	}
	answer(w, 429, map[string]any{"message": "You are being rate limited.", "retry_after": after.Seconds(), "global": scope == "global"})
}
