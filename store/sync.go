package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// FileContent is what the configuration file provides.
type FileContent struct {
	Feeds         []alerts.Feed // each with one listing; the workspace is File, whatever it says
	Watchlists    []alerts.Watchlist
	Subscriptions []alerts.Subscription
	Now           time.Time
	// Due returns when a feed of the schedule is due next after now. A feed whose schedule changed is not due later than
	// that. If it is nil, such a feed is due now.
	Due func(schedule string, now time.Time) time.Time
}

// patient is how often a file is taken over beside other replicas that change the same rows meanwhile; then they are kept
// out of them. A large file takes a second, in which a busy replica has visited every feed that is due.
const patient = 3

// SyncFile makes the workspace File exactly what the file provides, in one transaction. The roster's version grows only
// if a watchlist or subscription changed. A feed that is no longer in the file loses that listing; one that nobody lists
// is not polled, and keeps its articles. A feed that stays keeps its cursor and next poll.
func (s *Store) SyncFile(ctx context.Context, c FileContent) error {
	return s.change(ctx, "take over configuration", func(tx txn) error {
		if tx.try > patient {
			if err := lockTables(ctx, tx, []string{"feeds", "listings", "channels", "subscriptions", "watchlists", "watches", "roster"}); err != nil {
				return err
			}
		}
		if err := syncFeeds(ctx, tx, c); err != nil {
			return err
		}
		lists, err := syncWatchlists(ctx, tx, c.Watchlists)
		if err != nil {
			return err
		}
		subs, err := syncSubscriptions(ctx, tx, c.Subscriptions)
		if err != nil {
			return err
		}
		gone, err := dropWatchlists(ctx, tx, c.Watchlists)
		if err != nil {
			return err
		}
		if lists || subs || gone {
			if err := rosterMoved(ctx, tx); err != nil {
				return err
			}
		}
		return tx.shrink(ctx)
	})
}

// fileListing is a feed as the file listed it before.
type fileListing struct {
	id       alerts.FeedID
	stored   storedListing
	announce int
	listed   time.Time
}

// syncFeeds takes off what changed or went, so that names are free, and then lists what is new or changed.
func syncFeeds(ctx context.Context, tx txn, c FileContent) error {
	wanted := map[string]storedListing{}
	for _, f := range c.Feeds {
		if len(f.Listings) != 1 {
			return fmt.Errorf("feed %s has %d listings in the file instead of one", f.URL, len(f.Listings))
		}
		if _, twice := wanted[f.URL]; twice {
			return invalid("The configuration lists the feed %s twice. Remove one.", f.URL)
		}
		wanted[f.URL] = storedListing{f.URL, f.Listings[0].Name, f.Listings[0].Schedule, f.Listings[0].FullText, f.Source}
	}
	before, err := fileListings(ctx, tx)
	if err != nil {
		return err
	}
	for url, old := range before {
		if wanted[url] == old.stored {
			continue
		}
		if _, err := tx.exec(ctx, `DELETE FROM listings WHERE feed = $1 AND workspace = ''`, int64(old.id)); err != nil {
			return err
		}
		if _, stays := wanted[url]; !stays {
			if err := relabel(ctx, tx, old.id); err != nil {
				return err
			}
		}
	}
	for _, f := range c.Feeds {
		if err := syncFeed(ctx, tx, c, f, before[f.URL]); err != nil {
			return err
		}
	}
	return nil
}

// syncFeed lists one feed of the file; old is how it was listed, zero if it was not.
func syncFeed(ctx context.Context, tx txn, c FileContent, f alerts.Feed, old fileListing) error {
	l := f.Listings[0]
	l.Workspace = alerts.File
	var err error
	id := old.id
	switch {
	case old.stored == storedListing{f.URL, l.Name, l.Schedule, l.FullText, f.Source}:
	case old.id == 0:
		id, err = list(ctx, tx, f, l, c.Now)
	default:
		err = relist(ctx, tx, c, f, l, old)
	}
	if err != nil {
		return err
	}
	if id == old.id && f.New == old.announce { // a statement for each of thousands would make the transaction long
		return nil
	}
	_, err = tx.exec(ctx, `UPDATE feeds SET announce = $2 WHERE id = $1 AND announce <> $2`, int64(id), f.New)
	return err
}

// relist lists a feed again whose listing changed, as it was listed since then: what it may have missed before is still told. Its
// next poll comes no later than a changed schedule says, unless it fails: then it waits as long as it was told to.
func relist(ctx context.Context, tx txn, c FileContent, f alerts.Feed, l alerts.Listing, old fileListing) error {
	var next time.Time
	var failures int
	if _, err := tx.row(ctx, `SELECT next_poll, failures FROM feeds WHERE id = $1`, []any{int64(old.id)}, moment{&next}, &failures); err != nil {
		return err
	}
	if err := addListing(ctx, tx, old.id, f.Source, l, old.listed); err != nil {
		return err
	}
	if l.Schedule != old.stored.Schedule && failures == 0 {
		due := c.Now
		if c.Due != nil {
			due = c.Due(l.Schedule, c.Now)
		}
		if due.Before(next) {
			next = due
		}
	}
	if _, err := tx.exec(ctx, `UPDATE feeds SET next_poll = $2 WHERE id = $1`, int64(old.id), at(next)); err != nil {
		return err
	}
	return enable(ctx, tx, old.id, c.Now)
}

