package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"time"
	"unicode"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/web"
)

// checkChannels names what is missing in each channel that the bot should post to, with its cure, and starts those that
// were stopped and are well again.
func (a *app) checkChannels(ctx context.Context) {
	roster, _, err := a.store.Roster(ctx, -1)
	if err != nil {
		a.log.Error("channels not checked", "err", err)
		return
	}
	channels := []alerts.Channel{}
	seen := map[alerts.Channel]bool{}
	add := func(c alerts.Channel) {
		if c != "" && !seen[c] {
			seen[c] = true
			channels = append(channels, c)
		}
	}
	for _, s := range roster.Subscriptions {
		add(s.Channel)
	}
	add(alerts.Channel(a.file.Admins.Channel))
	for _, c := range channels {
		a.lookAt(ctx, c)
	}
}

// lookAt checks a channel, if its platform can.
func (a *app) lookAt(ctx context.Context, c alerts.Channel) {
	for _, p := range a.platforms {
		if p.name == c.Platform() && p.check != nil {
			a.checkChannel(ctx, p, c)
		}
	}
}

// checkChannel names what is missing in a channel. One in which nothing is missing any more is sent to again, if it was
// stopped.
func (a *app) checkChannel(ctx context.Context, p platform, c alerts.Channel) {
	err := p.check(ctx, c)
	switch {
	case ctx.Err() != nil:
		return
	case alerts.Say(err) != "":
		a.log.Error("the bot can't do its work in a channel", "channel", c, "cure", alerts.Say(err))
		return
	case err != nil:
		a.log.Warn("channel not checked", "channel", c, "err", err)
		return
	}
	if err := a.store.StartChannel(ctx, c, a.now()); err != nil {
		a.log.Error("channel not started", "channel", c, "err", err)
	}
}

// notify tells the admins' channel, if there is one, by the same way as any alert, and the log always. Each replica finds
// out for itself, and again after a restart: what it says of a channel or a platform is one message a day, by UTC.
func (a *app) notify(ctx context.Context, n alerts.Notice) {
	a.log.Error("needs a person", "platform", n.Platform, "channel", n.Channel, "class", n.Class, "say", n.Say)
	admins := alerts.Channel(a.file.Admins.Channel)
	if admins == "" || admins == n.Channel {
		return
	}
	title := fmt.Sprintf("A message did not reach %s", n.Channel)
	if n.Channel == "" {
		title = fmt.Sprintf("Attaché is cut off from %s", n.Platform)
	}
	now := a.now()
	d := notice(admins, title, n.Say, fmt.Sprint(n.Platform, n.Channel, n.Class, now.UTC().Format(time.DateOnly)), now)
	c := alerts.Change{
		Workspace: admins.Workspace(), Channel: admins, ActorID: "attache", ActorName: "Attaché", Command: "notice",
		RequestID: string(d.Story), Detail: title, At: now,
	}
	if err := a.store.Enqueue(ctx, c, d); err != nil {
		a.log.Error("admins not told", "err", err)
	}
}

// webOptions say what the web server shows.
func (a *app) webOptions() web.Options {
	o := web.Options{Gatherer: a.registry, Ready: a.ready, Mounts: map[string]http.Handler{}}
	for _, p := range a.platforms {
		maps.Copy(o.Mounts, p.mount)
	}
	if a.subscriber != nil {
		o.Mounts["/websub/"] = a.subscriber
	}
	return o
}

// ready says what is wrong, in words that anybody may read.
func (a *app) ready(ctx context.Context) (wrong []string) {
	if err := a.store.Ping(ctx); err != nil {
		wrong = append(wrong, "store: not answering. "+reason(err))
	} else if err := a.store.Failing(); err != nil {
		wrong = append(wrong, "store: takes no changes. "+reason(err))
	}
	for platform := range a.dispatcher.Dead() {
		wrong = append(wrong, platform+": the credential is refused")
	}
	for _, p := range a.platforms {
		if p.healthy != nil && p.healthy() != nil {
			wrong = append(wrong, p.name+": not connected")
		}
	}
	return wrong
}

// reason is what an error of the store's says, in one line of bounded length: what to do or, where nobody knows that, its
// own words, which hold no password.
func reason(err error) string {
	const longest = 400 // runes
	said := alerts.Say(err)
	switch {
	case said != "":
	case errors.Is(err, context.DeadlineExceeded):
		said = "It gave no answer in time."
	default:
		said = err.Error()
	}
	line := []rune(strings.Join(strings.FieldsFunc(said, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }), " "))
	if len(line) > longest {
		line = append(line[:longest-1], '…')
	}
	return string(line)
}
