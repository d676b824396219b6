package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/store"
)

const (
	maxLines = 15 // of one notice
	givenUp  = "it could not be read for 14 days"
)

// tellHealth tells the admins' channel of feeds that fail for long, are given up or are read again, and of gaps: each
// once. What is due is said by the store. Feeds that the admins' workspace does not hear are named in the log alone.
func (a *app) tellHealth(ctx context.Context) error {
	now := a.now()
	ailing, err := a.store.Ailing(ctx)
	if err != nil {
		return err
	}
	t := store.Telling{Why: givenUp, Now: now}
	lines := map[alerts.Turn][]string{}
	for _, h := range ailing {
		turn := h.Turn(now)
		switch turn {
		case alerts.Ill:
			t.Ill = append(t.Ill, h.Feed.ID)
		case alerts.Dead:
			t.Dead = append(t.Dead, h.Feed.ID)
		case alerts.Revived:
			t.Revived = append(t.Revived, h.Feed.ID)
		case alerts.Unturned:
			continue
		}
		line := healthLine(h.Feed, turn, a.adminSpace())
		a.log.Warn("a feed's health turned", "feed", h.Feed.ID, "turn", turn, "say", line)
		if h.Feed.HeardIn(a.adminSpace()) {
			lines[turn] = append(lines[turn], line)
		}
	}
	missed, err := a.missed(ctx, &t)
	if err != nil {
		return err
	}
	floods, err := a.floods(ctx, now)
	if err != nil || len(t.Ill)+len(t.Dead)+len(t.Revived)+len(t.Gaps)+len(floods) == 0 {
		return err
	}
	t.Notices = append(a.healthNotices(lines, missed, now), floods...)
	return a.tell(ctx, t)
}

// tell tells the admins, unless another replica did meanwhile: then what is left is told at the next turn.
func (a *app) tell(ctx context.Context, t store.Telling) error {
	err := a.store.Tell(ctx, t)
	if errors.Is(err, store.ErrTold) {
		a.log.Debug("another replica told the admins")
		return nil
	}
	if err == nil {
		a.nudge()
	}
	return err
}

// adminSpace is the workspace of the admins' channel, File if there is none.
func (a *app) adminSpace() alerts.Workspace {
	if a.file.Admins.Channel == "" {
		return alerts.File
	}
	return alerts.Channel(a.file.Admins.Channel).Workspace()
}

// healthNotices are the messages to the admins' channel; none without one.
func (a *app) healthNotices(lines map[alerts.Turn][]string, missed []string, now time.Time) (out []alerts.Delivery) {
	admins := alerts.Channel(a.file.Admins.Channel)
	if admins == "" {
		return nil
	}
	for _, n := range []struct {
		lines     []string
		one, many string
		advice    string
	}{
		{lines[alerts.Ill], "A feed fails", "%d feeds fail", "They go on being tried. See feeds status."},
		{lines[alerts.Dead], "A feed is given up", "%d feeds are given up", "They are not polled any more. Remove them, or have one polled again: feeds retry NAME."},
		{lines[alerts.Revived], "A feed is read again", "%d feeds are read again", "What they had published meanwhile comes in one message, as far as they still hold it."},
		{missed, "Articles may be missing from a feed", "Articles may be missing from %d feeds", "When the feed was read again, it held nothing of before. A faster schedule helps a feed that holds few items. See coverage."},
	} {
		if len(n.lines) == 0 {
			continue
		}
		title := n.one
		if len(n.lines) > 1 {
			title = fmt.Sprintf(n.many, len(n.lines))
		}
		text := append([]string{}, n.lines[:min(len(n.lines), maxLines)]...)
		if more := len(n.lines) - len(text); more > 0 {
			text = append(text, fmt.Sprintf("and %d more", more))
		}
		out = append(out, notice(admins, title, strings.Join(append(text, n.advice), "\n"), fmt.Sprint(now.UnixNano()), now))
	}
	return out
}

