//go:build !linux

package store

import (
	"syscall"
	"time"
)

// giveUp does nothing where the system has no such option: keep-alives find a dead connection, but not while bytes are on
// their way.
func giveUp(time.Duration) func(network, address string, c syscall.RawConn) error { return nil }
