package store

import (
	"context"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	renewFeed = `UPDATE feeds SET next_poll = $2, announce = $3, visited = $4, succeeded = $4, failures = 0, failure = '',
			etag = '', last_modified = '', body_hash = '', failing = $4, told_ill = FALSE, disabled = '', manners = ''
		WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM listings WHERE feed = $1)`

	hurryFeed = `UPDATE feeds SET next_poll = $2 WHERE id = $1 AND next_poll > $2 AND failures = 0`
)

// storedListing is a listing as the audit shows it.
type storedListing struct {
	URL      string        `json:"url"`
	Name     string        `json:"name"`
	Schedule string        `json:"schedule"`
	FullText bool          `json:"full_text,omitempty"`
	Source   alerts.Source `json:"source"`
}

// Feeds returns the feeds that the workspace hears, by name, each with its own listings and label only. A feed that both
// the file and the workspace list is the file's.
func (s *Store) Feeds(ctx context.Context, w alerts.Workspace) ([]alerts.FeedStatus, error) {
	var out []alerts.FeedStatus
	index := map[alerts.FeedID]int{}
	err := s.look(ctx, "read feeds", func(tx txn) error {
		query := `SELECT l.workspace, l.name, l.schedule, l.full_text, l.source, f.next_poll, f.articles, f.disabled, f.pages_read, f.pages_failed, f.page_failure, ` + feedColumns + `
			FROM listings l JOIN feeds f ON f.id = l.feed WHERE l.workspace IN ('', $1) ORDER BY l.folded, l.workspace`
		return tx.each(ctx, query, []any{string(w)}, func(columns func(...any) error) error {
			var v alerts.FeedStatus
			var l alerts.Listing
			var label alerts.Source
			err := columns(append([]any{
				&l.Workspace, &l.Name, &l.Schedule, &l.FullText,
				document{&label},
				moment{&v.NextPoll},
				&v.Articles, &v.Disabled,
				&v.PagesRead, &v.PagesFailed, &v.PageFailure,
			}, feedTargets(&v.Feed)...)...)
			if err != nil {
				return err
			}
			i, again := index[v.Feed.ID]
			if !again {
				i = len(out)
				index[v.Feed.ID] = i
				out = append(out, v)
			}
			f := &out[i]
			f.Feed.Listings = append(f.Feed.Listings, l)
			if !again || l.Workspace == alerts.File {
				f.Name, f.Schedule, f.FromFile, f.Feed.Source = l.Name, l.Schedule, l.Workspace == alerts.File, label
			}
			return nil
		})
	})
	return out, err
}

// AddFeed lists a feed for the workspace under its first listing's name and schedule. A feed that nobody listed is due at
// once. An *alerts.Invalid if the workspace hears its URL already or has the name.
func (s *Store) AddFeed(ctx context.Context, c alerts.Change, f alerts.Feed) error {
	if c.Workspace == alerts.File {
		return invalid("The feeds of the configuration file are changed there.")
	}
	if len(f.Listings) != 1 || folded(f.Listings[0].Name) == "" {
		return invalid("The feed needs a short name.")
	}
	l := f.Listings[0]
	l.Workspace = c.Workspace
	return s.change(ctx, "add feed", func(tx txn) error {
		var name string
		heard, err := tx.row(ctx, `SELECT l.name FROM listings l JOIN feeds f ON f.id = l.feed
			WHERE f.url = $2 AND l.workspace IN ('', $1) ORDER BY l.workspace LIMIT 1`, []any{string(c.Workspace), f.URL}, &name)
		if err != nil {
			return err
		}
		if heard {
			return invalid("That feed is read already, as %s.", name)
		}
		taken, err := tx.row(ctx, `SELECT l.name FROM listings l WHERE l.folded = $2 AND l.workspace IN ('', $1) LIMIT 1`,
			[]any{string(c.Workspace), folded(l.Name)}, &name)
		if err != nil {
			return err
		}
		if taken {
			return invalid("There is a feed named %s already. Choose another name.", name)
		}
		if _, err := list(ctx, tx, f, l, c.At); err != nil {
			return err
		}
		return audit(ctx, tx, c, nil, storedListing{f.URL, l.Name, l.Schedule, l.FullText, f.Source})
	})
}