// healthLine says what happened to a feed, why, and what to try. It names no address: one of the file's may hold a key.
func healthLine(f alerts.Feed, turn alerts.Turn, w alerts.Workspace) string {
	name, c := feedName(f, w), f.Cursor
	since := "was never read"
	if !c.Succeeded.IsZero() {
		since = "was last read " + clock(c.Succeeded)
	}
	switch turn {
	case alerts.Revived:
		return fmt.Sprintf("• %s is read again since %s.", name, clock(c.Succeeded))
	case alerts.Dead:
		return fmt.Sprintf("• %s %s and has failed for 14 days: %s", name, since, c.Failure)
	case alerts.Ill, alerts.Unturned:
	}
	return fmt.Sprintf("• %s %s; %s failed since %s: %s", name, since, plural(c.Failures, "visit"), clock(c.Failing), c.Failure)
}

// feedName is the feed's name as the workspace knows it.
func feedName(f alerts.Feed, w alerts.Workspace) string {
	if f.HeardIn(w) {
		return f.NameIn(w)
	}
	return f.Name()
}

func clock(t time.Time) string { return t.UTC().Format("2 Jan 15:04 UTC") }

// missed adds the gaps that nobody was told of, and says when they were.
func (a *app) missed(ctx context.Context, t *store.Telling) (lines []string, err error) {
	feeds, gaps, err := a.store.UntoldGaps(ctx, t.Now)
	for _, f := range feeds {
		t.Gaps = append(t.Gaps, f.ID)
		all := gaps[f.ID]
		last := all[len(all)-1]
		line := fmt.Sprintf("• %s: %s", feedName(f, a.adminSpace()), gapLine(last))
		if len(all) > 1 {
			line += fmt.Sprintf(", and %s before", plural(len(all)-1, "time"))
		}
		a.log.Warn("articles of a feed may be missing", "feed", f.ID, "name", f.Name(), "from", last.From, "to", last.To, "gaps", len(all))
		if f.HeardIn(a.adminSpace()) {
			lines = append(lines, line)
		}
	}
	return lines, err
}

// gapLine says from when to when a gap is, with seconds where it is short, and how long.
func gapLine(g alerts.Gap) string {
	const short = 10 * time.Minute
	at := clock
	if g.To.Sub(g.From) < short {
		at = func(t time.Time) string { return t.UTC().Format("2 Jan 15:04:05 UTC") }
	}
	return fmt.Sprintf("%s to %s (%s)", at(g.From), at(g.To), g.Length())
}

// floods are notices of feeds that bring more than is their habit, one a day for each feed: made again, it is the same.
func (a *app) floods(ctx context.Context, now time.Time) (out []alerts.Delivery, err error) {
	admins := alerts.Channel(a.file.Admins.Channel)
	if admins == "" {
		return nil, nil
	}
	all, err := a.store.Floods(ctx, now.Add(-time.Hour))
	for _, f := range all {
		if !f.Feed.HeardIn(a.adminSpace()) {
			continue
		}
		text := fmt.Sprintf("%s brought %s within an hour that came on top of its habit; they were told in one message. "+
			"Did it publish old articles anew, or change its addresses? Look at the feed; if it goes on, remove it or narrow the watch.",
			feedName(f.Feed, a.adminSpace()), plural(f.Stories, "new story", "new stories"))
		out = append(out, notice(admins, "A feed brings unusually much", text, f.Feed.URL+f.Last.UTC().Format(time.DateOnly), now))
	}
	return out, err
}

// notice is a message of the bot's own; the same key makes the same message, which goes out once.
func notice(to alerts.Channel, title, text, key string, now time.Time) alerts.Delivery {
	id := alerts.NewStoryID("notice", title+"\x00"+key)
	return alerts.Delivery{
		Channel: to, Story: id, Part: alerts.Root, Drawing: alerts.DrawingVersion,
		Alert: alerts.Alert{ID: alerts.NewAlertID(to, id), Channel: to, Story: id, Title: title, Summary: text, Published: now, Notice: true},
	}
}
