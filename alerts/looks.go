package alerts

import (
	"errors"
	"sync"
	"time"
)

// ErrTooFar is returned by Find where so much was written since the first attempt that a look does not come to its end.
var ErrTooFar = errors.New("too much was written in the channel since")

const (
	// lookMost is how long a look may take from its first page on, while its channel waits.
	lookMost = 10 * time.Minute
	// lookDrift is by how much clocks may differ that nobody has set.
	lookDrift = 10 * time.Minute
	// mostLooks bounds how many looks are remembered; one that is forgotten begins anew.
	mostLooks = 1000
)

// A Look is a search backwards through a channel, newest page first.
type Look struct {
	Cursor string // of the page to read next; "" is the newest

	of    Delivery
	began time.Time // when the first page was read; zero before
	now   time.Time
	back  bool
}

// Read notes that a page was read, how old its oldest message is and where the next one begins.
func (k *Look) Read(oldest time.Time, next string) {
	k.Cursor = next
	if k.began.IsZero() {
		k.began = k.now
	}
	known := !k.of.FirstAttempt.IsZero() && !k.of.FirstAttempt.After(k.now) // later: the clock went back, and the time is not known
	k.back = k.back || known && k.of.Behind == "" && oldest.Before(k.of.FirstAttempt.Add(-lookDrift))
}

// Looks remember where looks stopped, so that they go on there: a channel in which much is said is read in several tries.
// The zero value is ready. It may be used from several goroutines.
type Looks struct {
	mu sync.Mutex
	at map[string]Look
}

// Resume returns the look for a delivery as it was when it stopped, or a new one.
func (l *Looks) Resume(d Delivery, now time.Time) *Look {
	l.mu.Lock()
	defer l.mu.Unlock()
	k := l.at[d.Ref()]
	delete(l.at, d.Ref())
	if k.began.After(now) { // the clock went back
		k.began = now
	}
	k.of, k.now = d, now
	return &k
}

// Stop ends a look for now that did not come to its end, and returns what Find says. It is nil, the message is not there, if
// what was read goes back to before the first attempt: looks go on from there for the sake of clocks that were set, as far as
// that can be done at once. ErrTooFar if the look has taken ten minutes. Else a *SendError that asks to go on after the time.
func (l *Looks) Stop(k *Look, after time.Duration) error {
	switch {
	case k.back:
		return nil
	case !k.began.IsZero() && k.now.Sub(k.began) >= lookMost:
		return ErrTooFar
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.at == nil || len(l.at) >= mostLooks {
		l.at = map[string]Look{}
	}
	l.at[k.of.Ref()] = *k
	return &SendError{Class: Wait, After: after, Err: errors.New("the look into the channel goes on")}
}
