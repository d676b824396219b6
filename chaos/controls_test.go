package chaos

import (
	"math"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	controlKills = 200             // at most, for a control to show what it must
	slowLag      = 2 * time.Second // longer than the next victim takes to begin: it looks before the message is there
	stops        = 4               // of a replica that sleeps on its leases
	controlStops = 20              // at most, for the control
	triesMost    = 20              // to see it claim something
)

// TestControls leaves out what keeps the promise, one part at a time.
func TestControls(t *testing.T) {
	seed := seed(t)
	for name, c := range map[string]struct {
		make   func(*testing.T) platform
		manner alerts.Manner
		fault  string
		shows  func(tally) bool
	}{
		"marking before sending loses":    {func(t *testing.T) platform { return newDiscord(t, dice(seed, lagMost), 0) }, byNonce, sentFirst, func(r tally) bool { return r.lost > 0 }},
		"repeating doubles":               {func(t *testing.T) platform { return newDiscord(t, dice(seed, lagMost), 0) }, byNonce, forgets, func(r tally) bool { return r.doubled > 0 }},
		"looking without waiting doubles": {func(t *testing.T) platform { return newSlack(t, dice(seed, slowLag), channels) }, alerts.Manner{}, "", func(r tally) bool { return r.doubled > 0 }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRun(t, c.make(t), seed, mission{Manner: c.manner, Fault: c.fault})
			got := tally{}
			for r.kills < controlKills && !c.shows(got) {
				got = r.kill(fewKills).finish()
			}
			t.Logf("seed %d: %s", seed, got)
			require.True(t, c.shows(got), "the control shows nothing: %s", got)
		})
	}
}

// A replica that is stopped (SIGSTOP) after it claimed, or after it looked at its lease for the last time, wakes when another
// has posted in its place. It sends nothing then, unless the guard is off that should hold it: those are the controls.
func TestAReplicaThatSleptOnItsLeaseSendsNothing(t *testing.T) {
	needsPostgres(t)
	off := sharedPace()
	off.Margin = -time.Hour
	for name, c := range map[string]struct {
		fault   string
		pace    alerts.Pace
		control bool
	}{
		"with the guard of the lease":        {dawdles, sharedPace(), false},
		"the guard of the lease off doubles": {dawdles, off, true},
		"with the guard of the call":         {hesitates, sharedPace(), false},
		"the guard of the call off doubles":  {careless, sharedPace(), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if !c.control {
				got := sleeping(t, c.fault, c.pace, stops, func(tally) bool { return false })
				require.True(t, got.clean(), "%s", got)
				return
			}
			got := sleeping(t, c.fault, c.pace, controlStops, func(sofar tally) bool { return sofar.doubled > 0 })
			require.Positive(t, got.doubled, "the control shows nothing: %s", got)
		})
	}
}

// sleeping stops a replica of that fault and pace again and again, so long that another takes over what it claimed, until that is
// enough.
func sleeping(t *testing.T, fault string, pace alerts.Pace, most int, enough func(tally) bool) tally {
	seed := seed(t)
	r := newRun(t, newSlack(t, dice(seed, lagMost), channels), seed, mission{Manner: byHistory, Fault: fault, Pace: pace})
	watch := r.mission
	watch.Fault, watch.Pace, watch.Quiet = "", sharedPace(), true
	sleeper, other := r.start(r.mission), r.start(watch)
	sleeper.await("ready")
	other.await("ready")
	count, tries, claims := 0, 0, sleeper.claims()
	for sofar := (tally{}); count < most && !enough(sofar); {
		r.live()
		if !awaitClaim(claims) {
			tries++
			require.Less(t, tries, triesMost, "the replica claims nothing")
			continue
		}
		count++
		sleeper.signal(syscall.SIGSTOP)
		<-time.After(pace.Lease + settle + time.Second) // until the other has posted
		sleeper.signal(syscall.SIGCONT)
		r.live()
		sofar = tally{}
		for _, c := range r.platform.channels {
			sofar.look(math.MaxInt32, 1, r.platform.shown(c))
		}
	}
	sleeper.kill()
	other.kill()
	r.mission.Fault = ""
	got := r.finish()
	t.Logf("seed %d, %d stops: %s", seed, count, got)
	return got
}

// claims tells of each claim over which a process dawdles; the newest, where nobody listens.
func (p *process) claims() <-chan struct{} {
	told := make(chan struct{}, 1)
	go func() {
		for p.lines.Scan() {
			select {
			case told <- struct{}{}:
			default:
			}
		}
	}()
	return told
}

// awaitClaim waits for the next claim, and tells whether it came: the other replica may have claimed all.
func awaitClaim(claims <-chan struct{}) bool {
	select {
	case <-claims: // an old one
	default:
	}
	select {
	case <-claims:
		return true
	case <-time.After(5 * time.Second):
		return false
	}
}
