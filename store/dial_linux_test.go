package store

import (
	"net"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A connection to the server that is cut without a word is given up while the lease of a claim still has time to send.
func TestAConnectionThatIsCutIsGivenUpWithinTheLease(t *testing.T) {
	pace := alerts.LifePace()
	require.Less(t, deafAfter+connectWithin, pace.Lease-pace.Margin)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	dialer := postgresDialer(time.Second)
	c, err := dialer.DialContext(t.Context(), "tcp", l.Addr().String())
	require.NoError(t, err)
	defer c.Close()
	raw, err := c.(*net.TCPConn).SyscallConn()
	require.NoError(t, err)
	options := map[int]int{userTimeout: int(deafAfter.Milliseconds()), syscall.TCP_KEEPIDLE: 5, syscall.TCP_KEEPINTVL: 3, syscall.TCP_KEEPCNT: 3}
	for option, want := range options {
		var got int
		require.NoError(t, raw.Control(func(fd uintptr) { got, err = syscall.GetsockoptInt(int(fd), syscall.IPPROTO_TCP, option) }))
		require.NoError(t, err)
		require.Equal(t, want, got, "option %d", option)
	}
}
