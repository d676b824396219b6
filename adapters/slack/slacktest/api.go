package slacktest

import (
	"encoding/json"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A failure is an error of the Web API, with what Slack says besides.
type failure struct {
	code string
	with map[string]any
}

type object = map[string]any

// serveAPI is every method: the token, faults, rate and scopes first, then the work.
func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	method := strings.TrimPrefix(r.URL.Path, "/api/")
	if err := r.ParseForm(); err != nil || r.Method != http.MethodPost {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	args := r.PostForm
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if token == "" {
		token = args.Get("token")
	}
	s.mu.Lock()
	s.calls[method]++
	w.Header().Set("X-OAuth-Scopes", strings.Join(s.scopes, ","))
	f, faulty := s.takeFault(method, args.Get("channel"))
	if faulty && !f.harmless() {
		s.pauseFor(f, args.Get("channel"))
		if f.Accept {
			s.perform(method, token, args, f)
		}
		s.mu.Unlock()
		f.answer(w, r, s.stop)
		return
	}
	if s.tooSoon(method, args.Get("channel")) {
		left := latest(s.paused[""], s.paused[args.Get("channel")]).Sub(s.cfg.Now())
		s.mu.Unlock()
		w.Header().Set("Retry-After", strconv.Itoa(max(1, int(math.Ceil(left.Seconds())))))
		w.WriteHeader(http.StatusTooManyRequests)
		reply(w, object{"ok": false, "error": "ratelimited"})
		return
	}
	result, fail := s.perform(method, token, args, Fault{Late: f.Lag})
	s.mu.Unlock()
	<-time.After(f.Lag)
	if fail != nil {
		result = object{"ok": false, "error": fail.code}
		for k, v := range fail.with {
			result[k] = v
		}
	} else {
		result["ok"] = true
	}
	reply(w, result)
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// tooSoon tells whether the call is against a rate limit, and counts it. The caller holds mu.
func (s *Server) tooSoon(method, channel string) bool {
	now := s.cfg.Now()
	if now.Before(s.paused[channel]) || now.Before(s.paused[""]) {
		if now.Before(s.paused[channel]) && now.After(s.since[channel]) || now.Before(s.paused[""]) && now.After(s.since[""]) {
			s.early++
		}
		s.refused++
		return true
	}
	if method != "chat.postMessage" {
		return false
	}
	// Slack lets short bursts pass; half the time is what the way through the network may take from the gap.
	if now.Add(s.cfg.Every / 2).Before(s.next[channel]) {
		s.refused++
		return true
	}
	s.next[channel] = now.Add(s.cfg.Every)
	return false
}

// scopeOf names the scope that a method needs; with a channel that is private, that of groups.
func scopeOf(method string, private bool) string {
	kind := "channels"
	if private {
		kind = "groups"
	}
	switch method {
	case "chat.postMessage", "chat.update":
		return "chat:write"
	case "conversations.history", "conversations.replies":
		return kind + ":history"
	case "conversations.info":
		return kind + ":read"
	case "users.info":
		return "users:read"
	case "usergroups.users.list":
		return "usergroups:read"
	}
	return ""
}

// perform does a call's work. The caller holds mu.
func (s *Server) perform(method, token string, args url.Values, f Fault) (object, *failure) {
	s.revise()
	wanted := s.cfg.BotToken
	if method == "apps.connections.open" {
		wanted = s.cfg.AppToken
	}
	switch {
	case s.revoked != "":
		return nil, &failure{code: s.revoked}
	case token == "":
		return nil, &failure{code: "not_authed"}
	case token != wanted:
		return nil, &failure{code: "invalid_auth"}
	}
	channel := s.channels[args.Get("channel")]
	if scope := scopeOf(method, channel != nil && channel.Private); scope != "" && !slices.Contains(s.scopes, scope) {
		return nil, &failure{"missing_scope", object{"needed": scope, "provided": strings.Join(s.scopes, ",")}}
	}
	switch method {
	case "auth.test":
		return object{"url": "https://newsroom.slack.com/", "team": "Newsroom", "user": "attache", "team_id": Team, "user_id": BotUser, "bot_id": BotID}, nil
	case "apps.connections.open":
		return object{"url": s.ticket()}, nil
	case "users.info":
		return s.userInfo(args)
	case "usergroups.users.list":
		users, ok := s.groups[args.Get("usergroup")]
		if !ok {
			return nil, &failure{code: "no_such_subteam"}
		}
		return object{"users": users}, nil
	}
	if !strings.HasPrefix(method, "chat.") && !strings.HasPrefix(method, "conversations.") {
		return nil, &failure{code: "unknown_method"}
	}
	if channel == nil || channel.Private && !channel.Member {
		return nil, &failure{code: "channel_not_found"}
	}
	switch method {
	case "conversations.info":
		return object{"channel": object{
			"id": channel.ID, "name": channel.Name, "is_channel": !channel.Private, "is_private": channel.Private,
			"is_archived": channel.Archived, "is_member": channel.Member,
		}}, nil
	case "conversations.history", "conversations.replies":
		return s.history(method, channel, args)
	case "chat.postMessage":
		return s.post(channel, args, f)
	case "chat.update":
		return s.update(channel, args, f)
	}
	return nil, &failure{code: "unknown_method"}
}

func (s *Server) userInfo(args url.Values) (object, *failure) {
	u, ok := s.users[args.Get("user")]
	if !ok {
		return nil, &failure{code: "user_not_found"}
	}
	return object{"user": object{
		"id": u.ID, "team_id": u.Team, "name": u.Name, "deleted": u.Deleted, "is_admin": u.Admin || u.Owner,
		"is_owner": u.Owner, "is_restricted": u.Guest, "is_stranger": u.Team != Team,
	}}, nil
}

func reply(w http.ResponseWriter, v any) {
	if w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
	}
	_ = json.NewEncoder(w).Encode(v)
}
