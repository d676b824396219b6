package match

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkFind reads an article of some 6 kB against many watches, few of which share a word with it.
func BenchmarkFind(b *testing.B) {
	text := strings.Repeat("The US special envoy Steve Witkoff met Vladimir Putin in Moscow on Friday, officials said, for talks about a ceasefire. ", 50)
	for _, n := range []int{100, 10_000} {
		x := NewIndex()
		for i := range n {
			p, err := Compile(Spec{Kind: Person, Name: fmt.Sprintf("Given%d Surname%d", i%97, i)})
			if err != nil {
				b.Fatal(err)
			}
			x.Put(fmt.Sprint(i), p)
		}
		b.Run(fmt.Sprintf("watches=%d", n), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				x.Find(Doc{Title: "Envoy meets Putin", Text: text})
			}
		})
	}
}
