package match

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// The shares of a text are what a sampler's numbers are taken from.
type shares struct {
	words, letters, bytes, sentences int
	capitals                         int // words that begin with one, but not a sentence
	together                         int // words with a capital behind another
	wide                             int // words that are not ASCII alone
	joined                           int // words that a hyphen or apostrophe joins to the one before
	types                            map[string]int
	inTenThousand                    int // different words of the first ten thousand
}

func sharesOf(docs []Doc) shares {
	s := shares{types: map[string]int{}}
	for _, d := range docs {
		s.bytes += len(d.Text)
		atoms := atomise(d.Text)
		for i, a := range atoms {
			s.words++
			s.letters += a.end - a.start
			s.types[a.fold]++
			if s.words == 10_000 {
				s.inTenThousand = len(s.types)
			}
			if len(d.Text[a.from:a.to]) != a.end-a.start {
				s.wide++
			}
			if a.gap == gapHyphen || a.gap == gapApostrophe {
				s.joined++
			}
			opens := i == 0 || a.gap == gapBreak || a.gap == gapDotSpace
			if opens {
				s.sentences++
			}
			if a.shape == lower || a.shape == uncased || unicode.IsDigit(firstRune(a.fold)) {
				continue
			}
			if !opens {
				s.capitals++
			}
			if i > 0 && a.gap == gapSpace && (atoms[i-1].shape == capital || atoms[i-1].shape == upper) {
				s.together++
			}
		}
	}
	return s
}

// mostFrequent is which share of the words the n most frequent ones are.
func (s shares) mostFrequent(n int) float64 {
	var counts []int
	for _, c := range s.types {
		counts = append(counts, c)
	}
	slices.Sort(counts)
	sum := 0
	for _, c := range counts[max(0, len(counts)-n):] {
		sum += c
	}
	return float64(sum) / float64(s.words)
}

func (s shares) String() string {
	of := func(n int) float64 { return float64(n) / float64(s.words) }
	return fmt.Sprintf("%7d words of %.1f letters and %4.1f bytes, %2.0f to a sentence; %.3f with a capital inside sentences, %.3f behind another, %.3f joined to another, %.2f not ASCII; "+
		"%d different in 10,000; the 30 most frequent are %.2f, 100 %.2f, 1000 %.2f",
		s.words, of(s.letters), of(s.bytes), float64(s.words)/float64(s.sentences), of(s.capitals), of(s.together), of(s.joined), of(s.wide),
		s.inTenThousand, s.mostFrequent(30), s.mostFrequent(100), s.mostFrequent(1000))
}

// TestShares prints what is in made-up articles of each script, and in those of BENCH_CORPUS, and holds the former to what
// real ones showed.
func TestShares(t *testing.T) {
	if os.Getenv("BENCH_CORPUS") != "" {
		t.Log("BENCH_CORPUS: ", sharesOf(corpus(t, 2000, nil)))
	}
	for i, s := range scripts(9) {
		got := sharesOf(s.docs(700, 1000, s.names(2000), 40))
		t.Log("made up:      ", got)
		require.True(t, utf8.ValidString(s.text(500, s.names(10), 2)))
		if i > 1 {
			continue // English and Russian are what was measured
		}
		of := func(n int) float64 { return float64(n) / float64(got.words) }
		require.InDelta(t, 0.145, of(got.capitals), 0.03, "words with a capital inside sentences")
		require.InDelta(t, 0.06, of(got.together), 0.03, "of them behind another")
		require.InDelta(t, []float64{0.021, 0.012}[i], of(got.joined), 0.005, "words joined to another")
		require.InDelta(t, []float64{2500, 4760}[i], got.inTenThousand, []float64{900, 400}[i], "different words in ten thousand")
		require.InDelta(t, []float64{0.33, 0.20}[i], got.mostFrequent(30), 0.03)
		require.InDelta(t, []float64{0.71, 0.52}[i], got.mostFrequent(1000), 0.08)
		require.InDelta(t, []float64{4.7, 6.1}[i], of(got.letters), 0.7, "letters a word")
	}
}
