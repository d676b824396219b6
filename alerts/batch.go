package alerts

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

const (
	gatherTime = 2 * time.Minute // how long gathered stories wait for others before they are told
	burstEvery = time.Hour       // between two messages of what one feed brings beyond its habit
	maxPieces  = 25              // stories named in one message, as far as the platform's limits go; /why shows all
	maxNamed   = 12              // watches and outlets of a message, and watches of a story in it
	maxPlaces  = 3               // of a watch in a story
)

// A Batch is a message of gathered stories.
type Batch struct {
	Delivery Delivery
	Stories  []StoryID
}

// Batches makes messages of the waiting gatherings, as far as they are due: for each channel one of what was read late,
// and one of what each feed brought beyond its habit, once an hour. last is when such a message was made last. hurry does
// not wait for more.
func Batches(waiting []Gathering, last map[FeedChannel]time.Time, now time.Time, hurry bool) []Batch {
	type group struct {
		channel Channel
		feed    FeedID // 0 for what was read late
	}
	groups := map[group][]Gathering{}
	var order []group
	for _, g := range waiting {
		key := group{channel: g.Channel}
		if g.Reason == Burst {
			key.feed = g.Feed
		}
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], g)
	}
	var out []Batch
	for _, key := range order {
		all := groups[key]
		oldest := slices.MinFunc(all, func(a, b Gathering) int { return a.At.Compare(b.At) })
		if !hurry && now.Sub(oldest.At) < gatherTime {
			continue
		}
		if t, told := last[FeedChannel{key.feed, key.channel}]; key.feed != 0 && told && now.Sub(t) < burstEvery {
			continue
		}
		out = append(out, batch(key.channel, all))
	}
	return out
}

// batch makes one message: how many, why so, and which.
func batch(c Channel, all []Gathering) Batch {
	id := []string{"batch", string(c)}
	b, on := Batch{}, Repeat
	alert := gathered(c, all)
	for _, g := range all {
		b.Stories = append(b.Stories, g.Story)
		id = append(id, string(g.Story), g.At.UTC().Format(time.RFC3339Nano))
		if g.Piece.Hold {
			on = Hold
		}
	}
	alert.Story = StoryID(digest(16, id...))
	alert.ID = NewAlertID(c, alert.Story)
	b.Delivery = Delivery{Channel: c, Story: alert.Story, Part: Root, Alert: alert, Drawing: DrawingVersion, OnUncertain: on}
	return b
}

// Regather is the message told again, of those of its stories that are still to be told: at least one.
func (a Alert) Regather(left []Gathering) Alert {
	again := gathered(a.Channel, slices.Clone(left))
	again.ID, again.Story = a.ID, a.Story
	return again
}

// gathered is the alert that tells the stories, without its ids. It puts them in order: the newest first.
func gathered(c Channel, all []Gathering) Alert {
	slices.SortStableFunc(all, func(a, b Gathering) int {
		return cmp.Or(b.Piece.Published.Compare(a.Piece.Published), cmp.Compare(a.Story, b.Story))
	})
	alert := Alert{Channel: c, Published: all[0].Piece.Published, More: max(0, len(all)-maxPieces)}
	for i, g := range all {
		named, _ := alert.with(g.Piece.Source, g.Piece.Matches)
		alert.Sources = named.Sources[:min(len(named.Sources), maxNamed)]
		alert.Matches = named.Matches[:min(len(named.Matches), maxNamed)]
		alert.ping(g.Piece.Pings...)
		if i < maxPieces {
			alert.Stories = append(alert.Stories, g.named())
		}
	}
	alert.Title, alert.Summary = label(all, alert.Sources)
	for i := range alert.Sources {
		alert.Sources[i].URL = "" // no page is the message's own
	}
	for i := range alert.Matches {
		alert.Matches[i].Evidence = nil // nor is any place in a text
	}
	return alert
}

// named is the story as its message has it.
func (g Gathering) named() Piece {
	p := g.Piece
	p.Story, p.Hold, p.Pings = g.Story, false, nil
	p.Matches = slices.Clone(p.Matches[:min(len(p.Matches), maxNamed)])
	for i, h := range p.Matches {
		p.Matches[i].Evidence = h.Evidence[:min(len(h.Evidence), maxPlaces)]
	}
	return p
}

// label says what a batch is and why its stories are told together.
func label(all []Gathering, from []AlertSource) (title, why string) {
	count, whose := fmt.Sprintf("%d stories", len(all)), fmt.Sprintf("%d sources", len(from))
	if len(all) == 1 {
		count = "1 story"
	}
	if len(from) == 1 {
		whose = from[0].Name
	} else if len(from) >= maxNamed {
		whose = "many sources"
	}
	switch all[0].Reason { //nolint:exhaustive // the others gather nothing
	case Burst:
		return fmt.Sprintf("All at once: %s from %s", strings.Replace(count, " ", " more ", 1), whose),
			"The feed brings more new stories within an hour than is its habit. The first were told one by one; these are the others."
	case Overdue:
		return fmt.Sprintf("Held up: %s from %s", count, whose),
			"They could not be posted in time, since messages did not get through to this channel, and are told together instead of one by one."
	}
	return fmt.Sprintf("Late: %s from %s", count, whose),
		"They were published while they could not be read, and are told together instead of one by one."
}
