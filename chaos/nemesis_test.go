package chaos

import (
	"fmt"
	"net/url"
	"os"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	events       = 10                     // that replicas suffer in CI
	publishEvery = 500 * time.Millisecond // a bulletin
	eventLeast   = 300 * time.Millisecond
	eventMost    = 2500 * time.Millisecond // some last longer than the leases
	healing      = 500 * time.Millisecond  // between events
	slowness     = settle / 3              // in life 10 s of 30
	leastBetween = 800 * time.Millisecond  // between polls of a feed: its schedule counts whole seconds
)

// An event is something bad that befalls one replica for a while.
type event struct {
	name string
	dead bool // nobody should wait for the replica: another takes over
	do   func(*replica)
}

// An undone event is one that is over.
func (r *replica) heal() {
	r.database.set(false, false, 0)
	r.chat.set(false, false, 0)
	r.signal(syscall.SIGCONT)
}

func allEvents() []event {
	return []event{
		{"stopped", true, func(r *replica) { r.signal(syscall.SIGSTOP) }},
		{"cut from the database", true, func(r *replica) { r.database.set(true, true, 0) }},
		{"not heard by the database", true, func(r *replica) { r.database.set(true, false, 0) }},
		{"does not hear the database", true, func(r *replica) { r.database.set(false, true, 0) }},
		{"slow to the database", false, func(r *replica) { r.database.set(false, false, slowness) }},
		{"cut from the chat", false, func(r *replica) { r.chat.set(true, true, 0) }},
		{"not heard by the chat", false, func(r *replica) { r.chat.set(true, false, 0) }},
		{"does not hear the chat", false, func(r *replica) { r.chat.set(false, true, 0) }},
		{"slow to the chat", false, func(r *replica) { r.chat.set(false, false, slowness) }},
	}
}

// A replica is a victim with a proxy before each thing that it talks to.
type replica struct {
	*process
	database, chat *proxy
}

// replicas starts so many of them.
func (r *run) replicas(n int) (all []*replica) {
	for i := range n {
		one := &replica{}
		m := r.mission
		network, target, err := server(m.Store)
		require.NoError(r.t, err)
		one.database, err = newProxy(network, target, nil)
		require.NoError(r.t, err)
		m.Store, err = by(m.Store, one.database.address)
		require.NoError(r.t, err)
		// As in life, but faster: a transaction whose replica says nothing is given up.
		m.Store += "&connect_timeout=3&idle_in_transaction_session_timeout=700&lock_timeout=700&statement_timeout=2000"
		api, err := url.Parse(m.API)
		require.NoError(r.t, err)
		one.chat, err = newProxy("tcp", api.Host, nil)
		require.NoError(r.t, err)
		api.Host = one.chat.address
		m.API, m.Replica = api.String(), fmt.Sprint("r", i)
		one.process = r.start(m)
		one.await("ready")
		r.t.Cleanup(func() {
			_ = one.cmd.Process.Kill()
			one.database.close()
			one.chat.close()
		})
		all = append(all, one)
	}
	return all
}

const noShared = "SKIPPED: several processes on one store need PostgreSQL: make chaos-postgres"

func needsPostgres(t *testing.T) {
	t.Helper()
	if os.Getenv("TEST_POSTGRES_URL") == "" {
		t.Skip(noShared)
	}
}

// TestReplicasThroughANemesis lets replicas be stopped, cut off and slowed down while bulletins appear: each is posted once,
// and no feed is polled twice in its interval.
func TestReplicasThroughANemesis(t *testing.T) {
	onDemand(t)
	needsPostgres(t)
	for i, s := range []scene{scenes()[0], scenes()[2]} {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			seed := seed(t)
			n := newNewsroom(t, 4)
			p := s.begin(t, seed)
			p.channels = p.channels[:5]
			r := newRun(t, p, seed, mission{Manner: s.manner, Feeds: n.urls(), Pace: sharedPace()})
			all := r.replicas(3 - i)
			n.opened(t)
			stop := n.publishing()
			defer stop()
			var suffered []episode
			for e := range asked(t, "EVENTS", events) {
				kinds := allEvents()
				what := kinds[(e+int(seed))%len(kinds)]
				one := all[r.rand.IntN(len(all))]
				was := episode{what: what.name, began: time.Now(), first: n.count()}
				what.do(one)
				<-time.After(eventLeast + time.Duration(r.rand.Int64N(int64(eventMost-eventLeast))))
				one.heal()
				was.ended = time.Now()
				<-time.After(healing)
				was.next = n.count()
				suffered = append(suffered, was)
			}
			stop()
			got := r.arrived(n)
			for _, one := range all {
				one.kill()
			}
			for i, e := range suffered {
				t.Logf("event %2d: %-27s for %4d ms: from publication to post %4d ms at most", i+1, e.what, e.ended.Sub(e.began).Milliseconds(), r.late(n, e.first, e.next).Milliseconds())
			}
			t.Logf("seed %d: %s; %s; %s between two polls of a feed at least", seed, got, r.pace, n.closest())
			require.True(t, got.clean(), "%s", got)
			require.GreaterOrEqual(t, n.closest(), leastBetween, "a feed is polled once in its interval")
		})
	}
}

// publishing publishes until the function it returns is called.
func (n *newsroom) publishing() (stop func()) {
	done := make(chan struct{})
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(publishEvery)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				n.publish()
			}
		}
	}()
	stopped := false
	return func() {
		if !stopped {
			stopped = true
			close(done)
			<-ended
		}
	}
}

// An episode is an event that was.
type episode struct {
	what         string
	began, ended time.Time
	first, next  int // the bulletins that were published meanwhile
}

// late is the longest that a bulletin of those was on its way.
func (r *run) late(n *newsroom, first, next int) (longest time.Duration) {
	for _, c := range r.platform.channels {
		for _, s := range r.platform.seen(c) {
			if s.number >= first && s.number < next {
				longest = max(longest, s.at.Sub(n.at(s.number)))
			}
		}
	}
	return longest.Round(time.Millisecond)
}

// closest is the shortest time between two polls of one feed.
func (n *newsroom) closest() (least time.Duration) {
	least = time.Hour
	for i := range n.feeds {
		times := n.asked(i)
		slices.SortFunc(times, time.Time.Compare)
		for j := 1; j < len(times); j++ {
			least = min(least, times[j].Sub(times[j-1]))
		}
	}
	return least.Round(time.Millisecond)
}
