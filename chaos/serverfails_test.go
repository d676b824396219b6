package chaos

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	restarts     = 3  // of the server in CI
	fullRestarts = 50 // PROMISES D13
	stall        = 4 * time.Second
	fullStall    = 30 * time.Second
	backToPost   = 15 * time.Second // PROMISES P4 and D13
	cutFor       = 2 * time.Second
	least        = 500 * time.Millisecond // that the server is away; then a little longer each time
)

// A mishap is something bad that befalls the server.
type mishap struct {
	name   string
	befall func() (over time.Time)
}

// serverFails lets two replicas post while their server is ended and started, ends connections, holds a lock and refuses
// changes that cross: each bulletin is posted once, the first within 15 s after it is over.
func serverFails(t *testing.T, binary string) {
	server := newPGServer(t)
	ask(t, server.address("postgres"), "CREATE DATABASE attache")
	ends, held := restarts, stall
	if full() {
		ends, held = fullRestarts, fullStall
	}
	all := append(server.restarts(ends), server.terminated(), server.stalled(held), server.crossed())
	seed, n := seed(t), newNewsroom(t, len(all)+2) // a feed that brings many is told in one message
	p := newDiscord(t, dice(seed, lagMost), 5*time.Minute)
	p.channels = p.channels[:3]
	r := newLife(t, p)
	for range 2 {
		newBot(t, binary, server.address("attache"), p, p.api, n).start()
	}
	n.opened(t)
	for _, m := range all {
		n.publish()
		n.publish()
		over := m.befall()
		first := n.count()
		n.publish()
		after := r.next(over, time.Minute)
		r.reached(first)
		t.Logf("%-40s the first post %4.1f s after it was over, all %4.1f s", m.name, after.Seconds(), time.Since(over).Seconds())
		require.LessOrEqual(t, after, backToPost, m.name)
	}
	got := r.arrived(n)
	terminated, crossed := server.count("due to administrator command"), server.count("could not serialize")
	t.Logf("seed %d: %s; %d connections ended, %d changes crossed; %s", seed, got, terminated, crossed, r.pace)
	require.True(t, got.clean(), "%s", got)
	require.Positive(t, terminated)
	require.Positive(t, crossed, "nothing was refused")
}

// reached waits until a bulletin stands in every channel.
func (r *run) reached(bulletin int) {
	r.t.Helper()
	require.Eventually(r.t, func() bool { return r.everywhere(bulletin) }, time.Minute, 50*time.Millisecond, "bulletin %d is not posted", bulletin)
}

// everywhere tells whether a bulletin stands in every channel.
func (r *run) everywhere(bulletin int) bool {
	return !slices.ContainsFunc(r.platform.channels, func(c alerts.Channel) bool { return !r.shows(c, bulletin) })
}

// restarts end the server in each way in turn.
func (s *pgServer) restarts(count int) (all []mishap) {
	ways := []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT, syscall.SIGKILL}
	for i := range count {
		how := ways[i%len(ways)]
		away := least + time.Duration(i)*time.Second/4
		all = append(all, mishap{fmt.Sprintf("%s, away for %s:", how, away), func() time.Time {
			s.end(how)
			<-time.After(away)
			return s.start()
		}})
	}
	return all
}

// inside runs f with a connection to the bots' database.
func (s *pgServer) inside(f func(ctx context.Context, db *sql.DB)) time.Time {
	s.t.Helper()
	db, err := sql.Open("pgx", s.address("attache"))
	require.NoError(s.t, err)
	defer db.Close()
	f(s.t.Context(), db)
	return time.Now()
}

// terminated ends all connections of the bots again and again.
func (s *pgServer) terminated() mishap {
	return mishap{"connections ended:", func() time.Time {
		return s.inside(func(ctx context.Context, db *sql.DB) {
			for until := time.Now().Add(cutFor); time.Now().Before(until); {
				_, err := db.ExecContext(ctx, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'attache'`)
				require.NoError(s.t, err)
				<-time.After(100 * time.Millisecond)
			}
		})
	}}
}

// stalled holds a lock on the outbox.
func (s *pgServer) stalled(long time.Duration) mishap {
	return mishap{fmt.Sprintf("the outbox locked for %s:", long), func() time.Time {
		return s.inside(func(ctx context.Context, db *sql.DB) {
			tx, err := db.BeginTx(ctx, nil)
			require.NoError(s.t, err)
			_, err = tx.ExecContext(ctx, `LOCK TABLE deliveries IN ACCESS EXCLUSIVE MODE`)
			require.NoError(s.t, err)
			<-time.After(long)
			require.NoError(s.t, tx.Commit())
		})
	}}
}

// crossed changes what the bots change, so that theirs are refused.
func (s *pgServer) crossed() mishap {
	return mishap{"changes that cross:", func() time.Time {
		return s.inside(func(ctx context.Context, db *sql.DB) {
			for until := time.Now().Add(2 * cutFor); time.Now().Before(until); {
				for _, table := range []string{"channels SET served = served", "feeds SET articles = articles", "ledger SET version = version", "deliveries SET reason = reason"} {
					if _, err := db.ExecContext(ctx, `UPDATE `+table); !crossing(err) {
						require.NoError(s.t, err)
					}
				}
			}
		})
	}}
}

// crossing tells that a change was refused since it crossed another: the server may choose either.
func crossing(err error) bool {
	refused, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (refused.Code == "40P01" || refused.Code == "40001")
}
