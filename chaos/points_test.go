package chaos

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"modernc.org/sqlite"

	"github.com/seed-6c43f0f2/attache/adapters/wire"
	"github.com/seed-6c43f0f2/attache/alerts"
)

// A point is a moment at which a victim ends itself by SIGKILL. It is reached through seams that the parts have anyway: the
// ports of alerts, the HTTP transport, the hooks of SQLite's driver, and a proxy before PostgreSQL.
type point string

// The points (PROMISES D2).
const (
	afterFetch          point = "after fetch"
	beforeMatchCommit   point = "before match commit"
	afterMatchCommit    point = "after match commit"
	beforeClaimCommit   point = "before claim commit"
	afterClaimCommit    point = "after claim commit"
	afterFirstByte      point = "after first byte"
	afterRequestWritten point = "after request written"
	afterResponseHeader point = "after response header"
	beforeMarkCommit    point = "before mark commit"
	afterMarkCommit     point = "after mark commit"
	beforeHit           point = "in reconcile before hit"
	afterHit            point = "in reconcile after hit"
	duringMigration     point = "during migration"
	duringCheckpoint    point = "during checkpoint"
)

func points() []point {
	return []point{
		afterFetch, beforeMatchCommit, afterMatchCommit, beforeClaimCommit, afterClaimCommit, afterFirstByte, afterRequestWritten,
		afterResponseHeader, beforeMarkCommit, afterMarkCommit, beforeHit, afterHit, duringMigration, duringCheckpoint,
	}
}

// A trap ends the process when its point is reached for the n-th time. Where a commit is to be told from others, one
// change of the store is made at a time.
type trap struct {
	point point
	out   io.Writer
	left  atomic.Int64

	changing sync.Mutex
	stage    atomic.Value // point: what the next commit would be
}

func newTrap(p point, after int, out io.Writer) *trap {
	t := &trap{point: p, out: out}
	t.left.Store(int64(after))
	t.stage.Store(point(""))
	return t
}

// reach says that the process is at the point. If that is the one where it dies it does not return.
func (t *trap) reach(p point) {
	if t == nil || p != t.point || p == "" || t.left.Add(-1) != 0 {
		return
	}
	fmt.Fprintln(t.out, "hit", p)
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {}
}

// during makes the commit that f makes known as that point, and reaches another after it.
func (t *trap) during(before, after point, f func() error) error {
	if t == nil {
		return f()
	}
	t.changing.Lock()
	defer t.changing.Unlock()
	t.stage.Store(before)
	err := f()
	t.stage.Store(point(""))
	if err == nil {
		t.reach(after)
	}
	return err
}

// committing is told of each commit before it is made.
func (t *trap) committing() {
	if p, is := t.stage.Load().(point); is {
		t.reach(p)
	}
}

// watch makes the trap hear of the commits of the store at that address, and returns the address to use.
func (t *trap) watch(store string) (string, error) {
	if strings.HasPrefix(store, "sqlite:") {
		sqlite.RegisterConnectionHook(func(c sqlite.ExecQuerierContext, _ string) error {
			if conn, is := c.(sqlite.HookRegisterer); is {
				conn.RegisterCommitHook(func() int32 { t.committing(); return 0 })
			}
			return nil
		})
		return store, nil
	}
	return through(store, t.listen())
}

// claims is in the text of the statement that marks what is claimed.
const claims = "UPDATE deliveries SET state = 'sending'"

// listen returns a tap that hears commits. A claim's counts only if it claimed something: its statement is known by the name
// under which it was prepared.
func (t *trap) listen() func([]byte) {
	prepared := regexp.MustCompile(`stmtcache_\w+`)
	names, claimed := map[string]bool{}, false
	var mu sync.Mutex
	return func(sent []byte) {
		mu.Lock()
		if at := bytes.Index(sent, []byte(claims)); at > 0 {
			if all := prepared.FindAll(sent[:at], -1); len(all) > 0 {
				names[string(all[len(all)-1])] = true
			}
		}
		for _, name := range prepared.FindAll(sent, -1) {
			claimed = claimed || names[string(name)]
		}
		commit, did := bytes.Contains(bytes.ToLower(sent), []byte("commit\x00")), claimed
		if commit {
			claimed = false
		}
		mu.Unlock()
		if commit && (did || t.stage.Load() != beforeClaimCommit) {
			t.committing()
		}
	}
}

// through puts a proxy of this process before a PostgreSQL server and returns the address of the database by it.
func through(store string, tap func([]byte)) (string, error) {
	network, target, err := server(store)
	if err != nil {
		return "", err
	}
	p, err := newProxy(network, target, tap)
	if err != nil {
		return "", err
	}
	return by(store, p.address)
}

// server is where the server of a PostgreSQL address listens.
func server(store string) (network, target string, err error) {
	c, err := pgx.ParseConfig(store)
	if err != nil {
		return "", "", err
	}
	if strings.HasPrefix(c.Host, "/") {
		return "unix", fmt.Sprintf("%s/.s.PGSQL.%d", c.Host, c.Port), nil
	}
	return "tcp", net.JoinHostPort(c.Host, fmt.Sprint(c.Port)), nil
}

