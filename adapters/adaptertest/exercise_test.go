package adaptertest

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// memory is the adapter in memory as a subject, with the given defects.
func memory(defects ...string) Subject {
	b := bugs{}
	for _, d := range defects {
		b[d] = true
	}
	fault := func(name, code string, want alerts.SendError, accepted bool) Fault {
		return Fault{Name: name, Want: want, Accepted: accepted, Arm: func(p Peer) {
			p.(*vendor).next = &reaction{code: code, accept: accepted, after: want.After}
		}}
	}
	return Subject{
		New: func(t testing.TB) Peer {
			return &vendor{t: t, rooms: map[alerts.Channel][]Message{}, refs: map[string]string{}, bug: b}
		},
		Can: Threads | Edits | Finds | Refuses,
		Faults: []Fault{
			fault("slow", "slow", alerts.SendError{Class: alerts.Wait, After: time.Second}, false),
			fault("gone", "gone", alerts.SendError{Class: alerts.ChannelDead}, false),
			fault("down", "down", alerts.SendError{Class: alerts.Ambiguous}, false),
			fault("down after accepting", "down", alerts.SendError{Class: alerts.Ambiguous}, true),
			fault("bad", "bad", alerts.SendError{Class: alerts.Poison}, false),
		},
		Ping:    "desk-officer",
		Secrets: []string{token},
	}
}

func TestExercise(t *testing.T) { Exercise(t, memory()) }

// TestDefects is the negative control of every check: each defect is caught by the check that is there for it.
func TestDefects(t *testing.T) {
	caught := map[string]bool{}
	for _, d := range []struct{ check, defect string }{
		{"content", "no outlets"},
		{"content", "no words"},
		{"content", "no short id"},
		{"content", "no link"},
		{"content", "unmarked sample"},
		{"content", "returns no id"},
		{"content", "wrong id"},
		{"content", "changes the delivery"},
		{"content", "alien link"},
		{"order", "reorders"},
		{"order", "too fast"},
		{"same drawing", "clock in the text"},
		{"plain part", "raw title"},
		{"plain part", "removes signs"},
		{"repeats", "repeats by posting"},
		{"finds", "finds all"},
		{"finds", "no history"},
		{"finds", "ref by story"},
		{"threads", "replies in the channel"},
		{"threads", "one thread for all"},
		{"edits", "edits by posting"},
		{"edits", "edits lose the title"},
		{"ping", "never pings"},
		{"ping", "pings on edit"},
		{"ping", "pings on reply"},
		{"ping", "ping all"},
		{"ping", "pings the first only"},
		{"gathered", "names no stories"},
		{"gathered", "tells of no more"},
		{"gathered", "no link to stories"},
		{"gathered", "raw story"},
		{"limits", "does not cut"},
		{"limits", "cuts the beginning"},
		{"limits", "no link"},
		{"limits", "no short id"},
		{"graphemes", "cuts runes"},
		{"escaping", "raw title"},
		{"escaping", "raw summary"},
		{"escaping", "raw outlet"},
		{"escaping", "raw watch"},
		{"escaping", "raw words"},
		{"escaping", "raw on edit"},
		{"escaping", "raw on reply"},
		{"escaping", "removes signs"},
		{"escaping", "doubles escapes"},
		{"characters", "keeps controls"},
		{"characters", "drops joiners"},
		{"links", "any address"},
		{"links", "raw address"},
		{"cancelled before", "ignores cancellation"},
		{"cancelled before", "bare context error"},
		{"cancelled before", "ambiguous when cancelled"},
		{"cancelled in a burst", "sleeps through"},
		{"cancelled in a burst", "posts and denies"},
		{"cancelled while throttled", "sleeps through"},
		{"cancelled while throttled", "forgets Retry-After"},
		{"error classes", "wrong class"},
		{"error classes", "own class"},
		{"error classes", "bare error"},
		{"error classes", "retries"},
		{"error classes", "no time"},
		{"error classes", "says nothing"},
		{"error classes", "one call only"},
		{"secrets", "tells its token"},
	} {
		t.Run(d.check+"/"+d.defect, func(t *testing.T) {
			t.Parallel()
			r := watch(t, find(t, d.check), memory(implied(d.defect)...))
			if !r.failed {
				t.Errorf("an adapter that %q passes", d.defect)
			}
			if testing.Verbose() && len(r.said) > 0 {
				t.Logf("caught: %.300s", r.said[0])
			}
		})
		caught[d.check] = true
	}
	for _, c := range checks() {
		if !caught[c.name] {
			t.Errorf("the check %q has no negative control", c.name)
		}
	}
}

// TestWithoutAbilities: a platform that can do less is held to less, and may not claim what it can't know.
func TestWithoutAbilities(t *testing.T) {
	s := memory("replies in the channel", "edits by posting", "no history", "never pings")
	s.Can, s.Ping = 0, ""
	Exercise(t, s)
	liar := memory()
	liar.Can = 0
	if r := watch(t, find(t, "finds"), liar); !r.failed {
		t.Error("a platform without history passes when Find says that it knows")
	}
	mute := memory()
	mute.Faults = nil
	if r := watch(t, find(t, "error classes"), mute); !r.failed {
		t.Error("a vendor that refuses passes without faults")
	}
}

// implied are the bugs that make up a defect.
func implied(defect string) []string {
	switch defect {
	case "raw title", "raw summary", "raw outlet", "raw watch", "raw words", "raw on edit", "raw on reply":
		return []string{defect, "lets all ping"}
	case "ping all":
		return []string{"raw title", "lets all ping"}
	}
	return []string{defect}
}

func find(t *testing.T, name string) check {
	t.Helper()
	all := checks()
	i := slices.IndexFunc(all, func(c check) bool { return c.name == name })
	if i < 0 {
		t.Fatalf("no check %q", name)
	}
	return all[i]
}

// A recorder stands in for the testing.TB of a check that should fail.
type recorder struct {
	testing.TB
	failed bool
	said   []string
}

// watch runs a check and tells what became of it.
func watch(t *testing.T, c check, s Subject) *recorder {
	t.Helper()
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		c.run(r, s)
	}()
	<-done
	return r
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) {
	r.failed = true
	r.said = append(r.said, fmt.Sprintf(format, args...))
}

func (r *recorder) Error(args ...any) { r.Errorf("%s", strings.TrimSpace(fmt.Sprintln(args...))) }

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	runtime.Goexit()
}

func (r *recorder) Fatal(args ...any) {
	r.Error(args...)
	runtime.Goexit()
}

func (r *recorder) FailNow() {
	r.failed = true
	runtime.Goexit()
}

func (r *recorder) Skip(...any) { runtime.Goexit() }
