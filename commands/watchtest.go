package commands

import (
	"context"
	"fmt"
	"slices"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

const (
	maxTried     = 50_000 // articles that a trial looks at
	defaultSince = "7d"
)

// watchTest tells what a watch would have found in the articles read so far. Nothing is saved or sent. A watch's own name
// without further terms means that watch as it is.
func (d *Desk) watchTest(ctx context.Context, a ask) (Reply, error) {
	if d.with.History == nil {
		return Reply{}, invalid("No articles are kept here to try a watch on.")
	}
	since := a.Args["since"]
	if since == "" {
		since = defaultSince
	}
	span, ok := alerts.ParseSpan(since)
	if !ok {
		return Reply{}, invalid("since: takes hours, days or weeks, at most ten years; write 12h, 7d or 2w for example.")
	}
	t, err := d.trial(ctx, a)
	if err != nil {
		return Reply{}, err
	}
	if !d.trying.TryLock() {
		return Reply{}, invalid("Another watch is being tried just now. Try again in a minute.")
	}
	defer d.trying.Unlock()
	b := alerts.NewBacktest(t.lens, func(l alerts.ListRef, watch string) bool { return l == t.list && same(watch, t.watch.Name) })
	err = d.with.History.Replay(ctx, a.now.Add(-span), maxTried, func(p alerts.Past) error {
		if p.Feed.HeardIn(a.Workspace) {
			p.Feed = as(p.Feed, a.Workspace)
			b.Add(p)
		}
		return ctx.Err()
	})
	if err != nil {
		return Reply{}, fmt.Errorf("try watch: %w", err)
	}
	return t.reply(a, b.Report(a.now), since), nil
}

// as is the feed as the workspace has it, without the words of others.
func as(f alerts.Feed, w alerts.Workspace) alerts.Feed {
	f.Source, f.Labels = f.SourceIn(w), nil
	f.Listings = slices.DeleteFunc(slices.Clone(f.Listings), func(l alerts.Listing) bool { return l.Workspace != alerts.File && l.Workspace != w })
	return f
}

// A trial is a watch as it would stand among the others of its workspace.
type trial struct {
	watch alerts.Watch
	list  alerts.ListRef
	saved bool // it is the watch that stands there already
	heard bool // a channel hears its list
	lens  *alerts.Lens
}

// trial finds out which watch is meant, and puts it on its list: the one that is named, the only one, or one of its own
// that this channel hears.
func (d *Desk) trial(ctx context.Context, a ask) (trial, error) {
	s, err := d.shelf(ctx, a.Workspace)
	if err != nil {
		return trial{}, err
	}
	t, err := pickTrial(s, a)
	if err != nil {
		return trial{}, err
	}
	lists := s.with(t)
	if err := d.with.History.Learn(ctx, lists); err != nil {
		return trial{}, err
	}
	subs, err := d.with.Subscriptions.Subscriptions(ctx, a.Workspace)
	if err != nil {
		return trial{}, err
	}
	t.heard = slices.ContainsFunc(subs, func(s alerts.Subscription) bool { return s.List == t.list })
	if !t.heard {
		here := a.Channel
		if here == "" {
			here = alerts.NewChannel(a.Workspace, "trial")
		}
		subs = append(slices.Clone(subs), alerts.Subscription{Channel: here, List: t.list})
	}
	if _, err := match.Compile(t.watch.Terms()); err != nil { // one that was saved by another version
		return trial{}, badSpec(t.watch.Spec, err, a)
	}
	t.lens, _ = alerts.NewLens(alerts.Roster{Watchlists: lists, Subscriptions: subs}) // others that do not compile are left out, as live
	return t, nil
}

// pickTrial reads the arguments: terms make a new watch, a name alone may be a watch that is there.
func pickTrial(s shelf, a ask) (trial, error) {
	name, bare := a.Args["list"], true
	for arg := range a.Args {
		bare = bare && (arg == "name" || arg == "list" || arg == "since")
	}
	l, there := s.named(name)
	if name != "" && !there {
		return trial{}, noList(s, name, a)
	}
	if bare {
		from := s
		if there {
			from = shelf{l}
		}
		if found := from.spots(a.Args["name"]); len(found) > 0 {
			return trial{watch: found[0].watch, list: found[0].list.ListRef, saved: true}, nil
		}
	}
	w, err := newWatch(a)
	if err != nil {
		return trial{}, err
	}
	t := trial{watch: w, list: alerts.ListRef{Workspace: a.Workspace, Name: name}}
	switch mine := s.own(); {
	case there:
		t.list = l.ListRef
	case name == "" && len(mine) == 1:
		t.list = mine[0].ListRef
	}
	return t, nil
}

// with is the shelf with the watch on trial in its place.
func (s shelf) with(t trial) []alerts.Watchlist {
	lists := slices.Clone(s)
	i := slices.IndexFunc(lists, func(l alerts.Watchlist) bool { return l.ListRef == t.list })
	if i < 0 {
		i = len(lists)
		lists = append(lists, alerts.Watchlist{ListRef: t.list})
	}
	others := slices.DeleteFunc(slices.Clone(lists[i].Watches), func(w alerts.Watch) bool { return same(w.Name, t.watch.Name) })
	lists[i].Watches = append(others, t.watch)
	return lists
}

func (t trial) reply(a ask, r alerts.Report, since string) Reply {
	reply := Reply{Title: "Trying " + cut(t.watch.Name, 100)}
	if r.Articles == 0 {
		reply.Lines = []Line{say("No article of the last ", since, " is kept, so there is nothing to try it on. What is read: ", a.write("feeds status"))}
		reply.Lines = append(reply.Lines, doubts(t.watch)...)
		return reply
	}
	x := r.Trials[0] // trial made sure that there is one
	reply.Lines = []Line{say("Of ", count(r.Articles, "article", "articles"), " read since ", moment(r.From), ", it fires on ", x.Articles, ": ",
		bold(fmt.Sprintf("%s, %.1f a day", count(x.Stories, "alert", "alerts"), r.PerDay(x.Stories))), busy(x), ".")}
	if r.Articles >= maxTried {
		reply.Lines = append(reply.Lines, say("Only the newest ", maxTried, " articles were looked at."))
	}
	if x.Stories > 0 && x.Alone < x.Stories {
		reply.Lines = append(reply.Lines, say(count(x.Alone, "alert", "alerts"), " of these no other watch would have brought."))
	}
	if x.Gathered > 0 {
		reply.Lines = append(reply.Lines, say(count(x.Gathered, "alert", "alerts"), " of these would be told in a message with others: read late, or too many of one feed in an hour."))
	}
	reply.Lines = append(reply.Lines, silences(x)...)
	reply.Lines = append(reply.Lines, shares(x)...)
	reply.Lines = append(reply.Lines, examples("For example:", x.Samples, 4)...)
	if x.NearMisses > 0 {
		reply.Lines = append(reply.Lines, examples(count(x.NearMisses, "near miss", "near misses")+", not announced:", x.Nearly, 3)...)
		reply.Lines = append(reply.Lines, more(x.NearMisses-min(len(x.Nearly), 3), "more near miss", "more near misses")...)
	}
	reply.Lines = append(reply.Lines, doubts(t.watch)...)
	if t.saved {
		return reply
	}
	reply.Lines = append(reply.Lines, say("Nothing is saved yet. To save it: ", a.write("watch add", pairsOf(t.watch, t.list.Name)...)))
	return reply
}

// busy names the day with the most alerts, if there is one to name.
func busy(x alerts.Trial) string {
	if x.Busiest < 2 {
		return ""
	}
	return fmt.Sprintf(", at most %d on one day (%s)", x.Busiest, x.BusiestDay.Format("2 Jan"))
}

// silences tell on how many articles it fires without an alert, and why.
func silences(x alerts.Trial) []Line {
	var lines []Line
	for _, reason := range []alerts.Reason{alerts.BelowBar, alerts.FirstVisit, alerts.TooOld} {
		if n := x.Silent[reason]; n > 0 {
			lines = append(lines, item(count(n, "article", "articles"), " not announced: ", string(reason)))
		}
	}
	return lines
}

// shares name the feeds that it fires on most, and the watches that fire with it.
func shares(x alerts.Trial) []Line {
	const most = 4
	var lines []Line
	elsewhere := x.Articles
	for i, f := range x.Feeds[:min(len(x.Feeds), most)] {
		if i == 0 {
			lines = append(lines, say("Where it fires:"))
		}
		line := item(bold(f.Feed), ": ", f.Fired, " of ", count(f.Read, "article", "articles"))
		if noisy(f, x) {
			line = item(line.Spans, ", noisy: not: phrases or least:headline would quieten it")
		}
		lines, elsewhere = append(lines, line), elsewhere-f.Fired
	}
	lines = append(lines, more(elsewhere, "more article in other feeds", "more articles in other feeds")...)
	for i, o := range x.Overlaps[:min(len(x.Overlaps), most)] {
		if i == 0 {
			lines = append(lines, say("Watches that fire on the same articles:"))
		}
		line := item(bold(o.Watch), " of ", code(o.List.Name), ": ", o.Articles, " of ", x.Articles)
		if o.Articles == x.Articles && x.Articles > 1 {
			line = item(line.Spans, ", all that this one finds")
		}
		lines = append(lines, line)
	}
	return append(lines, more(x.More+max(0, len(x.Overlaps)-most), "more watch", "more watches")...)
}

// more says at the end of a list how much is not on it.
func more(n int, one, many string) []Line {
	if n <= 0 {
		return nil
	}
	return []Line{item("and ", count(n, one, many))}
}

// noisy tells a feed on every third article of which a watch fires, and from which most of what it finds comes.
func noisy(f alerts.FeedShare, x alerts.Trial) bool {
	return f.Fired >= 5 && f.Fired*3 >= f.Read && f.Fired*2 > x.Articles
}

// examples are articles with what fired, or what was missing.
func examples(title string, all []alerts.Sample, most int) []Line {
	if len(all) == 0 {
		return nil
	}
	lines := []Line{say(title)}
	for _, s := range all[:min(len(all), most)] {
		why := []any{mentionWords(s.Mention), ": ", fired(s.Evidence)}
		if s.Reason != "" {
			why = []any{mark(cut(flat(s.Evidence[0].Text), 60)), "; ", s.Reason}
		}
		lines = append(lines, item(append([]any{moment(s.Article.Time()), " · ", link(s.Article.Title, s.Article.URL), " · ", label(s.Source, s.Article.URL), " · "}, why...)...))
	}
	return lines
}
