package store

import (
	"context"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	// listened is true of a feed f that anyone hears who has not left.
	listened = `EXISTS (SELECT 1 FROM listings l WHERE l.feed = f.id
		AND NOT EXISTS (SELECT 1 FROM departures p WHERE p.workspace = l.workspace))`

	// fileFirst orders listings: the file's, then by age, so that a later one takes nothing from an earlier.
	fileFirst = `CASE WHEN workspace = '' THEN 0 ELSE 1 END, listed, workspace`

	feedColumns = `f.id, f.url, f.announce, f.source, f.etag, f.last_modified, f.body_hash, f.visited, f.succeeded, f.failures, f.failure, f.warning, f.manners`

	leaseFeed    = `UPDATE feeds SET lease_until = $2 WHERE id = $1`
	feedListings = `SELECT workspace, name, schedule, source FROM listings WHERE feed = $1 ORDER BY ` + fileFirst
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
		document{&c.Manners},
	}
}

// ClaimFeeds leases up to limit feeds that are due and heard by anyone, the longest overdue first, with all listings.
func (s *Store) ClaimFeeds(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]alerts.Feed, error) {
	var feeds []alerts.Feed
	err := s.change(ctx, "claim feeds", func(tx txn) error {
		feeds = nil
		query := `SELECT ` + feedColumns + ` FROM feeds f WHERE f.next_poll <= $1 AND f.lease_until <= $1 AND ` + listened + `
			ORDER BY f.next_poll, f.id LIMIT $2` + tx.engine.skipLocked(`f`)
		err := tx.each(ctx, query, []any{at(now), max(limit, 0)}, func(columns func(...any) error) error {
			var f alerts.Feed
			err := columns(feedTargets(&f)...)
			feeds = append(feeds, f)
			return err
		})
		if err != nil {
			return err
		}
		for i := range feeds {
			if err := addListings(ctx, tx, &feeds[i]); err != nil {
				return err
			}
			if _, err := tx.exec(ctx, leaseFeed, int64(feeds[i].ID), at(now.Add(lease))); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return feeds, nil
}

// addListings fills in a feed's listings, the file's first, and the labels of workspaces that label it otherwise. Where
// the file lists the feed, its label is for all.
func addListings(ctx context.Context, tx txn, f *alerts.Feed) error {
	return tx.each(ctx, feedListings, []any{int64(f.ID)}, func(columns func(...any) error) error {
		var l alerts.Listing
		var label alerts.Source
		if err := columns(&l.Workspace, &l.Name, &l.Schedule, document{&label}); err != nil {
			return err
		}
		f.Listings = append(f.Listings, l)
		if label != f.Source && f.Listings[0].Workspace != alerts.File {
			if f.Labels == nil {
				f.Labels = map[alerts.Workspace]alerts.Source{}
			}
			f.Labels[l.Workspace] = label
		}
		return nil
	})
}
