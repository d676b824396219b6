package chaos

import (
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const fewKills = 5 // in make test

// TestMain runs the tests or, in a process that they started, a victim.
func TestMain(m *testing.M) {
	if os.Getenv(victimKey) != "" {
		os.Exit(beVictim())
	}
	os.Exit(m.Run())
}

// asked is the number in an environment variable, else the one given.
func asked(t *testing.T, name string, otherwise int) int {
	said := os.Getenv(name)
	if said == "" {
		return otherwise
	}
	n, err := strconv.Atoi(said)
	require.NoError(t, err, "%s is a number", name)
	return n
}

// onDemand skips what make test leaves to make chaos, which sets KILLS.
func onDemand(t *testing.T) {
	t.Helper()
	if os.Getenv("KILLS") == "" {
		t.Skip("SKIPPED: make chaos and make chaos-postgres run it")
	}
}

// full tells whether the long version is wanted, for which CI has no time.
func full() bool { return os.Getenv("SCALE") == "full" }

// seed is SEED, else one of now.
func seed(t *testing.T) uint64 {
	return uint64(asked(t, "SEED", int(time.Now().UnixNano()%1e6)))
}

// settle is ten times what the platform takes to accept a message.
const settle = 10 * lagMost

// The manners of the platforms, faster than life.
var (
	byNonce   = alerts.Manner{Repeatable: time.Hour, Settle: settle}
	byHistory = alerts.Manner{Settle: settle}
)

// A scene is a platform with the manner in which doubt is settled there.
type scene struct {
	name   string
	manner alerts.Manner
	begin  func(t *testing.T, seed uint64) platform
}

func scenes() []scene {
	return []scene{
		{"discord by nonce", byNonce, func(t *testing.T, seed uint64) platform { return newDiscord(t, dice(seed, lagMost), 0) }},
		{"discord by history", byHistory, func(t *testing.T, seed uint64) platform { return newDiscord(t, dice(seed, lagMost), -1) }},
		{"slack", byHistory, func(t *testing.T, seed uint64) platform { return newSlack(t, dice(seed, lagMost), channels) }},
	}
}

func TestNothingIsLostDoubledOrOutOfOrder(t *testing.T) {
	seed, kills := seed(t), asked(t, "KILLS", fewKills)
	for _, s := range scenes() {
		t.Run(s.name, func(t *testing.T) {
			if os.Getenv("TEST_POSTGRES_URL") == "" { // beside each other they would wait for one server's processor, and no sooner be done
				t.Parallel()
			}
			r := newRun(t, s.begin(t, seed), seed, mission{Manner: s.manner}).narrow(t)
			got := r.kill(kills).finish()
			t.Logf("seed %d: %s; %s", seed, got, r.pace)
			require.True(t, got.clean(), "%s", got)
			require.Positive(t, got.recorded)
		})
	}
}
