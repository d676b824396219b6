//go:build race

package match

// raced tells that the race detector is in the binary: it makes every figure of speed and memory another.
const raced = true
