package store

import (
	"context"
	"slices"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	putWindow = `INSERT INTO windows (feed, items) VALUES ($1, $2) ON CONFLICT (feed) DO UPDATE SET items = excluded.items`

	insertGap = `INSERT INTO gaps (feed, began, ended, found) VALUES ($1, $2, $3, $4) ON CONFLICT (feed, found) DO NOTHING`

	addFlow = `INSERT INTO paces (feed, channel, slot, posted, fresh) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (feed, channel, slot) DO UPDATE SET posted = paces.posted + excluded.posted, fresh = paces.fresh + excluded.fresh`

	startDay = `INSERT INTO feed_days (feed, day, polls, polls_failed, articles) SELECT id, $2, polls, polls_failed, articles FROM feeds WHERE id = $1
		ON CONFLICT (feed, day) DO NOTHING`
)

// midnight is the begin of the time's day, in UTC.
func midnight(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// windows fills in what the feeds held.
func windows(ctx context.Context, tx txn, feeds []alerts.FeedID, into map[alerts.FeedID]alerts.Window) error {
	for part := range slices.Chunk(feeds, chunk) {
		query := `SELECT feed, items FROM windows WHERE feed IN (` + marks(1, len(part)) + `)`
		err := tx.each(ctx, query, anys(part), func(columns func(...any) error) error {
			var id alerts.FeedID
			var w alerts.Window
			err := columns(&id, document{&w})
			into[id] = w
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// flows fills in what the feeds brought channels since the slot.
func flows(ctx context.Context, tx txn, feeds []alerts.FeedID, since int64, into map[alerts.FeedChannel]alerts.Flow) error {
	for part := range slices.Chunk(feeds, chunk) {
		query := `SELECT feed, channel, slot, posted, fresh FROM paces WHERE feed IN (` + marks(2, len(part)) + `) AND slot >= $1`
		err := tx.each(ctx, query, anys(part, since), func(columns func(...any) error) error {
			var k alerts.FeedChannel
			var slot int64
			var b alerts.Brought
			err := columns(&k.Feed, &k.Channel, &slot, &b.Posted, &b.Fresh)
			if into[k] == nil {
				into[k] = alerts.Flow{}
			}
			into[k][slot] = b
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// recordRest writes what an outcome says beside articles, decisions and deliveries. stood tells that the outcome was
// recorded before, whole or in part: then nothing is counted again.
func recordRest(ctx context.Context, tx txn, o alerts.Outcome, stood bool) error {
	feed := int64(o.Visit.Feed.ID)
	for _, g := range o.Gathered {
		if err := recordGathering(ctx, tx, g); err != nil {
			return err
		}
	}
	for _, s := range o.Steps {
		if stood {
			break
		}
		if _, err := tx.exec(ctx, addFlow, feed, string(s.Channel), s.Slot, s.Posted, s.Fresh); err != nil {
			return err
		}
	}
	if g := o.Gap; g != nil {
		if _, err := tx.exec(ctx, insertGap, feed, at(g.From), at(g.To), at(g.Found)); err != nil {
			return err
		}
	}
	if o.Window == nil {
		return nil
	}
	_, err := tx.exec(ctx, putWindow, feed, document{o.Window})
	return err
}
