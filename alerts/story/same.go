package story

import (
	"slices"
	"time"
)

// The bars of this first version: how much two headlines and two leads must overlap (Jaccard, 0 to 1).
const (
	sameHeadline = 0.55
	sameLead     = 0.55
	copiedLead   = 0.85 // the lead alone is proof: a wire copy under another headline
	loneHeadline = 0.85 // the headline alone, where one of the articles has hardly any text

	samePage = 2.0 // what Same says of one canonical URL, which is one story however long it has gone on

	fewWords = 4  // fewer words in a headline prove nothing
	fewLead  = 12 // fewer words of text are a flash or a teaser
	fewest   = 3  // words in all that prove something where all are the same: "Envoy Witkoff resigns"

	// flashWindow is how long after a story's newest article one with hardly any text may join: a column that bears the
	// same headline every day is not one story.
	flashWindow = 12 * time.Hour
)

// Same says how surely two articles tell one event: 0 no, up to 1 for nearly the same words and 2 for the same page.
func Same(a, b Fingerprint) float64 {
	if a.Canonical != "" && a.Canonical == b.Canonical {
		return samePage
	}
	headline, lead := jaccard(a.Headline, b.Headline), jaccard(a.Lead, b.Lead)
	long := !flash(a, b)
	switch {
	case slices.Equal(a.Headline, b.Headline) && slices.Equal(a.Lead, b.Lead) && len(a.Headline)+len(a.Lead) >= fewest:
		return 1
	case long && lead >= copiedLead:
		return (headline + lead) / 2
	case min(len(a.Headline), len(b.Headline)) < fewWords || clash(a.Numbers, b.Numbers):
		return 0
	case long && headline >= sameHeadline && lead >= sameLead:
		return (headline + lead) / 2
	case !long && headline >= loneHeadline:
		return headline
	}
	return 0
}

// flash tells that one of two articles has hardly any text.
func flash(a, b Fingerprint) bool { return min(len(a.Lead), len(b.Lead)) < fewLead }

// clash tells whether both headlines have numbers and neither has all of the other's: two quakes, two tolls.
func clash(a, b []uint32) bool {
	both := shared(a, b)
	return both < len(a) && both < len(b)
}

// jaccard is the size of the intersection over that of the union; 0 for empty sets.
func jaccard(a, b []uint32) float64 {
	both := shared(a, b)
	if all := len(a) + len(b) - both; all > 0 {
		return float64(both) / float64(all)
	}
	return 0
}

// shared counts what two ascending sets have in common.
func shared(a, b []uint32) (n int) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			n, i, j = n+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return n
}

// within tells whether t and newest are at most window apart.
func within(window time.Duration, t, newest time.Time) bool { return t.Sub(newest).Abs() <= window }
