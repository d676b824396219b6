package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/aliases"
)

// What an import says.

// offices says which names were left out since they would find everybody.
func offices(counts aliases.Counts) string {
	if counts.Offices == 0 {
		return ""
	}
	return fmt.Sprintf("Left out since everybody who has the office or title would be found by it: %d, such as %s.\n", counts.Offices, strings.Join(counts.SomeOffices, "; "))
}

// taken says how the columns of a table were read.
func taken(c *aliases.Columns) string {
	quoted := func(titles []string) string {
		shown := make([]string, 0, len(titles))
		for _, title := range titles[:min(len(titles), 8)] {
			shown = append(shown, strconv.Quote(title))
		}
		if more := len(titles) - len(shown); more > 0 {
			shown = append(shown, fmt.Sprintf("%d more", more))
		}
		return strings.Join(shown, ", ")
	}
	switch {
	case c == nil:
		return ""
	case c.Name == "":
		return "Read without a header: the first column as the name, the others as aliases.\n"
	}
	name := quoted([]string{c.Name})
	if c.Surname != "" {
		name += " and " + quoted([]string{c.Surname}) + " together"
	}
	say := fmt.Sprintf("Read by the header: %s as the name, ", name)
	if len(c.Aliases) > 0 {
		say += quoted(c.Aliases) + " as aliases."
	} else {
		say += "no column as aliases: call those alias."
	}
	if len(c.Ignored) > 0 {
		say += " Not read: " + quoted(c.Ignored) + "."
	}
	return say + "\n"
}

// sample shows the first person, so that who imports sees what was read.
func sample(p alerts.Person) string {
	const most = 5
	if len(p.Names) == 0 {
		return ""
	}
	say := "The first person: " + p.Names[0]
	if also := p.Names[1:]; len(also) > 0 {
		say += ", also " + strings.Join(also[:min(len(also), most)], "; ")
		if len(also) > most {
			say += fmt.Sprintf(" and %d more", len(also)-most)
		}
	}
	return say + ".\n"
}

// mostNamed is how many watches of a kind an import names.
const mostNamed = 5

// learned counts what watches learn.
func learned(lists []alerts.Watchlist) string {
	watches, names := 0, 0
	for _, l := range lists {
		for _, w := range l.Watches {
			names += len(w.Imported)
			watches += min(len(w.Imported), 1)
		}
	}
	return fmt.Sprintf("From all catalogues %s %s.\n", plural(watches, "watch learns", "watches learn"), plural(names, "alias", "aliases"))
}

// unknown names persons that are watched and that no catalogue has, and says what helps.
func unknown(watches []*alerts.Watch) string {
	if len(watches) == 0 {
		return ""
	}
	names := make([]string, 0, mostNamed)
	for _, w := range watches[:min(len(watches), mostNamed)] {
		names = append(names, w.Name)
	}
	say := fmt.Sprintf("No catalogue has %s: %s", plural(len(watches), "person who is watched", "persons who are watched"), strings.Join(names, "; "))
	if more := len(watches) - len(names); more > 0 {
		say += fmt.Sprintf(" and %d more", more)
	}
	return say + ". Who is there by another name: write the watch so, or add the watch's name there as an alias.\n"
}

// namesakes says of which watches a catalogue has more than one person, and what comes of it.
func namesakes(unsure []alerts.Namesakes) string {
	var b strings.Builder
	for i, n := range unsure {
		if i == mostNamed {
			fmt.Fprintf(&b, "The same goes for %s more.\n", plural(len(unsure)-i, "watch"))
			break
		}
		names := strings.Join(n.Names[:min(len(n.Names), mostNamed)], "; ")
		if n.Lend {
			fmt.Fprintf(&b, "%s learns from %d people of %s who are called so: %s. Take out of the file who is not meant.\n", n.Watch.Name, len(n.Names), n.Catalogue, names)
			continue
		}
		fmt.Fprintf(&b, "%s learns nothing from %s, where %d people are called so: %s. Write the watch as the one who is meant is written there.\n",
			n.Watch.Name, n.Catalogue, len(n.Names), names)
	}
	return b.String()
}
