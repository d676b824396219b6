package discord

import (
	"slices"
	"strconv"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	maxStoryTitle = 150
	maxStory      = 700 // of a story's line, its link included
	maxStoryWhy   = 3   // watches of a story
	maxWatchField = 400 // of the watches of a message that tells several stories
)

// storiesBody is what a message that tells several stories says: why they are told together, and which they are, as far
// as they fit into most characters.
func storiesBody(a alerts.Alert, most int) string {
	why := fit(summaryRuns(a), most/4)
	return why + storyLines(a, most-units(why))
}

// storyLines draws the stories as a list, each a link to its article: whole lines, and how many more there are.
func storyLines(a alerts.Alert, most int) string {
	rest := func(n int) string {
		return "\n- and " + strconv.Itoa(n) + " more: /why " + cut(line(a.ID), maxName) + " shows all"
	}
	drawn, all := "", len(a.Stories)+a.More
	for i, p := range a.Stories {
		s, left := "\n- "+fit(storyRuns(p), min(maxStory, most/2)), ""
		if i+1 < all {
			left = rest(all - i - 1)
		}
		if units(drawn)+units(s)+units(left) > most {
			return drawn + rest(all-i)
		}
		drawn += s
	}
	if a.More > 0 {
		drawn += rest(a.More)
	}
	return drawn
}

// storyRuns is a story on one line: its title, whose it is, when, and which watches fired.
func storyRuns(p alerts.Piece) []run {
	title := cut(line(p.Title), maxStoryTitle)
	if title == "" {
		title = untitled
	}
	runs := []run{{text: title, style: link, url: p.URL}, {text: " · ", style: raw}}
	runs = append(runs, sourceRuns(p.Source, false)...)
	if at := drawTime(p.Published); at != "" {
		runs = append(runs, run{text: " · " + at, style: raw})
	}
	for i, h := range p.Matches[:min(len(p.Matches), maxStoryWhy)] {
		between := " · "
		if i > 0 {
			between = ", "
		}
		runs = append(runs, run{text: between, style: raw}, run{text: cut(line(h.Watch), maxName)})
	}
	return runs
}

// rolesOf are the roles that the alert's root pings, each once.
func rolesOf(a alerts.Alert) (roles []string) {
	for _, p := range a.Pings() {
		if role := roleOf(p); role != "" && !slices.Contains(roles, role) {
			roles = append(roles, role)
		}
	}
	return roles
}
