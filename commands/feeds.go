package commands

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

func (d *Desk) feedsList(ctx context.Context, a ask) (Reply, error) {
	feeds, err := d.with.Feeds.Feeds(ctx, a.Workspace)
	if err != nil || len(feeds) == 0 {
		return noFeeds(a), err
	}
	var entries []Line
	failing := 0
	for _, f := range feeds {
		line := item(bold(f.Name), " · ", label(f.Feed.Source, f.Feed.URL), " · ", code(f.Schedule))
		if f.FromFile {
			line.Spans = append(line.Spans, Span{Text: " · from the file"})
		}
		switch {
		case f.Disabled != "":
			failing++
			line = item(line.Spans, " · ", bold("given up"))
		case f.Feed.Cursor.Failures > 0:
			failing++
			line = item(line.Spans, " · ", bold("fails"))
		}
		entries = append(entries, line)
	}
	r := Reply{Title: count(len(feeds), "feed", "feeds"), Lines: some(entries, maxEntries)}
	if failing > 0 {
		r.Lines = append(r.Lines, say("Why ", count(failing, "feed fails", "feeds fail"), ": ", a.write("feeds status")))
	} else {
		r.Lines = append(r.Lines, say("All about one: ", a.write("feeds status", "name", feeds[0].Name)))
	}
	return r, nil
}

func noFeeds(a ask) Reply {
	who := "Begin with: "
	if a.role < Admin {
		who = "An admin writes: "
	}
	return Reply{Title: "No feeds yet", Lines: []Line{
		say("Nothing is read, so there can be no alerts. ", who, a.write("feeds add", "url", "https://example.org/rss.xml")),
	}}
}

func (d *Desk) feedsStatus(ctx context.Context, a ask) (Reply, error) {
	feeds, err := d.with.Feeds.Feeds(ctx, a.Workspace)
	if err != nil || len(feeds) == 0 {
		return noFeeds(a), err
	}
	if name := a.Args["name"]; name != "" {
		f, ok := feedNamed(feeds, name)
		if !ok {
			return Reply{}, noFeed(feeds, name, a)
		}
		r := oneFeed(a, f)
		missed, err := d.missed(ctx, a, f.Name)
		r.Lines = append(r.Lines, missed...)
		return r, err
	}
	missed, err := d.missed(ctx, a, "")
	if err != nil {
		return Reply{}, err
	}
	var failing []Line
	unread := 0
	for _, f := range feeds {
		if f.Feed.Cursor.Failures > 0 {
			failing = append(failing, item(bold(f.Name), " ", trouble(f)))
		} else if f.Feed.Cursor.Visited.IsZero() {
			unread++
		}
	}
	r := Reply{Title: "All feeds are fine"}
	if len(failing) > 0 {
		r.Title = count(len(failing), "feed fails", "feeds fail")
		r.Lines = some(failing, maxEntries)
	}
	rest := len(feeds) - len(failing) - unread
	r.Lines = append(r.Lines, say(count(rest, "feed is", "feeds are"), " read without trouble."))
	if unread > 0 {
		r.Lines = append(r.Lines, say(count(unread, "feed waits", "feeds wait"), " for the first visit."))
	}
	r.Lines = append(r.Lines, missed...)
	r.Lines = append(r.Lines, say("All about one: ", a.write("feeds status", "name", feeds[0].Name)))
	return r, nil
}

// missed tells of gaps in the last week, of the feed of that name or with "" of all; nothing where there are none.
func (d *Desk) missed(ctx context.Context, a ask, name string) ([]Line, error) {
	c, err := d.with.Coverage.Coverage(ctx, a.Workspace, a.now.Add(-coverSpan))
	if err != nil {
		return nil, err
	}
	n, last := 0, alerts.NamedGap{}
	for _, f := range c.FeedGaps { // the one with the newest first
		if name != "" && f.Last.Name != name {
			continue
		}
		if n == 0 {
			last = f.Last
		}
		n += f.Gaps
	}
	if n == 0 {
		return nil, nil
	}
	return []Line{say("Since a week ago: ", count(n, "gap", "gaps"), ", in which articles may have been missed; the last: ",
		bold(last.Name), " ", gapSpans(last.Gap), ". All: ", a.write("coverage"))}, nil
}

// trouble tells since when and why a feed fails, and when it is tried again.
func trouble(f FeedStatus) []Span {
	c := f.Feed.Cursor
	line := say("was never read; ", count(c.Failures, "visit", "visits"), " failed")
	if !c.Succeeded.IsZero() {
		line = say("was last read ", moment(c.Succeeded), "; ", count(c.Failures, "visit", "visits"), " failed since")
	}
	why := strings.TrimRight(cut(clean(c.Failure), 300), ".")
	if why != "" {
		line = say(line.Spans, ": ", why)
	}
	line = say(line.Spans, ".")
	switch {
	case f.Disabled != "":
		line = say(line.Spans, " It is not polled any more: ", cut(clean(f.Disabled), 200), ".")
	case c.Manners.Trouble == alerts.TroubleGone: // why it fails says that it is no longer asked
	case !f.NextPoll.IsZero():
		line = say(line.Spans, " Next try: ", moment(f.NextPoll), ".")
	}
	return line.Spans
}

