package main

import (
	"fmt"
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
	"github.com/seed-6c43f0f2/attache/config"
)

// mostTried is how many persons of a configuration are tried on their own names: a third of a second for each thousand.
const mostTried = 5000

// tryNames warns of persons who are not found even in their own names, among the first of them, and tells how many others there are.
func tryNames(file *config.File, lists []alerts.Watchlist) (others int) {
	var specs []match.Spec
	var paths []string
	for i, l := range lists {
		for j, w := range l.Watches {
			switch {
			case w.Kind != match.Person:
			case len(specs) == mostTried:
				others++
			default:
				specs, paths = append(specs, w.Spec), append(paths, fmt.Sprintf("watchlists[%d].watches[%d]", i, j))
			}
		}
	}
	for i, d := range match.DoubtsOfFinding(specs) {
		if d != nil {
			file.Warn(watchMistake(file, paths[i], string(match.Person), d))
		}
	}
	return others
}

// printedAlike warns of persons whose watch looks for the same name as one before it in its list.
func printedAlike(file *config.File, lists []alerts.Watchlist) {
	for i, l := range lists {
		first := map[string]int{} // by the printed name
		path := func(watch int) string { return fmt.Sprintf("watchlists[%d].watches[%d].person", i, watch) }
		for j, w := range l.Watches {
			if w.Kind != match.Person {
				continue
			}
			key := alerts.PrintedKey(w.Name)
			before, twice := first[key]
			if !twice {
				first[key] = j
				continue
			}
			file.Warn(file.Mistake(path(j), fmt.Sprintf("this looks for %s, as the watch at line %d of the list does, so both find the same articles. Take one of the two out, or say by not: what each leaves out.",
				match.PrintedName(w.Name), file.Mistake(path(before), "").Line)))
		}
	}
}

// mostLong is how many names that newspapers shorten are warned of one by one.
const mostLong = 3

// longNames warns of persons of whose names newspapers may leave out a part: of the first of them each, and of the others together.
func longNames(file *config.File, lists []alerts.Watchlist) {
	var all []config.Mistake
	for i, l := range lists {
		for j, w := range l.Watches {
			if match.IsLong(w.Spec) {
				all = append(all, file.Mistake(fmt.Sprintf("watchlists[%d].watches[%d].person", i, j), "newspapers may leave out a part of this name, and where a word of it is missing "+
					"an article is a near miss, of which nobody is told. Add what they print under aliases:, like Joe Biden for Joseph Robinette Biden."))
			}
		}
	}
	for _, m := range all[:min(mostLong, len(all))] {
		file.Warn(m)
	}
	if len(all) > mostLong {
		more := all[mostLong]
		more.Say = fmt.Sprintf("newspapers may leave out a part of %s: see %s.", plural(len(all)-mostLong, "more name"), linesOf(all[mostLong:]))
		file.Warn(more)
	}
}

// linesOf names the lines of mistakes, those that follow each other by the first and the last.
func linesOf(all []config.Mistake) string {
	var runs []string
	for i := 0; i < len(all); {
		last := i
		for last+1 < len(all) && all[last+1].Line <= all[last].Line+1 {
			last++
		}
		run := fmt.Sprint(all[i].Line)
		if all[last].Line > all[i].Line {
			run += fmt.Sprint("-", all[last].Line)
		}
		runs, i = append(runs, run), last+1
	}
	if len(all) == 1 {
		return "line " + runs[0]
	}
	return "lines " + strings.Join(runs, ", ")
}
