package commands

import (
	"context"
	"strconv"

	"github.com/seed-6c43f0f2/attache/alerts"
)

func (d *Desk) watchAdd(ctx context.Context, a ask) (Reply, error) {
	w, err := newWatch(a)
	if err != nil {
		return Reply{}, err
	}
	shelf, err := d.shelf(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	list, made, err := target(shelf, a)
	if err != nil {
		return Reply{}, err
	}
	if err := d.with.Watchlists.PutWatch(ctx, a.change("%s %s added to %s", w.Kind, w.Name, list), list, w); err != nil {
		return Reply{}, err
	}
	subs, err := d.with.Subscriptions.Subscriptions(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	r := Reply{Title: "Watch added", Lines: []Line{say("Now watching the ", string(w.Kind), " ", named(w), " in ", code(list), ".")}}
	r.Lines = append(append(r.Lines, doubts(w)...), otherwise(a, w, list)...)
	if made {
		r.Lines = append(r.Lines, say(code(list), " is a new watchlist."))
	}
	r.Lines = append(r.Lines, heardLine(a, list, alerts.ListRef{Workspace: a.Workspace, Name: list}, subs),
		say("What the feeds said lately: ", a.write("lookup", "name", w.Name)),
		say("How many alerts it makes: ", a.write("watch test", "name", w.Name)))
	return r, nil
}

// heardLine says which channels hear a list, or how to make one hear it.
func heardLine(a ask, list string, ref alerts.ListRef, subs []alerts.Subscription) Line {
	places := heard(ref, subs, a.Channel)
	if len(places) > 0 {
		return say("Its alerts go to ", places, ".")
	}
	who := "Write in a channel: "
	if a.role < Admin {
		who = "An admin writes in a channel: "
	}
	return say("No channel hears it yet. ", who, a.write("subscribe", "list", list))
}

// heard returns the channels that hear a list, at most five.
func heard(ref alerts.ListRef, subs []alerts.Subscription, here alerts.Channel) []Span {
	var places []Span
	n := 0
	for _, s := range subs {
		if s.List.Workspace != ref.Workspace || !same(s.List.Name, ref.Name) {
			continue
		}
		if n++; n > 5 {
			continue
		}
		if n > 1 {
			places = append(places, Span{Text: ", "})
		}
		places = append(places, place(s.Channel, here))
	}
	if n > 5 {
		places = append(places, Span{Text: " and " + count(n-5, "more", "more")})
	}
	return places
}

func place(c, here alerts.Channel) Span {
	if c == here {
		return Span{Text: "this channel"}
	}
	return Span{Text: string(c), Style: Place}
}

// target finds the list that a new watch goes into; made tells that it is new.
func target(s shelf, a ask) (list string, made bool, err error) {
	own := s.own()
	name := a.Args["list"]
	if name == "" {
		switch len(own) {
		case 1:
			return own[0].Name, false, nil
		case 0:
			name = firstList
			for i := 2; ; i++ {
				if _, taken := s.named(name); !taken {
					return name, true, nil
				}
				name = firstList + "-" + strconv.Itoa(i)
			}
		}
		return "", false, &refusalError{[]Line{say("There are several watchlists: ", and(few(own.names())), ". Say which: ",
			a.write("watch add", "name", a.Args["name"], "list", own[0].Name))}}
	}
	if l, ok := s.named(name); ok {
		if l.Workspace == alerts.File {
			return "", false, readOnly("The watchlist "+l.Name, a)
		}
		return l.Name, false, nil
	}
	if slug(name) == "" {
		return "", false, invalid("A watchlist's name needs a letter or a digit; write for example list:us-russia.")
	}
	return name, true, nil
}

func (d *Desk) watchRemove(ctx context.Context, a ask) (Reply, error) {
	all, err := d.shelf(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	shelf, err := all.pick(a)
	if err != nil {
		return Reply{}, err
	}
	name := a.Args["name"]
	found := shelf.own().spots(name)
	switch {
	case len(found) > 1:
		var lists []string
		for _, f := range found {
			lists = append(lists, f.list.Name)
		}
		return Reply{}, &refusalError{[]Line{say(found[0].watch.Name, " is on ", and(few(lists)), ". Say which: ",
			a.write("watch remove", "name", found[0].watch.Name, "list", found[0].list.Name))}}
	case len(found) == 0 && len(shelf.spots(name)) > 0:
		return Reply{}, readOnly("The watch "+shelf.spots(name)[0].watch.Name, a)
	case len(found) == 0:
		return Reply{}, noWatch(shelf.own(), name, a)
	}
	w, list := found[0].watch, found[0].list.Name
	if err := d.with.Watchlists.RemoveWatch(ctx, a.change("%s %s removed from %s", w.Kind, w.Name, list), list, w.Name); err != nil {
		return Reply{}, err
	}
	return Reply{Title: "Watch removed", Lines: []Line{
		say("No longer watching ", bold(w.Name), " in ", code(list), "."),
		say("To take it back: ", a.write("watch add", pairsOf(w, list)...)),
	}}, nil
}

// pairsOf gives the arguments that make a watch.
func pairsOf(w alerts.Watch, list string) []string {
	pairs := []string{"name", w.Name}
	add := func(name, value string) {
		if value != "" {
			pairs = append(pairs, name, value)
		}
	}
	add("list", list)
	if w.Kind != kindOf(w.Spec) {
		add("kind", string(w.Kind))
	}
	add("aliases", joined(w.Aliases))
	add("near", joined(w.Near))
	add("not", joined(w.Not))
	add("match", w.Query)
	if w.Exact {
		add("exact", yes)
	}
	add("least", string(w.Least))
	return pairs
}
