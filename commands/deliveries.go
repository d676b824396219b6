package commands

import (
	"context"
	"strconv"

	"github.com/seed-6c43f0f2/attache/alerts"
)

func deliveryCommands() Command {
	number := []Option{{Name: "number", Say: "Its number, as the lists show it", Required: true, Complete: true}}
	return Command{Name: "deliveries", Say: "Messages that did not arrive, and what to do about them", Subs: []Command{
		{Name: "failed", Say: "Messages that were surely not posted and are not tried again", Role: Editor},
		{Name: "uncertain", Say: "Messages of which nobody can tell whether they were posted", Role: Editor},
		{Name: "held", Say: "Messages that wait for a channel that is stopped", Role: Editor},
		{Name: "waiting", Say: "Messages that were tried without success and are tried again", Role: Editor},
		{Name: "retry", Say: "Send a message again that did not arrive", Role: Admin, Public: true, Example: "12", Options: number},
		{Name: "discard", Say: "Take a message that did not arrive off the list", Role: Admin, Public: true, Example: "12", Options: number},
	}}
}

// titles of the lists, for one and for many, and what they say where there is none.
func wantWords(w alerts.Want) (one, many, none string) {
	switch w {
	case alerts.WantUncertain:
		return "message may or may not have been posted", "messages may or may not have been posted", "No message is in doubt"
	case alerts.WantHeld:
		return "message waits for a stopped channel", "messages wait for stopped channels", "No message is held"
	case alerts.WantWaiting:
		return "message is tried again", "messages are tried again", "No message waits for another try"
	case alerts.WantFailed:
	}
	return "message failed", "messages failed", "No message failed"
}

func (d *Desk) deliveries(ctx context.Context, a ask, want alerts.Want) (Reply, error) {
	list, all, err := d.with.Deliveries.Undelivered(ctx, a.Workspace, want, maxEntries)
	if err != nil {
		return Reply{}, err
	}
	one, many, none := wantWords(want)
	if all == 0 {
		return d.otherWants(ctx, a, want, Reply{Title: none})
	}
	var entries []Line
	for _, u := range list {
		entries = append(entries, undelivered(u))
	}
	r := Reply{Title: count(all, one, many), Lines: some(entries, maxEntries)}
	if all > len(list) {
		r.Lines = append(r.Lines, say("These are the newest ", len(list), "."))
	}
	number := strconv.FormatInt(list[0].ID, 10)
	switch {
	case want == alerts.WantHeld:
		r.Lines = append(r.Lines, say("Mend what stopped the channel; then ", a.write("subscribe"), " there starts it again, and the newest 50 of the last 24 hours are sent."))
	case want == alerts.WantWaiting:
		r.Lines = append(r.Lines, say("Nothing is lost: each is tried again, and what comes after it in its channel is sent then."))
	case a.role >= Admin && want == alerts.WantUncertain:
		r.Lines = append(r.Lines, say("Look into the channel. If it is not there: ", a.write("deliveries retry", "number", number),
			"; if it is: ", a.write("deliveries discard", "number", number)))
	case a.role >= Admin:
		r.Lines = append(r.Lines, say("Mend the cause, then: ", a.write("deliveries retry", "number", number), ", or ", a.write("deliveries discard", "number", number)))
	}
	return d.otherWants(ctx, a, want, r)
}

// otherWants adds to a list that the others are not empty.
func (d *Desk) otherWants(ctx context.Context, a ask, but alerts.Want, r Reply) (Reply, error) {
	for _, want := range alerts.Wants() {
		if want == but {
			continue
		}
		_, all, err := d.with.Deliveries.Undelivered(ctx, a.Workspace, want, 0)
		if err != nil {
			return Reply{}, err
		}
		if all > 0 {
			one, many, _ := wantWords(want)
			r.Lines = append(r.Lines, say(count(all, one, many), ": ", a.write("deliveries "+string(want))))
		}
	}
	if len(r.Lines) == 0 {
		r.Lines = []Line{say("All messages of this workspace arrived, or are on their way. The latest of a channel: ", a.write("recent"))}
	}
	return r, nil
}

// undelivered is a delivery as an entry of a list.
func undelivered(u alerts.Undelivered) Line {
	what := ""
	if kind := u.Part.Kind(); kind != "post" {
		what = kind + " of "
	}
	line := item(code(strconv.FormatInt(u.ID, 10)), " · ", moment(u.At), " · ", Span{Text: string(u.Channel), Style: Place}, " · ", what, link(u.Alert.Title, u.Alert.URL))
	if u.Reason != "" {
		line = item(line.Spans, ": ", cut(clean(u.Reason), 200))
	}
	if u.Want == alerts.WantWaiting {
		line = item(line.Spans, " · next try ", moment(u.Next))
		if u.Queued > 1 {
			line = item(line.Spans, " · ", count(u.Queued-1, "more waits", "more wait"), " behind it")
		}
	}
	return line
}

func (d *Desk) deliveriesRetry(ctx context.Context, a ask) (Reply, error) {
	id, err := deliveryNumber(a)
	if err != nil {
		return Reply{}, err
	}
	if err := d.with.Deliveries.RetryDelivery(ctx, a.change("delivery %d is tried again", id), id); err != nil {
		return Reply{}, err
	}
	d.with.Nudge()
	return Reply{Title: "Tried again", Lines: []Line{
		say("Delivery ", code(strconv.FormatInt(id, 10)), " is sent in its turn. If it fails again, it is back in ", a.write("deliveries failed"), "."),
	}}, nil
}

func (d *Desk) deliveriesDiscard(ctx context.Context, a ask) (Reply, error) {
	id, err := deliveryNumber(a)
	if err != nil {
		return Reply{}, err
	}
	if err := d.with.Deliveries.DiscardDelivery(ctx, a.change("delivery %d discarded", id), id); err != nil {
		return Reply{}, err
	}
	return Reply{Title: "Discarded", Lines: []Line{
		say("Delivery ", code(strconv.FormatInt(id, 10)), " is off the list and is not sent. It stays on record; ", a.write("why"), " still explains it."),
	}}, nil
}

func deliveryNumber(a ask) (int64, error) {
	id, err := strconv.ParseInt(a.Args["number"], 10, 64)
	if err != nil || id <= 0 {
		return 0, &refusalError{[]Line{say("A delivery's number is a number, such as 12. See ", a.write("deliveries failed"), ", ",
			a.write("deliveries uncertain"), " and ", a.write("deliveries held"), ".")}}
	}
	return id, nil
}

// deliveryChoices suggests the numbers of what did not arrive, with title and reason.
func (d *Desk) deliveryChoices(ctx context.Context, r Request) ([]Choice, error) {
	var all []Choice
	for _, want := range []alerts.Want{alerts.WantUncertain, alerts.WantFailed} {
		list, _, err := d.with.Deliveries.Undelivered(ctx, r.Workspace, want, maxChoices)
		if err != nil {
			return nil, err
		}
		for _, u := range list {
			number := strconv.FormatInt(u.ID, 10)
			all = append(all, Choice{Label: cut(clean(number+" · "+u.Alert.Title), maxChoiceRunes), Value: number})
		}
	}
	return all, nil
}
