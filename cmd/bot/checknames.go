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
			if short := match.ShortName(w.Spec); short != "" {
				all = append(all, file.Mistake(fmt.Sprintf("watchlists[%d].watches[%d].person", i, j), fmt.Sprintf("newspapers may leave out a part of this name, "+
					"and an article that says %q alone is a near miss, of which nobody is told. Add what they print under aliases:.", short)))
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

// mostLines is how many lines are named.
const mostLines = 20

// linesOf names the lines of mistakes, the first of many.
func linesOf(all []config.Mistake) string {
	if len(all) == 1 {
		return fmt.Sprint("line ", all[0].Line)
	}
	var lines []string
	for _, m := range all[:min(mostLines, len(all))] {
		lines = append(lines, fmt.Sprint(m.Line))
	}
	rest := ""
	if more := len(all) - mostLines; more > 0 {
		rest = fmt.Sprintf(" and %d others", more)
	}
	return "lines " + strings.Join(lines, ", ") + rest
}
