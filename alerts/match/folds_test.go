package match

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestWordsFoldLetterByLetter(t *testing.T) {
	f := &folds{}
	quick := 0
	check := func(t require.TestingT, word string) {
		if got, ok := f.word(word, nil); ok {
			quick++
			require.Equal(t, wordFold(word), string(got), "%q", word)
		}
	}
	for r := range rune(0x10000) {
		check(t, string(r))
	}
	letter := rapid.OneOf(rapid.RuneFrom([]rune("aZéßıİŁœσςΆйЙёїґאםشىکﻻ가힣한漢ŉǆΐ")), rapid.Rune(), rapid.Int32Range(0xC0, 0x6FF))
	rapid.Check(t, func(r *rapid.T) {
		check(r, string(rapid.SliceOfN(letter, 1, 8).Draw(r, "word")))
	})
	require.Greater(t, quick, 30_000)
}
