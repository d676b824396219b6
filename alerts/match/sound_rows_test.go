package match

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// heardSounds are the words of sounds.tsv, and what each sounds like.
func heardSounds(t *testing.T) []*hearer {
	x := &text{ears: map[string]*hearer{}}
	var list []*hearer
	for _, c := range readSounds(t) {
		for _, name := range []string{c.watch, c.text} {
			for _, a := range atomise(name) {
				if h := x.heard(a.fold); h != nil {
					list = append(list, h)
				}
			}
		}
	}
	return list
}

// TestRowsMakeNoDistance compares the distance by rows with that of two words alone.
func TestRowsMakeNoDistance(t *testing.T) {
	list := heardSounds(t)
	rows := &costRows{}
	compared := 0
	step := 23 * oneIn(8)
	for i, heard := range list {
		rows.reset()
		for k := i % step; k < len(list); k += step {
			u := &list[k].utterance
			heard.rows = nil
			want, ending := u.distance(&heard.utterance, 1<<20)
			heard.rows = rows
			for _, most := range []int{want, 1 << 20} {
				got, also := u.distance(&heard.utterance, most)
				require.Equal(t, want, got, "%s %s", list[k].fold, heard.fold)
				require.Equal(t, ending, also, "%s %s", list[k].fold, heard.fold)
			}
			got, _ := u.distance(&heard.utterance, want-1)
			require.GreaterOrEqual(t, got, want, "%s %s", list[k].fold, heard.fold)
			compared++
		}
		heard.rows = nil
	}
	require.Greater(t, compared, 10_000/oneIn(8))
}

// TestRowsAreBounded fills the rows: a phone that finds no room has none, and the word is compared all the same.
func TestRowsAreBounded(t *testing.T) {
	list := heardSounds(t)
	rows := &costRows{}
	rows.reset()
	heard := list[0]
	for i := range sounds(2 * maxRows) {
		rows.row(&phone{is: i + 1}, heard.phones, 0)
	}
	require.LessOrEqual(t, rows.used, maxRows)
	require.Nil(t, rows.row(&phone{is: vowels, like: 1}, heard.phones, 0))
	want, _ := list[1].distance(&heard.utterance, 1<<20)
	heard.rows = rows
	got, _ := list[1].distance(&heard.utterance, 1<<20)
	require.Equal(t, want, got)
	rows.turn = ^uint32(0)
	rows.reset()
	require.NotNil(t, rows.row(&phone{is: 1}, heard.phones, 0), "the turns begin again")
	require.Equal(t, 1, rows.used)
}
