package commands

import (
	"context"
	"slices"
	"strconv"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// whyArticle tells what became of an article: never read, read and nothing in it, or what was decided about it.
func (d *Desk) whyArticle(ctx context.Context, a ask, address string) (Reply, error) {
	f, decisions, ok, err := d.with.Archive.Decided(ctx, a.Workspace, d.with.Canonical(address))
	if err == nil && !ok && d.with.Canonical(address) != address {
		f, decisions, ok, err = d.with.Archive.Decided(ctx, a.Workspace, address)
	}
	if err != nil {
		return Reply{}, err
	}
	if !ok {
		return d.neverRead(ctx, a, address)
	}
	names, err := d.outlets(ctx, a, []Found{f})
	if err != nil {
		return Reply{}, err
	}
	r := Reply{Title: "What became of this article", Lines: []Line{
		say(link(f.Article.Title, f.Article.URL), " · ", names.label(f)),
		say("It was read ", moment(f.Article.Seen), "."),
	}}
	switch page := f.Article.Page; page {
	case "":
	case alerts.PageRead:
		r.Lines = append(r.Lines, say("It was judged by the full text of its page."))
	default:
		r.Lines = append(r.Lines, say("It was judged by what the feed says of it, since its page was not read: ", cut(clean(page), 300)))
	}
	if len(decisions) > 0 {
		r.Lines = append(r.Lines, found(decisions, f)...)
		r.Lines = append(r.Lines, decided(decisions, a.Channel)...)
		r.Lines = append(r.Lines, almost("Almost, too:", keptMisses(f))...)
		story, err := d.wholeStory(ctx, a, decisions)
		r.Lines = append(r.Lines, story...)
		return r, err
	}
	shelf, err := d.shelf(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	subs, err := d.with.Subscriptions.Subscriptions(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	r.Lines = append(r.Lines, unmatched(a, f, shelf, subs)...)
	return r, nil
}

// wholeStory names the message in which the article was told, if it was.
func (d *Desk) wholeStory(ctx context.Context, a ask, decisions []alerts.Decision) ([]Line, error) {
	for _, x := range decisions {
		if x.Verb == alerts.Skipped && x.Reason != alerts.Discarded {
			continue
		}
		id := alerts.NewAlertID(x.Channel, x.Story)
		t, there, err := d.with.Archive.Told(ctx, a.Workspace, id, 0)
		switch {
		case err != nil:
			return nil, err
		case !there && x.Verb == alerts.Gathered:
			return []Line{say("The message that tells it with others is still to come: within minutes, or an hour after the last of its kind.")}, nil
		case there && t.Discarded != "":
			return []Line{say("The message was discarded by ", cut(clean(t.Discarded), 60), ": ", a.write("why", "alert", id))}, nil
		}
		return []Line{say("The whole story: ", a.write("why", "alert", id))}, nil
	}
	return nil, nil
}

// found quotes what the watches fired on, each watch once.
func found(decisions []alerts.Decision, f Found) []Line {
	var lines []Line
	seen := map[string]bool{}
	for _, d := range decisions {
		key := d.List.Name + "\x00" + d.Watch
		if seen[key] || len(seen) == maxHits {
			continue
		}
		seen[key] = true
		lines = append(lines, say(bold(d.Watch), " of the watchlist ", code(d.List.Name), " is mentioned ", mentionWords(d.Mention), ":"))
		lines = append(lines, quotes(specOf(d), &f.Article)...)
	}
	return lines
}

// unmatched tells why nothing was decided: no watch matches, one almost does, or one does by now.
func unmatched(a ask, f Found, s shelf, subs []alerts.Subscription) []Line {
	if f.Article.Title == "" && f.Article.Text == "" {
		return []Line{say("No watch that a channel hears matched it then. Its text is no longer kept, so there is no more to tell. ",
			"Newer articles: ", a.write("lookup", "name", "Steve Witkoff"))}
	}
	lens, spots := watchLens(s)
	matches, missed := lens.look(f)
	var lines, now []Line
	for i, spot := range spots {
		m, ok := matches[i]
		if !ok {
			continue
		}
		why := "the watch or its subscription is newer than that"
		if len(heard(spot.list.ListRef, subs, a.Channel)) == 0 {
			why = "no channel hears the list"
		}
		now = append(now, item(bold(spot.watch.Name), " of ", code(spot.list.Name), ", ", mentionWords(m.Mention), ": ", fired(m.Evidence), "; ", why))
	}
	if len(now) > 0 {
		lines = append(lines, say("When it was read, no watch that a channel hears matched it. By now it matches:"))
		return append(lines, some(now, maxHits)...)
	}
	lines = append(lines, say("It was read but matched nothing: none of ", count(len(spots), "watch", "watches"), " is in it."))
	misses := keptMisses(f)
	for _, miss := range missed {
		i, err := strconv.Atoi(miss.ID)
		if err == nil && i < len(spots) {
			misses = append(misses, missLine(spots[i].watch.Name, spots[i].list.Name, miss.Evidence, miss.Reason))
		}
	}
	lines = append(lines, almost("Almost:", misses)...)
	return append(lines, say("To be told of such articles: ", offer(a, f)))
}

// keptMisses are the watches that nearly fired when the article was read.
func keptMisses(f Found) []Line {
	var entries []Line
	for _, n := range f.NearMisses {
		entries = append(entries, missLine(n.Watch, n.List.Name, n.Evidence, n.Reason))
	}
	return entries
}

func missLine(watch, list string, e match.Evidence, reason string) Line {
	return item(bold(watch), " of ", code(list), ": ", mark(cut(flat(e.Text), 60)), "; ", sentence(reason))
}

// almost lists near misses, each watch once.
func almost(title string, entries []Line) []Line {
	seen := map[string]bool{}
	entries = slices.DeleteFunc(entries, func(l Line) bool {
		key := l.Spans[0].Text + "\x00" + l.Spans[2].Text
		again := seen[key]
		seen[key] = true
		return again
	})
	if len(entries) == 0 {
		return nil
	}
	return append([]Line{say(title)}, some(entries, maxHits)...)
}

// neverRead answers an address that the archive does not have.
func (d *Desk) neverRead(ctx context.Context, a ask, address string) (Reply, error) {
	feeds, err := d.with.Feeds.Feeds(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	if len(feeds) == 0 {
		return noFeeds(a), nil
	}
	where := host(address)
	r := Reply{Title: "That article was never read", Lines: []Line{
		say("No feed that is read here had ", link(address, address), ", or it is older than what is kept."),
	}}
	for _, f := range feeds {
		if host(f.Feed.URL) != where {
			continue
		}
		line := say("The feed ", code(f.Name), " is of the same site.")
		if f.Feed.Cursor.Failures > 0 {
			line = say(line.Spans, " It ", trouble(f))
		}
		r.Lines = append(r.Lines, say(line.Spans, " How it fares: ", a.write("feeds status", "name", f.Name)))
		return r, nil
	}
	who := "To add one: "
	if a.role < Admin {
		who = "An admin adds one: "
	}
	r.Lines = append(r.Lines, say("No feed here has its address at ", where, ", though one of another site may carry its articles. All feeds: ",
		a.write("feeds list"), ". ", who, a.write("feeds add", "url", "https://"+where+"/…")))
	return r, nil
}
