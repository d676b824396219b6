package commands

import (
	"context"
	"slices"
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// firstList is the list that a workspace's first watch goes into if nobody names one.
const firstList = "main"

// A shelf is the watchlists that a workspace sees: its own, which its editors change, and the file's.
type shelf []alerts.Watchlist

// shelf reads what w sees, its own before the file's.
func (d *Desk) shelf(ctx context.Context, w alerts.Workspace) (shelf, error) {
	lists, err := d.with.Watchlists.Watchlists(ctx, w)
	if err != nil {
		return nil, err
	}
	s := shelf(slices.Clone(lists))
	slices.SortStableFunc(s, func(a, b alerts.Watchlist) int {
		if (a.Workspace == alerts.File) != (b.Workspace == alerts.File) {
			if a.Workspace == alerts.File {
				return 1
			}
			return -1
		}
		return strings.Compare(match.Fold(a.Name), match.Fold(b.Name))
	})
	return s, nil
}

// own returns the lists that can be changed in chat.
func (s shelf) own() shelf {
	var own shelf
	for _, l := range s {
		if l.Workspace != alerts.File {
			own = append(own, l)
		}
	}
	return own
}

func (s shelf) names() []string {
	names := make([]string, len(s))
	for i, l := range s {
		names[i] = l.Name
	}
	return names
}

// named returns the list of that name (folded), the workspace's own before the file's.
func (s shelf) named(name string) (alerts.Watchlist, bool) {
	for _, l := range s {
		if same(l.Name, name) {
			return l, true
		}
	}
	return alerts.Watchlist{}, false
}

// A spot is a watch on its list.
type spot struct {
	list  alerts.Watchlist
	watch alerts.Watch
}

// spots returns the watches of that name (folded) on all lists.
func (s shelf) spots(name string) []spot {
	var found []spot
	for _, l := range s {
		for _, w := range l.Watches {
			if same(w.Name, name) {
				found = append(found, spot{l, w})
			}
		}
	}
	return found
}

// watchNames returns the names of all watches, each once.
func (s shelf) watchNames() []string {
	var names []string
	seen := map[string]bool{}
	for _, l := range s {
		for _, w := range l.Watches {
			if key := match.Fold(w.Name); !seen[key] {
				seen[key] = true
				names = append(names, w.Name)
			}
		}
	}
	return names
}

// pick returns the lists that an optional list: means: that one, or all.
func (s shelf) pick(a ask) (shelf, error) {
	name := a.Args["list"]
	if name == "" {
		return s, nil
	}
	l, ok := s.named(name)
	if !ok {
		return nil, noList(s, name, a)
	}
	return shelf{l}, nil
}

func noList(s shelf, name string, a ask) error {
	if len(s) == 0 {
		return &refusalError{[]Line{say("There is no watchlist here yet. Begin with: ",
			a.write("watch add", "name", "Steve Witkoff"))}}
	}
	line := say("There is no watchlist ", code(cut(name, 60)), ".")
	if near := nearest(name, s.names(), match.Fold); near != "" {
		line = say(line.Spans, " Did you mean ", code(near), "?")
	}
	return &refusalError{[]Line{say(line.Spans, " There are: ", and(few(s.names())), ". See ", a.write("watch list"), ".")}}
}

func noWatch(s shelf, name string, a ask) error {
	line := say("There is no watch ", code(cut(name, 60)), ".")
	if near := nearest(name, s.watchNames(), match.Fold); near != "" {
		line = say(line.Spans, " Did you mean ", code(near), "? Write ", a.write(a.Name, "name", near))
		return &refusalError{[]Line{line}}
	}
	return &refusalError{[]Line{say(line.Spans, " See ", a.write("watch list"), " for what is watched, or add it: ",
		a.write("watch add", "name", name))}}
}

// readOnly refuses to change what the configuration file provides.
func readOnly(what string, a ask) error {
	return &refusalError{[]Line{say(what, " comes from the configuration file and is read-only in chat. Whoever runs Attaché changes it there",
		"; what you add with ", a.write("watch add", "name", "…", "list", "ours"), " is your own.")}}
}

// same tells whether two names are one.
func same(a, b string) bool { return match.Fold(a) == match.Fold(b) }
