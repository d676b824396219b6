package match

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMarkWordsKnowTheTraits(t *testing.T) {
	markers := functionWords()
	require.LessOrEqual(t, len(markers), 32, "traits.marks has a bit for each")
	w := newMarkWords(markers)
	words := moreWords()
	for _, m := range markers {
		for word := range strings.FieldsSeq(m.words) {
			words = append(words, word, strings.ToUpper(word), titled(word), word+"x")
		}
	}
	for _, word := range words {
		require.Equal(t, traitsOf(word, markers), w.traits(word), word)
	}
	require.NotZero(t, w.traits("the").marks)
}
