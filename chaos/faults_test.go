package chaos

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/seed-6c43f0f2/attache/adapters/wire"
	"github.com/seed-6c43f0f2/attache/alerts"
)

// What a control leaves out of the protocol.
const (
	sentFirst = "marks as sent before it sends" // at most once: loses
	forgets   = "repeats without looking"       // at least once: doubles
	dawdles   = "dawdles between claim and send"
	hesitates = "dawdles between the look at its lease and the call's first byte"
	careless  = "the same, on connections that send what is too late"
	dawdling  = 200 * time.Millisecond // less than a lease leaves for it
)

// outbox is the store, or one that marks a delivery as sent when it is claimed, or is slow to tell.
func (v *victim) outbox() alerts.Outbox {
	switch v.Fault {
	case sentFirst:
		return hasty{v.store}
	case dawdles:
		return slow{v.store, v.out}
	}
	return v.store
}

// slow takes a while between a claim's commit and its answer: a good moment to be stopped.
type slow struct {
	alerts.Outbox
	out io.Writer // is told of it
}

// Claim implements alerts.Outbox.
func (s slow) Claim(ctx context.Context, platforms []string, now time.Time, lease time.Duration, limit int) ([]alerts.Delivery, error) {
	claimed, err := s.Outbox.Claim(ctx, platforms, now, lease, limit)
	if len(claimed) > 0 {
		fmt.Fprintln(s.out, dawdles)
		<-time.After(dawdling)
	}
	return claimed, err
}

// transport is that of cmd/bot, faster, or one that dawdles before it writes a call.
func (v *victim) transport() http.RoundTripper {
	if v.Fault != hesitates && v.Fault != careless {
		return v.trap.transport()
	}
	hesitate := func(c net.Conn) net.Conn { return hesitant{c, v.out} }
	if v.Fault == hesitates {
		return wire.New(time.Second, hesitate)
	}
	return &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := (&net.Dialer{}).DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return hesitate(c), nil
	}}
}

// hesitant is a connection that waits before it writes a post: a good moment to be stopped.
type hesitant struct {
	net.Conn
	out io.Writer // is told of it
}

// NetConn returns what is below, as a *tls.Conn does.
func (h hesitant) NetConn() net.Conn { return h.Conn }

// Write implements net.Conn.
func (h hesitant) Write(b []byte) (int, error) {
	if bytes.HasPrefix(b, []byte("POST ")) && bytes.Contains(b, []byte("/chat.postMessage")) {
		fmt.Fprintln(h.out, hesitates)
		<-time.After(dawdling)
	}
	return h.Conn.Write(b)
}

// hasty settles what it claims before it is sent.
type hasty struct{ alerts.Outbox }

// Claim implements alerts.Outbox.
func (h hasty) Claim(ctx context.Context, platforms []string, now time.Time, lease time.Duration, limit int) ([]alerts.Delivery, error) {
	claimed, err := h.Outbox.Claim(ctx, platforms, now, lease, limit)
	for _, d := range claimed {
		if err := h.Outbox.Settle(ctx, d, alerts.Settlement{State: alerts.StateSent, MessageID: "1"}, now); err != nil {
			return nil, err
		}
	}
	return claimed, err
}

// Settle implements alerts.Outbox: it was done before.
func (h hasty) Settle(context.Context, alerts.Delivery, alerts.Settlement, time.Time) error {
	return nil
}

// mistaken is the poster, or one that leaves something out.
func (v *victim) mistaken(p alerts.Poster) alerts.Poster {
	if v.Fault == forgets {
		return forgetful{p}
	}
	return p
}

// forgetful gives every attempt another name, and never looks.
type forgetful struct{ alerts.Poster }

// Post implements alerts.Poster.
func (f forgetful) Post(ctx context.Context, d alerts.Delivery) (string, error) {
	if d.Part.Kind() == "post" {
		d.Part += alerts.Part(fmt.Sprintf(":%d", d.Attempts))
	}
	return f.Poster.Post(ctx, d)
}

// Find implements alerts.Poster.
func (f forgetful) Find(context.Context, alerts.Delivery) (string, error) { return "", nil }
