package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"runtime/pprof"
	"time"
)

// rateProfile has what is allocated from now on sampled finely, where BENCH_PROFILE asks for profiles.
func rateProfile() {
	if os.Getenv("BENCH_PROFILE") != "" {
		runtime.MemProfileRate = 64 << 10
	}
}

// profilePeak writes a heap profile whenever more of the heap is in use than ever since, into the folder that BENCH_PROFILE
// names, if any.
func profilePeak() {
	where := os.Getenv("BENCH_PROFILE")
	if where == "" {
		return
	}
	go func() {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		var most uint64
		for range time.Tick(20 * time.Millisecond) {
			metrics.Read(live)
			now := live[0].Value.Uint64()
			if now <= most {
				continue
			}
			most = now
			if f, err := os.Create(filepath.Join(where, fmt.Sprintf("heap-%d.prof", os.Getpid()))); err == nil {
				_ = pprof.Lookup("heap").WriteTo(f, 0)
				_ = f.Close()
			}
		}
	}()
}
