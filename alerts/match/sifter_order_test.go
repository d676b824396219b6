package match

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// TestASurnameOfManyIsFound compares the index with all patterns where a surname has many bearers, and with few.
func TestASurnameOfManyIsFound(t *testing.T) {
	sample := newSampler(3)
	firsts := []string{"Vladimir", "Dmitri", "Anna", "Ivan", "John", "Mikhail", "Sergei", "Olga"}
	for range 80 {
		firsts = append(firsts, pick(sample.r, sample.given))
	}
	for _, n := range []int{8, len(firsts)} {
		patterns := map[string]*Pattern{}
		x := NewIndex()
		for i, first := range firsts[:n] {
			for k, surname := range []string{"Putin", "Butin"} {
				p, err := Compile(Spec{Kind: Person, Name: first + " " + surname})
				require.NoError(t, err)
				id := fmt.Sprint(i, "-", k)
				patterns[id] = p
				x.Put(id, p)
			}
		}
		heard := 0
		for _, text := range []string{
			"Владимир Путин и Дмитрий Путин приехали.", "Путин Владимир, Путин, Иван. Анна Бутина", "قال فلاديمير بوتين أمس ديمتري بوتين", "إيفان بوتين، ميخائيل بوتين بوتين جون",
			"블라디미르 푸틴 안나 푸틴 올가 부틴", "Jean Poutine, Vladimir Poutine; Ivan und Olga Putin", "ולדימיר פוטין אנה פוטין מיכאל פוטין", "Σεργκέι Πούτιν, Άννα Πούτιν",
		} {
			d := Doc{Text: text}
			want, got := byForce(patterns, d), x.Find(d)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%+v\n%s", d, diff)
			}
			requireBesideCatalogue(t, x, d, want)
			for _, m := range got.Matches {
				if m.Evidence[0].Rule == SoundsLike {
					heard++
				}
			}
		}
		require.Greater(t, heard, 10)
	}
}

// requireBesideCatalogue holds an index to what is found where no surname alone is looked for by its sound, so that a name
// is found by its two words or not at all.
func requireBesideCatalogue(t *testing.T, x *Index, d Doc, want Result) {
	t.Helper()
	own := x.heard.Load()
	x.heard.Store(MaxBareNames + 1) // as if so many were filed
	got := x.Find(d)
	x.heard.Store(own)
	if diff := cmp.Diff(want.Matches, got.Matches); diff != "" {
		t.Fatalf("%+v\n%s", d, diff)
	}
	for _, m := range want.NearMisses {
		if m.Reason != sayHeard {
			require.Contains(t, got.NearMisses, m, "%+v", d)
		}
	}
}
