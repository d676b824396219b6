package discordtest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// body reads a draft strictly: a misspelt field is a refusal here, where the vendor would silently ignore it.
func body(r *http.Request) (d draft, problems []string) {
	data, err := io.ReadAll(r.Body)
	if err != nil {
		return d, []string{err.Error()}
	}
	return parseDraft(data)
}

func parseDraft(data []byte) (d draft, problems []string) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&d); err != nil {
		return d, []string{err.Error()}
	}
	return d, d.check()
}

func refuseForm(w http.ResponseWriter, problems []string) {
	answer(w, 400, map[string]any{"code": 50035, "message": "Invalid Form Body", "errors": problems})
}

func (s *Server) create(w http.ResponseWriter, r *http.Request, channel string) {
	fault, armed := s.nextFault(channel)
	if armed && !fault.Accept && !fault.harmless() {
		s.fail(w, r, channel, fault)
		return
	}
	d, problems := body(r)
	<-time.After(fault.Lag) // also where the client is gone
	s.mu.Lock()
	defer s.mu.Unlock()
	need := int64(SendMessages)
	if d.Embeds != nil && len(*d.Embeds) > 0 {
		need |= EmbedLinks
	}
	c := s.open(w, channel, need)
	switch {
	case c == nil:
		return
	case len(problems) > 0:
		refuseForm(w, problems)
		return
	}
	m, deleted := s.repeated(d)
	switch {
	case deleted:
		refuse(w, 404, 10008, "Unknown Message")
		return
	case m == nil:
		if m = s.add(w, c, d); m == nil {
			return
		}
	}
	if armed && !fault.harmless() {
		s.mu.Unlock()
		s.fail(w, r, channel, fault)
		s.mu.Lock()
		return
	}
	answer(w, 200, s.message(c, m))
}

// repeated returns the bot's message with the same nonce, if there is one within the window.
func (s *Server) repeated(d draft) (m *Message, deleted bool) {
	window := s.Limits.Nonce
	if window == 0 {
		window = 5 * time.Minute
	}
	if d.Nonce == "" || !d.Enforce {
		return nil, false
	}
	for _, c := range s.channels {
		for _, old := range c.Messages {
			if old.Nonce == d.Nonce && s.Now().Sub(old.At) < window {
				return old, old.Deleted
			}
		}
	}
	return nil, false
}

func (s *Server) add(w http.ResponseWriter, c *Channel, d draft) *Message {
	m := &Message{ID: s.id(), Nonce: d.Nonce, At: s.Now(), Flags: d.Flags}
	if ref := d.Reference; ref != nil {
		exists := slices.ContainsFunc(c.Messages, func(m *Message) bool { return m.ID == ref.Message && !m.Deleted })
		if !exists && (ref.Fail == nil || *ref.Fail) {
			refuseForm(w, []string{"message_reference: Unknown message"})
			return nil
		}
		if exists {
			m.Root = ref.Message
		}
	}
	m.take(d)
	if d.Nonce == "" || !d.Enforce {
		m.Bad = append(m.Bad, "a post without an enforced nonce")
	}
	c.Messages = append(c.Messages, m)
	s.posted[m.Nonce]++
	return m
}

// take changes the message to what a draft says, and pings.
func (m *Message) take(d draft) {
	if d.Content != nil {
		m.Content = *d.Content
	}
	if d.Embeds != nil {
		m.Embeds = *d.Embeds
	}
	if d.Components != nil {
		m.Components = *d.Components
	}
	if d.Mentions == nil {
		m.Bad = append(m.Bad, "no allowed_mentions: everybody named is pinged")
	}
	m.Pinged = append(m.Pinged, pings(m.Content, d.Mentions)...)
}

func (s *Server) edit(w http.ResponseWriter, r *http.Request, channel, id string) {
	fault, armed := s.nextFault(channel)
	if armed && !fault.Accept && !fault.harmless() {
		s.fail(w, r, channel, fault)
		return
	}
	d, problems := body(r)
	<-time.After(fault.Lag) // also where the client is gone
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.open(w, channel, 0)
	if c == nil {
		return
	}
	m := c.find(id)
	switch {
	case m == nil:
		refuse(w, 404, 10008, "Unknown Message")
	case len(problems) > 0:
		refuseForm(w, problems)
	default:
		m.take(d)
		m.Edited = s.Now()
		if armed && !fault.harmless() {
			s.mu.Unlock()
			s.fail(w, r, channel, fault)
			s.mu.Lock()
			return
		}
		answer(w, 200, s.message(c, m))
	}
}

func (c *Channel) find(id string) *Message {
	for _, m := range c.Messages {
		if m.ID == id && !m.Deleted {
			return m
		}
	}
	return nil
}

// list is newest first. Without the permission to read the history it is empty, and no error.
func (s *Server) list(w http.ResponseWriter, r *http.Request, channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.open(w, channel, 0)
	if c == nil {
		return
	}
	limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
	if err != nil {
		limit = 50
	}
	if limit < 1 || limit > 100 {
		refuseForm(w, []string{"limit: 1 to 100"})
		return
	}
	before, found := r.URL.Query().Get("before"), []any{}
	for i := len(c.Messages) - 1; i >= 0 && len(found) < limit && c.may()&ReadHistory != 0; i-- {
		m := c.Messages[i]
		listed := !m.Deleted && !m.At.Add(s.Limits.HistoryLag).After(s.Now())
		if listed && (before == "" || cmpID(m.ID, before) < 0) {
			found = append(found, s.message(c, m))
		}
	}
	answer(w, 200, found)
}

func (s *Server) message(c *Channel, m *Message) map[string]any {
	out := map[string]any{
		"id": m.ID, "channel_id": c.ID, "type": 0, "content": m.Content, "embeds": m.Embeds, "components": m.Components,
		"author": s.user(), "timestamp": m.At.UTC().Format(time.RFC3339Nano), "flags": m.Flags,
	}
	if m.Nonce != "" {
		out["nonce"] = m.Nonce
	}
	if m.Other {
		out["author"] = map[string]any{"id": "900000000000000009", "username": "ada"}
	}
	return out
}

// Delete removes a message, as a moderator would.
func (s *Server) Delete(channel, id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.channels[channel]; c != nil {
		if m := c.find(id); m != nil {
			m.Deleted = true
		}
	}
}

// Messages returns copies of a channel's messages, oldest first.
func (s *Server) Messages(channel string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Message
	for _, m := range s.channels[channel].Messages {
		if !m.Deleted {
			out = append(out, *m)
		}
	}
	return out
}

// Count tells how many messages were ever posted with the nonce, those that were deleted included.
func (s *Server) Count(nonce string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.posted[nonce]
}

// Chat posts a message of somebody else's.
func (s *Server) Chat(channel, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.channels[channel]; c != nil {
		c.Messages = append(c.Messages, &Message{ID: s.id(), Content: text, At: s.Now(), Other: true})
	}
}

// Forget drops all messages and the list of calls, so that a long run of the fake needs no more memory than a short one.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = nil
	clear(s.posted)
	for _, c := range s.channels {
		c.Messages = nil
	}
}
