package match

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSmallWordsAreFolded holds the list to what it is compared with.
func TestSmallWordsAreFolded(t *testing.T) {
	seen := map[string]bool{}
	for word := range strings.FieldsSeq(smallWords) {
		require.Equal(t, wordFold(word), word)
		require.True(t, isSmallWord(word), word)
		require.False(t, seen[word], "%s stands twice", word)
		seen[word] = true
	}
	require.False(t, isSmallWord("the"))
	require.False(t, isSmallWord("بوتين"))
}

// TestFewConsonantsMustBeClose holds the bar of two words to how much they tell.
func TestFewConsonantsMustBeClose(t *testing.T) {
	require.Negative(t, barOfHeft(none))
	for heft := 1; heft <= 2*fullHeft; heft++ {
		require.LessOrEqual(t, barOfHeft(heft-1), barOfHeft(heft))
	}
	require.Equal(t, maxBoth, barOfHeft(fullHeft))
	for word, want := range map[string]int{"putin": fullHeft, "путин": fullHeft, "プーチン": fullHeft, "بوتين": 6, "פוטין": 6, "هل": 2, "푸틴": 5, "이": 0, "케네디": 5} {
		u, ok := utter(wordFold(word))
		require.True(t, ok, word)
		require.Equal(t, want, u.heft(), word)
	}
	for word, want := range map[string]int{"케네디에게": 5, "변수를": 5, "ปูติน": 0, "هذا": none, "Putin": fullHeft} {
		text := read(Doc{Text: word})
		require.Equal(t, want, text.heftOf(text.fields[textField].unit(0)), word)
	}
}

// TestWatchesComeAndGoWhileNamesAreHeard adds and removes watches on one name by its sound while others match: those that
// stay are always found, in every order of things, and the race detector looks on.
func TestWatchesComeAndGoWhileNamesAreHeard(t *testing.T) {
	x := NewIndex()
	put := func(id, name string) {
		p, err := Compile(Spec{Kind: Person, Name: name})
		require.NoError(t, err)
		x.Put(id, p)
	}
	put("stays", "Vladimir Putin")
	doc := Doc{Text: "وصل فلاديمير بوتين أمس. Прибыл Джозеф Байден."}
	stop, done := make(chan struct{}), make(chan error)
	for range 2 {
		go func() {
			for {
				select {
				case <-stop:
					done <- nil
					return
				default:
				}
				found := x.Find(doc).Matches
				if len(found) == 0 || found[len(found)-1].ID != "stays" {
					done <- fmt.Errorf("lost a watch that stays: %+v", found)
					return
				}
			}
		}()
	}
	for i := range 300 {
		put(fmt.Sprint("goes", i%7), []string{"Vladimir Putin", "Joe Biden", "Vladimir Butin", "Joseph Biden"}[i%4])
		if i%3 == 0 {
			x.Remove(fmt.Sprint("goes", i*5%7))
		}
	}
	close(stop)
	require.NoError(t, <-done)
	require.NoError(t, <-done)
	for i := range 7 {
		x.Remove(fmt.Sprint("goes", i))
	}
	require.Len(t, x.Find(doc).Matches, 1)
	x.Remove("stays")
	require.Empty(t, x.Find(doc).Matches)
	require.Zero(t, x.ears.numbers.size(), "no word is kept for no name")
}