// by is a PostgreSQL address with another place of the server.
func by(store, address string) (string, error) {
	u, err := url.Parse(store)
	if err != nil {
		return "", err
	}
	q := u.Query()
	q.Del("host")
	q.Set("sslmode", "disable")
	u.Host, u.RawQuery = address, q.Encode()
	return u.String(), nil
}

// checkpoint moves the log of a SQLite file into it, and dies meanwhile: a little later each time that it was too late.
func (t *trap) checkpoint(ctx context.Context, store string) error {
	if t == nil || t.point != duringCheckpoint {
		return nil
	}
	db, err := sql.Open("sqlite", "file://"+strings.TrimPrefix(store, "sqlite:"))
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.PingContext(ctx); err != nil {
		return err
	}
	var moving atomic.Bool
	moving.Store(true)
	go func() {
		<-time.After(time.Duration(rand.Int64N(int64(time.Millisecond))))
		if moving.Load() {
			t.reach(duringCheckpoint)
		}
	}()
	_, err = db.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	moving.Store(false)
	return err
}

// trappedLedger is the store as the engine sees it.
type trappedLedger struct {
	alerts.Ledger
	trap *trap
}

// Record implements alerts.Ledger.
func (l trappedLedger) Record(ctx context.Context, outcomes []alerts.Outcome) error {
	return l.trap.during(beforeMatchCommit, afterMatchCommit, func() error { return l.Ledger.Record(ctx, outcomes) })
}

// trappedOutbox is the store as the dispatcher sees it.
type trappedOutbox struct {
	alerts.Outbox
	trap *trap
}

// Claim implements alerts.Outbox.
func (o trappedOutbox) Claim(ctx context.Context, platforms []string, now time.Time, lease time.Duration, limit int) (claimed []alerts.Delivery, err error) {
	nothing := fmt.Errorf("nothing is due")
	err = o.trap.during(beforeClaimCommit, afterClaimCommit, func() error {
		claimed, err = o.Outbox.Claim(ctx, platforms, now, lease, limit)
		if err == nil && len(claimed) == 0 {
			return nothing
		}
		return err
	})
	if err == nothing { //nolint:errorlint // it is ours
		err = nil
	}
	return claimed, err
}

// Settle implements alerts.Outbox.
func (o trappedOutbox) Settle(ctx context.Context, d alerts.Delivery, s alerts.Settlement, now time.Time) error {
	if s.State != alerts.StateSent {
		return o.trap.during("", "", func() error { return o.Outbox.Settle(ctx, d, s, now) })
	}
	return o.trap.during(beforeMarkCommit, afterMarkCommit, func() error { return o.Outbox.Settle(ctx, d, s, now) })
}

// trappedPoster looks for what is in doubt.
type trappedPoster struct {
	alerts.Poster
	trap *trap
}

// Find implements alerts.Poster.
func (p trappedPoster) Find(ctx context.Context, d alerts.Delivery) (string, error) {
	p.trap.reach(beforeHit)
	id, err := p.Poster.Find(ctx, d)
	if id != "" {
		p.trap.reach(afterHit)
	}
	return id, err
}

// trappedTransport makes the calls of the platform.
type trappedTransport struct {
	http.RoundTripper
	trap *trap
}

// transport is that of cmd/bot, faster, with posts that are watched.
func (t *trap) transport() http.RoundTripper {
	if t == nil {
		return wire.New(time.Second)
	}
	return trappedTransport{wire.New(time.Second, func(c net.Conn) net.Conn { return trappedConn{c, t} }), t}
}

// RoundTrip implements http.RoundTripper.
func (t trappedTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	post := strings.HasSuffix(r.URL.Path, "/messages") && r.Method == http.MethodPost || strings.HasSuffix(r.URL.Path, "/chat.postMessage")
	if post {
		r = r.WithContext(httptrace.WithClientTrace(r.Context(), &httptrace.ClientTrace{
			WroteRequest: func(httptrace.WroteRequestInfo) { t.trap.reach(afterRequestWritten) },
		}))
	}
	resp, err := t.RoundTripper.RoundTrip(r)
	if post && err == nil {
		t.trap.reach(afterResponseHeader)
	}
	return resp, err
}

// trappedConn is the connection to the platform.
type trappedConn struct {
	net.Conn
	trap *trap
}

// NetConn returns what is below, as a *tls.Conn does.
func (c trappedConn) NetConn() net.Conn { return c.Conn }

// Write implements net.Conn.
func (c trappedConn) Write(b []byte) (int, error) {
	if c.trap.point != afterFirstByte || !bytes.HasPrefix(b, []byte("POST ")) {
		return c.Conn.Write(b)
	}
	if n, err := c.Conn.Write(b[:1]); err != nil {
		return n, err
	}
	c.trap.reach(afterFirstByte)
	n, err := c.Conn.Write(b[1:])
	return n + 1, err
}
