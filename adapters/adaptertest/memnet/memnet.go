// Package memnet is a network in memory: one listener and who dials it. A server and its clients that speak over it can
// stand in a bubble of testing/synctest, where the hours of an outage pass at once; over a real socket they can't.
//
// # Invariants
//
//   - A connection is two ends of net.Pipe: what is written is read, in order, and nothing is kept in between.
//   - A connection that is closed after SetLinger(0) is reset: its other end reads ECONNRESET in place of the end.
//   - While the network swallows, a dial ends with its context; while it refuses, at once.
package memnet

import (
	"context"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
)

// address is that of every listener; it is never dialled for real.
const address = "127.0.0.1:1"

// A State says what becomes of a dial.
type State int32

// The states of a network.
const (
	Connects State = iota
	Refuses        // nobody listens
	Swallows       // no answer comes
)

// A Network is a net.Listener that is dialled by its Dial. Its methods may be called from several goroutines.
type Network struct {
	ready  chan net.Conn
	closed chan struct{}
	once   sync.Once
	state  atomic.Int32
	dials  atomic.Int64
}

// New returns a Network that connects.
func New() *Network {
	return &Network{ready: make(chan net.Conn), closed: make(chan struct{})}
}

// Turn changes what becomes of later dials.
func (n *Network) Turn(s State) { n.state.Store(int32(s)) }

// Dials returns how often it was dialled, in whatever state.
func (n *Network) Dials() int { return int(n.dials.Load()) }

// Dial connects, as a DialContext of an http.Transport.
func (n *Network) Dial(ctx context.Context, network, _ string) (net.Conn, error) {
	n.dials.Add(1)
	fail := func(err error) (net.Conn, error) { return nil, &net.OpError{Op: "dial", Net: network, Err: err} }
	switch State(n.state.Load()) {
	case Refuses:
		return fail(syscall.ECONNREFUSED)
	case Swallows:
		<-ctx.Done()
		return fail(ctx.Err())
	case Connects:
	}
	near, far := net.Pipe()
	reset := &atomic.Bool{}
	select {
	case n.ready <- &end{Conn: far, reset: reset}:
		return &end{Conn: near, reset: reset}, nil
	case <-n.closed:
		return fail(syscall.ECONNREFUSED)
	case <-ctx.Done():
		return fail(ctx.Err())
	}
}

// Accept implements net.Listener.
func (n *Network) Accept() (net.Conn, error) {
	select {
	case c := <-n.ready:
		return c, nil
	case <-n.closed:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (n *Network) Close() error {
	n.once.Do(func() { close(n.closed) })
	return nil
}

// Addr implements net.Listener.
func (n *Network) Addr() net.Addr { return addr{} }

type addr struct{}

func (addr) Network() string { return "tcp" }
func (addr) String() string  { return address }

// end is one end of a connection.
type end struct {
	net.Conn
	abrupt bool
	reset  *atomic.Bool
}

// SetLinger makes Close a reset, as that of a *net.TCPConn with 0 does.
func (e *end) SetLinger(seconds int) error {
	e.abrupt = seconds == 0
	return nil
}

// Close implements net.Conn.
func (e *end) Close() error {
	if e.abrupt {
		e.reset.Store(true)
	}
	return e.Conn.Close()
}

// Read implements net.Conn.
func (e *end) Read(b []byte) (int, error) {
	n, err := e.Conn.Read(b)
	if err != nil && e.reset.Load() {
		return n, &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
	}
	return n, err
}
