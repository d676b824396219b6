package match

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A scaleTable prints figures and whether the floors hold.
type scaleTable struct {
	t    *testing.T
	fell []string
}

func (s *scaleTable) row(what, figure string) { fmt.Printf("  %-66s %s\n", what, figure) } //nolint:forbidigo // the table is the product

func (s *scaleTable) floor(what string, got float64, least bool, bound float64, unit string) {
	holds := got >= bound
	sign := ">="
	if !least {
		holds, sign = got <= bound, "<="
	}
	verdict := "holds"
	if !holds {
		verdict = "FALLS SHORT"
		s.fell = append(s.fell, what)
	}
	s.row(what, fmt.Sprintf("%10.2f %s, floor %s %g: %s", got, unit, sign, bound, verdict))
}

// TestScale measures the figures of docs/matching.md, a second of computing at a time: make bench. BENCH_ONLY is a regular
// expression on the names of the sections that are wanted; BENCH_NAMES a file of names, one a line, to be among the watched.
func TestScale(t *testing.T) {
	if os.Getenv("BENCH") == "" {
		t.Skip("make bench measures")
	}
	only, err := regexp.Compile(os.Getenv("BENCH_ONLY"))
	require.NoError(t, err)
	s := newSampler(1)
	table := &scaleTable{t: t}
	names := s.names(1_000_000)
	if path := os.Getenv("BENCH_NAMES"); path != "" {
		own, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Less(t, copy(names, strings.Split(strings.TrimSpace(string(own)), "\n")), 100_000, "BENCH_NAMES: too many names")
	}
	docs := corpus(t, 2000, func() []Doc { return s.docs(2000, 1000, names[:100_000], 40) })
	fmt.Printf("\n%d articles of %d bytes\n", len(docs), bytesOf(docs)/len(docs)) //nolint:forbidigo // the table
	exact := sync.OnceValue(func() float64 { return table.exact(names, docs) })
	for _, section := range []struct {
		name    string
		measure func()
	}{
		{"exact", func() { exact() }},
		{"rivals", func() { table.rivals(names, docs, exact()) }},
		{"everyrule", func() { table.everyRule(names, docs) }},
		{"changes", func() { table.changes(names, docs) }},
		{"boolean", func() { table.boolean(newSampler(1), docs) }},
	} {
		if only.MatchString(section.name) {
			section.measure()
		}
	}
	if len(table.fell) > 0 {
		fmt.Printf("\n%d floors fall short: %s\n", len(table.fell), strings.Join(table.fell, "; ")) //nolint:forbidigo // the table
	}
}

func (s *scaleTable) exact(names []string, docs []Doc) float64 {
	z := sweep{classes: &classes{}}
	readers := []func(Doc){func(d Doc) { z.read(d.Title, d.Text) }}
	sizes := []int{0, 1000, 10_000, 100_000, 1_000_000}
	const thousand, hundredThousand, million = 1, 3, 4
	for _, n := range sizes[1:] {
		b, bytes, micros := cost(n, names[:n], buildExact)
		r := b.reader()
		readers = append(readers, func(d Doc) { r.find(d) })
		s.row(fmt.Sprintf("exact layer, %d aliases", n), fmt.Sprintf("%10.0f bytes and %.2f us an alias", bytes, micros))
		if n >= 100_000 {
			s.floor(fmt.Sprintf("exact layer, %d: memory", n), bytes, false, 150, "bytes an alias")
			s.floor(fmt.Sprintf("exact layer, %d: building", n), micros, false, 2, "us an alias")
		}
	}
	measured := inTurns(docs, readers...)
	s.row("bare pass: tokenise and hash", fmt.Sprintf("%10.0f MB/s", measured.best(0)))
	for i, n := range sizes[1:] {
		s.row(fmt.Sprintf("exact layer, %d aliases", n), fmt.Sprintf("%10.0f MB/s", measured.best(i+1)))
	}
	s.floor("exact layer, 100000: share of the bare pass", measured.share(hundredThousand, 0), true, 0.35, "")
	s.floor("exact layer, 1000000: share of the bare pass", measured.share(million, 0), true, 0.25, "")
	s.floor("exact layer, 1000 to 1000000: cost grows", measured.share(thousand, million), false, 2.5, "times")
	return measured.best(hundredThousand)
}

