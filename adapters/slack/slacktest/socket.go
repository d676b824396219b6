package slacktest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// maxSockets is how many Socket Mode connections an app may hold.
// https://docs.slack.dev/apis/events-api/using-socket-mode
const maxSockets = 10

// An Envelope is what Slack sends through a socket.
type Envelope struct {
	ID      string // envelope_id
	Type    string // slash_commands, interactive or events_api
	Payload any
	Retry   int // retry_attempt
}

// An Ack is a client's answer to an envelope.
type Ack struct {
	Payload json.RawMessage
	Took    time.Duration
}

type sockets struct {
	tickets map[string]bool
	opened  int
	live    []*socket
	pending map[string]chan Ack // by envelope id
}

type socket struct {
	conn *websocket.Conn
	send sync.Mutex
}

// ErrNoSocket is returned by Send where no client is connected, ErrNoCommands by Send and Deliver for a slash command
// of an app without the scope.
var (
	ErrNoSocket   = errors.New("no client holds a socket")
	ErrNoCommands = errors.New("the app has no slash commands")
)

// typed tells whether Slack lets people type what the envelope holds. The caller holds mu.
func (s *Server) typed(envelopeType string) bool {
	return envelopeType != "slash_commands" || slices.Contains(s.scopes, "commands")
}

// ticket returns an address that can be dialled once. The caller holds mu.
func (s *Server) ticket() string {
	s.sockets.opened++
	id := fmt.Sprintf("t%d", s.sockets.opened)
	s.sockets.tickets[id] = true
	return strings.Replace(s.http.URL, "http://", "ws://", 1) + "/link/?ticket=" + id + "&app_id=" + AppID
}

func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request) {
	ticket := r.URL.Query().Get("ticket")
	s.mu.Lock()
	valid := s.sockets.tickets[ticket]
	delete(s.sockets.tickets, ticket)
	full := len(s.sockets.live) >= maxSockets
	s.mu.Unlock()
	if !valid {
		http.Error(w, "ticket is used up", http.StatusForbidden)
		return
	}
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	k := &socket{conn: conn}
	if full {
		k.write(object{"type": "disconnect", "reason": "too_many_websockets", "debug_info": object{"host": "applink-1"}})
		_ = conn.Close()
		return
	}
	k.send.Lock() // nothing is sent before the hello, and whoever has read that finds the socket counted
	s.mu.Lock()
	s.sockets.live = append(s.sockets.live, k)
	s.mu.Unlock()
	_ = conn.WriteJSON(object{
		"type": "hello", "num_connections": 1, "connection_info": object{"app_id": AppID},
		"debug_info": object{"host": "applink-1", "build_number": 1, "approximate_connection_time": 18060},
	})
	k.send.Unlock()
	gone := make(chan struct{})
	go k.pings(s.cfg.PingEvery, gone)
	s.read(k)
	close(gone)
	s.forget(k)
	_ = conn.Close()
}

// pings keeps the client from giving the connection up.
func (k *socket) pings(every time.Duration, gone <-chan struct{}) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if k.conn.WriteControl(websocket.PingMessage, []byte("Ping from applink-1"), time.Now().Add(time.Second)) != nil {
			return
		}
		select {
		case <-tick.C:
		case <-gone:
			return
		}
	}
}

// read hands each acknowledgement to the Send that waits for it.
func (s *Server) read(k *socket) {
	for {
		var frame struct {
			EnvelopeID string          `json:"envelope_id"`
			Payload    json.RawMessage `json:"payload"`
		}
		if err := k.conn.ReadJSON(&frame); err != nil {
			return
		}
		s.mu.Lock()
		waits := s.sockets.pending[frame.EnvelopeID]
		delete(s.sockets.pending, frame.EnvelopeID)
		s.mu.Unlock()
		if waits != nil {
			waits <- Ack{Payload: frame.Payload}
		}
	}
}

func (s *Server) forget(k *socket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, l := range s.sockets.live {
		if l == k {
			s.sockets.live = append(s.sockets.live[:i:i], s.sockets.live[i+1:]...)
			return
		}
	}
}

func (k *socket) write(v any) {
	k.send.Lock()
	defer k.send.Unlock()
	_ = k.conn.WriteJSON(v)
}

// Sockets tells how many clients are connected.
func (s *Server) Sockets() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sockets.live)
}

// Send gives the envelope to the newest connection and waits for its acknowledgement. ErrNoSocket if there is none.
func (s *Server) Send(ctx context.Context, e Envelope) (Ack, error) {
	answer := make(chan Ack, 1)
	s.mu.Lock()
	if len(s.sockets.live) == 0 || !s.typed(e.Type) {
		defer s.mu.Unlock()
		if len(s.sockets.live) == 0 {
			return Ack{}, ErrNoSocket
		}
		return Ack{}, ErrNoCommands
	}
	k := s.sockets.live[len(s.sockets.live)-1]
	s.sockets.pending[e.ID] = answer
	s.mu.Unlock()
	began := time.Now()
	k.write(object{
		"envelope_id": e.ID, "type": e.Type, "payload": e.Payload, "retry_attempt": e.Retry,
		"accepts_response_payload": e.Type != "events_api",
	})
	select {
	case a := <-answer:
		a.Took = time.Since(began)
		return a, nil
	case <-ctx.Done():
		return Ack{}, fmt.Errorf("wait for ack of %s: %w", e.ID, ctx.Err())
	}
}

// Write sends a raw frame to every connection.
func (s *Server) Write(frame any) {
	for _, k := range s.sockets.all(&s.mu) {
		k.write(frame)
	}
}

// Disconnect asks every client to connect anew, with a reason such as refresh_requested, and closes the connections.
func (s *Server) Disconnect(reason string) {
	for _, k := range s.sockets.all(&s.mu) {
		k.write(object{"type": "disconnect", "reason": reason, "debug_info": object{"host": "applink-1"}})
		_ = k.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""), time.Now().Add(time.Second))
	}
}

// Drop cuts every connection without a word.
func (s *Server) Drop() {
	for _, k := range s.sockets.all(&s.mu) {
		_ = k.conn.NetConn().Close()
	}
}

func (k *sockets) all(mu *sync.Mutex) []*socket {
	mu.Lock()
	defer mu.Unlock()
	return append([]*socket(nil), k.live...)
}
