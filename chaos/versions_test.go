package chaos

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	changes     = 6 // of the version that runs, in CI
	betweenEach = time.Second
	fullMixed   = 30 // minutes, PROMISES D15
	// fullBetween lets half an hour have 81 changes. Each costs a sign-in to Discord, of which the bot allows itself 100 a day.
	fullBetween = 22 * time.Second
	newsEvery   = 4 * time.Second // while a version is let run for long
	newerTables = "made by a newer version of Attaché"
)

// changing is how often the version that runs changes, and for how long it is left to itself then.
func changing(t *testing.T) (rounds int, each time.Duration) {
	minutes := 0
	if full() {
		minutes = fullMixed
	}
	if minutes = asked(t, "MINUTES", minutes); minutes == 0 {
		return changes, betweenEach
	}
	return int(time.Duration(minutes) * time.Minute / fullBetween), fullBetween
}

// meanwhile lets time pass in which bulletins appear.
func (n *newsroom) meanwhile(long time.Duration) {
	for ; long > newsEvery; long -= newsEvery {
		n.publish()
		<-time.After(newsEvery)
	}
	<-time.After(long)
}

// sideBySide runs the last release and this state of the source on one store: beside each other with PostgreSQL, in turn
// with SQLite, each killed and started again; in the end the last release alone, as after an upgrade that is taken back. A
// release whose tables are older refuses the store once it starts anew, and says so.
func sideBySide(t *testing.T, binary string) {
	last := lastRelease(t)
	old := build(t, checkout(t, last))
	rounds, each := changing(t)
	seed, n := seed(t), newNewsroom(t, rounds+4)
	p := newDiscord(t, dice(seed, lagMost), 5*time.Minute)
	p.channels = p.channels[:3]
	r, store := newLife(t, p), newStore(t)
	before, now := newBot(t, old, store, p, p.api, n), newBot(t, binary, store, p, p.api, n)
	before.start()
	n.opened(t)
	var refused bool
	if shared := !strings.HasPrefix(store, "sqlite:"); shared {
		now.start()
		refused = r.together(n, before, now, rounds, each)
	} else {
		refused = r.inTurn(n, before, now, rounds, each)
	}
	got := r.arrived(n)
	rollback, stays := "goes on alone", before
	if refused {
		rollback, stays = "refuses the newer tables, and says so", now
	}
	t.Logf("%s and this version, seed %d: %s; %d sign-ins; from publication to post %s at most; taken back, %s %s; %s",
		last, seed, got, p.signIns(), r.late(n, 0, n.count()).Round(time.Second), last, rollback, r.pace)
	require.True(t, got.clean(), "%s", got)
	require.Eventually(t, func() bool { return strings.TrimSpace(stays.page("/readyz")) == "ready" }, time.Minute, 50*time.Millisecond, "%s", stays.page("/readyz"))
}

// together kills one of two versions that run on one store, in turn, and starts it again; then the newer ends. refused
// tells that the older did not start again.
func (r *run) together(n *newsroom, before, now *bot, rounds int, each time.Duration) (refused bool) {
	for i := range rounds {
		one := []*bot{now, before}[i%2]
		n.publish()
		one.kill()
		r.kills++
		n.publish()
		if !one.starts() {
			refused = true
			break
		}
		n.meanwhile(each)
	}
	if !refused {
		now.stop()
	}
	n.publish()
	return refused
}

// inTurn kills the version that runs and starts the other, again and again; the older is the last, if it is not refused.
func (r *run) inTurn(n *newsroom, before, now *bot, rounds int, each time.Duration) (refused bool) {
	one, other := before, now
	for range rounds + rounds%2 {
		n.publish()
		n.publish()
		n.meanwhile(each)
		one.kill()
		r.kills++
		if !other.starts() {
			other, refused = one, true
			other.start()
		}
		one, other = other, one
	}
	n.publish()
	return refused
}

// starts starts it, unless it refuses the store as one of a newer version's.
func (b *bot) starts() bool {
	b.t.Helper()
	before, told := strings.Count(b.said.String(), "msg=running"), len(b.said.String())
	b.launch()
	require.Eventually(b.t, func() bool {
		return strings.Count(b.said.String(), "msg=running") > before || b.zombie()
	}, startTime, 20*time.Millisecond, "it does not start")
	if !b.zombie() {
		return true
	}
	ended := b.cmd.Wait()
	require.Contains(b.t, b.said.String()[told:], newerTables, "it ended by itself: %v", ended)
	b.cmd = nil
	return false
}

const noRelease = "SKIPPED: there is no release before this state of the source (git describe finds no tag); LAST_TAG=REVISION names another state"

// lastRelease is the last tag before this state, or what LAST_TAG names.
func lastRelease(t *testing.T) string {
	t.Helper()
	if named := os.Getenv("LAST_TAG"); named != "" {
		return named
	}
	said, err := exec.CommandContext(t.Context(), "git", "describe", "--tags", "--abbrev=0", "HEAD^").Output()
	tag := strings.TrimSpace(string(said))
	if err != nil || tag == "" {
		t.Skip(noRelease)
	}
	return tag
}

// checkout returns a folder with the source of a revision.
func checkout(t *testing.T, revision string) string {
	t.Helper()
	folder, packed := t.TempDir(), filepath.Join(t.TempDir(), "source.tar")
	for _, args := range [][]string{
		{"git", "-C", "..", "archive", "--output", packed, revision}, {"tar", "-xf", packed, "-C", folder},
	} {
		said, err := exec.CommandContext(t.Context(), args[0], args[1:]...).CombinedOutput()
		require.NoError(t, err, "%s", said)
	}
	return folder
}
