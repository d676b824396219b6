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
		x.Find(Doc{Title: "Putin in Oman", Text: "He came."})
		return weak.Make(x)
	}()
	runtime.GC()
	require.Nil(t, dropped.Value())
}
