package commands

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A ListedFeed is a feed of a list that is imported.
type ListedFeed struct {
	URL   string // untrusted
	Title string // untrusted; "" if the list gives none
	Line  int    // of the list
}

// An Import adds the feeds of a list to a workspace. Feeds is required.
type Import struct {
	Feeds    Feeds
	Schedule string                      // of each feed; never ""
	Refuse   func(address string) string // why an address is never read, "" if it may be; nil refuses none
	Taken    []FeedStatus                // feeds that the workspace hears beside those of the store
	Progress func(done, total int)       // called after each feed; may be nil
}

// Imported is what became of a list.
type Imported struct {
	Added int
	Known int       // read already
	Twice int       // in the list
	Left  []LeftOut // what cannot be read, in the list's order
}

// LeftOut is a feed of the list that was not added, and why.
type LeftOut struct {
	Line int
	Say  string
}

// Run adds what the workspace does not read yet, one change each, so that a list may be imported again, and an import that was
// cut off goes on where it was. Nothing is fetched: the feeds are read at their turn.
func (m Import) Run(ctx context.Context, c Change, list []ListedFeed) (Imported, error) {
	var done Imported
	feeds, err := m.Feeds.Feeds(ctx, c.Workspace)
	if err != nil {
		return done, fmt.Errorf("import feeds: %w", err)
	}
	feeds = append(feeds, m.Taken...)
	names, known, seen := namesOf(feeds), map[string]bool{}, map[string]bool{}
	for _, f := range feeds {
		known[sameFeed(f.Feed.URL)] = true
	}
	for i, l := range list {
		if m.Progress != nil {
			m.Progress(i, len(list))
		}
		address, say := m.address(l)
		key := sameFeed(address)
		switch {
		case say != "":
			done.Left = append(done.Left, LeftOut{l.Line, say})
			continue
		case seen[key]:
			done.Twice++
			continue
		case known[key]:
			seen[key] = true
			done.Known++
			continue
		}
		seen[key] = true
		title := cut(clean(l.Title), 80)
		name := names.free("", title, address)
		c.Detail = fmt.Sprintf("feed %s added: %s, %s", name, address, m.Schedule)
		f := alerts.Feed{
			URL: address, Source: alerts.Source{Name: title},
			Listings: []alerts.Listing{{Workspace: c.Workspace, Name: name, Schedule: m.Schedule}},
		}
		if err := m.Feeds.AddFeed(ctx, c, f); err != nil {
			return done, fmt.Errorf("import feeds, line %d: %w", l.Line, err)
		}
		done.Added++
	}
	if m.Progress != nil {
		m.Progress(len(list), len(list))
	}
	return done, nil
}

// address returns where a listed feed is read, or why it is not.
func (m Import) address(l ListedFeed) (address, say string) {
	typed := strings.TrimSpace(l.URL)
	if rest, ok := strings.CutPrefix(typed, "feed://"); ok { // as old readers wrote it
		typed = "http://" + rest
	}
	typed = strings.TrimPrefix(typed, "feed:")
	if typed == "" {
		return "", "The feed has no address (xmlUrl)."
	}
	address, err := feedAddress(typed)
	if err != nil {
		return "", alerts.Say(err)
	}
	if len(address) > 2000 {
		return "", "The feed's address has more than 2000 characters."
	}
	if m.Refuse != nil {
		say = m.Refuse(address)
	}
	return address, say
}

// sameFeed is equal for addresses that are hardly ever two feeds: it minds neither http and https, nor the case of the host
// and the port that goes without saying, nor a slash at the end.
func sameFeed(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	host := strings.ToLower(u.Host)
	if port := map[string]string{"http": ":80", "https": ":443"}[u.Scheme]; port != "" {
		host = strings.TrimSuffix(host, port)
	}
	u.Scheme, u.Host, u.Fragment = "", host, ""
	u.Path = strings.TrimSuffix(u.Path, "/")
	return u.String()
}
