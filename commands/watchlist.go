package commands

import (
	"context"
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts"
)

func (d *Desk) watchList(ctx context.Context, a ask) (Reply, error) {
	shelf, err := d.shelf(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	subs, err := d.with.Subscriptions.Subscriptions(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	switch name := a.Args["list"]; {
	case name != "":
		l, ok := shelf.named(name)
		if !ok {
			return Reply{}, noList(shelf, name, a)
		}
		return oneList(a, l, subs), nil
	case len(shelf) == 0:
		return Reply{Title: "No watchlists yet", Lines: []Line{
			say("The first watch makes one: ", a.write("watch add", "name", "Steve Witkoff")),
		}}, nil
	}
	var entries []Line
	for _, l := range shelf {
		line := item(bold(l.Name), " · ", count(len(l.Watches), "watch", "watches"))
		if l.Workspace == alerts.File {
			line.Spans = append(line.Spans, Span{Text: " · from the file, read-only"})
		}
		if places := heard(l.ListRef, subs, a.Channel); len(places) > 0 {
			line = item(line.Spans, " · heard in ", places)
		} else {
			line = item(line.Spans, " · heard in no channel")
		}
		entries = append(entries, line)
	}
	return Reply{Title: "Watchlists", Lines: append(some(entries, maxEntries),
		say("The watches of one: ", a.write("watch list", "list", shelf[0].Name)))}, nil
}

func oneList(a ask, l alerts.Watchlist, subs []alerts.Subscription) Reply {
	r := Reply{Title: "Watchlist " + l.Name}
	if l.Workspace == alerts.File {
		r.Lines = append(r.Lines, say("From the configuration file, read-only in chat."))
	}
	r.Lines = append(r.Lines, heardLine(a, l.Name, l.ListRef, subs))
	if len(l.Watches) == 0 {
		r.Lines = append(r.Lines, say("It has no watches. Add one: ", a.write("watch add", "name", "Steve Witkoff", "list", l.Name)))
		return r
	}
	var entries []Line
	for _, w := range l.Watches {
		line := item(describe(w))
		if n := len(w.Aliases); n > 0 {
			line.Spans = append(line.Spans, Span{Text: " · " + count(n, "alias", "aliases")})
		}
		entries = append(entries, line)
	}
	r.Lines = append(r.Lines, say(count(len(l.Watches), "watch", "watches"), ":"))
	r.Lines = append(r.Lines, some(entries, maxEntries)...)
	r.Lines = append(r.Lines, say("All about one: ", a.write("watch show", "name", l.Watches[0].Name)))
	return r
}

func (d *Desk) watchShow(ctx context.Context, a ask) (Reply, error) {
	all, err := d.shelf(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	shelf, err := all.pick(a)
	if err != nil {
		return Reply{}, err
	}
	subs, err := d.with.Subscriptions.Subscriptions(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	found := shelf.spots(a.Args["name"])
	if len(found) == 0 {
		return Reply{}, noWatch(shelf, a.Args["name"], a)
	}
	r := Reply{Title: found[0].watch.Name}
	for _, f := range found[:min(len(found), 5)] {
		r.Lines = append(r.Lines, showWatch(a, f, subs)...)
	}
	r.Lines = append(r.Lines, say("What the feeds said lately: ", a.write("lookup", "name", found[0].watch.Name)))
	return r, nil
}

func showWatch(a ask, f spot, subs []alerts.Subscription) []Line {
	w := f.watch
	origin := ""
	if f.list.Workspace == alerts.File {
		origin = ", from the configuration file and read-only in chat"
	}
	lines := []Line{say("A ", string(w.Kind), " on the watchlist ", code(f.list.Name), origin, ".")}
	add := func(label string, values ...string) {
		if text := strings.Join(values, "; "); text != "" {
			lines = append(lines, item(bold(label), " ", cut(text, 500)))
		}
	}
	add("Also called:", w.Aliases...)
	if n := len(w.Imported); n > 0 {
		add("From imported catalogues, "+count(n, "alias", "aliases")+":", w.Imported...)
	}
	add("Surname alone counts beside:", w.Near...)
	add("Does not count:", w.Not...)
	if w.Surname {
		add("Surname alone:", "counts")
	}
	if w.Exact {
		add("Exact:", "only the names as written")
	}
	if w.Query != "" {
		lines = append(lines, item(bold("Query:"), " ", code(w.Query)))
	}
	if w.Least != "" {
		add("Announced only if mentioned at least in the:", string(w.Least))
	}
	return append(lines, heardLine(a, f.list.Name, f.list.ListRef, subs))
}
