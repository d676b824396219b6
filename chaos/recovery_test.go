package chaos

import (
	"bytes"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// What is promised of recovery, at life's pace (PROMISES P4).
const (
	killToPost      = 10 * time.Second
	doubtToPost     = 45 * time.Second // of a message that may stand in Slack
	takeoverToPost  = 45 * time.Second
	takeoverInDoubt = 75 * time.Second
	inFlight        = 300 * time.Millisecond // before a platform accepts a message
)

// TestTheWholeProgram runs the built program at life's pace: how long it takes to come back, and what it does beside what
// breaks under it.
func TestTheWholeProgram(t *testing.T) {
	onDemand(t)
	binary := build(t, "..")
	postgres := os.Getenv("TEST_POSTGRES_URL") != ""
	t.Run("versions side by side", func(t *testing.T) { t.Parallel(); sideBySide(t, binary) })
	if postgres {
		t.Run("fail-over, discord", func(t *testing.T) { t.Parallel(); failsOver(t, binary, "discord", takeoverToPost) })
		t.Run("fail-over, slack in doubt", func(t *testing.T) { t.Parallel(); failsOver(t, binary, "slack", takeoverInDoubt) })
		t.Run("a server that fails", func(t *testing.T) { t.Parallel(); serverFails(t, binary) })
		return
	}
	t.Run("killed, discord", func(t *testing.T) { t.Parallel(); comesBack(t, binary, "discord", 5, killToPost) })
	t.Run("killed, slack in doubt", func(t *testing.T) { t.Parallel(); comesBack(t, binary, "slack", 1, doubtToPost) })
	t.Run("a full disk", func(t *testing.T) { t.Parallel(); fullDisk(t, binary) })
	t.Run("a failing disk", func(t *testing.T) { t.Parallel(); failingDisk(t, binary) })
}

// A witness is told when a message is on its way, and lets it take a while to be accepted.
type witness struct {
	armed atomic.Bool
	seen  chan struct{}
}

func newWitness() *witness { return &witness{seen: make(chan struct{}, 1)} }

// draw lets every call succeed.
func (w *witness) draw() (string, time.Duration) {
	if w.armed.CompareAndSwap(true, false) {
		w.seen <- struct{}{}
	}
	return "", inFlight
}

// oneChannel is a platform with one channel and no faults.
func oneChannel(t *testing.T, name string, w *witness) platform {
	if name == "slack" {
		return newSlack(t, w.draw, 1)
	}
	p := newDiscord(t, w.draw, 5*time.Minute)
	p.channels = p.channels[:1]
	return p
}

// comesBack kills the program while a message is on its way and starts it anew, that often. How long is it from the kill to
// the next message, which waits behind the one that is in doubt?
func comesBack(t *testing.T, binary, name string, kills int, most time.Duration) {
	w, n := newWitness(), newNewsroom(t, 2)
	p := oneChannel(t, name, w)
	r := newLife(t, p)
	b := newBot(t, binary, "sqlite:"+filepath.Join(t.TempDir(), "attache.db"), p, p.api, n)
	b.start()
	n.opened(t)
	var longest time.Duration
	for range kills {
		began := time.Now()
		w.armed.Store(true)
		n.publish()
		n.publish() // waits behind it
		<-w.seen
		b.kill()
		killed := time.Now()
		b.start()
		took := r.second(began, killed, most)
		longest = max(longest, took)
		r.kills++
	}
	got := r.arrived(n)
	t.Logf("%s: %s; from the kill to the next post %s at most", name, got, longest)
	require.True(t, got.clean(), "%s", got)
	require.LessOrEqual(t, longest, most)
}

// second waits for two messages since the beginning, the second of which is the first that is new since the kill.
func (r *run) second(began, killed time.Time, most time.Duration) time.Duration {
	r.t.Helper()
	require.Eventually(r.t, func() bool { return r.posted(began) > 1 }, most+startTime, 20*time.Millisecond, "nothing is posted")
	last := time.Duration(0)
	for _, s := range r.platform.seen(r.platform.channels[0]) {
		last = max(last, s.at.Sub(killed))
	}
	return last.Round(100 * time.Millisecond)
}

// failsOver kills one of two replicas while its message is on its way: the other posts what waits.
func failsOver(t *testing.T, binary, name string, most time.Duration) {
	w, n := newWitness(), newNewsroom(t, 2)
	p := oneChannel(t, name, w)
	r := newLife(t, p)
	store := newDatabase(t, os.Getenv("TEST_POSTGRES_URL"))
	var sender atomic.Int32
	var both []*bot
	for i := range 2 {
		api, err := url.Parse(p.api)
		require.NoError(t, err)
		way, err := newProxy("tcp", api.Host, func(sent []byte) {
			if posts(sent) {
				sender.Store(int32(i))
			}
		})
		require.NoError(t, err)
		t.Cleanup(way.close)
		api.Host = way.address
		both = append(both, newBot(t, binary, store, p, api.String(), n))
		both[i].start()
	}
	n.opened(t)
	began := time.Now()
	w.armed.Store(true)
	n.publish()
	n.publish()
	<-w.seen
	both[sender.Load()].kill()
	r.kills++
	took := r.second(began, time.Now(), most)
	got := r.arrived(n)
	t.Logf("%s: %s; another replica posts %s after the kill", name, got, took)
	require.True(t, got.clean(), "%s", got)
	require.LessOrEqual(t, took, most)
}

// posts tells whether a request posts a message.
func posts(request []byte) bool {
	line, _, _ := bytes.Cut(request, []byte("\r\n"))
	return bytes.HasPrefix(line, []byte("POST ")) && (bytes.Contains(line, []byte("/messages ")) || bytes.Contains(line, []byte("/chat.postMessage ")))
}