func oneFeed(a ask, f FeedStatus) Reply {
	c := f.Feed.Cursor
	r := Reply{Title: "Feed " + f.Name, Lines: []Line{
		say(shown(f), " · ", label(f.Feed.Source, f.Feed.URL)),
		say("Schedule ", code(f.Schedule), " · ", count(f.Articles, "article", "articles"), " recorded"),
	}}
	if f.FromFile {
		r.Lines = append(r.Lines, say("From the configuration file, read-only in chat."))
	}
	r.Lines = append(r.Lines, pagesRead(f)...)
	switch {
	case c.Failures > 0:
		r.Lines = append(r.Lines, say("It ", trouble(f)))
	case c.Visited.IsZero():
		r.Lines = append(r.Lines, say("It waits for its first visit; the articles it has then are recorded, not announced."))
	default:
		how := "Read without trouble, last "
		if c.Warning != "" {
			how = "Read, last "
		}
		line := say(how, moment(c.Visited), ".")
		if !f.NextPoll.IsZero() {
			line = say(line.Spans, " Next visit: ", moment(f.NextPoll), ".")
		}
		r.Lines = append(r.Lines, line)
		if c.Warning != "" {
			r.Lines = append(r.Lines, say("Not read whole: ", cut(clean(c.Warning), 300)))
		}
	}
	r.Lines = append(r.Lines, moves(a, f)...)
	if c.Manners.Trouble == alerts.TroubleHeld || c.Manners.Trouble == alerts.TroubleGone {
		r.Lines = append(r.Lines, say("An admin takes it as it is now with ", a.write("feeds accept", "name", f.Name)))
	}
	return r
}

// pagesRead tells how the pages behind the feed's articles fare, where they are read.
func pagesRead(f FeedStatus) []Line {
	tried := f.PagesRead + f.PagesFailed
	switch {
	case tried == 0 && !f.Feed.FullText():
		return nil
	case tried == 0:
		return []Line{say("The pages behind its new articles are read for their full text; none came yet.")}
	}
	line := say("Full text: ", strconv.Itoa(f.PagesRead), " of ", count(tried, "page", "pages"), " read; the other articles have what the feed says.")
	if f.PagesFailed == 0 {
		line = say("Full text: ", count(tried, "page", "pages"), " read.")
	}
	if f.PageFailure != "" {
		line = say(line.Spans, " The last that was not read: ", cut(clean(f.PageFailure), 300))
	}
	return []Line{line}
}

// shown is the feed's address as everybody in the workspace may see it. What stands behind the question mark in one of
// the file's may be a key that the file took from the environment.
func shown(f FeedStatus) Span {
	if before, _, more := strings.Cut(f.Feed.URL, "?"); f.FromFile && more {
		return code(before + "?…")
	}
	return link(f.Feed.URL, f.Feed.URL)
}

func (d *Desk) feedsRemove(ctx context.Context, a ask) (Reply, error) {
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
	case f.FromFile:
		return Reply{}, &refusalError{[]Line{say("The feed ", code(f.Name), " comes from the configuration file and is read-only in chat. ",
			"Whoever runs Attaché removes it there.")}}
	}
	if err := d.with.Feeds.RemoveFeed(ctx, a.change("feed %s removed: %s", f.Name, f.Feed.URL), f.Name); err != nil {
		return Reply{}, err
	}
	return Reply{Title: "Feed removed", Lines: []Line{
		say(bold(f.Name), " is no longer read for you. What was read stays."),
		say("To take it back: ", a.write("feeds add", optionsOf(f)...)),
	}}, nil
}

// feedNamed returns the feed of that name (folded), the workspace's own before the file's.
func feedNamed(feeds []FeedStatus, name string) (found FeedStatus, ok bool) {
	for _, f := range feeds {
		if same(f.Name, name) && (!ok || found.FromFile) {
			found, ok = f, true
		}
	}
	return found, ok
}

func noFeed(feeds []FeedStatus, name string, a ask) error {
	line := say("There is no feed ", code(cut(name, 60)), ".")
	names := make([]string, len(feeds))
	for i, f := range feeds {
		names[i] = f.Name
	}
	if near := nearest(name, names, match.Fold); near != "" {
		line = say(line.Spans, " Did you mean ", a.write(a.Name, "name", near), "?")
	}
	return &refusalError{[]Line{say(line.Spans, " See ", a.write("feeds list"), " for all of them.")}}
}

// label is a source as alerts show it: its name, country and who stands behind it.
func label(s alerts.Source, address string) string {
	name := cut(clean(s.Name), 80)
	if name == "" {
		name = host(address)
	}
	var traits []string
	owned := string(s.Ownership)
	if s.Ownership == alerts.State {
		owned = "state-run" // as in alerts
	}
	for _, t := range []string{s.Country, owned} {
		if t != "" {
			traits = append(traits, t)
		}
	}
	if len(traits) == 0 {
		return name
	}
	return name + " (" + strings.Join(traits, ", ") + ")"
}

// host is the address's host without www; the address itself if it has none.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return cut(address, 80)
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}
