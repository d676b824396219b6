//go:build !race

package storm

// racing tells that the race detector is on, under which memory is another.
const racing = false
