package match

import (
	"runtime"
	"testing"
	"weak"

	"github.com/stretchr/testify/require"
)

// TestADroppedIndexIsFree: a watch that is edited makes a new index of all, and the old one must not stay beside it.
func TestADroppedIndexIsFree(t *testing.T) {
	dropped := func() weak.Pointer[Index] {
		x := NewIndex()
		one, other := x.sifter(), x.sifter() // as two Docs are looked at at once
		one.rest()
		other.rest()
		return weak.Make(x)
	}()
	runtime.GC()
	require.True(t, dropped.Value() == nil)
}
