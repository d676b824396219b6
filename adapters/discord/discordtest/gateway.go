package discordtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// privileged are the intents that need the vendor's review: members, presences, message content.
const privileged = 1<<1 | 1<<8 | 1<<15

// gateway is the vendor's side of the WebSocket.
type gateway struct {
	server *Server

	mu         sync.Mutex
	conns      map[*conn]bool
	sessions   map[string]*session
	identifies int
	resumes    int
	dials      int
	intents    []int
	silent     bool // says nothing after Hello
	onIdentify func(send func(op int, data any), close func(code int)) bool
	onResume   func(send func(op int, data any), close func(code int)) bool
	heartbeat  time.Duration
}

type session struct {
	id     string
	events []json.RawMessage // all, from sequence number 1
}

type conn struct {
	ws      *websocket.Conn
	mu      sync.Mutex
	session *session
	sent    []time.Time
}

func (c *conn) send(v any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	_ = c.ws.WriteJSON(v)
}

func (c *conn) op(op int, data any) { c.send(map[string]any{"t": nil, "s": nil, "op": op, "d": data}) }

func (c *conn) close(code int) {
	_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
	_ = c.ws.Close()
}

func (g *gateway) serve(w http.ResponseWriter, r *http.Request) {
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &conn{ws: ws}
	g.mu.Lock()
	if g.conns == nil {
		g.conns = map[*conn]bool{}
	}
	g.conns[c] = true
	g.dials++
	beat := g.heartbeat
	g.mu.Unlock()
	if beat == 0 {
		beat = 41250 * time.Millisecond
	}
	c.op(10, map[string]any{"heartbeat_interval": beat.Milliseconds()})
	g.converse(c)
	g.mu.Lock()
	delete(g.conns, c)
	g.mu.Unlock()
	_ = ws.Close()
}

// converse reads what the client sends until the connection ends.
func (g *gateway) converse(c *conn) {
	for {
		_, data, err := c.ws.ReadMessage()
		if err != nil {
			return
		}
		var p struct {
			Op   int             `json:"op"`
			Data json.RawMessage `json:"d"`
		}
		now := time.Now()
		c.sent = append(c.sent, now)
		for now.Sub(c.sent[0]) > time.Minute {
			c.sent = c.sent[1:]
		}
		switch {
		case len(data) > 4096 || json.Unmarshal(data, &p) != nil:
			c.close(4002)
			return
		case len(c.sent) > 120:
			c.close(4008)
			return
		}
		g.mu.Lock()
		silent := g.silent
		g.mu.Unlock()
		if silent {
			continue
		}
		switch p.Op {
		case 1:
			c.op(11, nil)
		case 2:
			g.identify(c, p.Data)
		case 6:
			g.resume(c, p.Data)
		default:
			g.server.complain(fmt.Sprint("sent op ", p.Op))
		}
	}
}

func (g *gateway) identify(c *conn, data []byte) {
	var id struct {
		Token      string `json:"token"`
		Intents    int    `json:"intents"`
		Properties any    `json:"properties"`
	}
	_ = json.Unmarshal(data, &id)
	s := g.server
	s.mu.Lock()
	dead := s.dead
	s.mu.Unlock()
	g.mu.Lock()
	g.identifies++
	g.intents = append(g.intents, id.Intents)
	hook := g.onIdentify
	g.mu.Unlock()
	switch {
	case hook != nil && hook(c.op, c.close):
		return
	case dead || id.Token != "Bot "+s.Token && id.Token != s.Token:
		c.close(4004)
		return
	case id.Intents&privileged != 0:
		c.close(4014)
		return
	}
	s.mu.Lock()
	sess := &session{id: "session-" + s.id()}
	s.mu.Unlock()
	guilds := []any{}
	all := s.Guilds()
	for _, guild := range all {
		guilds = append(guilds, map[string]any{"id": guild.ID, "unavailable": true})
	}
	g.mu.Lock()
	g.sessions[sess.id] = sess
	c.session = sess
	g.dispatch(c, "READY", map[string]any{
		"v": 10, "user": s.user(), "guilds": guilds, "session_id": sess.id, "resume_gateway_url": s.URL,
		"application": map[string]any{"id": s.AppID, "flags": 0},
	})
	g.mu.Unlock()
	for _, guild := range all {
		full := s.guild(guild)
		g.mu.Lock()
		g.dispatch(c, "GUILD_CREATE", full)
		g.mu.Unlock()
	}
}

func (g *gateway) resume(c *conn, data []byte) {
	var r struct {
		Token     string `json:"token"`
		SessionID string `json:"session_id"`
		Seq       int    `json:"seq"`
	}
	_ = json.Unmarshal(data, &r)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.resumes++
	sess := g.sessions[r.SessionID]
	switch {
	case g.onResume != nil && g.onResume(c.op, c.close):
	case sess == nil || r.Seq > len(sess.events):
		c.op(9, false)
	default:
		c.session = sess
		missed := sess.events[r.Seq:]
		for _, e := range missed {
			c.send(e)
		}
		g.dispatch(c, "RESUMED", map[string]any{})
	}
}

// dispatch sends an event on a connection and keeps it for a resume. g.mu is held.
func (g *gateway) dispatch(c *conn, name string, data any) {
	if c.session == nil {
		return
	}
	b, err := json.Marshal(map[string]any{"op": 0, "t": name, "s": len(c.session.events) + 1, "d": data})
	if err != nil {
		return
	}
	c.session.events = append(c.session.events, b)
	c.send(json.RawMessage(b))
}

func (g *gateway) stop() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for c := range g.conns {
		_ = c.ws.Close()
	}
}

// Dispatch sends an event to every connected client.
func (s *Server) Dispatch(name string, data any) {
	s.gate.mu.Lock()
	defer s.gate.mu.Unlock()
	for c := range s.gate.conns {
		s.gate.dispatch(c, name, data)
	}
}
