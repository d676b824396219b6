package store

import (
	"context"
	"slices"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	// listened is true of a feed f that anyone hears who has not left.
	listened = `EXISTS (SELECT 1 FROM listings l WHERE l.feed = f.id
		AND NOT EXISTS (SELECT 1 FROM departures p WHERE p.workspace = l.workspace))`

	// fileFirst orders listings: the file's, then by age, so that a later one takes nothing from an earlier.
	fileFirst = `CASE WHEN workspace = '' THEN 0 ELSE 1 END, listed, workspace`

	feedColumns = `f.id, f.url, f.announce, f.source, f.etag, f.last_modified, f.body_hash, f.visited, f.succeeded, f.failures, f.failure, f.warning, f.failing, f.next_poll, f.manners`
)

// feedTargets are where a row of feedColumns goes.
func feedTargets(f *alerts.Feed) []any {
	c := &f.Cursor
	return []any{
		&f.ID, &f.URL, &f.New,
		document{&f.Source},
		&c.ETag, &c.LastModified, &c.BodyHash,
		moment{&c.Visited},
		moment{&c.Succeeded},
		&c.Failures, &c.Failure, &c.Warning,
		moment{&c.Failing},
		moment{&f.Due},
		document{&c.Manners},
	}
}

// ClaimFeeds leases up to limit feeds that are due and heard by anyone, the longest overdue first, with all listings. The
// leases of a replica of which nothing is heard any more end with its signs of life.
func (s *Store) ClaimFeeds(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]alerts.Feed, error) {
	var feeds []alerts.Feed
	doubtful := s.unvisited.take()
	err := s.change(ctx, "claim feeds", func(tx txn) error {
		feeds = nil
		for _, d := range doubtful {
			if _, err := tx.exec(ctx, `UPDATE feeds SET lease_until = 0 WHERE lease_until = $1 AND leased_by = $2`, at(d.until), s.id); err != nil {
				return err
			}
		}
		query := `SELECT ` + feedColumns + `, EXISTS (SELECT 1 FROM hubs h WHERE h.feed = f.id AND h.expires > $1)
			FROM feeds f WHERE f.next_poll <= $1 AND f.lease_until <= $1 AND f.disabled = '' AND ` + listened + `
			ORDER BY f.next_poll, f.id LIMIT $2` + tx.engine.skipLocked(`f`)
		err := tx.each(ctx, query, []any{at(now), max(limit, 0)}, func(columns func(...any) error) error {
			var f alerts.Feed
			err := columns(append(feedTargets(&f), &f.Pushed)...)
			feeds = append(feeds, f)
			return err
		})
		if err != nil {
			return err
		}
		for part := range slices.Chunk(feeds, chunk) {
			if err := leaseAll(ctx, tx, part, now.Add(lease), s.id); err != nil {
				return err
			}
			if err := addListings(ctx, tx, pointers(part)...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		if away(err) { // they may be leased all the same, and nobody would visit them for as long
			doubtful = append(doubtful, term{now, now.Add(lease)})
		}
		s.unvisited.keep(doubtful)
		return nil, err
	}
	return feeds, nil
}

// PutOff gives back feeds as they were claimed, each to be due at its Due. One whose lease is no longer that of its claim is
// left as it is.
func (s *Store) PutOff(ctx context.Context, claimed []alerts.Feed) error {
	return s.change(ctx, "put feeds off", func(tx txn) error {
		for _, f := range claimed {
			if _, err := tx.exec(ctx, `UPDATE feeds SET next_poll = $2, lease_until = 0 WHERE id = $1 AND lease_until = $3`, int64(f.ID), at(f.Due), at(f.Leased)); err != nil {
				return err
			}
		}
		return nil
	})
}

// leaseAll leases the feeds to a replica.
func leaseAll(ctx context.Context, tx txn, feeds []alerts.Feed, until time.Time, to string) error {
	ids := []any{at(until), to}
	for i := range feeds {
		feeds[i].Leased = until
		ids = append(ids, int64(feeds[i].ID))
	}
	_, err := tx.exec(ctx, `UPDATE feeds SET lease_until = $1, leased_by = $2 WHERE id IN (`+marks(3, len(feeds))+`)`, ids...)
	return err
}

// addListings fills in the listings of at most chunk feeds.
func addListings(ctx context.Context, tx txn, feeds ...*alerts.Feed) error {
	byID := make(map[alerts.FeedID]*alerts.Feed, len(feeds))
	ids := make([]any, 0, len(feeds))
	for _, f := range feeds {
		byID[f.ID] = f
		ids = append(ids, int64(f.ID))
	}
	query := `SELECT feed, workspace, name, schedule, full_text, source FROM listings WHERE feed IN (` + marks(1, len(feeds)) + `) ORDER BY feed, ` + fileFirst
	return tx.each(ctx, query, ids, func(columns func(...any) error) error {
		var id alerts.FeedID
		var l alerts.Listing
		var label alerts.Source
		if err := columns(&id, &l.Workspace, &l.Name, &l.Schedule, &l.FullText, document{&label}); err != nil {
			return err
		}
		hears(byID[id], l, label)
		return nil
	})
}

// hears adds a listing to a feed, the file's first, and the label of a workspace that labels it otherwise. Where the file
// lists the feed, its label is for all.
func hears(f *alerts.Feed, l alerts.Listing, label alerts.Source) {
	f.Listings = append(f.Listings, l)
	if label != f.Source && f.Listings[0].Workspace != alerts.File {
		if f.Labels == nil {
			f.Labels = map[alerts.Workspace]alerts.Source{}
		}
		f.Labels[l.Workspace] = label
	}
}

func pointers(feeds []alerts.Feed) []*alerts.Feed {
	out := make([]*alerts.Feed, len(feeds))
	for i := range feeds {
		out[i] = &feeds[i]
	}
	return out
}
