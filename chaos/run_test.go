package chaos

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	leastLife  = 10 * time.Millisecond
	mostLife   = 120 * time.Millisecond
	finishTime = 10 * time.Minute // for the last victim; only a hang takes so long
)

// A run is a chain of victims of one store.
type run struct {
	t        *testing.T
	platform platform
	mission  mission
	rand     *rand.Rand
	kills    int
	pace     pace
	at       string   // the address of the store, as others than the bot may have it
	db       *sql.DB  // see database
	spare    *process // without a mission yet, if there is one
}

// pace is how fast a run went.
type pace struct{ began, ended time.Time }

func (p pace) String() string { return p.ended.Sub(p.began).Round(100 * time.Millisecond).String() }

func newRun(t *testing.T, p platform, seed uint64, m mission) *run {
	m.Platform, m.API, m.Channels = p.name, p.api, p.channels
	m.Store = newStore(t)
	if m.Pace.Parallel == 0 {
		m.Pace = fastPace()
	}
	return &run{t: t, platform: p, mission: m, at: m.Store, rand: rand.New(rand.NewPCG(seed, 3)), pace: pace{began: time.Now()}}
}

// narrow gives each victim two connections, as few as it may have: where hundreds are killed, most of what it takes is the
// processes that the server begins for them.
func (r *run) narrow(t *testing.T) *run {
	if !r.shared() {
		return r
	}
	u, err := url.Parse(r.at)
	require.NoError(t, err)
	q := u.Query()
	q.Set("pool_max_conns", "2")
	u.RawQuery = q.Encode()
	r.mission.Store = u.String()
	return r
}

// newStore returns the address of an empty store: a database on the server of TEST_POSTGRES_URL (make chaos-postgres), else
// a file.
func newStore(t *testing.T) string {
	server := os.Getenv("TEST_POSTGRES_URL")
	if server == "" {
		return "sqlite:" + filepath.Join(t.TempDir(), "attache.db")
	}
	return newDatabase(t, server)
}

// newDatabase makes a database on the server, and drops it in the end.
func newDatabase(t *testing.T, server string) string {
	u, err := url.Parse(server)
	require.NoError(t, err)
	name := fmt.Sprintf("attache_chaos_%d", time.Now().UnixNano())
	ask(t, server, "CREATE DATABASE "+name)
	t.Cleanup(func() { ask(t, server, "DROP DATABASE "+name+" WITH (FORCE)") })
	u.Path = "/" + name
	return u.String()
}

// ask has a PostgreSQL server do something.
func ask(t *testing.T, server, query string) {
	t.Helper()
	db, err := sql.Open("pgx", server)
	require.NoError(t, err)
	defer db.Close()
	_, err = db.ExecContext(context.WithoutCancel(t.Context()), query)
	require.NoError(t, err)
}

// live lets what runs live for a moment: how long is what the run is about. With a server all takes longer.
func (r *run) live() {
	life := leastLife + time.Duration(r.rand.Int64N(int64(mostLife-leastLife)))
	if r.shared() {
		life += life / 2
	}
	<-time.After(life)
}

// shared tells whether several processes may have the store.
func (r *run) shared() bool { return !strings.HasPrefix(r.mission.Store, "sqlite:") }

// kill lets n victims live for a moment. While one does, the process that is the next begins.
func (r *run) kill(n int) *run {
	for range n {
		v := r.start(r.mission)
		r.spare = r.begin()
		v.await("ready")
		r.live()
		v.kill()
		r.expire()
		r.kills++
	}
	return r
}

// expire lets the leases of who was killed run out. With a file that is what the next process does; with a server time must
// pass, of which there would be too much.
func (r *run) expire() {
	if !r.shared() {
		return
	}
	now := time.Now().UnixMicro()
	for _, query := range []string{
		`UPDATE deliveries SET not_before = $1 WHERE state = 'sending' AND not_before > $1`,
		`UPDATE channels SET lease_until = $1 WHERE lease_until > $1`,
		`UPDATE feeds SET lease_until = $1 WHERE lease_until > $1`,
	} {
		_, err := r.database().ExecContext(r.t.Context(), query, now)
		require.NoError(r.t, err)
	}
}

// database is the server's, for a look from outside.
func (r *run) database() *sql.DB {
	if r.db == nil {
		db, err := sql.Open("pgx", r.at)
		require.NoError(r.t, err)
		r.t.Cleanup(func() { require.NoError(r.t, db.Close()) })
		r.db = db
	}
	return r.db
}

// finish lets a last victim send what waits, and counts.
func (r *run) finish() tally {
	m := r.mission
	m.Finish, m.Point = true, ""
	v := r.start(m)
	v.await("ready")
	timer := time.AfterFunc(finishTime, func() { _ = v.cmd.Process.Kill() })
	defer timer.Stop()
	got := tally{kills: r.kills}
	var produced int
	_, err := fmt.Sscanf(v.line(), "produced %d %d %d", &produced, &got.failed, &got.uncertain)
	require.NoError(r.t, err)
	require.NoError(r.t, v.cmd.Wait())
	r.pace.ended = time.Now()
	got.early = r.platform.early()
	for _, c := range r.platform.channels {
		got.count(produced, 1, r.platform.shown(c))
	}
	r.sound()
	return got
}

// sound checks that the kills left a SQLite file whole.
func (r *run) sound() {
	path, file := strings.CutPrefix(r.mission.Store, "sqlite:")
	if !file {
		return
	}
	db, err := sql.Open("sqlite", path)
	require.NoError(r.t, err)
	var said string
	require.NoError(r.t, db.QueryRowContext(r.t.Context(), `PRAGMA integrity_check`).Scan(&said))
	require.Equal(r.t, "ok", said)
	require.NoError(r.t, db.Close())
}

// A process is one victim.
type process struct {
	t      *testing.T
	cmd    *exec.Cmd
	orders io.WriteCloser // standard input
	lines  *bufio.Scanner // of standard output
	said   *bytes.Buffer  // on standard error
}

// start gives a process its mission, the next one if it has begun.
func (r *run) start(m mission) *process {
	r.t.Helper()
	order, err := json.Marshal(m)
	require.NoError(r.t, err)
	p := r.spare
	if r.spare = nil; p == nil {
		p = r.begin()
	}
	_, err = p.orders.Write(order)
	require.NoError(r.t, err)
	require.NoError(r.t, p.orders.Close())
	return p
}

// begin starts a process that waits for its mission.
func (r *run) begin() *process {
	r.t.Helper()
	p := &process{t: r.t, cmd: exec.CommandContext(r.t.Context(), os.Args[0]), said: &bytes.Buffer{}}
	p.cmd.Env = append(os.Environ(), victimKey+"=yes")
	p.cmd.Stderr = p.said
	out, err := p.cmd.StdoutPipe()
	require.NoError(r.t, err)
	p.orders, err = p.cmd.StdinPipe()
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

func (p *process) signal(s syscall.Signal) {
	p.t.Helper()
	require.NoError(p.t, p.cmd.Process.Signal(s))
}

// kill ends the process by SIGKILL, from which nothing can be saved.
func (p *process) kill() {
	p.t.Helper()
	require.NoError(p.t, p.cmd.Process.Kill())
	_ = p.cmd.Wait() // it was killed
}
