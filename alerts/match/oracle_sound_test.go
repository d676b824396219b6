package match

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// disturb gives a name as somebody may have written it: a letter twice, gone or another of the name, an ending, the surname first.
func disturb(r *rand.Rand, name string) string {
	runes := []rune(name)
	for range r.IntN(3) {
		i := r.IntN(len(runes))
		switch r.IntN(4) {
		case 0:
			runes = append(runes[:i:i], append([]rune{runes[i]}, runes[i:]...)...)
		case 1:
			if len(runes) > 4 {
				runes = append(runes[:i:i], runes[i+1:]...)
			}
		case 2:
			runes[i] = runes[r.IntN(len(runes))]
		default:
			runes = append(runes, []rune(pick(r, []string{"s", "a", "em", "'s", "а", "ом", "у", "ού", "는", "ი"}))...)
		}
	}
	words := strings.Fields(string(runes))
	switch {
	case len(words) > 1 && r.IntN(4) == 0:
		words = append(words[len(words)-1:], words[:len(words)-1]...)
		words[0] += pick(r, []string{"", ",", ",", "."})
	case len(words) > 1 && r.IntN(4) == 0:
		words[0] += pick(r, []string{" J.", " Maria", " von", " фон", ".", ",", "-", " the", "\n\n", " B. C."})
	case r.IntN(6) == 0:
		words = words[len(words)-1:]
	}
	return strings.Join(words, " ")
}

// TestTheIndexHearsWhatAllPatternsHear compares the index with all patterns on texts full of names that sound like theirs.
func TestTheIndexHearsWhatAllPatternsHear(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	var names []string
	patterns := map[string]*Pattern{}
	x := NewIndex()
	for i, c := range readSounds(t) {
		names = append(names, c.watch, c.text)
		for k, name := range []string{c.watch, c.text} {
			p, err := Compile(Spec{Kind: Person, Name: name, Surname: i%7 == 0})
			if err != nil || k == 1 && i%3 > 0 {
				continue
			}
			id := fmt.Sprint(i, "-", k)
			patterns[id] = p
			x.Put(id, p)
		}
	}
	heard, near := 0, 0
	for round := range 400 / oneIn(4) {
		var b strings.Builder
		for range 6 {
			b.WriteString(disturb(r, pick(r, names)))
			b.WriteString(pick(r, []string{" ", " ", ". ", ", ", " said ", "، ", "·", " и ", "\n\n"}))
		}
		d := Doc{Text: b.String(), Language: pick(r, []string{"", "en", "ru", "lv", "ko", "ar", "pl"})}
		if round%2 == 0 {
			d.Title = disturb(r, pick(r, names))
		}
		want, got := byForce(patterns, d), x.Find(d)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%+v\n%s", d, diff)
		}
		requireBesideCatalogue(t, x, d, want)
		near += len(got.NearMisses)
		for _, m := range got.Matches {
			if m.Evidence[0].Rule == SoundsLike {
				heard++
			}
		}
	}
	require.Greater(t, heard, 400/oneIn(4))
	require.Greater(t, near, 100/oneIn(4))
	for id := range patterns {
		x.Remove(id)
	}
	require.Empty(t, x.Find(Doc{Title: names[0], Text: strings.Join(names, ". ")}))
}

// TestAPairTableKeepsAndForgets compares a pairTable with a map, through growth and removal.
func TestAPairTableKeepsAndForgets(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var table pairTable
	want := map[[2]uint64]bool{}
	has := func(key uint64, ref uint32) bool {
		found := 0
		table.each(key, func(r uint32) {
			if r == ref {
				found++
			}
		})
		if found > 1 {
			t.Fatalf("%d of %d, %d", found, key, ref)
		}
		return found == 1
	}
	for range 60_000 {
		key, ref := mix(uint64(r.IntN(300)), saltPair), uint32(r.IntN(200))
		entry := [2]uint64{key, uint64(ref)}
		if want[entry] {
			held := table.mayHold(key)
			table.remove(key, ref)
			delete(want, entry)
			if !held || has(key, ref) {
				t.Fatalf("%d, %d: held %t, and not removed", key, ref, held)
			}
			continue
		}
		table.add(key, ref)
		want[entry] = true
		if !has(key, ref) {
			t.Fatalf("%d, %d is not kept", key, ref)
		}
	}
	for entry := range want {
		require.True(t, has(entry[0], uint32(entry[1])))
	}
	require.False(t, table.mayHold(mix(7, 99)) && has(mix(7, 99), 1))
}
