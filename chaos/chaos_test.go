package chaos

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	fewKills     = 5 // in make test
	leastLife    = 20 * time.Millisecond
	mostLife     = 200 * time.Millisecond
	controlKills = 200              // at most, for a control to show what it must
	finishTime   = 10 * time.Minute // for the last victim; only a hang takes so long
)

// TestMain runs the tests or, in a process that they started, a victim.
func TestMain(m *testing.M) {
	if in, ok := os.LookupEnv(missionKey); ok {
		os.Exit(beVictim(in))
	}
	os.Exit(m.Run())
}

// kills is how many victims a run has: KILLS, else a few.
func kills(t *testing.T) int {
	said := os.Getenv("KILLS")
	if said == "" {
		return fewKills
	}
	n, err := strconv.Atoi(said)
	require.NoError(t, err, "KILLS is a number")
	return n
}

// seed is SEED, else one of now.
func seed(t *testing.T) uint64 {
	said := os.Getenv("SEED")
	if said == "" {
		return uint64(time.Now().UnixNano()) % 1e6
	}
	n, err := strconv.ParseUint(said, 10, 64)
	require.NoError(t, err, "SEED is a number")
	return n
}

// slowLag is longer than the next victim takes to begin, however slow the machine is: it looks before the message is there.
const slowLag = 2 * time.Second

// settle is ten times what the platform takes to accept a message.
const settle = 10 * lagMost

// The manners of the platforms, faster than life.
var (
	byNonce   = alerts.Manner{Repeatable: time.Hour, Settle: settle}
	byHistory = alerts.Manner{Settle: settle}
)

func TestNothingIsLostDoubledOrOutOfOrder(t *testing.T) {
	seed := seed(t)
	for name, make := range map[string]func(*testing.T) (platform, alerts.Manner){
		"discord by nonce":   func(t *testing.T) (platform, alerts.Manner) { return newDiscord(t, seed, 0), byNonce },
		"discord by history": func(t *testing.T) (platform, alerts.Manner) { return newDiscord(t, seed, -1), byHistory },
		"slack":              func(t *testing.T) (platform, alerts.Manner) { return newSlack(t, seed, lagMost), byHistory },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, manner := make(t)
			got := newRun(t, p, seed, mission{Manner: manner}).kill(kills(t)).finish()
			t.Logf("seed %d: %s", seed, got)
			require.True(t, got.clean(), "%s", got)
			require.Positive(t, got.recorded)
		})
	}
}

// TestControls leaves out what keeps the promise, one part at a time.
func TestControls(t *testing.T) {
	seed := seed(t)
	for name, c := range map[string]struct {
		make   func(*testing.T) platform
		manner alerts.Manner
		fault  string
		shows  func(tally) bool
	}{
		"marking before sending loses":    {func(t *testing.T) platform { return newDiscord(t, seed, 0) }, byNonce, sentFirst, func(r tally) bool { return r.lost > 0 }},
		"repeating doubles":               {func(t *testing.T) platform { return newDiscord(t, seed, 0) }, byNonce, forgets, func(r tally) bool { return r.doubled > 0 }},
		"looking without waiting doubles": {func(t *testing.T) platform { return newSlack(t, seed, slowLag) }, alerts.Manner{}, "", func(r tally) bool { return r.doubled > 0 }},
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

// A run is a chain of victims of one store.
type run struct {
	t        *testing.T
	platform platform
	mission  mission
	rand     *rand.Rand
	kills    int
}

func newRun(t *testing.T, p platform, seed uint64, m mission) *run {
	m.Platform, m.API, m.Channels = p.name, p.api, p.channels
	m.Store = newStore(t)
	return &run{t: t, platform: p, mission: m, rand: rand.New(rand.NewPCG(seed, 3))}
}

// newStore returns the address of an empty store: a database on the server of TEST_POSTGRES_URL (make chaos-postgres), else
// a file.
func newStore(t *testing.T) string {
	server := os.Getenv("TEST_POSTGRES_URL")
	if server == "" {
		return "sqlite:" + filepath.Join(t.TempDir(), "attache.db")
	}
	u, err := url.Parse(server)
	require.NoError(t, err)
	name := fmt.Sprintf("attache_chaos_%d", time.Now().UnixNano())
	for _, query := range []string{"CREATE DATABASE " + name, "DROP DATABASE " + name + " WITH (FORCE)"} {
		ask := func() {
			said, err := exec.CommandContext(context.WithoutCancel(t.Context()), "psql", "-qXd", server, "-c", query).CombinedOutput()
			require.NoError(t, err, "%s", said)
		}
		if strings.HasPrefix(query, "DROP") {
			t.Cleanup(ask)
		} else {
			ask()
		}
	}
	u.Path = "/" + name
	return u.String()
}

// kill lets n victims live for a moment.
func (r *run) kill(n int) *run {
	for range n {
		v := r.start(r.mission)
		v.await("ready")
		<-time.After(leastLife + time.Duration(r.rand.Int64N(int64(mostLife-leastLife)))) // a life's length is what the run is about
		require.NoError(r.t, v.cmd.Process.Kill())
		_ = v.cmd.Wait() // it was killed
		r.kills++
	}
	return r
}

// finish lets a last victim send what waits, and counts.
func (r *run) finish() tally {
	m := r.mission
	m.Finish = true
	v := r.start(m)
	v.await("ready")
	timer := time.AfterFunc(finishTime, func() { _ = v.cmd.Process.Kill() })
	defer timer.Stop()
	got := tally{kills: r.kills}
	var produced int
	_, err := fmt.Sscanf(v.line(), "produced %d %d %d", &produced, &got.failed, &got.uncertain)
	require.NoError(r.t, err)
	require.NoError(r.t, v.cmd.Wait())
	for _, c := range r.platform.channels {
		got.count(produced, r.platform.shown(c))
	}
	return got
}

// A process is one victim.
type process struct {
	t     *testing.T
	cmd   *exec.Cmd
	lines *bufio.Scanner
	said  *bytes.Buffer // on standard error
}

func (r *run) start(m mission) *process {
	order, err := json.Marshal(m)
	require.NoError(r.t, err)
	p := &process{t: r.t, cmd: exec.CommandContext(r.t.Context(), os.Args[0]), said: &bytes.Buffer{}}
	p.cmd.Env = append(os.Environ(), missionKey+"="+string(order))
	p.cmd.Stderr = p.said
	var out io.ReadCloser
	out, err = p.cmd.StdoutPipe()
	require.NoError(r.t, err)
	require.NoError(r.t, p.cmd.Start())
	p.lines = bufio.NewScanner(out)
	return p
}

func (p *process) line() string {
	p.t.Helper()
	if !p.lines.Scan() {
		_ = p.cmd.Wait()
		require.FailNow(p.t, "a victim ended by itself", p.said.String())
	}
	return p.lines.Text()
}

func (p *process) await(line string) {
	p.t.Helper()
	require.Equal(p.t, line, p.line())
}
