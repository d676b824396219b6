package story

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// page is an item without anything to tell but its headline.
func page(n int, title string) Fingerprint {
	return Of(Item{Canonical: fmt.Sprintf("https://example.org/%d", n), Title: title})
}

// compared counts what placing costs where n stories share the key.
func compared(n, placed int, title string) (pairs int) {
	var candidates []Candidate
	for i := range n {
		candidates = append(candidates, Candidate{ID: fmt.Sprintf("s%06d", i), Newest: noon, Members: []Fingerprint{page(i, title)}})
	}
	s := NewStories(candidates)
	for i := range placed {
		s.Place(page(n+i, title), noon.Add(time.Duration(i)*time.Second), fmt.Sprint("fresh", i))
	}
	return s.compared
}

func TestPlacingCostsTheSameHoweverManyShareAKey(t *testing.T) {
	for _, title := range []string{
		"Live updates", // a story for each
		"Putin defends US envoy Witkoff against charges of bias", // one story for all
	} {
		few, many := compared(400, 500, title), compared(4000, 500, title)
		require.NotZero(t, few)
		require.Equal(t, few, many, title)
		require.LessOrEqual(t, many, 500*MaxPerKey*maxCompared)
	}
	require.Equal(t, 500*MaxPerKey, compared(4000, 500, "Live updates"))
}

func TestTheNewestOfThoseThatShareAKeyAreFound(t *testing.T) {
	const title = "Putin defends US envoy Witkoff against charges of bias"
	var candidates []Candidate
	for i := range 3 * MaxPerKey {
		candidates = append(candidates, Candidate{
			ID: fmt.Sprintf("s%03d", i), Newest: noon.Add(time.Duration(i) * time.Minute),
			Members: []Fingerprint{Of(Item{Title: title + map[bool]string{true: " again"}[i == 0]})},
		})
	}
	id, opened := NewStories(candidates).Place(Of(Item{Title: title}), noon, "fresh")
	require.False(t, opened)
	require.Equal(t, fmt.Sprintf("s%03d", 2*MaxPerKey), id, "of the newest that are as sure, that with the least ID")

	for i, j := 0, len(candidates)-1; i < j; i, j = i+1, j-1 {
		candidates[i], candidates[j] = candidates[j], candidates[i]
	}
	again, _ := NewStories(candidates).Place(Of(Item{Title: title}), noon, "fresh")
	require.Equal(t, id, again, "in whatever order they come")
}

func TestAPageIsFoundInAStoryOfManyMembers(t *testing.T) {
	const title = "Putin defends US envoy Witkoff against charges of bias"
	s := NewStories(nil)
	for i := range 3 * maxCompared {
		s.Place(page(i, title), noon, "one")
	}
	id, opened := s.Place(page(0, "Quite another headline now"), noon.Add(9*Window), "fresh")
	require.False(t, opened, "the page of its first member")
	require.Equal(t, "one", id)
}
