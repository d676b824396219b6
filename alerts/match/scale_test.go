package match

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func buildExact(names []string) *phrasebook {
	b := newPhrasebook()
	for _, n := range names {
		b.add(n)
	}
	return b
}

func buildIndex(t require.TestingT, specs []Spec) *Index {
	x := NewIndex()
	for i, s := range specs {
		p, err := Compile(s)
		require.NoError(t, err, s)
		x.Put(fmt.Sprint(i), p)
	}
	return x
}

func people(names []string) []Spec {
	specs := make([]Spec, len(names))
	for i, n := range names {
		specs[i] = Spec{Kind: Person, Name: n}
	}
	return specs
}

// queries are n boolean watches of words from the 3000th most frequent on, the frequent ones more often.
func (s *sampler) queries(n int) []Spec {
	word := func() string {
		for {
			rank := 3000 * math.Pow(float64(len(s.words)-1)/3000, s.r.Float64())
			if w := s.words[int(rank)]; len(w) > 2 {
				return w
			}
		}
	}
	specs := make([]Spec, n)
	for i := range specs {
		var q string
		switch s.r.IntN(5) {
		case 0:
			q = fmt.Sprintf("%s AND %s", word(), word())
		case 1:
			q = fmt.Sprintf("%s AND (%s OR %s) NOT %s", word(), word(), word(), word())
		case 2:
			q = fmt.Sprintf("\"%s %s\" OR (%s AND %s AND %s)", word(), word(), word(), word(), word())
		case 3:
			q = fmt.Sprintf("%s NEAR/5 %s", word(), word())
		default:
			q = fmt.Sprintf("title:%s AND %s AND %s", word(), word(), word())
		}
		specs[i] = Spec{Kind: Topic, Name: "query", Query: q}
	}
	return specs
}

// foldedLines are texts as the libraries that know no folding get them: folded beforehand, words parted by spaces.
func foldedLines(texts []string) []string {
	lines := make([]string, len(texts))
	for i, text := range texts {
		lines[i] = " " + foldedWords(text) + " "
	}
	return lines
}

func texts(docs []Doc) []string {
	list := make([]string, len(docs))
	for i, d := range docs {
		list[i] = d.Title + "\n" + d.Text
	}
	return list
}

// TestTheExactLayerStaysFast holds ratios within one run that a machine's mood cannot turn.
func TestTheExactLayerStaysFast(t *testing.T) {
	if raced {
		t.Skip("NOT MEASURED: the race detector makes speed and memory another; the same test runs without it")
	}
	if testing.Short() {
		t.Skip("measures")
	}
	s := newSampler(1)
	names := s.names(20_000)
	docs := s.docs(300, 1000, names, 40)
	z := sweep{classes: &classes{}}
	r := buildExact(names).reader()
	measured := inTurns(docs, func(d Doc) { r.find(d) }, func(d Doc) { z.read(d.Title, d.Text) })
	lines := foldedLines(texts(docs))
	needles := foldedLines(names[:200])
	begin := cpu()
	for _, l := range lines {
		for _, n := range needles {
			_ = strings.Contains(l, n)
		}
	}
	naive := float64(bytesOf(docs)) / 1e6 / (cpu() - begin).Seconds()
	require.Greater(t, measured.share(0, 1), 0.2)
	require.Greater(t, measured.best(0), 10*naive, "200 names one by one against 20,000 at once")
}

// TestASteadyIndexTakesNoMemory counts what is taken for articles that were seen before: what is found, and nothing else.
func TestASteadyIndexTakesNoMemory(t *testing.T) {
	if raced {
		t.Skip("NOT MEASURED: the race detector makes speed and memory another; the same test runs without it")
	}
	s := newSampler(1)
	names := s.names(2000)
	docs := s.docs(300, 1000, names, 40)
	requireSteady(t, "queries", buildIndex(t, s.queries(20_000)), docs)
	requireSteady(t, "people", buildIndex(t, people(names)), docs)
	var all []string
	var each [][]Doc
	alphabets := scripts(9)
	for _, script := range alphabets {
		few := script.names(1000)
		all, each = append(all, few...), append(each, script.docs(100, 1000, few, 10))
	}
	x := buildIndex(t, people(append(all, partedNames()...)))
	for i, docs := range each {
		requireSteady(t, alphabets[i].language+" among all scripts", x, docs)
		for k := range docs {
			docs[k].Language = "hu" // in which a word may be read in several ways
		}
		requireSteady(t, alphabets[i].language+" said to be Hungarian", x, docs)
	}
}

// requireSteady holds an index to take memory for hardly more than what it finds in articles that it has seen.
func requireSteady(t *testing.T, what string, x *Index, docs []Doc) {
	t.Helper()
	find := func() {
		for _, d := range docs {
			x.Find(d)
		}
	}
	for range 20 {
		find()
	}
	found := 0.0
	for _, d := range docs {
		found += x.Find(d).pieces()
	}
	require.Positive(t, found, what)
	require.Less(t, (testing.AllocsPerRun(5, find)-found)/float64(len(docs)), 0.02, what)
}

// pieces is how many times memory is taken for a result alone.
func (r Result) pieces() float64 {
	n := 0.0
	if len(r.Matches) > 0 {
		n += 1 + float64(len(r.Matches)) // the evidence of each
	}
	if len(r.NearMisses) > 0 {
		n++
	}
	for _, m := range r.Matches {
		for _, e := range m.Evidence {
			if e.Form != "" && e.Form != e.Term {
				n++
			}
		}
	}
	return n
}

// TestThePhrasebookFindsAllPhrases compares with a search for every phrase in folded text.
func TestThePhrasebookFindsAllPhrases(t *testing.T) {
	for _, s := range scripts(3) {
		names := s.names(300)
		names = append(names, s.words[60], s.given[0], s.words[70]+" "+s.words[71]+" "+s.words[72])
		folded := make([]string, len(names))
		for i, name := range names {
			folded[i] = " " + foldedWords(name) + " "
		}
		r := buildExact(names).reader()
		for _, d := range s.docs(40, 600, names, 2) {
			var want, got []string
			title, text := " "+foldedWords(d.Title)+" ", " "+foldedWords(d.Text)+" "
			for i, name := range names {
				if strings.Contains(title, folded[i]) || strings.Contains(text, folded[i]) {
					want = append(want, name)
				}
			}
			for _, f := range r.find(d) {
				got = append(got, names[f.id])
			}
			slices.Sort(want)
			slices.Sort(got)
			require.Equal(t, slices.Compact(want), slices.Compact(got))
		}
	}
}
