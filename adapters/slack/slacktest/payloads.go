package slacktest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// Slack's rules for response URLs.
// https://docs.slack.dev/interactivity/handling-user-interaction
const (
	responseUses = 5
	responseLife = 30 * time.Minute
)

type responseURLs struct {
	made int
	left map[string]*responseURL
	got  []Response
}

type responseURL struct {
	uses    int
	expires time.Time
}

// A Response is what was posted to a response URL.
type Response struct {
	URL     string // the one it was posted to
	Type    string // response_type: ephemeral or in_channel
	Thread  string // thread_ts
	Replace bool   // replace_original
	Message Message
}

// ResponseURL makes one, as Slack sends it with a command or a click.
func (s *Server) ResponseURL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.urls.made++
	id := strconv.Itoa(s.urls.made)
	s.urls.left[id] = &responseURL{uses: responseUses, expires: s.cfg.Now().Add(responseLife)}
	return s.http.URL + "/respond/" + id
}

// Responses are the posts to response URLs that Slack took, in their order.
func (s *Server) Responses() []Response {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Response(nil), s.urls.got...)
}

func (s *Server) serveResponse(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	var in struct {
		Text            string          `json:"text"`
		Blocks          json.RawMessage `json:"blocks"`
		ResponseType    string          `json:"response_type"`
		ThreadTS        string          `json:"thread_ts"`
		ReplaceOriginal bool            `json:"replace_original"`
	}
	if err != nil || json.Unmarshal(body, &in) != nil {
		http.Error(w, "invalid_payload", http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls["response_url"]++
	if f, ok := s.takeFault("response_url", ""); ok {
		f.answer(w, r, s.stop)
		return
	}
	u := s.urls.left[r.PathValue("id")]
	switch {
	case u == nil || s.cfg.Now().After(u.expires):
		http.Error(w, "expired_url", http.StatusNotFound)
		return
	case u.uses == 0:
		http.Error(w, "used_url", http.StatusNotFound)
		return
	}
	complaints, code := checkMessage(in.Text, in.Blocks)
	s.complaints = append(s.complaints, complaints...)
	if code != "" {
		http.Error(w, code, http.StatusBadRequest)
		return
	}
	u.uses--
	s.urls.got = append(s.urls.got, Response{
		URL: s.http.URL + r.URL.Path, Type: in.ResponseType, Thread: in.ThreadTS, Replace: in.ReplaceOriginal,
		Message: Message{Text: in.Text, Blocks: in.Blocks, Mrkdwn: true},
	})
	_, _ = w.Write([]byte("ok"))
}

// Command is the payload of a slash command that the user typed in the channel, with a fresh response URL and trigger.
func (s *Server) Command(user, channel, text string) map[string]string {
	responseURL := s.ResponseURL()
	s.mu.Lock()
	defer s.mu.Unlock()
	name := "directmessage"
	if c := s.channels[channel]; c != nil {
		name = c.Name
	}
	return map[string]string{
		"team_id": s.users[user].Team, "team_domain": "newsroom", "channel_id": channel, "channel_name": name, "user_id": user,
		"user_name": s.users[user].Name, "command": "/attache", "text": text, "api_app_id": AppID, "response_url": responseURL,
		"trigger_id": s.stamp(s.cfg.Now()) + ".x",
	}
}

// Click is the payload of a click on a button of a message.
func (s *Server) Click(user, channel, messageTS, actionID, value string) map[string]any {
	responseURL := s.ResponseURL()
	s.mu.Lock()
	defer s.mu.Unlock()
	thread := ""
	if m := s.find(channel, messageTS); m != nil {
		thread = m.ThreadTS
	}
	return object{
		"type": "block_actions", "api_app_id": AppID, "trigger_id": s.stamp(s.cfg.Now()) + ".x", "response_url": responseURL,
		"team": object{"id": Team, "domain": "newsroom"}, "user": object{"id": user, "username": s.users[user].Name, "team_id": s.users[user].Team},
		"channel": object{"id": channel}, "container": object{"type": "message", "message_ts": messageTS, "channel_id": channel, "thread_ts": thread},
		"message": object{"type": "message", "ts": messageTS, "text": "x"},
		"actions": []object{{"type": "button", "action_id": actionID, "block_id": "b", "value": value, "action_ts": "1.2"}},
	}
}

// Event is the payload of an event, such as member_joined_channel with its fields.
func (s *Server) Event(kind string, fields map[string]any) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	event := object{"type": kind, "event_ts": s.stamp(s.cfg.Now())}
	for k, v := range fields {
		event[k] = v
	}
	return object{
		"type": "event_callback", "team_id": Team, "api_app_id": AppID, "event": event, "event_id": "Ev" + s.stamp(s.cfg.Now()),
		"event_time": s.cfg.Now().Unix(), "authorizations": []object{{"team_id": Team, "user_id": BotUser, "is_bot": true}},
	}
}

// Form returns the body in which a payload of the Envelope type travels over HTTP, and its content type.
func Form(envelopeType string, payload any) (body []byte, contentType string) {
	js, _ := json.Marshal(payload)
	form := url.Values{}
	switch envelopeType {
	case "events_api":
		return js, "application/json"
	case "interactive":
		form.Set("payload", string(js))
	default:
		var fields map[string]string
		_ = json.Unmarshal(js, &fields)
		for k, v := range fields {
			form.Set(k, v)
		}
	}
	return []byte(form.Encode()), "application/x-www-form-urlencoded"
}

// Sign returns the headers by which Slack vouches for a body.
// https://docs.slack.dev/authentication/verifying-requests-from-slack
func Sign(secret string, at time.Time, body []byte) http.Header {
	ts := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "v0:%s:%s", ts, body)
	return http.Header{"X-Slack-Request-Timestamp": {ts}, "X-Slack-Signature": {"v0=" + hex.EncodeToString(mac.Sum(nil))}}
}

// Deliver sends the payload to the app's address over HTTP, signed.
func (s *Server) Deliver(ctx context.Context, address, envelopeType string, payload any) (*http.Response, error) {
	s.mu.Lock()
	typed := s.typed(envelopeType)
	s.mu.Unlock()
	if !typed {
		return nil, ErrNoCommands
	}
	body, contentType := Form(envelopeType, payload)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header = Sign(s.cfg.SigningSecret, s.cfg.Now(), body)
	r.Header.Set("Content-Type", contentType)
	return http.DefaultClient.Do(r)
}
