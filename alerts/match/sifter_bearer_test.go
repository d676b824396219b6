package match

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// TestBearersOfASurnameAreJudgedAsAlone compares the index, which judges the bearers of a surname together, with each
// pattern by itself, on texts made of what may stand beside a surname.
func TestBearersOfASurnameAreJudgedAsAlone(t *testing.T) {
	givens := strings.Fields("Gerhard Boris Barron Viktor Mona Donald Melania Ivana Vladimir Alexandra Alexander Kim Jo Joe John Mark Anna Bo Al Ioan Jean Igor " +
		"Борис Анна Γιώργος Ελένη محمد أحمد 민수 지 José Zoé")
	surnames := strings.Fields("Trump Marks Schulz Novak Ivanov Young Li WHO Иванов Петренко Παππάς بوتين 김철 Martí")
	patterns, x := map[string]*Pattern{}, NewIndex()
	for i, given := range givens {
		for k, surname := range surnames {
			p, err := Compile(Spec{Kind: Person, Name: given + " " + surname})
			require.NoError(t, err)
			id := fmt.Sprint(i, "-", k)
			patterns[id] = p
			x.Put(id, p)
		}
	}
	for _, name := range []string{"bo king", "boris boss", "Mario Présidente"} {
		p, err := Compile(Spec{Kind: Person, Name: name})
		require.NoError(t, err)
		patterns[name] = p
		x.Put(name, p)
	}
	words := strings.Fields("King king Boss boss G. B. B. V. Gerhard Boris Borisem Mona Donald Melania Vladimira Vladimirem Alexandru Ioannes Mark's Anne Mohammed Igorem D. V. Mr president of said van de The Kremlin donald young mark trump marks Trump Trump's Trumps " +
		"Li WHO Who Li's Trumpem Schulz Schulzem Schulza Ivanov Ivanova Novak Young Marks Jean-Claude al-Trump O'Trump Дональд Трамп Трампа Марк Иванов Иванова Д. ( ) , . \" Petrovich " +
		"Борисом Ивановым Анны Петренко Б. иванов анна Γιώργος Παππά Ελένη Παππάς παππάς محمد بوتين وبوتين أحمد الرئيس 민수 김철 김철이 대통령 José Martí's Zoe marti Martis")
	r := rand.New(rand.NewPCG(1, 2))
	text := func(n int) string {
		var b strings.Builder
		for range n {
			word := []rune(pick(r, words))
			if k := 1 + r.IntN(12*len(word)); k < len(word) { // in two pieces, of which the second may have a capital
				word = []rune(string(word[:k]) + pick(r, []string{"-", "'"}) + pick(r, []string{string(word[k:]), titled(string(word[k:]))}))
			}
			b.WriteString(string(word))
			if r.IntN(9) > 0 {
				b.WriteByte(' ')
			}
		}
		return b.String()
	}
	fired, missed, together := 0, 0, 0
	var last Doc
	for range 1500 / oneIn(6) {
		d := Doc{Title: text(r.IntN(6)), Text: text(2 + r.IntN(25)), Language: pick(r, []string{"", "en", "ru", "pl", "de", "la", "fi", "ar", "ko"})}
		if r.IntN(2) == 0 && last.Text != "" { // some words of the one before in other surroundings
			from := r.IntN(len(last.Text))
			d.Text, d.Language = strings.ToValidUTF8(last.Text[from:], "")+" "+d.Text, last.Language
		}
		last = d
		want, got := byForce(patterns, d), x.Find(d)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%+v\n%s", d, diff)
		}
		if diff := cmp.Diff(want, x.Find(d)); diff != "" {
			t.Fatalf("from memory: %+v\n%s", d, diff)
		}
		fired, missed = fired+len(want.Matches), missed+len(want.NearMisses)
		s := x.sifter()
		for _, c := range s.found {
			if c.group > 0 {
				together++
			}
		}
		s.rest()
	}
	require.Greater(t, fired, 1000/oneIn(6))
	require.Greater(t, missed, 1000/oneIn(6))
	require.Greater(t, together, 1000/oneIn(6), "surnames that were judged once for all who bear them")
}

// TestManyMentionsTakeTimeByTheirNumber reads texts in which one name stands again and again, and such as have it eight times as often.
func TestManyMentionsTakeTimeByTheirNumber(t *testing.T) {
	if testing.Short() || raced {
		t.Skip("measures")
	}
	for _, c := range []struct {
		spec Spec
		text string
		fire bool
	}{
		{Spec{Kind: Person, Name: "Friedrich Merz"}, "Friedrich Merz ", true},
		{Spec{Kind: Person, Name: "Mark Rose"}, "mark rose is the mark ", true},
		{Spec{Kind: Country, Name: "Sudan"}, "南苏丹 ", false},
	} {
		p, err := Compile(c.spec)
		require.NoError(t, err)
		x := NewIndex()
		x.Put("w", p)
		took := func(mentions int) time.Duration {
			d := Doc{Text: strings.Repeat(c.text, mentions)}
			best := time.Hour
			for range 3 {
				begin := cpu()
				require.Equal(t, c.fire, len(x.Find(d).Matches) > 0)
				best = min(best, cpu()-begin)
			}
			return best
		}
		require.Less(t, took(40_000), 24*took(5000), "%s: eight times, were it not for memory; 64 times where each is laid beside all", c.spec.Name)
	}
}
