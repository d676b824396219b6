package commands

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/alerts/match"
)

// feedsAdd adds a feed: the one at the address, or one of those that are found there. Where there are several, it asks
// which; the answer comes as feedsAdd again, with a number for the address.
func (d *Desk) feedsAdd(ctx context.Context, a ask) (Reply, error) {
	sample, before, picked, err := d.chosen(a)
	if err != nil {
		return Reply{}, err
	}
	var address string
	if picked {
		address = sample.URL
		a.Args = merged(before.Args, a.Args)
	} else if address, err = feedAddress(a.Args["url"]); err != nil {
		return Reply{}, err
	}
	wanted, err := d.listingOf(a)
	if err != nil {
		return Reply{}, err
	}
	feeds, err := d.with.Feeds.Feeds(ctx, a.Workspace)
	if err != nil {
		return Reply{}, err
	}
	page, listed := neverAFeed(feeds, address)
	if listed = listed && !picked; listed { // what is looked for may be on it
		err = refuseName(feeds, a)
	} else {
		err = refuseDouble(feeds, address, a)
	}
	if err != nil {
		return Reply{}, err
	}
	if err := d.adds.take(a.Workspace, a.now); err != nil {
		return Reply{}, err
	}
	if !picked {
		found, err := d.findFeeds(ctx, a, address)
		if err != nil {
			return Reply{}, err
		}
		if sample = found[0]; len(found) > 1 || !sample.Named {
			return saidOf(page, listed, a, d.which(a, address, found, feeds)), nil
		}
		if err := refuseDouble(feeds, sample.URL, a); err != nil {
			return Reply{}, err
		}
	}
	wanted.URL = sample.URL
	r, err := d.addFeed(ctx, a, wanted, sample, feeds)
	return saidOf(page, listed && err == nil, a, r), err
}

// neverAFeed returns the listing of an address that was never read as a feed: a web page, for the most part.
func neverAFeed(feeds []FeedStatus, address string) (FeedStatus, bool) {
	i := slices.IndexFunc(feeds, func(f FeedStatus) bool { return f.Feed.URL == address })
	if i < 0 || !feeds[i].Feed.Cursor.Succeeded.IsZero() || feeds[i].Feed.Cursor.Failures == 0 {
		return FeedStatus{}, false
	}
	return feeds[i], true
}

// saidOf adds to an answer that the page which was searched is listed as a feed itself, and what to do about that.
func saidOf(page FeedStatus, listed bool, a ask, r Reply) Reply {
	if !listed {
		return r
	}
	line := say("The page itself is listed as the feed ", code(page.Name), ", and was never read as one. Remove it: ", a.write("feeds remove", "name", page.Name))
	if page.FromFile {
		line = say("The page itself is listed in the configuration file as the feed ", code(page.Name), ", and was never read as one: take it out there.")
	}
	r.Lines = append(r.Lines, line)
	return r
}

// addFeed lists a feed that was read.
func (d *Desk) addFeed(ctx context.Context, a ask, f alerts.Feed, sample FeedSample, feeds []FeedStatus) (Reply, error) {
	title := cut(clean(sample.Title), 120)
	if f.Source.Name == "" {
		f.Source.Name = cut(title, 80)
	}
	l := &f.Listings[0]
	l.Name = namesOf(feeds).free(slug(a.Args["name"]), title, f.URL)
	if err := d.with.Feeds.AddFeed(ctx, a.change("feed %s added: %s, %s", l.Name, f.URL, l.Schedule), f); err != nil {
		return Reply{}, err
	}
	d.with.Nudge()
	return d.added(a, f, sample), nil
}

// listingOf is what the person wants of the feed: its schedule, source and whether its pages are read.
func (d *Desk) listingOf(a ask) (alerts.Feed, error) {
	source, err := sourceOf(a)
	if err != nil {
		return alerts.Feed{}, err
	}
	schedule := a.Args["schedule"]
	if schedule == "" {
		schedule = d.with.Schedule
	} else if err := d.with.CheckSchedule(schedule); err != nil {
		if alerts.Say(err) == "" {
			err = invalid("The schedule “%s” cannot be read. Write cron's five fields, such as */10 * * * *, or @every 10m.", cut(schedule, 60))
		}
		return alerts.Feed{}, err
	}
	return alerts.Feed{Source: source, Listings: []alerts.Listing{{
		Workspace: a.Workspace, Schedule: schedule, FullText: a.Args["fulltext"] == yes,
	}}}, nil
}

