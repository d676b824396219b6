package slack

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	maxStoryTitle = 150
	maxStoryURL   = 1000
	maxStoryWhy   = 3 // watches of a story
)

// storyItems are the stories of a message that tells several, as far as the room goes, and how many more there are.
func storyItems(a alerts.Alert, room int) []group {
	var items []group
	all := len(a.Stories) + a.More
	rest := func(n int) group {
		return section([]leaf{text(fmt.Sprintf("and %d more: /attache why %s shows all", n, shortID(a)))})
	}
	room -= weighElement(rest(all))
	for i, p := range a.Stories {
		item := section(storyLeaves(p))
		if room -= weighElement(item); room < 0 {
			return append(items, rest(all-i))
		}
		items = append(items, item)
	}
	if a.More > 0 {
		items = append(items, rest(a.More))
	}
	return items
}

// storyLeaves is a story on one line: its title, whose it is, when, and which watches fired.
func storyLeaves(p alerts.Piece) []leaf {
	leaves := []leaf{linked(storyTitle(p), webURL(p.URL, maxStoryURL), nil), text(" · " + sourceLine(p.Source))}
	if !p.Published.IsZero() {
		leaves = append(leaves, text(" · "), moment(p.Published.Unix(), p.Published.UTC().Format(timeForm)))
	}
	if names := storyWatches(p); names != "" {
		leaves = append(leaves, text(" · "+names))
	}
	return leaves
}

func storyTitle(p alerts.Piece) string {
	if t := cut(line(p.Title), maxStoryTitle); t != "" {
		return t
	}
	return "Untitled"
}

func storyWatches(p alerts.Piece) string {
	var names []string
	for _, h := range p.Matches[:min(len(p.Matches), maxStoryWhy)] {
		names = append(names, cut(line(h.Watch), maxName))
	}
	return strings.Join(names, ", ")
}

// plainStories are the stories as lines of the text without blocks, as far as the room goes.
func plainStories(a alerts.Alert, room int) (lines []string) {
	all := len(a.Stories) + a.More
	rest := func(n int) string {
		return fmt.Sprintf("and %d more: /attache why %s shows all", n, escape(shortID(a)))
	}
	room -= units(rest(all)) + 1
	for i, p := range a.Stories {
		s := "• " + escape(storyTitle(p)) + " · " + escapeCut(sourceLine(p.Source), maxPlainSource)
		if u := webURL(p.URL, maxStoryURL); u != "" {
			s += "\n<" + escape(u) + ">"
		}
		if room -= units(s) + 1; room < 0 {
			return append(lines, rest(all-i))
		}
		lines = append(lines, s)
	}
	if a.More > 0 {
		lines = append(lines, rest(a.More))
	}
	return lines
}

// subteams are the user groups that the alert's root pings, each once.
func subteams(a alerts.Alert) (ids []string) {
	for _, p := range a.Pings() {
		if id := subteam(a.Channel, p); id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}
