package commands

import (
	"context"
	"unicode/utf8"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// test sends a sample alert into the channel, by the way of all alerts.
func (d *Desk) test(ctx context.Context, a ask) (Reply, error) {
	subs, err := d.with.Subscriptions.Subscriptions(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	shelf, err := d.shelf(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	here := of(subs, a.Channel)
	id := a.ID
	if id == "" {
		id = d.with.NewID()
	}
	list, w := hit(shelf, here)
	alert := sample(a, id, list, w)
	err = d.with.Samples.Enqueue(ctx, a.change("sample alert %s", alert.ID), alerts.Delivery{
		Channel: a.Channel, Story: alert.Story, Part: alerts.Root, Alert: alert, Drawing: alerts.DrawingVersion, OnUncertain: alerts.Repeat,
	})
	if err != nil {
		return Reply{}, err
	}
	d.with.Nudge()
	r := Reply{Title: "A sample is on its way", Lines: []Line{say("It comes to this channel by the same way as any alert, in a moment: ", code(alert.ID))}}
	switch {
	case len(here) > 0:
		r.Lines = append(r.Lines, say("This channel hears ", and(few(listNames(here))), ". If the sample does not appear: ", a.write("recent")))
	case len(shelf) > 0:
		r.Lines = append(r.Lines, say("This channel hears no watchlist, so nothing else comes here yet: ", a.write("subscribe", "list", shelf[0].Name)))
	default:
		r.Lines = append(r.Lines, say("Nothing is watched yet, so nothing else comes here. Begin with: ", a.write("watch add", "name", "Steve Witkoff")))
	}
	return r, nil
}

// hit picks a watch that the channel hears, for a sample to show; somebody well known if there is none.
func hit(s shelf, subs []alerts.Subscription) (list string, w alerts.Watch) {
	for _, sub := range subs {
		for _, l := range s {
			if l.Workspace == sub.List.Workspace && same(l.Name, sub.List.Name) && len(l.Watches) > 0 {
				return l.Name, l.Watches[0]
			}
		}
	}
	return firstList, alerts.Watch{Spec: match.Spec{Kind: match.Person, Name: "Ada Lovelace"}}
}

func sample(a ask, id string, list string, w alerts.Watch) alerts.Alert {
	const before = "A sample about "
	rule := match.FullName
	if w.Kind != match.Person {
		rule = match.Phrase
	}
	story := alerts.NewStoryID("sample:"+string(a.Channel), id)
	start := utf8.RuneCountInString(before)
	return alerts.Alert{
		ID: alerts.NewAlertID(a.Channel, story), Channel: a.Channel, Story: story, Sample: true,
		Title: before + w.Name, Published: a.now.UTC(), Language: "en",
		Summary: "This is no news. It shows how a story will look in this channel: its headline, its first sentences, who tells it, " +
			"and the words on which a watch fired.",
		Sources: []alerts.AlertSource{{Name: "Attaché"}},
		Matches: []alerts.Hit{{Watchlist: list, Watch: w.Name, Kind: w.Kind, Mention: match.Headline, Evidence: []match.Evidence{{
			Field: match.Title, Start: start, End: start + utf8.RuneCountInString(w.Name), Text: w.Name, Term: w.Name, Rule: rule,
		}}}},
	}
}
