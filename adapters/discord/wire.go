package discord

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// frameMost bounds one frame from the gateway: a guild of the largest size fits.
const frameMost = 64 << 20

// A wire is the connection below the library's WebSocket. It reads whole frames, so that it can keep from the library
// what the library mishandles:
//
//   - op 7 (reconnect) in answer to a resume deadlocks it: the wire reports the end of the connection instead;
//   - op 9 (invalid session) makes it sign in again at once, without our count: likewise, and the session is stale;
//   - a close code is lost once the session runs: the wire remembers it;
//   - silence is waited out for ever: each read and write has a deadline;
//   - a sign-in beyond the day's budget is not written.
type wire struct {
	net.Conn
	in      *bufio.Reader
	silence time.Duration
	signIn  func() error // asked before each IDENTIFY

	ready    []byte // read and not yet handed over
	upgraded bool   // the HTTP answer is over
	fate     error

	once  sync.Once
	ended chan struct{} // closed when reading fails for good
	code  atomic.Int32  // of the vendor's close frame
	stale atomic.Bool   // the session can't be resumed
}

func newWire(c net.Conn, silence time.Duration, signIn func() error) *wire {
	return &wire{Conn: c, in: bufio.NewReader(c), silence: silence, signIn: signIn, ended: make(chan struct{})}
}

// Read hands over what was read of the HTTP answer and then whole frames.
func (w *wire) Read(p []byte) (int, error) {
	for len(w.ready) == 0 {
		if w.fate == nil {
			w.fate = w.fill()
		}
		if w.fate != nil {
			w.once.Do(func() { close(w.ended) })
			return 0, w.fate
		}
	}
	n := copy(p, w.ready)
	w.ready = w.ready[n:]
	return n, nil
}

func (w *wire) fill() error {
	if err := w.SetReadDeadline(time.Now().Add(w.silence)); err != nil {
		return err
	}
	if !w.upgraded {
		line, err := w.in.ReadBytes('\n')
		w.ready, w.upgraded = line, string(line) == "\r\n"
		return err
	}
	head, err := w.in.Peek(2)
	if err != nil {
		return err
	}
	size := 2
	switch head[1] & 0x7f {
	case 126:
		size = 4
	case 127:
		size = 10
	}
	if head, err = w.in.Peek(size); err != nil {
		return err
	}
	length := payloadLength(head)
	if length > frameMost {
		return fmt.Errorf("a frame of %d bytes", length)
	}
	frame := make([]byte, size+int(length))
	if _, err := io.ReadFull(w.in, frame); err != nil {
		return err
	}
	if err := w.inspect(frame[0]&0x0f, frame[size:]); err != nil {
		return err
	}
	w.ready = frame
	return nil
}

// payloadLength reads the length of a frame from its head. https://www.rfc-editor.org/rfc/rfc6455#section-5.2
func payloadLength(head []byte) uint64 {
	switch n := head[1] & 0x7f; n {
	case 126:
		return uint64(binary.BigEndian.Uint16(head[2:]))
	case 127:
		return binary.BigEndian.Uint64(head[2:])
	default:
		return uint64(n)
	}
}

// smallOp is more than any op 7 or 9 takes; longer frames are dispatches.
const smallOp = 512

// inspect looks at a frame from the vendor; an error ends the connection in its place.
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
func (w *wire) inspect(opcode byte, payload []byte) error {
	if opcode == websocket.CloseMessage && len(payload) >= 2 {
		w.code.Store(int32(binary.BigEndian.Uint16(payload)))
	}
	if opcode != websocket.TextMessage || len(payload) > smallOp {
		return nil
	}
	var said struct {
		Op   int             `json:"op"`
		Data json.RawMessage `json:"d"`
	}
	if json.Unmarshal(payload, &said) != nil {
		said.Op = -1 // the library says what is wrong with it
	}
	switch said.Op {
	case 7:
		return errors.New("the gateway asks to reconnect")
	case 9:
		w.stale.Store(string(said.Data) != "true")
		return errors.New("the gateway calls the session invalid")
	}
	return nil
}

// Write refuses a sign-in that signIn refuses, before its first byte.
func (w *wire) Write(p []byte) (int, error) {
	if opOf(p) == 2 {
		if err := w.signIn(); err != nil {
			return 0, err
		}
	}
	if err := w.SetWriteDeadline(time.Now().Add(w.silence)); err != nil {
		return 0, err
	}
	return w.Conn.Write(p)
}

// opOf returns the op of a frame that the library is about to write, -1 if it is none: a text frame is written at once,
// masked, and begins with its op.
func opOf(p []byte) int {
	if len(p) < 2 || p[0]&0x0f != websocket.TextMessage || p[1]&0x80 == 0 {
		return -1
	}
	at := 2
	switch p[1] & 0x7f {
	case 126:
		at = 4
	case 127:
		at = 10
	}
	if len(p) < at+4+8 {
		return -1
	}
	mask, start := p[at:at+4], make([]byte, 0, 8)
	for i := range 8 {
		start = append(start, p[at+4+i]^mask[i%4])
	}
	var op, end int
	if _, err := fmt.Sscanf(string(start), `{"op":%d%c`, &op, &end); err != nil {
		return -1
	}
	return op
}

// dialer connects to the gateway through wires, TLS above the network and below the wire; made is told of each.
func dialer(silence time.Duration, signIn func() error, made func(*wire)) *websocket.Dialer {
	wired := func(c net.Conn, err error) (net.Conn, error) {
		if err != nil {
			return nil, err
		}
		w := newWire(c, silence, signIn)
		made(w)
		return w, nil
	}
	plain := &net.Dialer{Timeout: dialTime}
	secure := &tls.Dialer{NetDialer: plain, Config: &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}}}
	return &websocket.Dialer{
		HandshakeTimeout: dialTime,
		NetDialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			return wired(plain.DialContext(ctx, network, addr))
		},
		NetDialTLSContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			return wired(secure.DialContext(ctx, network, addr))
		},
	}
}

// dialTime bounds connecting and the handshakes.
const dialTime = 10 * time.Second
