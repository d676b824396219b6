package match

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// TestSmallSurnamesFindTheirFirstNames compares the index, which looks for the first name of a surname that is written small no
// further than it may stand, with each pattern by itself, on texts that are mostly written small.
func TestSmallSurnamesFindTheirFirstNames(t *testing.T) {
	names := strings.Fields("Donald_Trump Vladimir_Putin Lee_Hsien_Loong Ursula_von_der_Leyen Jean-Claude_Juncker Anna_May May_Anna José_Martí Kim_Jong_Un " +
		"Mary-Ann_May Владимир_Путин Abdel_Fattah_al-Sisi Mark_Long Al_Long John_Smith-Jones O'Brien_Young Mohammed_Morsi Jehan_Osama_Morsi")
	patterns, x := map[string]*Pattern{}, NewIndex()
	for i, name := range names {
		p, err := Compile(Spec{Kind: Person, Name: strings.ReplaceAll(name, "_", " ")})
		require.NoError(t, err)
		patterns[fmt.Sprint(i)] = p
		x.Put(fmt.Sprint(i), p)
	}
	words := strings.Fields("donald trump j. J. J j vladimir putin lee hsien loong ursula von der leyen jean claude juncker anna may mary ann josé martí kim jong un al " +
		"владимир путин abdel fattah sisi mark long john smith jones o brien an-na an-na do-nald may trump young de van the of Donald Trump Anna May Middle middle Mr ( . said mohamed muhammad morsi jehan usama")
	glue := []string{" ", " ", " ", " ", " ", " ", " ", "\u00a0", "-", "'", ", ", ". ", "\n", ".", "\n\n"}
	between := []string{" ", " ", " ", "\u00a0", "\n", " J. ", " j. ", " Middle ", " de ", " von der ", " of ", ", ", "-"}
	r := rand.New(rand.NewPCG(1, 3))
	text := func(n int) string {
		var b strings.Builder
		for range n {
			word := pick(r, words)
			if r.IntN(8) == 0 {
				word = strings.ToLower(strings.ReplaceAll(pick(r, names), "_", pick(r, between)))
			}
			b.WriteString(word)
			b.WriteString(pick(r, glue))
		}
		return b.String()
	}
	fired := 0
	for range 3000 {
		d := Doc{Title: text(r.IntN(5)), Text: text(2 + r.IntN(30)), Language: pick(r, []string{"", "en", "ru", "pl", "nl", "fi"})}
		want, got := byForce(patterns, d), x.Find(d)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%+v\n%s", d, diff)
		}
		if diff := cmp.Diff(want, x.Find(d)); diff != "" {
			t.Fatalf("from memory: %+v\n%s", d, diff)
		}
		for _, m := range want.Matches {
			if m.Evidence[0].Text == strings.ToLower(m.Evidence[0].Text) {
				fired++
			}
		}
	}
	require.Greater(t, fired, 500, "names that are written small")
}
