package discordtest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// An Interaction is what a user did, and how it was answered.
type Interaction struct {
	ID    string
	Token string

	server   *Server
	began    time.Time
	changed  chan struct{} // closed and replaced at each change
	answered int           // the type of the first answer, 0 before
	original *Message      // nil before, and after its deletion
	filled   bool          // the original is no placeholder any more
	follow   []*Message
	choices  []Choice
}

// A Choice is a suggestion of autocomplete.
type Choice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// An Answer is how an interaction was answered so far.
type Answer struct {
	Type     int      // of the first answer
	Original *Message // nil if there is none or it was deleted
	Filled   bool     // Original has its content
	Follow   []Message
	Choices  []Choice
}

// A User is who interacts.
type User struct {
	ID          string
	Name        string
	Permissions int64
	Roles       []string
}

// Slash has a user type a command such as "watch add", with its arguments in pairs.
func (s *Server) Slash(c *Channel, u User, command string, args ...string) *Interaction {
	return s.interact(c, u, 2, commandData(command, "", args))
}

// Type has a user type the value of an option, for autocomplete.
func (s *Server) Type(c *Channel, u User, command, option string, args ...string) *Interaction {
	return s.interact(c, u, 4, commandData(command, option, args))
}

// Press has a user press a button of a message.
func (s *Server) Press(c *Channel, u User, customID string) *Interaction {
	return s.interact(c, u, 3, map[string]any{"custom_id": customID, "component_type": 2})
}

func commandData(command, focused string, args []string) map[string]any {
	options := []any{}
	for i := 0; i+1 < len(args); i += 2 {
		o := map[string]any{"type": 3, "name": args[i], "value": args[i+1]}
		if args[i] == focused {
			o["focused"] = true
		}
		options = append(options, o)
	}
	words := strings.Fields(command)
	for i := len(words) - 1; i > 0; i-- {
		options = []any{map[string]any{"type": 1, "name": words[i], "options": options}}
	}
	return map[string]any{"id": "1", "type": 1, "name": words[0], "options": options}
}

func (s *Server) interact(c *Channel, u User, kind int, data any) *Interaction {
	s.mu.Lock()
	i := &Interaction{ID: s.id(), server: s, began: s.Now(), changed: make(chan struct{})}
	i.Token = "secret-interaction-token-" + i.ID
	s.interactions[i.Token] = i
	guild := c.guild.ID
	s.mu.Unlock()
	roles := u.Roles
	if roles == nil {
		roles = []string{}
	}
	s.Dispatch("INTERACTION_CREATE", map[string]any{
		"id": i.ID, "application_id": s.AppID, "type": kind, "token": i.Token, "version": 1, "guild_id": guild, "channel_id": c.ID, "data": data,
		"member": map[string]any{
			"user": map[string]any{"id": u.ID, "username": u.Name}, "roles": roles, "permissions": fmt.Sprint(u.Permissions), "nick": nil,
			"joined_at": "2026-01-01T00:00:00Z",
		},
	})
	return i
}

// Wait returns the answer as soon as done says so, at the latest after the limit.
func (i *Interaction) Wait(limit time.Duration, done func(Answer) bool) Answer {
	deadline := time.NewTimer(limit)
	defer deadline.Stop()
	for {
		i.server.mu.Lock()
		a, changed := i.answer(), i.changed
		i.server.mu.Unlock()
		if done(a) {
			return a
		}
		select {
		case <-changed:
		case <-deadline.C:
			return a
		}
	}
}

func (i *Interaction) answer() Answer {
	a := Answer{Type: i.answered, Filled: i.filled, Choices: i.choices}
	if i.original != nil {
		m := *i.original
		a.Original = &m
	}
	for _, m := range i.follow {
		a.Follow = append(a.Follow, *m)
	}
	return a
}

func (i *Interaction) touch() {
	close(i.changed)
	i.changed = make(chan struct{})
}

// callback takes the first answer: once, and in time.
// https://discord.com/developers/docs/interactions/receiving-and-responding
func (s *Server) callback(w http.ResponseWriter, r *http.Request, id, token string) {
	var c struct {
		Type int             `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	err := json.NewDecoder(r.Body).Decode(&c)
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.interactions[token]
	switch {
	case err != nil:
		refuseForm(w, []string{err.Error()})
		return
	case i == nil || i.ID != id || s.Now().Sub(i.began) > cmp.Or(s.Limits.Interaction, 3*time.Second):
		refuse(w, 404, 10062, "Unknown interaction")
		return
	case i.answered != 0:
		refuse(w, 400, 40060, "Interaction has already been acknowledged.")
		return
	}
	bad := i.take(s, c.Type, c.Data)
	if len(bad) > 0 {
		refuseForm(w, bad)
		return
	}
	i.answered = c.Type
	i.touch()
	w.WriteHeader(http.StatusNoContent)
}

func (i *Interaction) take(s *Server, kind int, data []byte) []string {
	switch kind {
	case 4:
		d, bad := parseDraft(data)
		if len(bad) > 0 {
			return bad
		}
		i.original, i.filled = &Message{ID: s.id(), At: s.Now(), Flags: d.Flags}, true
		i.original.take(d)
	case 5:
		var d struct {
			Flags int `json:"flags"`
		}
		if len(data) > 0 && json.Unmarshal(data, &d) != nil {
			return []string{"data"}
		}
		i.original = &Message{ID: s.id(), At: s.Now(), Flags: d.Flags}
	case 8:
		var d struct {
			Choices []Choice `json:"choices"`
		}
		if err := json.Unmarshal(data, &d); err != nil {
			return []string{err.Error()}
		}
		if len(d.Choices) > 25 {
			return []string{"more than 25 choices"}
		}
		for _, c := range d.Choices {
			if count(c.Name) < 1 || count(c.Name) > 100 || count(c.Value) < 1 || count(c.Value) > 100 {
				return []string{"a choice of other than 1 to 100 characters"}
			}
		}
		i.choices = d.Choices
	default:
		return []string{"type"}
	}
	return nil
}

// hook takes what follows the first answer. The first message after a deferral takes the placeholder's place and is seen
// by whoever saw that.
func (s *Server) hook(w http.ResponseWriter, r *http.Request, parts []string) {
	var d draft
	var bad []string
	if r.Method != http.MethodDelete {
		d, bad = body(r)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.interactions[parts[2]]
	switch {
	case i == nil || s.Now().Sub(i.began) > 15*time.Minute:
		refuse(w, 401, 50027, "Invalid Webhook Token")
		return
	case i.answered == 0:
		refuse(w, 404, 10015, "Unknown Webhook")
		return
	case len(bad) > 0:
		refuseForm(w, bad)
		return
	case r.Method != http.MethodPost && i.original == nil:
		refuse(w, 404, 10008, "Unknown Message")
		return
	}
	defer i.touch()
	switch {
	case r.Method == http.MethodDelete:
		i.original = nil
		w.WriteHeader(http.StatusNoContent)
		return
	case r.Method == http.MethodPatch || i.original != nil && !i.filled:
		i.original.take(d)
		i.filled = true
		answer(w, 200, map[string]any{"id": i.original.ID})
		return
	}
	m := &Message{ID: s.id(), At: s.Now(), Flags: d.Flags}
	m.take(d)
	i.follow = append(i.follow, m)
	answer(w, 200, map[string]any{"id": m.ID})
}