func (s *scaleTable) rivals(names []string, docs []Doc, exact float64) {
	some := docs[:min(len(docs), 100)]
	lines := foldedLines(texts(some))
	byText := map[string]string{}
	for i, d := range some {
		byText[d.Title+"\n"+d.Text] = lines[i]
	}
	needles := foldedLines(names[:1000])
	s.row("naive loop, 1000 aliases", fmt.Sprintf("%10.1f MB/s", rate(some, func(d Doc) {
		line := byText[d.Title+"\n"+d.Text]
		for _, n := range needles {
			_ = strings.Contains(line, n)
		}
	})))
	var quoted []string
	for _, n := range needles {
		quoted = append(quoted, regexp.QuoteMeta(strings.TrimSpace(n)))
	}
	either := regexp.MustCompile(`\b(?:` + strings.Join(quoted, "|") + `)\b`)
	s.row("regexp, 1000 aliases", fmt.Sprintf("%10.1f MB/s", rate(some[:20], func(d Doc) {
		either.FindAllStringIndex(byText[d.Title+"\n"+d.Text], -1)
	})))
	best := 0.0
	for library, rate := range s.libraries(names[:100_000], texts(docs)) {
		s.row(library+", 100000 aliases", fmt.Sprintf("%10.1f MB/s", rate))
		best = max(best, rate)
	}
	if best > 0 {
		s.floor("exact layer, 100000: the best of those libraries", exact/best, true, 6, "times")
	}
}

// libraries runs the module in bench, which depends on them.
func (s *scaleTable) libraries(names, lines []string) map[string]float64 {
	dir := s.t.TempDir()
	file := func(name string, list []string) string {
		path := filepath.Join(dir, name)
		lines := make([]string, len(list))
		for i, line := range list {
			lines[i] = strings.ReplaceAll(line, "\n", " ")
		}
		require.NoError(s.t, os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600))
		return path
	}
	run := exec.CommandContext(s.t.Context(), "go", "run", ".", file("names", strings.Split(strings.ToLower(strings.Join(names, "\n")), "\n")), file("lines", lines))
	run.Dir = filepath.Join("..", "..", "bench")
	run.Stderr = os.Stderr
	out, err := run.Output()
	require.NoError(s.t, err)
	rates := map[string]float64{}
	require.NoError(s.t, json.Unmarshal(out, &rates))
	return rates
}

func (s *scaleTable) everyRule(names []string, docs []Doc) {
	specs := people(names[:100_000])
	x, bytes, micros := cost(len(specs), specs, func(specs []Spec) *Index { return buildIndex(s.t, specs) })
	s.floor("every rule, 100000: memory", bytes, false, 400, "bytes an alias")
	s.floor("every rule, 100000: building", micros, false, 20, "us an alias")
	r := buildExact(names[:100_000]).reader()
	measured := inTurns(docs, func(d Doc) { x.Find(d) }, func(d Doc) { r.find(d) })
	s.row("every rule, 100000 aliases", fmt.Sprintf("%10.0f MB/s, the exact layer beside it %.0f", measured.best(0), measured.best(1)))
	s.floor("every rule, 100000: share of the exact layer", measured.share(0, 1), true, 0.4, "")
	sum, pieces := 0.0, 0.0
	for _, d := range docs {
		r := x.Find(d)
		sum, pieces = sum+float64(len(r.Matches)+len(r.NearMisses)), pieces+r.pieces()
	}
	allocs := testing.AllocsPerRun(3, func() {
		for _, d := range docs {
			x.Find(d)
		}
	})
	all := float64(len(docs))
	s.row("every rule: an article", fmt.Sprintf("%10.2f matches and near misses, %.2f times memory", sum/all, allocs/all))
	s.floor("every rule: memory taken beside what is found", (allocs-pieces)/all, false, 0.01, "times an article")
	unseen := newSampler(1)
	unseen.names(100_000) // further on in the sampler's numbers than docs
	others := unseen.docs(1000, 1000, names[:100_000], 40)
	begin := cpu()
	for _, d := range others {
		x.Find(d)
	}
	s.row("every rule, 100000 aliases, articles that it has not seen before", fmt.Sprintf("%10.1f MB/s", float64(bytesOf(others))/1e6/(cpu()-begin).Seconds()))
	s.mixed()
}

