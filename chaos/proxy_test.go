package chaos

import (
	"errors"
	"io"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A proxy stands between a process and what it talks to. What it is told to keep comes later, as packets do that are
// sent again when a cable is back; what a client wanted to send and then aborted is gone.
type proxy struct {
	address string // HOST:PORT
	network string // of the target: tcp or unix
	target  string
	tap     func([]byte) // sees what clients send, before it goes on; may be nil

	listener net.Listener
	mu       sync.Mutex
	changed  chan struct{} // closed when the state changes
	cut      [2]bool       // by direction
	latency  time.Duration // of each direction
	closed   bool
	conns    map[net.Conn]bool
}

// The directions.
const (
	toward = iota // the target
	back
)

// newProxy listens on loopback.
func newProxy(network, target string, tap func([]byte)) (*proxy, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &proxy{
		address: l.Addr().String(), network: network, target: target, tap: tap, listener: l,
		changed: make(chan struct{}), conns: map[net.Conn]bool{},
	}
	go p.accept()
	return p, nil
}

func (p *proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		go p.serve(client)
	}
}

// close cuts everything off.
func (p *proxy) close() {
	_ = p.listener.Close()
	p.change(func() {
		p.closed = true
		for c := range p.conns {
			_ = c.Close()
		}
	})
}

// set says which directions are cut and how long each takes.
func (p *proxy) set(cutToward, cutBack bool, latency time.Duration) {
	p.change(func() { p.cut, p.latency = [2]bool{cutToward, cutBack}, latency })
}

func (p *proxy) change(f func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f()
	close(p.changed)
	p.changed = make(chan struct{})
}

// open waits until the direction is open; false if the proxy closed.
func (p *proxy) open(direction int) bool {
	for {
		p.mu.Lock()
		cut, closed, changed := p.cut[direction], p.closed, p.changed
		p.mu.Unlock()
		if closed || !cut {
			return !closed
		}
		<-changed
	}
}

func (p *proxy) delay() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.latency
}

func (p *proxy) keep(c net.Conn, is bool) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if is && !p.closed {
		p.conns[c] = true
	} else {
		delete(p.conns, c)
	}
	return !p.closed
}

// serve connects a client with the target when the way there is open.
func (p *proxy) serve(client net.Conn) {
	defer client.Close()
	if !p.keep(client, true) || !p.open(toward) {
		return
	}
	defer p.keep(client, false)
	target, err := net.Dial(p.network, p.target)
	if err != nil {
		return
	}
	defer target.Close()
	p.keep(target, true)
	defer p.keep(target, false)
	var both sync.WaitGroup
	both.Go(func() { p.carry(target, client, toward) })
	both.Go(func() { p.carry(client, target, back) })
	both.Wait()
}

// a chunk is what came at once.
type chunk struct {
	data []byte
	due  time.Time
	err  error // what ended the stream: io.EOF is an orderly end
}

// carry brings what one side sends to the other: later, if the way is slow or cut. An orderly end comes after what was
// sent before it; an abort overtakes it.
func (p *proxy) carry(to, from net.Conn, direction int) {
	chunks := make(chan chunk, 4096)
	aborted := make(chan struct{})
	go func() {
		for {
			buffer := make([]byte, 16<<10)
			n, err := from.Read(buffer)
			if n > 0 {
				chunks <- chunk{data: buffer[:n], due: time.Now().Add(p.delay())}
			}
			if err != nil {
				if !errors.Is(err, io.EOF) {
					close(aborted)
				}
				chunks <- chunk{err: err}
				return
			}
		}
	}()
	for c := range chunks {
		<-time.After(time.Until(c.due))
		if !p.open(direction) || gone(aborted) || c.err != nil {
			end(to, gone(aborted))
			return
		}
		if direction == toward && p.tap != nil {
			p.tap(c.data)
		}
		if _, err := to.Write(c.data); err != nil {
			end(from, true)
			return
		}
	}
}

func gone(aborted chan struct{}) bool {
	select {
	case <-aborted:
		return true
	default:
		return false
	}
}

// end ends what is written to a connection, in order or by an abort.
func end(c net.Conn, abort bool) {
	if abort {
		if tcp, is := c.(*net.TCPConn); is {
			_ = tcp.SetLinger(0)
		}
		_ = c.Close()
		return
	}
	if half, is := c.(interface{ CloseWrite() error }); is {
		_ = half.CloseWrite()
	}
}

// What is sent while the way is cut arrives when it is open again, unless it was aborted; and no sooner.
func TestTheProxyKeepsWhatIsCut(t *testing.T) {
	target, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer target.Close()
	heard := make(chan string, 10)
	go func() {
		for {
			c, err := target.Accept()
			if err != nil {
				return
			}
			go func() {
				data, _ := io.ReadAll(c) // an abort ends it
				heard <- string(data)
				_ = c.Close()
			}()
		}
	}()
	for name, abort := range map[string]bool{"kept": false, "aborted": true} {
		p, err := newProxy("tcp", target.Addr().String(), nil)
		require.NoError(t, err)
		c, err := net.Dial("tcp", p.address)
		require.NoError(t, err)
		_, err = c.Write([]byte("a"))
		require.NoError(t, err)
		<-time.After(100 * time.Millisecond)
		p.set(true, false, 0)
		_, err = c.Write([]byte("b"))
		require.NoError(t, err)
		<-time.After(100 * time.Millisecond)
		require.Empty(t, heard, name)
		end(c, abort)
		<-time.After(100 * time.Millisecond)
		p.set(false, false, 0)
		if abort {
			require.Equal(t, "a", <-heard)
		} else {
			require.Equal(t, "ab", <-heard)
		}
		p.close()
	}
}
