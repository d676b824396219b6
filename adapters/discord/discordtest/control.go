package discordtest

import "time"

// Signs count what happened on the gateway.
type Signs struct {
	Dials      int
	Identifies int
	Resumes    int
	Open       int   // connections now
	Ready      int   // of them, with a session
	Intents    []int // of each IDENTIFY
}

// Signs returns the counts so far.
func (s *Server) Signs() Signs {
	s.gate.mu.Lock()
	defer s.gate.mu.Unlock()
	return s.gate.signs()
}

func (g *gateway) signs() Signs {
	n := Signs{Dials: g.dials, Identifies: g.identifies, Resumes: g.resumes, Open: len(g.conns), Intents: append([]int(nil), g.intents...)}
	for c := range g.conns {
		if c.session != nil {
			n.Ready++
		}
	}
	return n
}

// Await waits until done is content with the counts, at most for the limit; it tells whether that happened.
func (s *Server) Await(limit time.Duration, done func(Signs) bool) bool {
	deadline := time.NewTimer(limit)
	defer deadline.Stop()
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for !done(s.Signs()) {
		select {
		case <-again.C:
		case <-deadline.C:
			return false
		}
	}
	return true
}

// Drop cuts every gateway connection without a close frame.
func (s *Server) Drop() {
	s.gate.mu.Lock()
	defer s.gate.mu.Unlock()
	for c := range s.gate.conns {
		_ = c.ws.NetConn().Close()
	}
}

// Close closes every gateway connection with a code.
func (s *Server) Close(code int) {
	s.gate.mu.Lock()
	defer s.gate.mu.Unlock()
	for c := range s.gate.conns {
		c.close(code)
	}
}

// Send sends an op on every gateway connection.
func (s *Server) Send(op int, data any) {
	s.gate.mu.Lock()
	defer s.gate.mu.Unlock()
	for c := range s.gate.conns {
		c.op(op, data)
	}
}

// Silence makes the gateway say nothing after Hello, or speak again.
func (s *Server) Silence(on bool) {
	s.gate.mu.Lock()
	defer s.gate.mu.Unlock()
	s.gate.silent = on
}

// Heartbeat sets the interval that Hello names.
func (s *Server) Heartbeat(d time.Duration) {
	s.gate.mu.Lock()
	defer s.gate.mu.Unlock()
	s.gate.heartbeat = d
}

// OnIdentify and OnResume answer in the gateway's place; f returns false to let the gateway answer.
func (s *Server) OnIdentify(f func(send func(op int, data any), close func(code int)) bool) {
	s.gate.mu.Lock()
	defer s.gate.mu.Unlock()
	s.gate.onIdentify = f
}

// OnResume is OnIdentify for RESUME.
func (s *Server) OnResume(f func(send func(op int, data any), close func(code int)) bool) {
	s.gate.mu.Lock()
	defer s.gate.mu.Unlock()
	s.gate.onResume = f
}
