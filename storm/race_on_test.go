//go:build race

package storm

import "runtime"

// racing tells that the race detector is on, under which all takes ten times as long and memory is another.
const racing = true

// narrow leaves the race detector one processor: where two fire timers of one bubble at once it falls down itself
// (golang/go#78156). What it looks for, accesses that nothing orders, it finds all the same.
func narrow() { runtime.GOMAXPROCS(1) }
