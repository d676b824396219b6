package commands

import (
	"context"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"sync"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A FeedSample is a feed that was found at an address and read once.
type FeedSample struct {
	URL      string
	Title    string    // its own; untrusted
	Articles int       // that it has now
	Newest   []string  // titles of some of them, the newest first; untrusted
	Last     time.Time // of the newest; zero if it gives no dates
	PerDay   float64   // articles a day of late; 0 if it gives no dates
	Named    bool      // the page itself names it, or it is the address itself
}

// The bounds of what is found and waits for an answer.
const (
	findsMost  = 200 // of all workspaces
	findsTime  = time.Hour
	maxSamples = 8 // of one address that are shown
)

// looked is what was found for somebody who has to say which feed they mean.
type looked struct {
	id    string
	ask   Request // by which it was found: name, schedule and the like are as given there
	feeds []FeedSample
	at    time.Time
}

// finds are those that wait for an answer. Its zero value is ready.
type finds struct {
	mu  sync.Mutex
	all []looked // the oldest first
}

// put keeps a find, in the place of the oldest where there are too many.
func (f *finds) put(v looked) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.all = append(f.all, v)
	for len(f.all) > findsMost || len(f.all) > 0 && v.at.Sub(f.all[0].at) > findsTime {
		f.all = f.all[1:]
	}
}

// choice is how a feed that was found is named: "2", of what the person was last shown in the channel, or with the find's id,
// "k3v7q2ma-2", as buttons do.
var choice = regexp.MustCompile(`^(?:([a-z0-9-]{1,20})-)?([1-9][0-9]?)$`)

// take returns the feed that a choice names, and the request that found it; ok is false where the find is over.
func (f *finds) take(a ask, id string, n int) (s FeedSample, found Request, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := len(f.all) - 1; i >= 0; i-- {
		v := f.all[i]
		mine := v.ask.Actor.ID == a.Actor.ID && v.ask.Channel == a.Channel
		if v.ask.Workspace == a.Workspace && a.now.Sub(v.at) <= findsTime && (v.id == id || id == "" && mine) {
			if n > len(v.feeds) {
				return FeedSample{}, Request{}, false
			}
			return v.feeds[n-1], v.ask, true
		}
	}
	return FeedSample{}, Request{}, false
}

// chosen returns the feed that the url option names by its number. picked is false where it is an address.
func (d *Desk) chosen(a ask) (s FeedSample, found Request, picked bool, err error) {
	m := choice.FindStringSubmatch(a.Args["url"])
	if m == nil {
		return FeedSample{}, Request{}, false, nil
	}
	n, _ := strconv.Atoi(m[2])
	s, found, ok := d.finds.take(a, m[1], n)
	if !ok {
		return FeedSample{}, Request{}, true, &refusalError{[]Line{say("There is no such choice, or it is over: feeds that were found wait for an hour. ",
			"Look again: ", a.write("feeds add", "url", "https://example.org"))}}
	}
	return s, found, true, nil
}

// findFeeds reads the address, if the Desk can: a feed, or the feeds of a web page.
func (d *Desk) findFeeds(ctx context.Context, a ask, address string) ([]FeedSample, error) {
	if d.with.FindFeeds == nil {
		return []FeedSample{{URL: address, Named: true}}, nil
	}
	found, err := d.with.FindFeeds(ctx, address)
	if err == nil && len(found) == 0 {
		err = invalid("No feed was found at %s. Look on the site for a link named RSS or Feed and give that address.", host(address))
	}
	if err == nil || alerts.Say(err) != "" || ctx.Err() != nil {
		return found[:min(len(found), maxSamples)], err
	}
	reference := d.with.NewID()
	d.with.Log.WarnContext(ctx, "new feed not readable", "reference", reference, "workspace", string(a.Workspace), "host", host(address), "err", err)
	return nil, &refusalError{[]Line{say("The feed at ", host(address), " could not be read, so it was not added. Open the address in a browser: ",
		"it should show RSS, Atom or JSON Feed. If it does, give whoever runs Attaché this reference: ", code(reference))}}
}

// which shows what was found, and asks which one is meant.
func (d *Desk) which(a ask, address string, found []FeedSample, feeds []FeedStatus) Reply {
	f := looked{id: d.with.NewID(), ask: a.Request, at: a.now}
	r := Reply{Private: true, Title: fmt.Sprintf("%s at %s", count(len(found), "feed", "feeds"), host(address))}
	for _, s := range found {
		if name, read := readAs(feeds, s.URL); read {
			r.Lines = append(r.Lines, item("Read already, as ", code(name), ": ", sampled(s)))
			continue
		}
		f.feeds = append(f.feeds, s)
		n := strconv.Itoa(len(f.feeds))
		r.Lines = append(r.Lines, item(bold(n), " ", sampled(s)))
		r.Offers = append(r.Offers, Offer{Label: n + " " + cut(titleOf(s), 60), Line: "feeds add " + f.id + "-" + n})
	}
	if len(r.Offers) == 0 {
		r.Lines = append(r.Lines, say("All of them are read already. How they fare: ", a.write("feeds status")))
		return r
	}
	d.finds.put(f)
	r.Lines = append(r.Lines, say("Nothing is added yet. To add one of them: ", a.write("feeds add", "url", "1")))
	return r
}

// sampled shows a feed by its title, its pace and its newest articles.
func sampled(s FeedSample) []Span {
	line := say(link(titleOf(s), s.URL), " · ", pace(s))
	for i, title := range s.Newest {
		before := ", “"
		if i == 0 {
			before = ". Newest: “"
		}
		line = say(line.Spans, before, cut(clean(title), 60), "”")
	}
	return line.Spans
}

func titleOf(s FeedSample) string {
	if t := cut(clean(s.Title), 80); t != "" {
		return t
	}
	return s.URL
}

// pace says how many articles a feed brings.
func pace(s FeedSample) []Span {
	now := count(s.Articles, "article", "articles")
	switch {
	case s.Articles == 0:
		return say("no articles at the moment").Spans
	case s.Last.IsZero():
		return say(now, ", without dates").Spans
	case s.PerDay == 0:
		return say(now, ", the last ", moment(s.Last)).Spans
	case s.PerDay >= 1:
		return say("about ", count(int(math.Round(s.PerDay)), "article", "articles"), " a day").Spans
	}
	return say("about ", count(max(1, int(math.Round(7*s.PerDay))), "article", "articles"), " a week").Spans
}

// readAs returns under which name an address is read already.
func readAs(feeds []FeedStatus, address string) (name string, read bool) {
	for _, f := range feeds {
		if f.Feed.URL == address {
			return f.Name, true
		}
	}
	return "", false
}