// merged are the options as given before, in whose place those stand that are given now.
func merged(before, now map[string]string) map[string]string {
	args := maps.Clone(before)
	for name, value := range now {
		if name != "url" {
			args[name] = value
		}
	}
	return args
}

// added says what was found and what comes of it.
func (d *Desk) added(a ask, f alerts.Feed, s FeedSample) Reply {
	l := f.Listings[0]
	r := Reply{Title: "Feed added", Lines: []Line{
		say(bold(l.Name), " · ", link(label(f.Source, f.URL), f.URL), " · ", code(l.Schedule)),
	}}
	if d.with.FindFeeds != nil {
		found := "It has no articles at the moment"
		if s.Articles > 0 {
			found = "It has " + count(s.Articles, "article now, which is", "articles now, which are") + " recorded and not announced"
		}
		if title := cut(clean(s.Title), 120); title != "" {
			found = "It calls itself “" + title + "”. " + found
		}
		r.Lines = append(r.Lines, say(found, "; new ones are announced as they come."))
	}
	if len(s.Newest) > 0 {
		r.Lines = append(r.Lines, say(sampled(s)))
	}
	if doubt := d.with.DoubtSchedule(l.Schedule); doubt != "" {
		r.Lines = append(r.Lines, say("Careful: ", doubt))
	}
	if l.FullText {
		r.Lines = append(r.Lines, say("The pages behind its new articles are read for their full text."))
	}
	r.Lines = append(r.Lines, say("How it fares: ", a.write("feeds status", "name", l.Name)))
	return r
}

// feedAddress reads an address as somebody wrote it. It holds no user or password, which the configuration takes from nobody
// either.
func feedAddress(typed string) (string, error) {
	address := typed
	if !strings.Contains(address, "://") && !strings.HasPrefix(address, "mailto:") {
		address = "https://" + address
	}
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Hostname() == "" || strings.Contains(address, " ") || !strings.Contains(u.Host, ".") && !strings.Contains(u.Host, ":") && u.Host != "localhost":
		return "", invalid("“%s” is no web address. Write the feed's whole address, such as https://example.org/rss.xml.", cut(clean(typed), 80))
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

// optionsOf are the options by which feeds add lists the feed as it is listed.
func optionsOf(f FeedStatus) []string {
	pairs := []string{"url", f.Feed.URL, "name", f.Name, "schedule", f.Schedule}
	s := f.Feed.Source
	for _, p := range [][2]string{{"source", s.Name}, {"country", s.Country}, {"ownership", string(s.Ownership)}} {
		if p[1] != "" {
			pairs = append(pairs, p[0], p[1])
		}
	}
	if f.Feed.FullText() {
		pairs = append(pairs, "fulltext", yes)
	}
	return pairs
}

// refuseDouble refuses a feed that is heard already, before it is fetched.
func refuseDouble(feeds []FeedStatus, address string, a ask) error {
	if name, read := readAs(feeds, address); read {
		return &refusalError{[]Line{say("That feed is read already, as ", code(name), ". How it fares: ", a.write("feeds status", "name", name))}}
	}
	return refuseName(feeds, a)
}

// refuseName refuses a name for a feed that is none, or is taken.
func refuseName(feeds []FeedStatus, a ask) error {
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

// feedNames are the names that feeds have.
type feedNames struct {
	taken map[string]bool // folded
	next  map[string]int  // by a name without its number: the number to try next
}

func namesOf(feeds []FeedStatus) feedNames {
	n := feedNames{taken: map[string]bool{}, next: map[string]int{}}
	for _, f := range feeds {
		n.taken[match.Fold(f.Name)] = true
	}
	return n
}

// free takes a short name for a feed: the one asked for, else made from its title, else from its host, and not taken.
func (n feedNames) free(asked, title, address string) string {
	name := asked
	if name == "" {
		name = slug(title)
	}
	if name == "" {
		name = slug(host(address))
	}
	if name == "" {
		name = "feed"
	}
	free := name
	for n.taken[match.Fold(free)] {
		n.next[name] = max(n.next[name]+1, 2)
		free = name + "-" + strconv.Itoa(n.next[name])
	}
	n.taken[match.Fold(free)] = true
	return free
}
