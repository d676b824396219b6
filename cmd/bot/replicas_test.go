package main

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// book is a roll in memory; it does not answer the replicas that are cut off.
type book struct {
	mu     sync.Mutex
	holder map[string]string
	until  map[string]time.Time
	away   map[string]bool
	parted []string
}

func newBook() *book {
	return &book{holder: map[string]string{}, until: map[string]time.Time{}, away: map[string]bool{}}
}

func (b *book) cut(id string, away bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.away[id] = away
}

func (b *book) Beat(context.Context, string, time.Time) (int, error) { return 3, nil }

func (b *book) Hold(_ context.Context, duty, id string, now time.Time, lease time.Duration) (bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.away[id] {
		return false, errors.New("no answer")
	}
	if b.holder[duty] != id && b.until[duty].After(now) {
		return false, nil
	}
	b.holder[duty], b.until[duty] = id, now.Add(lease)
	return true, nil
}

func (b *book) Yield(_ context.Context, duty, id string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.holder[duty] == id {
		delete(b.until, duty)
	}
	return nil
}

func (b *book) Part(_ context.Context, id string) error {
	b.parted = append(b.parted, id)
	return nil
}

func newReplica(b *book, id string, shared bool) *replica {
	return &replica{
		roll: b, id: id, shared: shared, now: time.Now, read: func(context.Context) error { return nil },
		log: slog.New(slog.DiscardHandler), holds: map[string]bool{},
	}
}

// ears counts who listens at the same time.
type ears struct {
	mu      sync.Mutex
	now     []string
	history []string
	most    int
}

func (e *ears) listen(id string) func(context.Context) error {
	return func(ctx context.Context) error {
		e.mu.Lock()
		e.now, e.history = append(e.now, id), append(e.history, id)
		e.most = max(e.most, len(e.now))
		e.mu.Unlock()
		<-ctx.Done()
		e.mu.Lock()
		defer e.mu.Unlock()
		e.now = slices.DeleteFunc(e.now, func(other string) bool { return other == id })
		return nil
	}
}

func (e *ears) who() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.now)
}

// after lets the time of the test go by.
func after(t *testing.T, d time.Duration) {
	t.Helper()
	<-time.After(d)
	synctest.Wait()
}

// waitFor returns after how long the replica of that id listens.
func (e *ears) waitFor(t *testing.T, id string) time.Duration {
	t.Helper()
	began := time.Now()
	for !slices.Equal(e.who(), []string{id}) {
		after(t, time.Second)
		require.Less(t, time.Since(began), time.Minute)
	}
	return time.Since(began)
}

// One replica listens; when the store does not hear of it any more another does, and never do both.
func TestOneReplicaListensAndAnotherTakesOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, e := newBook(), &ears{}
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		var group sync.WaitGroup
		replicas, ends := map[string]*replica{}, map[string]context.CancelFunc{}
		for _, id := range []string{"a", "b"} {
			own, end := context.WithCancel(ctx)
			r := newReplica(b, id, true)
			ends[id], replicas[id] = end, r
			group.Go(func() {
				if err := r.listening("d", e.listen(id))(own); err != nil {
					t.Error(err)
				}
			})
			synctest.Wait()
		}
		deaf := errors.New("not connected")
		ask := func() error { return deaf }
		require.Equal(t, []string{"a"}, e.who())
		require.ErrorIs(t, replicas["a"].healthy("d", ask)(), deaf)
		require.NoError(t, replicas["b"].healthy("d", ask)(), "who does not listen is well without a connection")
		after(t, time.Hour)
		require.Equal(t, []string{"a"}, e.who(), "it goes on as long as it renews")

		b.cut("a", true)
		taken := e.waitFor(t, "b")
		require.LessOrEqual(t, taken, listenLease+renewal)
		t.Logf("another replica listens %s after the store last heard of the one that did", taken)
		b.cut("a", false)
		ends["b"]() // it ends in order, and yields
		require.LessOrEqual(t, e.waitFor(t, "a"), renewal+time.Second)
		stop()
		group.Wait()
		require.Equal(t, []string{"a", "b", "a"}, e.history)
		require.Equal(t, 1, e.most, "never both at once")
	})
}

func TestAStoreThatIsAwayForAMomentEndsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, e := newBook(), &ears{}
		ctx, stop := context.WithCancel(t.Context())
		var group sync.WaitGroup
		r := newReplica(b, "a", true)
		group.Go(func() {
			if err := r.listening("d", e.listen("a"))(ctx); err != nil {
				t.Error(err)
			}
		})
		after(t, renewal+time.Second)
		b.cut("a", true)
		after(t, renewal)
		b.cut("a", false)
		after(t, time.Minute)
		require.Equal(t, []string{"a"}, e.history)
		stop()
		group.Wait()
	})
}

func TestWhatEndsByItselfEndsWithItsError(t *testing.T) {
	refused := errors.New("token refused")
	r := newReplica(newBook(), "a", true)
	require.ErrorIs(t, r.listening("d", func(context.Context) error { return refused })(t.Context()), refused)
	held, err := r.roll.Hold(t.Context(), "d", "b", time.Now(), time.Minute)
	require.NoError(t, err)
	require.True(t, held, "and another may try")
}

func TestOneReplicaDoesAChore(t *testing.T) {
	b := newBook()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	done, chores := map[string]int{}, map[string]func(context.Context) error{}
	for _, id := range []string{"a", "b"} {
		r := newReplica(b, id, true)
		r.now = func() time.Time { return now }
		chores[id] = r.alone("prune", time.Minute, func(context.Context) error { done[id]++; return nil })
	}
	for range 10 {
		require.NoError(t, chores["a"](t.Context()))
		now = now.Add(30 * time.Second)
		require.NoError(t, chores["b"](t.Context()))
		now = now.Add(30 * time.Second)
	}
	require.Equal(t, map[string]int{"a": 10}, done)
	require.NoError(t, chores["b"](t.Context()))
	require.Equal(t, 1, done["b"], "another takes over")
	b.cut("b", true)
	require.Error(t, chores["b"](t.Context()))
}

func TestARequestOfAPlatformsIsTakenOnce(t *testing.T) {
	b := newBook()
	for i, id := range []string{"a", "b", "c"} {
		first, err := newReplica(b, id, true).first(t.Context(), "event Ev1")
		require.NoError(t, err)
		require.Equal(t, i == 0, first)
	}
}

func TestAProcessAloneAsksNobody(t *testing.T) {
	b := newBook()
	b.cut("a", true)
	r := newReplica(b, "a", false)
	ran := 0
	run := func(context.Context) error { ran++; return nil }
	require.NoError(t, r.alone("x", time.Minute, run)(t.Context()))
	require.NoError(t, r.listening("x", run)(t.Context()))
	require.Equal(t, 2, ran)
	first, err := r.first(t.Context(), "x")
	require.NoError(t, err)
	require.True(t, first)
	require.Equal(t, 1, r.count())
	require.NoError(t, r.part(t.Context()))
	require.Empty(t, b.parted)
	shared := newReplica(b, "s", true)
	require.NoError(t, shared.beat(t.Context()))
	require.Equal(t, 3, shared.count())
	require.NoError(t, shared.part(t.Context()))
	require.Equal(t, []string{"s"}, b.parted)
}
