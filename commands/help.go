package commands

import (
	"context"
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// help shows the first steps and all commands the person may give, or one command.
func (d *Desk) help(a ask) (Reply, error) {
	if name := a.Args["command"]; name != "" {
		return helpCommand(a, name)
	}
	r := Reply{Title: "Attaché watches the news for you"}
	r.Lines = append(r.Lines, say("It reads feeds, finds the people and topics on your watchlists, and posts each story once. The first steps:"))
	r.Lines = append(r.Lines, firstSteps(a.how)...)
	for _, role := range []Role{Viewer, Editor, Admin} {
		r.Lines = append(r.Lines, helpRole(a, role)...)
	}
	r.Lines = append(r.Lines, say("One command with an example: ", a.write("help", "command", "watch add")))
	if a.how == "console" {
		r.Lines = append(r.Lines, say(bold("Ctrl-C"), " ends the bot."))
	}
	return r, nil
}

// helpRole lists the commands of a role: one a line if the person has it, else their names and who can help.
func helpRole(a ask, role Role) []Line {
	var names []string
	var lines []Line
	for _, p := range paths(Catalog()) {
		if p.Role == role {
			names = append(names, a.how.prefix()+p.Name)
			lines = append(lines, item(code(a.how.prefix()+p.Name), " – ", p.Say))
		}
	}
	who := map[Role]string{Viewer: "Everybody", Editor: "Editors", Admin: "Admins"}[role]
	if a.role >= role || a.Workspace == alerts.File {
		return append([]Line{say(bold(who+":"), "")}, lines...)
	}
	return []Line{say(bold(who), " also have ", and(names), ". You are ", a.role.one(), " here. ", whoHelps(role, a.Workspace))}
}

func helpCommand(a ask, name string) (Reply, error) {
	s := &scanner{text: []rune(clean(name))}
	p, err := s.command(a.how)
	if err == nil && p.Name == "" || s.help {
		return Reply{}, invalid("Write %shelp and a command, such as: %s", a.how.prefix(), a.how.write("help", "command", "watch add"))
	}
	if err == nil {
		return helpPath(a, p), nil
	}
	for _, c := range Catalog() {
		if len(c.Subs) == 0 || lower(clean(strings.TrimLeft(name, "/"))) != c.Name {
			continue
		}
		r := Reply{Title: a.how.prefix() + c.Name, Lines: []Line{say(c.Say, ":")}}
		for _, sub := range c.Subs {
			r.Lines = append(r.Lines, item(code(a.how.prefix()+c.Name+" "+sub.Name), " – ", sub.Say))
		}
		return Reply{Title: r.Title, Lines: append(r.Lines, say("One of them: ", a.write("help", "command", c.Name+" "+c.Subs[0].Name)))}, nil
	}
	return Reply{}, err
}

func helpPath(a ask, p path) Reply {
	r := Reply{Title: a.how.prefix() + p.Name, Lines: []Line{say(p.Say, "."), say(bold("Usage:"), " ", code(a.how.usage(p)))}}
	for _, o := range p.Options {
		line := item(code(o.Name), " – ", o.Say)
		if len(o.Choices) > 0 {
			line = item(line.Spans, " (", or(o.Choices), ")")
		}
		if !o.Required {
			line = item(line.Spans, "; may be left out")
		}
		r.Lines = append(r.Lines, line)
	}
	r.Lines = append(r.Lines, say(bold("For example:"), " ", code(a.how.example(p))))
	if a.Workspace != alerts.File && a.role < p.Role {
		r.Lines = append(r.Lines, say("It is for ", p.Role.String(), "s, and you are ", a.role.one(), " here. ", whoHelps(p.Role, a.Workspace)))
	}
	return r
}

// firstSteps are what a team does first: watch, subscribe, test.
func firstSteps(m manner) []Line {
	return []Line{
		item(bold("Watch"), " somebody: ", code(m.write("watch add", "name", "Steve Witkoff"))),
		item(bold("Subscribe"), " the channel where the alerts shall appear: ", code(m.write("subscribe", "list", firstList))),
		item(bold("Test"), " how an alert looks there: ", code(m.write("test"))),
	}
}

// Welcome greets a workspace that Attaché has just joined; name is what the platform calls it, "" if it does not say.
func (d *Desk) Welcome(ctx context.Context, w alerts.Workspace, name string) Reply {
	m := mannerOf(w)
	title := "Attaché is here"
	if name = cut(clean(name), 60); name != "" {
		title = "Attaché has joined " + name
	}
	r := Reply{Title: title, Lines: []Line{
		say("It reads feeds, finds the people and topics you watch, and posts each story once. Three steps:"),
	}}
	r.Lines = append(r.Lines, firstSteps(m)...)
	feeds, err := d.with.Feeds.Feeds(ctx, w)
	switch {
	case err != nil:
		d.with.Log.WarnContext(ctx, "feeds not known at the greeting", "workspace", string(w), "err", err)
	case len(feeds) == 0:
		r.Lines = append(r.Lines, say("No feed is read yet; an admin adds one: ", code(m.write("feeds add", "url", "https://example.org/rss.xml"))))
	default:
		r.Lines = append(r.Lines, say(count(len(feeds), "feed is", "feeds are"), " read already: ", code(m.write("feeds list"))))
	}
	return Reply{Title: r.Title, Lines: append(r.Lines, say("Everything else: ", code(m.write("help"))))}
}

// Leave ends what w hears: Attaché was taken out of it.
func (d *Desk) Leave(ctx context.Context, w alerts.Workspace) error {
	if w == alerts.File {
		return nil
	}
	return d.with.Subscriptions.Leave(ctx, Change{
		Workspace: w, ActorName: w.Platform(), Command: "leave", RequestID: d.with.NewID(),
		Detail: "taken out of the workspace: its subscriptions stop", At: d.with.Now(),
	})
}
