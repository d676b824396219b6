package commands

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/seed-6c43f0f2/attache/alerts"
)

func (d *Desk) feedsAdd(ctx context.Context, a ask) (Reply, error) {
	address, err := feedURL(a)
	if err != nil {
		return Reply{}, err
	}
	source, err := sourceOf(a)
	if err != nil {
		return Reply{}, err
	}
	schedule := a.Args["schedule"]
	if schedule == "" {
		schedule = d.with.Schedule
	} else if err := d.with.CheckSchedule(schedule); err != nil {
		if alerts.Say(err) == "" {
			err = invalid("The schedule “%s” cannot be read. Write cron's five fields, such as */10 * * * *, or @every 10m.", cut(schedule, 60))
		}
		return Reply{}, err
	}
	feeds, err := d.with.Feeds.Feeds(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	if err := refuseDouble(feeds, address, a); err != nil {
		return Reply{}, err
	}
	if err := d.adds.take(a.Workspace, a.now); err != nil {
		return Reply{}, err
	}
	title, articles, err := d.checkFeed(ctx, a, address)
	if err != nil {
		return Reply{}, err
	}
	if source.Name == "" {
		source.Name = cut(title, 80)
	}
	name := freeName(feeds, slug(a.Args["name"]), title, address)
	f := alerts.Feed{URL: address, Source: source, Listings: []alerts.Listing{{Workspace: a.Workspace, Name: name, Schedule: schedule}}}
	if err := d.with.Feeds.AddFeed(ctx, a.change("feed %s added: %s, %s", name, address, schedule), f); err != nil {
		return Reply{}, err
	}
	d.with.Nudge()
	return d.added(a, f, title, articles), nil
}

// added says what was found and what comes of it.
func (d *Desk) added(a ask, f alerts.Feed, title string, articles int) Reply {
	l := f.Listings[0]
	r := Reply{Title: "Feed added", Lines: []Line{
		say(bold(l.Name), " · ", link(label(f.Source, f.URL), f.URL), " · ", code(l.Schedule)),
	}}
	if d.with.CheckFeed != nil {
		found := "It has no articles at the moment"
		if articles > 0 {
			found = "It has " + count(articles, "article now, which is", "articles now, which are") + " recorded and not announced"
		}
		if title != "" {
			found = "It calls itself “" + title + "”. " + found
		}
		r.Lines = append(r.Lines, say(found, "; new ones are announced as they come."))
	}
	r.Lines = append(r.Lines, say("How it fares: ", a.write("feeds status", "name", l.Name)))
	return r
}

// checkFeed reads the feed once, if the Desk can.
func (d *Desk) checkFeed(ctx context.Context, a ask, address string) (title string, articles int, err error) {
	if d.with.CheckFeed == nil {
		return "", 0, nil
	}
	title, articles, err = d.with.CheckFeed(ctx, address)
	if err == nil || alerts.Say(err) != "" || ctx.Err() != nil {
		return cut(clean(title), 120), articles, err
	}
	reference := d.with.NewID()
	d.with.Log.WarnContext(ctx, "new feed not readable", "reference", reference, "workspace", string(a.Workspace), "host", host(address), "err", err)
	return "", 0, &refusalError{[]Line{say("The feed at ", host(address), " could not be read, so it was not added. Open the address in a browser: ",
		"it should show RSS, Atom or JSON Feed. If it does, give whoever runs Attaché this reference: ", code(reference))}}
}

// feedURL reads the address. It holds no user or password, which the configuration takes from nobody either.
func feedURL(a ask) (string, error) {
	address := a.Args["url"]
	if !strings.Contains(address, "://") && !strings.HasPrefix(address, "mailto:") {
		address = "https://" + address
	}
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Hostname() == "" || strings.Contains(address, " ") || !strings.Contains(u.Host, ".") && !strings.Contains(u.Host, ":") && u.Host != "localhost":
		return "", invalid("“%s” is no web address. Write the feed's whole address, such as https://example.org/rss.xml.", cut(a.Args["url"], 80))
	case u.Scheme != "http" && u.Scheme != "https":
		return "", invalid("A feed's address begins with https:// or http://, not with %s:. Write for example https://example.org/rss.xml.", cut(u.Scheme, 20))
	case u.User != nil:
		return "", invalid("A user and password are not for chat. Ask whoever runs Attaché to put the feed into the configuration file, with login:.")
	}
	u.Fragment = ""
	return u.String(), nil
}

func sourceOf(a ask) (alerts.Source, error) {
	s := alerts.Source{Name: a.Args["source"], Ownership: alerts.Ownership(a.Args["ownership"])}
	country := a.Args["country"]
	if country == "" {
		return s, nil
	}
	region, err := language.ParseRegion(country)
	if err != nil || !region.IsCountry() || len(country) != 2 {
		return s, invalid("“%s” is no country. Write its two letters, such as country:FR.", cut(country, 40))
	}
	s.Country = region.Canonicalize().String()
	return s, nil
}

// refuseDouble refuses a feed that is heard already, before it is fetched.
func refuseDouble(feeds []FeedStatus, address string, a ask) error {
	for _, f := range feeds {
		if f.Feed.URL == address {
			return &refusalError{[]Line{say("That feed is read already, as ", code(f.Name), ". How it fares: ", a.write("feeds status", "name", f.Name))}}
		}
	}
	if name := slug(a.Args["name"]); a.Args["name"] != "" {
		if name == "" {
			return invalid("A feed's name needs a letter or a digit; write for example name:un-news.")
		}
		if f, ok := feedNamed(feeds, name); ok {
			return &refusalError{[]Line{say("The name ", code(f.Name), " is taken by another feed. Write another name:, or none.")}}
		}
	}
	return nil
}

// freeName is the feed's short name: the one asked for, else made from its title, else from its host, and not taken.
func freeName(feeds []FeedStatus, asked, title, address string) string {
	name := asked
	if name == "" {
		name = slug(title)
	}
	if name == "" {
		name = slug(host(address))
	}
	for i, free := 2, name; ; i++ {
		if _, taken := feedNamed(feeds, free); !taken {
			return free
		}
		free = name + "-" + strconv.Itoa(i)
	}
}
