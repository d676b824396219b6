package main

import (
	"context"
	"fmt"
	"os"
	"runtime/metrics"
	"sync"
	"time"
)

// A benchMemory is what a process's memory was made of when it was largest, in bytes. BENCH_MEMORY=1 has it looked at.
type benchMemory struct {
	RSS, Anon, File         int
	Live                    int // of the heap, as the last collection left it
	Objects                 int // of the heap, garbage among them
	Unused, Free            int // of the heap: beside objects, and kept for more of them
	Stacks, Runtime         int
	Beside                  int // what is nobody's of Go: SQLite's own, and the threads'
	Goroutines, Collections int
}

func (m benchMemory) String() string {
	mb := func(n int) string { return fmt.Sprintf("%.1f", float64(n)/(1<<20)) }
	return "at most " + mb(m.RSS) + " MB: program " + mb(m.File) + ", in use " + mb(m.Live) + ", with garbage " + mb(m.Objects) +
		", beside objects " + mb(m.Unused) + ", free " + mb(m.Free) + ", stacks " + mb(m.Stacks) + ", runtime " + mb(m.Runtime) +
		", SQLite and threads " + mb(m.Beside) + fmt.Sprintf("; %d goroutines, %d collections", m.Goroutines, m.Collections)
}

// lookAtMemory is what the memory is made of now.
func lookAtMemory() (m benchMemory) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return m
	}
	m.RSS, m.Anon, m.File = statusKiB(status, "VmRSS:")<<10, statusKiB(status, "RssAnon:")<<10, statusKiB(status, "RssFile:")<<10
	samples := []metrics.Sample{
		{Name: "/gc/heap/live:bytes"},
		{Name: "/memory/classes/heap/objects:bytes"},
		{Name: "/memory/classes/heap/unused:bytes"},
		{Name: "/memory/classes/heap/free:bytes"},
		{Name: "/memory/classes/heap/stacks:bytes"},
		{Name: "/memory/classes/heap/released:bytes"},
		{Name: "/memory/classes/total:bytes"},
		{Name: "/sched/goroutines:goroutines"},
		{Name: "/gc/cycles/total:gc-cycles"},
	}
	metrics.Read(samples)
	n := make([]int, len(samples))
	for i, s := range samples {
		n[i] = int(s.Value.Uint64())
	}
	m.Live, m.Objects, m.Unused, m.Free, m.Stacks, m.Goroutines, m.Collections = n[0], n[1], n[2], n[3], n[4], n[7], n[8]
	m.Runtime = n[6] - n[5] - n[1] - n[2] - n[3] - n[4]
	m.Beside = m.Anon - (n[6] - n[5])
	return m
}

// A benchPeak is where the process was largest since it was asked last.
type benchPeak struct {
	mu   sync.Mutex
	most benchMemory
}

// watchMemory looks every 10 ms until ctx ends, where BENCH_MEMORY asks for it; else it returns nil.
func watchMemory(ctx context.Context) *benchPeak {
	if os.Getenv("BENCH_MEMORY") == "" {
		return nil
	}
	p := &benchPeak{}
	go func() {
		clock := time.NewTicker(10 * time.Millisecond)
		defer clock.Stop()
		for {
			m := lookAtMemory()
			p.mu.Lock()
			if m.RSS > p.most.RSS {
				p.most = m
			}
			p.mu.Unlock()
			select {
			case <-clock.C:
			case <-ctx.Done():
				return
			}
		}
	}()
	return p
}

// take gives the peak, and begins anew.
func (p *benchPeak) take() string {
	if p == nil {
		return ""
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	said := p.most.String() + "; now " + lookAtMemory().String()
	p.most = benchMemory{}
	return said
}
