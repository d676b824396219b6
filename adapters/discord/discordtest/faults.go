package discordtest

import (
	"fmt"
	"net/http"
	"slices"
	"time"
)

// A Fault is how one post or edit fails.
type Fault struct {
	Channel string // the channel that it hits; "" is any
	Times   int    // how often; 0 is once

	Status int           // 429 with Scope; else with Code, or as HTML if Page
	Code   int           // the vendor's error code
	Scope  string        // of a 429: user, shared or global; the calls that it forbids are refused until After is over
	After  time.Duration // of a 429
	Said   string        // of a 429: what it says in place of After, such as nonsense; "-" is nothing
	Page   bool          // HTML in place of JSON
	Accept bool          // the message is posted or changed all the same
	Reset  bool          // the connection is cut in place of an answer
	Drop   bool          // the connection ends in place of an answer
	Broken bool          // a 200 that can't be read
	Late   time.Duration // before the answer
	Lag    time.Duration // before a post or an edit is accepted, whether or not the client still waits; a Fault of Lag alone is none
}

// harmless tells that the fault changes nothing but the time.
func (f Fault) harmless() bool { return f == Fault{Channel: f.Channel, Times: f.Times, Lag: f.Lag} }

// Fail makes the next post or edit in the fault's channel fail; several calls queue up.
func (s *Server) Fail(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, f)
}

func (s *Server) nextFault(channel string) (Fault, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := slices.IndexFunc(s.faults, func(f Fault) bool { return f.Channel == "" || f.Channel == channel }); i >= 0 {
		f := s.faults[i]
		if s.faults[i].Times--; s.faults[i].Times <= 0 {
			s.faults = slices.Delete(s.faults, i, i+1)
		}
		return f, true
	}
	if s.Draw != nil {
		return s.Draw()
	}
	return Fault{}, false
}

func (s *Server) fail(w http.ResponseWriter, r *http.Request, channel string, f Fault) {
	if f.Late > 0 {
		select {
		case <-r.Context().Done():
			return
		case <-time.After(f.Late):
		}
	}
	switch {
	case f.Reset, f.Drop:
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
			if lingers, ok := conn.(interface{ SetLinger(seconds int) error }); ok && f.Reset {
				_ = lingers.SetLinger(0)
			}
			_ = conn.Close()
		}
	case f.Broken:
		_, _ = fmt.Fprint(w, `{"id":"12`)
	case f.Status == 429 && f.Code == 0:
		s.pause(channel, f)
		if f.Said != "" {
			nonsense(w, f)
			return
		}
		tooMany(w, f.Scope, f.After, f.Page)
	case f.Page:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(f.Status)
		_, _ = fmt.Fprint(w, "<!doctype html><title>discord.com</title>")
	case f.Status == 429:
		s.pause(channel, f)
		w.Header().Set("Retry-After", fmt.Sprint(f.After.Seconds()))
		w.Header().Set("X-RateLimit-Scope", "shared")
		answer(w, 429, map[string]any{"code": f.Code, "message": "limited", "retry_after": f.After.Seconds(), "global": false})
	case f.Status == 0: // it only kept the caller waiting
		panic(http.ErrAbortHandler)
	default:
		refuse(w, f.Status, f.Code, http.StatusText(f.Status))
	}
}

// nonsense is a 429 that does not say how long, or says what nobody can read.
func nonsense(w http.ResponseWriter, f Fault) {
	if f.Said != "-" {
		w.Header().Set("Retry-After", f.Said)
	}
	w.Header().Set("X-RateLimit-Scope", f.Scope)
	if f.Page {
		w.WriteHeader(http.StatusTooManyRequests)
		_, _ = fmt.Fprint(w, "<!doctype html><title>1015</title>")
		return
	}
	answer(w, http.StatusTooManyRequests, map[string]any{"message": "limited", "global": f.Scope == "global"})
}

// pause refuses what the 429 forbids until its time is over.
func (s *Server) pause(channel string, f Fault) {
	if f.Scope == "global" || f.Page {
		channel = ""
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.since[channel] = s.Now()
	s.paused[channel] = s.Now().Add(f.After)
}