// RemoveFeed takes a feed off the workspace's list; an *alerts.Invalid if it is not there or the file's. Articles stay.
func (s *Store) RemoveFeed(ctx context.Context, c alerts.Change, name string) error {
	return s.change(ctx, "remove feed", func(tx txn) error {
		var owner alerts.Workspace
		var before storedListing
		var id alerts.FeedID
		found, err := tx.row(ctx, `SELECT l.workspace, f.id, f.url, l.name, l.schedule, l.full_text, l.source FROM listings l JOIN feeds f ON f.id = l.feed
			WHERE l.folded = $2 AND l.workspace IN ('', $1) ORDER BY l.workspace DESC LIMIT 1`, []any{string(c.Workspace), folded(name)},
			&owner, &id, &before.URL, &before.Name, &before.Schedule, &before.FullText, document{&before.Source})
		switch {
		case err != nil:
			return err
		case !found:
			return invalid("There is no feed named %s. To see the feeds: feeds list.", name)
		case owner == alerts.File:
			return invalid("The feed %s comes from the configuration file and is changed there.", before.Name)
		}
		if err := unlist(ctx, tx, id, owner); err != nil {
			return err
		}
		return audit(ctx, tx, c, before, nil)
	})
}

// list adds a listing of the feed, and the feed if its URL is new. It is due now, since the new schedule may be the faster
// one, unless it fails: then it waits as long as it was told to. A feed that nobody listed is as good as new, also in that
// its next visit counts as the first.
func list(ctx context.Context, tx txn, f alerts.Feed, l alerts.Listing, now time.Time) (id alerts.FeedID, err error) {
	known, err := tx.row(ctx, `SELECT id FROM feeds WHERE url = $1`, []any{f.URL}, &id)
	if err != nil {
		return 0, err
	}
	if known {
		_, err = tx.exec(ctx, renewFeed, int64(id), at(now), f.New, at(time.Time{}))
		if err == nil {
			_, err = tx.exec(ctx, hurryFeed, int64(id), at(now))
		}
		if err == nil {
			err = enable(ctx, tx, id, now) // somebody asks for it anew
		}
	} else {
		_, err = tx.row(ctx, `INSERT INTO feeds (url, announce, source, visited, succeeded, next_poll) VALUES ($1, $2, $3, $4, $4, $5)
			RETURNING id`, []any{f.URL, f.New, document{f.Source}, at(time.Time{}), at(now)}, &id)
	}
	if err != nil {
		return 0, err
	}
	return id, addListing(ctx, tx, id, f.Source, l, now)
}

// addListing puts the feed on a workspace's list, with the label that the workspace gives it.
func addListing(ctx context.Context, tx txn, id alerts.FeedID, label alerts.Source, l alerts.Listing, now time.Time) error {
	if _, err := tx.exec(ctx, `INSERT INTO listings (workspace, folded, name, feed, schedule, full_text, source, listed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		string(l.Workspace), folded(l.Name), l.Name, int64(id), l.Schedule, l.FullText, document{label}, at(now)); err != nil {
		return err
	}
	return relabel(ctx, tx, id)
}

// unlist takes the feed off a workspace's list.
func unlist(ctx context.Context, tx txn, id alerts.FeedID, w alerts.Workspace) error {
	if _, err := tx.exec(ctx, `DELETE FROM listings WHERE feed = $1 AND workspace = $2`, int64(id), string(w)); err != nil {
		return err
	}
	return relabel(ctx, tx, id)
}

// relabel gives the feed the label of the file's listing or, without one, of the oldest. A feed that nobody lists keeps
// the label it had.
func relabel(ctx context.Context, tx txn, id alerts.FeedID) error {
	_, err := tx.exec(ctx, `UPDATE feeds SET source = COALESCE((SELECT source FROM listings WHERE feed = $1 ORDER BY `+fileFirst+` LIMIT 1), source)
		WHERE id = $1`, int64(id))
	return err
}

// NextDue returns when the first feed is due that is not due yet; ok is false if there is none.
func (s *Store) NextDue(ctx context.Context, now time.Time) (due time.Time, ok bool, err error) {
	err = s.look(ctx, "read when feeds are due", func(tx txn) error {
		ok, err = tx.row(ctx, `SELECT next_poll FROM feeds WHERE next_poll > $1 AND disabled = '' ORDER BY next_poll LIMIT 1`, []any{at(now)}, moment{&due})
		return err
	})
	return due, ok, err
}