// changes adds and removes watches while another goroutine matches.
func (s *scaleTable) changes(names []string, docs []Doc) {
	x := buildIndex(s.t, people(names[:100_000]))
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				x.Find(docs[i%len(docs)])
			}
		}
	}()
	var took []time.Duration
	for i, name := range names[100_000:102_000] {
		p, err := Compile(Spec{Kind: Person, Name: name})
		require.NoError(s.t, err)
		id := fmt.Sprint("new", i)
		begin := time.Now()
		x.Put(id, p)
		put := time.Since(begin)
		begin = time.Now()
		x.Remove(fmt.Sprint(i))
		took = append(took, put, time.Since(begin))
	}
	close(stop)
	<-done
	slices.Sort(took)
	s.floor("one watch added or removed of 100000, 99 in 100", took[len(took)*99/100].Seconds()*1e3, false, 1, "ms")
	s.row("  the longest, with the machine's pauses", fmt.Sprintf("%10.2f ms", took[len(took)-1].Seconds()*1e3))
}

func (s *scaleTable) boolean(sample *sampler, docs []Doc) {
	specs := sample.queries(100_000)
	x, bytes, micros := cost(len(specs), specs, func(specs []Spec) *Index { return buildIndex(s.t, specs) })
	s.row("100000 boolean watches", fmt.Sprintf("%10.0f bytes and %.1f us a watch", bytes, micros))
	perArticle := float64(len(docs)) * 1e6 / float64(bytesOf(docs))
	z := sweep{classes: &classes{}}
	measured := inTurns(docs, func(d Doc) { x.Find(d) }, func(d Doc) { z.read(d.Title, d.Text) })
	got := measured.best(0) * perArticle
	s.row("bare pass over the same articles", fmt.Sprintf("%10.0f articles a second of computing, %.1f times", measured.best(1)*perArticle, measured.share(1, 0)))
	s.floor("100000 boolean watches", got, true, 25_000, "articles a second of computing")
	sifter := newSifter(x)
	tried, found, pieces := 0, 0, 0.0
	for _, d := range docs {
		r := x.Find(d)
		tried, found, pieces = tried+len(sifter.candidates(d)), found+len(r.Matches), pieces+r.pieces()
	}
	all := float64(len(docs))
	s.row("100000 boolean watches: an article", fmt.Sprintf("%10.3f watches tried, %.3f fire", float64(tried)/all, float64(found)/all))
	allocs := testing.AllocsPerRun(3, func() {
		for _, d := range docs {
			x.Find(d)
		}
	})
	s.floor("100000 boolean watches: memory taken beside what is found", (allocs-pieces)/all, false, 0.05, "times an article")
	var each []time.Duration
	for _, d := range docs {
		quickest := time.Hour
		for range 5 {
			begin := time.Now()
			x.Find(d)
			quickest = min(quickest, time.Since(begin))
		}
		each = append(each, quickest)
	}
	slices.Sort(each)
	s.floor("100000 boolean watches: p99 to the median", float64(each[len(each)*99/100])/float64(each[len(each)/2]), false, 10, "times")
	var patterns []*Pattern
	for _, spec := range specs {
		p, err := Compile(spec)
		require.NoError(s.t, err)
		patterns = append(patterns, p)
	}
	few := docs[:min(len(docs), 5)]
	begin := cpu()
	for _, d := range few {
		t := read(d)
		for _, p := range patterns {
			p.find(t)
		}
	}
	brute := float64(len(few)) / (cpu() - begin).Seconds()
	s.floor("100000 boolean watches: brute force over all", got/brute, true, 60, "times")
}
