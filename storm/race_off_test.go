//go:build !race

package storm

// racing tells that the race detector is on, under which all takes ten times as long and memory is another.
const racing = false

func narrow() {}
