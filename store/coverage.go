package store

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// mostGaps is how many gaps a Coverage names.
const mostGaps = 100

// Coverage returns what the feeds that the workspace hears brought since the begin of the time's day, what they may have
// missed, and when platforms were not heard, whichever they are. Of a feed that it listed later it counts from the day of that.
func (s *Store) Coverage(ctx context.Context, w alerts.Workspace, since time.Time) (alerts.Coverage, error) {
	c := alerts.Coverage{Since: midnight(since)}
	feeds, err := s.Feeds(ctx, w)
	if err != nil {
		return c, err
	}
	c.Feeds = feeds
	names := map[alerts.FeedID]string{}
	for _, f := range feeds {
		names[f.Feed.ID] = f.Name
	}
	err = s.look(ctx, "read coverage", func(tx txn) error {
		if err := errors.Join(counts(ctx, tx, w, &c), unheard(ctx, tx, &c)); err != nil {
			return err
		}
		if _, err := tx.row(ctx, `SELECT COUNT(*) FROM near_misses WHERE workspace = $1 AND missed >= $2`, []any{string(w), at(c.Since)}, &c.NearMisses); err != nil {
			return err
		}
		return gaps(ctx, tx, w, names, &c)
	})
	return c, err
}

// gaps fills in what may have been missed since: the longest gaps, and how many each feed has.
func gaps(ctx context.Context, tx txn, w alerts.Workspace, names map[alerts.FeedID]string, c *alerts.Coverage) error {
	feeds := map[alerts.FeedID]alerts.FeedGaps{}
	err := tx.each(ctx, `SELECT g.feed, g.began, g.ended, g.found FROM gaps g JOIN (`+heardSince+`) h ON h.feed = g.feed
		WHERE g.found >= $2 AND g.found >= h.since ORDER BY g.ended - g.began DESC, g.found DESC, g.feed`, []any{string(w), at(c.Since)}, func(columns func(...any) error) error {
		var g alerts.NamedGap
		err := columns(&g.Feed, moment{&g.From}, moment{&g.To}, moment{&g.Found})
		g.Name = names[g.Feed]
		if c.AllGaps++; len(c.Gaps) < mostGaps {
			c.Gaps = append(c.Gaps, g)
		}
		of := feeds[g.Feed]
		if of.Gaps++; of.Gaps == 1 || g.Found.After(of.Last.Found) {
			of.Last = g
		}
		feeds[g.Feed] = of
		return err
	})
	c.FeedGaps = slices.SortedFunc(maps.Values(feeds), func(a, b alerts.FeedGaps) int {
		return cmp.Or(b.Last.Found.Compare(a.Last.Found), cmp.Compare(a.Last.Feed, b.Last.Feed))
	})
	return err
}

// heardSince are the feeds that workspace $1 hears, and since when.
const heardSince = `SELECT feed, MIN(listed) AS since FROM listings WHERE workspace IN ('', $1) GROUP BY feed`

// counts adds up the visits: what a feed counts now less what it counted before its first visit since.
func counts(ctx context.Context, tx txn, w alerts.Workspace, c *alerts.Coverage) error {
	type begin struct{ polls, failed, articles int }
	begins := map[alerts.FeedID]begin{}
	err := tx.each(ctx, `SELECT d.feed, d.polls, d.polls_failed, d.articles, h.since, d.day FROM feed_days d JOIN (`+heardSince+`) h ON h.feed = d.feed
		WHERE d.day >= $2 ORDER BY d.feed, d.day DESC`, []any{string(w), at(c.Since)}, func(columns func(...any) error) error {
		var id alerts.FeedID
		var b begin
		var listed, day time.Time
		err := columns(&id, &b.polls, &b.failed, &b.articles, moment{&listed}, moment{&day})
		if !day.Before(midnight(listed)) {
			begins[id] = b // the earliest stays
		}
		return err
	})
	if err != nil {
		return err
	}
	return tx.each(ctx, `SELECT id, polls, polls_failed, articles FROM feeds`, nil, func(columns func(...any) error) error {
		var id alerts.FeedID
		var now begin
		err := columns(&id, &now.polls, &now.failed, &now.articles)
		if b, visited := begins[id]; visited {
			c.Polls += now.polls - b.polls
			c.Failed += now.failed - b.failed
			c.Articles += now.articles - b.articles
		}
		return err
	})
}