// fileListings returns the feeds that the file listed before, by URL.
func fileListings(ctx context.Context, tx txn) (map[string]fileListing, error) {
	out := map[string]fileListing{}
	query := `SELECT f.id, f.url, f.announce, l.name, l.schedule, l.full_text, l.source, l.listed FROM listings l JOIN feeds f ON f.id = l.feed WHERE l.workspace = ''`
	err := tx.each(ctx, query, nil, func(columns func(...any) error) error {
		var v fileListing
		err := columns(&v.id, &v.stored.URL, &v.announce, &v.stored.Name, &v.stored.Schedule, &v.stored.FullText, document{&v.stored.Source}, moment{&v.listed})
		out[v.stored.URL] = v
		return err
	})
	return out, err
}

// syncWatchlists adds and changes the file's lists, and tells whether any differs from before.
func syncWatchlists(ctx context.Context, tx txn, lists []alerts.Watchlist) (changed bool, err error) {
	for _, l := range lists {
		stands, err := listStands(ctx, tx, l)
		if err != nil {
			return false, err
		}
		if stands {
			continue
		}
		changed = true
		if _, err := tx.exec(ctx, `INSERT INTO watchlists (workspace, folded, name, version) VALUES ('', $1, $2, 1)
			ON CONFLICT (workspace, folded) DO UPDATE SET name = excluded.name, version = watchlists.version + 1`, folded(l.Name), l.Name); err != nil {
			return false, err
		}
		if _, err := tx.exec(ctx, `DELETE FROM watches WHERE workspace = '' AND list = $1`, folded(l.Name)); err != nil {
			return false, err
		}
		for _, w := range l.Watches {
			added, err := addWatch(ctx, tx, alerts.File, l.Name, w)
			if err != nil {
				return false, err
			}
			if !added {
				return false, invalid("The configuration's watchlist %s has two watches named %s. Rename one.", l.Name, w.Name)
			}
		}
	}
	return changed, nil
}

// listStands tells whether the file's list is stored as it is. Its watches are compared one by one: there may be a hundred
// thousand, and nearly always they stand.
func listStands(ctx context.Context, tx txn, l alerts.Watchlist) (bool, error) {
	var name string
	found, err := tx.row(ctx, `SELECT name FROM watchlists WHERE workspace = '' AND folded = $1`, []any{folded(l.Name)}, &name)
	if err != nil || !found || name != l.Name {
		return false, err
	}
	rest, stands := l.Watches, true
	err = tx.each(ctx, `SELECT watch FROM watches WHERE workspace = '' AND list = $1 ORDER BY position`, []any{folded(l.Name)}, func(columns func(...any) error) error {
		var w storedWatch
		err := columns(document{&w})
		if stands = stands && len(rest) > 0 && sameWatch(w.watch(), rest[0]); stands {
			rest = rest[1:]
		}
		return err
	})
	return stands && len(rest) == 0, err
}

func sameWatch(x, y alerts.Watch) bool {
	return x.Kind == y.Kind && x.Name == y.Name && x.Query == y.Query && x.Surname == y.Surname && x.Exact == y.Exact && x.Least == y.Least &&
		slices.Equal(x.Aliases, y.Aliases) && slices.Equal(x.Near, y.Near) && slices.Equal(x.Not, y.Not)
}

// syncSubscriptions adds, changes and removes the file's subscriptions, and tells whether any differs from before. One that
// stays as it was is not touched, nor is its channel: those who send change its row again and again.
func syncSubscriptions(ctx context.Context, tx txn, wanted []alerts.Subscription) (changed bool, err error) {
	type key struct {
		channel alerts.Channel
		list    alerts.ListRef
	}
	of := func(v alerts.Subscription) key {
		return key{v.Channel, alerts.ListRef{Workspace: v.List.Workspace, Name: folded(v.List.Name)}}
	}
	found, err := subscriptions(ctx, tx, `s.from_file`)
	if err != nil {
		return false, err
	}
	before, stays := map[key]alerts.Subscription{}, map[key]bool{}
	for _, v := range found {
		before[of(v)] = v
	}
	for _, v := range wanted {
		v.FromFile = true
		stays[of(v)] = true
		old, stood := before[of(v)]
		v.List = cmp.Or(old.List, v.List) // in its own spelling
		if stood && v == old {
			continue
		}
		if err := addChannel(ctx, tx, v.Channel); err != nil {
			return false, err
		}
		put, err := putSubscription(ctx, tx, v)
		if err != nil {
			return false, fmt.Errorf("subscribe %s to %s: %w", v.Channel, v.List.Name, err)
		}
		changed = changed || put
	}
	for k := range before {
		if stays[k] {
			continue
		}
		changed = true
		if _, err := tx.exec(ctx, `DELETE FROM subscriptions WHERE channel = $1 AND list_workspace = $2 AND list = $3`,
			string(k.channel), string(k.list.Workspace), k.list.Name); err != nil {
			return false, err
		}
	}
	return changed, nil
}

// dropWatchlists removes the file's lists that are no longer in it, with what subscribes to them in chat.
func dropWatchlists(ctx context.Context, tx txn, wanted []alerts.Watchlist) (changed bool, err error) {
	stays := map[string]bool{}
	for _, l := range wanted {
		stays[folded(l.Name)] = true
	}
	var gone []string
	err = tx.each(ctx, `SELECT folded FROM watchlists WHERE workspace = '' ORDER BY folded`, nil, func(columns func(...any) error) error {
		var list string
		err := columns(&list)
		if !stays[list] {
			gone = append(gone, list)
		}
		return err
	})
	if err != nil {
		return false, err
	}
	for _, list := range gone {
		changed = true
		for _, query := range []string{
			`DELETE FROM subscriptions WHERE list_workspace = '' AND list = $1`,
			`DELETE FROM watches WHERE workspace = '' AND list = $1`,
			`DELETE FROM watchlists WHERE workspace = '' AND folded = $1`,
		} {
			if _, err := tx.exec(ctx, query, list); err != nil {
				return false, err
			}
		}
	}
	return changed, nil
}
