// Command bench measures the libraries that alerts/match is compared with: how many MB of articles each reads in a
// second of computing. It is a module of its own, so that the program depends on none of them.
//
//	bench PATTERNS ARTICLES
//
// Each file has one text a line. The patterns are small letters; making the articles' letters small is part of the work,
// as it is for alerts/match. It prints a JSON object of rates by library, in MB/s.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"

	bobu "github.com/BobuSumisu/aho-corasick"
	petar "github.com/petar-dambovaliev/aho-corasick"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("want PATTERNS ARTICLES, got %d arguments", len(args))
	}
	patterns, err := lines(args[0])
	if err != nil {
		return err
	}
	articles, err := lines(args[1])
	if err != nil {
		return err
	}
	rates := map[string]float64{}
	trie := bobu.NewTrieBuilder().AddStrings(patterns).Build()
	rates["BobuSumisu/aho-corasick"] = rate(articles, func(s string) { trie.MatchString(strings.ToLower(s)) })
	builder := petar.NewAhoCorasickBuilder(petar.Opts{MatchKind: petar.LeftMostLongestMatch, DFA: false})
	automaton := builder.Build(patterns)
	rates["petar-dambovaliev/aho-corasick"] = rate(articles, func(s string) { automaton.FindAll(strings.ToLower(s)) })
	return json.NewEncoder(os.Stdout).Encode(rates)
}

func lines(name string) ([]string, error) {
	f, err := os.Open(name) //nolint:gosec // named by the one who started it
	if err != nil {
		return nil, fmt.Errorf("open lines: %w", err)
	}
	defer func() { _ = f.Close() }()
	var list []string
	z := bufio.NewScanner(f)
	z.Buffer(nil, 64<<20)
	for z.Scan() {
		list = append(list, z.Text())
	}
	if err := z.Err(); err != nil {
		return nil, fmt.Errorf("read lines: %w", err)
	}
	return list, nil
}

// rate is the best of several rounds.
func rate(articles []string, do func(string)) float64 {
	size, best := 0, 0.0
	for _, a := range articles {
		size += len(a)
	}
	for range 5 {
		begin, rounds := cpu(), 0
		for cpu()-begin < 150*time.Millisecond {
			for _, a := range articles {
				do(a)
			}
			rounds++
		}
		best = max(best, float64(rounds*size)/1e6/(cpu()-begin).Seconds())
	}
	return best
}

func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
