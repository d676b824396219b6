package match

import (
	"math"
	"runtime"
	"slices"
	"syscall"
	"time"
)

// cpu is the time that the process has spent computing.
func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func bytesOf(docs []Doc) int {
	n := 0
	for _, d := range docs {
		n += len(d.Title) + len(d.Text)
	}
	return n
}

// rate is how many MB of docs do reads in a second of computing, the best of several rounds behind one that warms up.
func rate(docs []Doc, do func(Doc)) float64 { return inTurns(docs, do).best(0) }

// turns are what each of several readers reads of the same articles in a second of computing, in MB, round by round.
type turns [][]float64

// inTurns lets each of several read the articles for a while, then each again: a machine that is slow for a minute is so for all.
func inTurns(docs []Doc, each ...func(Doc)) turns {
	t := make(turns, len(each))
	size := float64(bytesOf(docs)) / 1e6
	for range 7 {
		for i, do := range each {
			for _, d := range docs {
				do(d) // into the caches
			}
			begin, passes := cpu(), 0.0
			for cpu()-begin < 70*time.Millisecond {
				for _, d := range docs {
					do(d)
				}
				passes++
			}
			t[i] = append(t[i], passes*size/(cpu()-begin).Seconds())
		}
	}
	return t
}

func (t turns) best(i int) float64 { return slices.Max(t[i]) }

// share is how fast the reader of one place is beside the one of another: the median of the rounds.
func (t turns) share(of, beside int) float64 {
	var shares []float64
	for round := range t[of] {
		shares = append(shares, t[of][round]/t[beside][round])
	}
	slices.Sort(shares)
	return shares[len(shares)/2]
}

// heap is how many bytes are in use.
func heap() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// cost builds something of n parts three times, each time in a heap that has come to rest: bytes kept and microseconds of
// computing for each part, the quickest time's, collecting garbage meanwhile among them. What it is built of is kept, too.
func cost[From, Built any](n int, from From, build func(From) Built) (built Built, bytes, micros float64) {
	micros = math.Inf(1)
	for range 3 {
		h, c := heap(), cpu()
		built = build(from)
		micros = min(micros, (cpu()-c).Seconds()*1e6/float64(n))
		bytes = (heap() - h) / float64(n)
		runtime.KeepAlive(built)
	}
	runtime.KeepAlive(from)
	return built, bytes, micros
}
