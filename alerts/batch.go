package alerts

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	gatherTime = 2 * time.Minute // how long gathered stories wait for others before they are told
	burstEvery = time.Hour       // between two messages of what one feed brings beyond its habit
	maxPieces  = 25              // named in one message
	maxPieceIn = 800             // runes of their list: with its heading it fits the shortest drawing of any platform (1,000)
	maxNamed   = 12              // watches and outlets of a message
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
	slices.SortStableFunc(all, func(a, b Gathering) int {
		return cmp.Or(b.Piece.Published.Compare(a.Piece.Published), cmp.Compare(a.Story, b.Story))
	})
	b := Batch{}
	id := []string{"batch", string(c)}
	alert := Alert{Channel: c, Published: all[0].Piece.Published}
	on := Repeat
	for _, g := range all {
		b.Stories = append(b.Stories, g.Story)
		id = append(id, string(g.Story), g.At.UTC().Format(time.RFC3339Nano))
		named, _ := alert.with(g.Piece.Source, g.Piece.Matches)
		alert.Sources = named.Sources[:min(len(named.Sources), maxNamed)]
		alert.Matches = named.Matches[:min(len(named.Matches), maxNamed)]
		if g.Piece.Hold {
			on = Hold
		}
	}
	alert.Story = StoryID(digest(16, id...))
	alert.ID = NewAlertID(c, alert.Story)
	alert.Title, alert.Summary = label(all, alert.Sources)
	for i := range alert.Sources {
		alert.Sources[i].URL = "" // no page is the message's own
	}
	b.Delivery = Delivery{Channel: c, Story: alert.Story, Part: Root, Alert: alert, Drawing: DrawingVersion, OnUncertain: on}
	return b
}

// label says what a batch is and which stories it is of.
func label(all []Gathering, from []AlertSource) (title, text string) {
	count, whose := fmt.Sprintf("%d stories", len(all)), fmt.Sprintf("%d sources", len(from))
	if len(all) == 1 {
		count = "1 story"
	}
	if len(from) == 1 {
		whose = from[0].Name
	} else if len(from) >= maxNamed {
		whose = "many sources"
	}
	title = fmt.Sprintf("Late: %s from %s", count, whose)
	why := "They were published while they could not be read, and are told together instead of one by one."
	if all[0].Reason == Burst {
		title = fmt.Sprintf("All at once: %s from %s", strings.Replace(count, " ", " more ", 1), whose)
		why = "The feed brings more new stories within an hour than is its habit. The first were told one by one; these are the others."
	}
	lines := []string{why}
	room := maxPieceIn
	for i, g := range all {
		line := g.Piece.line(len(from) > 1)
		if room -= utf8.RuneCountInString(line); i == maxPieces || room < 0 {
			lines = append(lines, fmt.Sprintf("and %d more", len(all)-i))
			break
		}
		lines = append(lines, line)
	}
	return title, strings.Join(lines, "\n")
}

// line is a piece on one line: its title, whose it is if that is in doubt, when, and which watches fired.
func (p Piece) line(named bool) string {
	parts := []string{"• " + cutTitle(flatten(p.Title))}
	if named {
		parts = append(parts, p.Source.Name)
	}
	parts = append(parts, p.Published.UTC().Format("2 Jan 15:04 UTC"))
	var watches []string
	for _, h := range p.Matches[:min(len(p.Matches), 3)] {
		if !slices.Contains(watches, h.Watch) {
			watches = append(watches, h.Watch)
		}
	}
	return strings.Join(append(parts, strings.Join(watches, ", ")), " · ")
}

// cutTitle bounds a title in a list.
func cutTitle(s string) string {
	const most = 120
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}
