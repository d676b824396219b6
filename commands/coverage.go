package commands

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// Bounds of the lists in a coverage.
const (
	maxFailing = 10
	maxGaps    = 10
	maxUnheard = 5
	coverSpan  = 7 * 24 * time.Hour
)

func (d *Desk) coverage(ctx context.Context, a ask) (Reply, error) {
	span := coverSpan
	if s := a.Args["since"]; s != "" {
		var ok bool
		if span, ok = alerts.ParseSpan(s); !ok {
			return Reply{}, &refusalError{[]Line{say("“", cut(s, 40), "” is no span of time. Write days or weeks, at most ten years: ", a.write("coverage", "since", "7d"))}}
		}
	}
	c, err := d.with.Coverage.Coverage(ctx, a.Workspace, a.now.Add(-span))
	if err != nil || len(c.Feeds) == 0 {
		return noFeeds(a), err
	}
	if a.how != "console" { // at the terminal sits who runs the bot; a chat's people need not know of other platforms
		c.Unheard = slices.DeleteFunc(slices.Clone(c.Unheard), func(u alerts.Unheard) bool { return u.Platform != a.Workspace.Platform() })
	}
	return covered(c, a.how), nil
}

// CoverageNote is what coverage answers in the workspace about the time since, for the note that comes by itself, and when
// any platform was not heard: it is for those who run the bot. ok is false if the workspace hears no feed.
func (d *Desk) CoverageNote(ctx context.Context, w alerts.Workspace, since time.Time) (r Reply, ok bool, err error) {
	c, err := d.with.Coverage.Coverage(ctx, w, since)
	if err != nil || len(c.Feeds) == 0 {
		return Reply{}, false, err
	}
	return covered(c, mannerOf(w)), true, nil
}

// covered tells what was read, what fails, what may have been missed, and what was not heard.
func covered(c alerts.Coverage, how manner) Reply {
	polls := say(count(len(c.Feeds), "feed", "feeds"), ", ", count(c.Polls, "poll", "polls"), failed(c.Failed), ", ",
		count(c.Articles, "article", "articles"), " read, ", count(c.NearMisses, "near miss", "near misses"), ".")
	r := Reply{Title: "Coverage since " + c.Since.Format("2 Jan 2006"), Lines: []Line{polls}}
	var failing []Line
	given := ""
	for _, f := range c.Feeds {
		if f.Feed.Cursor.Failures > 0 || f.Disabled != "" {
			failing = append(failing, item(bold(f.Name), " ", trouble(f)))
		}
		if f.Disabled != "" && given == "" {
			given = f.Name
		}
	}
	if len(failing) > 0 {
		r.Lines = append(r.Lines, say(count(len(failing), "feed fails:", "feeds fail:")))
		r.Lines = append(r.Lines, some(failing, maxFailing)...)
	} else {
		r.Lines = append(r.Lines, say("All feeds are read."))
	}
	if given != "" {
		r.Lines = append(r.Lines, say("To poll one again that was given up: ", code(how.write("feeds retry", "name", given))))
	}
	return Reply{Title: r.Title, Lines: slices.Concat(r.Lines, gaps(c), unheard(c.Unheard))}
}

func failed(n int) string {
	if n == 0 {
		return ""
	}
	return " (" + count(n, "failed", "failed") + ")"
}

// gapSpans tells from when to when a gap is, and how long.
func gapSpans(g alerts.Gap) []Span {
	return say(moment(g.From), " to ", moment(g.To), " (", g.Length(), ")").Spans
}

// gaps tells when articles may have been missed, in the order of c, and what helps.
func gaps(c alerts.Coverage) []Line {
	if c.AllGaps == 0 {
		return []Line{say("No gap: each time a feed was read, it still held what it had held before.")}
	}
	var entries []Line
	for _, g := range c.Gaps {
		entries = append(entries, item(bold(g.Name), ": ", gapSpans(g.Gap)))
	}
	entries = some(entries, maxGaps)
	if left := c.AllGaps - len(c.Gaps); left > 0 && len(c.Gaps) <= maxGaps {
		entries = append(entries, item("and ", count(left, "more", "more")))
	}
	lines := append([]Line{say(strings.TrimSpace(count(c.AllGaps, "gap", "gaps")), ", in which articles may have been missed:")}, entries...)
	return append(lines, say("A feed that holds few items needs a faster schedule; what it dropped while the bot was away can't be fetched any more."))
}

// unheard tells when platforms did not say what people wrote to the bot, the newest first.
func unheard(all []alerts.Unheard) []Line {
	if len(all) == 0 {
		return nil
	}
	var entries []Line
	for _, u := range all {
		gap := alerts.Gap{From: u.From, To: u.To}
		entries = append(entries, item(bold(strings.ToUpper(u.Platform[:1])+u.Platform[1:]), ": ", gapSpans(gap)))
	}
	lines := append([]Line{say(count(len(all), "time", "times"), " in which commands and buttons were not heard:")}, some(entries, maxUnheard)...)
	return append(lines, say("The connection was lost, and what people wrote or pressed then does not come again: do it once more. Alerts don't depend on it."))
}

func (d *Desk) feedsRetry(ctx context.Context, a ask) (Reply, error) {
	feeds, err := d.with.Feeds.Feeds(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	f, ok := feedNamed(feeds, a.Args["name"])
	switch {
	case !ok && len(feeds) == 0:
		return Reply{}, &refusalError{noFeeds(a).Lines}
	case !ok:
		return Reply{}, noFeed(feeds, a.Args["name"], a)
	}
	due, err := d.with.Feeds.RetryFeed(ctx, a.change("feed %s polled again", f.Name), f.Name)
	if err != nil {
		return Reply{}, err
	}
	d.with.Nudge()
	fares := say("How it fares: ", a.write("feeds status", "name", f.Name))
	if due.After(a.now) {
		return Reply{Title: "Feed to be polled again", Lines: []Line{
			say(bold(f.Name), " is polled at ", moment(due), " and then by its schedule: its server asked not to be asked before (Retry-After)."), fares,
		}}, nil
	}
	return Reply{Title: "Feed polled again", Lines: []Line{say(bold(f.Name), " is polled at once and then by its schedule."), fares}}, nil
}
