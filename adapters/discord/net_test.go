package discord

import (
	"context"
	"net"
)

// refuseToDial is a network that can't be reached.
func refuseToDial(err error) func(context.Context, string, string) (net.Conn, error) {
	return func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: err}
	}
}
