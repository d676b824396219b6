//go:build !race

package main

// racing tells that the race detector is on, under which all takes ten times as long.
const racing = false
