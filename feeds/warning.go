package feeds

import (
	"slices"
	"strings"
)

// The warnings that tell of what readers may miss or read wrongly. Others tell of faults that cost nothing.
const (
	warnGuessed  = "The feed does not say its character set rightly; it was guessed."
	warnItems    = "The feed has more than 2,000 items; only the first 2,000 were read."
	warnElements = "The feed has too many elements; only the first part was read."
	warnDates    = "The feed has too many dates; only those of the first part were read."
	warnDepth    = "The feed is nested too deeply; the innermost was left out."
	warnEnds     = "The feed ends in the middle; what is there was read."
	warnHalf     = "The feed ends in the middle; its last item, half-read, was left out."
)

// costly returns those of the warnings that tell of a loss, as one text; "" if none does.
func costly(warnings []string) string {
	var out []string
	for _, w := range warnings {
		switch w {
		case warnGuessed, warnItems, warnElements, warnDates, warnDepth, warnEnds, warnHalf:
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

// half tells whether an item was left out that was read in part.
func (d Document) half() bool { return slices.Contains(d.Warnings, warnHalf) }
