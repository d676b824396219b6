package commands

import (
	"context"
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// maxRecent is how many alerts /recent shows.
const maxRecent = 10

func (d *Desk) recent(ctx context.Context, a ask) (Reply, error) {
	told, err := d.with.Archive.Recent(ctx, a.Channel, maxRecent+1)
	if err != nil {
		return Reply{}, err
	}
	if len(told) == 0 {
		return d.noAlerts(ctx, a)
	}
	shown := told[:min(len(told), maxRecent)]
	var entries []Line
	for _, t := range shown {
		line := item(moment(t.At), " · ", link(t.Alert.Title, t.Alert.URL), " · ", code(t.Alert.ID))
		if t.Alert.Sample {
			line = item(line.Spans, " · sample")
		}
		if t.State != alerts.StateSent {
			line = item(line.Spans, " · ", stateWords(t))
		}
		entries = append(entries, line)
	}
	r := Reply{Title: "Latest alerts of this channel", Lines: some(entries, maxRecent)}
	if len(told) > len(shown) {
		r.Lines = append(r.Lines, say("Older alerts are left out; these are the latest ", maxRecent, "."))
	}
	r.Lines = append(r.Lines, say("Why one came: ", a.write("why", "alert", told[0].Alert.ID)))
	return r, nil
}

func (d *Desk) noAlerts(ctx context.Context, a ask) (Reply, error) {
	subs, err := d.with.Subscriptions.Subscriptions(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	r := Reply{Title: "No alerts in this channel yet"}
	if here := of(subs, a.Channel); len(here) > 0 {
		r.Lines = []Line{
			say("It hears ", and(few(listNames(here))), "; stories come as they are read."),
			say("Are the feeds read? ", a.write("feeds status")),
		}
		return r, nil
	}
	shelf, err := d.shelf(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	if len(shelf) == 0 {
		r.Lines = []Line{say("There is nothing to hear of yet. Begin with: ", a.write("watch add", "name", "Steve Witkoff"))}
		return r, nil
	}
	who := ""
	if a.role < Admin {
		who = "An admin writes here: "
	}
	r.Lines = []Line{say("It hears no watchlist. ", who, a.write("subscribe", "list", shelf[0].Name))}
	return r, nil
}

// stateWords says where the delivery of an alert stands.
func stateWords(t Told) string {
	said := "waiting to be sent"
	switch t.State {
	case alerts.StateSending:
		said = "being sent"
	case alerts.StateSent:
		return "sent"
	case alerts.StateFailed:
		said = "not sent"
	case alerts.StateUncertain:
		said = "nobody can tell whether it arrived"
	case alerts.StateSuperseded:
		said = "replaced by a later edit"
	}
	if t.Discarded != "" && !strings.HasPrefix(t.Reason, "discarded by ") { // else the reason says it
		said += ", discarded by " + cut(clean(t.Discarded), 60)
	}
	if t.Reason != "" {
		said += ": " + cut(clean(t.Reason), 200)
	}
	return said
}
