package discord

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/adapters/discord/discordtest"
	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
)

// limit bounds every wait of a test; a good run never comes near.
const limit = 10 * time.Second

var _ Desk = (*commands.Desk)(nil)

// A scriptedDesk answers what a test tells it to, and remembers what it was asked.
type scriptedDesk struct {
	do       func(context.Context, commands.Request) commands.Reply
	complete func(context.Context, commands.Request, string, string) []commands.Choice
	asked    chan commands.Request
	left     chan alerts.Workspace
	welcomed chan string
}

func newDesk() *scriptedDesk {
	return &scriptedDesk{asked: make(chan commands.Request, 64), left: make(chan alerts.Workspace, 8), welcomed: make(chan string, 8)}
}

func (d *scriptedDesk) Do(ctx context.Context, r commands.Request) commands.Reply {
	d.asked <- r
	if d.do == nil {
		return commands.Reply{Private: true, Title: "Done"}
	}
	return d.do(ctx, r)
}

func (d *scriptedDesk) Complete(ctx context.Context, r commands.Request, option, typed string) []commands.Choice {
	d.asked <- r
	if d.complete == nil {
		return nil
	}
	return d.complete(ctx, r, option, typed)
}

func (d *scriptedDesk) Welcome(_ context.Context, _ alerts.Workspace, name string) commands.Reply {
	d.welcomed <- name
	return commands.Reply{Title: "Welcome to " + name, Lines: []commands.Line{{Spans: []commands.Span{{Text: "Three steps."}}}}}
}

func (d *scriptedDesk) Leave(_ context.Context, w alerts.Workspace) error {
	d.left <- w
	return nil
}

// memory is a Memory in memory.
type memory struct {
	mu   sync.Mutex
	meta map[string]string
}

func newMemory() *memory { return &memory{meta: map[string]string{}} }

func (m *memory) Meta(_ context.Context, key string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.meta[key], nil
}

func (m *memory) SetMeta(_ context.Context, key, value string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.meta[key] = value
	return nil
}

func (m *memory) KeepUntil(ctx context.Context, key, value string, _ time.Time) error {
	return m.SetMeta(ctx, key, value)
}

func (m *memory) Swap(_ context.Context, key, old, value string, _ time.Time) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if kept, known := m.meta[key]; known && kept != old {
		return false, nil
	}
	m.meta[key] = value
	return true, nil
}

// A deafness keeps the times that were not heard, in the order of their begins, after it has failed so many times.
type deafness struct {
	mu    sync.Mutex
	fails int
	all   []alerts.Unheard
}

func (d *deafness) keep(_ context.Context, u alerts.Unheard) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fails > 0 {
		d.fails--
		return errors.New("the disk is full")
	}
	d.all = append(d.all, u)
	slices.SortFunc(d.all, func(a, b alerts.Unheard) int { return a.From.Compare(b.From) })
	return nil
}

func (d *deafness) times() []alerts.Unheard {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.all)
}

// A stage is an adapter that listens to a fake Discord.
type stage struct {
	*discordtest.Server
	adapter *Adapter
	desk    *scriptedDesk
	memory  *memory
	deaf    *deafness
	log     *safeBuffer
	ended   chan error // what Run returned
	stop    context.CancelFunc
}

// fastPace is lifePace some hundred times faster than life, but for the answers, which tests choose.
func fastPace() pace {
	return pace{
		open: 500 * time.Millisecond, close: 1500 * time.Millisecond, silence: 5 * time.Second, least: 5 * time.Millisecond, most: 50 * time.Millisecond,
		steady: time.Hour, answer: 2 * time.Second, work: limit,
	}
}

// play starts an adapter and waits until it is connected; prepare may change the stage before.
func play(t *testing.T, prepare func(*stage)) *stage {
	t.Helper()
	st := rehearse(t, prepare)
	require.True(t, st.Await(limit, func(n discordtest.Signs) bool { return n.Ready > 0 && st.adapter.Healthy() == nil }), "never connected")
	return st
}

// rehearse is play without the wait.
func rehearse(t *testing.T, prepare func(*stage)) *stage {
	t.Helper()
	st := &stage{Server: discordtest.New(t), desk: newDesk(), memory: newMemory(), deaf: &deafness{}, log: &safeBuffer{}, ended: make(chan error, 1)}
	st.Token = secretToken
	a, err := New(Options{
		Token: st.Token, API: st.URL, Desk: st.desk, Memory: st.memory, Unheard: st.deaf.keep,
		Log: slog.New(slog.NewTextHandler(st.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	require.NoError(t, err)
	st.adapter, a.pace = a, fastPace()
	if prepare != nil {
		prepare(st)
	}
	ctx, cancel := context.WithCancel(context.Background())
	st.stop = cancel
	go func() { st.ended <- a.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		require.NotContains(t, st.log.String(), secretToken, "the token is in the log")
		require.NotContains(t, st.log.String(), "secret-interaction-token", "an interaction's token is in the log")
	})
	return st
}

// over waits until Run has returned.
func (st *stage) over(t *testing.T) error {
	t.Helper()
	select {
	case err := <-st.ended:
		return err
	case <-time.After(limit):
		t.Fatal("Run has not returned")
		return nil
	}
}

// next is the next value of a channel, in time.
func next[T any](t *testing.T, c <-chan T) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(limit):
		t.Fatal("nothing came")
		panic("unreachable")
	}
}

// safeBuffer is a buffer for several goroutines.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}
