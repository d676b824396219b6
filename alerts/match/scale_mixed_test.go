package match

import (
	"fmt"
	"testing"
)

// mixed measures texts of several scripts, as many of each: while all is new; then articles that were not seen before, which
// share words with those that were, as a day's news does; then articles that were seen.
func (s *scaleTable) mixed() {
	var names []string
	var seen, others []Doc
	alphabets := scripts(9)
	for _, script := range alphabets {
		few := script.names(100_000 / len(alphabets))
		names = append(names, few...)
		seen, others = append(seen, script.docs(300, 1000, few, 40)...), append(others, script.docs(300, 1000, few, 40)...)
	}
	x := buildIndex(s.t, people(names))
	once := func(docs []Doc) float64 {
		begin := cpu()
		for _, d := range docs {
			x.Find(d)
		}
		return float64(bytesOf(docs)) / 1e6 / (cpu() - begin).Seconds()
	}
	s.row("every rule, mixed text, while all is new", fmt.Sprintf("%10.2f MB/s", once(seen)))
	s.row("every rule, mixed text, other articles of those words", fmt.Sprintf("%10.2f MB/s", once(others)))
	steady := rate(seen, func(d Doc) { x.Find(d) })
	allocs := testing.AllocsPerRun(1, func() { once(seen) })
	s.row("every rule, mixed text: an article that was seen", fmt.Sprintf("%10.1f times memory", allocs/float64(len(seen))))
	each := len(seen) / len(alphabets)
	for i, script := range alphabets {
		s.language(x, script.language, seen[i*each:(i+1)*each])
	}
	s.floor(fmt.Sprintf("every rule, %d of %d scripts, mixed text that was seen", len(names), len(alphabets)), steady, true, 60, "MB/s")
}

// language measures the texts of one alone, that were seen: what of the names that were looked at was neither found nor nearly.
func (s *scaleTable) language(x *Index, language string, docs []Doc) {
	steady := rate(docs, func(d Doc) { x.Find(d) })
	tried, found := 0, 0
	for _, d := range docs {
		sifter := x.sifter()
		tried += len(sifter.candidates(d))
		sifter.rest()
		r := x.Find(d)
		found += len(r.Matches) + len(r.NearMisses)
	}
	each := float64(len(docs))
	s.row("  "+language+" alone", fmt.Sprintf("%10.1f MB/s, %.1f found or nearly and %.1f in vain an article", steady, float64(found)/each, float64(tried-found)/each))
}
