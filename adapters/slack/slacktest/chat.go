package slacktest

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Message as Slack keeps it.
type Message struct {
	Channel  string
	TS       string
	ThreadTS string // of the root whose thread it is in, "" for a root
	Text     string // as sent: with Slack's escapes
	Blocks   json.RawMessage
	Metadata Metadata
	Edited   bool
	Other    bool // it is somebody else's

	Mrkdwn, LinkNames        bool
	Parse                    string
	UnfurlLinks, UnfurlMedia bool

	at time.Time
}

// Metadata is what an app hangs on a message.
type Metadata struct {
	EventType    string         `json:"event_type"`
	EventPayload map[string]any `json:"event_payload"`
}

// DeliveryID returns event_payload.delivery_id, "" if there is none.
func (m Message) DeliveryID() string {
	id, _ := m.Metadata.EventPayload["delivery_id"].(string)
	return id
}

// fill takes a message's content from a call; a failure if Slack would refuse it. The caller holds mu.
func (s *Server) fill(m *Message, args url.Values) *failure {
	m.Text, m.Blocks = args.Get("text"), json.RawMessage(args.Get("blocks"))
	m.Mrkdwn, m.Parse = args.Get("mrkdwn") != "false", args.Get("parse")
	m.LinkNames = args.Get("link_names") == "true" || args.Get("link_names") == "1"
	m.UnfurlLinks, m.UnfurlMedia = args.Get("unfurl_links") == "true", args.Get("unfurl_media") != "false"
	complaints, code := checkMessage(m.Text, m.Blocks)
	if meta := args.Get("metadata"); meta != "" && code == "" {
		switch err := json.Unmarshal([]byte(meta), &m.Metadata); {
		case err != nil || m.Metadata.EventType == "" || m.Metadata.EventPayload == nil:
			complaints, code = []string{"metadata needs event_type and event_payload"}, "invalid_metadata_format"
		case len(meta) > maxMetadata:
			complaints, code = []string{"metadata is too large"}, "metadata_too_large"
		}
	}
	s.complaints = append(s.complaints, complaints...)
	if code != "" {
		return &failure{code, object{"response_metadata": object{"messages": complaints}}}
	}
	return nil
}

func (s *Server) post(c *Channel, args url.Values, f Fault) (object, *failure) {
	switch {
	case c.Archived:
		return nil, &failure{code: "is_archived"}
	case !c.Member:
		return nil, &failure{code: "not_in_channel"}
	}
	m := &Message{Channel: c.ID, ThreadTS: args.Get("thread_ts")}
	if fail := s.fill(m, args); fail != nil {
		return nil, fail
	}
	if m.ThreadTS != "" && s.find(c.ID, m.ThreadTS) == nil {
		m.ThreadTS = "" // Slack posts a reply to a root that is gone outside the thread
	}
	m.at = s.cfg.Now().Add(f.Late)
	m.TS = s.stamp(m.at)
	s.messages[c.ID] = append(s.messages[c.ID], m)
	s.posted[m.DeliveryID()]++
	return object{"channel": c.ID, "ts": m.TS, "message": object{"text": m.Text, "ts": m.TS}}, nil
}

func (s *Server) update(c *Channel, args url.Values, f Fault) (object, *failure) {
	m := s.find(c.ID, args.Get("ts"))
	if m == nil {
		return nil, &failure{code: "message_not_found"}
	}
	changed := *m
	if fail := s.fill(&changed, args); fail != nil {
		return nil, fail
	}
	changed.Edited = true
	s.revisions = append(s.revisions, revision{s.cfg.Now().Add(f.Late), m, changed})
	s.revise()
	return object{"channel": c.ID, "ts": m.TS, "text": m.Text}, nil
}

// A revision is what an edit makes of a message, from a time on.
type revision struct {
	at time.Time
	of *Message
	to Message
}

// revise makes the changes whose time has come, the earliest first. The caller holds mu.
func (s *Server) revise() {
	slices.SortStableFunc(s.revisions, func(a, b revision) int { return a.at.Compare(b.at) })
	for len(s.revisions) > 0 && !s.revisions[0].at.After(s.cfg.Now()) {
		*s.revisions[0].of = s.revisions[0].to
		s.revisions = s.revisions[1:]
	}
}

func (s *Server) find(channel, ts string) *Message {
	for _, m := range s.messages[channel] {
		if m.TS == ts {
			return m
		}
	}
	return nil
}

// Delete removes a message, as its author or an admin may.
func (s *Server) Delete(channel, ts string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.messages[channel] = slices.DeleteFunc(s.messages[channel], func(m *Message) bool { return m.TS == ts })
}

// history answers conversations.history (roots, newest first) and conversations.replies (a thread, oldest first).
func (s *Server) history(method string, c *Channel, args url.Values) (object, *failure) {
	if !c.Member {
		return nil, &failure{code: "not_in_channel"}
	}
	thread := args.Get("ts")
	inclusive := args.Get("inclusive") == "1" || args.Get("inclusive") == "true"
	within := func(ts string) bool {
		oldest, latest := args.Get("oldest"), args.Get("latest")
		return (oldest == "" || ts > oldest || inclusive && ts == oldest) && (latest == "" || ts < latest || inclusive && ts == latest)
	}
	var found []*Message
	for _, m := range s.messages[c.ID] {
		visible := !m.at.Add(s.cfg.HistoryLag).After(s.cfg.Now())
		if method == "conversations.replies" && m.TS == thread && visible {
			found = append(found, m) // the root opens its thread, whatever the bounds
			continue
		}
		if visible && within(m.TS) && (method == "conversations.history") == (m.ThreadTS == "") && (method == "conversations.history" || m.ThreadTS == thread) {
			found = append(found, m)
		}
	}
	if method == "conversations.history" {
		slices.Reverse(found)
	}
	return s.page(found, args), nil
}

// page cuts a page out of what was found. A cursor is the position of the next page.
func (s *Server) page(found []*Message, args url.Values) object {
	limit, err := strconv.Atoi(args.Get("limit"))
	if err != nil || limit <= 0 {
		limit = 100
	}
	from, _ := strconv.Atoi(strings.TrimPrefix(args.Get("cursor"), "pos:"))
	from = min(max(from, 0), len(found))
	to := min(from+min(limit, s.cfg.PageLimit), len(found))
	metadata := args.Get("include_all_metadata") == "1" || args.Get("include_all_metadata") == "true"
	page := []object{}
	for _, m := range found[from:to] {
		o := object{"type": "message", "ts": m.TS, "text": m.Text, "user": BotUser, "bot_id": BotID}
		if m.Other {
			o["user"] = "U3"
			delete(o, "bot_id")
		}
		if m.ThreadTS != "" {
			o["thread_ts"] = m.ThreadTS
		}
		if metadata && m.Metadata.EventType != "" {
			o["metadata"] = m.Metadata
		}
		page = append(page, o)
	}
	answer := object{"messages": page, "has_more": to < len(found)}
	if to < len(found) {
		answer["response_metadata"] = object{"next_cursor": "pos:" + strconv.Itoa(to)}
	}
	return answer
}

// Chat posts a message of somebody else's.
func (s *Server) Chat(channel, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := &Message{Channel: channel, Text: text, Other: true, at: s.cfg.Now()}
	m.TS = s.stamp(m.at)
	s.messages[channel] = append(s.messages[channel], m)
}
