package store

import (
	"syscall"
	"time"
)

// userTimeout is the option TCP_USER_TIMEOUT of include/uapi/linux/tcp.h, which package syscall does not name.
const userTimeout = 0x12

// giveUp makes the system give a connection up on which something sent was not acknowledged for so long, be the other end
// dead or the way to it cut. Keep-alives alone do not find that out while bytes are on their way. https://man7.org/linux/man-pages/man7/tcp.7.html
func giveUp(after time.Duration) func(network, address string, c syscall.RawConn) error {
	return func(network, _ string, c syscall.RawConn) error {
		if network == "unix" {
			return nil
		}
		var failed error
		if err := c.Control(func(fd uintptr) {
			failed = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, userTimeout, int(after.Milliseconds()))
		}); err != nil {
			return err
		}
		return failed
	}
}
