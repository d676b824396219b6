package chaos

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	killsAPoint = 5
	fullAPoint  = 50
	mostVisits  = 5 // of a point before it is deadly
)

// TestFailpoints ends victims at each point, again and again: nothing is lost, doubled or out of order.
func TestFailpoints(t *testing.T) {
	kills := killsAPoint
	if full() {
		kills = fullAPoint
	}
	onDemand(t)
	t.Parallel()
	for _, s := range scenes() {
		if s.name == "discord by history" {
			continue // the other two have all points between them
		}
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			seed := seed(t)
			hits := map[point]int{}
			p := s.begin(t, seed)
			r := newRun(t, p, seed, mission{Manner: s.manner})
			for _, at := range append([]point{duringMigration}, points()...) { // first, since each begins a store
				if !r.has(at) || hits[at] > 0 {
					continue
				}
				for n := range kills {
					r.hit(at, n)
					hits[at]++
				}
			}
			got := r.finish()
			for _, at := range points() {
				if r.has(at) {
					t.Logf("%-26s %d hits", at, hits[at])
					require.Equal(t, kills, hits[at])
				}
			}
			fetched := fetchPoint(t, s, seed, kills)
			t.Logf("%-26s %d hits: %s", afterFetch, kills, fetched)
			t.Logf("seed %d: %s; %s", seed, got, r.pace)
			require.True(t, got.clean(), "%s", got)
			require.True(t, fetched.clean(), "%s", fetched)
		})
	}
}

// has tells whether the run's victims come to the point.
func (r *run) has(p point) bool {
	switch p {
	case afterFetch:
		return false // see fetchPoint
	case beforeHit, afterHit:
		return r.mission.Manner.Repeatable == 0 // else it is not looked for
	case duringCheckpoint:
		return !r.shared() // the server's is not ours
	}
	return true
}

// hit lets a victim die at the point. A migration is met at its n-th commit, by a store that is new or was left in the
// midst of one.
func (r *run) hit(at point, n int) {
	m := r.mission
	m.Point, m.After = at, 1+r.rand.IntN(mostVisits)
	switch at {
	case duringMigration:
		m.After = 1 + n%mostVisits
		if n%mostVisits == 0 {
			m.Store = newStore(r.t)
			r.mission.Store, r.at = m.Store, m.Store
		}
	case beforeHit, afterHit:
		m.After = 1
	case afterFetch:
		m.After = 1 + r.rand.IntN(2)
	}
	v := r.start(m)
	said := v.line()
	if said == "ready" {
		said = v.line()
	}
	require.Equal(r.t, "hit "+string(at), said)
	_ = v.cmd.Wait() // it killed itself
	require.True(r.t, strings.Contains(v.cmd.ProcessState.String(), "killed"), v.said)
	if at != duringMigration { // there are no leases yet
		r.expire()
	}
	r.kills++
}

// fetchPoint ends victims that poll feeds, after a fetch.
func fetchPoint(t *testing.T, s scene, seed uint64, kills int) tally {
	n := newNewsroom(t, 2)
	r := newRun(t, s.begin(t, seed), seed, mission{Manner: s.manner, Feeds: n.urls()})
	v := r.start(r.mission)
	v.await("ready")
	n.opened(t)
	v.kill()
	r.expire()
	for range kills {
		n.publish()
		r.hit(afterFetch, 0)
	}
	last := r.start(r.mission)
	last.await("ready")
	got := r.arrived(n)
	last.kill()
	return got
}
