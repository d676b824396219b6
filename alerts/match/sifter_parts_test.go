package match

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// partedNames have surnames of several parts, of which some are everyday words.
func partedNames() []string {
	return []string{
		"Dafydd Elis-Thomas", "Ho Thae-ryul", "Rhee In-je", "Patricia O'Rawe", "Maxas Ng’onga", "Havea Tu'iha'ateiho", "Andrzej Gut-Mostowy",
		"Khalid Al Sa’adi", "Anna Will-Hill", "Nia O'Neill-Will", "Jean-Claude Ben-Ari", "Иван Новиков-Прибой", "Γιώργος Παπα-Γιάννης", "Anna Maria de la Cruz-Vega", "Tan-Sri Lee-Ho",
	}
}

// TestASurnameOfSeveralPartsIsTriedWhereItStands: the words of a text that are like one of its parts do not make it a candidate.
func TestASurnameOfSeveralPartsIsTriedWhereItStands(t *testing.T) {
	x := NewIndex()
	for i, name := range partedNames() {
		p, err := Compile(Spec{Kind: Person, Name: name})
		require.NoError(t, err, name)
		x.Put(fmt.Sprint(i), p)
	}
	tried := func(text string) int {
		s := x.sifter()
		defer s.rest()
		return len(s.candidates(Doc{Text: text}))
	}
	require.Zero(t, tried("In this, the gut and the will of the people of Thomas hill, who in time will say so in time. On it, the more the better."))
	require.Equal(t, 1, tried("In this year the will of Elis-Thomas was heard on the hill, who in time will say so."))
	require.Equal(t, 1, tried("In this year ElisThomas was heard."))
	require.Equal(t, 1, tried("In this year Elis Thomas was heard."))
}

// TestASurnameOfSeveralPartsIsFound compares the index with all patterns one by one.
func TestASurnameOfSeveralPartsIsFound(t *testing.T) {
	found, _ := compareWithAll(t, partedNames(), "the", "in", "said", "Mr", "a", "of", "Элис", "Томас", "Новикова", "Прибоя", "Орав", "Бен")
	require.Greater(t, found, 1000/oneIn(10))
}

// TestAPartOfANameIsNearlyFound compares the index with all patterns one by one.
func TestAPartOfANameIsNearlyFound(t *testing.T) {
	_, missed := compareWithAll(t, []string{
		"Joseph Robinette Biden", "Nicolás Maduro Moros", "José Luis Rodríguez Zapatero", "José Luis Rodríguez", "Luiz Inácio Lula da Silva", "Nicolás Maduro",
		"Mohammed bin Salman Al Saud", "Annalena Charlotte Alma Baerbock", "Abdel Fattah Saeed Hussein El-Sisi", "Ana María Díaz-Canel Bermúdez", "Kim Dae Jung", "Will Rose Hill",
	}, "the", "in", "said", "Mr", "de", "President", "Joe", "Will", "rose", "Байден", "Джозеф", "Мадуро", "Nicolas", "M.")
	require.Greater(t, missed, 1000/oneIn(10))
}

// compareWithAll compares on random texts, of the names and other words, what the index finds with what all patterns find one by one. It
// counts what is found and what nearly is.
func compareWithAll(t *testing.T, names []string, others ...string) (found, missed int) {
	t.Helper()
	patterns, x := map[string]*Pattern{}, NewIndex()
	var pieces []string
	for i, name := range names {
		p, err := Compile(Spec{Kind: Person, Name: name, Surname: i%3 == 0})
		require.NoError(t, err, name)
		patterns[fmt.Sprint(i)] = p
		x.Put(fmt.Sprint(i), p)
		pieces = append(pieces, strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(" -'’", r) })...)
		pieces = append(pieces, name, name, strings.ToLower(name), strings.ToUpper(name))
	}
	pieces = append(pieces, others...)
	r := rand.New(rand.NewPCG(5, 5))
	for range 4000 / oneIn(10) {
		var b strings.Builder
		for range 2 + r.IntN(60) {
			b.WriteString(pick(r, pieces))
			b.WriteString(pick(r, []string{" ", " ", " ", "-", "'", "’", ", ", ". ", "", "s ", "'s "}))
		}
		d := Doc{Title: pick(r, pieces), Text: b.String()}
		want, got := byForce(patterns, d), x.Find(d)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%+v\n%s", d, diff)
		}
		found, missed = found+len(want.Matches), missed+len(want.NearMisses)
	}
	return found, missed
}
