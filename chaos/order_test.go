package chaos

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	orderChannels   = 50
	orderDeliveries = 5000              // in CI
	fullDeliveries  = 100000            // PROMISES D16
	orderWorkers    = 8                 // of each replica
	fullPatience    = 150 * time.Second // for each 5,000: some thirty a second, on two cores beside other work
)

// TestOrderUnderTwoReplicas lets two replicas send what waits in many channels, several channels at once: each channel is in
// order.
func TestOrderUnderTwoReplicas(t *testing.T) {
	onDemand(t)
	needsPostgres(t)
	t.Parallel()
	deliveries := orderDeliveries
	if full() {
		deliveries = fullDeliveries
	}
	seed := seed(t)
	p := newSlack(t, dice(seed, lagMost), orderChannels)
	m := mission{Manner: byHistory, Pace: sharedPace(), Produce: deliveries / orderChannels, Steady: true}
	m.Pace.Parallel = orderWorkers
	r := newRun(t, p, seed, m)
	both := []*process{r.start(r.mission)}
	both[0].await("ready")
	require.Contains(t, both[0].line(), "made")
	made := madeOf(r.mission.Produce)
	r.mission.Produce, r.mission.Quiet = 0, true
	both = append(both, r.start(r.mission))
	both[1].await("ready")
	const look = 200 * time.Millisecond // at what some thousands of messages say
	scale := max(1, deliveries/orderDeliveries)
	times := func(d time.Duration) time.Duration { return time.Duration(int64(scale) * int64(d)) }
	assert.Eventually(t, func() bool { return r.counted(made, 1).lost == 0 }, max(finishTime, times(fullPatience)), times(look))
	for i, one := range both {
		one.kill()
		if said := one.said.String(); said != "" {
			t.Logf("replica %d said:\n%s", i, said)
		}
	}
	r.pace.ended = time.Now()
	got := r.counted(made, 1)
	t.Logf("seed %d, %d deliveries, %d channels, 2 replicas of %d workers: %s; %s", seed, made*orderChannels, orderChannels, orderWorkers, got, r.pace)
	require.True(t, got.clean(), "%s", got)
}
