package adaptertest

import (
	"slices"
	"testing"
)

// Exercise runs the whole suite against an adapter, one subtest for each promise. A promise about something that the
// platform can't do is skipped by name. Each check starts with a fresh peer, so they may be run alone.
func Exercise(t *testing.T, s Subject) {
	for _, c := range checks() {
		t.Run(c.name, func(t *testing.T) {
			if s.Can&c.needs != c.needs {
				t.Skip("the platform can't")
			}
			c.run(t, s)
		})
	}
}

// A check is one promise. It fails through the testing.TB alone, so that its own test can see it fail.
type check struct {
	name  string
	needs Can
	run   func(t testing.TB, s Subject)
}

// checks are the promises, in the order in which a new adapter best learns to keep them.
func checks() []check {
	return slices.Concat(
		[]check{
			{"content", 0, content},
			{"order", 0, order},
			{"same drawing", 0, sameDrawing},
			{"plain part", 0, plainPart},
			{"repeats", 0, repeats},
			{"finds", 0, finds},
			{"threads", 0, threads},
			{"edits", 0, edits},
			{"ping", 0, ping},
			{"gathered", 0, gathered},
		},
		[]check{
			{"limits", 0, limits},
			{"graphemes", 0, graphemes},
			{"escaping", 0, escaping},
			{"characters", 0, characters},
			{"links", 0, links},
		},
		[]check{
			{"cancelled before", 0, cancelledBefore},
			{"cancelled in a burst", 0, cancelledInBurst},
			{"cancelled while throttled", Refuses, cancelledWhileThrottled},
			{"error classes", Refuses, errorClasses},
			{"secrets", 0, secrets},
		},
	)
}
