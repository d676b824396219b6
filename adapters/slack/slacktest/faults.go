package slacktest

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// A Fault is one way in which Slack fails a call.
type Fault struct {
	Method     string        // the method it hits; "" is chat.postMessage and chat.update
	Channel    string        // the channel it hits; "" is any
	Code       string        // answers ok:false with this error
	Status     int           // answers with this status, and an HTML page if Body is ""
	RetryAfter string        // the header as it is sent; calls before it ends are counted as Early
	Everywhere bool          // with RetryAfter: it holds for all channels
	Body       string        // answers 200 with this body
	Drop       bool          // ends the connection instead of an answer
	Reset      bool          // resets it
	Hang       bool          // gives no answer until the client goes or the Server closes
	Accept     bool          // the call's work is done all the same
	Late       time.Duration // with Accept: so much later the message, or its change, appears
	Lag        time.Duration // alone: the call is answered so much later, and its message, or its change, appears then, also where the client is gone
	Times      int           // how often; 0 is once
}

// Fail makes the next calls that the faults fit fail, in their order.
func (s *Server) Fail(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range faults {
		f.Times = max(f.Times, 1)
		s.faults = append(s.faults, f)
	}
}

// takeFault returns the first fault that fits the call, and uses it up. The caller holds mu.
func (s *Server) takeFault(method, channel string) (Fault, bool) {
	for i := range s.faults {
		f := &s.faults[i]
		fits := f.Method == method || f.Method == "" && strings.HasPrefix(method, "chat.")
		if !fits || f.Channel != "" && f.Channel != channel {
			continue
		}
		taken := *f
		if f.Times--; f.Times == 0 {
			s.faults = append(s.faults[:i], s.faults[i+1:]...)
		}
		return taken, true
	}
	if s.cfg.Draw != nil && strings.HasPrefix(method, "chat.") {
		return s.cfg.Draw(method)
	}
	return Fault{}, false
}

// harmless tells that the fault changes nothing but the time.
func (f Fault) harmless() bool {
	return f == Fault{Method: f.Method, Channel: f.Channel, Times: f.Times, Lag: f.Lag}
}

// pauseFor notes until when the fault forbids calls. The caller holds mu.
func (s *Server) pauseFor(f Fault, channel string) {
	n, err := strconv.Atoi(f.RetryAfter)
	if err != nil {
		return
	}
	if f.Everywhere {
		channel = ""
	}
	s.since[channel] = s.cfg.Now()
	s.paused[channel] = s.cfg.Now().Add(time.Duration(n) * time.Second)
}

// answer plays the fault to the client.
func (f Fault) answer(w http.ResponseWriter, r *http.Request, stop <-chan struct{}) {
	switch {
	case f.Hang:
		select {
		case <-r.Context().Done():
		case <-stop:
		}
		panic(http.ErrAbortHandler)
	case f.Drop:
		panic(http.ErrAbortHandler)
	case f.Reset:
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
			if lingers, ok := conn.(interface{ SetLinger(seconds int) error }); ok {
				_ = lingers.SetLinger(0)
			}
			_ = conn.Close()
		}
	case f.Code != "":
		if f.RetryAfter != "" {
			w.Header().Set("Retry-After", f.RetryAfter)
			w.WriteHeader(http.StatusTooManyRequests)
		}
		reply(w, map[string]any{"ok": false, "error": f.Code})
	case f.Status != 0:
		if f.RetryAfter != "" {
			w.Header().Set("Retry-After", f.RetryAfter)
		}
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(f.Status)
		_, _ = w.Write([]byte(or(f.Body, "<html>Something went wrong</html>")))
	default:
		_, _ = w.Write([]byte(f.Body))
	}
}
