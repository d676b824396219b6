package config

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// known checks what one part of the file says about another: watchlists and platforms that are named must be there.
func (r *reader) known() {
	lists := map[string]string{} // the name by its folded form
	var names []string           // those that a mistake may propose
	for i, l := range r.file.Watchlists {
		lists[fold(l.Name)] = l.Name
		if written := r.file.origin.places[fmt.Sprintf("watchlists[%d].name", i)].text; written == l.Name && show(written) != anonymous {
			names = append(names, written)
		}
	}
	heard := map[string]string{}
	for _, f := range r.follows {
		if _, ok := lists[fold(f.list)]; !ok {
			r.wrong(f.path, "there is no watchlist %s. %s", f.shown, suggestList(f.list, names))
			continue
		}
		if f.channel != "" {
			r.once(heard, f.path, f.channel+"\x00"+fold(f.list), "this channel hears this watchlist already, by line %d. Take one of the two out.")
		}
	}
	for _, s := range r.file.Subscriptions {
		for i, list := range s.Watchlists {
			if name, ok := lists[fold(list)]; ok {
				s.Watchlists[i] = name
			}
		}
	}
	for _, n := range r.needs {
		switch {
		case n.platform == "discord" && r.file.Platforms.Discord == nil:
			r.wrong(n.path, "Discord is not set up. Add platforms: {discord: {token: \"${DISCORD_TOKEN}\"}}.")
		case n.platform == "slack" && r.file.Platforms.Slack == nil:
			r.wrong(n.path, "Slack is not set up. Add platforms: {slack: {bot_token: \"${SLACK_BOT_TOKEN}\", app_token: \"${SLACK_APP_TOKEN}\"}}.")
		}
	}
}

// idle warns of a file that leaves the bot nothing to read or nobody to tell.
func (r *reader) idle() {
	for _, w := range []struct {
		lacks bool
		say   string
	}{
		{len(r.file.Feeds) == 0, "there are no feeds:, so nothing is read until somebody adds a feed in chat. Add one as `bot init` shows."},
		{len(r.file.Subscriptions) == 0, "there are no subscriptions:, so nobody is told anything until somebody subscribes a channel in chat. Add one as `bot init` shows."},
	} {
		if w.lacks {
			r.file.Warn(Mistake{File: r.file.origin.name, Say: w.say})
		}
	}
}

// ages checks that what is announced is also remembered: an article as old as max_age is known again by what retention
// keeps. A value that was not read is no ground to complain about the other.
func (r *reader) ages() {
	f := r.file
	unread := func(m Mistake) bool { return m.Path == "max_age" || m.Path == "retention" }
	if f.MaxAge <= f.Retention || slices.ContainsFunc(r.mistakes, unread) {
		return
	}
	const cure = "What is announced must be remembered as long, or it would be announced twice: let retention: be at least max_age:."
	line, column := f.At("retention")
	switch {
	case !r.given("retention"):
		r.wrong("max_age", "max_age: is longer than retention:, which is %s where it is not given. %s", days(f.Retention), cure)
	case !r.given("max_age"):
		r.wrong("retention", "retention: is shorter than max_age:, which is %s where it is not given. %s", days(f.MaxAge), cure)
	default:
		r.wrong("max_age", "max_age: is longer than retention: at line %d, column %d. %s", line, column, cure)
	}
}

// days writes a length of time as people write it in the file, as far as it is whole days.
func days(d time.Duration) string {
	if d%day != 0 {
		return d.String()
	}
	return fmt.Sprintf("%dd", d/day)
}

// suggestList proposes the nearest of the names, or names some.
func suggestList(name string, names []string) string {
	if near := nearest(name, names); near != "" {
		return fmt.Sprintf("Did you mean %s?", near)
	}
	if len(names) == 0 {
		return "Add it under watchlists:, or name one that is there."
	}
	if len(names) > 8 {
		names = append(slices.Clone(names[:8]), "...")
	}
	return "Add it under watchlists:, or name one of: " + strings.Join(names, ", ") + "."
}
