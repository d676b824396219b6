package commands

import (
	"context"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

func (d *Desk) subscribe(ctx context.Context, a ask) (Reply, error) {
	shelf, err := d.shelf(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	list, ok := shelf.named(a.Args["list"])
	if !ok {
		return Reply{}, noList(shelf, a.Args["list"], a)
	}
	subs, err := d.with.Subscriptions.Subscriptions(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	sub, was := subscription(subs, a.Channel, list.ListRef)
	if was && sub.FromFile && a.Args["least"] != "" && heardOf(match.Mention(a.Args["least"])) != heardOf(sub.Least) {
		return Reply{}, &refusalError{[]Line{say("This channel hears ", code(list.Name), " by the configuration file, which chat cannot change. ",
			"Whoever runs Attaché changes it there.")}}
	}
	if was && sub.FromFile { // what is asked for is that a stopped channel is started
		if err := d.with.Subscriptions.Subscribe(ctx, a.change("subscribed to %s%s", list.Name, bar(sub.Least)), sub); err != nil {
			return Reply{}, err
		}
		d.with.Nudge()
		return Reply{Title: "Subscribed already", Lines: []Line{say("This channel hears ", code(list.Name), bar(sub.Least), " by the configuration file, as before.")}}, nil
	}
	before := sub.Least
	sub.Channel, sub.List, sub.Least = a.Channel, list.ListRef, match.Mention(a.Args["least"])
	if err := d.with.Subscriptions.Subscribe(ctx, a.change("subscribed to %s%s", list.Name, bar(sub.Least)), sub); err != nil {
		return Reply{}, err
	}
	d.with.Nudge()
	watches := count(len(list.Watches), "watch", "watches")
	r := Reply{Title: "Subscribed", Lines: []Line{say("This channel hears ", code(list.Name), bar(sub.Least), ": ", watches,
		". New stories appear here as they are read.")}}
	switch {
	case was && heardOf(before) != heardOf(sub.Least): // nothing said and body are one
		r = Reply{Title: "Subscription changed", Lines: []Line{say("This channel hears ", code(list.Name), " (", heardOf(sub.Least),
			") from now on; before it heard ", heardOf(before), ".")}}
	case was:
		r = Reply{Title: "Subscribed already", Lines: []Line{say("This channel hears ", code(list.Name), bar(sub.Least), ": ", watches, ", as before.")}}
	}
	if len(list.Watches) == 0 {
		r.Lines = append(r.Lines, say("The list is still empty: ", a.write("watch add", "name", "Steve Witkoff", "list", list.Name)))
	}
	feeds, err := d.with.Feeds.Feeds(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	if len(feeds) == 0 {
		r.Lines = append(r.Lines, say("No feed is read yet: ", a.write("feeds add", "url", "https://example.org/rss.xml")))
	}
	r.Lines = append(r.Lines, say("To see how an alert looks: ", a.write("test")))
	return r, nil
}

// bar says from which mention on a subscription hears, behind its name; nothing if it hears all.
func bar(least match.Mention) string {
	if least != match.Headline && least != match.Lead {
		return ""
	}
	return " (" + heardOf(least) + ")"
}

// heardOf says what a subscription hears.
func heardOf(least match.Mention) string {
	switch least {
	case match.Headline:
		return "headlines only"
	case match.Lead:
		return "headlines and leads"
	}
	return "all mentions"
}

func subscription(subs []alerts.Subscription, c alerts.Channel, list alerts.ListRef) (alerts.Subscription, bool) {
	for _, s := range subs {
		if s.Channel == c && s.List.Workspace == list.Workspace && same(s.List.Name, list.Name) {
			return s, true
		}
	}
	return alerts.Subscription{}, false
}

// of returns the subscriptions of one channel.
func of(subs []alerts.Subscription, c alerts.Channel) []alerts.Subscription {
	var own []alerts.Subscription
	for _, s := range subs {
		if s.Channel == c {
			own = append(own, s)
		}
	}
	return own
}

func listNames(subs []alerts.Subscription) []string {
	names := make([]string, len(subs))
	for i, s := range subs {
		names[i] = s.List.Name
	}
	return names
}

func (d *Desk) unsubscribe(ctx context.Context, a ask) (Reply, error) {
	all, err := d.with.Subscriptions.Subscriptions(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	subs, name := of(all, a.Channel), a.Args["list"]
	if len(subs) == 0 {
		return Reply{}, &refusalError{[]Line{say("This channel hears no watchlist. See ", a.write("watch list"), " for what is heard where.")}}
	}
	var found *alerts.Subscription
	for i, s := range subs {
		if same(s.List.Name, name) && (found == nil || found.FromFile) {
			found = &subs[i]
		}
	}
	if found == nil {
		line := say("This channel does not hear ", code(cut(name, 60)), ".")
		if near := nearest(name, listNames(subs), match.Fold); near != "" {
			line = say(line.Spans, " Did you mean ", a.write("unsubscribe", "list", near), "?")
		}
		return Reply{}, &refusalError{[]Line{say(line.Spans, " It hears ", and(few(listNames(subs))), ". See ", a.write("watch list"), ".")}}
	}
	if found.FromFile {
		return Reply{}, &refusalError{[]Line{say("This channel hears ", code(found.List.Name), " by the configuration file, which chat cannot change. ",
			"Whoever runs Attaché takes it out there.")}}
	}
	change := a.change("unsubscribed from %s", found.List.Name)
	if err := d.with.Subscriptions.Unsubscribe(ctx, change, a.Channel, found.List); err != nil {
		return Reply{}, err
	}
	r := Reply{Title: "Unsubscribed", Lines: []Line{say("This channel no longer hears ", code(found.List.Name), ".")}}
	if left := len(subs) - 1; left > 0 {
		r.Lines = append(r.Lines, say("It still hears ", count(left, "other watchlist", "other watchlists"), ": ", a.write("watch list")))
	}
	r.Lines = append(r.Lines, say("To take it back: ", a.write("subscribe", "list", found.List.Name)))
	return r, nil
}
