package commands

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// nearest returns the word that typed was probably meant to be, "" if none is near. fold makes both comparable.
func nearest(typed string, words []string, fold func(string) string) string {
	want := fold(typed)
	if want == "" {
		return ""
	}
	best, found := reach(want)+1, ""
	for _, w := range words {
		have := fold(w)
		d := levenshtein.ComputeDistance(want, have)
		if len(want) >= 3 && (strings.HasPrefix(have, want) || strings.Contains(have, " "+want)) {
			d = min(d, 1) // the beginning of it, or of one of its words
		}
		if d < best {
			best, found = d, w
		}
	}
	return found
}

// reach is how many letters of a word may be wrong.
func reach(word string) int {
	return max(1, min(3, (utf8.RuneCountInString(word)+1)/3))
}

// lower is the fold of what is plain English.
func lower(s string) string { return strings.ToLower(s) }

// and joins words as people do: "a", "a and b", "a, b and c".
func and(words []string) string { return join(words, "and") }

// or is and with or.
func or(words []string) string { return join(words, "or") }

func join(words []string, last string) string {
	n := len(words)
	if n < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:n-1], ", ") + " " + last + " " + words[n-1]
}

// few returns at most ten of the words, sorted, the last one "N more" if there are others.
func few(words []string) []string {
	const n = 10
	sorted := append([]string(nil), words...)
	sort.Strings(sorted)
	if len(sorted) <= n {
		return sorted
	}
	return append(sorted[:n-1:n-1], count(len(sorted)-n+1, "more", "more"))
}
