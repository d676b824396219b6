package commands

import (
	"context"
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// feedsAccept goes on with a feed that waits for a word: it moved to another owner's site, seems to have changed hands, or
// is gone.
func (d *Desk) feedsAccept(ctx context.Context, a ask) (Reply, error) {
	feeds, err := d.with.Feeds.Feeds(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	f, ok := feedNamed(feeds, a.Args["name"])
	if !ok && len(feeds) == 0 {
		return Reply{}, &refusalError{noFeeds(a).Lines}
	}
	if !ok {
		return Reply{}, noFeed(feeds, a.Args["name"], a)
	}
	m := f.Feed.Cursor.Manners
	var what string
	switch {
	case m.Trouble == alerts.TroubleHeld:
		what = " is taken as it is now. What it has is read at the next visit, and announced if it is news."
	case m.Trouble == alerts.TroubleGone:
		what = " is asked again."
	case m.Move.Asks:
		what = " is read from " + clean(host(m.Move.To)) + " from its next visit on."
	default:
		return Reply{}, invalid("The feed %s asks nothing of you: it neither moved elsewhere, nor changed hands, nor is gone. See %s.", f.Name, a.how.write("feeds status", "name", f.Name))
	}
	if err := d.with.Feeds.AcceptFeed(ctx, a.change("feed %s accepted as it is: %s%s", f.Name, m.Trouble, m.Move.To), f.Name); err != nil {
		return Reply{}, err
	}
	d.with.Nudge()
	return Reply{Title: "Feed accepted", Lines: []Line{
		say(bold(f.Name), what), say("How it fares: ", a.write("feeds status", "name", f.Name)),
	}}, nil
}

// moves tells where the feed says that it moved for good, as long as that is not believed. The site wrote the address, so it
// is no link, and it has no query: the site may have put the key of the old one there.
func moves(a ask, f FeedStatus) []Line {
	to := f.Feed.Cursor.Manners.Move
	switch {
	case to.To == "":
		return nil
	case to.Asks:
		return []Line{say("It says that it moved for good to ", code(cut(clean(host(to.To)), 100)), ", another owner's site, since ", moment(to.Since),
			". An admin who knows that this is right accepts it: ", a.write("feeds accept", "name", f.Name))}
	}
	address, _, more := strings.Cut(to.To, "?")
	if more {
		address += "?…"
	}
	return []Line{say("It says that it moved for good to ", code(cut(clean(address), 200)), " since ", moment(to.Since),
		"; that is not believed yet, and each visit still begins at the old address.")}
}
