package match

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// TestWhatTwoWordsCameToIsSoAgain compares an index with one that remembers nothing, on texts in which the same names by their
// sound stand in ever other surroundings: what comes of their words is remembered from another.
func TestWhatTwoWordsCameToIsSoAgain(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 3))
	x, forgetful := NewIndex(), NewIndex()
	for _, script := range scripts(5) {
		for k := range 700 {
			p, err := Compile(Spec{Kind: Person, Name: titled(script.syllables(1+k/3%3)) + " " + titled(script.syllables(1+k%3)), Surname: k%400 == 0})
			if err == nil && script.space != "" {
				x.Put(fmt.Sprint(script.language, k), p)
				forgetful.Put(fmt.Sprint(script.language, k), p)
			}
		}
	}
	few := x.heard.Load()
	outcomes := map[pairOutcome]int{}
	for _, script := range scripts(6) {
		if script.language != "Korean" && script.language != "Arabic" {
			continue
		}
		words := []string{"대통령", "الرئيس", "ابن", "J", "Kim", "van", "2024"}
		for range 200 {
			words = append(words, script.syllables(1+r.IntN(3)))
		}
		names := heardNames(x, r, words)
		for range 80 / oneIn(4) {
			var b strings.Builder
			for range 10 {
				b.WriteString(pick(r, [][]string{words, names, names, words[:7]}[r.IntN(4)]))
				b.WriteString(pick(r, []string{" ", " ", " ", " ", " ", " ", ". ", ", ", ".", "-", "'", "\n\n", "  ", " — "}))
			}
			d := Doc{Text: b.String(), Title: pick(r, names), Language: pick(r, []string{"ko", "ar"})}
			for _, filed := range []int64{few, MaxBareNames + 1} { // as if so many were
				forgetful.changes.Add(2)
				x.heard.Store(filed)
				forgetful.heard.Store(filed)
				if diff := cmp.Diff(forgetful.Find(d), x.Find(d)); diff != "" {
					t.Fatalf("%+v\n%s", d, diff)
				}
			}
		}
		for _, ref := range x.sifter().pairing.refs {
			outcomes[ref.outcome()]++
		}
	}
	require.Greater(t, outcomes[outcomeNearly], 10/oneIn(4))
	require.Greater(t, outcomes[outcomeFull], 10/oneIn(4))
}

// heardNames are what an index finds by its sound, or nearly, in texts of some words.
func heardNames(x *Index, r *rand.Rand, words []string) []string {
	var names []string
	for range 100 {
		var text []string
		for range 50 {
			text = append(text, pick(r, words))
		}
		found := x.Find(Doc{Text: strings.Join(text, " ")})
		for _, m := range found.Matches {
			names = append(names, m.Evidence[0].Text)
		}
		for _, m := range found.NearMisses {
			if m.Reason == sayAlmost {
				names = append(names, m.Evidence.Text)
			}
		}
	}
	return names
}
