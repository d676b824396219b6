package main

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/config"
	"github.com/seed-6c43f0f2/attache/feeds"
	"github.com/seed-6c43f0f2/attache/store"
)

type checkCmd struct {
	configFile
}

func (c checkCmd) Run(ctx context.Context, s surroundings) error {
	path, err := c.path()
	if err != nil {
		return err
	}
	file, n, err := load(path, s)
	if err != nil {
		return withStore(ctx, file, configFailure(path, err))
	}
	if err := store.Check(ctx, file.Store); err != nil {
		return err
	}
	watches := 0
	for _, l := range n.content.Watchlists {
		watches += len(l.Watches)
	}
	printedAlike(file, n.content.Watchlists)
	longNames(file, n.content.Watchlists)
	if others := tryNames(file, n.content.Watchlists); others > 0 {
		fmt.Fprintf(s.stderr, "bot: only the first %d persons were tried on their own names; %s not.\n", mostTried, plural(others, "other was", "others were"))
	}
	verdict := "is fine"
	if w := file.Warnings(); len(w) > 0 {
		verdict += ", but for " + plural(len(w), "warning")
		for _, m := range w {
			fmt.Fprintln(s.stderr, "bot: warning:", m.Error())
		}
	}
	_, err = fmt.Fprintf(s.stdout, "%s %s: %s, %s in %s, %s.\n", path, verdict, plural(len(file.Feeds), "feed"), plural(watches, "watch", "watches"),
		plural(len(file.Watchlists), "watchlist"), plural(len(file.Subscriptions), "subscription"))
	return err
}

// withStore adds what is wrong with the store to the mistakes of the file that names it, so that all are told at once.
func withStore(ctx context.Context, file *config.File, err error) error {
	var mistakes config.Mistakes
	if file == nil || !errors.As(err, &mistakes) || slices.ContainsFunc(mistakes, func(m config.Mistake) bool { return m.Path == "store" }) {
		return err
	}
	if say := alerts.Say(store.Check(ctx, file.Store)); say != "" {
		mistakes = append(mistakes, file.Mistake("store", say))
		mistakes.Sort()
	}
	return mistakes
}

// addresses returns the mistakes about the addresses of feeds: those that the fetcher refuses whatever is there, and one
// feed given twice in other spellings. What may be one feed is warned of. Where said has a mistake in what may be fetched,
// nobody knows what that is, and no address is refused for it.
func addresses(file *config.File, said config.Mistakes) (mistakes config.Mistakes) {
	unknown := slices.ContainsFunc(said, func(m config.Mistake) bool { return strings.HasPrefix(m.Path, "fetch.allow_") })
	type seen struct{ path, query string }
	first := map[string]seen{}
	for i, f := range file.Feeds {
		path := fmt.Sprintf("feeds[%d].url", i)
		u, err := url.Parse(f.URL)
		if err != nil || f.URL == "" {
			continue // config said so
		}
		if say := refusal(u, file.Fetch); say != "" && !unknown {
			mistakes = append(mistakes, file.Mistake(path, say))
		}
		key, query := feeds.Canonical(f.URL), essence(u)
		before, again := first[key]
		line, _ := file.At(before.path)
		switch {
		case key == "": // no address that can be compared
		case !again:
			first[key] = seen{path, query}
		case before.query == query:
			mistakes = append(mistakes, file.Mistake(path, fmt.Sprintf("url: is the feed of line %d in another spelling. Take one of the two out.", line)))
		default:
			file.Warn(file.Mistake(path, fmt.Sprintf("url: may be the feed of line %d with another query. If it is, take one of the two out.", line)))
		}
	}
	return mistakes
}

// essence is the query without what only counts visitors, in one order. It is more careful than feeds.Canonical, which
// is made for articles: a parameter that hardly ever matters may name a feed.
func essence(u *url.URL) string {
	parts := slices.DeleteFunc(strings.Split(u.RawQuery, "&"), func(part string) bool {
		return part == "" || strings.HasPrefix(part, "utm_")
	})
	slices.Sort(parts)
	return strings.Join(parts, "&")
}

// refusal says why the fetcher would refuse the address without looking any name up; "" if it may be fetched. The guard
// of the fetcher judges again, each connection.
func refusal(u *url.URL, fetch config.Fetch) string {
	host := strings.TrimRight(strings.ToLower(u.Hostname()), ".")
	ip, err := netip.ParseAddr(host)
	private := host == "localhost" || strings.HasSuffix(host, ".localhost")
	if ip = ip.Unmap(); err == nil {
		private = !ip.IsGlobalUnicast() || ip.IsPrivate()
	}
	if private && !fetch.AllowPrivateNetworks {
		return "url: is on this machine or in a private network, where nothing is fetched. Write a public address, or allow_private_networks: true under fetch:."
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[strings.ToLower(u.Scheme)]
	}
	if n, err := strconv.Atoi(port); err == nil && fetch.AllowPorts != nil && !slices.Contains(fetch.AllowPorts, n) {
		return fmt.Sprintf("url: is at port %d, where nothing is fetched. Write another address, or add %d to allow_ports: under fetch:.", n, n)
	}
	return ""
}
